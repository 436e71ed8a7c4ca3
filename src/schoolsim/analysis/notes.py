"""Notes to be read beside every answer: what is missing of the study, and what its numbers are of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.analysis.sentences import outcome_words
from schoolsim.config.names import SYNTHETIC
from schoolsim.outcomes.catalog import OUTCOMES

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import StudyResult


def unfinished_note(result: StudyResult) -> str:
    """That runs are still to be made, and how many; empty for a study that is complete."""
    if result.complete:
        return ""
    from schoolsim.studies.status import read_status  # it reads tables, which what explains a config does without

    now = read_status(result.folder)
    total = "" if now.total is None else f" of {now.total:,}"
    return f"Only {now.done:,}{total} runs are made, and this answer rests on them"


def measurement_note(config: StudyConfig, outcomes: Sequence[str] = ()) -> str:
    """Over which years, of which schools, and what the intervals are of.

    Args:
        config: Of the study.
        outcomes: Those that are told; flows among them are told apart, as their mean is over all years.
    """
    window, years = config.outcomes.window, _years(config.years)
    last = "the last year" if window == 1 else f"the last {window} years"
    flows = [outcome_words(name).phrase for name in outcomes if name in OUTCOMES and OUTCOMES[name].over == "years"]
    others = f" (but {', '.join(flows)}: a year's mean over all {years} of policy)" if flows else ""
    return (
        f"Outcomes are means over {last} of {years}{others}, for {school_words(config)}. An interval says how well the "
        "mean over replications is known in this model; it does not say how far the model is from schools."
    )


def school_words(config: StudyConfig) -> str:
    """Which schools the study is of."""
    people = config.population
    if people.source == SYNTHETIC:
        return "made-up schools, drawn anew for every replication"
    named = [people.authority] if isinstance(people.authority, str | int) else people.authority or ()
    return f"the schools of {', '.join(map(str, named)) or Path(people.source).name}"


def design_words(config: StudyConfig) -> str:
    """How the points of the design come about."""
    kind, cross = config.design.kind, config.design.cross
    how = {"grid": "every combination", "file": f"read from {config.design.file}"}.get(kind, f"sampled by {kind}")
    return f"{how}; every policy meets every world" if cross and kind != "grid" else how


def replication_words(config: StudyConfig) -> str:
    """How many replications a point has."""
    rule = config.replications
    if isinstance(rule, int):
        return f"{rule} a point, the same {rule} seeds at every point"
    absolute = "".join(f", or that of {name} within {width:g} of it" for name, width in rule.absolute.items())
    return (
        f"{rule.min} to {rule.max} a point, until the {100 * rule.confidence:g}% interval of every reported outcome is "
        f"within {100 * rule.precision:g}% of its mean either way{absolute}"
    )


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"
