"""Compile everything once: `python -m schoolsim.system.warm`, before many processes need it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from numba import config

from schoolsim.compiled.kept import cache_folder
from schoolsim.outcomes.ledger import open_half_term
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation

_FROM_THE_END: Final = "--from-the-end"
_FOLDER: Final = cache_folder(Path(__file__))
_KEPT: Final = None if _FOLDER is None else _FOLDER / "all-compiled"


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


def is_compiled() -> bool:
    """Whether all was compiled before, by this version of the code and of the compiler, and kept."""
    return bool(config.DISABLE_JIT) or (_KEPT is not None and _KEPT.exists())


def compile_once() -> None:
    """As `warm`; where nothing is kept yet, a second process helps if there is a second processor."""
    if is_compiled():
        return warm()
    if _KEPT is None or _processors() < 2 or not sys.executable:
        return _warm_and_note()
    command = [sys.executable, "-m", "schoolsim.system.warm", _FROM_THE_END]
    # Whatever becomes of it, this process compiles what it did not.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
        try:
            _warm_and_note()
        finally:
            other.terminate()
    return None


def _warm_and_note() -> None:
    warm()
    if _KEPT is not None:
        _KEPT.touch()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    warm_from_the_end() if sys.argv[1:] == [_FROM_THE_END] else compile_once()
