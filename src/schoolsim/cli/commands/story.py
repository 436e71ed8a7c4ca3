"""`schoolsim story`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim import __version__
from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load
from schoolsim.cli.output import say, say_json
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.stories import Story

Kind = Annotated[str, typer.Argument(metavar="KIND", help="partnership, school, teacher, broker or network.")]
Which = Annotated[int | None, typer.Option(help="Number of the one to tell of; a telling one without it.")]

Figure = Annotated[
    Path | None,
    typer.Option(
        "--figure", metavar="FILE", callback=options.expanded,
        help="Also draw a partnership's life line into this file: .png, .svg or .pdf.",
    ),
]  # fmt: skip

YEARS = 3
"""Years that are told where nobody asks for more or fewer."""


def story(
    kind: Kind,
    config: options.Config,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    which: Which = None,
    figure: Figure = None,
    json: options.Json = False,
) -> None:
    """Tell what happened to one partnership, school, teacher, broker or network in a run, half-term by half-term.

    The same config and seed tell the same story. Names are made up; numbers are read from the run.
    """
    from schoolsim.stories import story as tell

    if figure is not None and kind == "partnership":
        _require_format(figure)
    elif figure is not None:
        raise UserError("--figure draws the life line of a partnership: schoolsim story partnership CONFIG")
    request = load(config, Changes(values, seed=seed))
    study = request.config
    told = tell(kind, study, seed=study.seed, which=which, years=years or YEARS)
    files = [] if figure is None else _draw(told, figure, request.name)
    if json:
        say_json({
            "title": told.title, "number": told.number, "picked": told.picked, "seed": told.seed,
            "half_terms": [
                {"half_term": one.half_term, "when": one.when, "sentences": list(one.sentences)}
                for one in told.chapters
            ], "files": files,
        })  # fmt: skip
        return
    say(told.title, bold=True)
    say(f"Seed {told.seed}; {told.picked}.")
    for chapter in told.chapters:
        say()
        say(f"{chapter.when}. {' '.join(chapter.sentences)}")
    if files:
        say()
        say(f"Its life line: {files[0]}, with its caption beside it (.txt).")


def _require_format(file: Path) -> None:
    from schoolsim.figures.save import FORMATS

    if file.suffix not in FORMATS:
        raise UserError(f"--figure {file}: a figure is saved as {', '.join(FORMATS)}.")


def _draw(told: Story, file: Path, name: str) -> list[Path]:
    """The life line and its caption."""
    from schoolsim.figures.life_line import life_line_caption, life_line_figure
    from schoolsim.figures.save import save_figure
    from schoolsim.studies.store.files import write_text

    provenance = {
        "title": told.title, "study": f"{name} seed {told.seed}", "config_sha256": None, "version": __version__,
        "commit": None,
    }  # fmt: skip
    caption = life_line_caption(told)
    save_figure(life_line_figure(told), file, provenance, caption=caption)
    write_text(file.with_suffix(".txt"), f"{caption}\n")
    return [file, file.with_suffix(".txt")]
