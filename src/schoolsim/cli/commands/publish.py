"""`schoolsim publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, tell

File = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", callback=options.expanded, help="The page; DIR/published.html if left out."),
]


def publish(folder: options.Results, out: File = None, json: options.Json = False) -> None:
    """Write one page of HTML with sliders over a study's levers and worlds, for people who install nothing.

    It is one file of at most 3 MB that loads nothing: it opens offline, also on a telephone. A study of named levels is
    answered by the runs of each combination; one with ranges by an emulator between its runs, with its error at points
    held out, and not at all outside them. That needs the extra `publish`: pip install "schoolsim[publish]".
    """
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    file = result.publish(out, tell=tell)
    if json:
        say_json({"title": result.config.title, "file": file, "complete": result.complete})
    else:
        say(str(file))
