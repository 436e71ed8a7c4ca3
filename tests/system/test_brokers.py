"""Brokers outside and inside schools, and the gatherings they convene: small systems worked by hand (M32-M35)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADVANCED, NONE, SECONDARY
from schoolsim.system.brokers.gatherings import convene_gatherings
from schoolsim.system.brokers.internal import appoint, best_advanced_teacher, find_out_inside, pay_coaching
from schoolsim.system.brokers.mapping import MAP_HUBS, bridging_value
from schoolsim.system.brokers.visits import spend_brokers_hours
from schoolsim.system.phases import brokerage
from schoolsim.system.state import REMEMBERED, Clock, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from schoolsim.system.state.ledger import (
    APPROACHES,
    BROKERAGE,
    COACHING,
    COVER,
    GRANTED,
    INTRODUCED,
    INTRODUCED_MET,
    INTRODUCED_WORK,
    MADE_UP,
    MEETINGS,
    UNTOLD,
    UNUSED,
)  # fmt: skip
from tests.system.by_hand import certain, luck, partnership, put, put_row, seed_where, side_by_side, state_of, tie

BROKER = 900_001
STEP = 3

# --- gatherings -----------------------------------------------------------------------------------

#: An hour at a meeting closes 1 - exp(-1/24) of a gap: pace and ease are 1, engagement a half, of twelve hours.
EASY = {
    "learning__zone_weight": 0.0, "learning__tacit_weight": 0.0, "learning__explicit": 1.0, "learning__rate": 1.0,
    "adaptation__pace": 1.0,
}  # fmt: skip
GATHERING = {
    "broker__dialogue": 1, "broker__event_seats": 6, "broker__event_hours": 9.0, "network__people": 2.0,
    "network__meeting_hours": 4.0, "network__trust": 0.1, "trust__meeting_familiarity": 0.2,
    "broker__audience": 0.5, "broker__event_full": 4.0, "market__choice_weight": 0.0, "travel__speed": 20.0,
}  # fmt: skip


def gathering(schools: int = 4) -> State:
    """Warm heads and confident staff, so that all who are asked come; the broker's skill is .8."""
    state = state_of(schools, 2, brokers=1, ties=20)
    put(state.schools, tone=1.0, confidence=0.5, hours=10.0)
    put(state.brokers, saved=9.0, skill=0.8)
    return state


def invited(seed: int, schools: int, seats: int = 6) -> list[int]:
    """Schools asked, in the order of seats, each once."""
    drawn = [int(luck(seed, draws.GATHERING, STEP, BROKER, seat) * schools) for seat in range(seats)]
    return list(dict.fromkeys(drawn))


def convened(state: State, seed: int, **values: float | str) -> State:
    convene_gatherings(state, certain(**GATHERING | values), Clock((seed, STEP)))
    return state


def tied(state: State) -> set[frozenset[int]]:
    """Pairs of schools that have a tie."""
    here = np.flatnonzero(state.ties.alive)
    return {frozenset((int(state.ties.a[one]), int(state.ties.b[one]))) for one in here}


#: A seed with which four schools come, and one of them is asked again.
FOUR = seed_where(lambda seed: len(invited(seed, 4)) == 4)


def test_everybody_greets_those_they_know_and_makes_one_new_acquaintance() -> None:
    """Who knows whom already: the first and the third, and the first and the last."""
    one, two, three, four = invited(FOUR, 4)
    state = gathering()
    tie(state, 0, (one, three))
    tie(state, 1, (four, one), trust_ab=0.3, trust_ba=0.3)
    convened(state, FOUR)
    assert tied(state) == {
        frozenset(pair) for pair in ((one, three), (one, four), (one, two), (two, three), (three, four))
    }
    for pair, trust, known in (((one, three), 0.5, 0.4), ((one, four), 0.3, 0.4), ((two, three), 0.2, 0.0)):
        on = find_tie(state, *pair)
        for side in pair:
            assert trust_of(state.ties, on, side) == pytest.approx(trust + 0.1 * 0.8 * (1 - trust))
        assert state.ties.familiarity[on] == pytest.approx(known + 0.2 * (1 - known))


def test_strangers_further_down_the_table_stay_strangers() -> None:
    one, two, three, four = invited(FOUR, 4)
    assert tied(convened(gathering(), FOUR)) == {frozenset(pair) for pair in ((one, two), (two, three), (three, four))}


def test_rivals_warm_to_each_other_less() -> None:
    one, two, *_ = invited(FOUR, 4)
    state = gathering()
    tie(state, 0, (one, two), rivalry=0.75)
    convened(state, FOUR, trust__change=2.0)
    assert state.ties.trust_ab[0] == pytest.approx(0.5 + 0.1 * 0.8 * 2.0 * 0.25 * 0.5)
    assert state.ties.trust_ba[0] == state.ties.trust_ab[0]


def test_who_is_heard_gains_confidence_by_how_full_the_room_is() -> None:
    """Two of a school's staff of two were there, of five two: the rest hear of it."""
    state = gathering()
    state.teachers.confidence[:] = np.linspace(0.1, 0.8, 8)
    convened(state, FOUR)
    assert state.teachers.gain_confidence.tolist() == pytest.approx(
        (0.5 * 0.8 * 1.0 * (1 - state.teachers.confidence)).tolist()
    )
    crowded = gathering()
    convened(crowded, FOUR, broker__event_full=2.0)
    assert crowded.teachers.gain_confidence.tolist() == pytest.approx([0.5 * 0.8 * 0.5] * 8)
    half = state_of(4, [5, 2, 2, 2], brokers=1)
    put(half.schools, tone=1.0, hours=10.0, closed=[0, 0, 1, 1])
    put(half.brokers, saved=9.0, skill=0.8)
    convened(half, FOUR)
    assert half.teachers.gain_confidence.tolist() == pytest.approx(
        [0.5 * 0.8 * 0.5 * (2 / 5) * 0.5] * 5 + [0.5 * 0.8 * 0.5 * 0.5] * 2 + [0.0] * 4
    )
    assert tied(half) == {frozenset((0, 1))}


