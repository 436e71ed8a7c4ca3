"""Teachers who leave, come and change places, and their friendships: small systems worked by hand (M14, M32)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import ADVANCED, CLASS_TEACHER, MIDDLE_LEADER, NONE, SECONDARY
from schoolsim.rules.practice import context_distance, unfamiliarity
from schoolsim.system.careers.people import length_of_service
from schoolsim.system.careers.roles import fill_roles
from schoolsim.system.careers.staffing import replace_leavers, swap_movers
from schoolsim.system.practice.creation import BEFORE_THE_RUN
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from tests.system.by_hand import certain, friendship, luck, parameters, put, side_by_side, state_of, tie

STEP = 5
#: What a person brings along.
PERSONAL = (
    "uid", "department", "role", "enquiring", "learnt_in", "gave_in", "confidence", "resting_confidence", "enterprise",
    "openness", "transfer", "learning", "values", "values_start", "anchor", "skill", "dependence",
)  # fmt: skip
#: Those of them that are whole numbers.
WHOLE = PERSONAL[1:6]


def people(schools: int = 2, staff: int = 2, **groups: object) -> State:
    """Staff told apart by all they are and hold."""
    state = state_of(schools, staff, 3, **groups)  # type: ignore[arg-type]
    number = len(state.teachers)
    for place, name in enumerate(PERSONAL[1:]):
        put(
            state.teachers,
            **{name: np.arange(number) + (100 * place if name in WHOLE else 0.01 * place)},
        )
    put(state.teachers, focus=1, focus_age=2, years=7.0)
    for place, name in enumerate(("mastery", "tuning", "ownership", "years")):
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
        kept = [not (gone[a] or gone[b]) for a, b in ((0, 2), (1, 4), (3, 5))]
        assert state.friends.alive[:3].tolist() == kept
        first = [slot if kept[slot] else NONE for slot in (0, 1, 0, 2, 1, 2)]
        assert state.teachers.first_tie.tolist() == first
        assert state.teachers.years.tolist() == [0.0 if one else 8.0 for one in gone]


def test_a_recruit_is_somebody_new_with_the_repertoire_of_a_school_outside() -> None:
    """Mastery .5, ownership .6 and tuning .5 are each drawn; tuning to the new school is none; half if just trained.

    Held with chance .3 + .5 x (1 - .4 x .5 x .6) where the school outside has the tradition, with .3 where not.
    """
    p = certain(
        careers__leave=1.0, careers__newly_trained=0.5, careers__trained_share=0.5,
        practice__tradition_share=0.5, practice__held_base=0.3, practice__held_tradition=0.5, practice__held_fit=0.4,
        practice__first_mastery=0.5, practice__first_ownership=0.6, practice__first_sd=0.2,
        values__anchor=0.35, careers__new_skill=-0.1, careers__skill_sd=0.05, confidence__mean=0.45,
        careers__sd=0.1, careers__transfer_mean=0.5,
        careers__learning_mean=0.6,
    )  # fmt: skip
    state = people(3, 3)
    put(state.practices, born=(BEFORE_THE_RUN, 1, BEFORE_THE_RUN), dependence=0.5)
    state.repertoires.distance[:] = 0.6
    put(state.teachers, role=MIDDLE_LEADER, learnt_in=1, gave_in=1)
    replace_leavers(state, p, Clock((4, STEP)))
    teachers, knowledge, seen = state.teachers, state.knowledge, set()
    for post in range(9):
        school, place = divmod(post, 3)
        uid = draws.pair(draws.pair(state.schools.uid[school], place), 1_000_000 + STEP)
        assert teachers.uid[post] == uid

        def drawn(which: int, uid: int = uid) -> float:
            return float(draws.normal(4, draws.PERSON, 0, uid, which))

        assert teachers.resting_confidence[post] == pytest.approx(0.45 + 0.1 * drawn(0))
        assert teachers.confidence[post] == teachers.resting_confidence[post]
        assert teachers.enterprise[post] == luck(4, draws.PERSON, 0, uid, 1)
        assert teachers.transfer[post] == pytest.approx(0.5 + 0.1 * drawn(2))
        assert teachers.learning[post] == pytest.approx(0.6 + 0.1 * drawn(3))
        assert teachers.values[post] == teachers.values_start[post] == luck(4, draws.PERSON, 0, uid, 4)
        assert teachers.openness[post] == luck(4, draws.PERSON, 0, uid, 5)
        assert teachers.anchor[post] == 0.35
        assert teachers.skill[post] == pytest.approx(-0.1 + 0.05 * drawn(8))
        assert (teachers.focus[post], teachers.focus_age[post]) == (NONE, 0)
        assert teachers.years[post] == teachers.dependence[post] == teachers.enquiring[post] == 0
        assert (teachers.role[post], teachers.learnt_in[post], teachers.gave_in[post]) == (CLASS_TEACHER, 0, 0)
        trained = luck(4, draws.RECRUIT, STEP, uid, 0) < 0.5
        for practice in range(3):
            tradition = luck(4, draws.TRADITION, 0, uid, practice) < 0.5
            chance = 0.3 + 0.5 * tradition * (1.0 - 0.4 * 0.5 * 0.6)
            brings = practice != 1 and luck(4, draws.HOLDER, 0, uid, practice) < chance
            levels = [
                min(1.0, max(0.0, mean + 0.2 * draws.normal(4, draws.LEVELS, 0, uid, 3 * practice + which)))
                for which, mean in enumerate((0.5, 0.6, 0.5))
            ]
            expected = (levels[0] * (0.5 if trained else 1.0), levels[1], 0.0) if brings else (0, 0, 0)
            found = [float(getattr(knowledge, name)[post, practice]) for name in ("mastery", "ownership", "tuning")]
            # Nobody fresh from training has used anything for years.
            assert knowledge.years[post, practice] == (10.0 if brings and not trained else 0.0)
            assert found == pytest.approx(expected, abs=1e-6)
            seen.add((trained, brings, tradition))
    assert len(seen) > 5


def test_a_recruit_brings_nothing_that_is_no_more() -> None:
    state = people()
    put(state.practices, alive=(1, 0, 1))
    replace_leavers(state, certain(careers__leave=1.0, practice__held_base=1.0), Clock((1, STEP)))
    assert (state.knowledge.ownership[:, 1] == 0.0).all()
    assert (state.knowledge.ownership[:, 0] > 0.0).all()


def test_teachers_leave_less_from_strong_warm_and_badged_schools() -> None:
    """.5 x (1 - pull): pull .3 x 1, .2 x (1 - .5) and .1 x 1 in turn, and none."""
    p = certain(careers__leave=0.5, careers__leave_standing=0.3, careers__leave_tone=0.2, badging__staff=0.1)
    told = set()
    for seed in range(1, 9):
        state = people(4, 3)
        put(state.schools, standing=(1, 0, 0, 0), tone=(0.5, 1.0, 0.5, 0.5), badge=(0, 0, 1, 0))
        uids = state.teachers.uid.copy()
        replace_leavers(state, p, Clock((seed, STEP)))
        chances = np.repeat((0.35, 0.45, 0.45, 0.5), 3)
        left = [luck(seed, draws.LEAVE, STEP, uid) < chance for uid, chance in zip(uids, chances, strict=True)]
        assert (state.teachers.uid != uids).tolist() == left
        told.add(tuple(left))
    assert len(told) > 2


def test_two_who_move_change_places_with_all_they_are_and_hold() -> None:
    """What was tuned to the old school fits the new one less, the more foreign it is."""
    state = people(2, 1)
    state.schools.context[1] = 0.4
    before = {name: getattr(state.teachers, name).copy() for name in PERSONAL}
    levels = {name: getattr(state.knowledge, name).copy() for name in ("mastery", "tuning", "ownership", "years")}
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(state.teachers, name), values[::-1], err_msg=name)
    kept = 1.0 - unfamiliarity(context_distance(state.schools.context[0], state.schools.context[1]))
    assert 0.0 < kept < 1.0
    np.testing.assert_allclose(state.knowledge.tuning, kept * levels["tuning"][::-1], rtol=1e-6)
    for name in ("mastery", "ownership", "years"):
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


def test_a_badge_keeps_movers_and_those_fresh_from_training_away() -> None:
    """Both chances of .8 are halved in the badged school, the first of two."""
    p = certain(
        careers__move=0.8, careers__leave=9.0, careers__newly_trained=0.8, careers__trained_share=0.0,
        badging__staff=0.5, practice__held_base=1.0, careers__carried_ties=0.0,
    )  # fmt: skip
    moved, trained = [0, 0], [0, 0]
    for seed in range(1, 9):
        state = people(2, 4)
        put(state.schools, badge=(1, 0))
        uids = state.teachers.uid.copy()
        movers = [post for post in range(8) if luck(seed, draws.MOVE, STEP, uids[post], 0) < (0.4, 0.8)[post // 4]]
        movers.sort(key=lambda post: luck(seed, draws.MOVE, STEP, uids[post], 1))
        put(state.teachers, effect=0.0)
        swap_movers(state, p, Clock((seed, STEP)))
        expected = uids.copy()
        for one, other in zip(movers[::2], movers[1::2], strict=False):
            if one // 4 != other // 4:
                expected[one], expected[other] = uids[other], uids[one]
        assert state.teachers.uid.tolist() == expected.tolist()
        for post in movers:
            moved[post // 4] += 1
        replace_leavers(state, p, Clock((seed, STEP)))
        for post in range(8):
            fresh = luck(seed, draws.RECRUIT, STEP, state.teachers.uid[post], 0) < (0.4, 0.8)[post // 4]
            assert (state.knowledge.years[post].max() == 0.0) == fresh
            trained[post // 4] += fresh
    assert moved[0] < moved[1]
    assert trained[0] < trained[1]


@pytest.mark.parametrize(
    ("badges", "effects", "chance", "comes"),
    [
        ((1, 0, 0), (0.0, 0.1, 0.3), 1.0, 2),
        ((1, 0, 0), (0.0, 0.1, 0.3), 0.0, 1),
        ((1, 0, 0), (0.0, 0.3, 0.1), 1.0, 1),
        ((0, 0, 0), (0.0, 0.1, 0.3), 1.0, 1),
        ((1, 1, 0), (0.0, 0.1, 0.3), 1.0, 1),
        ((0.4, 0, 0), (0.0, 0.1, 0.3), 1.0, None),
    ],
)
def test_a_badged_school_has_its_choice_of_two(
    badges: tuple[float, ...], effects: tuple[float, ...], chance: float, comes: int | None
) -> None:
    """Three schools of one teacher each, drawn in their order: who comes to the first is the better of the others.

    A badge of .4 gives the choice in so many of the draws.
    """
    seeds = [
        seed
        for seed in range(1, 200)
        if luck(seed, draws.MOVE, STEP, 500_001, 1)
        < luck(seed, draws.MOVE, STEP, 500_002, 1)
        < luck(seed, draws.MOVE, STEP, 500_003, 1)
    ]
    assert len(seeds) > 9
    p = certain(careers__move=9.0, careers__carried_ties=0.0, careers__school_tie=0.0, badging__staff=chance)
    if chance == 1.0:
        # Whoever wears a badge would not move at all: what is left of 9 is more than any draw.
        p = certain(careers__move=1e9, careers__carried_ties=0.0, careers__school_tie=0.0, badging__staff=0.999_999)
    for seed in seeds[:10]:
        state = people(3, 1)
        put(state.schools, badge=badges)
        put(state.teachers, effect=effects)
        swap_movers(state, p, Clock((seed, STEP)))
        chosen = luck(seed, draws.MOVE, STEP, 500_001, 2) < 0.4 if comes is None else comes == 2
        assert state.teachers.uid[0] == (500_003 if chosen else 500_002), seed
        assert sorted(state.teachers.uid.tolist()) == [500_001, 500_002, 500_003]


def test_friendships_go_with_movers_and_end_when_friends_become_colleagues() -> None:
    """Schools 0 and 1 change their only teachers; 2's two stay: they are of another phase."""
    state = people(3, [1, 1, 2])
    put(state.schools, phase=(0, 0, SECONDARY))
    # The secondary's two are in one school: they would change nothing.
    friendship(state, 0, (0, 2))
    friendship(state, 1, (3, 1))
    friendship(state, 2, (0, 1))
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    friends = state.friends
    assert [(friends.a[slot], friends.b[slot]) for slot in range(3)] == [(1, 2), (3, 0), (1, 0)]
    assert friends.alive[:3].tolist() == [1, 1, 1]
    assert state.teachers.first_tie.tolist() == [1, 0, 0, 1]


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
    """Who took the mover's place is the only colleague left: the first of the two to look keeps up with the other."""
    p = certain(
        careers__move=1.0, careers__carried_ties=2.0, ties__teachers_trust=0.65, ties__teachers_familiarity=0.35,
        careers__school_tie=0.0,
    )  # fmt: skip
    state = people(2, [1, 1])
    put(state.teachers, uid=(502, 501))
    swap_movers(state, p, Clock((3, STEP)))
    friends = state.friends
    assert (friends.a[0], friends.b[0]) == (0, 1)
    assert (friends.trust_ab[0], friends.trust_ba[0], friends.familiarity[0]) == (0.65, 0.65, 0.35)
    assert friends.alive.tolist() == [1] + [0] * 7


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
        expected: list[tuple[int, int]] = []
        for post in moved:
            old = 1 - post // 4
            colleague = 4 * old + int(4 * luck(seed, draws.CARRIED_TIES, STEP, state.teachers.uid[post], 0))
            # Two movers may name each other: they have one tie.
            if (colleague, post) not in expected:
                expected.append((post, colleague))
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
    """One in twelve leaves or moves in a year: the median teacher has served 12 ln 2, whole years: 8."""
    p = parameters(careers__leave=0.05, careers__move=1.0 / 12.0 - 0.05)
    assert [length_of_service(draw, p) for draw in (0.0, 0.5, 0.9)] == [0.0, 8.0, 27.0]


