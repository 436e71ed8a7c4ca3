"""Brokers outside and inside schools, and the gatherings they convene: small systems worked by hand (M32-M35)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADVANCED, NONE
from schoolsim.system.brokers.internal import appoint, find_out_inside, pay_coaching
from schoolsim.system.brokers.visits import spend_brokers_hours
from schoolsim.system.phases import brokerage
from schoolsim.system.state import REMEMBERED, Clock, State
from schoolsim.system.state.ledger import (
    BROKERAGE,
    COACHING,
    COVER,
    GRANTED,
    INTRODUCED,
    MADE_UP,
    UNUSED,
)  # fmt: skip
from tests.system.by_hand import certain, luck, put, seed_where, state_of, tie

BROKER = 900_001
STEP = 3

# --- gatherings -----------------------------------------------------------------------------------

GATHERING = {
    "broker__dialogue": 1, "broker__event_seats": 6, "broker__event_hours": 9.0, "broker__event_people": 2.0,
    "network__meeting_hours": 4.0, "broker__event_trust": 0.1, "broker__event_familiarity": 0.2,
    "broker__audience": 0.5, "broker__event_full": 4.0, "market__choice_weight": 0.0, "travel__speed": 20.0,
}  # fmt: skip


def gathering(schools: int = 4) -> State:
    """Warm heads and confident staff, so that all who are asked come; the broker's skill is .8."""
    state = state_of(schools, 2, brokers=1, ties=20)
    put(state.schools, tone=1.0, confidence=0.5, hours=10.0)
    put(state.brokers, hours=9.0, skill=0.8)
    return state


def tied(state: State) -> set[frozenset[int]]:
    """Pairs of schools that have a tie."""
    here = np.flatnonzero(state.ties.alive)
    return {frozenset((int(state.ties.a[one]), int(state.ties.b[one]))) for one in here}


# --- visits ---------------------------------------------------------------------------------------

VISITS = {
    "broker__visit_hours": 6.0, "broker__learns": 0.5, "broker__forgets": 0.1, "broker__looks": 12,
    "market__choice_weight": 0.0, "broker__familiarity": 0.15, "broker__trust": 0.4, "trust__stranger": 0.2,
}  # fmt: skip


def visiting(schools: int = 4, visits: float = 1.0) -> State:
    """A broker of skill .5, who knows what each school is good at, and schools that need what the last one masters."""
    state = state_of(schools, 2, brokers=1, ties=20)
    put(state.schools, need=1)
    put(state.brokers, visits=visits, skill=0.5)
    state.broker_knowledge.strengths[:] = 1.0
    state.repertoires.mastery[:, 1] = 0.1
    state.repertoires.mastery[-1, 1] = 0.9
    return state


def visited(state: State, seed: int, half_term: int = STEP, **values: float | str) -> State:
    spend_brokers_hours(state, certain(**VISITS | values), Clock((seed, half_term)))
    return state


def host(seed: int, visit: int = 0, schools: int = 4, half_term: int = STEP) -> int:
    """The school of a visit, without a map."""
    return int(luck(seed, draws.VISIT, half_term, BROKER, visit) * schools)


#: Seeds with which the first visit goes to the first school.
FIRST = seed_where(lambda seed: host(seed) == 0)


def test_hours_go_to_visits_and_the_rest_is_left_over() -> None:
    state = visited(visiting(visits=2.5), 1)
    assert (state.brokers.hours[0], state.brokers.spent[0]) == (15.0, 12.0)
    hours = state.ledger.hours
    assert (hours[GRANTED], hours[BROKERAGE], hours[UNUSED]) == (15.0, 12.0, 3.0)


def test_a_visit_teaches_what_the_school_is_good_at_and_whom_it_trusts() -> None:
    """.5 x (.5 + .5) of what it did not know, and then a tenth of everything is forgotten."""
    state = visiting()
    state.broker_knowledge.strengths[0] = 0.4
    state.broker_knowledge.relations[0] = 0.2
    visited(state, FIRST)
    assert state.broker_knowledge.strengths[0].tolist() == pytest.approx([0.9 * 0.7, 0.36, 0.36, 0.36])
    assert state.broker_knowledge.relations[0].tolist() == pytest.approx([0.9 * 0.6, 0.18, 0.18, 0.18])


def test_each_broker_keeps_its_own_list() -> None:
    state = state_of(4, 2, brokers=2, ties=20)
    put(state.schools, need=1)
    state.repertoires.mastery[3, 1] = 0.9
    state.broker_knowledge.strengths[:] = 1.0
    seed = seed_where(lambda seed: int(luck(seed, draws.VISIT, STEP, BROKER + 1, 0) * 4) == 1)
    state.brokers.visits[0] = 0
    visited(state, seed, broker__looks=60)
    noted = state.introductions
    assert (noted.school[REMEMBERED], noted.other[REMEMBERED]) == (1, 3)


def test_a_broker_may_end_quarrels_of_the_school_visited() -> None:
    """Chance 1 x skill .5 x .5 of its relations known, each quarrel by its own draw; the other's is left."""
    ended = 0
    for seed in (seed for seed in range(1, 40) if host(seed) == 0):
        state = visiting()
        for slot, ends in enumerate(((0, 1), (0, 2), (1, 2), (0, 3))):
            tie(state, slot, ends, hostile=int(slot < 3))
        visited(state, seed, hostility__broker=1.0, broker__relationships=0)
        uid = state.schools.uid
        for slot, other in enumerate((1, 2)):
            made_up = luck(seed, draws.REPAIR, STEP, draws.pair(uid[0], uid[other]), 2) < 0.25
            assert state.ties.hostile[slot] == (not made_up)
            ended += made_up
        assert state.ties.hostile[2] == 1
    assert ended > 0
    assert state.ledger.counts[MADE_UP] == 2 - state.ties.hostile[:2].sum()
    assert state.ledger.counts[INTRODUCED] == 0


