"""Partnerships from search to end, and what is arranged in them: small systems worked by hand (M06-M18, M24, M27)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import ADVANCED, MIDDLE_LEADER, NONE, SECONDARY
from schoolsim.rules.headship import gate_chance
from schoolsim.rules.partnerships import (
    renewal_chance,
    wear_out_chance,
)  # fmt: skip
from schoolsim.system.partnerships.end import end_or_go_on
from schoolsim.system.partnerships.joint_work import work_together
from schoolsim.system.partnerships.pairs import count_pairs
from schoolsim.system.partnerships.search import search_partners
from schoolsim.system.state import PAIRS, Clock, State
from schoolsim.system.state.ledger import (
    ACCEPTED,
    ACCEPTED_COLD,
    APPROACHES,
    APPROACHES_COLD,
    BLOCKED,
    ENDED,
    OUTLIVED,
    TASKS_DONE,
)  # fmt: skip
from tests.system.by_hand import certain, luck, partnership, put, put_row, seed_where, state_of, tie

UID = 700_001

# --- search ---------------------------------------------------------------------------------------

EAGER = {
    "search__rate": 9.0, "search__noise": 0.0, "search__strangers": 0, "accept__base": 99.0,
    "market__choice_weight": 0.0,
    "offer__level": -99.0, "leadership__gate": 1.0, "leadership__distributed_gate": 0.0,
    "internal_broker__schools": 0.0, "search__quality": 1.0, "search__trust": 0.0, "search__familiarity": 0.0,
    "search__distance": 0.0,
    "search__rivalry": 0.0,
}  # fmt: skip


def searching(schools: int = 4) -> State:
    """The first needs the second practice and knows all others; the last does it best. Nobody else needs anything."""
    state = state_of(schools, 2, ties=30, partnerships=12)
    put(state.schools, need=[1] + [NONE] * (schools - 1), confidence=1.0)
    state.repertoires.mastery[:, 1] = np.linspace(0.1, 0.9, schools)
    for slot in range(schools - 1):
        tie(state, slot, (0, slot + 1), familiarity=1.0)
    return state


def found(state: State, seed: int = 1, half_term: int = 3, **values: float | str) -> set[tuple[int, int]]:
    """Originator and partner of the partnerships that begin."""
    before = state.partnerships.alive.copy()
    search_partners(state, certain(**EAGER | values), Clock((seed, half_term)))
    new = np.flatnonzero(state.partnerships.alive > before)
    return {(int(state.partnerships.originator[slot]), int(state.partnerships.partner[slot])) for slot in new}


def test_the_school_asked_is_the_originator() -> None:
    assert found(searching()) == {(3, 0)}


def test_hostile_schools_are_neither_asked_nor_agree() -> None:
    state = searching()
    state.ties.hostile[2] = 1
    assert found(state) == {(2, 0)}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"award": [NONE, 1, NONE, NONE]}, 1),
        ({"award": [NONE, 0, NONE, NONE]}, 3),
        ({"renown": [0.0, 0.0, 1.0, 0.0]}, 2),
        ({"network": [1, 0, 1, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 2),
        ({"network": [0, 0, 0, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 3),
        ({"network": [1, 0, 2, 0], "news": [1.0, 0.0, 0.0, 0.0]}, 3),
    ],
)
def test_word_of_who_is_good_and_awards_move_the_choice(changes: dict[str, list[float]], asked: int) -> None:
    """Strangers to what the others do, the first goes by a halo of .3, by standing, until it hears of somebody."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 0.0, -0.1, 0.1], **changes)
    state.repertoires.mastery[:, 1] = (0.1, 0.1, 0.9, 0.1)
    assert found(state, search__halo_base=0.3, search__halo_standing=0.1, badging__visibility=0.5) == {(asked, 0)}


