"""Staff at work at home, and what their teaching gives: small systems worked by hand (M01, M02, M05, M31, M32)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import ADVANCED, NONE, SECONDARY
from schoolsim.rules.teaching import copied_weight, fading_spared
from schoolsim.system.phases import classroom
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import AT_HOME, GRANTED
from schoolsim.system.teaching.colleagues import learn_from_colleagues
from schoolsim.system.teaching.effects import average_staff, count_guardians, measure_teaching
from schoolsim.system.teaching.imitation import imitate
from schoolsim.system.teaching.use import count_years_of_use, settle_learning, use_practices, watch_pupils
from tests.system.by_hand import certain, luck, put, seed_where, state_of


def test_guardians_are_those_who_have_served_very_long() -> None:
    state = state_of(2, [4, 2])
    put(state.teachers, years=(19, 20, 25, 3, 1, 2))
    count_guardians(state, certain(guardians__years=20.0))
    assert state.schools.guardians.tolist() == [0.5, 0.0]


def test_years_of_use_count_what_is_used_and_end_with_what_is_forgotten() -> None:
    """From mastery .6 a practice is in use."""
    state = state_of(1, 4, 1)
    state.knowledge.mastery[:, 0] = (0.6, 0.59, 0.0, 1.0)
    state.knowledge.years[:, 0] = (2.0, 2.0, 2.0, 0.0)
    count_years_of_use(state, certain(learning__routine=0.6))
    assert state.knowledge.years[:, 0].tolist() == [3.0, 2.0, 0.0, 1.0]


def test_staff_are_averaged() -> None:
    state = state_of(2, [3, 1])
    put(state.teachers, confidence=(0.1, 0.2, 0.6, 0.9), transfer=(0.3, 0.3, 0.9, 0.4))
    state.knowledge.mastery[:] = [[0.1, 0.3], [0.2, 0.3], [0.3, 0.9], [0.4, 0.8]]
    put(state.repertoires, mastery=0.7)
    average_staff(state)
    assert state.schools.confidence.tolist() == pytest.approx([0.3, 0.9])
    assert state.schools.transfer.tolist() == pytest.approx([0.5, 0.4])
    np.testing.assert_allclose(state.repertoires.mastery, [[0.2, 0.5], [0.4, 0.8]], rtol=1e-6)


def test_copying_is_of_a_colleague_by_weight_from_the_staff_room_as_it_was() -> None:
    p = certain(home__copying=0.6, home__copying_bias=2.0)
    copied = 0
    for seed in range(1, 6):
        state = state_of(2, [4, 3], 3)
        put(state.practices, appeal=(0.2, 0.5, 0.9))
        levels = {
            name: np.random.default_rng(place).random((7, 3)).astype(np.float32)
            for place, name in enumerate(("mastery", "tuning", "ownership"))
        }
        for name, values in levels.items():
            getattr(state.knowledge, name)[:] = values
        imitate(state, p, Clock((seed, 3)))
        for post in range(7):
            first, staff = (0, 4) if post < 4 else (4, 3)
            uid = state.teachers.uid[post]
            seen = post
            if luck(seed, draws.COPY, 3, uid, 0) < 0.6:
                weights = [
                    copied_weight(levels["mastery"][first + place], state.practices.appeal, p) for place in range(staff)
                ]
                place = int(
                    np.searchsorted(np.cumsum(weights), luck(seed, draws.COPY, 3, uid, 1) * np.sum(weights), "right")
                )
                seen = first + place
            copied += seen != post
            for name, values in levels.items():
                np.testing.assert_array_equal(getattr(state.knowledge, name)[post], values[seen])
    assert copied > 5


def at_home(staff: int = 4) -> State:
    """A staff of which only one does the practice that all work on."""
    state = state_of(1, staff, 2)
    put(state.teachers, focus=1, confidence=0.5)
    state.knowledge.mastery[:, 1] = 0.1
    state.knowledge.mastery[-1, 1] = 0.9
    state.knowledge.tuning[-1, 1] = 0.8
    return state


def test_colleagues_who_come_to_mind_are_drawn_more_of_them_with_a_broker_inside() -> None:
    p = certain(home__colleagues=2, home__talk=1.0)
    learnt = {0.0: 0, 0.5: 0}
    for knows in learnt:
        for seed in range(1, 8):
            state = at_home(8)
            state.schools.internal_knowledge[0] = knows
            learn_from_colleagues(state, p, Clock((seed, 3)))
            for post in range(7):
                looks = [
                    int(8 * luck(seed, draws.COLLEAGUE, 3, state.teachers.uid[post], look))
                    for look in range(2 + int(2 * knows))
                ]
                assert (state.teachers.gain_mastery[post] > 0.0) == (7 in looks)
                learnt[knows] += 7 in looks
            assert state.teachers.gain_mastery[7] == 0.0
    assert learnt[0.5] > learnt[0.0] > 0


@pytest.mark.parametrize(("knows", "looks"), [(0.2, 2), (0.3, 3), (0.7, 3), (0.8, 4)])
def test_colleagues_who_come_to_mind_by_a_broker_inside_are_whole_people(knows: float, looks: int) -> None:
    """Two, and twice what is known of them to the nearest: .4 is none more, .6 and 1.4 one, 1.6 two."""
    p = certain(home__colleagues=2, home__talk=1.0)
    for only in range(5):

        def sees_the_last_once(seed: int, only: int = only) -> bool:
            seen = [int(8 * luck(seed, draws.COLLEAGUE, 3, 500_001, look)) for look in range(5)]
            return [one == 7 for one in seen] == [look == only for look in range(5)]

        state = at_home(8)
        state.schools.internal_knowledge[0] = knows
        learn_from_colleagues(state, p, Clock((seed_where(sees_the_last_once), 3)))
        assert (state.teachers.gain_mastery[0] > 0.0) == (only < looks)


def test_nobody_learns_without_a_focus_or_on_days_without_talk() -> None:
    state = at_home()
    put(state.teachers, focus=(NONE, 1, 1, 1), gain_mastery=9.0, gain_tuning=9.0, gain_ownership=9.0)
    learn_from_colleagues(state, certain(home__colleagues=60, home__talk=0.5), Clock((1, 3)))
    for post in (1, 2):
        talks = luck(1, draws.TALK, 3, state.teachers.uid[post]) < 0.5
        assert (state.teachers.gain_mastery[post] > 0.0) == talks
    assert state.teachers.gain_mastery[0] == state.teachers.gain_tuning[0] == state.teachers.gain_ownership[0] == 0.0


def test_where_nobody_knows_more_of_the_focus_talk_is_of_the_usual_topic() -> None:
    """The last knows .8 of the second practice; of the first nobody knows more than the first two."""
    state = at_home(3)
    state.knowledge.mastery[:, 0] = (0.5, 0.5, 0.1)
    put(state.teachers, focus=(0, 0, 0), topic=(1, NONE, NONE))
    learn_from_colleagues(state, certain(home__colleagues=60, home__talk=1.0), Clock((1, 3)))
    assert (state.teachers.gain_mastery > 0.0).tolist() == [True, False, True]
    assert state.teachers.talked_of.tolist() == [1, 0, 0]
    state.teachers.focus[0] = NONE
    learn_from_colleagues(state, certain(home__colleagues=60, home__talk=1.0), Clock((1, 3)))
    assert state.teachers.talked_of[0] == NONE


def gained(**changes: float) -> tuple[float, float, float]:
    """What the first teacher gains from the last, who is looked at."""
    state = at_home(2)
    values = {name: value for name, value in changes.items() if "__" in name}
    for name, value in changes.items():
        if name in ("home_hours", "tone", "advanced"):
            put(state.schools, **{name: value})
        elif name in ("role", "years", "transfer", "pairs"):
            getattr(state.teachers, name)[1] = value
        elif "__" not in name:
            getattr(state.teachers, name)[0] = value
    learn_from_colleagues(state, certain(**{"home__colleagues": 30, "home__talk": 1.0} | values), Clock((1, 3)))
    teachers = state.teachers
    return float(teachers.gain_mastery[0]), float(teachers.gain_tuning[0]), float(teachers.gain_ownership[0])


def test_what_helps_learning_at_home_helps() -> None:
    """Hours from money saved, a warm head, advanced teachers at home, experience of learning; and what does not."""
    usual = gained()[0]
    assert usual > 0.0
    for more in ({"home_hours": 3.0}, {"tone": 1.0}, {"learning": 0.9}, {"transfer": 0.9}):
        assert gained(**more)[0] > usual, more
    for less in ({"tone": 0.0}, {"dependence": 0.9}, {"load_before": 9}, {"transfer": 0.1}):
        assert gained(**less)[0] < usual, less
    coached = {"role": ADVANCED, "ast__time": 0.5, "ast__working_hours": 200.0, "ast__outreach": 0.5}
    assert gained(**coached)[0] > gained(**coached, pairs=1)[0] > usual
    # A guardian's story makes up for some want of skill in passing it on.
    assert gained(years=30.0, guardians__source=0.5)[0] > gained(years=3.0, guardians__source=0.5)[0]


def test_what_a_colleague_has_tuned_comes_tuned_and_is_less_ones_own() -> None:
    """All move by one share of the way: to the colleague's tuning .8, to the ownership of what is learnt at home."""
    mastery, tuning, ownership = gained(adaptation__say=0.4)
    share = tuning / 0.8
    assert ownership == pytest.approx(0.4 * share)
    assert 0.0 < mastery < 0.8


