"""Partnerships from search to end, and what is arranged in them: small systems worked by hand (M06-M18, M24, M27)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import (
    ADVANCED,
    CREATION,
    EXCHANGE,
    HEADS,
    MIDDLE,
    MIDDLE_LEADER,
    NONE,
    ORIGINATOR,
    PARTNER,
    SECONDARY,
    TEACHERS,
)
from schoolsim.rules.headship import gate_chance
from schoolsim.rules.modes import Terms
from schoolsim.rules.partnerships import renewal_chance, wear_out_chance
from schoolsim.system.partnerships.barter import trade
from schoolsim.system.partnerships.end import anniversary, end, end_or_go_on, paid_share_of
from schoolsim.system.partnerships.joint_work import work_together
from schoolsim.system.partnerships.pairs import (
    assign_pairs,
    both_in_post,
    count_commitments,
    count_pairs,
    pairs_wanted,
    readiness,
    refill_all_pairs,
    room_left,
)
from schoolsim.system.partnerships.search import search_partners
from schoolsim.system.partnerships.start import begin, choose_focus, choose_mode, task_length
from schoolsim.system.partnerships.terms import handed_over, plan, planned_jointly, prepare, remote_share, terms_of
from schoolsim.system.state import PAIRS, Clock, State
from schoolsim.system.state.ledger import (
    ACCEPTED,
    ACCEPTED_COLD,
    APPROACHES,
    APPROACHES_COLD,
    BEGUN,
    BLOCKED,
    CHANGED_MODE,
    CREATED,
    DISCLOSED,
    ENDED,
    FOCUSES,
    LEARNT_PARTNERS,
    LEARNT_PROGRAMME,
    MODES_BEGUN,
    OUTLIVED,
    REFILLED,
    RENEWED,
    RETURNED,
    TASKS_DONE,
)
from tests.system.by_hand import (
    certain,
    friendship,
    luck,
    partnership,
    put,
    put_row,
    seed_where,
    side_by_side,
    state_of,
    tie,
)

UID = 700_001

# --- search ---------------------------------------------------------------------------------------

EAGER = {
    "search__rate": 9.0, "search__noise": 0.0, "search__strangers": 0, "accept__base": 99.0,
    "market__choice_weight": 0.0,
    "offer__level": -99.0, "leadership__gate": 1.0, "leadership__distributed_gate": 0.0,
    "search__quality": 1.0, "search__trust": 0.0, "search__familiarity": 0.0,
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
        ({"network": [1, 0, 1, 0]}, 3),
    ],
)
@pytest.mark.parametrize("news", [False, True])
def test_word_of_who_is_good_and_awards_move_the_choice(
    changes: dict[str, list[float]], asked: int, news: bool
) -> None:
    """Strangers to what the others do, the first goes by a halo of .3, by standing, until it hears of somebody."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 0.0, -0.1, 0.1], **changes)
    state.repertoires.mastery[:, 1] = (0.1, 0.1, 0.9, 0.1)
    if news:
        # What a network tells of the third outdoes all that is guessed.
        state.ties.news[1], asked = 1.0, 2
    assert found(state, search__halo_base=0.3, search__halo_standing=0.1, badging__visibility=0.5) == {(asked, 0)}


def test_nobody_shows_another_school_what_it_has_just_learnt() -> None:
    """The readiest of the staff counts, for what is asked for: here practice 1, used for one year of two."""
    agreed = []
    for seed in range(1, 25):
        state = searching()
        state.knowledge.years[:] = 0.0
        state.knowledge.years[:, 0] = 9.0
        state.knowledge.years[7, 1] = 1.0
        both = draws.pair(state.schools.uid[0], state.schools.uid[3])
        willing = luck(seed, draws.ACCEPT, 3, both, 0) < 0.5
        assert found(state, seed, offer__years=2.0) == ({(3, 0)} if willing else set())
        agreed.append(willing)
    assert 0 < sum(agreed) < len(agreed)
    state = searching()
    state.knowledge.years[:, 1] = 0.0
    assert found(state, offer__years=2.0) == set()
    assert found(searching(), offer__years=2.0) == {(3, 0)}


def test_an_internal_brokers_word_is_of_all_schools() -> None:
    """It knows all there is to know, and its word counts fully: the first asks who does it best."""
    state = searching()
    state.ties.familiarity[:] = 0.0
    put(state.schools, known_standing=[0.0, 9.0, 0.0, 0.0], internal_knowledge=[1.0, 0.0, 0.0, 0.0])
    assert found(state, broker__reach=1.0) == {(3, 0)}
    assert found(searching_strangers(1.0), search__strangers=40) != set()
    assert found(searching_strangers(0.0), search__strangers=40) == set()


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
        assert found(state, seed, search__strangers=4) == expected


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
        assert found(state, search__most_primary=2, search__most_secondary=9) == begun
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
        values = {"search__rate": 0.5, "leadership__distributed_reach": 0.5, "leadership__typical": 0.3}
        assert found(state, seed, **values) == ({(3, 0)} if seeks else set())
        begun.append(seeks)
    assert 0 < sum(begun) < len(begun)


def test_a_cold_call_makes_a_tie_of_strangers() -> None:
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, search__strangers=2)))
    state = searching_strangers(1.0)
    ((originator, _),) = found(state, seed, search__strangers=2)
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
        "pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_reach": 0.0, "disclosure__base": 99.0,
        "department__number": 3,
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
        ({"leadership__distributed_reach": 1.0, "leadership__typical": 0.0}, 4),
    ],
)  # fmt: skip
def test_pairs_are_a_share_of_the_smaller_staff(values: dict[str, float], number: int) -> None:
    """Leadership shared out .3 more than is typical makes half a staff of six .65: four."""
    assert len(pairs(paired(**values))) == number


def test_in_secondary_schools_pairs_are_of_one_subject_where_they_can() -> None:
    """Givers 0, 1, 2 of departments 0, 1, 2; learners 11, 10, 9 of 2, 1, 0."""
    assert pairs(paired(SECONDARY)) == [(0, 9), (1, 10), (2, 11)]


# --- a half-term of joint work --------------------------------------------------------------------

WORK = {
    "time__committed": 0.5, "time__arranging": 1.0, "timetable__coincide": 0.8, "time__in_class": 0.5,
    "travel__speed": 20.0, "travel__visits": 2.0, "training__transfer_hours": 0.0, "market__choice_weight": 0.0,
    "ast__share": 0.0, "funding__hour": 25.0,
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
    put(state.programmes, begins=-100, ends=1000)
    partnership(state, 0, (0, 1), 0, mode=mode, demand=10.0, began=-5, due=40, hours=0.0, pairs=0, uid=UID)
    put_row(state.partnerships, 0, **cells)
    return state


def works(state: State, half_term: int = 3, seed: int = 1, **values: float | str) -> State:
    count_pairs(state)
    p = certain(**WORK | values)
    work_together(state, side_by_side(p, p), Clock((seed, half_term)))
    return state


def gained(state: State, post: int, practice: int) -> tuple[float, float, float]:
    """Mastery, tuning and ownership that a teacher gains of a practice."""
    noted, number = state.gains, state.run.gains[0]
    rows = [row for row in range(number) if (noted.teacher[row], noted.practice[row]) == (post, practice)]
    return tuple(float(sum(getattr(noted, name)[rows])) for name in ("mastery", "tuning", "ownership"))  # type: ignore[return-value]


# --- ends -----------------------------------------------------------------------------------------

LASTING = {
    "end__distrust": 0.0, "end__fruitless": 0.0, "end__closed_head": 0.0, "end__settled": 0,
    "end__money_stops": 0.0, "programme__patience": 0, "end__collegial": 0.0,
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
    p = certain(**LASTING | (values or {}))
    count_commitments(state)
    end_or_go_on(state, side_by_side(p, p), Clock((seed, half_term)))
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
        values: dict[str, float | str] = {"end__settled": 4, "refocus__room": room}
        state = over(10, refocused=since, values=values)
        assert (state.partnerships.refocused[0] == 10) == turns


def test_what_the_first_of_all_teachers_has_left_to_learn_counts() -> None:
    """.9 - .3 is left where the learner is the teacher in the first row, too."""
    state = state_of(2, 2, 2, ties=4)
    state.knowledge.mastery[0, 0], state.knowledge.mastery[2, 0] = 0.3, 0.9
    tie(state, 0, (1, 0))
    partnership(state, 0, (1, 0), 0)
    assert (state.partnerships.giver[0, 0], state.partnerships.learner[0, 0]) == (2, 0)
    assert room_left(state, 0) == pytest.approx(0.6)


def test_what_is_left_to_teach_is_a_mean_over_pairs() -> None:
    """.9 - .3 and .5 - .3: .4."""
    for room, turns in ((0.41, True), (0.39, False)):
        state = at_work(began=0, due=99, hours=5.0, gain=0.5)
        state.partnerships.giver[0, 1], state.partnerships.learner[0, 1] = 1, 3
        state.knowledge.mastery[1, 0], state.knowledge.mastery[3, 0] = 0.5, 0.3
        p = certain(**LASTING | {"end__settled": 4, "refocus__room": room})
        count_commitments(state)
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
    usual = {"pairs__luck": 0.0, "pairs__share": 0.5, "leadership__distributed_reach": 0.0, "disclosure__base": 99.0}
    arranged(state, **usual, ast__pairs=2)
    assert pairs(state) == [(2, 6), (2, 7), (2, 8)]


# --- beginnings -----------------------------------------------------------------------------------


def test_only_cold_calls_are_counted_cold() -> None:
    state = searching()
    found(state)
    counts = state.ledger.counts
    assert (counts[APPROACHES], counts[APPROACHES_COLD]) == (1, 0)
    assert (counts[ACCEPTED], counts[ACCEPTED_COLD]) == (1, 0)
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, search__strangers=2)))
    state = searching_strangers(1.0)
    found(state, seed, search__strangers=2)
    assert (state.ledger.counts[ACCEPTED], state.ledger.counts[ACCEPTED_COLD]) == (1, 1)


def test_nothing_begins_where_a_table_is_full() -> None:
    """Of partnerships, or of ties where the two are strangers."""
    state = searching()
    put(state.partnerships, alive=1)
    assert found(state) == set()
    assert state.ledger.counts[ACCEPTED] == 0
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, search__strangers=2)))
    state = searching_strangers(1.0)
    put(state.ties, alive=1)
    assert found(state, seed, search__strangers=2) == set()
    assert state.ledger.counts[ACCEPTED] == 0