def test_an_internal_brokers_word_is_of_all_schools() -> None:
    """It knows all there is to know, and its word counts fully: the first asks who does it best."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 9.0, 0.0, 0.0], internal_knowledge=[1.0, 0.0, 0.0, 0.0])
    assert found(state, internal_broker__word=1.0) == {(3, 0)}
    assert found(searching_strangers(1.0), internal_broker__schools=40.0) != set()
    assert found(searching_strangers(0.0), internal_broker__schools=40.0) == set()


def searching_strangers(knows: float) -> State:
    """Nobody knows anybody, and the first is not confident enough to call a stranger."""
    state = searching()
    put(state.ties, alive=0)
    put(state.schools, first_tie=NONE, confidence=[0.0, 1.0, 1.0, 1.0], internal_knowledge=knows)
    return state


def test_looks_of_an_internal_broker_are_as_many_as_it_knows_schools() -> None:
    for seed in range(1, 10):
        state = searching_strangers(0.5)
        looks = [int(4 * luck(seed, draws.INTERNAL_LOOKS, 3, state.schools.uid[0], look)) for look in range(2)]
        others = [row for row in looks if row != 0]
        put(state.schools, known_standing=[0.0, 0.1, 0.2, 0.3])
        expected = {(max(others), 0)} if others else set()
        assert found(state, seed, internal_broker__schools=4.0, search__strangers=0) == expected


def test_a_closed_head_keeps_its_own_and_others_away() -> None:
    state = searching()
    state.schools.closed[0] = 1
    assert found(state) == set()
    assert state.ledger.counts[BLOCKED] == 1
    assert state.ledger.counts[APPROACHES] == 0
    state = searching()
    state.schools.closed[3] = 1
    assert found(state) == set()
    assert state.ledger.counts[BLOCKED] == state.ledger.counts[APPROACHES] == 1


def test_a_gate_is_shut_by_a_draw_and_less_where_leadership_is_shared() -> None:
    p = certain(leadership__gate=0.8, leadership__distributed_gate=0.5)
    blocked = []
    for seed in range(1, 13):
        state = searching()
        state.schools.closed[0] = 1
        state.schools.distributed[0] = 0.6
        chance = gate_chance(0.6, p)
        assert chance == pytest.approx(0.8 * 0.7)
        shut = luck(seed, draws.GATE, 3, state.schools.uid[0], 0) < chance
        begun = found(state, seed, leadership__gate=0.8, leadership__distributed_gate=0.5)
        assert begun == (set() if shut else {(3, 0)})
        blocked.append(shut)
    assert 0 < sum(blocked) < len(blocked)


def test_who_is_full_neither_asks_nor_agrees_but_advanced_teachers_make_room() -> None:
    for commitments, advanced, begun in (
        ([2, 0, 0, 0], 0, set()), ([0, 0, 0, 2], 0, set()), ([0, 0, 0, 2], 1, {(3, 0)}), ([0, 0, 0, 3], 1, set()),
        ([1, 0, 0, 1], 0, {(3, 0)}),
    ):  # fmt: skip
        state = searching()
        put(state.schools, commitments=commitments, advanced=[0, 0, 0, advanced])
        assert found(state, search__most_primary=2, search__most_secondary=9, ast__partnerships=1) == begun
    state = searching()
    put(state.schools, commitments=[2, 0, 0, 0], phase=SECONDARY)
    assert found(state, search__most_primary=2, search__most_secondary=3) == {(3, 0)}


def test_nobody_asks_a_school_it_already_works_with() -> None:
    state = searching()
    partnership(state, 0, (3, 0), 2)
    assert found(state) == set()
    assert state.ledger.counts[APPROACHES] == 0


def test_seeking_is_by_need_tone_sharing_of_leadership_and_urging() -> None:
    """Rate .5 x tone .8 x (1 - .1) x (1 + .5 x (.9 - .3)) x (1 + .4)."""
    begun = []
    for seed in range(1, 25):
        state = searching()
        put(state.schools, tone=0.8, distributed=0.9, urging=[0.4, 0.0, 0.0, 0.0])
        rate = 0.5 * 0.8 * 0.9 * 1.3 * 1.4
        seeks = luck(seed, draws.SEEK, 3, state.schools.uid[0]) < rate
        values = {"search__rate": 0.5, "leadership__distributed_seeking": 0.5, "leadership__typical": 0.3}
        assert found(state, seed, **values) == ({(3, 0)} if seeks else set())
        begun.append(seeks)
    assert 0 < sum(begun) < len(begun)


def test_a_cold_call_makes_a_tie_of_strangers() -> None:
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    ((originator, _),) = found(state, seed, internal_broker__schools=2.0)
    assert state.ledger.counts[APPROACHES_COLD] == 1
    ties = state.ties
    (on,) = np.flatnonzero(ties.alive)
    assert {int(ties.a[on]), int(ties.b[on])} == {0, originator}
    assert (ties.trust_ab[on], ties.familiarity[on]) == (certain().trust_stranger, 0.0)


# --- who works with whom --------------------------------------------------------------------------


def paired(phase: int = 0, **values: float | str) -> State:
    """Two staffs of six, and a partnership that begins by the second asking the first."""
    state = state_of(2, 6, 2, ties=4)
    put(state.schools, need=[NONE, 1], phase=phase, confidence=1.0)
    state.repertoires.mastery[:, 1] = (0.9, 0.1)
    tie(state, 0, (0, 1), familiarity=1.0)
    put(state.teachers, department=[0, 1, 2] * 4, confidence=0.0, enterprise=0.5)
    state.knowledge.mastery[:6, 1] = (0.9, 0.8, 0.7, 0.3, 0.2, 0.1)
    state.knowledge.mastery[6:, 1] = (0.35, 0.3, 0.25, 0.2, 0.15, 0.1)
    usual = {
        "pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_pairs": 0.0, "disclosure__base": 99.0,
        "department__number": 3, "department__pairing": 0.0,
    }  # fmt: skip
    return arranged(state, **usual | values)


def arranged(state: State, **values: float | str) -> State:
    assert found(state, **values) == {(0, 1)}
    return state


def pairs(state: State) -> list[tuple[int, int]]:
    here = state.partnerships
    return [
        (int(here.giver[0, place]), int(here.learner[0, place])) for place in range(PAIRS) if here.giver[0, place] >= 0
    ]


def test_the_able_share_and_those_with_most_to_gain_learn() -> None:
    state = paired()
    assert state.partnerships.focus[0] == 1
    assert pairs(state) == [(0, 11), (1, 10), (2, 9)]
    here = state.partnerships
    assert here.giver_uid[0, :3].tolist() == state.teachers.uid[[0, 1, 2]].tolist()
    assert here.learner_uid[0, :3].tolist() == state.teachers.uid[[11, 10, 9]].tolist()


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"pairs__share": 0.34}, 2), ({"pairs__share": 0.0}, 1), ({"pairs__share": 9.0}, min(6, PAIRS)),
        ({"leadership__distributed_pairs": 1.0, "leadership__typical": 0.0}, 4),
    ],
)  # fmt: skip
def test_pairs_are_a_share_of_the_smaller_staff(values: dict[str, float], number: int) -> None:
    """Leadership shared out .3 more than is typical makes half a staff of six .65: four."""
    assert len(pairs(paired(**values))) == number


def test_in_secondary_schools_pairs_are_of_one_subject_where_they_can() -> None:
    """Givers 0, 1, 2 of departments 0, 1, 2; learners 11, 10, 9 of 2, 1, 0."""
    assert pairs(paired(SECONDARY)) == [(0, 9), (1, 10), (2, 11)]


def test_learners_of_the_givers_subjects_come_first() -> None:
    """With one giver, of department 0, the learner of that department who has most to gain."""
    assert pairs(paired(SECONDARY, pairs__share=0.0, department__pairing=5.0)) == [(0, 9)]
    assert pairs(paired(0, pairs__share=0.0, department__pairing=5.0)) == [(0, 11)]


# --- a half-term of joint work --------------------------------------------------------------------

WORK = {
    "time__committed": 0.5, "time__arranging": 1.0, "timetable__coincide": 0.8, "time__in_class": 0.5,
    "travel__speed": 20.0, "travel__visits": 2.0, "training__transfer_hours": 0.0, "market__choice_weight": 0.0,
    "horizon__courtship": 0.0, "ast__share": 0.0, "funding__hour": 25.0,
}  # fmt: skip


def at_work(mode: int = 1, **cells: float) -> State:
    """One pair of two schools: the giver masters the first practice, the learner the second."""
    state = state_of(2, 2, 2, ties=4)
    tie(state, 0, (0, 1), miles=10.0)
    put(state.schools, hours=40.0)
    state.knowledge.mastery[0] = (0.9, 0.2)
    state.knowledge.mastery[2] = (0.3, 0.8)
    state.knowledge.tuning[:] = 0.5
    state.knowledge.ownership[:] = 0.4
    state.repertoires.mastery[:] = [[0.9, 0.2], [0.3, 0.8]]
    put(state.practices, scope=0)
    partnership(state, 0, (0, 1), 0, mode=mode, demand=10.0, began=-5, due=40, hours=0.0, pairs=0, uid=UID)
    put_row(state.partnerships, 0, **cells)
    return state


def works(state: State, half_term: int = 3, seed: int = 1, **values: float | str) -> State:
    count_pairs(state)
    work_together(state, certain(**WORK | values), Clock((seed, half_term)))
    return state


def gained(state: State, post: int, practice: int) -> tuple[float, float, float]:
    """Mastery, tuning and ownership that a teacher gains of a practice."""
    noted, number = state.gains, state.run.gains[0]
    rows = [row for row in range(number) if (noted.teacher[row], noted.practice[row]) == (post, practice)]
    return tuple(float(sum(getattr(noted, name)[rows])) for name in ("mastery", "tuning", "ownership"))  # type: ignore[return-value]


# --- ends -----------------------------------------------------------------------------------------

LASTING = {
    "end__distrust": 0.0, "end__fruitless": 0.0, "end__no_hours": 0.0, "end__closed_head": 0.0, "end__settled": 0,
    "end__money_stops": 0.0, "programme__patience": 0, "refocus__after": 999, "end__collegial": 0.0,
}  # fmt: skip


def over(
    half_term: int = 10,
    seed: int = 1,
    hostile: int = 0,
    closed: int = 0,
    values: dict[str, float | str] | None = None,
    **cells: float,
) -> State:
    """A partnership begun at half-term 0, at a half-term's end."""
    state = at_work()
    state.ties.hostile[0] = hostile
    state.schools.closed[1] = closed
    put_row(state.partnerships, 0, **{"began": 0, "due": 99, "hours": 5.0, "gain": 0.5} | cells)
    end_or_go_on(state, certain(**LASTING | (values or {})), Clock((seed, half_term)))
    return state


