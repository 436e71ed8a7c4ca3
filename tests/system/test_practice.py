"""Needs, focus and what is forgotten: small systems worked by hand (M05, M25, M38, R14)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.accountability import safe
from schoolsim.rules.codes import NONE, PRIMARY, SECONDARY
from schoolsim.system.practice.creation import BEFORE_THE_RUN, create, created_in_run, forget_unused
from schoolsim.system.practice.needs import favourite, rarities, settle_schools_needs, settle_teachers_focus
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import CREATED
from tests.system.by_hand import certain, luck, partnership, put, put_row, state_of, tie


def repertoires() -> State:
    """Four schools of two authorities, five practices of which one is no more."""
    chance = np.random.default_rng(8)
    state = state_of(4, 3, 5, authorities=(0, 0, 1, 1))
    put(
        state.practices, alive=(1, 1, 0, 1, 1), appeal=chance.random(5), effect=0.1 * chance.normal(size=5),
        dependence=chance.random(5),
    )  # fmt: skip
    state.repertoires.mastery[:] = chance.random((4, 5))
    state.repertoires.distance[:] = chance.random((4, 5))
    put(state.schools, felt_stakes=(0.0, 0.5, 0.9, 0.2), communication=(0.2, 0.9, 0.5, 0.7))
    return state


def rarity(state: State) -> np.ndarray:
    """(school, practice): 1 less what its authority holds of it, over what it holds of the one most held."""
    held = state.repertoires.mastery.astype(float)
    sums = np.array([held[:2].sum(axis=0)] * 2 + [held[2:].sum(axis=0)] * 2)
    return 1.0 - sums / sums.max(axis=1, keepdims=True)


def test_teachers_keep_a_focus_for_a_while_and_then_take_what_is_held_and_on_the_agenda() -> None:
    p = certain(home__focus_kept=4, home__agenda=0.7)
    chosen = set()
    for seed in range(1, 6):
        state = repertoires()
        tie(state, 0, (0, 1))
        tie(state, 1, (2, 3))
        partnership(state, 0, (0, 1), 0, focus=3, back=4)
        partnership(state, 1, (2, 3), 1, focus=1, alive=0)
        state.knowledge.mastery[:] = np.random.default_rng(seed).random((12, 5))
        put(state.teachers, focus=[-1, 0, 1] * 4, focus_age=[9, 2, 3] * 4)
        # The first two schools work together; only the first is divided, and its posts 0 and 2 are of one subject.
        put_row(state.schools, 0, phase=SECONDARY)
        put(state.teachers, department=(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0))
        agenda = np.zeros((4, 5))
        # As much of it as the partner's learner, and of what comes back the originator's giver, can show.
        agenda[1, 3], agenda[0, 4] = state.knowledge.mastery[3, 3], state.knowledge.mastery[0, 4]
        rare = rarity(state)
        settle_teachers_focus(state, p, Clock((seed, 6)))
        for post in range(12):
            school = post // 3
            if post % 3 == 1:
                assert (state.teachers.focus[post], state.teachers.focus_age[post]) == (0, 3)
                continue
            wanted = []
            for practice in range(5):
                told = 0.7 * agenda[school, practice]
                weight = state.practices.alive[practice] * state.practices.appeal[practice]
                weight *= state.repertoires.mastery[school, practice] + told
                weight *= safe(state.schools.felt_stakes[school], rare[school, practice], p)
                draw = 0.5 + luck(seed, draws.FOCUS, 6, state.teachers.uid[post], practice)
                wanted.append(weight * (1 - state.knowledge.mastery[post, practice]) * draw)
            assert state.teachers.focus[post] == state.teachers.topic[post] == int(np.argmax(wanted))
            assert state.teachers.focus_age[post] == 0
            chosen.add(int(state.teachers.focus[post]))
    assert len(chosen) > 2


def test_a_created_practice_that_nobody_holds_is_forgotten_after_a_year() -> None:
    state = state_of(3, 1, 5)
    put(state.practices, born=(state.practices.born[0], 6, 7, 6, 6), alive=(1, 1, 1, 1, 0))
    state.repertoires.mastery[:] = 0.0
    state.repertoires.mastery[2, 3] = 0.1
    forget_unused(state, Clock((1, 12)))
    assert state.practices.alive.tolist() == [1, 0, 1, 1, 0]


@pytest.mark.parametrize("analysed", [0.0, 0.6, 1.0])
def test_a_school_wants_what_looks_good_is_missing_fits_and_is_safe(analysed: float) -> None:
    """Appeal x (1 - mastery) x (1 - .5 x dependence x distance), made safe, and luck, less of it where analysed."""
    p = certain(need__noise=0.3)
    chosen = set()
    for seed in range(1, 9):
        state = repertoires()
        put(state.schools, needs_analysed=analysed)
        rare = rarity(state)
        settle_schools_needs(state, p, Clock((seed, 6)))
        practices, held = state.practices, state.repertoires
        for school in range(4):
            wishes = []
            for practice in range(5):
                wish = practices.appeal[practice] * (1.0 - held.mastery[school, practice])
                wish *= 1.0 - 0.5 * practices.dependence[practice] * held.distance[school, practice]
                wish *= safe(state.schools.felt_stakes[school], rare[school, practice], p)
                wish += (1 - analysed) * 0.3 * luck(seed, draws.NEED, 6, state.schools.uid[school], practice)
                wishes.append(wish if practices.alive[practice] else -9.0)
            assert state.schools.need[school] == int(np.argmax(wishes))
            chosen.add(int(state.schools.need[school]))
    assert len(chosen) > 1


def test_a_school_that_masters_all_still_names_something() -> None:
    """Nothing is missing: of equals the first alive; where nothing is alive there is no need."""
    state = repertoires()
    state.repertoires.mastery[:] = 1.0
    put(state.practices, alive=(0, 0, 0, 1, 1))
    settle_schools_needs(state, certain(need__noise=0.0), Clock((1, 6)))
    assert state.schools.need.tolist() == [3] * 4
    put(state.practices, alive=0)
    settle_schools_needs(state, certain(need__noise=0.0), Clock((1, 6)))
    assert state.schools.need.tolist() == [NONE] * 4


def test_how_rare_a_practice_is_depends_on_what_is_held_in_the_authority() -> None:
    """Held in sum (.5, 1, 0) and (.2, .1, .4); where nothing is held, everything is rare."""
    state = state_of(4, 1, 3, authorities=(0, 0, 1, 2))
    state.repertoires.mastery[:] = [[0.5, 0.4, 0.0], [0.0, 0.6, 0.0], [0.2, 0.1, 0.4], [0.0, 0.0, 0.0]]
    np.testing.assert_allclose(rarities(state), [[0.5, 0.0, 1.0], [0.5, 0.75, 0.0], [1.0, 1.0, 1.0]], atol=1e-6)


def test_a_school_is_proudest_of_what_it_does_well_and_looks_good() -> None:
    """Mastery x (.5 + .5 x appeal): .8 x .6 = .48, .6 x .85 = .51, and .9 x .9, which is no more."""
    state = state_of(2, 1, 3)
    put(state.practices, appeal=(0.2, 0.7, 0.8), alive=(1, 1, 0))
    state.repertoires.mastery[:] = [[0.8, 0.6, 0.9], [0.0, 0.0, 0.9]]
    assert [favourite(state, school) for school in (0, 1)] == [1, 0]
    put(state.practices, alive=(0, 1, 1))
    assert [favourite(state, school) for school in (0, 1)] == [2, 2]


@pytest.mark.parametrize("back", [1, NONE])
def test_a_practice_is_created_of_what_each_brought(back: int) -> None:
    """Means of both, or the one twice; at home half-way; both people of the pair hold it, tuned and as their own."""
    state = state_of(3, 2, 4)
    put(
        state.practices, alive=(1, 1, 0, 1), kind=(0.2, 0.6, 0, 0.9), tacit=(0.1, 0.5, 0, 0.9), scope=(2, 1, 0, 0),
        hours=(10.0, 20.0, 0, 99), dependence=(0.4, 0.8, 0, 0), effect=(0.1, 0.3, 0, 9), evidence=0.7,
    )  # fmt: skip
    state.schools.context[:, 0], state.schools.context[:, 1] = (0.2, 0.6, 1.4), (0.1, -0.5, 0.3)
    tie(state, 0, (1, 0))
    partnership(state, 2, (1, 0), 0, focus=0, back=back)
    state.partnerships.giver[2, 3], state.partnerships.learner[2, 3] = 3, 0
    values = {
        "practice__effect_sd": 0.03, "learning__routine": 0.65, "practice__appeal_truth": 0.6,
        "practice__appeal_spread": 0.1,
    }  # fmt: skip
    state.knowledge.years[:] = 4.0  # of what was in the place before
    create(state, certain(**values), Clock((5, 8)), 2, 3)
    practices, knowledge = state.practices, state.knowledge
    assert practices.alive.tolist() == [1, 1, 1, 1]
    assert (practices.born[2], practices.parent[2], practices.other_parent[2]) == (8, 0, max(0, back))
    other = max(0, back)
    expected = [0.5 * (values[0] + values[other]) for values in ((0.2, 0.6), (0.1, 0.5), (10.0, 20.0))]
    assert [practices.kind[2], practices.tacit[2], practices.hours[2]] == pytest.approx(expected)
    assert (practices.evidence[2], practices.scope[2]) == (0.0, (2, 1)[other])
    assert practices.dependence[2] == pytest.approx(0.5 * (0.4 + (0.4, 0.8)[other]))
    drawn = [draws.normal(5, draws.CREATED, 8, 700_003, which) for which in (0, 1)]
    assert practices.effect[2] == pytest.approx(0.5 * (0.1 + (0.1, 0.3)[other]) + 0.03 * drawn[0])
    assert practices.appeal[2] == pytest.approx(min(1.0, max(0.0, 0.5 + 0.1 * (0.6 * drawn[0] + 0.8 * drawn[1]))))
    home = np.zeros(practices.home.shape[1])
    home[:2] = (0.4, -0.2)
    assert practices.home[2].tolist() == pytest.approx(home.tolist())
    away = [math.hypot(0.2, 0.3), math.hypot(0.2, 0.3), math.hypot(1.0, 0.5)]
    assert state.repertoires.distance[:, 2].tolist() == pytest.approx([1 - math.exp(-0.5 * one) for one in away])
    for post in range(6):
        levels = [getattr(knowledge, name)[post, 2] for name in ("mastery", "tuning", "ownership")]
        assert levels == pytest.approx([0.65, 1.0, 1.0] if post in (0, 3) else [0.0] * 3, abs=1e-6)
    assert knowledge.years[:, 2].tolist() == [0.0] * 6
    assert (np.delete(knowledge.years, 2, axis=1) == 4.0).all()
    assert state.ledger.counts[CREATED] == 1
    # Every place is taken: nothing more is born.
    create(state, certain(**values), Clock((5, 9)), 2, 3)
    assert state.ledger.counts[CREATED] == 1
    assert practices.born[2] == 8


def test_what_was_there_before_the_run_is_kept_though_nobody_holds_it() -> None:
    state = state_of(1, 1, 3)
    put(state.practices, born=(BEFORE_THE_RUN, 0, 6))
    forget_unused(state, Clock((1, 6)))
    assert state.practices.alive.tolist() == [1, 0, 1]
    assert [created_in_run(state, practice) for practice in range(3)] == [False, True, True]


def test_the_first_place_may_be_the_free_one() -> None:
    state = state_of(2, 1, 3)
    put(state.practices, alive=(0, 1, 1))
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, focus=1, back=NONE)
    create(state, certain(), Clock((1, 8)), 0, 0)
    assert (state.practices.alive[0], state.practices.born[0], state.ledger.counts[CREATED]) == (1, 8, 1)


def test_what_is_on_the_agenda_of_either_side_is_worked_on_at_home() -> None:
    """Nothing is held: only what can be shown counts, the focus at the partner's, what comes back at the other."""
    for back, of_originator in ((2, 2), (0, 0), (NONE, 0)):
        state = state_of(2, 1, 3)
        put(state.schools, communication=0.5)
        tie(state, 0, (0, 1))
        partnership(state, 0, (0, 1), 0, focus=1, back=back)
        # The learner has begun to master it, the giver what comes back.
        state.repertoires.mastery[:] = 0.0
        state.knowledge.mastery[:] = [[0.0, 0.0, 0.3], [0.0, 0.3, 0.0]]
        settle_teachers_focus(state, certain(home__agenda=9.0), Clock((1, 6)))
        assert state.teachers.focus.tolist() == [of_originator, 1]