@pytest.mark.parametrize(("badges", "offered"), [((1.0, 0.0), False), ((0.0, 1.0), True)])
def test_status_stands_in_the_way_of_an_offer_in_return(badges: tuple[float, float], offered: bool) -> None:
    """The partner, confident 1, offers unless half its gap takes more than the .2 it has to spare."""
    state = searching()
    put(state.schools, confidence=1.0, badge=(badges[1], 0.0, 0.0, badges[0]), known_standing=0.0)
    state.repertoires.mastery[:, 0] = (0.9, 0.1, 0.1, 0.1)
    values = {
        "offer__level": 0.8, "offer__slope": 900.0, "badging__gap": 1.0, "badging__standing_gap": 0.0,
        "exchange__counter_gap": 0.1, "disclosure__base": 99.0, "disclosure__threat": 0.0, "badging__offers": 0.0,
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
    cold = {"search__strangers": 40}
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


# --- trade ----------------------------------------------------------------------------------------


def trading(lead: float = 0.0, seed: int = 1, partners: float = 0.9) -> tuple[State, bool]:
    """The first leads in four practices, of which three are alive; the second in one at most."""
    state = state_of(2, 2, 5, ties=4)
    tie(state, 0, (0, 1))
    state.repertoires.mastery[:] = [[0.9, 0.5, 0.8, 0.9, 0.7], [0.1, partners, 0.1, 0.1, 0.1]]
    state.practices.alive[3] = 0
    partnership(state, 0, (0, 1), 0, mode=EXCHANGE, uid=UID, focus=3, back=3)
    return state, trade(state, certain(exchange__barter_lead=lead), Clock((seed, 3)), 0)


def test_what_is_traded_is_drawn_from_what_each_leads_in() -> None:
    seen = set()
    for seed in range(1, 12):
        state, trades = trading(seed=seed)
        given = [0, 2, 4][int(3 * luck(seed, draws.BARTER, 3, UID, 0))]
        assert trades
        assert (state.partnerships.focus[0], state.partnerships.back[0]) == (given, 1)
        seen.add(given)
    assert len(seen) == 3


@pytest.mark.parametrize(("partners", "trades"), [(0.56, True), (0.54, False), (0.4, False)])
def test_nobody_trades_unless_each_leads_by_enough(partners: float, trades: bool) -> None:
    """A tenth more than .5 is .55."""
    state, does = trading(0.1, partners=partners)
    assert does == trades
    assert state.partnerships.back[0] == (1 if trades else 3)


def test_what_the_second_trades_has_a_draw_of_its_own() -> None:
    seen = set()
    for seed in range(1, 10):
        state = state_of(2, 2, 5, ties=4)
        tie(state, 0, (0, 1))
        state.repertoires.mastery[:] = [[0.9, 0.1, 0.1, 0.1, 0.1], [0.1, 0.9, 0.2, 0.8, 0.7]]
        partnership(state, 0, (0, 1), 0, mode=EXCHANGE, uid=UID)
        assert trade(state, certain(exchange__barter_lead=0.0), Clock((seed, 3)), 0)
        back = [1, 2, 3, 4][int(4 * luck(seed, draws.BARTER, 3, UID, 1))]
        assert (state.partnerships.focus[0], state.partnerships.back[0]) == (0, back)
        seen.add(back)
    assert len(seen) > 2


# --- terms ----------------------------------------------------------------------------------------


def test_only_old_partners_work_at_a_distance_as_the_partners_area_has_it() -> None:
    p = side_by_side(certain(remote__contact=0.9), certain(remote__contact=0.4))
    for collegial, share in ((0, 0.0), (1, 0.4)):
        state = at_work(collegial=collegial)
        put(state.schools, area=(0, 1))
        assert remote_share(state, 0, p) == share


@pytest.mark.parametrize("programme", [0, 1])
def test_joint_development_is_planned_by_a_draw_for_the_programmes_partnerships(programme: int) -> None:
    """Half of them; follow-up is planned for all."""
    p = certain(joint_practice__share=0.5, followup__hours=2.0, contact__level="heads")
    seen = set()
    for seed in range(1, 9):
        state = at_work(programme=programme, contact=1, follow_up=9.0, following_up=1)
        joint = bool(programme) and luck(seed, draws.PLAN, 0, UID) < 0.5
        assert planned_jointly(state.partnerships, 0, p, Clock((seed, 7))) == joint
        plan(state.partnerships, 0, p)
        here = state.partnerships
        assert here.contact[0] == (HEADS if programme else TEACHERS)
        assert here.follow_up[0] == 2.0 * programme
        assert here.following_up[0] == 0
        seen.add(joint)
    assert len(seen) == 1 + programme


@pytest.mark.parametrize(
    ("planned", "programme", "began", "due", "half_term", "over"),
    [
        (1, 1, 0, 6, 3, True), (1, 1, 0, 6, 2, False), (1, 1, 2, 8, 5, True), (1, 1, 2, 8, 4, False),
        (0, 1, 0, 6, 5, False), (1, 0, 0, 6, 5, False), (1, 1, 0, 7, 3, False), (1, 1, 0, 7, 4, True),
    ],
)  # fmt: skip
def test_a_staged_withdrawal_is_half_way(
    planned: int, programme: int, began: int, due: int, half_term: int, over: bool
) -> None:
    state = at_work(programme=programme, began=began, due=due)
    p = certain(withdrawal__planned=planned)
    assert handed_over(state.partnerships, 0, p, Clock((1, half_term))) == over


def prepared(half_term: int = 3, contact: int = 0, scope: int = 0, **cells: float) -> State:
    state = at_work(**cells)
    put(state.practices, scope=scope)
    put(state.schools, communication=(0.1, 0.5))
    put_row(state.partnerships, 0, contact=contact, wanted=99.0, visits=9.0, training=9.0, reach=9.0)
    p = certain(
        channel__programme="meeting", training__transfer_hours=4.0, end__settled=3,
        withdrawal__planned=1, contact__waste=0.8, contact__below=0.5,
    )  # fmt: skip
    prepare(state, p, Clock((1, half_term)), 0)
    return state


@pytest.mark.parametrize(
    ("cells", "half_term", "wanted", "visits", "training"),
    [
        ({"programme": 0, "began": 2}, 3, 10.0, 1.0, 0.0),
        ({"programme": 1, "began": 2}, 3, 10.0, 1.0, 4.0),
        ({"programme": 1, "began": 1}, 3, 10.0, 1.0, 4.0),
        ({"programme": 1, "began": 0}, 3, 10.0, 1.0, 0.0),
        ({"programme": 1, "began": 2, "due": 4}, 3, 5.0, 1.0, 4.0),
        ({"programme": 1, "began": 2, "following_up": 1, "follow_up": 3.0}, 3, 3.0, 0.0, 0.0),
    ],
)
def test_what_is_planned_for_a_half_term(
    cells: dict[str, float], half_term: int, wanted: float, visits: float, training: float
) -> None:
    """Journeys to meetings; training while young; half the hours once handed over; or follow-up."""
    here = prepared(half_term, **cells).partnerships
    assert (here.wanted[0], here.visits[0], here.training[0]) == (wanted, visits, training)


@pytest.mark.parametrize(
    ("contact", "scope", "reach"),
    [(0, 0, 1.0), (1, 0, 1 - 0.4 * 0.5), (2, 0, 1 - 0.8 * 0.5), (0, 1, 1 - 0.2 * 0.5), (1, 1, 1.0)],
)
def test_contact_above_or_below_the_level_of_change_reaches_fewer(contact: int, scope: int, reach: float) -> None:
    """.8 x .5 a level above, half of that below; the partner's head passes on half of what is lost."""
    assert prepared(contact=contact, scope=scope).partnerships.reach[0] == pytest.approx(reach)


def termed(half_term: int = 3, **cells: float) -> Terms:
    """In adaptation: pace .7, face .8, tuning .6, ownership .5, say .4, familiarity .9, overhead .3, share .75."""
    usual = {
        "adaptation__pace": 0.7, "channel__own_face": 0.8, "adaptation__say": 0.4, "adaptation__familiarity": 0.9,
        "mode__overhead": 0.3, "mode__share": 0.75,
        "leading__hours": 2.0, "withdrawal__planned": 1, "challenge__weight": 0.5,
        "university__hours": 3.0, "time__arranging": 1.0,
    }  # fmt: skip
    state = at_work(**{"reach": 0.5} | cells)
    put_row(state.ties, 0, trust_ab=0.8, trust_ba=0.4, familiarity=0.5)
    state.schools.context[1, 0] = 2.0 * math.log(4.0)  # foreign by .75: beyond a half makes no more of it
    put(state.schools, area=(0, 1))
    p = side_by_side(
        certain(**usual), certain(**usual, leading__joint=1, university__involvement=0.5, remote__contact=0.5)
    )
    return terms_of(state, p.siblings[int(cells.get("programme", 0))], Clock((1, half_term)), 0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, (0.8, 0.4, 0.4, 0.3)),
        ({"collegial": 1}, (0.4, 0.4, 0.4, 0.3)),
        # Both lead, .5 + .5 x .4; 2 hours for it, and .5 x 3 for the university.
        ({"programme": 1}, (0.8, 0.4, 0.7, 3.8)),
        ({"programme": 1, "began": 0, "due": 6}, (0.8, 1.0, 1.0, 3.8)),
        # In follow-up nothing is arranged: -1 to make up for the hour of arranging.
        ({"following_up": 1}, (0.8, 0.4, 0.4, -1.0)),
        ({"following_up": 1, "programme": 1}, (0.8, 0.4, 0.7, -1.0)),
    ],
)
def test_terms_are_the_modes_as_arranged(cells: dict[str, float], expected: tuple[float, ...]) -> None:
    """Pace .7 x reach .5 x (1 + .5 x trust .6 x familiarity .5); face, ownership, say and overhead by the case."""
    terms = termed(**cells)
    assert terms.pace == pytest.approx(0.7 * 0.5 * (1 + 0.5 * 0.6 * 0.5))
    assert (terms.face, terms.ownership, terms.say, terms.overhead) == pytest.approx(expected)
    assert (terms.tuning, terms.familiarity, terms.share) == pytest.approx((0.4, 0.9, 0.75))


# --- a pair's half-term ---------------------------------------------------------------------------

#: Engagement of learners is a half, of originators a quarter; nothing but hours decides what is learnt.
PLAIN = {
    "engagement__weight": 1.0, "engagement__base": 0.0, "engagement__originator_base": -math.log(3.0),
    "engagement__will": 0.0, "engagement__pull": 0.0,
    "engagement__fit": 0.0,
    "engagement__stakes": 0.0, "engagement__overload": 0.0, "pupils__engages": 0.0, "cosiness__weight": 0.0,
    "challenge__weight": 0.0, "horizon__together": 0.0, "badging__standing_gap": 0.0,
    "learning__zone_weight": 0.0, "learning__tacit_weight": 0.0, "learning__explicit": 1.0, "learning__rate": 1.0,
    "learning__ownership_reach": 1.5, "channel__own_face": 1.0, "end__settled": 99,
    "adaptation__pace": 1.0, "adaptation__say": 0.5, "exchange__pace": 1.0, "exchange__say": 1.0,
    "mode__overhead": 0.0, "mode__share": 1.0, "exchange__returned_hours": 0.6, "exchange__improving_hours": 5.0,
    "originator__gain": 0.6, "originator__transfer": 0.02, "originator__confidence": 0.01, "meta__exchange": 0.01,
    "meta__training": 0.04,
}  # fmt: skip


def plainly(mode: int = 1, half_term: int = 3, values: dict[str, float | str] | None = None, **cells: float) -> State:
    """Ten hours of the pair; the giver has .9 of the first practice and .2 of the second, the learner .3 and .8."""
    return works(at_work(mode, **cells), half_term, **PLAIN | (values or {}))


def grown(amount: float) -> float:
    return 1.0 - math.exp(-amount)


