"""Teachers who leave, come and change places, and their friendships: small systems worked by hand (M14, M32)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import NONE, SECONDARY
from schoolsim.rules.practice import context_distance, unfamiliarity
from schoolsim.system.careers.people import length_of_service
from schoolsim.system.careers.staffing import replace_leavers, swap_movers
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from tests.system.by_hand import certain, friendship, luck, parameters, put, state_of, tie

STEP = 5
#: What a person brings along.
PERSONAL = (
    "uid", "department", "enquiring", "confidence", "resting_confidence", "enterprise", "transfer", "learning",
    "values", "values_start", "anchor", "skill", "dependence",
)  # fmt: skip


def people(schools: int = 2, staff: int = 2, **groups: object) -> State:
    """Staff told apart by all they are and hold."""
    state = state_of(schools, staff, 3, **groups)  # type: ignore[arg-type]
    number = len(state.teachers)
    for place, name in enumerate(PERSONAL[1:]):
        put(
            state.teachers,
            **{name: np.arange(number) + (100 * place if name in ("department", "enquiring") else 0.01 * place)},
        )
    put(state.teachers, focus=1, focus_age=2, years=7.0)
    for place, name in enumerate(("mastery", "tuning", "ownership")):
        getattr(state.knowledge, name)[:] = 0.01 * np.arange(3 * number).reshape(number, 3) + 0.1 * place
    return state


def test_who_stays_serves_another_year() -> None:
    state = people()
    replace_leavers(state, certain(careers__leave=0.0), Clock((1, STEP)))
    assert state.teachers.years.tolist() == [8.0] * 4
    assert state.teachers.uid.tolist() == [500_001, 500_002, 500_003, 500_004]


def test_friendships_end_with_either_friend_who_leaves() -> None:
    leave = 0.5
    for seed in range(1, 6):
        state = people(3)
        uids = state.teachers.uid.copy()
        for slot, ends in enumerate([(0, 2), (1, 4), (3, 5)]):
            friendship(state, slot, ends)
        replace_leavers(state, certain(careers__leave=leave), Clock((seed, STEP)))
        gone = [luck(seed, draws.LEAVE, STEP, uid) < leave for uid in uids]
        assert (state.teachers.uid != uids).tolist() == gone
        assert state.friends.alive[:3].tolist() == [not (gone[a] or gone[b]) for a, b in ((0, 2), (1, 4), (3, 5))]
        assert state.teachers.years.tolist() == [0.0 if one else 8.0 for one in gone]


def test_a_recruit_is_somebody_new_who_brings_some_practice() -> None:
    """Each practice by a draw, mastery at least the least, ownership within 0 and 1; nothing created in the run."""
    p = certain(
        careers__leave=1.0, careers__recruit_held=0.6, careers__recruit_mastery=0.3, careers__recruit_least=0.2,
        careers__recruit_ownership=0.6, careers__recruit_sd=0.4, careers__recruit_tuning=0.25, values__anchor=0.35,
        careers__new_skill=-0.1, careers__skill_sd=0.05, confidence__mean=0.45, confidence__sd=0.1,
    )  # fmt: skip
    state = people(3, 3)
    state.practices.born[1] = 1
    replace_leavers(state, p, Clock((4, STEP)))
    teachers, knowledge, held = state.teachers, state.knowledge, []
    for post in range(9):
        school, place = divmod(post, 3)
        uid = draws.pair(draws.pair(state.schools.uid[school], place), 1_000_000 + STEP)
        assert teachers.uid[post] == uid

        def drawn(which: int, uid: int = uid) -> float:
            return float(draws.normal(4, draws.PERSON, 0, uid, which))

        assert teachers.resting_confidence[post] == pytest.approx(0.45 + 0.1 * drawn(0))
        assert teachers.confidence[post] == teachers.resting_confidence[post]
        assert teachers.enterprise[post] == luck(4, draws.PERSON, 0, uid, 1)
        assert teachers.transfer[post] == pytest.approx(
            max(0.0, p.careers_transfer_mean + p.careers_transfer_sd * drawn(2))
        )
        assert teachers.learning[post] == pytest.approx(p.careers_learning_mean + p.careers_learning_sd * drawn(3))
        assert teachers.values[post] == teachers.values_start[post] == luck(4, draws.PERSON, 0, uid, 4)
        assert teachers.anchor[post] == 0.35
        assert teachers.skill[post] == pytest.approx(-0.1 + 0.05 * drawn(8))
        assert (teachers.focus[post], teachers.focus_age[post]) == (NONE, 0)
        assert teachers.years[post] == teachers.dependence[post] == teachers.enquiring[post] == 0
        for practice in range(3):
            brings = practice != 1 and luck(4, draws.RECRUIT, STEP, uid, 4 * practice) < 0.6
            mastery, ownership = (draws.normal(4, draws.RECRUIT, STEP, uid, 4 * practice + which) for which in (1, 2))
            expected = (
                (min(1.0, max(0.2, 0.3 + 0.4 * mastery)), min(1.0, max(0.0, 0.6 + 0.4 * ownership)), 0.25)
                if brings
                else (0.0, 0.0, 0.0)
            )
            levels = (
                knowledge.mastery[post, practice],
                knowledge.ownership[post, practice],
                knowledge.tuning[post, practice],
            )
            assert levels == pytest.approx(expected, abs=1e-6)
            held.append(expected[0])
    assert 0.2 in held
    assert any(0.2 < level < 1.0 for level in held)


def test_two_who_move_change_places_with_all_they_are_and_hold() -> None:
    """What was tuned to the old school fits the new one less, the more foreign it is."""
    state = people(2, 1)
    state.schools.context[1] = 0.4
    before = {name: getattr(state.teachers, name).copy() for name in PERSONAL}
    levels = {name: getattr(state.knowledge, name).copy() for name in ("mastery", "tuning", "ownership")}
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(state.teachers, name), values[::-1], err_msg=name)
    kept = 1.0 - unfamiliarity(context_distance(state.schools.context[0], state.schools.context[1]))
    assert 0.0 < kept < 1.0
    np.testing.assert_allclose(state.knowledge.tuning, kept * levels["tuning"][::-1], rtol=1e-6)
    for name in ("mastery", "ownership"):
        np.testing.assert_array_equal(getattr(state.knowledge, name), levels[name][::-1])
    assert state.teachers.years.tolist() == [0.0, 0.0]
    assert state.teachers.focus.tolist() == [NONE, NONE]
    assert state.teachers.focus_age.tolist() == [0, 0]
    assert state.teachers.school.tolist() == [0, 1]


@pytest.mark.parametrize("apart", ["phase", "authority"])
def test_teachers_move_within_phase_and_authority(apart: str) -> None:
    state = people(2, 1, authorities=(0, 1) if apart == "authority" else (0, 0))
    if apart == "phase":
        state.schools.phase[1] = SECONDARY
    before = state.teachers.uid.copy()
    swap_movers(state, certain(careers__move=1.0), Clock((1, STEP)))
    np.testing.assert_array_equal(state.teachers.uid, before)
    assert not state.friends.alive.any()


def test_movers_are_drawn_and_change_places_two_by_two_in_the_order_of_a_draw() -> None:
    """Two of one school stay where they are; the odd one finds nobody."""
    moved = 0
    for seed in range(1, 8):
        for phase in (0, SECONDARY):
            state = people(3, 3)
            put(state.schools, phase=phase)
            uids = state.teachers.uid.copy()
            swap_movers(state, certain(careers__move=0.6, careers__carried_ties=0.0), Clock((seed, STEP)))
            movers = [post for post in range(9) if luck(seed, draws.MOVE, STEP, uids[post], 0) < 0.6]
            movers.sort(key=lambda post: luck(seed, draws.MOVE, STEP, uids[post], 1))
            expected = uids.copy()
            for one, other in zip(movers[::2], movers[1::2], strict=False):
                if one // 3 != other // 3:
                    expected[one], expected[other] = uids[other], uids[one]
                    moved += 1
            assert state.teachers.uid.tolist() == expected.tolist()
    assert moved > 8


def test_friendships_go_with_movers_and_end_when_friends_become_colleagues() -> None:
    """Schools 0 and 1 change their only teachers; 2's two stay: they are of another phase."""
    state = people(3, [1, 1, 2])
    put(state.schools, phase=(0, 0, SECONDARY))
    # The secondary's two are in one school: they would change nothing.
    friendship(state, 0, (0, 2), trust=0.9)
    friendship(state, 1, (3, 1), trust=0.8)
    friendship(state, 2, (0, 1), trust=0.7)
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    friends = state.friends
    assert [(friends.a[slot], friends.b[slot]) for slot in range(3)] == [(1, 2), (3, 0), (1, 0)]
    assert friends.alive[:3].tolist() == [1, 1, 1]