def test_a_gathering_takes_hours_and_a_journey_to_the_first_who_came() -> None:
    state = gathering()
    one, two, three, four = invited(FOUR, 4)
    state.schools.east[one] = 8.0
    convened(state, FOUR)
    travel = 2 * (8 / 1.609344) / 20
    assert state.schools.hours[[one, two, three, four]].tolist() == pytest.approx(
        [10 - 8 / 2] + [10 - (8 + 2 * travel) / 2] * 3
    )
    assert state.ledger.hours[MEETINGS] == state.ledger.hours[GRANTED] == pytest.approx(4 * 8 + 6 * travel)


@pytest.mark.parametrize(("hours", "comes"), [(1.9, False), (2.1, True)])
def test_a_school_that_has_not_half_the_hours_does_not_come(hours: float, comes: bool) -> None:
    """Of the 8 hours it takes a staff of two has 2 x 1.9."""
    one, two, *_ = invited(FOUR, 4)
    state = gathering()
    state.schools.hours[one] = hours
    assert (frozenset((one, two)) in tied(convened(state, FOUR))) == comes


def test_who_comes_is_by_warmth_confidence_and_openness() -> None:
    """Tone .6 x (.5 + .7) = .72; a broker who judges is told half as much where stakes are .5."""
    counts = []
    for judges in (0, 1):
        came = 0
        for seed in range(1, 25):
            state = gathering()
            put(state.schools, tone=0.6, confidence=0.7, felt_stakes=0.5)
            convened(state, seed, broker__judges=judges, broker__judging=0.5)
            chance = 0.6 * 1.2 * (0.5 if judges else 1.0)
            expected = set()
            for seat in range(6):
                row = int(luck(seed, draws.GATHERING, STEP, BROKER, seat) * 4)
                both = draws.pair(BROKER, state.schools.uid[row])
                if luck(seed, draws.GATHERING, STEP, both) < chance:
                    expected.add(row)
            assert {row for row in range(4) if state.schools.hours[row] < 10.0} == expected
            came += len(expected)
        counts.append(came)
    assert counts[0] > counts[1] > 0


@pytest.mark.parametrize(("hours", "comes"), [(2.0, False), (2.0001, True)])
def test_half_the_hours_is_not_enough(hours: float, comes: bool) -> None:
    """Of the 8 hours it takes, two of staff with 2 each have exactly half."""
    one, two, *_ = invited(FOUR, 4)
    state = gathering()
    state.schools.hours[one] = hours
    assert (frozenset((one, two)) in tied(convened(state, FOUR))) == comes


def test_a_gathering_uses_up_what_was_put_by_and_waits_until_there_is_enough() -> None:
    for saved, left, met in ((8.9, 8.9, False), (9.0, 0.0, True), (11.0, 2.0, True)):
        state = gathering()
        put(state.brokers, saved=saved)
        convened(state, FOUR)
        assert state.brokers.saved[0] == pytest.approx(left)
        assert bool(tied(state)) == met


def test_brokers_ask_schools_of_their_own_authority_and_with_their_own_time() -> None:
    """The second authority's broker asks its four schools, with the levers that hold there."""
    for area, met in ((0, False), (1, True)):
        state = state_of(6, 2, brokers=2, authorities=(0, 0, 1, 1, 1, 1), ties=20)
        put(state.schools, tone=1.0, hours=10.0)
        put(state.brokers, authority=(0, 1), saved=(8.9, 9.0), skill=0.5)
        state.authorities.area[1] = area
        convene_gatherings(
            state,
            side_by_side(certain(**GATHERING | {"broker__dialogue": 0, "broker__event_seats": 30}),
                         certain(**GATHERING | {"broker__event_seats": 30})),
            Clock((FOUR, STEP)),
        )  # fmt: skip
        assert state.schools.hours.tolist()[:2] == [10.0, 10.0]
        assert all((hours < 10.0) == met for hours in state.schools.hours[2:])
        assert len(tied(state)) == 3 * met


def test_at_a_gathering_who_wants_to_learns_from_the_best_placed_other() -> None:
    """.25 of 8 hours are about practice: 1 - exp(-2/24) of the gap of .6 is closed, as with .5 of 4."""
    for teaching, hours in ((0.25, 8.0), (0.5, 4.0)):
        state = gathering(2)
        put(state.teachers, focus=(0, 0, NONE, NONE))
        state.knowledge.mastery[:, 0] = (0.2, 0.2, 0.8, 0.8)
        seed = seed_where(lambda seed: len(invited(seed, 2)) == 2)
        convened(state, seed, **EASY, network__teaching=teaching, network__meeting_hours=hours)
        assert state.run.gains[0] == 1
        assert state.teachers.school[state.gains.teacher[0]] == 0
        assert state.gains.mastery[0] == pytest.approx(0.6 * (1 - math.exp(-2 / 24)), rel=1e-5)


def test_meetings_leave_hostile_trust_alone() -> None:
    one, two, *_ = invited(FOUR, 4)
    state = gathering()
    tie(state, 0, (one, two), hostile=1, trust_ab=0.02, trust_ba=0.02)
    convened(state, FOUR)
    assert state.ties.trust_ab[0] == 0.02
    assert state.ties.familiarity[0] == pytest.approx(0.4 + 0.2 * 0.6)


# --- visits ---------------------------------------------------------------------------------------

#: Who is introduced meets; nobody agrees to work together.
VISITS = {
    "network__visit_hours": 6.0, "broker__learns": 0.5, "trust__familiarity_kept": 0.9, "broker__looks": 12,
    "market__choice_weight": 0.0, "broker__familiarity": 0.15, "broker__trust": 0.4, "trust__stranger": 0.2,
    "network__meeting_hours": 2.0, "travel__speed": 20.0, "accept__base": -99.0, "broker__follow_ups": 3,
    "informal__hours": 1.0, "programme__asked_again": 6,
}  # fmt: skip
AGREED = {"accept__base": 99.0, "offer__level": -99.0}


def visiting(schools: int = 4, visits: float = 1.0) -> State:
    """A broker of skill .5, who knows what each school is good at, and schools that need what the last one masters."""
    state = state_of(schools, 2, brokers=1, ties=20)
    put(state.schools, need=1, tone=1.0)
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
    state = visiting(visits=2.5)
    put(state.schools, need=NONE)
    visited(state, 1)
    assert (state.brokers.hours[0], state.brokers.spent[0]) == (15.0, 12.0)
    hours = state.ledger.hours
    assert (hours[GRANTED], hours[BROKERAGE], hours[UNUSED]) == (15.0, 12.0, 3.0)


