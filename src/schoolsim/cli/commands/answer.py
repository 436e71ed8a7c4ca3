"""`schoolsim answer`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from schoolsim.analysis import Answer
    from schoolsim.studies import StudyResult


All = Annotated[
    bool,
    typer.Option(
        "--all",
        help="Tell, too, how effects differ with the settings and with other levers, and what unclear ones amount to.",
    ),
]


Schools = Annotated[bool, typer.Option("--schools", help="Tell which schools gain and lose, where a study keeps them.")]


def answer(
    folder: options.Results,
    whole: All = False,
    schools: Schools = False,
    names: options.Names = False,
    json: options.Json = False,
) -> None:
    """Answer the question of a study in a few plain sentences, each with its intervals."""
    from schoolsim.analysis import AnalysisError, Answer
    from schoolsim.analysis.notes import measurement_note
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    question = " ".join(result.config.description.split())
    found = Answer(result, whole=whole)
    waiting = unfinished(result)
    try:
        told = found.school_lines(_school_names(result)) if schools else found.lines()
        lines = [*waiting, *told]
        amounts = [] if schools else found.yardstick_lines()
    except AnalysisError as error:
        if not waiting:
            raise
        raise AnalysisError(f"{waiting[0]} Nothing can be said yet: {error}") from error
    measured = measurement_note(result.config, found.outcomes)
    pictures = sorted((folder / "figures").glob("*.png"))
    if json:
        say_json({
            "title": result.config.title, "question": question, "answer": lines, "measured": measured,
            "in other terms": amounts, "yardsticks": found.yardsticks.to_dict("records"), "figures": pictures,
        })  # fmt: skip
        return
    say(result.config.title, bold=True)
    more = f"How these effects differ with the settings and with one another: schoolsim answer {folder} --all"
    for paragraph in (question, *lines, *amounts, more if found.leaves_out else "", measured):
        if paragraph:
            say(paragraph)
            say()
    if names:
        say_table(["what", "name"], names_of(found))
        say()
    drawn = ", ".join(map(str, pictures)) or f"none drawn yet; schoolsim figures {folder}"
    say(f"Figures: {drawn}")


def _school_names(result: StudyResult) -> dict[int, str]:
    """Names of the schools of a file, by number; none where it is not there any more."""
    from schoolsim.config.names import SYNTHETIC
    from schoolsim.populations import read_schools

    people = result.config.population
    if people.source == SYNTHETIC or not Path(people.source).exists():
        return {}
    table = read_schools(
        people.source, list(people.authority) if isinstance(people.authority, tuple) else people.authority
    )
    return dict(zip(table.urn.tolist(), map(str, table.name), strict=True))


def names_of(found: Answer) -> list[tuple[str, str]]:
    """Labels and names of what a study varies and reports."""
    from schoolsim.analysis.sentences import outcome_words, parameter_words

    varied = [(parameter_words(str(name)).label, str(name)) for name in found.result.points]
    return varied + [(outcome_words(name).label, name) for name in found.outcomes]


def unfinished(result: StudyResult) -> list[str]:
    """That runs are still to be made, where they are."""
    from schoolsim.analysis.notes import unfinished_note

    missing = unfinished_note(result)
    return [f"{missing}: schoolsim resume {result.folder}."] if missing else []