# --- roles ----------------------------------------------------------------------------------------


def test_the_longest_serving_lead_and_of_those_the_lowest_number() -> None:
    """Two lead: one does already and stays; of the others two have served longest, and the lower number is chosen."""
    state = people(2, 4)
    put(state.schools, leaders=(2, 9))
    put(state.teachers, uid=(8, 7, 6, 5, 4, 3, 2, 1), years=(3, 9, 1, 9, 0, 0, 0, 0), role=CLASS_TEACHER)
    state.teachers.role[2] = MIDDLE_LEADER
    fill_roles(state, certain(ast__share=0.0), Clock((1, 6)))
    # The second school has only four to lead.
    assert state.teachers.role.tolist() == [0, 0, 1, 1, 1, 1, 1, 1]
    assert state.schools.advanced.tolist() == [0, 0]
    fill_roles(state, certain(ast__share=1.0, ast__each_school=1), Clock((1, 12)))
    assert state.schools.advanced.tolist() == [1, 0]


def test_of_two_who_have_served_as_long_the_lower_number_leads_wherever_it_stands() -> None:
    for uids, leader in (((1, 2, 3), 0), ((3, 1, 2), 1), ((3, 2, 1), 2)):
        state = people(1, 3)
        put(state.schools, leaders=1)
        put(state.teachers, uid=uids, years=5.0, role=CLASS_TEACHER)
        fill_roles(state, certain(ast__share=0.0), Clock((1, 6)))
        assert [post for post in range(3) if state.teachers.role[post] == MIDDLE_LEADER] == [leader]