@pytest.mark.parametrize(
    ("phase", "departments", "focus"),
    [
        (PRIMARY, (0, 0, 0), [1, 1, 1]),  # the whole staff hears of it
        (PRIMARY, (0, 1, 2), [1, 1, 1]),  # whatever people who came from elsewhere have taught
        (SECONDARY, (0, 0, 0), [1, 1, 1]),
        (SECONDARY, (0, 1, 0), [1, 0, 1]),  # the head of this school passes nothing on
        (SECONDARY, (0, 1, 2), [1, 0, 0]),
    ],
)
def test_a_department_hears_of_its_own_work_without_the_head(
    phase: int, departments: tuple[int, int, int], focus: list[int]
) -> None:
    """Post 3 works on practice 1 with another school, and its school holds nothing but a little of practice 0."""
    state = state_of(2, (3, 3), 3)
    put(state.schools, communication=(1.0, 0.0), phase=phase)
    put(state.teachers, department=(0, 0, 0, *departments))
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, focus=1)
    state.repertoires.mastery[1] = [0.1, 0.0, 0.0]
    state.knowledge.mastery[:] = 0.0
    state.knowledge.mastery[3, 1] = 0.5
    settle_teachers_focus(state, certain(home__agenda=9.0), Clock((1, 6)))
    assert state.teachers.focus[3:].tolist() == focus


@pytest.mark.parametrize(
    ("communication", "held", "focus"), [(0.1, 0.07, [1, 1]), (0.1, 0.7, [1, 0]), (0.0, 0.07, [1, 0])]
)
def test_other_departments_hear_what_the_head_passes_on(communication: float, held: float, focus: list[int]) -> None:
    """Of 4.5 x .5 that the department at work hears, others hear the head's tenth; luck makes of each .5 to 1.5."""
    state = state_of(2, (3, 3), 2)
    put(state.schools, communication=communication, phase=SECONDARY)
    put(state.teachers, department=(0, 0, 0, 0, 0, 1))
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, focus=1)
    state.repertoires.mastery[1] = [held, 0.0]
    state.knowledge.mastery[:] = 0.0
    state.knowledge.mastery[3, 1] = 0.5
    settle_teachers_focus(state, certain(home__agenda=4.5), Clock((1, 6)))
    assert state.teachers.focus[4:].tolist() == focus


def test_the_last_practice_is_forgotten_as_any_other() -> None:
    state = state_of(1, 1, 3)
    put(state.practices, born=(BEFORE_THE_RUN, 1, 0))
    forget_unused(state, Clock((1, 6)))
    assert state.practices.alive.tolist() == [1, 1, 0]
