"""`schoolsim answer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from schoolsim.analysis import Answer


All = Annotated[
    bool, typer.Option("--all", help="Tell, too, how each effect differs with the settings and with other levers.")
]


def answer(
    folder: options.Results, whole: All = False, names: options.Names = False, json: options.Json = False
) -> None:
    """Answer the question of a study in a few plain sentences, each with its intervals."""
    from schoolsim.analysis import AnalysisError, Answer
    from schoolsim.analysis.notes import measurement_note, unfinished_note
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    question = " ".join(result.config.description.split())
    found = Answer(result, whole=whole)
    missing = unfinished_note(result)
    unfinished = [f"{missing}: schoolsim resume {folder}."] if missing else []
    try:
        lines = [*unfinished, *found.lines()]
    except AnalysisError as error:
        if not unfinished:
            raise
        raise AnalysisError(f"{unfinished[0]} Nothing can be said yet: {error}") from error
    measured = measurement_note(result.config)
    pictures = sorted((folder / "figures").glob("*.png"))
    if json:
        say_json({
            "title": result.config.title, "question": question, "answer": lines, "measured": measured,
            "figures": pictures,
        })  # fmt: skip
        return
    say(result.config.title, bold=True)
    more = f"How these effects differ with the settings and with one another: schoolsim answer {folder} --all"
    for paragraph in (question, *lines, more if found.leaves_out else "", measured):
        if paragraph:
            say(paragraph)
            say()
    if names:
        say_table(["what", "name"], names_of(found))
        say()
    drawn = ", ".join(map(str, pictures)) or f"none drawn yet; schoolsim figures {folder}"
    say(f"Figures: {drawn}")


def names_of(found: Answer) -> list[tuple[str, str]]:
    """Labels and names of what a study varies and reports."""
    from schoolsim.analysis.words import outcome_words, parameter_words

    varied = [(parameter_words(str(name)).label, str(name)) for name in found.result.points]
    return varied + [(outcome_words(name).label, name) for name in found.outcomes]