def ended(*arguments: object, **more: object) -> bool:
    return over(*arguments, **more).partnerships.alive[0] == 0  # type: ignore[arg-type]


def test_a_quarrel_ends_all_but_what_is_imposed() -> None:
    assert ended(hostile=1)
    assert not ended(hostile=1, imposed=1)
    assert not ended()


def test_a_closed_head_ends_it_with_some_chance_unless_imposed() -> None:
    values: dict[str, float | str] = {
        "end__closed_head": 0.6,
        "leadership__gate": 1.0,
        "leadership__distributed_gate": 0.5,
    }
    chance = 0.6 * (1 - 0.5 * 0.3)
    ends = [luck(seed, draws.END, 10, UID) < chance for seed in range(1, 9)]
    assert [ended(10, seed, closed=1, values=values) for seed in range(1, 9)] == ends
    assert 0 < sum(ends) < 8
    assert not any(
        ended(10, seed, values=values) or ended(10, seed, closed=1, imposed=1, values=values) for seed in range(1, 9)
    )


def test_distrust_and_want_of_progress_end_it_by_a_draw() -> None:
    values: dict[str, float | str] = {"end__distrust": 0.5, "end__fruitless": 0.4}
    chance = wear_out_chance(0.5, 0.5, certain(**LASTING | values))
    for seed in range(1, 9):
        assert ended(10, seed, values=values) == (luck(seed, draws.END, 10, UID) < chance)


