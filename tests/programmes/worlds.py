"""Programmes run in a small authority; a run is made once however many tests ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from schoolsim.config import load_config
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state import State
from schoolsim.system.state.schema import HALF_TERMS
from tests.system.worlds import BY_ITSELF

Changes = Mapping[str, object]

SEEDS = (1, 2, 3, 4)
SCHOOLS = 30
NOTHING = "no_programme"


@dataclass(frozen=True)
class Ran:
    """A finished run, and each school's role as the programme began."""

    simulation: Simulation
    first_role: np.ndarray

    @property
    def state(self) -> State:
        """The state it ended in."""
        return self.simulation.state

    def outcomes(self) -> dict[str, float]:
        """Its outcomes."""
        return self.simulation.outcomes()

    def yearly(self, outcome: str) -> np.ndarray:
        """Sums of an outcome over each year of the programme."""
        series = self.simulation.series[outcome][HALF_TERMS:]
        return np.asarray(series.reshape(-1, HALF_TERMS).sum(axis=1))


@cache
def _run(programme: str, changes: tuple[tuple[str, object], ...], seed: int, years: int) -> Ran:
    scenario = Scenario.of({**load_config(f"programmes/{programme}").fixed(), **dict(changes)})
    schools = Population(schools=SCHOOLS).table(scenario, seed)
    simulation = Simulation(scenario, seed, schools, burn_in_years=1, outcomes=BY_ITSELF)
    role = np.zeros(0)
    while simulation.clock.half_term < HALF_TERMS * years:
        simulation.step()
        if simulation.clock.half_term == 1:
            role = simulation.state.schools.role.copy()
    return Ran(simulation, role)


def run(programme: str, changes: Changes | None = None, seed: int = 1, years: int = 3) -> Ran:
    """A run of a shipped programme with `changes`; it is shared and must not be changed."""
    return _run(programme, tuple(sorted((changes or {}).items())), seed, years)


def roles(programme: str, changes: Changes | None = None, seed: int = 1, years: int = 3) -> np.ndarray:
    """Each school's role as the programme began."""
    return run(programme, changes, seed, years).first_role


def mean(programme: str, outcome: str, changes: Changes | None = None, years: int = 3) -> float:
    """An outcome's mean over the seeds."""
    return float(np.nanmean([run(programme, changes, seed, years).outcomes()[outcome] for seed in SEEDS]))


def given(programme: str, role: int, changes: Changes | None = None, years: int = 3) -> float:
    """What a programme adds to teaching in schools of a first role, against the same schools without it (pupil sd)."""
    gaps = []
    for seed in SEEDS:
        chosen = roles(programme, changes, seed, years) == role
        with_ = run(programme, changes, seed, years).state.schools.progress[chosen]
        without = run(NOTHING, None, seed, years).state.schools.progress[chosen]
        gaps.append(float(with_.mean() - without.mean()))
    return float(np.mean(gaps))
