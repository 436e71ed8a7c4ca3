"""`schoolsim report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json

File = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", callback=options.expanded, help="The page; DIR/report.html if left out."),
]


def report(folder: options.Results, out: File = None, json: options.Json = False) -> None:
    """Write one page of HTML that says all of a study, to be read offline, printed or sent on.

    Question, answer with intervals, what was expected, figures, design, tables, versions, hashes, sources, and what to
    type to have it again. A study that is not finished is reported from the runs there are, and says so.
    """
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    file = result.report(out)
    if json:
        say_json({"title": result.config.title, "file": file, "complete": result.complete})
    else:
        say(str(file))
