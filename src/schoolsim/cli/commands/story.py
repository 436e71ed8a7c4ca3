"""`schoolsim story`."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load
from schoolsim.cli.output import say, say_json

Kind = Annotated[str, typer.Argument(metavar="KIND", help="partnership, teacher, broker or network.")]
Which = Annotated[int | None, typer.Option(help="Number of the one to tell of; a telling one without it.")]

YEARS = 3
"""Years that are told where nobody asks for more or fewer."""


def story(
    kind: Kind,
    config: options.Config,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    which: Which = None,
    json: options.Json = False,
) -> None:
    """Tell what happened to one partnership, teacher, broker or network in a run, half-term by half-term.

    The same config and seed tell the same story. Names are made up; numbers are read from the run.
    """
    from schoolsim.stories import story as tell

    study = load(config, Changes(values, seed=seed)).config
    told = tell(kind, study, seed=study.seed, which=which, years=years or YEARS)
    if json:
        say_json({
            "title": told.title, "number": told.number, "picked": told.picked, "seed": told.seed,
            "half_terms": [
                {"half_term": one.half_term, "when": one.when, "sentences": list(one.sentences)}
                for one in told.chapters
            ],
        })  # fmt: skip
        return
    say(told.title, bold=True)
    say(f"Seed {told.seed}; {told.picked}.")
    for chapter in told.chapters:
        say()
        say(f"{chapter.when}. {' '.join(chapter.sentences)}")