def test_advanced_teachers_come_to_mind_unlooked_for() -> None:
    state = at_home(3)
    put(state.teachers, role=(0, 0, ADVANCED))
    put(state.schools, advanced=1)
    learn_from_colleagues(state, certain(home__colleagues=0, home__talk=1.0), Clock((1, 3)))
    assert (state.teachers.gain_mastery > 0.0).tolist() == [True, True, False]
    put(state.teachers, role=(ADVANCED, 0, 0))
    state.knowledge.mastery[:, 1] = (0.9, 0.1, 0.1)
    learn_from_colleagues(state, certain(home__colleagues=0, home__talk=1.0), Clock((1, 3)))
    assert (state.teachers.gain_mastery > 0.0).tolist() == [False, True, True]
    put(state.schools, advanced=0)
    learn_from_colleagues(state, certain(home__colleagues=0, home__talk=1.0), Clock((1, 3)))
    assert not state.teachers.gain_mastery.any()


def test_a_new_practice_being_learnt_is_a_load_until_it_is_routine() -> None:
    for routine, load in ((0.9, 1), (0.05, 0)):
        state = at_home(2)
        learn_from_colleagues(
            state, certain(home__colleagues=30, home__talk=1.0, learning__routine=routine), Clock((1, 3))
        )
        assert state.teachers.load.tolist() == [load, 0]


