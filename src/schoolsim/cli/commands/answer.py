"""`schoolsim answer`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.cli import options
from schoolsim.cli.figures import open_finished
from schoolsim.cli.output import counted, say, say_json, say_table
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

QUESTION: dict[str, set[object]] = {
    "badging.scope": {"none", "individual"},
    "funding.purse": {"originator", "partnership"},
    "market.choice_weight": set[object](),
}
"""What a study crosses, at least, that answers whether badging and paying help, setting by setting."""

REPORTED = ("progress.partner", "progress.neediest")
MOST_OUTCOMES = 2
MOST_SETTINGS = 3


def answer(folder: options.Results, names: options.Names = False, json: options.Json = False) -> None:
    """Answer the question of a study in a few plain sentences, each with its intervals."""
    result = open_finished(folder)
    question = " ".join(result.config.description.split())
    lines, measured = sentences_of(result), measurement_note(result)
    pictures = sorted((folder / "figures").glob("*.png"))
    if json:
        say_json({
            "title": result.config.title, "question": question, "answer": lines, "measured": measured,
            "figures": pictures,
        })  # fmt: skip
        return
    say(result.config.title, bold=True)
    for paragraph in (question, *lines, measured):
        if paragraph:
            say(paragraph)
            say()
    if names:
        say_table(["what", "name"], names_of(result))
        say()
    drawn = ", ".join(map(str, pictures)) or f"none drawn yet; schoolsim figures {folder}"
    say(f"Figures: {drawn}")


def names_of(result: StudyResult) -> list[tuple[str, str]]:
    """Labels and names of what a study varies and reports."""
    from schoolsim.analysis.words import outcome_words, parameter_words

    reported = result.config.outcomes.report or REPORTED
    varied = [(parameter_words(str(name)).label, str(name)) for name in result.points]
    return varied + [(outcome_words(name).label, name) for name in reported]


def sentences_of(result: StudyResult) -> list[str]:
    """The answer: to the question of badging and funding where the study crosses them, else lever by lever.

    Raises:
        UserError: The study compares nothing, or has too few runs to say anything.
    """
    from schoolsim import analysis

    points, columns = result.points, result.columns
    if all(name in points and levels <= set(points[name]) for name, levels in QUESTION.items()):
        return analysis.answer(result.runs, columns=columns)
    outcomes = list(result.config.outcomes.report)[:MOST_OUTCOMES] or list(REPORTED)
    baselines = _baselines(result)
    settings = [name for name in points if name not in baselines and points[name].nunique() <= MOST_SETTINGS]
    lines: list[str] = []
    for lever, level in baselines.items():
        table = result.contrast(lever, baseline=level, outcomes=outcomes, by=settings[:1])
        lines += analysis.contrast_sentences(table, columns)
    return lines


def measurement_note(result: StudyResult) -> str:
    """Over which years, of which schools, and what the intervals are of."""
    from schoolsim.config.names import SYNTHETIC

    config = result.config
    window, years = config.outcomes.window, counted(config.years, "year")
    last = "the last year" if window == 1 else f"the last {window} years"
    people = config.population
    if people.source == SYNTHETIC:
        schools = "made-up schools, drawn anew for every replication"
    else:
        named = [people.authority] if isinstance(people.authority, str | int) else people.authority or ()
        schools = f"the schools of {', '.join(map(str, named)) or Path(people.source).name}"
    return (
        f"Outcomes are means over {last} of {years}, for {schools}. An interval says how well the mean over "
        "replications is known in this model; it does not say how far the model is from schools."
    )


def _baselines(result: StudyResult) -> dict[str, object]:
    """The swept levers, each with what its other levels are compared with: the config's choice, or its first level."""
    from schoolsim.parameters.registry import REGISTRY

    points, given = result.points, result.config.outcomes.baseline
    several = [name for name in points if points[name].nunique() > 1]
    levers = [name for name in several if name in REGISTRY and REGISTRY[name].role == "lever"] or several
    if not levers:
        raise UserError(f"the study in {result.folder} has one point only, so there is nothing to compare.")
    return {name: given.get(name, points[name].iloc[0]) for name in levers}
