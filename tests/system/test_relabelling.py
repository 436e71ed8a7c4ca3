"""The order in which schools are listed decides nothing (model, section 8)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schoolsim.system.friendships import _best_friends

from schoolsim.populations import synthetic_authority
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Teachers, TeacherTies, columns
from tests.system.worlds import PROGRAMME, World, made_table, worlds

#: Columns that hold row or slot numbers, which are names that nobody sees.
_ROWS = {
    "schools": {"first", "past", "internal_post"},
    "teachers": {"school", "best_tie"},
    "ties": {"a", "b", "next_a", "next_b", "alive", "free", "partnership"},
    "partnerships": {"originator", "partner", "tie", "giver", "learner", "alive", "free"},
}
_TOLERANCE = {"rtol": 1e-6, "atol": 1e-6}


def shuffled(world: World, seed: int) -> World:
    """The same world with its schools listed in another order."""
    order = np.random.default_rng(seed).permutation(len(world.table))
    return World(world.table.take(order), world.overrides, world.seed, world.burn_in_years)


def told_apart(simulation: Simulation, group: str) -> tuple[np.ndarray, np.ndarray]:
    """Who each row is, in the order of who they are, and the rows in that order."""
    state = simulation.state
    table = getattr(state, group)
    if group == "ties":
        table = table[table["alive"] == 1]
        uid = state.schools["uid"]
        who = np.column_stack([uid[table["a"]], uid[table["b"]]])
    else:
        table = table[table["alive"] == 1] if group == "partnerships" else table
        who = table["uid"][:, None]
    order = np.lexsort(who.T[::-1])
    return who[order], table[order]


def assert_alike(one: Simulation, other: Simulation) -> None:
    np.testing.assert_allclose(one.series, other.series, **_TOLERANCE)
    for group, rows in _ROWS.items():
        who, mine = told_apart(one, group)
        whom, theirs = told_apart(other, group)
        np.testing.assert_array_equal(who, whom, err_msg=group)
        for name in mine.dtype.names:
            if name not in rows:
                np.testing.assert_allclose(mine[name], theirs[name], **_TOLERANCE, err_msg=f"{group}.{name}")
    for name in one.state.practices.dtype.names:
        np.testing.assert_allclose(one.state.practices[name], other.state.practices[name], **_TOLERANCE, err_msg=name)
    place, elsewhere = (np.argsort(run.state.teachers["uid"]) for run in (one, other))
    for mine, theirs in zip(one.state.knowledge, other.state.knowledge, strict=True):
        np.testing.assert_allclose(mine[place], theirs[elsewhere], **_TOLERANCE)


@settings(max_examples=25)
@given(worlds(), st.integers(0, 1000))
def test_relabelling_schools_changes_nothing(world: World, seed: int) -> None:
    assert_alike(world.run(2), shuffled(world, seed).run(2))


@pytest.mark.parametrize(
    "overrides",
    [
        PROGRAMME | {"creation.hazard": 0.2, "programme.mode": "creation"},
        # Movers carry ties that are worth the same, until the table of ties is full: no slot and no row may choose.
        {"careers.carried_ties": 10.0, "careers.move": 0.4, "careers.leave": 0.01},
        {"informal.rate": 1.0, "ties.teachers": 1.0},
    ],
)
@pytest.mark.parametrize("seed", range(2))
def test_relabelling_schools_changes_nothing_for_years(seed: int, overrides: dict[str, object]) -> None:
    world = World(made_table(seed, authorities=2), overrides, seed, burn_in_years=1)
    run = world.run(4)
    assert run.state.partnerships["alive"].any()
    assert_alike(run, shuffled(world, seed).run(4))


@pytest.mark.parametrize("slots", [(0, 1), (1, 0)])
def test_of_two_friends_worth_the_same_no_slot_chooses(slots: tuple[int, int]) -> None:
    teachers, friends = columns(Teachers, 3), columns(TeacherTies, 2)
    teachers["uid"] = (30, 50, 40)
    for slot, post in zip(slots, (1, 2), strict=True):
        for name, value in {"alive": 1, "a": 0, "b": post, "trust": 0.55, "familiarity": 0.5}.items():
            friends[name][slot] = value
    _best_friends(teachers, friends)
    best = friends[teachers["best_tie"][0]]
    assert teachers["uid"][best["b"]] == 40


@pytest.mark.slow
def test_relabelling_an_authority_changes_nothing_for_a_decade() -> None:
    world = World(synthetic_authority(5), PROGRAMME, 5, burn_in_years=2)
    assert_alike(world.run(10), shuffled(world, 1).run(10))
