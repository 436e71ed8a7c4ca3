"""Brokers outside and inside schools, and the gatherings they convene: small systems worked by hand (M32-M35)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADVANCED, CLASS_TEACHER, MIDDLE_LEADER, NONE, SECONDARY
from schoolsim.rules.trust import raised_by_meetings
from schoolsim.system.brokers.gatherings import convene_gatherings
from schoolsim.system.brokers.internal import appoint, find_out_inside, pay_coaching
from schoolsim.system.brokers.visits import spend_brokers_hours
from schoolsim.system.phases import brokerage, policy
from schoolsim.system.state import REMEMBERED, Clock, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from schoolsim.system.state.ledger import (
    BROKERAGE,
    COACHING,
    COVER,
    GRANTED,
    INTRODUCED,
    MADE_UP,
    MEETINGS,
    UNTOLD,
    UNUSED,
)  # fmt: skip
from tests.system.by_hand import certain, luck, partnership, put, seed_where, state_of, tie

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


#: A seed with which four schools come.
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
    put(half.brokers, hours=9.0, skill=0.8)
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


def test_brokers_ask_schools_of_their_own_authority_and_with_their_own_time() -> None:
    state = state_of(6, 2, brokers=2, authorities=(0, 0, 1, 1, 1, 1), ties=20)
    put(state.schools, tone=1.0, hours=10.0)
    put(state.brokers, authority=(0, 1), hours=(8.9, 9.0), skill=0.5)
    convened(state, FOUR, broker__event_seats=30)
    assert state.schools.hours.tolist()[:2] == [10.0, 10.0]
    assert all(hours < 10.0 for hours in state.schools.hours[2:])
    assert len(tied(state)) == 3


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


@pytest.mark.parametrize(("half_term", "spent"), [(-1, 18.0), (0, 15.0), (5, 15.0)])
def test_a_gathering_takes_its_part_from_the_policy_on(half_term: int, spent: float) -> None:
    """Of 18 hours 9 go to it; one visit of 6 is left."""
    state = visited(visiting(visits=3), 1, half_term, broker__dialogue=1, broker__event_hours=9.0)
    assert state.brokers.spent[0] == spent
    assert state.ledger.hours[UNUSED] == 18.0 - spent


def test_a_visit_teaches_what_the_school_is_good_at_and_whom_it_trusts() -> None:
    """.5 x (.5 + .5) of what it did not know, and then a tenth of everything is forgotten."""
    state = visiting()
    state.broker_knowledge.strengths[0] = 0.4
    state.broker_knowledge.relations[0] = 0.2
    visited(state, FIRST)
    assert state.broker_knowledge.strengths[0].tolist() == pytest.approx([0.9 * 0.7, 0.36, 0.36, 0.36])
    assert state.broker_knowledge.relations[0].tolist() == pytest.approx([0.9 * 0.6, 0.18, 0.18, 0.18])


def test_the_school_visited_is_introduced_to_the_one_that_masters_its_need() -> None:
    state = visited(visiting(), FIRST)
    assert tied(state) == {frozenset((0, 3))}
    assert state.ties.trust_ab[0] == state.ties.trust_ba[0] == pytest.approx(0.2 + 0.2 * 2 * 0.5)
    assert state.ties.familiarity[0] == 0.15
    assert state.brokers.introduced[0] == 1
    assert state.ledger.counts[INTRODUCED] == 1
    noted = state.introductions
    assert (noted.school[0], noted.other[0], noted.half_term[0]) == (0, 3, STEP)


def test_a_need_of_the_first_practice_is_a_need() -> None:
    state = visiting()
    put(state.schools, need=0)
    state.repertoires.mastery[3, 0] = 0.9
    assert tied(visited(state, FIRST, broker__looks=60)) == {frozenset((0, 3))}


def test_the_oldest_introductions_are_written_over() -> None:
    state = visiting()
    state.brokers.introduced[0] = REMEMBERED + 2
    visited(state, FIRST)
    noted = state.introductions
    assert (noted.school[2], noted.other[2], noted.half_term[2]) == (0, 3, STEP)
    assert state.brokers.introduced[0] == REMEMBERED + 3


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


def test_acquaintances_are_warmed_and_quarrels_known_are_left_alone() -> None:
    """Warmth .2 x .5 x 1 x 2 of the trust that is missing. After a visit the broker knows half the relations."""
    state = visiting()
    tie(state, 0, (0, 3), trust_ab=0.5, trust_ba=0.2)
    visited(state, FIRST, broker__warmth=0.2, trust__change=2.0)
    assert (state.ties.trust_ab[0], state.ties.trust_ba[0]) == pytest.approx((0.6, 0.36))
    for known, introduced in ((0.4, 0), (0.6, 1)):
        state = visiting()
        tie(state, 0, (0, 3), hostile=1, trust_ab=0.02, trust_ba=0.02)
        visited(state, FIRST, broker__quarrel_known=known, hostility__broker=0.0)
        assert state.ledger.counts[INTRODUCED] == introduced
        assert state.ties.trust_ab[0] == 0.02


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


def test_what_brokers_know_is_told_and_urged_from_the_policy_on() -> None:
    """Knows .5 of the one visited after forgetting .45; told at .6 of it; urged at skill x relations x openness."""
    for half_term, share in ((-1, 0.0), (0, 1.0)):
        seed = seed_where(lambda seed, when=half_term: host(seed, half_term=when) == 0)
        state = visiting()
        put(state.schools, urging=0.9, renown=0.9)
        state.broker_knowledge.strengths[0] = (0.0, 0.2, 0.0, 0.0)
        visited(state, seed, half_term, broker__practices=1, broker__catalyst=1, broker__reach=0.6)
        assert state.schools.renown.tolist() == pytest.approx([share * 0.6 * 0.45, share * 0.6 * 0.18, 0.0, 0.0])
        assert state.schools.urging.tolist() == pytest.approx([share * 0.5 * 0.45, 0.0, 0.0, 0.0])


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


def test_brokers_money_goes_in_equal_parts_to_partnerships_outside_the_programme() -> None:
    """6,000 a year are 1,000 a half-term: 500 to each of two; the third is the programme's, the fourth another's."""
    for half_term, share in ((-1, 0.0), (0, 500.0)):
        state = state_of(6, brokers=1, authorities=(0, 0, 0, 0, 1, 1))
        for slot, ends in enumerate(((0, 1), (1, 2), (2, 3), (4, 5), (0, 3))):
            tie(state, slot, ends)
            partnership(state, slot, ends, slot, programme=int(slot == 2), pounds=10.0, alive=int(slot < 4))
        put(state.brokers, visits=0.0)
        visited(state, 1, half_term, broker__resources=6000.0)
        assert state.partnerships.pounds[:5].tolist() == [10 + share, 10 + share, 10.0, 10.0, 10.0]
        assert state.ledger.pounds[GRANTED] == 2 * share


# --- maps -----------------------------------------------------------------------------------------


def mapped(values: dict[str, float], state: State, seed: int = FIRST, half_term: int = STEP) -> State:
    return visited(state, seed, half_term, broker__mapping=1, **values)


def test_with_a_map_the_least_connected_of_those_looked_at_is_visited() -> None:
    """Friendly ties count one, partnerships more, quarrels nothing."""
    p = {"broker__map_looks": 3, "broker__map_partnership": 2.5}
    seen = set()
    for seed in range(1, 30):
        state = visiting()
        for slot, (ends, hostile) in enumerate((((0, 1), 0), ((0, 2), 0), ((1, 2), 1), ((1, 3), 1))):
            tie(state, slot, ends, hostile=hostile)
        put(state.schools, commitments=(0, 0, 1, 0), need=NONE)
        connected = [2.0, 1.0, 3.5, 0.0]
        looks = [host(seed)] + [int(4 * luck(seed, draws.BROKER_CALLS, STEP, BROKER, look)) for look in (1, 2)]
        mapped(p, state, seed)
        (found,) = np.flatnonzero(state.broker_knowledge.relations[0])
        assert found == min(looks, key=lambda row: connected[row])
        seen.add((int(found), looks[0]))
    assert len(seen) > 6
    state = visiting()
    put(state.schools, need=NONE, commitments=(1, 0, 0, 0))
    seed = seed_where(lambda seed: host(seed, half_term=-1) == 0)
    assert np.flatnonzero(mapped(p, state, seed, -1).broker_knowledge.relations[0]).tolist() == [0]


def looked_at(values: dict[str, float], state: State) -> int:
    """The school to which the first was introduced; the map's look at whom to visit changes nothing."""
    mapped({"broker__map_looks": 1, "broker__looks": 60} | values, state)
    noted = state.introductions
    assert noted.school[0] == 0
    return int(noted.other[0])


