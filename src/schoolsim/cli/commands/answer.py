"""`schoolsim answer`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import counted, say, say_json, say_table

if TYPE_CHECKING:
    from schoolsim.analysis import Answer
    from schoolsim.studies import StudyResult


All = Annotated[
    bool, typer.Option("--all", help="Tell, too, how each effect differs with the settings and with other levers.")
]


def answer(
    folder: options.Results, whole: All = False, names: options.Names = False, json: options.Json = False
) -> None:
    """Answer the question of a study in a few plain sentences, each with its intervals."""
    from schoolsim.analysis import AnalysisError, Answer
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    question = " ".join(result.config.description.split())
    found = Answer(result, whole=whole)
    unfinished = _unfinished(result)
    try:
        lines = [*unfinished, *found.lines()]
    except AnalysisError as error:
        if not unfinished:
            raise
        raise AnalysisError(f"{unfinished[0]} Nothing can be said yet: {error}") from error
    measured = measurement_note(result, found.outcomes)
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


def _unfinished(result: StudyResult) -> list[str]:
    """That runs are still to be made, where they are."""
    if result.complete:
        return []
    from schoolsim.studies import read_status

    now = read_status(result.folder)
    total = "" if now.total is None else f" of {now.total}"
    return [f"Only {now.done}{total} runs are made, and this answer rests on them: schoolsim resume {result.folder}."]


def measurement_note(result: StudyResult, outcomes: Sequence[str]) -> str:
    """Over which years, of which schools, and what the intervals are of."""
    from schoolsim.analysis.words import outcome_words
    from schoolsim.config.names import SYNTHETIC
    from schoolsim.outcomes.catalog import OUTCOMES

    config = result.config
    window, years = config.outcomes.window, counted(config.years, "year")
    last = "the last year" if window == 1 else f"the last {window} years"
    people = config.population
    if people.source == SYNTHETIC:
        schools = "made-up schools, drawn anew for every replication"
    else:
        named = [people.authority] if isinstance(people.authority, str | int) else people.authority or ()
        schools = f"the schools of {', '.join(map(str, named)) or Path(people.source).name}"
    flows = [outcome_words(name).phrase for name in outcomes if name in OUTCOMES and OUTCOMES[name].over == "years"]
    others = f" (but {', '.join(flows)}: a year's mean over all {years} of policy)" if flows else ""
    return (
        f"Outcomes are means over {last} of {years}{others}, for {schools}. An interval says how well the mean over "
        "replications is known in this model; it does not say how far the model is from schools."
    )
