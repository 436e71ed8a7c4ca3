"""DeGroot's and Friedkin & Johnsen's opinions: values that drift over friendships between three schools.

The published matrix W = [[.5, .5, 0], [.25, .5, .25], [0, .5, .5]] is a line of three friends who trust each other
alike and move half-way to the mean of their friends (`values.drift_friends` = .5); a staff room in which everybody
moves to the staff's mean is W with equal columns.
"""

from __future__ import annotations

import numpy as np

from schoolsim.evidence.verification import closed_forms
from schoolsim.evidence.verification.comparison import Row, close
from schoolsim.evidence.verification.settings import Settings
from schoolsim.evidence.verification.worlds import equal_schools, simulation
from schoolsim.system.simulation import Simulation

LINE = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
EXACT = 1.0e-9


def _three_friends(settings: Settings, start: np.ndarray, openness: np.ndarray) -> Simulation:
    world = simulation(settings.scenario(), 1, equal_schools([1, 1, 1]), ("relations",))
    teachers, friends = world.state.teachers, world.state.friends
    teachers.values[:], teachers.values_start[:], teachers.anchor[:] = start, start, 1.0 - openness
    for tie, (one, two) in enumerate(((0, 1), (1, 2))):
        friends.alive[tie], friends.a[tie], friends.b[tie] = 1, one, two
        friends.trust_ab[tie] = friends.trust_ba[tie] = 0.6
    return world


def _after(world: Simulation, steps: int) -> np.ndarray:
    for _ in range(steps):
        world.state.friends.familiarity[:] = 1.0  # friends who never lose sight of each other
        world.step()
    return np.array(world.state.teachers.values)


def averaging(settings: Settings) -> list[Row]:
    """DeGroot: each step is x(t+1) = W x(t); in the end everyone holds pi . x0."""
    start, steps, rows = np.array([0.9, 0.2, 0.4]), int(settings.sizes["steps"]), []
    found = _after(_three_friends(settings, start, np.ones(3)), 3)
    for person, theirs in enumerate(np.linalg.matrix_power(LINE, 3) @ start):
        rows.append(close(f"opinion {person + 1} after three steps", found[person], theirs, EXACT, "W W W x0"))
    found = _after(_three_friends(settings, start, np.ones(3)), steps)
    meets = closed_forms.consensus(LINE, start)
    rows.append(close("consensus on a line of three", found[0], meets, EXACT, "pi = (.25, .5, .25)"))
    rows.append(close("what is left of disagreement", float(np.ptp(found)), 0.0, EXACT))
    world = simulation(
        settings.scenario({"values.drift_friends": 0.0, "values.drift_home": 0.3}), 1, equal_schools([40, 7]),
        ("relations",),
    )  # fmt: skip
    first = np.array(world.state.teachers.values)
    found = _after(world, steps)
    rows.append(close("consensus in a staff room of 40", found[5], first[:40].mean(), EXACT, "mean of its start"))
    rows.append(close("consensus in another of 7", found[42], first[40:].mean(), EXACT, "mean of its start"))
    return rows


def holding(settings: Settings) -> list[Row]:
    """Friedkin & Johnsen: who holds to the first opinion keeps disagreement alive."""
    start, steps, rows = np.array([0.0, 0.5, 1.0]), int(settings.sizes["steps"]), []
    for openness in (np.full(3, 0.8), np.array([0.5, 0.9, 0.9])):
        found = _after(_three_friends(settings, start, openness), steps)
        exact = closed_forms.held_opinions(LINE, openness, start)
        for person in range(3):
            name = f"openness {'/'.join(f'{a:.1f}' for a in openness)}: opinion {person + 1}"
            rows.append(close(name, found[person], exact[person], EXACT, "(I - AW)^-1 (I - A) x0"))
    return rows