@pytest.mark.parametrize(("event", "put_by", "spent"), [(9.0, 6.0, 18.0), (4.0, 4.0, 16.0), (20.0, 6.0, 18.0)])
def test_a_gathering_is_saved_for_and_takes_a_third_at_most(event: float, put_by: float, spent: float) -> None:
    """Of 18 hours at most 6 are put by; what is left goes to visits of 6."""
    state = visiting(visits=3)
    put(state.brokers, saved=1.0, spent=99.0)
    visited(state, 1, broker__dialogue=1, broker__event_hours=event)
    assert state.brokers.saved[0] == 1.0 + put_by
    assert state.brokers.spent[0] == spent
    assert state.ledger.hours[UNUSED] == 18.0 - spent
    assert visited(visiting(visits=3), 1).brokers.saved[0] == 0.0


@pytest.mark.parametrize("visits", [1, 2, 3])
def test_as_many_schools_are_visited_as_there_are_hours_for(visits: int) -> None:
    state = visiting(12, visits)
    put(state.schools, need=NONE)
    visited(state, 1)
    assert set(np.flatnonzero(state.broker_knowledge.relations[0])) == {host(1, visit, 12) for visit in range(visits)}


def test_brokers_visit_schools_of_their_own_authority() -> None:
    for seed in range(1, 8):
        state = state_of(7, 2, brokers=1, authorities=(0, 0, 0, 1, 1, 1, 1))
        put(state.brokers, authority=1, visits=1.0)
        visited(state, seed)
        (found,) = np.flatnonzero(state.broker_knowledge.relations[0])
        assert found == 3 + host(seed)


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
    put(state.schools, need=1, tone=1.0)
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
        visited(state, seed, hostility__mended=1.0, broker__relationships=0)
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
    visited(state, 1, broker__practices=1, broker__catalyst=1, broker__reach=0.5, trust__familiarity_kept=1.0)
    assert state.schools.renown.tolist() == pytest.approx([0.3, 0.4])
    assert state.schools.urging.tolist() == pytest.approx([0.27, 0.72])


def test_managed_advanced_teachers_are_known_of() -> None:
    for managed, renown in ((0, [0.0, 0.0]), (1, [0.0, 0.4])):
        state = state_of(2, brokers=1)
        put(state.brokers, visits=0.0)
        put(state.schools, advanced=(0, 2))
        visited(state, 1, ast__managed=managed, broker__reach=0.4)
        assert state.schools.renown.tolist() == renown


def test_a_need_of_the_first_practice_is_a_need() -> None:
    state = visiting()
    put(state.schools, need=0)
    state.repertoires.mastery[3, 0] = 0.9
    assert tied(visited(state, FIRST, broker__looks=60)) == {frozenset((0, 3))}


def test_the_oldest_introductions_are_written_over() -> None:
    state = visiting()
    state.brokers.introduced[0] = REMEMBERED + 2
    put(state.introductions, half_term=-50)
    visited(state, FIRST)
    noted = state.introductions
    assert (noted.school[2], noted.other[2], noted.half_term[2]) == (0, 3, STEP)
    assert state.brokers.introduced[0] == REMEMBERED + 3


def test_a_judge_is_told_less_than_the_need() -> None:
    """At stakes .5 half the visits hear a pretext; then the broker thinks of who is good at that."""
    told = []
    for seed in (seed for seed in range(1, 80) if host(seed) == 0):
        state = visiting()
        put(state.schools, felt_stakes=0.5)
        state.repertoires.mastery[1, 0] = 0.8
        visited(state, seed, broker__judges=1, broker__judging=0.5, broker__looks=60)
        withheld = luck(seed, draws.BROKER_TOLD, STEP, BROKER, 0) >= 0.5
        need = int(2 * luck(seed, draws.BROKER_TOLD, STEP, BROKER, 1000)) if withheld else 1
        assert state.brokers.needs_withheld[0] == state.ledger.counts[UNTOLD] == withheld
        assert tied(state) == {frozenset((0, 3 if need == 1 else 1))}
        # What is learned of it, and the trust of the introduction, are halved too.
        assert state.broker_knowledge.relations[0, 0] == pytest.approx(0.9 * 0.25)
        assert state.ties.trust_ab[0] == pytest.approx(0.2 + 0.2 * 0.5)
        told.append(need)
    assert set(told) == {0, 1}


def test_rivals_are_passed_over() -> None:
    """Next door and of one phase: half of rivalry .9 weighs more than the lead of .8 over .5; a secondary is none."""
    state = visiting()
    state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.1, 0.9)
    put(state.schools, phase=(0, SECONDARY, 0, 0))
    visited(state, FIRST, market__choice_weight=1.0, rivalry__slope=0.9, broker__looks=60)
    assert tied(state) == {frozenset((0, 1))}


def test_looks_are_as_many_as_the_broker_takes() -> None:
    """Whom it thinks of is drawn, look by look and visit by visit."""
    for seed in range(1, 12):
        state = visiting(6, 2)
        state.repertoires.mastery[:, 1] = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9)
        visited(state, seed, broker__looks=2)
        expected = []
        for visit in (0, 1):
            one = host(seed, visit, 6)
            seen = [int(6 * luck(seed, draws.INTRODUCE, STEP, BROKER, 1000 * visit + look)) for look in (0, 1)]
            better = [row for row in seen if row > one]
            expected += [(one, max(better))] if better else []
        noted = state.introductions
        number = int(state.brokers.introduced[0])
        assert [(noted.school[row], noted.other[row]) for row in range(number)] == expected


def met(state: State, row: int = 0) -> tuple[int, int, int]:
    """Of a noted introduction: the two schools, and what has come of it."""
    noted = state.introductions
    return int(noted.school[row]), int(noted.other[row]), int(noted.outcome[row])


