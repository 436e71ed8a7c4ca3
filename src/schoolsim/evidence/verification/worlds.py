"""Populations and simulations made for docking: equal schools, few practices, few phases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schoolsim.parameters import Scenario
from schoolsim.populations import SchoolTable
from schoolsim.rules.codes import NONE
from schoolsim.system.phases import PHASES
from schoolsim.system.simulation import Simulation


def equal_schools(
    staff: Sequence[int] | np.ndarray,
    *,
    places: np.ndarray | None = None,
    roll: float = 100.0,
    capacity: float = 1.0e6,
    poor: Sequence[float] | np.ndarray | float = 0.2,
) -> SchoolTable:
    """Primary schools that differ in nothing but what is given.

    Args:
        staff: Teachers of each school.
        places: (school, 2) kilometres east and north; far apart when None.
        roll: Pupils of each.
        capacity: Places of each.
        poor: Share of pupils on free school meals.
    """
    number = len(staff)
    if places is None:
        places = np.column_stack([1000.0 * np.arange(number), np.zeros(number)])
    return SchoolTable(
        urn=np.arange(1, number + 1),
        name=np.array([f"School {row + 1}" for row in range(number)], dtype=object),
        phase=np.zeros(number, dtype=np.int8),
        easting=places[:, 0],
        northing=places[:, 1],
        roll=np.full(number, roll),
        capacity=np.full(number, capacity),
        disadvantage=np.broadcast_to(np.asarray(poor, dtype=float), number),
        attainment=np.zeros(number),
        teachers=np.asarray(staff),
        # Schools of different authorities have nothing to do with each other.
        authority=np.arange(number, dtype=np.int32),
        authorities=tuple(f"Authority {row + 1}" for row in range(number)),
    )


def simulation(scenario: Scenario, seed: int, table: SchoolTable, phases: Sequence[str]) -> Simulation:
    """A run of the engine that steps only the named phases, in the engine's order; nobody knows any practice yet."""
    world = Simulation(scenario, seed, table)
    world.phases = [(name, phase) for name, phase in PHASES if name in phases]
    knowledge = world.state.knowledge
    for levels in (knowledge.mastery, knowledge.tuning, knowledge.ownership):
        levels[:] = 0.0
    world.state.friends.alive[:] = 0
    world.state.ties.alive[:] = 0
    world.state.schools.first_tie[:] = NONE
    return world


def hasten(world: Simulation) -> None:
    """Make every practice so short to learn that one episode gives all of it, up to single precision."""
    world.state.practices.hours[:] = 1.0e-3


def by_school(values: np.ndarray, schools: int) -> np.ndarray:
    """A column of teachers as (school, teacher), where all staffs are equally large."""
    return values.reshape(schools, -1)