def test_a_map_speaks_for_schools_far_apart_and_against_hubs_and_full_ones() -> None:
    """Mastery .5 of 1 and .6 of 2; no bridging, and 2 is taken. With it, each thing that speaks against 2."""
    base = {"broker__bridging": 0.5, "trust__degree": 1.0, "search__most_primary": 2}

    def state(**ties: object) -> State:
        made = visiting()
        made.repertoires.mastery[:, 1] = (0.1, 0.5, 0.6, 0.0)
        return made

    assert looked_at(base, state()) == 2
    known = state()
    tie(known, 0, (0, 2))
    assert looked_at(base, known) == 1
    known = state()
    tie(known, 0, (0, 2))
    assert looked_at(base | {"broker__bridging": 0.0}, known) == 2
    hub = state()
    tie(hub, 0, (1, 2))
    tie(hub, 1, (2, 3))
    assert looked_at(base, hub) == 1
    quarrelsome = state()
    tie(quarrelsome, 0, (1, 2), hostile=1)
    tie(quarrelsome, 1, (2, 3), hostile=1)
    assert looked_at(base, quarrelsome) == 2


def test_a_third_school_known_to_both_vouches_for_them() -> None:
    """The lesser of .7 and .6 through 1, and of .9 and .3 through 2: .6, as far as relations are known (.5)."""
    values = {"broker__map_looks": 1, "broker__third": 0.8}
    for hostile, vouched in ((0, 0.6), (1, 0.3)):
        state = visiting(5)
        put(state.schools, need=1)
        tie(state, 0, (0, 1), trust_ab=0.7, trust_ba=0.1)
        tie(state, 1, (1, 4), trust_ab=0.1, trust_ba=0.6, hostile=hostile)
        tie(state, 2, (0, 2), trust_ab=0.9, trust_ba=0.1)
        tie(state, 3, (2, 4), trust_ab=0.1, trust_ba=0.3)
        tie(state, 4, (0, 3), trust_ab=1.0, hostile=1)
        tie(state, 5, (3, 4), trust_ba=1.0)
        seed = seed_where(lambda seed: host(seed, schools=5) == 0)
        mapped(values | {"trust__stranger": 0.0, "broker__trust": 0.1}, state, seed)
        on = find_tie(state, 0, 4)
        warmed = 0.1
        assert state.ties.trust_ab[on] == pytest.approx(warmed + 0.8 * (0.5 * vouched - warmed))


