"""Neutral and biased copying: how often one teacher's repertoire takes over a staff room.

Every school is a replicate. One teacher holds a practice; at a rate, teachers take over a colleague's repertoire
as it is, whoever has more (`home.copying`), the holder's by its `home.copying_bias` more often.
"""

from __future__ import annotations

import numpy as np

from schoolsim.evidence.verification import closed_forms
from schoolsim.evidence.verification.comparison import Row, sampled
from schoolsim.evidence.verification.settings import Settings
from schoolsim.evidence.verification.worlds import by_school, equal_schools, simulation

SEED = 1
MOST_STEPS = 200_000


def taken_over(
    settings: Settings, *, schools: int, staff: int, first: int, fitness: float, chance: float
) -> np.ndarray:
    """Whether the practice took each school over (1.0) or was lost (0.0), shape (schools,)."""
    scenario = settings.scenario({"home.copying": chance, "home.copying_bias": fitness - 1.0})
    world = simulation(scenario, SEED, equal_schools(np.full(schools, staff)), ("classroom",))
    world.state.practices.appeal[:] = 1.0
    world.state.teachers.focus[:] = -1
    for row in range(schools):
        world.state.knowledge.mastery[row * staff : row * staff + first, 0] = 1.0
    for _ in range(MOST_STEPS):
        world.step()
        share = by_school(world.state.knowledge.mastery[:, 0], schools).mean(axis=1)
        if np.all((share == 0.0) | (share == 1.0)):
            return share.astype(float)
    return np.full(schools, np.nan)


def fixation(settings: Settings) -> list[Row]:
    """Neutral, biased, and biased as the step shrinks to the one-at-a-time (Moran) process."""
    size, rows = settings.sizes, []
    for first in (1, 6):
        found = taken_over(
            settings, schools=size["schools"], staff=20, first=first, fitness=1.0, chance=size["neutral_chance"]
        )
        rows.append(sampled(f"neutral, {first} of 20: chance to take over", found, first / 20, "the initial share"))
    for staff, fitness, chance, schools in size["cases"]:
        found = taken_over(settings, schools=schools, staff=staff, first=1, fitness=fitness, chance=chance)
        name = f"fitness {fitness}, 1 of {staff}, copying {chance} a step: chance to take over"
        rows.append(sampled(name, found, closed_forms.fixation_in_steps(staff, fitness, chance), "the exact chain"))
    slow = f"fitness {fitness}, 1 of {staff}, slowest copying: chance to take over"
    rows.append(sampled(slow, found, closed_forms.fixation(staff, fitness), "one at a time (Moran)"))
    return rows