def test_in_adaptation_the_learner_learns_and_the_giver_gets_better() -> None:
    """The learner's dose is 10 hours of 12, half engaged: of mastery .6 is missing, of tuning .5, of ownership .2.

    The giver's is .6 of it, 1.5 times for its depth, a quarter engaged: of .1, .5 and .6.
    """
    state = plainly()
    dose, back = grown(10 / 12 * 0.5), grown(0.6 * 10 / 12 * 1.5 * 0.25)
    assert gained(state, 2, 0)[::2] == pytest.approx((0.6 * dose, 0.0), abs=1e-6)
    assert gained(state, 2, 0)[1] == pytest.approx(0.5 * grown(5 / 12 * 0.5), rel=1e-5)
    assert gained(state, 0, 0) == pytest.approx((0.1 * back, 0.5 * back, 0.6 * back), rel=1e-5)
    assert state.run.gains[0] == 2
    teachers, here = state.teachers, state.partnerships
    assert teachers.gain_transfer.tolist() == pytest.approx([0.02 * 10 * 0.25 * 0.5, 0, 0, 0])
    assert teachers.gain_confidence.tolist() == pytest.approx([0.01 * 10 * 0.25 * 0.5, 0, 0, 0])
    assert not teachers.gain_learning.any()
    assert not teachers.dependence.any()
    assert (here.hours[0], here.working[0], here.engagement[0]) == (10.0, 1.0, 0.5)
    assert here.gain[0] == here.learnt[0] == pytest.approx(0.6 * dose, rel=1e-5)
    assert (here.given[0], here.returned[0]) == (10.0, 0.0)
    counts = state.ledger.counts
    assert counts[LEARNT_PARTNERS] == pytest.approx(0.6 * dose, rel=1e-5)
    assert counts[LEARNT_PROGRAMME] == 0.0
    friends = state.friends
    assert (friends.hours[0], friends.engagement[0], friends.familiarity[0]) == (10.0, 0.5, 0.4)
    assert friends.gain[0] == pytest.approx(0.6 * dose, rel=1e-5)
    assert not state.repertoires.refined.any()


def test_what_was_learnt_and_given_before_is_added_to() -> None:
    state = plainly(learnt=0.3, given=4.0, returned=2.0)
    assert state.partnerships.learnt[0] == pytest.approx(0.3 + 0.6 * grown(5 / 12), rel=1e-5)
    assert (state.partnerships.given[0], state.partnerships.returned[0]) == (14.0, 2.0)


def test_strangers_spend_much_of_their_hours_on_each_other() -> None:
    """Familiarity .4, mean trust of the two .5: of ten hours 1 - .5 x .6 x .75 = .775 are for the work."""
    state = at_work()
    put_row(state.ties, 0, trust_ab=0.7, trust_ba=0.3)
    works(state, **PLAIN | {"horizon__together": 0.5})
    assert gained(state, 2, 0)[0] == pytest.approx(0.6 * grown(7.75 / 12 * 0.5), rel=1e-5)
    assert state.partnerships.working[0] == pytest.approx(0.775)
    assert state.partnerships.given[0] == state.partnerships.hours[0] == 10.0
    assert state.teachers.gain_transfer[0] == pytest.approx(0.02 * 7.75 * 0.25 * 0.5)


def test_of_how_strangers_trust_each_other_both_ways_count() -> None:
    """Of the learner .3 and of the giver .7: .5. The tie of the two is not in the row of either's post."""
    state = at_work()
    put_row(state.partnerships, 0, began=3)
    state.partnerships.giver[0, 0], state.partnerships.giver_uid[0, 0] = 1, state.teachers.uid[1]
    state.knowledge.mastery[1, 0] = 0.9
    friendship(state, 0, (1, 2), trust_ab=0.7, trust_ba=0.3)
    works(state, **PLAIN | {"horizon__together": 0.5})
    assert gained(state, 2, 0)[0] == pytest.approx(0.6 * grown(7.75 / 12 * 0.5), rel=1e-5)


def test_in_exchange_both_learn_and_what_they_work_on_gets_better() -> None:
    """Six of ten hours come back. What both work on improves in both schools by 10 x .5 x .25 of five hours."""
    state = plainly(EXCHANGE, back=1, given=3.0, returned=2.0)
    dose = grown(10 / 12 * 0.5)
    assert gained(state, 2, 0)[0] == pytest.approx(0.6 * dose, rel=1e-5)
    assert gained(state, 0, 1)[0] == pytest.approx(0.6 * grown(6 / 12 * 0.5), rel=1e-5)
    # Originating at depth 2: the giver a quarter engaged for ten hours, the learner a half for six.
    assert gained(state, 0, 0)[0] == pytest.approx(0.1 * grown(0.6 * 10 / 12 * 2 * 0.25), rel=1e-4)
    assert gained(state, 2, 1)[0] == pytest.approx(0.2 * grown(0.6 * 6 / 12 * 2 * 0.5), rel=1e-4)
    assert state.teachers.gain_transfer.tolist() == pytest.approx([0.025, 0, 0.02 * 6 * 0.5 * 0.5, 0])
    assert (state.partnerships.given[0], state.partnerships.returned[0]) == (13.0, 8.0)
    assert state.repertoires.refined == pytest.approx(grown(0.25))
    assert state.teachers.gain_learning.tolist() == pytest.approx([0.01 * 10 * 0.25 * 0.5, 0, 0.01 * 10 * 0.5 * 0.5, 0])


@pytest.mark.parametrize("programme", [0, 1])
def test_how_far_each_reaches_is_by_its_own_trust(programme: int) -> None:
    """Zone exp(1 - .6 / peak), peak .1 + .5 x the mean of confidence .5 and trust: the learner's .3, the giver's .7."""
    state = at_work(EXCHANGE, back=1, programme=programme)
    put_row(state.ties, 0, trust_ab=0.7, trust_ba=0.3)
    zone = {"learning__zone_weight": 1.0, "learning__zone": 0.1, "learning__zone_reach": 0.5}
    works(state, **PLAIN | zone)
    near, back = math.exp(1 - 0.6 / 0.3), math.exp(1 - 0.6 / 0.4)
    assert gained(state, 2, 0)[0] == pytest.approx(0.6 * grown(near * 5 / 12), rel=1e-5)
    assert gained(state, 0, 1)[0] == pytest.approx(0.6 * grown(back * 3 / 12), rel=1e-5)
    total = gained(state, 2, 0)[0] + gained(state, 0, 1)[0]
    counts = state.ledger.counts
    assert (counts[LEARNT_PROGRAMME] > 0.0, counts[LEARNT_PARTNERS] > 0.0) == (programme == 1, programme == 0)
    assert counts[LEARNT_PROGRAMME] + counts[LEARNT_PARTNERS] == pytest.approx(total)


def test_the_first_practice_may_be_what_comes_back() -> None:
    """As the second: the giver gets .6 of what it lacks, and both practices improve in both schools."""
    state = at_work(EXCHANGE, focus=1, back=0, programme=1)
    state.knowledge.mastery[:] = state.knowledge.mastery[:, ::-1].copy()
    works(state, **PLAIN)
    assert gained(state, 2, 1)[0] == pytest.approx(0.6 * grown(10 / 12 * 0.5), rel=1e-5)
    assert gained(state, 0, 0)[0] == pytest.approx(0.6 * grown(6 / 12 * 0.5), rel=1e-5)
    assert state.partnerships.returned[0] == 6.0
    assert state.repertoires.refined == pytest.approx(grown(0.25))
    assert state.teachers.learnt_in.tolist() == [1, 0, 1, 0]


def test_in_exchange_without_an_offer_nothing_comes_back() -> None:
    state = plainly(EXCHANGE, back=NONE)
    assert state.partnerships.returned[0] == 0.0
    assert not state.repertoires.refined.any()
    assert gained(state, 0, 1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("phase", "departments", "known"), [(2, (1, 1), 0.4), (1, (1, 1), 0.7), (1, (1, 2), 0.4)])
def test_one_subject_is_ground_in_common(phase: int, departments: tuple[int, int], known: float) -> None:
    """Of what is wholly tacit as much is open as is known of each other: .4, and half of the rest for one subject."""
    state = at_work()
    put(state.schools, phase=phase)
    put(state.practices, tacit=1.0)
    put(state.teachers, department=(departments[0], 0, departments[1], 0), transfer=1.0)
    tacit = {
        "learning__tacit_weight": 1.0, "learning__tacit_base": 0.0,
        "department__ground": 0.5,
    }  # fmt: skip
    works(state, **PLAIN | tacit)
    assert gained(state, 2, 0)[0] == pytest.approx(0.6 * grown(known * 5 / 12), rel=1e-5)


def test_contact_that_reaches_half_teaches_and_strengthens_half() -> None:
    """Heads' contact about a teacher's practice: reach 1 - .8 x .5 = .6, of the pace and of what it gives back."""
    for mode, back in ((1, NONE), (EXCHANGE, 1)):
        state = at_work(mode, back=back, contact=HEADS)
        works(state, **PLAIN | {"contact__waste": 0.8})
        assert gained(state, 2, 0)[0] == pytest.approx(0.6 * grown(0.6 * 5 / 12), rel=1e-5)
        assert state.teachers.gain_transfer[0] == pytest.approx(0.6 * 0.02 * 10 * 0.25 * 0.5)
        assert state.teachers.gain_transfer[2] == pytest.approx((0.6 * 0.02 * 6 * 0.5 * 0.5) * (mode == EXCHANGE))


@pytest.mark.parametrize(
    ("before", "row", "back", "learnt", "gave"),
    [
        ((0, 0), 1, NONE, [0, 0, 1, 0], [1, 0, 0, 0]),
        ((0, 0), 1, 1, [1, 0, 1, 0], [1, 0, 0, 0]),
        ((0, 0), 0, 1, [0, 0, 0, 0], [0, 0, 0, 0]),
        ((5, 6), 1, 1, [5, 0, 6, 0], [6, 0, 5, 0]),
    ],
)
def test_the_programme_in_which_each_first_took_part_is_remembered(
    before: tuple[int, int], row: int, back: int, learnt: list[int], gave: list[int]
) -> None:
    state = at_work(EXCHANGE, back=back, programme=row)
    put(state.teachers, learnt_in=(before[0], 0, before[1], 0), gave_in=(before[1], 0, before[0], 0))
    works(state, **PLAIN)
    assert state.teachers.learnt_in.tolist() == learnt
    assert state.teachers.gave_in.tolist() == gave


@pytest.mark.parametrize(
    ("mode", "programme", "rate"),
    [(1, 0, 0.0), (EXCHANGE, 0, 0.01), (CREATION, 0, 0.01), (1, 1, 0.02), (EXCHANGE, 1, 0.03)],
)
def test_deep_modes_and_universities_teach_both_sides_to_learn(mode: int, programme: int, rate: float) -> None:
    """By .01 an hour in exchange and creation; in a programme universities add .5 x .04 at the partner's area."""
    state = at_work(mode, programme=programme, focus=0, back=NONE)
    put(state.schools, area=(0, 1))
    usual = WORK | PLAIN | {"university__hours": 0.0, "creation__hazard": 0.0}
    count_pairs(state)
    p = side_by_side(certain(**usual), certain(**usual, university__involvement=0.5))
    work_together(state, p, Clock((1, 3)))
    assert state.teachers.gain_learning.tolist() == pytest.approx([rate * 10 * 0.25 * 0.5, 0, rate * 10 * 0.5 * 0.5, 0])


@pytest.mark.parametrize(("began", "following_up", "dependent"), [(-5, 0, True), (-4, 0, False), (-5, 1, False)])
def test_help_makes_dependent_after_a_while_but_not_in_follow_up(
    began: int, following_up: int, dependent: bool
) -> None:
    """After eight half-terms: 1 - exp(-.05 x 10 x (1 - say .5))."""
    values: dict[str, float | str] = {"dependency__rate": 0.05, "end__settled": 8}
    state = plainly(values=values, began=began, following_up=following_up, follow_up=10.0)
    assert state.teachers.dependence.tolist() == pytest.approx([0, 0, grown(0.25) if dependent else 0.0, 0])