def test_when_its_task_is_done_a_partnership_ends_or_outlives_it() -> None:
    """By trust, familiarity and how even the help was; then it lasts 5 half-terms and up to 3 more."""
    values: dict[str, float | str] = {"end__collegial": 1.8, "end__collegial_least": 5, "end__collegial_spread": 4.0}
    p = certain(**LASTING | values)
    chance = renewal_chance(0.5, 0.4, 0.25, p)
    outlived = 0
    for seed in range(1, 20):
        state = over(10, seed, values=values, due=10, given=8.0, returned=2.0, follow_up=2.0, following_up=1)
        goes_on = luck(seed, draws.RENEW, 10, UID) < chance
        here, counts = state.partnerships, state.ledger.counts
        assert here.alive[0] == goes_on
        assert (counts[TASKS_DONE], counts[OUTLIVED], counts[ENDED]) == (1, goes_on, not goes_on)
        if goes_on:
            assert here.collegial[0] == 1
            assert (here.follow_up[0], here.following_up[0]) == (0.0, 0)
            assert here.due[0] == 10 + 5 + int(4 * luck(seed, draws.RENEW, 10, UID, 1))
        outlived += goes_on
    assert 0 < outlived < 19
    assert not ended(9, due=10)


def test_what_has_little_left_to_teach_turns_to_something_else() -> None:
    """Room .9 - .3 = .6 for the one pair; after four half-terms of one focus, where less than .61 is left."""
    for since, room, turns in ((6, 0.61, True), (7, 0.61, False), (6, 0.59, False)):
        values: dict[str, float | str] = {"refocus__after": 4, "refocus__room": room}
        state = over(10, refocused=since, values=values)
        assert (state.partnerships.refocused[0] == 10) == turns


