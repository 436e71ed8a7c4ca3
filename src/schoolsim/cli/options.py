"""Arguments and options: each declared once, so that it is called and means the same in every command."""

from __future__ import annotations

import math
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from schoolsim.parameters.errors import UserError
from schoolsim.parameters.files import user_path
from schoolsim.parameters.values import printable, shown

MOST_WORKERS = 1_000
SHORTEST_LIMIT, LONGEST_LIMIT = 1e-6, 31_536_000.0
"""Seconds of a time limit: from a microsecond, below which timers stand still, to a year."""

_ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|ws|wss)://)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})/?")


def expanded(path: Path | None) -> Path | None:
    """A path as typed, `~` expanded."""
    if path is None:
        return None
    try:
        return user_path(str(path))
    except UserError as error:
        raise typer.BadParameter(str(error)) from None


def school_file(path: Path | None) -> Path | None:
    """A file of schools as typed, which must be there; nothing of it is read."""
    path = expanded(path)
    if path is not None:
        from schoolsim.config.validation import DATA_SUFFIXES, data_file_problem

        problem = data_file_problem(path, DATA_SUFFIXES["source"])
        if problem is not None:
            raise typer.BadParameter(problem)
    return path


def possible_path(text: str | None) -> str | None:
    """A path or the name of a config, as typed; refused where no file can have it."""
    return str(expanded(Path(text))) if text else text


def _workers(count: int | None) -> int | None:
    if count is not None and not 1 <= count <= MOST_WORKERS:
        raise typer.BadParameter(f"{shown(count)} is not a whole number from 1 to {MOST_WORKERS}.")
    return count


def _time_limit(seconds: float | None) -> float | None:
    if seconds is not None and not (math.isfinite(seconds) and SHORTEST_LIMIT <= seconds <= LONGEST_LIMIT):
        allowed = f"from {SHORTEST_LIMIT:f} to {LONGEST_LIMIT:.0f}, a year"
        raise typer.BadParameter(f"{seconds:g} is not a number of seconds {allowed}.")
    return seconds


def _scheduler(address: str | None) -> str | None:
    if address is not None:
        match = _ADDRESS.fullmatch(address)
        if match is None or not 0 < int(match["port"]) < 65_536:
            text = printable(address)
            raise typer.BadParameter(f'"{text}" is not the address of a Dask scheduler, such as tcp://node1:8786.')
    return address


class Executor(StrEnum):
    """Who makes the runs."""

    auto = "auto"
    serial = "serial"
    processes = "processes"
    dask = "dask"


Config = Annotated[
    str, typer.Argument(metavar="CONFIG", help="A config: its path, or its name such as badging_funding.")
]
Results = Annotated[
    Path,
    typer.Argument(metavar="DIR", callback=expanded, help="A results folder, such as results/badging_funding."),
]

Set = Annotated[
    list[str] | None,
    typer.Option(
        "-p", "--set", metavar="NAME=VALUE", help="Set a parameter, as -p market.choice_weight=0.6; may be repeated."
    ),
]
Seed = Annotated[int | None, typer.Option(help="Seed of all chance, in place of the config's.")]
Years = Annotated[int | None, typer.Option(help="Years of policy, in place of the config's.")]
Replications = Annotated[int | None, typer.Option(help="Replications a point, in place of the config's.")]
Schools = Annotated[
    Path | None,
    typer.Option(metavar="FILE", callback=school_file, help="Real schools: a register of schools as CSV, see docs."),
]
Authority = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Of that file, the schools of this authority; may be repeated."),
]

Out = Annotated[
    Path, typer.Option(metavar="DIR", callback=expanded, help="Folder in which the results folder is made.")
]
Workers = Annotated[
    int | None,
    typer.Option(callback=_workers, help="Processes; all processors but one, both of two, if left out."),
]
ExecutorOption = Annotated[
    Executor,
    typer.Option(
        metavar="WHO", help="Who makes the runs: auto, serial, processes or dask; the tables are the same bytes."
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", callback=_scheduler, help="Dask scheduler to give the runs to, as tcp://node1:8786."
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", callback=_time_limit, help="Give up a run that takes longer."),
]
Model = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MODULE:ATTR",
        help="The model of a study that is not of schools: its folder does not decide what code is run. May be "
        "repeated, for an adapter and the model in it.",
    ),
]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Make runs again that failed or took too long.")]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Do not show progress.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else, for programs.")]
Fast = Annotated[bool, typer.Option("--fast", help="A smaller run, seconds instead of minutes, that sees less.")]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", callback=expanded, help="Also write the table to FILE, as CSV."),
]
Outcomes = Annotated[
    list[str],
    typer.Option("--outcome", metavar="NAME[:min]", help="An outcome; NAME:min where less is better. May be repeated."),
]
AtLeast = Annotated[float | None, typer.Option(metavar="X", help="The bound is met by X and more.")]
AtMost = Annotated[float | None, typer.Option(metavar="X", help="The bound is met by X and less.")]
Draw = Annotated[bool, typer.Option("--draw", help="Also draw it, into the figures of the folder.")]
Names = Annotated[bool, typer.Option("--names", help="Show the names too by which parameters and outcomes are typed.")]
