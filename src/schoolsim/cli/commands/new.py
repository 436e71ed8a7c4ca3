"""`schoolsim new`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json
from schoolsim.parameters.errors import UserError

Question = Annotated[
    list[str], typer.Argument(metavar="QUESTION", help='The question, such as "Do brokers help needy schools?"')
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", callback=options.expanded, help="The file; one named after the question if left out."),
]

LONGEST_NAME = 40


def new(question: Question, out: Out = None, json: options.Json = False) -> None:
    """Write a study file to start from, for a question in your own words: every key with a comment.

    The levers, outcomes, programme and setting that the question speaks of are put in, others are named. Whatever is
    there already is left alone.
    """
    from schoolsim.analysis.sentences import parameter_label
    from schoolsim.cli.template import draft, study_file

    text = " ".join(" ".join(question).split())
    if not re.search(r"[A-Za-z]{3}", text):
        raise UserError(
            f'"{text}" is no question: write it in words, as schoolsim new "Do brokers help needy schools?"'
        )
    path = _named(text) if out is None else out
    if path.suffix != ".toml":
        raise UserError(f"--out {path}: a study is a file that ends in .toml")
    study = draft(text)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(study_file(study, path))
    except OSError as error:
        if path.exists():
            raise UserError(f"{path} is there already: give another name with --out, or take it away first.") from None
        raise UserError(f"{path} cannot be written: {error.strerror}") from None
    if json:
        say_json({"file": path, "base": study.bases, "levers": [study.lever], "uncertainties": [study.world],
                  "settings": study.settings, "outcomes": study.outcomes})  # fmt: skip
        return
    say(f"Written: {path}")
    lever, world = parameter_label(study.lever), parameter_label(study.world)
    compared = f" in each of {' and '.join(study.settings)}," if study.settings else ""
    say(
        f"It varies {lever} in worlds of {world},{compared} on {' and '.join(study.bases)}. Change what you like, then:"
    )
    say(f"schoolsim explain {path}")


def _named(text: str) -> Path:
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    while len(words) > LONGEST_NAME and "_" in words:
        words = words.rpartition("_")[0]
    return Path(f"{words[:LONGEST_NAME]}.toml")
