"""Commands with options of every kind: those each declares, and those it does not; nothing that takes long is begun."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import typer

from benchmarks.made_up_store import GRID_POINTS, grid_config, write_study
from schoolsim.cli.app import COMMANDS, SUBCOMMANDS
from schoolsim.config.locate import find_config
from tests.config.fuzzing import ARGUMENTS, NAMES, Case, mutated, surroundings
from tests.config.test_fuzzing import problems
from tests.invoking import built, invoke
from tests.nightly.made import base

LONGEST = 20.0
"""Processor seconds that a command on a small folder may take."""

WORK = (
    "schoolsim.studies.sweeps._Session.run", "schoolsim.system.simulation.Simulation.__init__",
    "schoolsim.evidence.plausibility.scoring.ProcessPoolExecutor", "schoolsim.cli.commands.doctor._compiler",
)  # fmt: skip
"""Where sweeps, runs, readings of plausibility and compiling begin: what was typed is read to the end before."""

JUNK = (
    "--nope", "-x", "", "--json=1", "--seed", "--out", "--workers", "a", "b", "-p", "a=b", "--", "--all=", "\0", "é",
    "--help", "-h", "--json", "--debug", "--quiet=yes", "-pq",
)  # fmt: skip
FILES = (
    "study.toml", "points.csv", "pipe.csv", "folder.toml", "loop.toml", "results", "results/manifest.json",
    "results/runs.parquet", "nothing.csv", "studies", "levers", "contrast", "advice.csv", "P07", "magnitudes", "F5",
    "progress.mean", "progress.mean:min", "progress.mean:sideways", "badging.scope", "partnership", "teacher", "1",
)  # fmt: skip

CHOICES = (
    "schools", "teachers", "geographic", "force", "communities", "authority", "prim", "tree", "auto", "0.5",
    "partnership",
)  # fmt: skip
"""Words that options of few take, besides those of the fuzzer of configs."""


def typed(*words: str) -> tuple[int, str, str]:
    """Exit code, what was printed, and what is wrong with how a command ended."""
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = invoke(*words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return done.exit_code, done.output, f"traceback: {done.exception!r}"[:300]
    if done.exit_code not in (0, 1, 2):
        return done.exit_code, done.output, f"exit code {done.exit_code}: {done.stderr[:300]}"
    took = time.process_time() - start
    return done.exit_code, done.stdout, f"took {took:.0f} s" if took > LONGEST else ""


@cache
def commands() -> tuple[tuple[str, ...], ...]:
    """Every command, by the words it is called by."""
    names = [function.__name__.rstrip("_") for several in COMMANDS.values() for function in several]
    below = [(name, one.__name__) for name, several in SUBCOMMANDS.items() for one in several]
    return (*((name,) for name in names), *below)


@cache
def declared(command: tuple[str, ...]) -> tuple[Any, ...]:
    """What a command declares: its arguments and options."""
    found = built()
    for name in command:
        found = found.commands[name]
    if hasattr(found, "commands"):
        found = found.commands["show"]
    return tuple(found.params)


@contextlib.contextmanager
def nothing_begun() -> Iterator[None]:
    """Whatever would make runs or compile ends the command instead, with exit code 1."""
    with contextlib.ExitStack() as patches:
        for place in WORK:
            patches.enter_context(mock.patch(place, side_effect=typer.Exit(1)))
        yield


def options(chance: random.Random, folder: Path) -> str:
    """A command with what it declares and what it does not: right, wrong, missing, doubled, without a value."""
    surroundings(folder)
    (folder / "study.toml").write_text('years = 3\n[levers]\n"badging.scope" = ["none", "individual"]\n')
    if chance.random() < 0.05:
        shutil.copytree(small_results(), folder / "results")
    command = chance.choice(commands())
    words = []
    if command == ("calibrate",) and chance.random() < 0.7:
        (folder / "calibration.toml").write_bytes(mutated(chance, calibration()))
        words.append("calibration.toml")
    for one in declared(command):
        if one.param_type_name == "argument" and chance.random() < 0.85:
            words += [chance.choice((*FILES, *NAMES))] * chance.choice((1, 1, 1, one.nargs if one.nargs > 0 else 2))
        elif one.param_type_name == "option" and chance.random() < 0.25:
            words += [chance.choice(one.opts)]
            if not one.is_flag and chance.random() < 0.9:
                words += [chance.choice((*ARGUMENTS, *FILES, *CHOICES))]
    for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
        words.insert(chance.randrange(len(words) + 1), chance.choice(JUNK))
    with contextlib.chdir(folder), nothing_begun():
        found = problems(Case((*command, *map(str, words)), codes=(0, 1, 2), seconds=LONGEST))
    return f"{[*command, *words]}: {'; '.join(found)}" if found else ""


@cache
def calibration() -> str:
    """The calibration that is shipped."""
    return find_config("calibration/magnitudes", Path.cwd()).read_text(encoding="utf-8")


@cache
def small_results() -> Path:
    """The results of a small study, made once a process."""
    place = base("results") / "study"
    write_study(place, grid_config(2 * GRID_POINTS))
    return place