def test_the_school_visited_meets_the_one_that_masters_its_need() -> None:
    """Trust .2 + (.4 - .2) x 2 x .5; each gives 2 hours and a way of 8 km, 4.97 miles at 20 an hour."""
    state = visiting()
    put(state.schools, hours=10.0, east=(0.0, 0.0, 0.0, 8.0))
    visited(state, FIRST)
    assert tied(state) == {frozenset((0, 3))}
    assert state.ties.trust_ab[0] == state.ties.trust_ba[0] == pytest.approx(0.4)
    assert state.ties.familiarity[0] == 0.15
    assert state.brokers.introduced[0] == 1
    counts = state.ledger.counts
    assert (counts[INTRODUCED], counts[INTRODUCED_MET], counts[INTRODUCED_WORK]) == (1, 1, 0)
    assert met(state) == (0, 3, 1)
    assert (state.introductions.need[0], state.introductions.half_term[0]) == (1, STEP)
    spent = 2.0 + (8 / 1.609344) / 20
    assert state.schools.hours.tolist() == pytest.approx([10 - spent / 2, 10.0, 10.0, 10 - spent / 2])
    assert state.ledger.hours[MEETINGS] == pytest.approx(2 * spent)


def test_a_meeting_never_lowers_the_trust_there_was() -> None:
    """A tie with trust .9 and .1: the meeting's .4 is more than the one and less than the other."""
    state = visiting()
    tie(state, 0, (0, 3), trust_ab=0.9, trust_ba=0.1)
    visited(state, FIRST)
    assert state.ledger.counts[INTRODUCED_MET] == 1
    assert state.ties.trust_ab[0] == 0.9
    assert state.ties.trust_ba[0] == pytest.approx(0.4)


def test_who_knows_meets_who_is_most_in_need() -> None:
    """The best at it of the other school; of the visited, (1 - mastery) x enterprise and half a draw."""
    for seed in [seed for seed in range(1, 60) if host(seed) == 0][:6]:
        state = visiting()
        state.knowledge.mastery[:, 1] = (0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.3, 0.7)
        put(state.teachers, enterprise=(0.9, 0.5, 1, 1, 1, 1, 1, 1))
        visited(state, seed)
        wants = [
            (1 - 0.4) * 0.9 + 0.5 * luck(seed, draws.FIRST_MEETING, STEP, 500_001, 1),
            (1 - 0.2) * 0.5 + 0.5 * luck(seed, draws.FIRST_MEETING, STEP, 500_002, 1),
        ]
        friends = state.friends
        assert np.flatnonzero(friends.alive).tolist() == [0]
        assert (friends.a[0], friends.b[0]) == (7, int(np.argmax(wants)))
        assert friends.trust_ab[0] == friends.trust_ba[0] == pytest.approx(0.4)
        assert friends.familiarity[0] == 0.15
        # Who know each other already are not acquainted again.
        state.introductions.outcome[0] = 0
        visited(state, seed, STEP + 1, broker__relationships=0, broker__follow_ups=1)
        assert state.friends.alive.sum() <= 2


def test_people_who_know_each_other_are_not_acquainted_again() -> None:
    state = state_of(2, 1, brokers=1)
    put(state.schools, need=1, tone=1.0)
    put(state.brokers, visits=1.0, skill=0.5)
    state.broker_knowledge.strengths[:] = 1.0
    state.repertoires.mastery[1, 1] = 0.9
    seed = seed_where(lambda seed: host(seed, schools=2) == 0)
    visited(state, seed)
    assert state.friends.alive.sum() == 1
    state.introductions.outcome[0] = 0
    visited(state, seed, STEP + 1, broker__relationships=0)
    assert state.ledger.counts[INTRODUCED_MET] == 2
    assert state.friends.alive.sum() == 1


@pytest.mark.parametrize(
    ("changes", "comes", "hours"),
    [
        ({}, 1, [9.0, 9.0]),
        ({"closed": (1, 0, 0, 0)}, 0, [10.0, 10.0]),
        ({"closed": (0, 0, 0, 1)}, 0, [9.0, 10.0]),
        ({"tone": (0.0, 1.0, 1.0, 1.0)}, 0, [10.0, 10.0]),
        ({"tone": (1.0, 1.0, 1.0, 0.0)}, 0, [9.0, 10.0]),
        ({"hours": (1.0, 10.0, 10.0, 10.0)}, 1, [0.0, 9.0]),
        ({"hours": (0.9, 10.0, 10.0, 10.0)}, 0, [0.9, 10.0]),
        ({"hours": (10.0, 10.0, 10.0, 0.9)}, 0, [9.0, 0.9]),
    ],
)
def test_a_first_meeting_takes_both_and_two_hours_of_each(
    changes: dict[str, tuple[float, ...]], comes: int, hours: list[float]
) -> None:
    """Two of staff give an hour each; the visited school says first whether it comes."""
    state = visiting()
    put(state.schools, **changes)
    visited(state, FIRST)
    assert state.ledger.counts[INTRODUCED] == 1
    assert state.ledger.counts[INTRODUCED_MET] == comes
    assert state.introductions.outcome[0] == comes
    assert bool(tied(state)) == comes
    assert state.schools.hours[[0, 3]].tolist() == pytest.approx(hours)
    assert visited(visiting(), FIRST, network__meeting_hours=0.0).ledger.counts[INTRODUCED_MET] == 0


def test_each_comes_by_a_draw_of_its_own() -> None:
    """Tone .8 x (.5 + .6) = .88 of the visited, .5 x (.5 + .4) = .45 of the other."""
    seen = set()
    for seed in [seed for seed in range(1, 120) if host(seed) == 0][:20]:
        state = visiting()
        put(state.schools, tone=(0.8, 1, 1, 0.5), confidence=(0.6, 1, 1, 0.4))
        visited(state, seed)
        uid = state.schools.uid
        one = luck(seed, draws.FIRST_MEETING, STEP, draws.pair(uid[0], uid[3])) < 0.88
        other = luck(seed, draws.FIRST_MEETING, STEP, draws.pair(uid[3], uid[0])) < 0.45
        assert state.ledger.counts[INTRODUCED_MET] == (one and other)
        assert (state.schools.hours[0] < 10.0) == one
        assert (state.schools.hours[3] < 10.0) == (one and other)
        seen.add((one, other))
    assert len(seen) > 2


