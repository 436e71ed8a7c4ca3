"""Compiles everything once, before many processes need it at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import numba

from schoolsim.jit import source_copy, uncollected
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import open_half_term

FROM_THE_END: Final = "--from-the-end"
_COPY: Final = source_copy(Path(__file__))
# What is run to compile everything: few schools, and a programme with money.
_SCHOOLS: Final = 12
_PROGRAMME: Final = {"programme.originators": 2, "programme.partners_each": 1, "funding.per_partnership": 1000.0}
_KEPT: Final = None if _COPY is None else _COPY.parent / "all-compiled"


def _small() -> Simulation:
    """A small system with a programme."""
    scenario = Scenario.of(_PROGRAMME)
    return Simulation(scenario, 1, Population(schools=_SCHOOLS).table(scenario, 1))


def compile_all() -> None:
    """Run a small system for a year, so that every phase is compiled and kept."""
    with uncollected():
        _small().run(1)


def compile_from_the_end() -> None:
    """Compile the same, last phase first: a second process at this meets `compile_all` half-way."""
    with uncollected():
        simulation = _small()
        open_half_term(simulation.state.ledger)
        simulation.measure()
        for _, phase in reversed(simulation.phases):
            phase(simulation.state, simulation.parameters, simulation.clock)


def is_compiled() -> bool:
    """Whether all was compiled before, by this version of the code and of the compiler, and kept."""
    return bool(numba.config.DISABLE_JIT) or (_KEPT is not None and _KEPT.exists())


def compile_once() -> None:
    """As `compile_all`; where nothing is kept yet, a second process helps if there is a second processor."""
    if is_compiled():
        compile_all()
    elif _KEPT is None or _processors() < 2 or not sys.executable:
        _compile_and_note()
    else:
        command = [sys.executable, "-m", "schoolsim.jit", FROM_THE_END]
        # Whatever becomes of it, this process compiles what it did not.
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
            try:
                _compile_and_note()
            finally:
                other.terminate()


def _compile_and_note() -> None:
    compile_all()
    if _KEPT is not None:
        _KEPT.touch()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
