"""`schoolsim export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json

Target = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", callback=options.expanded, help="Where to; DIR/csv if left out."),
]
Compress = Annotated[bool, typer.Option("--compress", help="Write .csv.gz.")]
Constants = Annotated[
    bool,
    typer.Option("--constants", help="Put what the study sets and does not vary into runs.csv too, a column each."),
]


def export(
    folder: options.Results,
    target: Target = None,
    compress: Compress = False,
    constants: Constants = False,
    json: options.Json = False,
) -> None:
    """Write the tables of a study as CSV, for programs that read nothing else.

    An apostrophe before an id, a seed or a text keeps spreadsheets and R from taking it for a number or a formula, and
    is not part of it; columns.csv says how each column is written.
    """
    from schoolsim.studies import StudyResult

    place = folder / "csv" if target is None else target.expanduser()
    files = StudyResult.open(folder).export_csv(place, compress=compress, constants=constants)
    if json:
        say_json({"folder": place, "files": files})
    else:
        say("\n".join(str(file) for file in files))