def test_acquaintances_trust_each_other_as_far_as_the_broker_warms_them() -> None:
    """Each side has .4 at least; the hostile are not introduced."""
    state = visiting()
    tie(state, 0, (0, 3), trust_ab=0.5, trust_ba=0.3)
    visited(state, FIRST)
    assert (state.ties.trust_ab[0], state.ties.trust_ba[0], state.ties.familiarity[0]) == pytest.approx((0.5, 0.4, 0.4))
    state = visiting()
    tie(state, 0, (0, 3), hostile=1, trust_ab=0.02, trust_ba=0.02)
    visited(state, FIRST, hostility__mended=0.0, **AGREED)
    assert state.ledger.counts[INTRODUCED] == state.ledger.counts[INTRODUCED_MET] == 0
    assert state.ties.trust_ab[0] == state.ties.trust_ba[0] == 0.02
    assert state.ledger.counts[APPROACHES] == 0
    state = visiting()
    tie(state, 0, (0, 3))
    visited(state, FIRST)
    assert state.ledger.counts[INTRODUCED] == 1


def test_who_has_met_asks_and_they_may_work_together() -> None:
    state = visited(visiting(), FIRST, **AGREED)
    here = state.partnerships
    assert (here.originator[0], here.partner[0], here.programme[0]) == (3, 0, 0)
    assert here.alive.sum() == 1
    assert met(state) == (0, 3, 2)
    counts = state.ledger.counts
    assert (counts[APPROACHES], counts[INTRODUCED_WORK]) == (1, 1)
    refused = visited(visiting(), FIRST)
    assert refused.ledger.counts[APPROACHES] == 1
    assert refused.ledger.counts[INTRODUCED_WORK] == 0
    already = visiting()
    tie(already, 0, (0, 3))
    partnership(already, 0, (3, 0), 0)
    visited(already, FIRST, **AGREED)
    assert met(already) == (0, 3, 2)
    assert (already.ledger.counts[APPROACHES], already.ledger.counts[INTRODUCED_WORK]) == (0, 1)
    assert already.partnerships.alive.sum() == 1


def test_those_introduced_begin_with_the_need_that_the_broker_was_told() -> None:
    """Nobody would admit it to the other; what was told the broker is known, but not what was named in its place."""
    seen = set()
    for seed in [seed for seed in range(1, 200) if host(seed) == 0][:20]:
        state = visiting()
        # What the other is proudest of is the first practice; a judge hears of the true need half the time.
        put(state.practices, appeal=(1.0, 0.1))
        put(state.schools, felt_stakes=0.5)
        state.repertoires.mastery[-1, 0] = 0.95
        visited(state, seed, **AGREED, disclosure__base=-99.0, broker__judges=1, broker__judging=0.5, broker__looks=60)
        if state.partnerships.alive[0]:
            truth = bool(state.introductions.need[0] == 1)
            assert (state.partnerships.focus[0], state.partnerships.own_need[0]) == ((1, 1) if truth else (0, 0))
            seen.add(truth)
    assert seen == {True, False}


def test_a_school_far_off_must_be_so_much_farther_ahead() -> None:
    """Of two that know .9 and .7, the nearer by ten miles at .03 a mile; by two, the better one."""
    for miles, other in ((10.0, 2), (2.0, 3)):
        for seed in [seed for seed in range(1, 200) if host(seed) == 0][:5]:
            state = visiting()
            state.repertoires.mastery[2, 1] = 0.7
            put(state.schools, east=(0.0, 0.0, 0.0, 1.609344 * miles), north=0.0)
            visited(state, seed, search__distance=0.06, search__quality=2.0, broker__looks=40)
            assert state.introductions.other[0] == other


def test_an_introduced_school_answers_by_a_draw_of_its_own() -> None:
    """Acceptance 1/2: logit 0 = 4 x .4 trust + .15 familiarity - 1.75."""
    answers = set()
    for seed in [seed for seed in range(1, 80) if host(seed) == 0][:8]:
        state = visited(visiting(), seed, offer__level=-99.0, accept__base=-1.75, accept__trust=4.0)
        both = draws.pair(state.schools.uid[0], state.schools.uid[3])
        agrees = luck(seed, draws.ACCEPT, STEP, both, 1) < 0.5
        assert state.ledger.counts[INTRODUCED_WORK] == agrees
        answers.add(agrees)
    assert len(answers) == 2


def following(**values: float) -> State:
    """A second broker of one visit, who has introduced six pairs: when, and what came of it."""
    state = state_of(5, 2, brokers=2, ties=20)
    put(state.schools, tone=1.0)
    put(state.brokers, visits=(0.0, 1.0), skill=0.5, introduced=(0, 6))
    for place, (school, other, age, outcome) in enumerate(
        ((0, 1, 0, 0), (0, 2, 1, 0), (0, 3, 3, 0), (1, 2, 4, 0), (1, 3, 1, 2), (2, 4, 2, 1))
    ):
        row = REMEMBERED + place
        put_row(state.introductions, row, school=school, other=other, half_term=9 - age, outcome=outcome, need=1)
    tie(state, 0, (2, 4))
    visited(state, 1, 9, **{"broker__relationships": 0} | values)
    return state


def test_introductions_of_late_are_followed_up() -> None:
    """Those of the last three half-terms, each an hour, up to half the broker's 6; who has met is only asked."""
    state = following()
    assert tied(state) == {frozenset(pair) for pair in ((0, 2), (0, 3), (2, 4))}
    rows = REMEMBERED + np.arange(6)
    assert state.introductions.outcome[rows].tolist() == [0, 1, 1, 0, 2, 1]
    assert state.brokers.spent.tolist() == [0.0, 3.0]
    assert state.ledger.counts[INTRODUCED_MET] == 2
    assert state.ledger.counts[APPROACHES] == 3
    # The broker is there, and nobody is asked what they need: openness is full whatever the role.
    judged = following(broker__judges=1, broker__judging=0.5)
    assert judged.ties.trust_ab[find_tie(judged, 0, 2)] == pytest.approx(0.4)
    assert state.schools.hours.tolist() == pytest.approx([8.0, 10.0, 9.0, 9.0, 10.0])


@pytest.mark.parametrize(("hours", "followed", "spent"), [(3.0, 1, 3.0), (1.6, 1, 1.6), (3.1, 0, 6.0), (1.5, 2, 3.0)])
def test_following_up_takes_half_the_hours_at_most(hours: float, followed: int, spent: float) -> None:
    state = following(informal__hours=hours)
    assert state.ledger.counts[INTRODUCED_MET] == followed
    assert state.brokers.spent[1] == spent


