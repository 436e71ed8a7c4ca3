"""`schoolsim dock`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.errors import FAILED
from schoolsim.cli.output import number, say, say_json, say_table, tell

if TYPE_CHECKING:
    import pandas as pd

Docks = Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Which models; all if left out.")]


def dock(
    names: Docks = None,
    fast: options.Fast = False,
    out: options.OutFile = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Hold the model, its other mechanisms off, against results that are known exactly or published.

    The exit code is 1 where a quantity is out of tolerance.
    """
    from schoolsim.evidence.verification import dock as compare

    table = compare(names or None, quick=fast, report=None if quiet else tell)
    if out is not None:
        save_table(table, out)
    if json:
        say_json(table.where(table.notna(), None).to_dict("records"))
    else:
        _say(table)
    if (table["verdict"] == "differs").any():
        raise typer.Exit(FAILED)


def save_table(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV, in a folder that is made where there is none."""
    path = path.expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False)
    tell(f"Table: {path}")


def _say(table: pd.DataFrame) -> None:
    numbers = ("ours", "theirs", "tolerance")
    rows = [
        (row["dock"], row["quantity"], *(number(row[name]) for name in numbers), row["verdict"])
        for row in table.to_dict("records")
    ]
    say_table(("model", "quantity", *numbers, "verdict"), rows, right=numbers)
    counts = table["verdict"].value_counts()
    say()
    say(f"{len(table)} quantities: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) + ".")
