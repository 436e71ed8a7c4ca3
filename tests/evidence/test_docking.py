"""Docks that take a second, what a dock's verdict is worth, and the page."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from schoolsim.evidence.verification import DOCKS, dock, docking_markdown
from schoolsim.evidence.verification import closed_forms as exact
from schoolsim.evidence.verification.barter import ring, tradable
from schoolsim.evidence.verification.comparison import close, holds, not_docked, sampled
from schoolsim.evidence.verification.registry import COLUMNS, STANDARDS
from schoolsim.evidence.verification.settings import read_settings
from schoolsim.parameters.errors import UserError

FAST = ("degroot", "friedkin", "choice", "full_schools", "segregation", "ishigami")
SMALL: Mapping[str, Mapping[str, object]] = {
    "contagion": {"schools": 60, "steps": [0.4, 0.2], "curve_steps": [0.8, 0.4, 0.2], "many": 1000, "many_first": 100},
    "bass": {"staff": 1000, "schools": 12, "steps": [1.0, 0.5]},
    "fixation": {"schools": 150, "cases": [[10, 1.5, 0.2, 150]]},
    "march": {"p1": [0.1, 0.9], "replications": 15},
}
SLOWEST = ("march", "fixation")


def verdicts(name: str, *, values: dict[str, object] | None = None, sizes: Mapping[str, object] | None = None) -> set:
    one = DOCKS[name]
    settings = read_settings(one.config, quick=True).changed(values, {**SMALL.get(name, {}), **(sizes or {})})
    return {row.verdict for row in one.compare(settings)}


@pytest.mark.theory
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOWEST else []) for name in (*FAST, *SMALL)]
)
def test_a_dock_agrees(name: str) -> None:
    assert "differs" not in verdicts(name)


@pytest.mark.theory
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("contagion", {"home.colleagues": 2}),
        ("bass", {"home.colleagues": 2}),
        ("fixation", {"mechanism.keeping_up": True, "practice.forgotten": 0.1}),
        ("degroot", {"values.drift_friends": 0.45}),
        ("friedkin", {"values.drift_friends": 0.45}),
        ("full_schools", {"market.constraint": 2.0}),
    ],
)
def test_a_verdict_turns_when_a_mechanism_is_not_what_it_should_be(name: str, values: dict[str, object]) -> None:
    assert "differs" in verdicts(name, values=values)


def test_closed_forms_give_the_known_numbers() -> None:
    assert exact.time_to_adopt(100, 1.0) == pytest.approx(10.3548, abs=5e-5)
    assert exact.time_to_adopt(100, 1.0, 50) == pytest.approx(5.1574, abs=5e-5)
    assert exact.fixation(20, 1.0) == 0.05
    assert exact.fixation(20, 1.1) == pytest.approx(0.1068, abs=5e-5)
    assert exact.fixation(100, 1.05) == pytest.approx(0.0480, abs=5e-5)
    bass = [0.0358, 0.0851, 0.3312, 0.8128, 0.9716, 0.9963]
    assert exact.bass(0.03, 0.38, np.array([1, 2, 5, 10, 15, 20])) == pytest.approx(bass, abs=5e-5)
    stepped = [0.0300, 0.0702, 0.2729, 0.7826, 0.9782, 0.9984]
    assert exact.bass_in_steps(0.03, 0.38, 20)[[1, 2, 5, 10, 15, 20]] == pytest.approx(stepped, abs=5e-5)
    weights = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
    assert exact.consensus(weights, np.array([1.0, 0.0, 0.0])) == pytest.approx(0.25)
    held = exact.held_opinions(weights, np.array([0.5, 0.9, 0.9]), np.array([0.0, 0.5, 1.0]))
    assert held == pytest.approx([0.1042, 0.3125, 0.4375], abs=5e-5)


def test_chains_in_steps_tend_to_continuous_time() -> None:
    errors = [exact.steps_to_adopt(100, dt, 50) * dt - exact.time_to_adopt(100, 1.0, 50) for dt in (0.1, 0.05)]
    assert errors[0] / errors[1] == pytest.approx(2.0, abs=0.01)
    gaps = [exact.fixation_in_steps(20, 1.1, chance) - exact.fixation(20, 1.1) for chance in (0.1, 0.05)]
    assert gaps[0] / gaps[1] == pytest.approx(2.0, abs=0.1)
    assert exact.fixation_in_steps(20, 1.0, 0.3) == pytest.approx(0.05)


def test_a_verdict_is_a_matter_of_the_tolerance() -> None:
    assert close("x", 1.0, 1.1, 0.11).verdict == "agrees"
    assert close("x", 1.0, 1.1, 0.09).verdict == "differs"
    assert close("x", math.nan, 1.0, 9.0).verdict == "differs"
    assert holds("x", relation=False).verdict == "differs"
    assert not_docked("x", "no ranks").verdict == "not docked"


def test_a_mean_is_judged_by_its_standard_error() -> None:
    values = np.array([0.0, 1.0] * 50)
    own = values.std(ddof=1) / 10.0
    assert sampled("x", values, 0.5 + 2.9 * own).verdict == "agrees"
    assert sampled("x", values, 0.5 + 3.3 * own).verdict == "differs"
    assert sampled("x", values, 0.5 + 3.3 * own, se=own).verdict == "agrees"
    assert sampled("x", [1.0, 1.0], 1.01).verdict == "differs"


def test_every_dock_says_what_it_is() -> None:
    for name, one in DOCKS.items():
        assert one.id == name
        assert one.standard in STANDARDS
        assert all((one.model, one.reference, one.through))
        assert read_settings(one.config).sizes or one.config == "market"


def test_the_table_and_the_page() -> None:
    table = dock(["segregation", "full_schools"], quick=True)
    assert tuple(table.columns) == COLUMNS
    assert set(table.attrs["seconds"]) == {"segregation", "full_schools"}
    page = docking_markdown(table)
    assert "## Segregation indices D and GS" in page
    assert "**not docked**" in page
    assert f"{len(table)} quantities" in page


def test_an_unknown_dock_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match='no dock "degrot".*degroot'):
        dock(["degrot"])


def test_a_ring_keeps_its_ties_and_rewires_by_chance() -> None:
    rng = np.random.default_rng(1)
    ordered, random = ring(60, 6, 0.0, rng), ring(60, 6, 1.0, rng)
    assert len(ordered) == len(random) == 180
    far = np.minimum(ordered[:, 1] - ordered[:, 0], 60 - (ordered[:, 1] - ordered[:, 0]))
    assert far.max() == 3
    assert len({tuple(pair) for pair in random}) == 180
    assert (random[:, 0] < random[:, 1]).all()


def test_a_tie_can_trade_where_each_side_leads() -> None:
    levels = np.array([[0.5, 0.1], [0.2, 0.6], [0.2, 0.1]])
    assert tradable(levels, np.array([[0, 1], [0, 2], [1, 2]]), 0.01) == 1


def test_march_is_the_same_for_one_seed() -> None:
    from schoolsim.evidence.verification.march1991 import March1991

    first, again = (March1991().run({"p1": 0.3, "p2": 0.5}, seed=4).outcomes for _ in range(2))
    assert first == again
    assert first != March1991().run({"p1": 0.3, "p2": 0.5}, seed=5).outcomes


def test_the_quick_table_is_a_frame(tmp_path) -> None:
    table = dock(["friedkin"], quick=True)
    table.to_csv(tmp_path / "table.csv", index=False)
    assert len(pd.read_csv(tmp_path / "table.csv")) == len(table) == 6