def test_who_was_followed_up_may_work_together() -> None:
    state = following(**AGREED)
    rows = REMEMBERED + np.arange(6)
    assert state.introductions.outcome[rows].tolist() == [0, 2, 2, 0, 2, 2]
    assert state.ledger.counts[INTRODUCED_WORK] == 3


@pytest.mark.parametrize(
    ("before", "other"),
    [((0, 3, STEP - 5), 2), ((0, 3, STEP - 6), 3), ((3, 0, STEP - 1), 3), ((0, 1, STEP - 1), 3), ((1, 3, STEP - 1), 3)],
)
def test_two_schools_are_not_introduced_again_within_a_year(before: tuple[int, int, int], other: int) -> None:
    """The second of those the broker still remembers; the next best is introduced in its place."""
    state = visiting()
    state.repertoires.mastery[2, 1] = 0.5
    put(state.brokers, introduced=2)
    for row, (school, second, when) in enumerate(((2, 1, STEP - 1), before)):
        put_row(state.introductions, row, school=school, other=second, half_term=when, outcome=2)
    visited(state, FIRST, broker__looks=60)
    assert met(state, 2)[:2] == (0, other)


def test_a_full_list_is_looked_through_to_its_end() -> None:
    state = visiting()
    state.repertoires.mastery[2, 1] = 0.5
    put(state.brokers, introduced=REMEMBERED + 2)
    put(state.introductions, outcome=2, half_term=STEP)
    last = REMEMBERED - 1
    put_row(state.introductions, last, school=0, other=3, half_term=STEP - 1)
    visited(state, FIRST, broker__looks=60)
    assert met(state, 2)[:2] == (0, 2)


def test_what_is_not_known_of_a_school_is_guessed_from_standing_and_badge() -> None:
    """Of 1 everything is known, .5; of 2 nothing: .3 + .1 x standing + .15 of a badge; both less .1 of the visited."""
    for standing, badge, other in ((1.9, 0.0, 1), (2.1, 0.0, 2), (0.4, 1.0, 1), (0.6, 1.0, 2)):
        state = visiting()
        state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.9, 0.1)
        state.broker_knowledge.strengths[0, 2] = 0.0
        put(state.schools, standing=(0, 0, standing, 0), badge=(0, 0, badge, 0))
        halo = {"search__halo_base": 0.3, "search__halo_standing": 0.1, "badging__visibility": 0.15}
        visited(state, FIRST, broker__looks=60, **halo)
        assert met(state)[:2] == (0, other)


def test_what_brokers_know_is_told_and_urged() -> None:
    """Knows .5 of the one visited after forgetting .45; told at .6 of it; urged at skill x relations x openness."""
    for judges, openness in ((0, 1.0), (1, 0.5)):
        state = visiting()
        put(state.schools, urging=0.9, renown=0.9, felt_stakes=0.5, need=NONE)
        put(state.brokers, skill=0.4)
        state.broker_knowledge.strengths[0] = (0.0, 0.2, 0.0, 0.0)
        visited(
            state, FIRST, broker__practices=1, broker__catalyst=1, broker__reach=0.6, broker__judges=judges,
            broker__judging=0.5,
        )  # fmt: skip
        known = 0.5 * 0.9 * openness * 0.9
        assert state.schools.renown.tolist() == pytest.approx([0.6 * known, 0.6 * 0.18, 0.0, 0.0])
        assert state.schools.urging.tolist() == pytest.approx([0.4 * known * openness, 0.0, 0.0, 0.0])
    silent = visiting()
    put(silent.schools, urging=0.9, renown=0.9)
    visited(silent, FIRST)
    assert not silent.schools.urging.any()
    assert not silent.schools.renown.any()


def test_a_broker_beyond_the_number_in_force_knows_and_tells_nothing_new() -> None:
    """The second of one authority, where there is one; what the first tells is of its own authority."""
    state = state_of(4, 2, brokers=2, authorities=(0, 0, 1, 1))
    put(state.brokers, visits=0.0, place=(0, 1), skill=0.5)
    state.broker_knowledge.strengths[:] = 0.5
    state.broker_knowledge.relations[:] = 0.5
    visited(state, 1, broker__number=1, broker__practices=1, broker__catalyst=1, broker__reach=1.0)
    assert state.broker_knowledge.strengths.tolist() == [pytest.approx([0.45, 0.45, 0.5, 0.5]), [0.5] * 4]
    assert state.broker_knowledge.relations.tolist() == [pytest.approx([0.45, 0.45, 0.5, 0.5]), [0.5] * 4]
    assert state.schools.renown.tolist() == pytest.approx([0.45, 0.45, 0.0, 0.0])
    assert state.schools.urging.tolist() == pytest.approx([0.225, 0.225, 0.0, 0.0])


def test_brokers_money_goes_in_equal_parts_to_partnerships_outside_the_programme() -> None:
    """6,000 a year are 1,000 a half-term: 500 to each of two; one is a programme's, one another authority's, one over.

    The second authority has no money; a second broker, beyond the number in force, has none to give.
    """
    state = state_of(6, brokers=3, authorities=(0, 0, 0, 0, 1, 1))
    for slot, ends in enumerate(((0, 1), (1, 2), (2, 3), (4, 5), (0, 3))):
        tie(state, slot, ends)
        partnership(state, slot, ends, slot, programme=int(slot == 2), pounds=10.0, alive=int(slot < 4))
    put(state.brokers, visits=0.0, place=(0, 1, 0), authority=(0, 0, 1))
    state.authorities.area[0] = 1
    p = side_by_side(certain(**VISITS), certain(**VISITS, broker__resources=6000.0))
    spend_brokers_hours(state, p, Clock((1, STEP)))
    assert state.partnerships.pounds[:5].tolist() == [510.0, 510.0, 10.0, 10.0, 10.0]
    assert state.ledger.pounds[GRANTED] == 1000.0