def test_follow_up_makes_what_was_learnt_the_learners_own() -> None:
    """Of ownership .6 is missing: 1 - exp(-.03 x 6 x .5) of it, on top of what the hours themselves give."""
    with_it, without = (
        gained(plainly(values={"followup__sustain": rate}, following_up=1, follow_up=6.0), 2, 0)[2]
        for rate in (0.03, 0.0)
    )
    assert with_it - without == pytest.approx(0.6 * grown(0.03 * 6 * 0.5), rel=1e-5)


def test_a_status_gap_takes_the_learners_say() -> None:
    """A gap of .5 x (1 - .5 x .4) takes .4 of a say of .5: dependence 1 - exp(-.05 x 10 x .7)."""
    state = at_work()
    put(state.schools, badge=(1.0, 0.0))
    gap = {"badging__gap": 0.5, "dependency__rate": 0.05}
    works(state, **PLAIN | gap | {"end__settled": 8})
    assert state.teachers.dependence[2] == pytest.approx(grown(0.35))


def two_pairs(**cells: float) -> State:
    """As `at_work`, and a second pair of .9 and .6 of the first practice."""
    state = at_work(**cells)
    state.knowledge.mastery[[1, 3], 0] = (0.9, 0.6)
    here = state.partnerships
    here.giver[0, 1], here.learner[0, 1] = 1, 3
    here.giver_uid[0, 1], here.learner_uid[0, 1] = state.teachers.uid[1], state.teachers.uid[3]
    return state


def test_what_a_partnership_does_is_a_mean_over_pairs_at_work() -> None:
    """Gaps .6 and .3. Where one of a pair has left, the other pair is all there is; its giver has lost its hours."""
    state = works(two_pairs(), **PLAIN)
    dose = grown(5 / 12)
    assert state.partnerships.pairs[0] == 2
    assert state.partnerships.gain[0] == pytest.approx(0.45 * dose, rel=1e-5)
    assert (state.partnerships.hours[0], state.partnerships.working[0], state.partnerships.engagement[0]) == (
        10,
        1,
        0.5,
    )
    assert state.partnerships.given[0] == 20.0
    for left in ("giver", "learner"):
        state = two_pairs()
        getattr(state.partnerships, f"{left}_uid")[0, 0] = 1
        works(state, **PLAIN)
        assert state.partnerships.pairs[0] == 1
        assert state.partnerships.gain[0] == pytest.approx(0.3 * dose, rel=1e-5)
        assert state.partnerships.given[0] == 10.0
    tired = two_pairs()
    put(tired.teachers, role=(0, ADVANCED, 0, 0))
    put(tired.schools, hours=(0.0, 40.0))
    works(tired, **PLAIN | {"ast__time": 0.5, "ast__working_hours": 100.0, "ast__outreach": 1.0})
    assert tired.partnerships.hours[0] == 5.0
    assert tired.partnerships.gain[0] == pytest.approx(0.15 * dose, rel=1e-5)


def test_nobody_works_who_is_not_there_and_money_goes_back() -> None:
    state = at_work(pounds=80.0, hours=7.0, gain=0.2, engagement=0.4)
    state.partnerships.giver_uid[0, 0] = 1
    works(state, **PLAIN)
    assert state.ledger.pounds[RETURNED] == 80.0
    here = state.partnerships
    assert (here.hours[0], here.gain[0], here.engagement[0], here.given[0]) == (0.0, 0.0, 0.0, 0.0)
    over_ = at_work(pounds=80.0, hours=7.0)
    over_.partnerships.alive[0] = 0
    works(over_, **PLAIN)
    assert (over_.ledger.pounds[RETURNED], over_.partnerships.hours[0]) == (0.0, 0.0)
    assert over_.run.gains[0] == 0


@pytest.mark.parametrize(("mode", "lead", "works_"), [(EXCHANGE, 0.1, True), (EXCHANGE, 9.0, False), (1, 9.0, True)])
def test_where_exchange_is_barter_nobody_works_for_nothing(mode: int, lead: float, works_: bool) -> None:
    state = plainly(
        mode,
        values={"exchange__barter": 1, "exchange__barter_lead": lead, "funding__purse": "partnership"},
        pounds=50.0,
        back=1,
    )
    assert (state.partnerships.hours[0] > 0.0) == works_
    assert state.ledger.pounds[RETURNED] == 50.0
    free = plainly(EXCHANGE, values={"exchange__barter": 0, "exchange__barter_lead": 9.0}, back=1)
    assert free.partnerships.hours[0] == 10.0


def test_dialogue_over_shared_investment_gives_birth_to_a_practice() -> None:
    """.4 x 10 hours x .5 x .25 x trust .5 x 2 x unlikeness .5 = .25, half ready after 10 ln 2 hours of each 10."""
    born = []
    for seed in range(1, 25):
        state = at_work(CREATION, given=10 * math.log(2.0), back=NONE)
        state.practices.alive[1] = 0
        state.schools.context[1, 0] = 2 * math.log(2.0)
        works(state, seed=seed, **PLAIN | {"creation__hazard": 0.4, "creation__first_hours": 10.0})
        expected = luck(seed, draws.CREATE, 3, UID, 0) < 0.125
        assert state.practices.alive[1] == expected
        assert state.ledger.counts[CREATED] == expected
        born.append(expected)
    assert 0 < sum(born) < len(born)
    # Held by the pair whose dialogue it was: here the second, as the first has no hours.
    state = two_pairs(mode=CREATION, given=1e6, back=NONE)
    state.practices.alive[1] = 0
    put(state.schools, hours=(0.0, 40.0))
    put(state.teachers, role=(0, ADVANCED, 0, 0))
    state.schools.context[1, 0] = 2 * math.log(2.0)
    state.knowledge.mastery[:, 1] = 0.0
    values = {"creation__hazard": 1e9, "learning__routine": 0.75, "ast__time": 0.5, "ast__working_hours": 100.0}
    works(state, **PLAIN | values | {"ast__outreach": 1.0})
    assert state.knowledge.mastery[:, 1].tolist() == [0.0, 0.75, 0.0, 0.75]
    # No other mode gives birth.
    other = at_work(EXCHANGE, given=1e6)
    other.practices.alive[1] = 0
    other.schools.context[1, 0] = 2.0
    assert works(other, **PLAIN | {"creation__hazard": 1e9}).practices.alive[1] == 0


# --- focus and mode -------------------------------------------------------------------------------

#: A need is admitted with an even chance but for what a case adds; the partner offers nothing.
EVEN = {
    "disclosure__weight": 1.0, "disclosure__base": 0.0, "accept__trust": 0.0, "disclosure__threat": 0.0,
    "disclosure__rivalry": 0.0, "badging__gap": 0.0, "badging__standing_gap": 0.0,
    "exchange__counter_gap": 0.1, "priorities__own": 0.0,
}  # fmt: skip
THREE = math.log(3.0)  # in logit: odds of three
GAP_AND_STAKES = 0.4 * (1 - 0.3 * 0.4) + 0.2  # between who know each other by .4


def focused(seed: int, cells: dict[str, float] | None = None, **values: float | str) -> State:
    """The partner needs the second practice, of which the originator has .6 to its .1; it likes to show the first."""
    state = at_work(**{"focus": 5, "own_need": 5, "refocused": 1} | (cells or {}))
    put_row(state.ties, 0, trust_ab=0.9, trust_ba=0.3, rivalry=0.5)
    put(state.schools, need=(0, 1), felt_stakes=(0.9, 0.2), badge=(1.0, 0.0))
    state.repertoires.mastery[:] = [[0.9, 0.6], [0.1, 0.1]]
    choose_focus(state, certain(**EVEN | values), Clock((seed, 7)), 0, NONE)
    return state


@pytest.mark.parametrize(
    ("cells", "values", "chance"),
    [
        ({}, {}, 0.5),
        ({}, {"disclosure__base": THREE}, 0.75),
        ({}, {"accept__trust": THREE / 0.3}, 0.75),
        ({}, {"disclosure__threat": THREE / 0.2}, 0.25),
        ({}, {"disclosure__rivalry": THREE / 0.5}, 0.25),
        ({}, {"disclosure__threat": THREE / GAP_AND_STAKES, "badging__gap": 0.4}, 0.25),
        ({}, {"evaluation__kind": "formal", "disclosure__threat": THREE / 1.2}, 0.25),
        ({}, {"evaluation__kind": "informal", "disclosure__threat": THREE / 1.2}, 1 / (1 + 3 ** (1 / 6))),
        ({"programme": 1}, {"priorities__own": 0.6}, 0.8),
        ({"programme": 0}, {"priorities__own": 0.6}, 0.5),
    ],
)
def test_a_need_is_admitted_by_trust_stakes_status_and_rivalry(
    cells: dict[str, float], values: dict[str, float | str], chance: float
) -> None:
    """Trust .3 of the partner, its stakes .2, rivalry .5, a gap of .4, being judged as 1: odds of three or a third."""
    seen = set()
    for seed in range(1, 25):
        state = focused(seed, cells, **values)
        admitted = luck(seed, draws.DISCLOSE, 7, UID) < chance
        here, counts = state.partnerships, state.ledger.counts
        assert (here.focus[0], here.own_need[0]) == ((1, 1) if admitted else (0, 0))
        assert here.refocused[0] == 7
        assert (counts[FOCUSES], counts[DISCLOSED]) == (1, admitted)
        seen.add(admitted)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("need", "held", "focus", "own_need"),
    [(1, 0.6, 1, 1), (1, 0.21, 1, 1), (1, 0.19, 0, 0), (NONE, 0.6, 0, 0), (0, 0.6, 0, 1)],
)
def test_only_a_need_that_the_originator_can_meet_is_worked_on(
    need: int, held: float, focus: int, own_need: int
) -> None:
    """It must be more than .1 ahead of the partner's .1; where its favourite is the need, it is the need."""
    state = at_work()
    put(state.schools, need=(NONE, need))
    state.repertoires.mastery[:] = [[0.9, held], [0.1, 0.1]]
    choose_focus(state, certain(**EVEN | {"disclosure__base": 99.0}), Clock((1, 7)), 0, NONE)
    assert (state.partnerships.focus[0], state.partnerships.own_need[0]) == (focus, own_need)
    assert state.ledger.counts[DISCLOSED] == 1


#: The partner offers for certain, trust is more than enough, nothing is created, half is adapted.
MODES = {
    "offer__level": -99.0, "exchange__counter_gap": 0.1, "mode__exchange_trust": 0.4, "mode__creation_share": 0.0,
    "mode__adaptation": 0.1, "badging__gap": 0.0, "badging__standing_gap": 0.0,
    "matching__values": 0.7,
}  # fmt: skip


def moded(seed: int = 1, cells: dict[str, float] | None = None, steps: int = 3, **values: float | str) -> State:
    """Of five practices the partner leads in three by .3, .5 and, no longer alive, .8; kind .4, unlike by a half."""
    state = state_of(2, 2, 5, ties=4)
    tie(state, 0, (0, 1), trust_ab=0.3, trust_ba=0.7)
    state.schools.context[1, 0] = 2 * math.log(2.0)
    state.repertoires.mastery[:] = [[0.9, 0.1, 0.1, 0.1, 0.5], [0.1, 0.4, 0.6, 0.9, 0.55]]
    cells = dict(cells or {})
    put(state.practices, alive=(1, 1, 1, 0, 1), kind=cells.pop("kind", 0.4))
    usual = {"mode": 0, "uid": UID, "began": 2, "back": 4, "own_need": 1, "programme": 0}
    partnership(state, 0, (0, 1), 0, **usual | cells)
    changed = choose_mode(state, certain(**MODES | values), Clock((seed, 7)), 0, steps)
    assert changed == (state.partnerships.mode[0] != (usual | cells)["mode"])
    return state


