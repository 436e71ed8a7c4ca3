"""Sequential replications hold the differences that a study reports, not its levels."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from schoolsim.analysis import contrast
from schoolsim.studies import Study, StudyResult, read_status, reproduce
from schoolsim.studies.errors import StudyError
from schoolsim.studies.replications import Comparison, MeanTracker, Precision, as_demanding, rule_of
from schoolsim.studies.run_request import FAILED, OK
from schoolsim.studies.schedule import ContrastSchedule, schedule_of
from tests.studies.models import paired
from tests.studies.plans import run_study

RULE = {"precision": 0.1, "max": 200}
CONFIG = {
    "replications": RULE,
    "levers": {"badging.scope": ["none", "collective"]},
    "uncertainties": {"market.choice_weight": [0.2, 1.0]},
    "outcomes": {"report": ["value"]},
}


def study(**changes: object) -> Study:
    return Study({**CONFIG, **changes}, paired, name="precise")


def rule(plan_of: Study) -> Precision:
    found = plan_of.plan.replications
    assert isinstance(found, Precision)
    return found


def compared(plan_of: Study) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(one.plus, one.minus) for one in rule(plan_of).compared]


def test_the_differences_are_those_the_study_reports() -> None:
    # Points: scope varies fastest within a world; worlds are the weights.
    points = study().plan.points
    assert points["badging.scope"].tolist() == ["none", "collective", "none", "collective"]
    assert compared(study()) == [((1,), (0,)), ((3,), (2,))]
    with_baseline = study(outcomes={"report": ["value"], "baseline": {"badging.scope": "collective"}})
    assert compared(with_baseline) == [((0,), (1,)), ((2,), (3,))]


def test_another_lever_is_averaged_over() -> None:
    two = study(levers={"badging.scope": ["none", "collective"], "funding.purse": ["originator", "partnership"]},
                uncertainties={})  # fmt: skip
    points = two.plan.points
    for plus, minus in compared(two):
        assert len(plus) == len(minus) == 2
        (lever,) = (name for name in points if set(points[name][list(plus)]).isdisjoint(points[name][list(minus)]))
        (other,) = set(points) - {lever}
        assert points[other][list(plus)].tolist() == points[other][list(minus)].tolist()


def test_where_nothing_is_compared_levels_are_held() -> None:
    assert rule(study(levers={"badging.scope": "none"}, uncertainties={})).compared == ()
    sampled = study(
        levers={"badging.scope": "none"}, uncertainties={"market.choice_weight": {"low": 0.0, "high": 1.0}},
        design={"kind": "lhs", "points": 4},
    )  # fmt: skip
    assert rule(sampled).compared == ()


def test_it_stops_once_differences_are_known_though_levels_are_not(tmp_path: Path) -> None:
    run_study(study().plan, tmp_path)
    result = StudyResult.open(tmp_path)
    runs = result.runs
    number = runs["replication"].max() + 1
    assert 3 < number < 40
    table = contrast(runs, "badging.scope", baseline="none", outcomes=["value"], by=["market.choice_weight"])
    half = (table["high"] - table["low"]) / 2
    assert (half <= 0.1 * table["mean"].abs()).all()
    levels = runs.groupby("point")["value"]
    assert (levels.sem() > 0.1 * levels.mean().abs()).all()
    # The stored curve ends with the very means and widths of the table.
    last = result.replications.groupby("compared").last()
    assert last["mean"].to_numpy() == pytest.approx(table["mean"].to_numpy())
    assert last["half_width"].to_numpy() == pytest.approx(half.to_numpy())
    assert last["settled"].all()
    assert read_status(tmp_path).not_reached == ()
    assert reproduce(tmp_path, model="tests.studies.models:paired").same


def test_in_worlds_the_interval_is_over_worlds(tmp_path: Path) -> None:
    run_study(study(worlds="posterior", uncertainties={}).plan, tmp_path)
    result = StudyResult.open(tmp_path)
    table = contrast(
        result.measured_runs(["value"]), "badging.scope", baseline="none", outcomes=["value"],
    )  # fmt: skip
    last = result.replications.iloc[-1]
    assert last["half_width"] == pytest.approx((table["high"] - table["low"]).iloc[0] / 2)
    assert last["half_width"] <= 0.1 * last["mean"]
    assert table["replications"].iloc[0] == last["replications"] > table["n"].iloc[0]


def test_status_says_what_was_not_reached(tmp_path: Path) -> None:
    changes = {"replications": {"precision": 0.0001, "max": 5, "absolute": {"value": 0.001}}}
    run_study(study(**changes).plan, tmp_path)
    missing = read_status(tmp_path).not_reached
    assert [(one.outcome, one.number) for one in missing] == [("value", 0), ("value", 1)]
    assert [one.compared for one in missing] == [Comparison((1,), (0,)), Comparison((3,), (2,))]
    assert all(one.half_width > one.wanted == max(0.001, 0.0001 * abs(one.mean)) for one in missing)
    assert StudyResult.open(tmp_path).manifest["unsettled"] == {"value": 2}


def drive(shuffle: int, fail: tuple[int, int] | None = None) -> tuple[set[tuple[int, int]], ContrastSchedule]:
    """The runs asked for when they come back in an order that `shuffle` decides."""
    plan = study().plan
    schedule, chance = schedule_of(plan), random.Random(shuffle)
    assert isinstance(schedule, ContrastSchedule)
    made, waiting = set(), []
    while True:
        waiting += [(task.point, task.replication) for task in schedule.take(3)]
        if not waiting:
            return made, schedule
        chance.shuffle(waiting)
        point, replication = waiting.pop()
        made.add((point, replication))
        if (point, replication) == fail:
            schedule.ended(point, replication, FAILED, {})
        else:
            outcomes = paired(plan.parameters(point, replication), plan.replication_seed(replication))
            schedule.ended(point, replication, OK, outcomes)


def test_the_runs_do_not_depend_on_their_order() -> None:
    asked = [drive(shuffle)[0] for shuffle in range(4)]
    assert all(runs == asked[0] for runs in asked)


def test_a_failed_run_takes_its_pair_with_it_and_no_other() -> None:
    made, schedule = drive(0, fail=(1, 2))
    assert len(made) == schedule.wanted().sum()
    assert schedule.unsettled() == {}
    assert len(made) >= len(drive(0)[0])


def test_the_rule_is_read_back_and_differences_are_part_of_it() -> None:
    held = rule(study())
    assert rule_of(held.record()) == held
    levels = Precision(held.precision, held.outcomes, maximum=held.maximum)
    assert as_demanding(held, held)
    assert not as_demanding(held, levels)


def test_the_mean_over_worlds_by_hand() -> None:
    """Two worlds of two seeds: means 2 and 6, so 4 with sd 2.83; half-width 12.706 x 2.83 / sqrt 2."""
    tracker = MeanTracker(Precision(0.1, ("y",)), "y", worlds=2)
    look = [tracker.add(value, number) for number, value in enumerate([1.0, 3.0, 5.0, 7.0])][-1]
    assert look.mean == pytest.approx(4.0)
    assert look.half_width == pytest.approx(12.7062 * math.sqrt(8.0) / math.sqrt(2.0), rel=1e-4)
    assert Comparison((0, 1), (2,)).of({0: 1.0, 1: 3.0, 2: 5.0}) == -3.0


def test_an_outcome_that_the_model_does_not_give_is_told() -> None:
    plan = study(outcomes={"report": ["trust.mean"]}).plan
    with pytest.raises(StudyError, match="which the model does not give"):
        schedule_of(plan).ended(0, 0, OK, {"value": 1.0})