def test_brokers_money_goes_to_the_last_row_too() -> None:
    state = state_of(4, brokers=1, partnerships=2)
    for slot, ends in enumerate(((0, 1), (2, 3))):
        tie(state, slot, ends)
        partnership(state, slot, ends, slot)
    put(state.brokers, visits=0.0)
    visited(state, 1, broker__resources=600.0)
    assert state.partnerships.pounds.tolist() == pytest.approx([50.0, 50.0])


def test_a_pound_of_brokers_money_is_money_and_one_partnership_has_it_all() -> None:
    state = state_of(2, brokers=1)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0)
    put(state.brokers, visits=0.0)
    visited(state, 1, broker__resources=0.6)
    assert state.partnerships.pounds[0] == pytest.approx(0.1)
    none = state_of(2, brokers=1)
    put(none.brokers, visits=0.0)
    assert visited(none, 1, broker__resources=600.0).ledger.pounds[GRANTED] == 0.0


# --- maps -----------------------------------------------------------------------------------------


def mapped(values: dict[str, float | str], state: State, seed: int = FIRST, half_term: int = STEP) -> State:
    return visited(state, seed, half_term, **{"broker__mapping": "holes"} | values)


@pytest.mark.parametrize("rule", ["holes", "hubs", "mixed"])
def test_with_a_map_the_least_or_best_connected_of_those_looked_at_is_visited(rule: str) -> None:
    """Friendly ties count one, quarrels nothing; a mixed rule takes holes and hubs by turns."""
    p: dict[str, float | str] = {"broker__map_looks": 3, "broker__mapping": rule}
    seen = set()
    for seed in range(1, 12):
        state = visiting(5, 3)
        for slot, (ends, hostile) in enumerate((((0, 1), 0), ((0, 2), 0), ((1, 2), 1), ((1, 3), 1))):
            tie(state, slot, ends, hostile=hostile)
        put(state.schools, commitments=(0, 0, 1, 0, 2), need=NONE)
        connected = [2.0, 1.0, 1.0, 0.0, 0.0]
        expected = set()
        for visit in range(3):
            hubs = rule == "hubs" or (rule == "mixed" and visit == 1)
            looks = [host(seed, visit, 5)]
            looks += [int(5 * luck(seed, draws.BROKER_CALLS, STEP, BROKER, 3 * visit + look)) for look in (1, 2)]
            expected.add((max if hubs else min)(looks, key=lambda row: connected[row]))
        mapped(p, state, seed)
        assert set(np.flatnonzero(state.broker_knowledge.relations[0])) == expected
        seen.add(frozenset(expected))
    assert len(seen) > 2


def looked_at(values: dict[str, float | str], state: State) -> int:
    """The school to which the first was introduced; the map's look at whom to visit changes nothing."""
    mapped({"broker__map_looks": 1, "broker__looks": 60} | values, state)
    noted = state.introductions
    assert noted.school[0] == 0
    return int(noted.other[0])


Links = list[tuple[int, int]]


@pytest.mark.parametrize(
    ("links", "hostile", "values", "introduced"),
    [
        # No ties: both are far apart, 1 each; the better one is taken.
        ([], 0, {}, 2),
        # Known already: .5 + 0 against .4 + .5; without weight nothing.
        ([(0, 2)], 0, {}, 1),
        ([(0, 2)], 0, {"broker__bridging": 0.0}, 2),
        # A hub of two ties where one is enough: .5 + .5 x (1 - 1) against .4 + .5; where two are, none.
        ([(1, 2), (2, 3)], 0, {}, 1),
        ([(1, 2), (2, 3)], 1, {}, 2),
        ([(1, 2), (2, 3)], 0, {"trust__degree": 2.0}, 2),
        # Half a tie too many: .5 + .5 x .5 against .4 + .5.
        ([(2, 3), (2, 1), (2, 4)], 0, {"trust__degree": 2.0}, 1),
        # More than one tie too many takes no more than one: .5 against .4 - 0 + .5 x (1 - 1).
        ([(2, 3), (2, 4), (2, 5), (1, 3), (1, 4)], 0, {}, 2),
        # Hubs: .4 + .5 x .5 x 2 against .5 + .5 x .5 x 1; a larger degree makes less of it, and one is the most.
        ([(1, 2), (1, 3)], 0, {"broker__mapping": "hubs"}, 1),
        ([(1, 2), (1, 3)], 0, {"broker__mapping": "hubs", "trust__degree": 4.0}, 2),
        ([(1, 2), (1, 3)], 0, {"broker__mapping": "hubs", "trust__degree": 0.5}, 2),
        ([(1, 2), (1, 3)], 1, {"broker__mapping": "hubs"}, 2),
    ],
)
def test_a_map_speaks_for_schools_far_apart_or_for_hubs(
    links: Links, hostile: int, values: dict[str, float | str], introduced: int
) -> None:
    """Mastery .5 of 1 and .6 of 2, where the first has .1: ahead by .4 and .5."""
    state = visiting(6)
    state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.6, 0.0, 0.0, 0.0)
    for slot, ends in enumerate(links):
        tie(state, slot, ends, hostile=hostile)
    seed = seed_where(lambda seed: host(seed, schools=6) == 0)
    p = {"broker__bridging": 0.5, "trust__degree": 1.0, "broker__map_looks": 1, "broker__looks": 80} | values
    mapped(p, state, seed)
    assert met(state)[:2] == (0, introduced)


@pytest.mark.parametrize(("degree", "worth"), [(4.0, 0.25), (2.0, 0.5), (0.5, 1.0)])
def test_the_worth_of_a_hub_is_half_its_degree_over_what_a_head_keeps_up(degree: float, worth: float) -> None:
    """School 1 has two friendly ties; at twice what a head keeps up it is worth all there is."""
    state = state_of(4)
    for slot, other in enumerate((2, 3)):
        tie(state, slot, (1, other))
    assert bridging_value(state, certain(trust__degree=degree), 0, 1, MAP_HUBS) == pytest.approx(worth)