def mode_of(state: State) -> tuple[int, int, int]:
    """Mode, practice offered in return, and focus."""
    here = state.partnerships
    return int(here.mode[0]), int(here.back[0]), int(here.focus[0])


@pytest.mark.parametrize(
    ("cells", "values", "expected"),
    [
        ({}, {}, (EXCHANGE, 2, 0)),
        # What is worked on is not offered in return; what leads by less than is asked neither.
        ({"focus": 2}, {}, (EXCHANGE, 1, 2)),
        ({}, {"exchange__counter_gap": 0.45}, (EXCHANGE, 2, 0)),
        ({}, {"exchange__counter_gap": 0.55, "mode__adaptation": 9.0}, (1, NONE, 0)),
        # Not enough mean trust, .5; no offer.
        ({}, {"mode__exchange_trust": 0.55, "mode__adaptation": 9.0}, (1, NONE, 0)),
        ({}, {"mode__exchange_trust": 0.45}, (EXCHANGE, 2, 0)),
        ({}, {"offer__level": 99.0, "mode__adaptation": -9.0}, (0, NONE, 0)),
        # Creation: each brings what it does best.
        ({}, {"mode__creation_share": 9.0}, (CREATION, 2, 0)),
        # A programme's own mode, whatever trust; where it asks for reciprocity, it asks for the offer.
        ({"programme": 1}, {"programme__mode": "replication"}, (0, NONE, 0)),
        ({"programme": 1}, {"programme__mode": "adaptation"}, (1, NONE, 0)),
        ({"programme": 1}, {"programme__mode": "exchange", "offer__level": 99.0}, (EXCHANGE, 2, 0)),
        ({"programme": 0}, {"programme__mode": "replication"}, (EXCHANGE, 2, 0)),
        # Joint development is planned for all of a programme's.
        (
            {"programme": 1},
            {"joint_practice__share": 1.0, "offer__level": 99.0, "mode__exchange_trust": 9.0},
            (2, 2, 0),
        ),
        ({"programme": 1}, {"joint_practice__share": 1.0, "mode__creation_share": 9.0}, (CREATION, 2, 0)),
        # Matched to the practice, of kind .4: adapted; technical below 1 - .55; of values above .7, exchanged in trust.
        ({"programme": 1}, {"matching__kind": 1}, (1, NONE, 0)),
        ({"programme": 1}, {"matching__kind": 1, "matching__values": 0.55}, (0, NONE, 0)),
        ({"programme": 1, "kind": 0.75}, {"matching__kind": 1}, (EXCHANGE, 2, 0)),
        ({"programme": 1, "kind": 0.75}, {"matching__kind": 1, "mode__exchange_trust": 0.6}, (1, NONE, 0)),
        ({"programme": 0}, {"matching__kind": 1, "matching__values": 0.55}, (EXCHANGE, 2, 0)),
        # Where exchange is not allowed they adapt.
        ({}, {"exchange__allowed": 0}, (1, NONE, 0)),
    ],
)
def test_a_mode_is_chosen_by_trust_and_what_is_offered(
    cells: dict[str, float], values: dict[str, float | str], expected: tuple[int, int, int]
) -> None:
    state = moded(cells=cells, **values)
    assert mode_of(state) == expected
    assert state.partnerships.own_need[0] == (0 if expected[0] == CREATION else 1)
    assert state.ledger.counts[CHANGED_MODE] == 0


def test_what_two_schools_choose_is_their_bent_drawn_as_they_began() -> None:
    """Adapted by .1 + .9 x kind .4; created by .8 x unlikeness .5, the rest exchanged."""
    seen = set()
    for seed in range(1, 12):
        bent = luck(seed, draws.MODE, 2, UID)
        alone = mode_of(moded(seed, offer__level=99.0))[0]
        together = mode_of(moded(seed, mode__creation_share=0.8))[0]
        planned = mode_of(moded(seed, {"programme": 1}, joint_practice__share=1.0, mode__creation_share=0.8))[0]
        matched = {"matching__kind": 1, "mode__creation_share": 0.8}
        assert alone == (1 if bent < 0.46 else 0)
        assert together == planned == (CREATION if bent < 0.4 else EXCHANGE)
        assert mode_of(moded(seed, {"programme": 1, "kind": 0.9}, **matched))[0] == together
        seen |= {alone, together}
    assert len(seen) == 4


def test_the_partner_offers_by_its_confidence_less_half_the_gap() -> None:
    """Confidence .5 against .5, slope 10 ln 3: even; a gap of .2 takes a tenth of it: odds of a third."""
    seen = set()
    for gap, chance in ((0.0, 0.5), (0.2, 0.25)):
        for seed in range(1, 12):
            state = state_of(2, 2, 2, ties=4)
            tie(state, 0, (0, 1))
            put(state.schools, badge=(1.0, 0.0), confidence=(0.9, 0.5))
            state.repertoires.mastery[:] = [[0.9, 0.1], [0.1, 0.9]]
            partnership(state, 0, (0, 1), 0, uid=UID, mode=0)
            values = {
                "offer__level": 0.5,
                "offer__slope": 10 * THREE,
                "badging__gap": gap,
                "mode__adaptation": 9.0,
            }
            choose_mode(state, certain(**MODES | values), Clock((seed, 7)), 0, 3)
            offers = luck(seed, draws.OFFER, 7, UID) < chance
            assert state.partnerships.mode[0] == (EXCHANGE if offers else 1)
            seen.add((gap, offers))
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("before", "wished", "steps", "after"),
    [
        (0, "exchange", 1, 1), (0, "exchange", 3, 2), (2, "replication", 1, 1), (1, "exchange", 1, 2),
        (3, "replication", 1, 2), (1, "adaptation", 1, 1), (0, "creation", 1, 1), (3, "replication", 3, 0),
    ],
)  # fmt: skip
def test_what_grows_grows_step_by_step(before: int, wished: str, steps: int, after: int) -> None:
    cells = {"mode": before, "programme": 1}
    state = moded(cells=cells, steps=steps, programme__mode=wished)
    assert state.partnerships.mode[0] == after
    assert state.ledger.counts[CHANGED_MODE] == (steps == 1 and before != after)


# --- beginning ------------------------------------------------------------------------------------


def test_a_partnership_begins_with_what_is_drawn_for_it() -> None:
    """A task of 5 to 8 half-terms, 6 to 14 hours; results measured with a tenth of luck; strangers' working hours."""
    lengths = set()
    for seed in range(1, 8):
        state = state_of(3, 2, 2, ties=4)
        tie(state, 2, (1, 2), trust_ab=0.9, trust_ba=0.1, familiarity=0.2)
        put(state.schools, value=(0.1, 0.2, 0.3))
        put(state.partnerships, follow_up=9.0, programme=0)
        p = certain(
            end__task_least=5, end__task_most=8, time__demand_least=6.0, time__demand_most=14.0, result__noise=0.1,
            horizon__together=0.5, programme__mode="free", offer__level=99.0, mode__adaptation=9.0,
        )  # fmt: skip
        begin(state, p, Clock((seed, 4)), (3, 2), (2, 1), NONE)
        here, uid = state.partnerships, draws.pair(state.schools.uid[2], state.schools.uid[1])
        assert (here.alive[3], here.originator[3], here.partner[3], here.tie[3], here.uid[3]) == (1, 2, 1, 2, uid)
        assert state.ties.partnership[2] == 3
        assert here.due[3] == 4 + 5 + int(4 * luck(seed, draws.TASK_LENGTH, 4, uid))
        assert here.demand[3] == pytest.approx(6 + 8 * luck(seed, draws.DEMAND, 4, uid))
        measured = 0.2 + 0.1 * draws.normal(seed, draws.EVALUATE, 4, state.schools.uid[1], 0)
        assert here.value_start[3] == pytest.approx(measured)
        assert here.working[3] == pytest.approx(1 - 0.5 * 0.8 * 0.75)
        assert (here.mode[3], here.began[3], here.follow_up[3], here.refocused[3]) == (1, 4, 0.0, 4)
        assert here.giver[3, 0] in (4, 5)
        assert here.learner[3, 0] in (2, 3)
        assert state.schools.commitments.tolist() == [0, 1, 1]
        assert state.schools.originated.tolist() == [0, 0, 1]
        counts = state.ledger.counts
        assert (counts[BEGUN], counts[MODES_BEGUN], counts[MODES_BEGUN + 1]) == (1, 0, 1)
        lengths.add(int(here.due[3]))
    assert len(lengths) > 2
    assert task_length(1, certain(end__task_least=7, end__task_most=3), Clock((1, 1))) == 7


def test_where_both_learn_both_have_originated() -> None:
    state = state_of(2, 2, 2, ties=4)
    tie(state, 0, (0, 1))
    state.repertoires.mastery[:] = [[0.9, 0.1], [0.1, 0.9]]
    begin(state, certain(**MODES), Clock((1, 4)), (0, 0), (0, 1), NONE)
    assert state.partnerships.mode[0] == EXCHANGE
    assert state.schools.originated.tolist() == [1, 1]
    assert state.ledger.counts[MODES_BEGUN + EXCHANGE] == 1


# --- pairs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "cells", "miles", "wanted"),
    [
        ({}, {}, 0.0, 4),
        # .4 of ten, at 15 of 30 miles two thirds of it: 2.67, and of 4.4 four.
        ({}, {}, 15.0, 3),
        ({"pairs__share": 0.44}, {}, 0.0, 4),
        ({"pairs__share": 0.46}, {}, 0.0, 5),
        ({"pairs__share": 0.0}, {}, 0.0, 1),
        ({"pairs__share": 9.0}, {}, 0.0, 10),
        # Mean of .3 and .7, .2 more than typical: .4 x 1.2.
        ({"leadership__distributed_reach": 1.0}, {}, 0.0, 5),
        # Money makes it .7, for those whose it is; a programme may say how many.
        ({"funding__total": 1.0}, {"programme": 1}, 0.0, 7),
        ({"funding__total": 1.0}, {"programme": 0}, 0.0, 4),
        ({"programme__teachers": 2}, {"programme": 1}, 0.0, 2),
        ({"programme__teachers": 1}, {"programme": 1}, 0.0, 1),
        ({"programme__teachers": 2}, {"programme": 0}, 0.0, 4),
        ({"programme__teachers": 99}, {"programme": 1}, 0.0, 10),
    ],
)
def test_pairs_wanted_are_a_share_of_the_smaller_staff(
    values: dict[str, float], cells: dict[str, int], miles: float, wanted: int
) -> None:
    usual = {
        "pairs__share": 0.4, "pairs__share_funded": 0.7, "leadership__distributed_reach": 0.0,
        "leadership__typical": 0.3, "pairs__reach": 30.0,
    }  # fmt: skip
    state = state_of(2, [10, 20])
    tie(state, 0, (0, 1), miles=miles)
    put(state.schools, distributed=(0.3, 0.7))
    partnership(state, 0, (0, 1), 0, **cells)
    p = certain(**usual | values)
    assert pairs_wanted(state, side_by_side(p, p), 0) == wanted


def test_no_partnership_has_more_pairs_than_there_is_room_for() -> None:
    state = state_of(2, 30)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, programme=1)
    p = certain(programme__teachers=99)
    assert pairs_wanted(state, side_by_side(p, p), 0) == PAIRS
    partnership(state, 0, (0, 1), 0, programme=0)
    assert pairs_wanted(state, certain(pairs__share=9.0), 0) == PAIRS


