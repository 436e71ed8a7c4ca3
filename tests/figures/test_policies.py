"""Figures over worlds: boxes, regrets and Pareto sets show the numbers they are given, and no text covers another."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis.discovery import Box, Discovery, Limit
from schoolsim.analysis.policies import policy_runs
from schoolsim.analysis.robustness import robust
from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.boxes import boxes_figure, plot_limits, plot_worlds
from schoolsim.figures.robustness import pareto_figure, plot_pareto, plot_regret, regret_figure
from tests.analysis.made_up_study import PROVENANCE
from tests.analysis.made_up_worlds import badge_study, by_hand, planted, sampled_worlds
from tests.figures.overlaps import faults

COLUMNS = [{"name": "progress.mean", "role": "outcome", "unit": "pp"}, {"name": "pounds.spent", "role": "outcome"}]
OPTIONS = {"kind": "boxes", "outcomes": ["progress.mean"], "at_least": 0.0, "policy": {"badging.scope": "badge"},
           "against": {"badging.scope": "none"}}  # fmt: skip


def found(boxes: int = 1) -> Discovery:
    worlds = sampled_worlds()
    box = Box(
        (Limit("learning.rate", low=6.0, p_low=0.001), Limit("market.choice_weight", high=0.5, p_high=0.2),
         Limit("broker.mapping", levels=("holes", "hubs"), p_low=0.01)), 0.9, 0.8, 40,
    )  # fmt: skip
    trajectory = pd.DataFrame({"coverage": [1.0, 1.0, 0.9], "density": [0.1, 0.5, 0.8], "mass": [1.0, 0.3, 0.2],
                               "limits": [0, 1, 3]})  # fmt: skip
    other = Box((Limit("broker.number", low=1.0, high=3.0, p_low=0.01, p_high=0.02),), 0.1, 0.9, 12)
    return Discovery(
        "Progress: at least 0", worlds, planted(worlds), 3, (box, other)[:boxes], trajectory, (0.8, 0.7), 0.5
    )


def test_bars_and_frame_are_where_the_limits_are() -> None:
    ax = plot_limits(found())
    scaled = [round((float(bar.get_x()), float(bar.get_width()))[1], 3) for bar in ax.patches if bar.get_width() < 1]
    rates = sampled_worlds()["learning.rate"]
    assert scaled[0] == pytest.approx((rates.max() - 6.0) / np.ptp(rates), abs=0.001)
    assert [bar.get_alpha() for bar in ax.patches if bar.get_width() < 1] == [1.0, 0.35]
    assert ax.get_yticklabels()[0].get_text().replace("\n", " ") == "Speed of learning"
    frame = plot_worlds(found()).patches[-1]
    assert (frame.get_x(), frame.get_y() + frame.get_height()) == pytest.approx((6.0, 0.5))


def test_worlds_of_interest_are_marked() -> None:
    others, interest = plot_worlds(found()).get_lines()
    assert len(interest.get_xdata()) == planted(sampled_worlds()).sum()
    assert len(others.get_xdata()) + len(interest.get_xdata()) == 240


def study() -> object:
    return robust(policy_runs(*by_hand(1.0), ["broker.number", "learning.rate"]),
                  {"pounds.spent": "min", "progress.mean": "max"})  # fmt: skip


def test_a_map_of_regret_is_in_the_order_of_the_most() -> None:
    ax = plot_regret(study(), "progress.mean")  # type: ignore[arg-type]  # a Robustness
    cells = np.asarray(ax.get_images()[0].get_array())
    # Policies b, c, a with most 3, 4, 6; worlds by the regret of b: 0, 1, 3.
    assert cells.tolist() == [[0.0, 1.0, 3.0], [1.0, 4.0, 0.0], [2.0, 0.0, 6.0]]
    assert "authority at 1" in ax.get_yticklabels()[0].get_text().replace("\n", " ")


@pytest.mark.parametrize(
    ("ways", "stairs"),
    [
        ({"x": "min", "y": "max"}, "steps-post"), ({"x": "max", "y": "max"}, "steps-pre"),
        ({"x": "min", "y": "min"}, "steps-post"), ({"x": "max", "y": "min"}, "steps-pre"),
    ],
)  # fmt: skip
def test_the_stairs_of_a_front_bound_what_is_beaten(ways: dict[str, str], stairs: str) -> None:
    table = pd.DataFrame(
        {"policy": [1, 2, 3], "x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 0.5], "on_front": [True, True, False]}
    )
    line, rest, front = plot_pareto(table, ways).get_lines()
    assert line.get_drawstyle() == stairs
    assert list(front.get_xdata()) == [1.0, 2.0]
    assert list(rest.get_xdata()) == [3.0]


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_no_text_covers_another_or_leaves_the_figure(width: str) -> None:
    result = study()
    figures = [
        boxes_figure(found(2), width=width), boxes_figure(found(1), width=width),  # type: ignore[arg-type]  # from a list
        regret_figure(result, width=width),  # type: ignore[arg-type]
        pareto_figure(result.front, result.outcomes, result.labels, width=width),  # type: ignore[attr-defined, arg-type]
    ]  # fmt: skip
    assert [faults(figure) for figure in figures] == [[]] * 4


@pytest.mark.slow
def test_a_config_asks_for_each_kind() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("ema_workbench.analysis.prim")
    runs, design = badge_study()
    drawn = draw(Tables(runs, None, COLUMNS, design), OPTIONS, PROVENANCE)
    assert set(drawn.table["input"]) == {"learning.rate", "market.choice_weight", "broker.mapping"}
    assert "Worlds of interest: Progress, all schools: a difference of at least 0" in drawn.caption
    tree = draw(Tables(runs, None, COLUMNS, design), {**OPTIONS, "method": "tree", "width": "column"}, PROVENANCE)
    assert tree.figure.get_figwidth() == 3.5
    hand = Tables(*by_hand()[:1], None, COLUMNS, by_hand()[1])
    table = draw(hand, {"kind": "regret", "outcomes": ["progress.mean"]}, PROVENANCE).table
    assert table["regret_max"].tolist() == [6.0, 3.0, 4.0]
    front = draw(hand, {"kind": "pareto", "outcomes": ["pounds.spent:min", "progress.mean"]}, PROVENANCE).table
    assert front["on_front"].tolist() == [True, True, False]


def test_what_cannot_be_drawn_is_told() -> None:
    runs, design = badge_study(number=40)
    tables = Tables(runs, None, COLUMNS, design)
    for options, message in (
        ({"kind": "boxes", "at_least": 0.0}, "of one outcome"),
        ({"kind": "pareto", "outcomes": ["progress.mean"]}, "of two outcomes"),
        ({"kind": "boxes", "outcomes": ["progress.mean"], "atleast": 1.0}, 'Did you mean "at_least"'),
    ):
        with pytest.raises(FigureError, match=message):
            draw(tables, options, PROVENANCE)
    with pytest.raises(FigureError, match="needs the design"):
        draw(Tables(runs, None, COLUMNS), {"kind": "regret"}, PROVENANCE)
    with pytest.raises(FigureError, match="no box was found"):
        boxes_figure(found(0))