def test_a_map_speaks_against_who_is_full_but_not_to_the_last() -> None:
    base: dict[str, float | str] = {"broker__bridging": 0.5, "trust__degree": 1.0, "search__most_primary": 2}
    for commitments, introduced in ((1, 2), (2, 1), (3, 1)):
        state = visiting()
        state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.6, 0.0)
        put(state.schools, commitments=(0, 0, commitments, 0))
        assert looked_at(base, state) == introduced
    state = visiting()
    state.repertoires.mastery[:, 1] = (0.1, 0.1, 0.6, 0.0)
    put(state.schools, commitments=(0, 0, 2, 0))
    assert looked_at(base, state) == 2
    # Nobody behind is introduced, however far apart.
    behind = visiting()
    behind.repertoires.mastery[:, 1] = (0.7, 0.5, 0.6, 0.0)
    mapped(base | {"broker__looks": 60}, behind)
    assert behind.ledger.counts[INTRODUCED] == 0


def test_a_third_school_known_to_both_vouches_for_them() -> None:
    """The lesser of .7 and .6 through 1, and of .9 and .3 through 2: .6, as far as relations are known (.5)."""
    for hostile, vouched in ((0, 0.6), (1, 0.3)):
        for rule in ("holes", "none"):
            state = visiting(5)
            tie(state, 0, (0, 1), trust_ab=0.7, trust_ba=0.1)
            tie(state, 1, (1, 4), trust_ab=0.1, trust_ba=0.6, hostile=hostile)
            tie(state, 2, (0, 2), trust_ab=0.9, trust_ba=0.1)
            tie(state, 3, (2, 4), trust_ab=0.1, trust_ba=0.3)
            tie(state, 4, (0, 3), trust_ab=1.0, hostile=1)
            tie(state, 5, (3, 4), trust_ba=1.0)
            seed = seed_where(lambda seed: host(seed, schools=5) == 0)
            values = {"broker__map_looks": 1, "trust__stranger": 0.0, "broker__trust": 0.1}
            mapped(values | {"broker__mapping": rule, "hostility__mended": 0.0, "broker__looks": 60}, state, seed)
            on = find_tie(state, 0, 4)
            warmed = 0.1
            expected = max(warmed, 0.5 * vouched) if rule == "holes" else warmed
            assert trust_of(state.ties, on, 0) == trust_of(state.ties, on, 4) == pytest.approx(expected)


def test_nobody_vouches_for_themselves() -> None:
    """The two know each other, trust .2; there is no third."""
    state = visiting()
    tie(state, 0, (0, 3), trust_ab=0.2, trust_ba=0.2)
    mapped({"broker__map_looks": 1, "trust__stranger": 0.0, "broker__trust": 0.05}, state)
    assert state.ties.trust_ab[0] == 0.2


# --- inside schools -------------------------------------------------------------------------------


def inside(**values: float | str) -> Parameters:
    return certain(**{"internal_broker__share": 1.0, "ast__share": 1.0, "ast__each_school": 2} | values)


def test_the_longest_serving_is_appointed_and_of_equals_the_lower_uid() -> None:
    state = state_of(2, 3)
    put(state.teachers, years=(2, 4, 5, 7, 7, 1), uid=(11, 12, 13, 25, 24, 23))
    appoint(state, inside(), Clock((1, 6)))
    assert state.schools.internal_post.tolist() == [2, 4]
    assert state.schools.internal_uid.tolist() == [13, 24]
    equal = state_of(1, 3)
    put(equal.teachers, years=7.0, uid=(12, 11, 13))
    appoint(equal, inside(), Clock((1, 6)))
    assert equal.schools.internal_post[0] == 1


def test_internal_brokers_are_appointed_as_a_year_begins_and_by_share() -> None:
    state = state_of(8, 3)
    appoint(state, inside(), Clock((1, 7)))
    assert (state.schools.internal_post == NONE).all()
    put(state.schools, area=(0, 0, 0, 0, 0, 0, 1, 1))
    appoint(state, side_by_side(inside(internal_broker__share=0.5), inside(internal_broker__share=0.0)), Clock((1, 12)))
    drawn = [luck(1, draws.INTERNAL_BROKER, 0, uid) < 0.5 for uid in state.schools.uid[:6]]
    assert (state.schools.internal_post >= 0).tolist() == [*drawn, False, False]
    assert 0 < sum(drawn) < 6


def test_the_advanced_teacher_who_holds_it_best_is_found() -> None:
    state = state_of(3, 3)
    put(state.teachers, role=(0, 0, 0, ADVANCED, 0, ADVANCED, ADVANCED, 0, 0))
    for held, found in ((0.3, 3), (0.7, 5)):
        state.knowledge.mastery[:, 1] = (0.9, 0.9, 0.9, 0.6, 0.9, held, 0.0, 0.5, 0.5)
        assert [best_advanced_teacher(state, school, 1) for school in range(3)] == [NONE, found, NONE]


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
    # Who is out gives less, not who stays.
    for pairs, at_home in ((2, 30.0), (1, 30.0), (0, 40.0)):
        one = state_of(1, 1)
        put(one.teachers, role=ADVANCED, pairs=pairs)
        pay_coaching(one, inside(ast__time=0.2, ast__working_hours=200.0, ast__outreach=0.25))
        assert one.ledger.hours[COACHING] == pytest.approx(at_home)
    # Where advanced teachers' time is not paid for, as in another area, it is nothing.
    apart = state_of(2, 1)
    put(apart.teachers, role=ADVANCED)
    put(apart.schools, area=(0, 1))
    hours = {"ast__working_hours": 100.0, "ast__outreach": 0.0, "funding__hour": 10.0}
    pay_coaching(apart, side_by_side(inside(ast__time=0.0, **hours), inside(ast__time=0.5, **hours)))
    assert (apart.ledger.hours[COACHING], apart.ledger.pounds[COVER]) == (50.0, 500.0)


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


def test_brokers_visit_then_convene_and_room_is_kept_for_what_is_learnt() -> None:
    """What is put by in a half-term pays its gathering; eight gains a school are more than the 60 there is room for."""
    for dialogue in (0, 1):
        state = gathering(8)
        put(state.brokers, visits=3.0, saved=3.0)
        state.run.gains[0] = 50
        values = GATHERING | VISITS | {"broker__dialogue": dialogue, "broker__event_hours": 9.0}
        brokerage.run(state, certain(**values), Clock((FOUR, STEP)))
        assert state.brokers.saved[0] == (0.0 if dialogue else 3.0)
        assert (state.teachers.gain_confidence > 0.0).any() == bool(dialogue)
        assert state.run.gains[0] == 0
        assert len(state.gains) == 2 * 8 * 8
