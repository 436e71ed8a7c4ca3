"""The order in which schools are listed decides nothing (model, section 8)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolsim.populations import synthetic_authority
from schoolsim.system.learning import friends as friendships
from schoolsim.system.simulation import Simulation
from tests.system.worlds import PROGRAMME, World, chosen, in_trusts, made_table, odd, table, worlds

#: Columns that hold row or slot numbers, which are names that nobody sees.
_ROWS = {
    "schools": {"first", "past", "internal_post", "first_tie"},
    "teachers": {"school", "best_tie", "first_tie"},
    "ties": {"a", "b", "next_a", "next_b", "alive", "free", "partnership"},
    "partnerships": {"originator", "partner", "tie", "giver", "learner", "alive", "free"},
    "practices": set(),
}
_TOLERANCE = {"rtol": 1e-6, "atol": 1e-6}


def shuffled(world: World, seed: int) -> World:
    """The same world with its schools listed in another order."""
    order = np.random.default_rng(seed).permutation(len(world.table))
    return replace(world, table=world.table.take(order))


def identified(simulation: Simulation, group: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Who each row is, in the order of who they are, and the columns in that order."""
    state = simulation.state
    columns = getattr(state, group)
    rows = np.flatnonzero(columns.alive) if group in ("ties", "partnerships") else np.arange(len(columns))
    if group == "ties":
        uid = state.schools.uid
        who = np.column_stack([uid[columns.a[rows]], uid[columns.b[rows]]])
    else:
        who = (rows if group == "practices" else columns.uid[rows])[:, None]
    order = np.lexsort(who.T[::-1])
    return who[order], vars(chosen(columns, rows[order]))


def assert_alike(one: Simulation, other: Simulation) -> None:
    np.testing.assert_allclose(table(one), table(other), **_TOLERANCE)
    for group, rows in _ROWS.items():
        who, mine = identified(one, group)
        whom, theirs = identified(other, group)
        np.testing.assert_array_equal(who, whom, err_msg=group)
        for name in mine.keys() - rows:
            np.testing.assert_allclose(mine[name], theirs[name], **_TOLERANCE, err_msg=f"{group}.{name}")
    place, elsewhere = (np.argsort(run.state.teachers.uid) for run in (one, other))
    mine, theirs = (vars(chosen(run.state.knowledge, posts)) for run, posts in ((one, place), (other, elsewhere)))
    for name in mine:
        np.testing.assert_allclose(mine[name], theirs[name], **_TOLERANCE, err_msg=f"knowledge.{name}")


@settings(max_examples=25)
@given(worlds(), st.integers(0, 1000))
@example(World(odd(made_table(1, 16), {"a staff of one": 1}), {}, 39916800, burn_in_years=0), 0)
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
    assert run.state.partnerships.alive.any()
    assert_alike(run, shuffled(world, seed).run(4))


@pytest.mark.parametrize("seed", range(2))
def test_relabelling_schools_changes_nothing_while_they_change_trusts(seed: int) -> None:
    schools = made_table(seed, authorities=2)
    often = {"academies.change": 0.3, "academies.join": 0.2}
    world = World(schools, PROGRAMME | often, seed, burn_in_years=1, ties=in_trusts(schools, 4, 4))
    run = world.run(3)
    assert run.series["academies.moves"].sum() > 8
    assert_alike(run, shuffled(world, seed).run(3))


@pytest.mark.parametrize("slots", [(0, 1), (1, 0)])
def test_of_two_friends_worth_the_same_no_slot_chooses(slots: tuple[int, int]) -> None:
    simulation = World(made_table(1, 2), {}, 1).begun()
    state, p = simulation.state, simulation.parameters
    teachers, friends = state.teachers, state.friends
    friends.alive[:] = 0
    teachers.uid[:3] = (30, 50, 40)
    for slot, post in zip(slots, (1, 2), strict=True):
        friends.alive[slot], friends.a[slot], friends.b[slot] = 1, 0, post
        friends.trust_ab[slot] = friends.trust_ba[slot] = 0.55
        friends.familiarity[slot] = 0.5
    friendships._note_best_friends(state, p)
    assert teachers.uid[friends.b[teachers.best_tie[0]]] == 40


@pytest.mark.slow
def test_relabelling_an_authority_changes_nothing_for_a_decade() -> None:
    world = World(synthetic_authority(5), PROGRAMME, 5, burn_in_years=2)
    assert_alike(world.run(10), shuffled(world, 1).run(10))


def test_two_people_who_name_each_other_as_friends_have_one_tie() -> None:
    table = odd(made_table(1, 16), {"a staff of one": 1})
    friends = World(table, {"ties.teachers": 1.0}, 39916800).begun().state.friends
    pairs = [frozenset(ends) for ends in zip(friends.a.tolist(), friends.b.tolist(), strict=True)]
    pairs = [pair for pair, alive in zip(pairs, friends.alive, strict=True) if alive]
    assert len(pairs) == len(set(pairs)) > 0