def test_what_is_left_to_teach_is_a_mean_over_pairs() -> None:
    """.9 - .3 and .5 - .3: .4."""
    for room, turns in ((0.41, True), (0.39, False)):
        state = at_work(began=0, due=99, hours=5.0, gain=0.5)
        state.partnerships.giver[0, 1], state.partnerships.learner[0, 1] = 1, 3
        state.knowledge.mastery[1, 0], state.knowledge.mastery[3, 0] = 0.5, 0.3
        p = certain(**LASTING | {"refocus__after": 4, "refocus__room": room})
        end_or_go_on(state, p, Clock((1, 10)))
        assert (state.partnerships.refocused[0] == 10) == turns


def test_advanced_teachers_give_to_several_and_middle_leaders_meet_where_contact_is_theirs() -> None:
    state = state_of(2, 6, 2, ties=4)
    put(state.schools, need=[NONE, 1], confidence=1.0, advanced=[1, 0])
    state.repertoires.mastery[:, 1] = (0.9, 0.1)
    tie(state, 0, (0, 1), familiarity=1.0)
    put(state.teachers, confidence=0.0, role=[0, 0, ADVANCED, 0, 0, 0, 0, 0, 0, 0, 0, MIDDLE_LEADER])
    state.knowledge.mastery[:6, 1] = (0.9, 0.8, 0.5, 0.3, 0.2, 0.1)
    state.knowledge.mastery[6:, 1] = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
    usual = {"pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_pairs": 0.0, "disclosure__base": 99.0}
    arranged(state, **usual, ast__pairs=2)
    assert pairs(state) == [(2, 6), (2, 7), (2, 8)]


# --- beginnings -----------------------------------------------------------------------------------


def test_only_cold_calls_are_counted_cold() -> None:
    state = searching()
    found(state)
    counts = state.ledger.counts
    assert (counts[APPROACHES], counts[APPROACHES_COLD]) == (1, 0)
    assert (counts[ACCEPTED], counts[ACCEPTED_COLD]) == (1, 0)
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    found(state, seed, internal_broker__schools=2.0)
    assert (state.ledger.counts[ACCEPTED], state.ledger.counts[ACCEPTED_COLD]) == (1, 1)