def test_the_best_at_teaching_are_advanced_teachers_where_the_school_appoints_any() -> None:
    """Skill and effect x mastery: .1 + .2 x .5 = .2, .15 + .2 x .1 = .17 and .19; a leader is no class teacher."""
    p = certain(ast__share=1.0, ast__each_school=2)
    state = people(1, 4)
    put(state.practices, effect=(0.2, 0.0, 0.0))
    put(state.teachers, role=CLASS_TEACHER, skill=(0.1, 0.15, 0.19, 0.9))
    state.knowledge.mastery[:] = 0.0
    state.knowledge.mastery[:2, 0] = (0.5, 0.1)
    state.teachers.role[3] = MIDDLE_LEADER
    fill_roles(state, p, Clock((1, 6)))
    assert state.teachers.role.tolist() == [ADVANCED, CLASS_TEACHER, ADVANCED, MIDDLE_LEADER]
    assert state.schools.advanced.tolist() == [2]
    # They keep the post next year though others are better, and lose it where the school appoints nobody.
    put(state.teachers, skill=(-1.0, 0.15, -1.0, 0.9))
    fill_roles(state, p, Clock((1, 12)))
    assert state.teachers.role.tolist() == [ADVANCED, CLASS_TEACHER, ADVANCED, MIDDLE_LEADER]
    fill_roles(state, certain(ast__share=0.0, ast__each_school=2), Clock((1, 18)))
    assert state.teachers.role.tolist() == [CLASS_TEACHER] * 3 + [MIDDLE_LEADER]
    assert state.schools.advanced.tolist() == [0]


