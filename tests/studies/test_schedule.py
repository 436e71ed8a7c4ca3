"""Which runs are asked for, and that it does not matter in which order they come back."""

from __future__ import annotations

import random

import numpy as np
import pytest

from schoolsim.studies.errors import StudyError
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.replications import Precision, replications_needed
from schoolsim.studies.run_request import FAILED, OK
from schoolsim.studies.schedule import PrecisionSchedule, Schedule, schedule_of
from tests.studies.models import normal as model
from tests.studies.plans import normal, spread

RULE = Precision(0.05, ("value",), maximum=60)


def value(plan: StudyPlan, point: int, replication: int) -> float:
    return model(plan.parameters(point), plan.replication_seed(replication))["value"]


def drive(
    plan: StudyPlan, schedule: Schedule, *, shuffle: int, width: int, fail: frozenset = frozenset()
) -> list[tuple[int, int]]:
    """Take and answer runs `width` at a time, in an order that `shuffle` decides."""
    chance, made, waiting = random.Random(shuffle), [], []
    while True:
        waiting += [(task.point, task.replication) for task in schedule.take(width)]
        if not waiting:
            return made
        chance.shuffle(waiting)
        point, replication = waiting.pop()
        made.append((point, replication))
        if (point, replication) in fail:
            schedule.ended(point, replication, FAILED, {})
        else:
            outcomes = {"value": value(plan, point, replication)}
            schedule.ended(point, replication, OK, outcomes)


def test_a_fixed_schedule_asks_for_every_run_once() -> None:
    plan = spread(replications=23)
    schedule = schedule_of(plan)
    schedule.ended(2, 4, OK, {})
    made = [(t.point, t.replication) for t in iter(lambda: schedule.take(1), []) for t in t]
    expected = {(p, r) for p in range(8) for r in range(23)} - {(2, 4)}
    assert len(made) == len(expected)
    assert set(made) == expected
    assert {r for _, r in made[:79]} == set(range(10))  # all points have ten before any has more


@pytest.mark.parametrize("together", [False, True])
def test_the_runs_do_not_depend_on_their_order(together: bool) -> None:
    plan = normal(Precision(0.05, ("value",), maximum=60, together=together))
    runs = {
        frozenset(drive(plan, schedule_of(plan), shuffle=shuffle, width=width))
        for shuffle in range(4)
        for width in (1, 3, 50)
    }
    assert len(runs) == 1


def test_each_point_has_what_the_rule_needs_and_no_more() -> None:
    plan = normal(RULE)
    schedule = schedule_of(plan)
    drive(plan, schedule, shuffle=0, width=7)
    wanted = schedule.wanted()
    for point in range(3):
        values = [value(plan, point, r) for r in range(wanted[point])]
        if wanted[point] < RULE.maximum:
            assert replications_needed(values, RULE, "value") is not None
        assert replications_needed(values[:-1], RULE, "value") is None
    assert wanted[0] == 8  # the quiet point: three, and five to see that it lasts
    assert wanted[0] < wanted[1] < wanted[2]


def test_together_all_points_have_as_many_as_the_worst() -> None:
    alone, plan = normal(RULE), normal(Precision(0.05, ("value",), maximum=60, together=True))
    apart, schedule = schedule_of(alone), schedule_of(plan)
    drive(alone, apart, shuffle=0, width=5)
    drive(plan, schedule, shuffle=0, width=5)
    assert len(set(schedule.wanted())) == 1
    assert schedule.wanted()[0] == apart.wanted().max()


def test_a_point_that_never_settles_stops_at_the_most_and_says_so() -> None:
    plan = normal(Precision(0.001, ("value",), maximum=12))
    schedule = schedule_of(plan)
    made = drive(plan, schedule, shuffle=1, width=4)
    assert len(made) == 3 * 12
    assert isinstance(schedule, PrecisionSchedule)
    assert schedule.unsettled() == {0: ["value"], 1: ["value"], 2: ["value"]}


def test_taking_up_again_asks_for_the_rest() -> None:
    plan = normal(RULE)
    whole = drive(plan, schedule_of(plan), shuffle=0, width=6)
    for stop in (1, 5, 20, len(whole)):
        again = schedule_of(plan)
        for point, replication in sorted(whole[:stop]):
            again.ended(point, replication, OK, {"value": value(plan, point, replication)})
        rest = drive(plan, again, shuffle=9, width=3)
        assert set(rest) == set(whole) - set(whole[:stop])


def test_runs_beyond_what_is_wanted_are_left_alone() -> None:
    """A run that failed, and is mended, may make later ones superfluous."""
    plan = normal(RULE)
    schedule = schedule_of(plan)
    for replication in range(40):
        schedule.ended(0, replication, OK, {"value": 10.0})
    assert schedule.wanted()[0] == 8
    drive(plan, schedule, shuffle=0, width=2)
    assert schedule.wanted()[0] == 8


def test_runs_beyond_what_is_wanted_do_not_hurry_the_others() -> None:
    plan = normal(Precision(0.05, ("value",), maximum=60, together=True))
    calm, schedule = schedule_of(plan), schedule_of(plan)
    drive(plan, calm, shuffle=0, width=4)
    for replication in range(40):
        schedule.ended(0, replication, OK, {"value": value(plan, 0, replication)})
    assert schedule.wanted().tolist() == [3, 3, 3]
    drive(plan, schedule, shuffle=0, width=4)
    assert schedule.wanted().tolist() == calm.wanted().tolist()


def test_failed_runs_are_made_up_for() -> None:
    plan = normal(RULE)
    schedule = schedule_of(plan)
    drive(plan, schedule, shuffle=0, width=4, fail=frozenset({(0, 1), (0, 2)}))
    assert schedule.wanted()[0] == 10


def test_an_outcome_the_model_does_not_give_is_named() -> None:
    schedule = schedule_of(normal(Precision(0.1, ("profit",))))
    with pytest.raises(StudyError, match="asked of profit, which the model does not give"):
        schedule.ended(0, 0, OK, {"value": 1.0})


def test_wanted_is_known_from_the_start() -> None:
    assert np.array_equal(schedule_of(spread(4)).wanted(), [4] * 8)
    assert np.array_equal(schedule_of(normal(RULE)).wanted(), [3] * 3)