# --- inside schools -------------------------------------------------------------------------------


def inside(**values: float | str) -> Parameters:
    return certain(**{"internal_broker__share": 1.0, "ast__share": 1.0, "ast__each_school": 2} | values)


def test_the_longest_serving_is_appointed_and_of_equals_the_lower_uid() -> None:
    state = state_of(2, 3)
    put(state.teachers, years=(2, 4, 5, 7, 7, 1), uid=(11, 12, 13, 25, 24, 23))
    appoint(state, inside(), Clock((1, 6)))
    assert state.schools.internal_post.tolist() == [2, 4]
    assert state.schools.internal_uid.tolist() == [13, 24]


def test_posts_are_filled_at_the_years_beginning_only_and_by_share() -> None:
    state = state_of(8, 3)
    appoint(state, inside(), Clock((1, 7)))
    assert (state.schools.internal_post == NONE).all()
    assert not state.schools.advanced.any()
    appoint(state, inside(internal_broker__share=0.5, ast__share=0.4), Clock((1, 12)))
    uid = state.schools.uid
    assert (state.schools.internal_post >= 0).tolist() == [luck(1, draws.INTERNAL_BROKER, 0, one) < 0.5 for one in uid]
    assert (state.schools.advanced == 2).tolist() == [luck(1, draws.AST_SCHOOL, 0, one) < 0.4 for one in uid]


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