def test_nothing_begins_where_a_table_is_full() -> None:
    """Of partnerships, or of ties where the two are strangers."""
    state = searching()
    put(state.partnerships, alive=1)
    assert found(state) == set()
    assert state.ledger.counts[ACCEPTED] == 0
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, internal_broker__schools=2.0)))
    state = searching_strangers(1.0)
    put(state.ties, alive=1)
    assert found(state, seed, internal_broker__schools=2.0) == set()
    assert state.ledger.counts[ACCEPTED] == 0


@pytest.mark.parametrize(("badges", "offered"), [((1.0, 0.0), False), ((0.0, 1.0), True)])
def test_status_stands_in_the_way_of_an_offer_in_return(badges: tuple[float, float], offered: bool) -> None:
    """The partner, confident 1, offers unless half its gap takes more than the .2 it has to spare."""
    state = searching()
    put(state.schools, confidence=1.0, badge=(badges[1], 0.0, 0.0, badges[0]), known_standing=0.0)
    state.repertoires.mastery[:, 0] = (0.9, 0.1, 0.1, 0.1)
    values = {
        "offer__level": 0.8, "offer__slope": 900.0, "badging__gap": 1.0, "badging__standing_gap": 0.0,
        "exchange__counter_gap": 0.1, "disclosure__base": 99.0, "disclosure__status": 0.0, "badging__offers": 0.0,
        "programme__mode": "free", "mode__exchange_trust": -9.0,
    }  # fmt: skip
    assert found(state, **values) == {(3, 0)}
    assert (state.partnerships.back[0] == 0) == offered


def test_a_partnership_begins_with_nothing_behind_it() -> None:
    """Whatever was in its place before."""
    state = searching()
    leftover = (
        "collegial", "given", "returned", "hours", "gain", "engagement", "foreboding", "prize", "learnt",
        "following_up",
    )  # fmt: skip
    put_row(state.partnerships, 0, **dict.fromkeys(leftover, 1))
    assert found(state) == {(3, 0)}
    for name in leftover:
        assert getattr(state.partnerships, name)[0] == 0, name
    assert state.partnerships.began[0] == 3
    assert state.schools.originated.tolist()[3] == 1
    assert state.schools.commitments.tolist() == [1, 0, 0, 1]


def test_who_is_asked_looks_at_what_the_two_are_to_each_other() -> None:
    """Acceptance -150 in logit, and 199 for familiarity 1: an old acquaintance says yes, a stranger does not."""
    values = {"accept__base": -150.0, "accept__familiarity": 199.0, "accept__trust": 0.0}
    state = searching(2)
    assert found(state, **values) == {(1, 0)}
    cold = {"internal_broker__schools": 40.0}
    assert found(searching_strangers(1.0), **cold | values) == set()
    assert found(searching_strangers(1.0), **cold) != set()
    trusting = {"accept__base": -150.0, "accept__familiarity": 0.0, "accept__trust": 600.0}
    for trust, agrees in ((0.5, True), (0.2, False)):
        state = searching(2)
        state.ties.trust_ab[0] = state.ties.trust_ba[0] = trust
        assert (found(state, **trusting) == {(1, 0)}) == agrees


def test_a_half_terms_work_begins_with_counts_anew() -> None:
    """What was being learnt is last half-term's load; who is in a pair is counted, and who is not."""
    state = at_work()
    put(state.teachers, load=(3, 2, 1, 0), load_before=9, pairs=9, hours_out=9.0)
    assert count_pairs(state) == 1
    assert state.teachers.load_before.tolist() == [3, 2, 1, 0]
    assert state.teachers.load.tolist() == [0, 0, 0, 0]
    assert state.teachers.pairs.tolist() == [1, 0, 1, 0]
    assert state.teachers.hours_out.tolist() == [0.0] * 4
    assert state.partnerships.pairs[0] == 1
