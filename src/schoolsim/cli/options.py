"""Arguments and options: each declared once, so that it is called and means the same in every command."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Executor(StrEnum):
    """Who makes the runs."""

    auto = "auto"
    serial = "serial"
    processes = "processes"
    dask = "dask"


Config = Annotated[
    str, typer.Argument(metavar="CONFIG", help="A config: its path, or its name such as badging_funding.")
]
Results = Annotated[Path, typer.Argument(metavar="DIR", help="A results folder, such as results/badging_funding.")]

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
    Path | None, typer.Option(metavar="FILE", help="Real schools: a register of schools as CSV, see docs.")
]
Authority = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Of that file, the schools of this authority; may be repeated."),
]

Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder in which the results folder is made.")]
Workers = Annotated[int | None, typer.Option(help="Processes; all processors but one, both of two, if left out.")]
ExecutorOption = Annotated[Executor, typer.Option(help="Who makes the runs; the tables are the same bytes.")]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to give the runs to, as tcp://node1:8786.")
]
Model = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MODULE:ATTR",
        help="The model of a study that is not of schools: its folder does not decide what code is run. May be "
        "repeated, for an adapter and the model in it.",
    ),
]
TimeLimit = Annotated[float | None, typer.Option(metavar="SECONDS", help="Give up a run that takes longer.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Make runs again that failed or took too long.")]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Do not show progress.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else, for programs.")]
Fast = Annotated[bool, typer.Option("--fast", help="A smaller run, seconds instead of minutes, that sees less.")]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Also write the table to FILE, as CSV.")]