def test_those_who_teach_best_fill_the_advanced_posts() -> None:
    """Skill and practices: .1 x .9, .3, 0 and .1 x .5 + .1 x .8 + .1; the best of all leads an area already."""
    state = state_of(1, 5)
    put(state.teachers, skill=(0.0, 0.3, 0.0, 0.1, 0.9), role=(0, 0, 0, 0, MIDDLE_LEADER))
    state.knowledge.mastery[0, 0] = 0.9
    state.knowledge.mastery[3] = (0.5, 0.8)
    appoint(state, inside(), Clock((1, 6)))
    roles = [CLASS_TEACHER, ADVANCED, CLASS_TEACHER, ADVANCED, MIDDLE_LEADER]
    assert state.teachers.role.tolist() == roles
    assert state.schools.advanced[0] == 2
    appoint(state, inside(), Clock((1, 12)))
    assert state.teachers.role.tolist() == roles


def test_a_school_without_class_teachers_has_fewer() -> None:
    state = state_of(1, 2)
    put(state.teachers, skill=-0.5, role=(CLASS_TEACHER, MIDDLE_LEADER))
    appoint(state, inside(), Clock((1, 6)))
    assert state.schools.advanced[0] == 1
    assert state.teachers.role.tolist() == [ADVANCED, MIDDLE_LEADER]


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


def test_meetings_leave_hostile_trust_alone() -> None:
    one, two, *_ = invited(FOUR, 4)
    state = gathering()
    tie(state, 0, (one, two), hostile=1, trust_ab=0.02, trust_ba=0.02)
    convened(state, FOUR)
    assert state.ties.trust_ab[0] == 0.02
    assert state.ties.familiarity[0] == pytest.approx(raised_by_meetings(0.4, 1.0, 0.2))


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


# --- the phase ------------------------------------------------------------------------------------


@pytest.mark.parametrize("half_term", [-1, 0])
def test_what_policy_sets_up_is_at_work_from_half_term_0_on(half_term: int) -> None:
    """Brokers visit before it; what is found out inside, gatherings and networks' meetings begin with it."""
    state = gathering()
    put(state.brokers, visits=2.0)
    put(state.schools, internal_post=0, slack=1.0)
    values = GATHERING | VISITS | {"internal_broker__share": 1.0, "internal_broker__learns": 0.5}
    brokerage.run(state, certain(**values), Clock((1, half_term)))
    assert (state.schools.internal_knowledge > 0.0).all() == (half_term >= 0)
    assert (state.teachers.gain_confidence > 0.0).any() == (half_term >= 0)
    assert state.brokers.spent[0] == (9.0 if half_term >= 0 else 12.0)


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


@pytest.mark.parametrize("half_term", [-6, 0, 6])
def test_posts_are_filled_from_half_term_0_on(half_term: int) -> None:
    for values in ({"internal_broker__share": 1.0}, {"ast__share": 1.0}):
        state = state_of(2, 3)
        policy.run(state, certain(**{"internal_broker__share": 0.0} | values), Clock((1, half_term)))
        filled = (state.schools.internal_post >= 0) | (state.schools.advanced > 0)
        assert filled.tolist() == [half_term >= 0] * 2