def test_readiness_is_enterprise_with_outreach_less_dependence() -> None:
    """Enterprise .2 is raised half of the way to 1, .6: 1 + .6 x .1; .8 is left by dependence .2."""
    state = state_of(1, 2)
    put(state.teachers, enterprise=(0.2, 0.9), dependence=(0.2, 0.0))
    p = certain(informal__enterprise=0.6)
    assert readiness(state.teachers, 0, 0.5, p) == pytest.approx(1.06 * 0.8)
    assert readiness(state.teachers, 0, 0.0, p) == pytest.approx((1 - 0.6 * 0.3) * 0.8)
    assert readiness(state.teachers, 1, 1.0, p) == pytest.approx(1 + 0.6 * 0.5)


#: Nothing but what a case adds decides who is taken; one pair.
TAKEN = {
    "pairs__share": 0.0, "pairs__luck": 0.0, "informal__enterprise": 0.0,
    "department__number": 3, "ast__pairs": 2,
    "refocus__room": 9.0,
}  # fmt: skip


def assigned(state: State, seed: int = 1, area: float = 0.0, **values: float | str) -> list[tuple[int, int]]:
    """Giver and learner of each pair; `area` is how far the diffident are reached out to in the partner's area."""
    put(state.schools, area=(0, 1))
    base = TAKEN | values
    p = side_by_side(certain(**base), certain(**base, outreach__diffident=area))
    count_commitments(state)
    assign_pairs(state, p, Clock((seed, 7)), 0)
    return pairs(state)


def two_staffs(**cells: float) -> State:
    """Four teachers each; givers of .5 to .8, learners of .1 to .4, in order; nobody is confident."""
    state = state_of(2, 4, 2, ties=4)
    tie(state, 0, (0, 1))
    put(state.teachers, confidence=0.0, focus_age=5)
    state.knowledge.mastery[:, 0] = (0.5, 0.6, 0.7, 0.8, 0.1, 0.2, 0.3, 0.4)
    partnership(state, 0, (0, 1), 0, **cells)
    state.partnerships.giver[0, 2] = state.partnerships.learner[0, 2] = 0
    return state


def test_who_has_used_it_for_years_shows_it() -> None:
    """Mastery .5 to .8: of three years the best has used it none, the third one; then .6 x 2.9 / 3 beats .5."""
    state = two_staffs()
    assert [giver for giver, _ in assigned(state, offer__years=3.0)] == [3]
    state = two_staffs()
    state.knowledge.years[:4, 0] = (3.0, 2.0, 1.0, 0.0)
    assert [giver for giver, _ in assigned(state, offer__years=3.0)] == [0]
    state = two_staffs()
    state.knowledge.years[:4, 0] = (3.0, 2.9, 1.0, 0.0)
    assert [giver for giver, _ in assigned(state, offer__years=3.0)] == [1]


def test_those_who_are_taken_turn_to_it_at_home() -> None:
    state = two_staffs()
    assert assigned(state) == [(3, 4)]
    assert state.partnerships.giver_uid[0, 0] == state.teachers.uid[3]
    assert state.partnerships.learner_uid[0, 0] == state.teachers.uid[4]
    assert state.teachers.focus.tolist() == [NONE] * 4 + [0] + [NONE] * 3
    assert state.teachers.focus_age.tolist() == [5] * 4 + [0] + [5] * 3


def test_confidence_makes_a_giver_less_so_where_the_diffident_are_reached() -> None:
    """.5 + .5 x .8 against .8; reached by a half, .5 + .25 x .8."""
    for area, giver in ((0.0, 0), (0.5, 3)):
        state = two_staffs()
        put(state.teachers, confidence=(0.8, 0, 0, 0, 0, 0, 0, 0))
        assert assigned(state, area=area)[0][0] == giver


def test_enterprise_makes_a_learner_less_so_where_the_diffident_are_reached() -> None:
    """.9 x (1 - .5) of the first, .7 x (1 + .4) of the third; raised to .8, .9 x 1.3 and .7 x 1.4."""
    for area, learner in ((0.0, 6), (1.0, 4)):
        state = two_staffs()
        put(state.teachers, enterprise=(0.5, 0.5, 0.5, 0.5, 0.0, 0.5, 0.9, 0.5))
        assert assigned(state, area=area, informal__enterprise=1.0)[0][1] == learner


def test_who_is_in_pairs_already_has_less_time_for_one_more() -> None:
    """With a pair elsewhere, half of .8 is less than .7, and half of .9 than .8; named teachers do all of it."""
    for programme, teachers, pair in ((0, 0, (2, 5)), (1, 0, (2, 5)), (1, 1, (3, 4)), (0, 1, (2, 5))):
        state = two_staffs(programme=programme)
        tie(state, 1, (0, 1))
        partnership(state, 1, (0, 1), 1)
        here = state.partnerships
        here.giver[1, 0], here.learner[1, 0] = 3, 4
        here.giver_uid[1, 0], here.learner_uid[1, 0] = state.teachers.uid[3], state.teachers.uid[4]
        assert assigned(state, programme__teachers=teachers) == [pair]
        assert state.teachers.pairs.sum() == 4
        state.partnerships.alive[1] = 0


def test_who_parts_is_free_again() -> None:
    state = two_staffs()
    assigned(state, pairs__share=0.5)
    assert state.teachers.pairs.tolist() == [0, 0, 1, 1, 1, 1, 0, 0]
    end(state, 0)
    assert state.teachers.pairs.tolist() == [0] * 8
    assert state.partnerships.giver[0].tolist() == state.partnerships.learner[0].tolist() == [NONE] * PAIRS


def test_luck_has_a_part_in_who_is_taken() -> None:
    """Twice a draw of each, of givers and of learners."""
    seen = set()
    for seed in range(1, 8):
        state = two_staffs()
        uid = state.teachers.uid
        gives = [0.5 + 0.1 * post + 2 * luck(seed, draws.PAIR, 7, uid[post], 0) for post in range(4)]
        learns = [0.9 - 0.1 * place + 2 * luck(seed, draws.PAIR, 7, uid[4 + place], 1) for place in range(4)]
        expected = (int(np.argmax(gives)), 4 + int(np.argmax(learns)))
        assert assigned(state, seed, pairs__luck=2.0) == [expected]
        seen.add(expected)
    assert len(seen) > 3


@pytest.mark.parametrize(("contact", "pair"), [(MIDDLE, (0, 7)), (TEACHERS, (3, 4)), (HEADS, (3, 4))])
def test_middle_leaders_meet_where_contact_is_theirs(contact: int, pair: tuple[int, int]) -> None:
    """A half more: .5 + .5 against .8, .6 + .5 against .9."""
    state = two_staffs(contact=contact)
    put(state.teachers, role=(MIDDLE_LEADER, 0, 0, 0, 0, 0, 0, MIDDLE_LEADER))
    assert assigned(state) == [pair]


def test_an_advanced_teacher_who_knows_half_as_much_gives_to_the_first() -> None:
    """Half of .8 is .4; two of three pairs are theirs, or as many as there are."""
    for mastery, givers in ((0.41, [0, 0, 1]), (0.4, [0, 0, 1]), (0.39, [3, 2, 1])):
        state = two_staffs()
        put(state.teachers, role=(ADVANCED, 0, 0, 0, 0, 0, 0, 0))
        state.knowledge.mastery[0, 0] = mastery
        found = assigned(state, pairs__share=0.75)
        assert [giver for giver, _ in found] == givers
        assert state.partnerships.giver_uid[0, :3].tolist() == state.teachers.uid[givers].tolist()
    one = two_staffs()
    put(one.teachers, role=(ADVANCED, 0, 0, 0, 0, 0, 0, 0))
    assert assigned(one) == [(0, 4)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        # .5 - .2 and .6 - .4: the first pair has .25 to gain still and stays; of the others 3 is the ablest, 4 the
        # furthest behind.
        ({}, [(0, 5), (3, 4)]),
        ({"refocus__room": 0.3 + 1e-6}, [(3, 4), (2, 5)]),
        ({"refocus__room": 0.2 - 1e-6}, [(0, 5), (1, 7)]),
        # Room for three: the third is new. Room for one: the first of those that could stay.
        ({"refocus__room": 0.1, "pairs__share": 0.75}, [(0, 5), (1, 7), (3, 4)]),
        ({"refocus__room": 0.1, "pairs__share": 0.25}, [(0, 5)]),
    ],
)
def test_pairs_with_something_left_to_learn_stay_together(
    values: dict[str, float], found: list[tuple[int, int]]
) -> None:
    """They stay whatever the others could give or gain, turn to the focus at home, and are counted once."""
    state = working_pairs((0, 5), (1, 7))
    assert assigned(state, **{"refocus__room": 0.25, "pairs__share": 0.5} | values) == found
    here, teachers = state.partnerships, state.teachers
    for place, (giver, learner) in enumerate(found):
        assert [here.giver_uid[0, place], here.learner_uid[0, place]] == teachers.uid[[giver, learner]].tolist()
        assert (teachers.focus[learner], teachers.focus_age[learner]) == (0, 0)
    counted = [sum(post in pair for pair in found) for post in range(8)]
    assert teachers.pairs.tolist() == counted


def test_a_pair_that_lost_a_teacher_does_not_stay() -> None:
    for side in ("giver", "learner"):
        state = working_pairs((0, 5), (1, 7))
        getattr(state.partnerships, f"{side}_uid")[0, 0] = 1
        assert assigned(state, refocus__room=0.1, pairs__share=0.5) == [(1, 7), (3, 4)]


def test_an_advanced_teacher_gives_beside_pairs_that_stay() -> None:
    """Two pairs at most are theirs: one beside the one that stays, and none where both do."""
    for stay, found in (((0, 5),), [(0, 5), (3, 4), (1, 6)]), (((0, 5), (1, 7)), [(0, 5), (1, 7), (2, 4)]):
        state = working_pairs(*stay)
        put(state.teachers, role=(0, 0, 0, ADVANCED, 0, 0, 0, 0))
        state.knowledge.mastery[3, 0] = 0.45
        assert assigned(state, refocus__room=0.1, pairs__share=0.75) == found


def working_pairs(*at_work: tuple[int, int]) -> State:
    """As `two_staffs`, these at work."""
    state = two_staffs()
    here = state.partnerships
    for place, (giver, learner) in enumerate((*at_work, (NONE, NONE), (NONE, NONE))[:3]):
        here.giver[0, place], here.learner[0, place] = giver, learner
        here.giver_uid[0, place], here.learner_uid[0, place] = state.teachers.uid[giver], state.teachers.uid[learner]
    return state


def refilled(state: State, seed: int = 1, area: float = 0.0, **values: float) -> list[tuple[int, int]]:
    put(state.schools, area=(0, 1))
    base = TAKEN | values
    p = side_by_side(certain(**base), certain(**base, outreach__diffident=area))
    refill_all_pairs(state, p, Clock((seed, 6)))
    return pairs(state)


def who_lost(side: str, **cells: float) -> State:
    """Pairs of 3 and 4, 2 and 5, of which the first has lost one of two."""
    state = two_staffs(**cells)
    here = state.partnerships
    for place, (giver, learner) in enumerate(((3, 4), (2, 5), (NONE, NONE))):
        here.giver[0, place], here.learner[0, place] = giver, learner
        here.giver_uid[0, place], here.learner_uid[0, place] = state.teachers.uid[giver], state.teachers.uid[learner]
    if side:
        getattr(here, f"{side}_uid")[0, 0] = 1
    return state


