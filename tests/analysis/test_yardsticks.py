"""Effects in terms a reader knows, against numbers worked by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import Answer
from schoolsim.analysis import yardsticks as module
from schoolsim.analysis.yardsticks import MONTHS, RESAMPLES, Yardstick, yardsticks
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.studies import StudyResult

#: Six replications of an effect of 2 percentage points in the mean.
EFFECT = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]
#: It cost £10,000 a year, of which £2,000 went back; 400 hours of work and 100 of travel.
COST = {"pounds.granted": 10000.0, "pounds.returned": 2000.0, "hours.joint": 400.0, "hours.travel": 100.0}
NOTHING = dict.fromkeys(
    "pounds.unclaimed pounds.unfilled hours.meetings hours.developing hours.following hours.coaching hours.reading "
    "hours.bidding hours.evaluation".split(),
    0.0,
)
SPREAD = {"progress.spread": 4.0, "progress.gap": 8.0}


def found(
    outcome: str = "progress.partner", *, points: float | None = 38.0, rows: int = 6, **changed: object
) -> dict[str, Yardstick]:
    """Yardsticks of the effect by kind, with some of the other columns changed."""
    frame = pd.DataFrame({outcome: EFFECT, **COST, **NOTHING})[:rows]
    levels = pd.DataFrame(SPREAD, index=frame.index)
    for name, values in changed.items():
        (levels if name in levels else frame)[name] = values
    return {one.kind: one for one in yardsticks(outcome, (2.0, 1.0, 3.0), frame, levels, points)}


def test_by_hand() -> None:
    told = found()
    # 2 of 38 points are 2/38 of a standard deviation of pupils' results, and that is twelve months.
    assert (told["months"].value, told["months"].low, told["months"].high) == (24 / 38, 12 / 38, 36 / 38)
    assert told["share of spread"].value == pytest.approx(2 / 4)
    assert told["share of gap"].value == pytest.approx(2 / 8)
    assert told["per £1,000"].value == pytest.approx(2 / 8)  # £8,000 were spent
    assert told["per 100 teacher-hours"].value == pytest.approx(2 / 5)  # 500 hours
    assert len(told) == 5


def test_the_interval_of_a_ratio_is_that_of_a_mean_where_the_divisor_is_fixed() -> None:
    one = found()["per £1,000"]
    # The standard error of the mean of six values, their variance taken over six: sqrt((4/6) / 6) = 1/3.
    assert (one.high - one.low) / 2 == pytest.approx(1.96 / 3 / 8, rel=0.1)


def test_pairs_stay_together() -> None:
    """Where every replication gives .5 for £1,000, so does every resample, however much both vary."""
    one = found(**{"pounds.granted": [4000.0 + 2000.0 * value - 4000.0 for value in EFFECT], "pounds.returned": 0.0})
    assert one["per £1,000"].value == pytest.approx(0.5)
    assert one["per £1,000"].low == pytest.approx(0.5)
    assert one["per £1,000"].high == pytest.approx(0.5)


def test_a_ratio_is_of_means() -> None:
    """Mean effect over mean spread, not the mean of ratios."""
    levels = [2.0, 4.0, 6.0, 2.0, 4.0, 12.0]
    assert found(**{"progress.spread": levels})["share of spread"].value == pytest.approx(2.0 / 5.0)


@pytest.mark.parametrize(
    "granted",
    [
        2000.0,  # all of it went back: nothing was spent
        2900.0,  # £900 are less than what it would be told for
        [34000.0, -26000.0] * 3,  # more here, less there
        [4000.0] * 5 + [60000.0],  # as good as all of it in one replication
    ],
)
def test_nothing_is_said_of_money_that_does_not_clearly_differ(granted: object) -> None:
    assert set(found(**{"pounds.granted": granted})) == {
        "months", "share of spread", "share of gap", "per 100 teacher-hours"
    }  # fmt: skip


def test_less_money_is_money_saved() -> None:
    told = found(**{"pounds.granted": -6000.0})
    assert told["per £1,000"].value == pytest.approx(2 / 8)
    assert told["per £1,000"].saved
    assert not told["per 100 teacher-hours"].saved


def test_a_gap_the_other_way_is_no_yardstick() -> None:
    assert "share of gap" not in found(**{"progress.gap": -8.0})


def test_too_few_replications_have_no_ratio() -> None:
    assert set(found(rows=4)) == {"months"}
    assert len(found(rows=5)) == 5


def test_months_are_of_what_teaching_adds_alone() -> None:
    assert "months" not in found(points=None)
    assert "months" not in found("attainment.partner")
    assert set(found("trust.mean")) == {"per £1,000", "per 100 teacher-hours"}
    assert set(found("made.up")) == {"per £1,000", "per 100 teacher-hours"}
    assert set(found("hours.home")) == set()


def test_every_quantity_has_its_spread_and_its_gap() -> None:
    quantities = {outcome.quantity for outcome in OUTCOMES.values()} - {""}
    assert quantities == {"progress", "attainment"}
    assert {f"{quantity}.{what}" for quantity in quantities for what in ("spread", "gap")} <= set(OUTCOMES)
    assert all(outcome.unit == "pp" for outcome in OUTCOMES.values() if outcome.quantity)


def test_the_line_is_near_the_published_table() -> None:
    """The Toolkit's steps, smallest and largest effect of each month: the line is within half a month of each."""
    table = [(0.02, 0.09), (0.10, 0.18), (0.19, 0.26), (0.27, 0.35), (0.36, 0.44), (0.45, 0.52), (0.53, 0.61),
             (0.62, 0.69), (0.70, 0.78), (0.79, 0.87), (0.88, 0.95), (0.96, 1.00)]  # fmt: skip
    for months, (low, high) in enumerate(table, 1):
        assert MONTHS * (low + high) / 2 == pytest.approx(months, abs=0.5)