def test_friends_who_come_to_work_in_one_school_are_colleagues() -> None:
    """Of schools with two posts, one post each is changed: who had a friend in the other school joins them."""
    ended = 0
    for seed in range(1, 12):
        state = people(2, 2)
        friendship(state, 0, (0, 2))
        friendship(state, 1, (0, 3))
        uids = state.teachers.uid.copy()
        at = {int(uid): post // 2 for post, uid in enumerate(uids)}
        swap_movers(state, certain(careers__move=0.5, careers__carried_ties=0.0), Clock((seed, STEP)))
        now = {int(uid): post // 2 for post, uid in enumerate(state.teachers.uid)}
        apart = [now[int(uids[0])] != now[int(uids[other])] for other in (2, 3)]
        assert state.friends.alive[:2].tolist() == apart
        ended += apart.count(False)
        assert set(at) == set(now)
    assert ended > 0


def test_a_mover_keeps_up_with_old_colleagues() -> None:
    """Two each, drawn from the staff of the school they came from, in the order of who they are."""
    p = certain(
        careers__move=1.0, careers__carried_ties=2.0, careers__carried_trust=0.65, careers__carried_familiarity=0.35,
        careers__school_tie=0.0,
    )  # fmt: skip
    state = people(2, [1, 1])
    put(state.teachers, uid=(502, 501))
    swap_movers(state, p, Clock((3, STEP)))
    friends = state.friends
    assert [(friends.a[slot], friends.b[slot]) for slot in range(4)] == [(0, 1), (0, 1), (1, 0), (1, 0)]
    assert friends.alive[:4].tolist() == [1] * 4
    assert friends.trust[:4].tolist() == [0.65] * 4
    assert friends.familiarity[:4].tolist() == [0.35] * 4
    assert not friends.alive[4:].any()


def test_which_old_colleagues_is_drawn() -> None:
    found = 0
    for seed in range(1, 8):
        state = people(2, 4, friends=40)
        uids = state.teachers.uid.copy()
        swap_movers(
            state, certain(careers__move=0.5, careers__carried_ties=1.0, careers__school_tie=0.0), Clock((seed, STEP))
        )
        moved = [post for post in range(8) if state.teachers.uid[post] != uids[post]]
        moved.sort(key=lambda post: state.teachers.uid[post])
        expected = []
        for post in moved:
            old = 1 - post // 4
            expected.append(
                (post, 4 * old + int(4 * luck(seed, draws.CARRIED_TIES, STEP, state.teachers.uid[post], 0)))
            )
        here = np.flatnonzero(state.friends.alive)
        assert [(int(state.friends.a[slot]), int(state.friends.b[slot])) for slot in here] == expected
        found += len(expected)
    assert found > 6


def test_the_schools_of_a_mover_may_come_to_know_each_other() -> None:
    p = certain(
        careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.5, careers__school_tie_trust=0.45,
        careers__school_tie_familiarity=0.25,
    )  # fmt: skip
    made = []
    for seed in range(1, 9):
        state = people(2, 1)
        uids = state.teachers.uid.copy()
        swap_movers(state, p, Clock((seed, STEP)))
        expected = any(luck(seed, draws.CARRIED_TIES, STEP, uid, 99) < 0.5 for uid in uids)
        on = find_tie(state, 0, 1)
        assert (on >= 0) == expected
        if expected:
            assert (state.ties.trust_ab[on], state.ties.trust_ba[on], state.ties.familiarity[on]) == (0.45, 0.45, 0.25)
        made.append(expected)
        assert state.ties.alive.sum() == expected
    assert 0 < sum(made) < len(made)
    known = people(2, 1)
    tie(known, 0, (0, 1), trust_ab=0.9)
    swap_movers(known, p, Clock((made.index(True) + 1, STEP)))
    assert known.ties.alive.sum() == 1
    assert known.ties.trust_ab[0] == 0.9


def test_years_in_post_are_exponential() -> None:
    """Of mean 12: the median teacher has served 12 ln 2, whole years: 8."""
    p = parameters(careers__service_mean=12.0)
    assert [length_of_service(draw, p) for draw in (0.0, 0.5, 0.9)] == [0.0, 8.0, 27.0]
