"""`schoolsim answer`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.cli import options
from schoolsim.cli.drawing import finished
from schoolsim.cli.output import say, say_json
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

QUESTION = {"badging.scope", "funding.purse", "market.choice_weight"}
"""What a study crosses that answers whether badging and paying help, setting by setting."""

MOST_OUTCOMES = 2
MOST_SETTINGS = 3


def answer(folder: options.Results, json: options.Json = False) -> None:
    """Answer the question of a study in a few plain sentences, each with its intervals."""
    result = finished(folder)
    lines = sentences_of(result)
    pictures = sorted((folder / "figures").glob("*.png"))
    if json:
        say_json({
            "title": result.config.title, "question": _question(result), "answer": lines, "figures": pictures,
        })  # fmt: skip
        return
    say(result.config.title, bold=True)
    if _question(result):
        say(_question(result))
    say()
    for line in lines:
        say(line)
        say()
    _say_figures(folder, pictures)


def sentences_of(result: StudyResult) -> list[str]:
    """The answer: to the question of badging and funding where the study crosses them, else lever by lever.

    Raises:
        UserError: The study compares nothing.
    """
    from schoolsim import analysis

    swept, columns = list(result.points.columns), result.columns
    if set(swept) >= QUESTION:
        return analysis.answer(result.runs, columns=columns)
    report = list(result.config.outcomes.report)[:MOST_OUTCOMES] or ["progress.partner", "progress.neediest"]
    baselines = _baselines(result)
    by = [name for name in swept if name not in baselines and result.points[name].nunique() <= MOST_SETTINGS]
    lines: list[str] = []
    for lever, level in baselines.items():
        table = result.contrast(lever, baseline=level, outcomes=report, by=by[:1])
        lines += analysis.sentences(table, columns)
    return lines


def _baselines(result: StudyResult) -> dict[str, object]:
    """The swept levers, each with what its other levels are compared with: its first level, unless the config says."""
    from schoolsim.parameters.registry import REGISTRY

    given = result.config.outcomes.baseline
    levers = [name for name in result.points.columns if REGISTRY[name].role == "lever"] or list(result.points.columns)
    listed = {name: given.get(name, result.points[name].iloc[0]) for name in levers}
    several = {name: level for name, level in listed.items() if result.points[name].nunique() > 1}
    if not several:
        raise UserError(f"the study in {result.folder} has one point only, so there is nothing to compare.")
    return several


def _question(result: StudyResult) -> str:
    return " ".join(result.config.description.split())


def _say_figures(folder: Path, pictures: list[Path]) -> None:
    if pictures:
        say("Figures: " + ", ".join(str(path) for path in pictures))
    else:
        say(f"Figures: none drawn yet; schoolsim figures {folder}")
