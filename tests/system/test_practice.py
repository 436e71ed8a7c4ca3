"""Needs, focus and what is forgotten: small systems worked by hand (M05, M25, M38, R14)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.rules.accountability import safe
from schoolsim.system.practice.creation import forget_unused
from schoolsim.system.practice.needs import settle_teachers_focus
from schoolsim.system.state import Clock, State
from tests.system.by_hand import certain, luck, partnership, put, state_of, tie


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
        agenda = np.zeros((4, 5))
        agenda[1, 3] = agenda[0, 4] = 1.0
        rare = rarity(state)
        settle_teachers_focus(state, p, Clock((seed, 6)))
        for post in range(12):
            school = post // 3
            if post % 3 == 1:
                assert (state.teachers.focus[post], state.teachers.focus_age[post]) == (0, 3)
                continue
            wanted = []
            for practice in range(5):
                told = 0.7 * state.schools.communication[school] * agenda[school, practice]
                weight = state.practices.alive[practice] * state.practices.appeal[practice]
                weight *= state.repertoires.mastery[school, practice] + told
                weight *= safe(state.schools.felt_stakes[school], rare[school, practice], p)
                draw = 0.5 + luck(seed, draws.FOCUS, 6, state.teachers.uid[post], practice)
                wanted.append(weight * (1 - state.knowledge.mastery[post, practice]) * draw)
            assert state.teachers.focus[post] == int(np.argmax(wanted))
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