@pytest.mark.parametrize(
    ("side", "found"), [("giver", [(3, 4), (2, 5)]), ("learner", [(3, 4), (2, 5)]), ("", [(3, 4), (2, 5)])]
)
def test_whoever_has_the_post_may_take_the_place(side: str, found: list[tuple[int, int]]) -> None:
    """The new person in the post, of .8 or .1, is still the best of those who are free."""
    state = who_lost(side)
    assert refilled(state) == found
    assert state.partnerships.giver_uid[0, 0] == state.teachers.uid[3]
    assert state.partnerships.learner_uid[0, 0] == state.teachers.uid[4]
    assert state.ledger.counts[REFILLED] == (side != "")


def test_a_place_goes_to_who_has_time_and_fits_best() -> None:
    """Not to who is in this partnership; .8 shared with a pair is less than .6 whole, and .9 with one than .7 whole."""
    for busy, giver in (((0, 0, 0, 1), 1), ((0, 1, 0, 1), 0), ((1, 1, 0, 1), 3), ((3, 3, 0, 3), 3), ((3, 0, 0, 9), 1)):
        state = who_lost("giver")
        put(state.teachers, pairs=(*busy, 0, 0, 0, 0))
        assert refilled(state) == [(giver, 4), (2, 5)]
        assert state.teachers.pairs.tolist() == [number + (post == giver) for post, number in enumerate(busy)] + [
            1,
            0,
            0,
            0,
        ]
    for busy, learner in (((1, 0, 0, 0), 6), ((1, 0, 1, 0), 7), ((1, 0, 1, 1), 4)):
        state = who_lost("learner")
        put(state.teachers, pairs=(0, 0, 0, 0, *busy))
        assert refilled(state) == [(3, learner), (2, 5)]


def test_who_fits_a_place_is_weighed_as_at_the_beginning() -> None:
    """Givers .6 and .5 + .5 x .5; learners .7 x 1 and .6 x (1 + .4); reached out to, the first of each."""
    for area, pair in ((0.0, (0, 7)), (1.0, (1, 6))):
        state = who_lost("giver")
        state.partnerships.learner_uid[0, 0] = 1
        put(state.teachers, pairs=(0, 0, 0, 3, 3, 0, 0, 0), confidence=(0.5, 0, 0, 0, 0, 0, 0, 0))
        put(state.teachers, enterprise=(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.9))
        assert refilled(state, area=area, informal__enterprise=1.0)[0] == pair
    seen = set()
    for seed in range(1, 7):
        state = who_lost("giver")
        state.partnerships.learner_uid[0, 0] = 1
        put(state.teachers, pairs=(0, 0, 0, 3, 3, 0, 0, 0))
        uid = state.teachers.uid
        gives = {post: 0.5 + 0.1 * post + 2 * luck(seed, draws.PAIR, 6, uid[post], 0) for post in (0, 1)}
        learns = {post: 1.3 - 0.1 * post + 2 * luck(seed, draws.PAIR, 6, uid[post], 1) for post in (6, 7)}
        pair = (max(gives, key=lambda post: gives[post]), max(learns, key=lambda post: learns[post]))
        assert refilled(state, seed, pairs__luck=2.0)[0] == pair
        seen.add(pair)
    assert len(seen) > 1


@pytest.mark.parametrize("cells", [{"following_up": 1}, {"alive": 0}])
def test_pairs_of_what_is_over_are_not_filled_again(cells: dict[str, int]) -> None:
    state = who_lost("giver", **cells)
    refilled(state)
    assert state.ledger.counts[REFILLED] == 0


# --- the end --------------------------------------------------------------------------------------

GRANT: dict[str, float | str] = {"funding__per_partnership": 100.0, "funding__years": 1, "funding__taper": 1}


@pytest.mark.parametrize(("programme", "network", "role"), [(1, 0, 0), (1, 2, PARTNER), (0, 0, PARTNER)])
def test_who_ends_gives_up_its_place_but_not_that_in_a_network(programme: int, network: int, role: int) -> None:
    state = at_work(programme=programme, network=network, imposed=1, pounds=5.0, prize=2.0, foreboding=0.5)
    state.programmes.role[1] = (ORIGINATOR, PARTNER)
    put(state.partnerships, free=6)
    end(state, 0)
    assert state.programmes.role[1].tolist() == [ORIGINATOR, role]
    here = state.partnerships
    for name in ("alive", "programme", "network", "imposed", "pounds", "prize", "foreboding"):
        assert getattr(here, name)[0] == 0, name
    assert here.free[0] == 0
    assert state.schools.commitments.tolist() == [0, 0]
    assert state.ledger.counts[ENDED] == 1
    assert state.ties.alive[0] == 1


def test_a_partnerships_share_of_its_grant_is_its_programmes() -> None:
    """Full in the first year; in the second a sixth less each half-term."""
    p = certain(**GRANT)
    p = side_by_side(p, p)
    for cells, half_term, share in (
        ({"programme": 1}, 3, 1.0),
        ({"programme": 1}, 7, 4 / 6),
        ({"programme": 0}, 3, 0.0),
    ):
        state = at_work(**cells)
        put(state.programmes, begins=0)
        assert paid_share_of(state, p, 0, half_term) == pytest.approx(share)


def test_a_partnerships_years_are_counted_from_its_beginning() -> None:
    state = at_work(began=2)
    found = [when for when in range(0, 21) if anniversary(state.partnerships, 0, Clock((1, when)))]
    assert found == [8, 14, 20]


def in_programme(half_term: int, seed: int = 1, values: dict[str, float | str] | None = None, **cells: float) -> State:
    """As `over`, in a programme that began at half-term 0; its own levers are in row 1 only."""
    state = at_work(**{"programme": 1, "began": 0, "due": 99, "hours": 5.0, "gain": 0.5} | cells)
    put(state.programmes, begins=0)
    p = side_by_side(certain(**LASTING), certain(**LASTING | (values or {})))
    count_commitments(state)
    end_or_go_on(state, p, Clock((seed, half_term)))
    return state


def is_over(state: State) -> bool:
    return bool(state.partnerships.alive[0] == 0)


def test_what_is_new_is_given_time_and_a_programmes_more() -> None:
    values: dict[str, float | str] = {"end__money_stops": 1.0, "end__settled": 3, "programme__patience": 6}
    for half_term, ends in ((2, False), (3, True)):
        assert ended(half_term, hours=0.0, values=values) == ends
    for half_term, ends in ((5, False), (6, True)):
        assert is_over(in_programme(half_term, hours=0.0, values=values)) == ends
    assert not ended(3, values=values)
    assert not ended(3, hours=0.0, values=values | {"end__money_stops": 0.0})


@pytest.mark.parametrize(("half_term", "chance"), [(3, 0.2), (8, 0.35), (20, 0.5)])
def test_money_holds_off_what_wears_a_partnership_out(half_term: int, chance: float) -> None:
    """.5 x (1 - .6 x the share paid): all of it, half of it, nothing."""
    values = GRANT | {"end__distrust": 1.0, "end__distrust_slope": 0.0, "funding__holds": 0.6}
    for seed in range(1, 12):
        drawn = luck(seed, draws.END, half_term, UID)
        assert is_over(in_programme(half_term, seed, values)) == (drawn < chance)
        assert ended(half_term, seed, values=values) == (drawn < 0.5)


def test_want_of_hours_and_a_shut_gate_add_up() -> None:
    """.2 for no hours and .5 x the more shut of two gates: 1 - .5 x .2 of the first, not the second's 1 - .5 x .8."""
    values: dict[str, float | str] = {
        "end__money_stops": 0.2, "end__closed_head": 0.5, "leadership__gate": 1.0, "leadership__distributed_gate": 0.5,
    }  # fmt: skip
    seen = set()
    for seed in range(1, 16):
        state = at_work(began=0, due=99, hours=0.0, gain=0.5)
        put(state.schools, closed=1, distributed=(0.2, 0.8))
        count_commitments(state)
        end_or_go_on(state, certain(**LASTING | values), Clock((seed, 10)))
        expected = luck(seed, draws.END, 10, UID) < 0.2 + 0.5 * 0.9
        assert is_over(state) == expected
        seen.add(expected)
    assert len(seen) == 2


def test_shallow_partnerships_end_with_their_money() -> None:
    """Chance .9 x what is gone x (1 - depth); depth 1 - (1 - .5 x (.4 + .6 x 1/4)) x (1 - .4) = .565."""
    values = GRANT | {"end__money_stops": 0.9, "end__depth_one_way": 0.4, "funding__holds": 0.0}
    cells = {"given": 8.0, "returned": 2.0}
    seen = set()
    for half_term, gone in ((5, 0.0), (8, 0.5), (20, 1.0)):
        for seed in range(1, 9):
            expected = luck(seed, draws.WITHDRAW, half_term, UID) < gone * 0.9 * (1 - 0.565)
            assert is_over(in_programme(half_term, seed, values, **cells)) == expected
            assert not is_over(in_programme(half_term, seed, values, **cells, following_up=1))
            seen.add(expected)
    assert len(seen) == 2
    for more in ({"funding__years": 0}, {"funding__per_partnership": 0.0}):
        lasting = values | more | {"end__money_stops": 9.0}
        assert not is_over(in_programme(20, 1, lasting, **cells))
    assert not is_over(in_programme(20, 1, values | {"end__money_stops": 9.0}, **cells, programme=0))


@pytest.mark.parametrize(
    ("half_term", "cells", "values", "follows"),
    [
        (9, {"due": 10}, {}, 0), (10, {"due": 10}, {}, 1), (10, {"due": 10, "follow_up": 0.0}, {}, 0),
        (4, {}, GRANT, 0), (5, {}, GRANT, 1), (5, {"programme": 0}, GRANT, 0),
        (5, {}, GRANT | {"funding__years": 0}, 0),
        (5, {}, GRANT | {"funding__years": 2}, 0),
    ],
)  # fmt: skip
def test_what_is_planned_is_followed_up_when_the_task_or_the_money_is_over(
    half_term: int, cells: dict[str, float], values: dict[str, float | str], follows: int
) -> None:
    """Three half-terms of it, counted from the next; money that shrinks with the next half-term has stopped."""
    more: dict[str, float | str] = {"followup__length": 3, "end__collegial": 9.0, "funding__holds": 0.0}
    state = in_programme(half_term, 1, more | values, **{"follow_up": 2.0} | cells)
    assert state.partnerships.following_up[0] == follows
    assert state.partnerships.alive[0] == 1 or cells.get("follow_up") == 0.0
    if follows:
        assert state.partnerships.due[0] == half_term + 4


def test_paid_partners_take_on_another_task() -> None:
    """No chance of their own, .6 for the money paid in the half-term to come; a new task of 4 to 6 half-terms."""
    renewed = 0
    values = GRANT | {
        "end__collegial": 0.0, "funding__holds": 0.6, "end__task_least": 4, "end__task_most": 6,
        "disclosure__base": 99.0, "programme__mode": "exchange",
    }  # fmt: skip
    for seed in range(1, 10):
        state = in_programme(3, seed, values, due=3, follow_up=2.0, following_up=1, mode=0, own_need=0)
        goes_on = luck(seed, draws.RENEW, 3, UID) < 0.6
        here, counts = state.partnerships, state.ledger.counts
        assert here.alive[0] == goes_on
        assert (counts[TASKS_DONE], counts[RENEWED], counts[OUTLIVED]) == (1, goes_on, 0)
        if goes_on:
            assert here.due[0] == 3 + 4 + int(3 * luck(seed, draws.TASK_LENGTH, 3, UID))
            assert (here.follow_up[0], here.following_up[0], here.collegial[0]) == (0.0, 0, 0)
            assert (here.refocused[0], here.mode[0]) == (3, 1)
            assert counts[FOCUSES] == 1
        renewed += goes_on
    assert 0 < renewed < 9
    # In the last paid half-term nothing is paid in the next.
    last = GRANT | {"funding__taper": 0, "end__collegial": 0.0, "funding__holds": 1.0}
    assert is_over(in_programme(5, 1, last, due=5))
    assert not is_over(in_programme(4, 1, last, due=4))


