"""Compiles everything once, before many processes need it at the same time."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from numba import config

from schoolsim.jit import FROM_THE_END, damaged, seal, source_copy, uncollected
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import open_half_term

_LOG: Final = logging.getLogger("schoolsim.compiling")
_DISK_REFUSES: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
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
    """Run a small system for a year, so that every phase is compiled and kept.

    Where the disk refuses to keep machine code, what was compiled stays in memory, and the rest is tried again.
    """
    told = False
    with uncollected():
        while True:
            try:
                _small().run(1)
            except OSError as error:
                if error.errno not in _DISK_REFUSES:
                    raise
                if not told:
                    reason = error.strerror or "the disk refuses"
                    _LOG.warning("schoolsim: compiled code cannot be kept (%s); it stays in memory.", reason)
                told = True
            else:
                return


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
    disabled = bool(config.DISABLE_JIT)  # type: ignore[attr-defined]  # set when loaded
    return disabled or (_KEPT is not None and _KEPT.exists() and not damaged())


def compile_once() -> None:
    """As `compile_all`; where nothing is kept yet, a second process helps if there is a second processor."""
    if is_compiled():
        compile_all()
    elif _KEPT is None or _processors() < 2 or not sys.executable:
        compile_all()
        _note()
    else:
        command = [sys.executable, "-m", "schoolsim.jit", FROM_THE_END]
        # Whatever becomes of it, this process compiles what it did not.
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
            try:
                compile_all()
            finally:
                other.terminate()
        _note()


def _note() -> None:
    seal()
    if _KEPT is not None:
        try:
            _KEPT.touch()
        except OSError:
            return


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