@pytest.mark.parametrize("at_once", [1, 40, 121])
def test_draws_made_in_pieces_are_the_same_draws(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).normal(size=(2, 40))
    chosen = np.random.default_rng(RESAMPLES).integers(0, 40, (RESAMPLES, 40))
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    for found, of in zip(module._resampled(*values), values, strict=True):
        np.testing.assert_array_equal(found, of[chosen].mean(axis=1))


# --- an answer ------------------------------------------------------------------------------------


def study(
    kind: str = "grid",
    levers: tuple[int, ...] = (0, 3),
    worlds: tuple[float, ...] = (0.2,),
    lacks: tuple[str, ...] = (),
    undefined: str = "",
) -> StudyResult:
    """A study of brokers: three of them add 2 points in the mean, for £8,000 and 500 hours a year.

    Args:
        kind: Of design.
        levers: Numbers of brokers.
        worlds: Weights of choice.
        lacks: Outcomes that were not measured.
        undefined: An outcome without a value in one replication.
    """
    rows = []
    points = [(number, weight) for weight in worlds for number in levers]
    for point, (number, weight) in enumerate(points):
        for replication, effect in enumerate(EFFECT):
            share = number / 3
            rows.append({
                "point": point, "replication": replication, "seed": replication, "status": "ok",
                "broker.number": number, "market.choice_weight": weight,
                "progress.partner": 10.0 + replication + share * effect, "trust.mean": 0.1 * replication,
                **SPREAD, **NOTHING, **{name: 50.0 + share * amount for name, amount in COST.items()},
            })  # fmt: skip
    runs = pd.DataFrame(rows).drop(columns=list(lacks))
    if undefined:
        runs[undefined] = np.where(runs["replication"] == 1, np.nan, 4.0)
    config = SimpleNamespace(
        linked=(), expects=(), design=SimpleNamespace(kind=kind), fixed=dict,
        outcomes=SimpleNamespace(report=["progress.partner", "trust.mean"]), baseline={}, worlds={},
    )  # fmt: skip
    swept = pd.DataFrame(points, columns=["broker.number", "market.choice_weight"])
    design = pd.DataFrame(
        {"policy": [levers.index(one) for one, _ in points], "world": [worlds.index(one) for _, one in points]}
    )
    fixed = ["point", "replication", "status"]
    made = SimpleNamespace(
        config=config,
        points=swept,
        named_points=swept,
        worlds=pd.DataFrame(),
        design=design,
        complete=False,
        outcomes=tuple(name for name in runs if name not in fixed and name not in swept),
        keep_at_hand=lambda outcomes: None,
        measured_runs=lambda outcomes, points=swept: runs[[*fixed, *points, *outcomes]],
    )
    return cast(StudyResult, made)


def test_clear_effects_are_told_in_other_terms() -> None:
    first, note = Answer(study()).yardstick_lines()
    assert first == (
        "With the number of brokers in each authority at 3 rather than 0, in other terms:\n"
        "- progress in partner schools: 0.6 months of progress (0.3 to 0.9); "
        "50% of the spread between schools (33% to 67%); 25% of the gap by disadvantage (17% to 33%); "
        "0.25 percentage points for every £1,000 a year (0.17 to 0.33); "
        "0.40 percentage points for every 100 teacher-hours a year (0.27 to 0.53)"
    )
    assert note.startswith(
        "A month of progress is a twelfth of a standard deviation of pupils' results, 3.17 percentage "
    )
    assert "Education Endowment Foundation" in note


@pytest.mark.slow
def test_settings_are_told_apart_and_unclear_effects_with_all() -> None:
    asked = study(worlds=(0.2, 1.0))
    (told, *_), (whole, *_) = (Answer(asked, whole=whole).yardstick_lines() for whole in (False, True))
    assert "- progress in partner schools under low competition: 0.6 months" in told
    assert "- progress in partner schools under high competition: 0.6 months" in told
    assert "trust" not in told
    assert "- trust between schools under high competition: " in whole
    table = Answer(asked).yardsticks
    assert set(table["market.choice_weight"]) == {0.2, 1.0}
    assert not table[table["outcome"] == "trust.mean"]["clear"].any()


def test_effects_over_worlds_have_the_worlds_yardsticks() -> None:
    answer = Answer(study("lhs", worlds=(0.2, 0.4, 0.6, 0.8, 1.0)))
    table = answer.yardsticks.set_index(["outcome", "yardstick"])["value"]
    assert table["progress.partner", "months"] == pytest.approx(24 / 38)
    assert table["progress.partner", "share of spread"] == pytest.approx(0.5)
    assert table["progress.partner", "per £1,000"] == pytest.approx(0.25)
    assert "ratios of means over worlds" in answer.yardstick_lines()[-1]


def test_what_is_not_measured_is_no_yardstick() -> None:
    asked = study(lacks=("hours.reading", "progress.gap"), undefined="progress.spread")
    assert set(Answer(asked).yardsticks["yardstick"]) == {"months", "per £1,000"}