def test_from_work_on_the_focus_something_else_may_be_brought_home() -> None:
    """By a draw of the learner, in place of the focus; never where the giver leads in no other. Givers gain as ever."""
    usual = works(at_work())
    seen = set()
    for seed in range(1, 9):
        for other in (0.9, 0.1):
            state = at_work()
            state.knowledge.mastery[0, 1], state.knowledge.mastery[2, 1] = other, 0.2
            works(state, seed=seed, learning__besides=0.5)
            elsewhere = luck(seed, draws.BROUGHT_HOME, 3, state.teachers.uid[2]) < 0.5 and other > 0.2
            focus, brought = (gained(state, 2, practice)[0] for practice in (0, 1))
            assert (focus == 0.0, brought > 0.0) == (elsewhere, elsewhere)
            assert focus + brought == pytest.approx(state.partnerships.gain[0])
            assert state.ledger.counts[LEARNT_PARTNERS] == pytest.approx(focus + brought)
            assert state.teachers.load[2] == 1
            assert gained(state, 0, 0) == gained(usual, 0, 0)
            assert state.partnerships.hours[0] == pytest.approx(usual.partnerships.hours[0])
            seen.add(elsewhere)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("focus", "lost", "pair"),
    [
        # The same practice: who is in the middle of it goes on, whatever there is left; who left is replaced.
        (0, False, (1, 2)), (0, True, (0, 2)),
        # Another one, of which the giver knows .1 more than the learner does: not enough to stay for.
        (1, False, (0, 3)),
    ],
)  # fmt: skip
def test_a_task_renewed_on_the_same_practice_keeps_its_pairs(focus: int, lost: bool, pair: tuple[int, int]) -> None:
    values = GRANT | {
        "end__collegial": 0.0, "funding__holds": 1.0, "disclosure__base": 99.0, "pairs__luck": 0.0,
        "refocus__room": 0.2, "informal__enterprise": 0.0,
    }  # fmt: skip
    state = at_work(programme=1, began=0, due=3, hours=5.0, gain=0.5, focus=focus)
    put(state.programmes, begins=0)
    put(state.schools, need=0)
    state.knowledge.mastery[:, 0] = (0.9, 0.4, 0.3, 0.0)
    here = state.partnerships
    here.giver[0, 0], here.giver_uid[0, 0] = 1, 1 if lost else state.teachers.uid[1]
    count_commitments(state)
    end_or_go_on(
        state, side_by_side(certain(**LASTING | {"end__settled": 99}), certain(**LASTING | values)), Clock((1, 3))
    )
    assert state.ledger.counts[RENEWED] == 1
    assert here.focus[0] == 0
    assert (here.giver[0, 0], here.learner[0, 0]) == pair
    assert both_in_post(state.teachers, here, 0, 0)
    assert state.ledger.counts[REFILLED] == lost


@pytest.mark.parametrize(("half_term", "began", "mode"), [(6, 0, 1), (12, 0, 1), (5, 0, 0), (0, 0, 0), (7, 1, 1)])
def test_once_a_year_a_partnership_may_go_a_step_deeper(half_term: int, began: int, mode: int) -> None:
    values: dict[str, float | str] = {"programme__mode": "exchange", "end__settled": 99}
    state = in_programme(half_term, 1, values, began=began, mode=0, refocused=half_term)
    assert state.partnerships.mode[0] == mode
    assert state.partnerships.refocused[0] == half_term


def test_a_new_focus_comes_with_a_mode_and_pairs_of_its_own() -> None:
    state = at_work(mode=0, programme=1, began=0, due=99, hours=5.0, gain=0.5, refocused=1, focus=1)
    put(state.programmes, begins=0)
    state.partnerships.giver[0, 0] = 1
    state.partnerships.giver_uid[0, 0] = state.teachers.uid[1]
    base = LASTING | {"end__settled": 1, "refocus__room": 9.0, "pairs__luck": 0.0}
    p = side_by_side(certain(**base), certain(**base, programme__mode="exchange"))
    count_commitments(state)
    end_or_go_on(state, p, Clock((1, 5)))
    here = state.partnerships
    assert (here.focus[0], here.refocused[0], here.mode[0], here.giver[0, 0]) == (0, 5, 1, 0)


# --- who is asked, and says yes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "values", "begun"),
    [
        ({}, {}, False),
        ({"urging": [1.0, 0.0, 0.0, 1.0]}, {"broker__push": 199.0}, True),
        ({"urging": [0.8, 0.0, 0.0, 0.8]}, {"broker__push": 199.0}, True),
        ({"urging": [1.0, 0.0, 0.0, 0.0]}, {"broker__push": 199.0}, False),
        ({}, {"broker__resources": 0.5, "accept__funded": 199.0}, True),
        ({}, {"broker__resources": 0.5, "accept__funded": 199.0, "broker__number": 0}, False),
        ({}, {"broker__resources": 0.0, "accept__funded": 199.0}, False),
        ({"parochial": [0.3, 0.3, 0.3, 0.0]}, {"leadership__parochialism": 999.0}, True),
        ({"parochial": [0.0, 0.3, 0.3, 0.3]}, {"leadership__parochialism": 999.0}, False),
        ({"parochial": [0.3] * 3 + [0.4], "urging": [1.0] * 4},
         {"leadership__parochialism": 999.0, "broker__push": 199.0}, False),
    ],
)  # fmt: skip
def test_who_would_say_no_is_moved_by_a_broker_or_hardly_parochial(
    changes: dict[str, list[float]], values: dict[str, float], begun: bool
) -> None:
    """Acceptance -150 in logit; a push of 199 on the mean urging, money of 199, or 999 x (.3 - 0) turns it."""
    state = searching()
    put(state.schools, **changes)
    assert (found(state, **{"accept__base": -150.0, "leadership__typical": 0.3} | values) == {(3, 0)}) == begun


def test_agreement_is_a_draw_of_the_two_and_of_its_occasion() -> None:
    """Half of half: welcome .5, and ready to offer .5, confidence 1 against 1."""
    seen = set()
    for seed in range(1, 16):
        state = searching(2)
        values = {
            "accept__base": 0.0, "accept__trust": 0.0, "accept__familiarity": 0.0, "offer__level": 1.0,
            "leadership__parochialism": 0.0,
        }  # fmt: skip
        both = draws.pair(state.schools.uid[0], state.schools.uid[1])
        agrees = luck(seed, draws.ACCEPT, 3, both, 0) < 0.25
        assert (found(state, seed, **values) == {(1, 0)}) == agrees
        seen.add(agrees)
    assert len(seen) == 2


def test_a_badge_makes_more_ready_to_offer() -> None:
    for badge, begun in ((0.0, set()), (1.0, {(1, 0)})):
        state = searching(2)
        put(state.schools, badge=(0.0, badge))
        assert found(state, offer__level=1.3, offer__slope=99.0, badging__offers=0.5) == begun


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, 3),
        ({"search__distance": 1.0}, 1),
        ({"search__trust": 2.0}, 2),
        ({"search__familiarity": 2.0}, 1),
        ({"search__rivalry": 2.0, "market__choice_weight": 1.0, "rivalry__slope": 1.0}, 2),
    ],
)
def test_near_trusted_known_and_like_schools_are_preferred(values: dict[str, float], asked: int) -> None:
    """Of mastery .5, .6 and .7: 1 is near, known and like, 2 trusted and of another phase, 3 is the best."""
    state = searching()
    state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.6, 0.7)
    put(state.schools, known_standing=0.0, east=(0.0, 0.0, 1.6, 3.2), openness=0.5, phase=(0, 0, SECONDARY, 0))
    state.schools.context[2:, 0] = 3.0
    put(state.ties, familiarity=(1.0, 0.9, 0.9) + (0.0,) * 27, trust_ab=(0.5, 0.7, 0.5) + (0.0,) * 27, trust_ba=0.5)
    base = {"search__halo_base": 0.6, "search__most_secondary": 9}
    assert found(state, **base | values) == {(asked, 0)}


def test_whom_a_school_favours_is_partly_luck() -> None:
    """Twice a draw of each pair, on mastery .3, .6 and .9."""
    seen = set()
    for seed in range(1, 8):
        state = searching()
        state.repertoires.mastery[:, 1] = (0.1, 0.3, 0.6, 0.9)
        uid = state.schools.uid
        utility = {
            other: 0.3 * other + 2 * draws.normal(seed, draws.CHOICE_NOISE, 3, draws.pair(uid[0], uid[other]), 0)
            for other in (1, 2, 3)
        }
        best = max(utility, key=lambda other: utility[other])
        assert found(state, seed, search__noise=2.0) == {(best, 0)}
        seen.add(best)
    assert len(seen) > 1


def test_the_confident_call_strangers() -> None:
    """Two looks: each is bold by twice a confidence of .3, and at a school drawn of its authority."""
    seen = set()
    for seed in range(1, 16):
        state = searching_strangers(0.0)
        put(state.schools, confidence=(0.3, 1, 1, 1))
        state.ties.alive[0] = 1
        uid = state.schools.uid[0]
        looks = {
            int(4 * luck(seed, draws.STRANGERS, 3, uid, 2 * look + 1))
            for look in (0, 1)
            if luck(seed, draws.STRANGERS, 3, uid, 2 * look) < 0.6
        } - {0}
        put(state.schools, known_standing=(0.0, 0.1, 0.2, 0.3))
        expected = {(max(looks), 0)} if looks else set()
        assert found(state, seed, search__strangers=2) == expected
        seen.add(frozenset(expected))
    assert len(seen) > 2


def test_strangers_are_trusted_less_the_more_they_are_rivals() -> None:
    """Trust .3 x (1 - .5 x rivalry): 600 x .3 - 150 is a yes, 600 x .15 - 150 a no."""
    seed = seed_where(lambda seed: bool(found(searching_strangers(1.0), seed, search__strangers=2)))
    values = {
        "search__strangers": 2, "accept__base": -150.0, "accept__trust": 600.0, "trust__stranger": 0.3,
        "rivalry__slope": 1.0,
    }  # fmt: skip
    for weight, begun in ((0.0, True), (1.0, False)):
        assert bool(found(searching_strangers(1.0), seed, **values | {"market__choice_weight": weight})) == begun


def test_looks_round_the_authority_stay_in_it() -> None:
    for seed in range(1, 5):
        state = state_of(6, 2, ties=30, authorities=(0, 0, 0, 1, 1, 1))
        put(state.schools, need=(NONE, NONE, NONE, NONE, 1, NONE), confidence=1.0)
        begun = found(state, seed, search__strangers=6)
        assert all(originator in (3, 5) and partner == 4 for originator, partner in begun)


def test_proposals_are_settled_in_the_order_of_a_draw() -> None:
    """Two schools want the same third, which has room for one."""
    firsts = set()
    for seed in range(1, 8):
        state = state_of(3, 2, ties=4)
        put(state.schools, need=(1, 1, NONE), confidence=1.0, tone=1.0)
        state.repertoires.mastery[:, 1] = (0.1, 0.1, 0.9)
        for slot in (0, 1):
            tie(state, slot, (slot, 2), familiarity=1.0)
        uid = state.schools.uid
        first = min((0, 1), key=lambda row: luck(seed, draws.PRIORITY, 3, uid[row]))
        assert found(state, seed, search__most_primary=1) == {(2, first)}
        firsts.add(first)
    assert len(firsts) == 2
