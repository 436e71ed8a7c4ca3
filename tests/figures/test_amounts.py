"""The funnel of introductions, and hours and pounds by use: bars are as long as the numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.funnel import STAGES, plot_funnel
from schoolsim.figures.uses import MOST, REST, plot_uses
from tests.analysis.made_up_study import PROVENANCE
from tests.figures.overlaps import faults


def study(**means: float) -> pd.DataFrame:
    """Two numbers of brokers and three replications, in which outcomes double with the brokers."""
    return pd.DataFrame([
        {"run": f"{point}-{one}", "point": point, "replication": one, "seed": one, "status": "ok", "error": "",
         "broker.number": brokers, **{name: brokers * (mean + one - 1) for name, mean in means.items()}}
        for point, brokers in enumerate((1, 2))
        for one in range(3)
    ])  # fmt: skip


FUNNEL = dict(zip(STAGES, (20.0, 10.0, 5.0), strict=True))
USES = {"hours.joint": 100.0, "hours.travel": 40.0, "pounds.cover": 900.0, "pounds.returned": 50.0}


def columns(runs: pd.DataFrame) -> list[dict[str, object]]:
    return [{"name": str(name), "role": "outcome"} for name in runs.columns[7:]]


def test_a_funnel_has_a_bar_a_stage_and_level() -> None:
    runs = study(**FUNNEL)
    made = draw(Tables(runs, None, columns(runs)), {"kind": "funnel"}, PROVENANCE)
    ax = plot_funnel(made.table, "broker.number")
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert widths == [[20.0, 10.0, 5.0], [40.0, 20.0, 10.0]]
    assert [text.get_text() for text in ax.texts] == ["50%", "25%"] * 2
    assert [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()] == [
        "Introductions", "Led to a meeting", "Led to joint work",
    ]  # fmt: skip
    assert "led to a meeting 50%; led to joint work 25%" in made.alt


def test_a_funnel_without_introductions_is_told_what_to_measure() -> None:
    runs = study(**{STAGES[0]: 3.0})
    with pytest.raises(FigureError, match=r'under \[outcomes\], "introductions.met", "introductions.work"'):
        draw(Tables(runs, None, columns(runs)), {"kind": "funnel"}, PROVENANCE)


def test_uses_stand_one_behind_another() -> None:
    runs = study(**USES)
    made = draw(Tables(runs, None, columns(runs)), {"kind": "uses"}, PROVENANCE)
    ax = plot_uses(made.table[made.table["of"] == "hours"], "broker.number")
    joint, travel = ax.containers
    assert [bar.get_width() for bar in joint] == pytest.approx([100.0, 200.0])
    assert [(bar.get_x(), bar.get_width()) for bar in travel] == [(100.0, 40.0), (200.0, 80.0)]
    assert [text.get_text() for text in ax.texts] == ["140", "280"]
    assert len({(bar[0].get_facecolor(), bar[0].get_hatch()) for bar in ax.containers}) == 2
    assert "Pounds go from 950 to 1,900 a year, most for cover." in made.alt


def test_small_uses_are_put_together_and_what_nothing_is_used_for_is_said() -> None:
    many = {f"hours.{name}": 10.0 + place for place, name in enumerate(
        ("joint", "travel", "meetings", "developing", "following", "coaching", "reading", "bidding")
    )}  # fmt: skip
    runs = study(**many)
    runs["hours.evaluation"] = 0.0
    made = draw(Tables(runs, None, columns(runs)), {"kind": "uses"}, PROVENANCE)
    told = list(dict.fromkeys(made.table["outcome"]))
    assert len(told) == MOST + 1
    assert told[-1] == REST
    rest = made.table[(made.table["outcome"] == REST) & (made.table["broker.number"] == 2)]["mean"].item()
    assert rest == pytest.approx(2 * (10.0 + 11.0))
    assert "not drawn: evaluating partnerships" in made.caption
    with pytest.raises(FigureError, match="at most 6 uses"):
        plot_uses(pd.concat([made.table, made.table.head(2).assign(outcome="hours.brokers")]), "broker.number")


def test_uses_are_of_hours_and_pounds() -> None:
    runs = study(**{"trust.mean": 0.5})
    with pytest.raises(FigureError, match=r"measured none: add to measure, under \[outcomes\]"):
        draw(Tables(runs, None, columns(runs)), {"kind": "uses"}, PROVENANCE)
    with pytest.raises(FigureError, match="trust.mean is neither"):
        draw(Tables(runs, None, columns(runs)), {"kind": "uses", "outcomes": ["trust.mean"]}, PROVENANCE)


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
@pytest.mark.parametrize(("kind", "means"), [("funnel", FUNNEL), ("uses", USES)])
def test_they_are_legible(kind: str, means: dict[str, float], width: str) -> None:
    runs = study(**means)
    options = {"kind": kind, "width": width}
    assert faults(draw(Tables(runs, None, columns(runs)), options, PROVENANCE).figure) == []