@pytest.mark.parametrize("changes", [{"need": NONE}, {"broker__relationships": 0}, {"mastery": 0.1}])
def test_without_need_task_or_anybody_better_nobody_is_introduced(changes: dict[str, float]) -> None:
    state = visiting()
    if "need" in changes:
        put(state.schools, need=NONE)
    if "mastery" in changes:
        state.repertoires.mastery[:] = 0.1
    visited(state, FIRST, **{name: value for name, value in changes.items() if name.startswith("broker")})
    assert state.ledger.counts[INTRODUCED] == 0
    assert not state.ties.alive.any()


def test_the_best_known_of_two_brokers_words_counts() -> None:
    state = state_of(2, brokers=2)
    put(state.brokers, visits=0.0, skill=(0.9, 0.3))
    state.broker_knowledge.strengths[:] = [[0.2, 0.8], [0.6, 0.4]]
    state.broker_knowledge.relations[:] = [[0.2, 0.8], [0.9, 0.4]]
    visited(state, 1, broker__practices=1, broker__catalyst=1, broker__reach=0.5, broker__forgets=0.0)
    assert state.schools.renown.tolist() == pytest.approx([0.3, 0.4])
    assert state.schools.urging.tolist() == pytest.approx([0.27, 0.72])


def test_managed_advanced_teachers_are_known_of() -> None:
    for managed, renown in ((0, [0.0, 0.0]), (1, [0.0, 0.4])):
        state = state_of(2, brokers=1)
        put(state.brokers, visits=0.0)
        put(state.schools, advanced=(0, 2))
        visited(state, 1, ast__managed=managed, ast__known=0.4)
        assert state.schools.renown.tolist() == renown


# --- maps -----------------------------------------------------------------------------------------


def mapped(values: dict[str, float], state: State, seed: int = FIRST, half_term: int = STEP) -> State:
    return visited(state, seed, half_term, broker__mapping=1, **values)


def looked_at(values: dict[str, float], state: State) -> int:
    """The school to which the first was introduced; the map's look at whom to visit changes nothing."""
    mapped({"broker__map_looks": 1, "broker__looks": 60} | values, state)
    noted = state.introductions
    assert noted.school[0] == 0
    return int(noted.other[0])


# --- inside schools -------------------------------------------------------------------------------


def inside(**values: float | str) -> Parameters:
    return certain(**{"internal_broker__share": 1.0, "ast__share": 1.0, "ast__each_school": 2} | values)


def test_the_longest_serving_is_appointed_and_of_equals_the_lower_uid() -> None:
    state = state_of(2, 3)
    put(state.teachers, years=(2, 4, 5, 7, 7, 1), uid=(11, 12, 13, 25, 24, 23))
    appoint(state, inside(), Clock((1, 6)))
    assert state.schools.internal_post.tolist() == [2, 4]
    assert state.schools.internal_uid.tolist() == [13, 24]


def test_what_the_internal_broker_knew_goes_with_the_person() -> None:
    state = state_of(2, 3)
    put(state.schools, internal_post=(1, 4), internal_uid=(500_002, 999), internal_knowledge=(0.6, 0.7))
    appoint(state, inside(), Clock((1, 7)))
    assert state.schools.internal_post.tolist() == [1, NONE]
    assert state.schools.internal_uid.tolist() == [500_002, 0]
    assert state.schools.internal_knowledge.tolist() == [0.6, 0.0]
    put(state.schools, internal_post=(0, NONE), internal_uid=(999, 0))
    appoint(state, inside(), Clock((1, 7)))
    assert state.schools.internal_post.tolist() == [NONE, NONE]


def test_internal_brokers_find_out_by_the_time_they_have() -> None:
    state = state_of(3)
    put(state.schools, internal_post=(0, NONE, 4), slack=(1.0, 1.0, 0.5), internal_knowledge=(0.2, 0.2, 0.2))
    find_out_inside(state, inside(internal_broker__learns=0.3))
    assert state.schools.internal_knowledge.tolist() == pytest.approx([0.2 + 0.3 * 0.8, 0.2, 0.2 + 0.15 * 0.8])


def test_coaching_is_paid_and_those_out_with_partners_give_less_of_it_at_home() -> None:
    """.2 of 200 hours: 40, of which .25 are for partners; 40 hours at 25 pounds are 1,000."""
    state = state_of(1, 3)
    put(state.teachers, role=(ADVANCED, ADVANCED, 0), pairs=(2, 0, 1))
    pay_coaching(state, inside(ast__time=0.2, ast__working_hours=200.0, ast__outreach=0.25, funding__hour=25.0))
    ledger = state.ledger
    assert ledger.hours[GRANTED] == ledger.hours[COACHING] == pytest.approx(30 + 40)
    assert ledger.pounds[GRANTED] == ledger.pounds[COVER] == pytest.approx(2000.0)


# --- the phase ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("internal", "advanced"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5)])
def test_nobody_finds_out_inside_without_posts_for_it(internal: float, advanced: float) -> None:
    state = state_of(2)
    put(state.schools, internal_post=0, slack=1.0)
    brokerage.run(state, certain(internal_broker__share=internal, ast__share=advanced), Clock((1, 1)))
    assert (state.schools.internal_knowledge > 0.0).all() == (internal + advanced > 0.0)


def test_networks_meet_with_or_without_brokers() -> None:
    state = state_of(3, 2, networks=1)
    state.networks.alive[0] = 1
    brokerage.run(state, certain(), Clock((1, 1)))
    assert state.networks.alive[0] == 0