def test_all_that_was_learnt_is_settled_together() -> None:
    """Episodes noted and lessons at home add up, to full at most."""
    state = state_of(1, 2, 2)
    put(state.teachers, focus=0, talked_of=(1, NONE), gain_mastery=0.2, gain_tuning=0.3, gain_ownership=0.4)
    put(state.teachers, transfer=(0.5, 0.95), gain_transfer=0.1, learning=(0.5, 0.95), gain_learning=0.1)
    noted = state.gains
    for row, (post, practice, size) in enumerate(((0, 1, 0.1), (0, 1, 0.2), (1, 0, 2.0), (1, 1, 9.0))):
        noted.teacher[row], noted.practice[row] = post, practice
        noted.mastery[row], noted.tuning[row], noted.ownership[row] = size, 2 * size, 0.5 * size
    state.run.gains[0] = 3
    settle_learning(state)
    knowledge = state.knowledge
    np.testing.assert_allclose(knowledge.mastery, [[0.0, 0.5], [1.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(knowledge.tuning, [[0.0, 0.9], [1.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(knowledge.ownership, [[0.0, 0.55], [1.0, 0.0]], atol=1e-6)
    assert state.teachers.transfer.tolist() == pytest.approx([0.6, 1.0])
    assert state.teachers.learning.tolist() == pytest.approx([0.6, 1.0])
    assert not state.teachers.gain_transfer.any()
    assert not state.teachers.gain_learning.any()


def test_guardians_spare_what_the_school_holds_some_fading() -> None:
    """Fading .1 is spared as far as the school holds the practice, to at most half of what guardians could spare."""
    p = certain(practice__decay=0.1, practice__keep=0.0, practice__forgotten=0.02, practice__tuning_by_use=0.05)
    state = state_of(2, 1, 3)
    put(state.schools, guardians=(0.5, 0.0))
    state.knowledge.mastery[:] = [[0.8, 0.8, 0.021], [0.8, 0.8, 0.01]]
    state.knowledge.ownership[:] = 0.0
    state.repertoires.mastery[:] = [[0.2, 0.9, 0.0], [0.2, 0.9, 0.0]]
    use_practices(state, p)
    spare = 2.0 * fading_spared(0.5, p) * 0.1
    kept = state.knowledge.mastery
    plain = float(kept[1, 0])
    assert plain < 0.8
    rate = 1.0 - plain / 0.8
    assert float(kept[0, 0]) == pytest.approx(0.8 * (1 - rate * (0.1 - min(0.5 * spare, 0.2 * spare)) / 0.1), rel=1e-4)
    assert float(kept[0, 1]) == pytest.approx(0.8 * (1 - rate * (0.1 - 0.5 * spare) / 0.1), rel=1e-4)
    assert kept[:, 2].tolist() == [0.0, 0.0]


def test_pupils_show_what_a_practice_gives_as_far_as_it_is_shared() -> None:
    """A practice of the whole school held by few seems to give less, and is dropped: half of it is kept."""
    p = certain(practice__response_noise=0.05, pupils__clearer=1.0, pupils__asked=1.0, scope__weight=1.0)
    for scope in (0, 2):
        state = state_of(1, 1, 1)
        put(state.practices, scope=scope, effect=-0.1 if scope == 0 else 0.2, dependence=0.0)
        state.knowledge.mastery[:] = 0.8
        state.knowledge.ownership[:] = 0.5
        state.repertoires.mastery[:] = 0.1
        watch_pupils(state, p, Clock((1, 3)))
        assert state.knowledge.mastery[0, 0] == pytest.approx(0.4 if scope == 0 else 0.8)
        whole = state_of(1, 1, 1)
        put(whole.practices, scope=scope, effect=0.2, dependence=0.0)
        whole.knowledge.mastery[:], whole.knowledge.ownership[:] = 0.8, 0.5
        whole.repertoires.mastery[:] = 1.0
        watch_pupils(whole, p, Clock((1, 3)))
        if scope:
            assert whole.knowledge.ownership[0, 0] > state.knowledge.ownership[0, 0]


def test_the_classroom_phase_copies_where_there_is_copying() -> None:
    """Half the staff or none; with no focus and nothing learnt, nothing else changes who holds the second practice."""
    for copying in (0.0, 0.5):
        state = state_of(1, 8, 2)
        state.knowledge.mastery[:4, 1] = 1.0
        state.knowledge.ownership[:] = 1.0
        p = certain(home__copying=copying, practice__decay=0.0, practice__response=0.0)
        classroom.run(state, p, Clock((1, 3)))
        assert ((state.knowledge.mastery[:, 1] > 0.0).tolist() == [True] * 4 + [False] * 4) == (copying == 0.0)


def test_openness_is_averaged_too() -> None:
    state = state_of(2, [3, 1])
    put(state.teachers, openness=(0.1, 0.3, 0.8, 0.9))
    average_staff(state)
    assert state.schools.openness.tolist() == pytest.approx([0.4, 0.9])


def taught(phase: int, departments: int) -> tuple[State, list[float]]:
    """Seven practices of three scopes, four teachers of two departments; and what each gives by hand."""
    p = certain(
        department__number=departments, scope__weight=0.8, scope__full=0.5, practice__dip=0.01,
        cover__harm=0.002, exchange__improves=0.3,
    )  # fmt: skip
    chance = np.random.default_rng(3)
    state = state_of(2, [4, 1], 7)
    put(state.schools, phase=phase, climate=(0.03, -0.02))
    effects = (0.1, 0.2, 0.3, -0.1, 0.4, 0.5, 0.6)
    put(state.practices, scope=(0, 1, 2, 0, 1, 2, 1), effect=effects, dependence=0.1 * np.arange(7))
    put(
        state.teachers, department=np.array((0, 1, 0, 0, 1)) % departments, skill=(0.1, 0.2, -0.1, 0.0, 0.3),
        load=(0, 1, 2, 0, 0), hours_out=(0, 0, 5, 9, 0),
    )  # fmt: skip
    state.knowledge.mastery[:] = 0.6 * chance.random((5, 7))
    state.knowledge.tuning[:] = chance.random((5, 7))
    state.repertoires.distance[:] = chance.random((2, 7))
    state.repertoires.refined[:] = chance.random((2, 7))
    average_staff(state)
    measure_teaching(state, p)
    expected = []
    known = state.knowledge.mastery.astype(float)
    for post in range(5):
        school = int(post == 4)
        staff = np.arange(5) // 4 == school
        colleagues = staff & (state.teachers.department == state.teachers.department[post])
        given = float(state.teachers.skill[post])
        for practice in range(7):
            scope = (0, 1, 2, 0, 1, 2, 1)[practice]
            divided = scope == 1 and phase == SECONDARY and departments > 1
            held = known[colleagues if divided else staff, practice].mean()
            shared = 1.0 - 0.8 * (1.0 - min(1.0, held / 0.5)) if scope > 0 else 1.0
            here = state.repertoires
            refined, away = float(here.refined[school, practice]), float(here.distance[school, practice])
            lost = 0.1 * practice * away * (1.0 - float(state.knowledge.tuning[post, practice]))
            given += effects[practice] * shared * (1.0 + 0.3 * refined) * known[post, practice] * (1.0 - lost)
        given -= 0.01 * (0.0, 1.0, 2.0, 0.0, 0.0)[post]
        given -= 0.002 * (0, 0, 5, 9, 0)[post]
        expected.append(given)
    return state, expected


@pytest.mark.parametrize(("phase", "departments"), [(0, 2), (SECONDARY, 2), (SECONDARY, 3), (SECONDARY, 1)])
def test_a_teacher_gives_what_practices_give_as_far_as_those_they_take_hold_them(phase: int, departments: int) -> None:
    state, expected = taught(phase, departments)
    assert state.teachers.effect.tolist() == pytest.approx(expected, abs=1e-6)
    assert state.schools.progress.tolist() == pytest.approx(
        [np.mean(expected[:4]) + 0.03, expected[4] - 0.02], abs=1e-6
    )


def test_talk_at_home_takes_time_of_both_the_more_the_warmer_the_head() -> None:
    """2 x 1.5 hours x (.4 + .6 x .5)."""
    state = state_of(1, 2)
    put(state.teachers, focus=(1, NONE))
    put(state.schools, tone=0.5)
    state.knowledge.mastery[:, 1] = (0.1, 0.8)
    p = certain(home__talk=1.0, home__colleagues=40, home__hours=1.5, home__tone_base=0.4)
    learn_from_colleagues(state, p, Clock((1, 3)))
    assert state.ledger.hours[AT_HOME] == state.ledger.hours[GRANTED] == pytest.approx(2.1)


def test_what_is_just_mastered_enough_is_not_forgotten() -> None:
    state = state_of(1, 1, 3)
    state.knowledge.mastery[:] = (0.25, 0.24, 0.5)
    state.knowledge.tuning[:] = state.knowledge.ownership[:] = 0.5
    p = certain(practice__decay=0.0, practice__keep=0.0, practice__forgotten=0.25, practice__tuning_by_use=0.0)
    use_practices(state, p)
    assert state.knowledge.mastery[0].tolist() == [0.25, 0.0, 0.5]
    assert state.knowledge.tuning[0].tolist() == state.knowledge.ownership[0].tolist() == [0.5, 0.0, 0.5]


def test_what_is_seen_in_class_is_noisy_less_so_where_pupils_are_asked() -> None:
    """.2 x .4 + .3 x (1 - .5 x .4) x luck moves ownership .6 by .5 x tanh of it over .3; below -.3 half is dropped."""
    dropped = []
    for seed in range(1, 9):
        state = state_of(1, 1)
        put(state.practices, effect=0.2)
        put(state.teachers, focus=1)
        state.knowledge.mastery[0, 1], state.knowledge.tuning[0, 1], state.knowledge.ownership[0, 1] = 0.4, 1.0, 0.6
        p = certain(
            learning__routine=0.5, practice__response=0.5, practice__response_noise=0.3,
            pupils__clearer=0.5, pupils__asked=0.4,
        )  # fmt: skip
        watch_pupils(state, p, Clock((seed, 3)))
        seen = 0.08 + 0.24 * draws.normal(seed, draws.OBSERVE, 3, state.teachers.uid[0], 1)
        change = 0.5 * math.tanh(seen / 0.3)
        owned = 0.6 + change * (0.4 if change > 0.0 else 0.6)
        assert state.knowledge.ownership[0, 1] == pytest.approx(owned, rel=1e-5)
        assert state.knowledge.mastery[0, 1] == pytest.approx(0.2 if seen < -0.3 else 0.4)
        dropped.append(seen < -0.3)
    assert 0 < sum(dropped) < len(dropped)


def test_who_tries_nothing_watches_this_or_that() -> None:
    """One of three practices is drawn, whichever; the others stay as they are."""
    watched = []
    p = certain(learning__routine=0.5, practice__response=0.5, practice__response_noise=0.3)
    for seed in range(1, 9):
        state = state_of(1, 1, 3)
        put(state.practices, effect=0.2)
        state.knowledge.mastery[:], state.knowledge.tuning[:], state.knowledge.ownership[:] = 0.6, 1.0, 0.6
        before = state.knowledge.ownership.copy()
        watch_pupils(state, p, Clock((seed, 3)))
        practice = int(luck(seed, draws.OBSERVE, 3, state.teachers.uid[0], 0) * 3)
        assert np.flatnonzero(state.knowledge.ownership[0] != before[0]).tolist() == [practice]
        watched.append(practice)
    assert set(watched) == {0, 1, 2}


@pytest.mark.parametrize("years", [25.0, 3.0])
def test_what_is_learnt_at_home_is_of_gap_hours_channel_and_skill(years: float) -> None:
    """Every step on paper; a guardian's skill .4 becomes .4 + .5 x .6."""
    state = state_of(1, 2)
    put(state.schools, tone=0.5, home_hours=0.5)
    put(state.practices, tacit=0.4, hours=10.0)
    put(
        state.teachers, focus=(1, NONE), confidence=0.3, learning=0.7, transfer=0.4, years=(1.0, years), dependence=0.2,
        load_before=(3, 0),
    )  # fmt: skip
    for name, levels in (("mastery", (0.2, 0.8)), ("tuning", (0.1, 0.9)), ("ownership", (0.3, 0.0))):
        getattr(state.knowledge, name)[:, 1] = levels
    p = certain(
        home__talk=1.0, home__colleagues=40, home__hours=1.5, home__tone_base=0.4,
        home__familiarity=0.5, overload__weight=0.3, overload__start=1.0,
        learning__zone=0.2, learning__zone_reach=0.25, learning__zone_weight=1.0, learning__tacit_weight=1.0,
        learning__tacit_base=0.4, learning__explicit=0.9, learning__rate=2.0,
        guardians__years=20.0, guardians__source=0.5, learning__routine=0.9,
    )  # fmt: skip
    learn_from_colleagues(state, p, Clock((1, 3)))
    hours = 2.0 * 0.7 * (1.0 - 0.2) / (1.0 + 0.3 * 2.0)
    near = math.exp(1.0 - 0.6 / (0.2 + 0.25 * 0.5 * (0.3 + 0.5)))
    skill = 0.7 if years >= 20.0 else 0.4
    ease = near * (0.9 * 0.6 + 0.8 * 0.4 * (0.4 + 0.6 * 0.5) * (0.4 + 0.6 * skill))
    share = 1.0 - math.exp(-ease * 2.0 * hours / 10.0 * 0.5 * (0.5 + 0.7))
    teachers = state.teachers
    assert teachers.gain_mastery[0] == pytest.approx((0.8 * (1.0 - 0.4 * 0.2) - 0.2) * share, rel=1e-5)
    assert teachers.gain_tuning[0] == pytest.approx(0.8 * share, rel=1e-5)
    assert teachers.gain_ownership[0] == pytest.approx(0.2 * share, rel=1e-5)
    assert teachers.load.tolist() == [1, 0]


def test_an_advanced_teacher_who_knows_less_than_the_best_colleague_is_not_asked() -> None:
    state = state_of(1, 3)
    put(state.schools, advanced=1)
    put(state.teachers, focus=(1, NONE, NONE), role=(0, ADVANCED, 0))
    state.knowledge.mastery[:, 1] = (0.1, 0.3, 0.8)
    state.knowledge.tuning[:, 1] = (0.0, 0.0, 1.0)
    learn_from_colleagues(state, certain(home__talk=1.0, home__colleagues=40), Clock((1, 3)))
    assert state.teachers.gain_tuning[0] > 0.0


def test_a_practice_is_tuned_by_use() -> None:
    """.5 + .2 x .8 x (1 - .5)."""
    state = state_of(1, 1, 1)
    state.knowledge.mastery[:], state.knowledge.tuning[:] = 0.8, 0.5
    p = certain(practice__decay=0.0, practice__keep=0.0, practice__forgotten=0.1, practice__tuning_by_use=0.2)
    use_practices(state, p)
    assert state.knowledge.tuning[0, 0] == pytest.approx(0.58)


@pytest.mark.parametrize(("scope", "shared"), [(0, 1.0), (1, 0.6), (2, 0.6)])
def test_what_departments_and_schools_share_shows_as_far_as_it_is_shared(scope: int, shared: float) -> None:
    """1 - .8 x (1 - .2 / .4) = .6 of .1 x .4, without noise, over .1: the change of heart."""
    state = state_of(1, 1)
    put(state.practices, scope=scope)
    put(state.teachers, focus=1)
    state.repertoires.mastery[0, 1] = 0.2
    state.knowledge.mastery[0, 1], state.knowledge.tuning[0, 1] = 0.4, 1.0
    p = certain(
        learning__routine=0.5, practice__response=0.5, practice__response_noise=0.1, pupils__clearer=1.0,
        pupils__asked=1.0, scope__weight=0.8, scope__full=0.4,
    )  # fmt: skip
    watch_pupils(state, p, Clock((1, 3)))
    assert state.knowledge.ownership[0, 1] == pytest.approx(0.5 * math.tanh(0.4 * shared), rel=1e-5)
