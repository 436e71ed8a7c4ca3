"""Compile everything once: `python -m schoolsim.system.warm`, before many processes need it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from schoolsim.outcomes.ledger import open_half_term
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation

_FROM_THE_END: Final = "--from-the-end"


def _small() -> Simulation:
    """A small system with a programme."""
    scenario = Scenario.of(
        {"programme.originators": 2, "programme.partners_each": 1, "funding.per_partnership": 1000.0}
    )
    return Simulation(scenario, 1, Population(schools=12).table(scenario, 1))


def warm() -> None:
    """Run a small system for a year, so that every phase is compiled and kept."""
    _small().run(1)


def warm_from_the_end() -> None:
    """Compile the same, last phase first: a second process at this meets `warm` half-way."""
    simulation = _small()
    open_half_term(*simulation.state.ledger)
    simulation._measure()
    for _, phase in reversed(simulation.phases):
        phase(simulation.state, simulation.parameters, simulation.clock)


def warm_by_two() -> None:
    """As `warm`, with a second process where there is a second processor."""
    if (os.cpu_count() or 1) < 2:
        return warm()
    with subprocess.Popen([sys.executable, "-m", "schoolsim.system.warm", _FROM_THE_END]) as other:
        try:
            warm()
        finally:
            other.terminate()
    return None


if __name__ == "__main__":
    warm_from_the_end() if sys.argv[1:] == [_FROM_THE_END] else warm_by_two()