def test_whether_a_school_appoints_advanced_teachers_is_drawn_once_by_the_levers_of_its_area() -> None:
    p = side_by_side(certain(ast__share=0.0, ast__each_school=1), certain(ast__share=0.5, ast__each_school=1))
    appointed = []
    for seed in range(1, 7):
        state = people(4, 2)
        put(state.schools, area=(1, 1, 1, 0))
        put(state.teachers, role=CLASS_TEACHER, skill=-1.0)
        fill_roles(state, p, Clock((seed, 6)))
        expected = [luck(seed, draws.AST_SCHOOL, 0, uid) < 0.5 for uid in state.schools.uid[:3]]
        assert state.schools.advanced.tolist() == [*expected, 0]
        appointed += expected
    assert 0 < sum(appointed) < len(appointed)


def test_the_friendship_in_the_last_place_of_the_table_ends_and_moves_too() -> None:
    """The only place there is."""
    state = people(friends=1)
    friendship(state, 0, (0, 2))
    replace_leavers(state, certain(careers__leave=1.0, careers__leave_standing=0.0), Clock((1, STEP)))
    assert state.friends.alive[0] == 0
    state = people(3, 1, friends=1)
    put(state.schools, phase=(0, 0, SECONDARY))
    friendship(state, 0, (2, 0))
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    assert (state.friends.a[0], state.friends.b[0], state.friends.alive[0]) == (2, 1, 1)
