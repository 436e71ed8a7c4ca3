"""`schoolsim validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.commands.dock import save_table
from schoolsim.cli.output import number, say, say_json, say_table, tell
from schoolsim.cli.progress import executor_name
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

Wanted = Annotated[
    list[str] | None, typer.Option("--pattern", metavar="ID", help="Only this pattern, as P07; may be repeated.")
]
Results = Annotated[
    Path, typer.Option("--results", metavar="DIR", callback=options.expanded, help="Folder in which runs are kept.")
]
Defaults = Annotated[bool, typer.Option("--defaults", help="Parameters at their defaults, not from the posterior.")]


Plausible = Annotated[
    bool, typer.Option("--plausible", help="Judge instead twelve things a headteacher would say, on 20 seeds.")
]
Rows = Annotated[
    list[str] | None,
    typer.Option("--row", metavar="ID", help="With --plausible: only this row, as F5."),
]


def validate(
    pattern: Wanted = None,
    plausible: Plausible = False,
    row: Rows = None,
    fast: options.Fast = False,
    defaults: Defaults = False,
    out: options.OutFile = None,
    results: Results = Path("results/evidence/patterns"),
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Look for the sources' findings in the model, and in the model without the mechanism that should cause them.

    Patterns are scored, and a pattern that does not appear is a result: the exit code is 0 all the same. With
    --plausible numbers that a headteacher knows are read from runs and called plausible, strained or absurd.
    """
    if plausible:
        _plausible(row, fast=fast, workers=workers, out=out, quiet=quiet, json=json)
        return
    if row:
        raise UserError("--row means something with --plausible only: schoolsim validate --plausible --row F5")
    from schoolsim.evidence.patterns import validate as run
    from schoolsim.studies import Execution

    execution = Execution(executor_name(executor, scheduler), workers, scheduler=scheduler, progress=not quiet)
    table = run(
        pattern, folder=results, quick=fast, posterior=not defaults, execution=execution,
        report=None if quiet else tell,
    )  # fmt: skip
    if out is not None:
        save_table(table, out)
    if json:
        say_json(table.astype(object).where(table.notna(), None).to_dict("records"))
    else:
        _say(table)


def _plausible(
    rows: list[str] | None, *, fast: bool, workers: int | None, out: Path | None, quiet: bool, json: bool
) -> None:
    from schoolsim.evidence.plausibility import FEW_SEEDS, SEEDS, plausibility

    seeds = range(1, (FEW_SEEDS if fast else SEEDS) + 1)
    table = plausibility(rows, seeds, workers=workers, report=None if quiet else tell)
    if out is not None:
        save_table(table, out)
    if json:
        say_json(table.astype(object).where(table.notna(), None).to_dict("records"))
        return
    say_table(
        ("row", "number", "mean", "5% to 95% of seeds", "plausible", "verdict"),
        [
            (one["row"], one["number"], number(one["mean"]), f"{number(one['low'])} to {number(one['high'])}",
             f"{number(one['plausible_low'])} to {number(one['plausible_high'])}", one["verdict"])
            for one in table.to_dict("records")
        ],
    )  # fmt: skip
    verdicts = table.groupby("row")["row_verdict"].first().value_counts()
    say()
    say(", ".join(f"{count} of {verdicts.sum()} rows {verdict}" for verdict, count in verdicts.items()))


def _say(table: pd.DataFrame) -> None:
    from schoolsim.evidence.patterns.report import summary

    say_table(
        ("pattern", "variant", "says", "expected", "effect", "95% interval", "verdict", "ablation"),
        [
            (row["pattern"], row["variant"], row["says"], row["expect"], number(row["mean"]),
             f"{number(row['low'])} to {number(row['high'])}", row["verdict"], row["ablation"])
            for row in table.to_dict("records")
        ],
    )  # fmt: skip
    say()
    for line in summary(table):
        say(line)
