"""Quantities of a page: the outcomes that the study reports, and the criteria by which its reader ranks policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.analysis.quantities import with_unit
from schoolsim.analysis.sentences import outcome_words
from schoolsim.analysis.yardsticks import HOURS as STAFF_HOURS
from schoolsim.analysis.yardsticks import POUNDS, SPENT, WORKED
from schoolsim.publish.controls import NUMBER
from schoolsim.report.labels import outcome_definition, sentence_case

if TYPE_CHECKING:
    from schoolsim.analysis.answers import Answer


@dataclass(frozen=True)
class Quantity:
    """A number of a run: an outcome, or a sum of some.

    Args:
        label: Over its numbers.
        phrase: In a sentence.
        text: A number with its unit: `{} percentage points`.
        definition: What it is.
        parts: The outcomes it is the sum of, each with what it is multiplied with.
        unit: As the catalogue or the study has it.
    """

    label: str
    phrase: str
    text: str
    definition: str
    parts: Mapping[str, float] = field(hash=False)
    unit: str = ""


@dataclass(frozen=True)
class Criterion:
    """What policies may be ranked by.

    Args:
        key: `progress`, `gap`, `cost` or `hours`.
        quantity: What it is.
        more_is_better: Whether more of it is better.
        least: A difference below which it does not count until the reader says so.
    """

    key: str
    quantity: Quantity
    more_is_better: bool
    least: float = 0.0


def reported(answer: Answer) -> list[Quantity]:
    """The outcomes that a study is answered by."""
    names = answer.told_of_one_point() if answer.kind == "one point" else answer.outcomes
    return [_outcome(name, answer) for name in names]


def criteria(answer: Answer) -> list[Criterion]:
    """Progress, gap, money and hours, as far as every finished run of the study has them."""
    definitions = {
        "progress": ("progress.mean", {"progress.mean": 1.0}, True),
        "gap": ("progress.gap", {"progress.gap": 1.0}, False),
    }
    found = [
        Criterion(key, _outcome(name, answer), better)
        for key, (name, parts, better) in definitions.items()
        if _measured(answer, parts)
    ]
    if _measured(answer, SPENT):
        found.append(Criterion("cost", MONEY, more_is_better=False, least=POUNDS))
    if _measured(answer, WORKED):
        found.append(Criterion("hours", HOURS, more_is_better=False, least=STAFF_HOURS))
    return found


def values_of(answer: Answer, quantities: Sequence[Quantity]) -> np.ndarray:
    """The quantities of every run that ended well.

    Returns:
        (points, quantities, replications); NaN where there is no such run.
    """
    names = list(dict.fromkeys(name for one in quantities for name in one.parts))
    result = answer.result
    runs = result.measured_runs(names, result.points[[]])
    runs = runs[runs["status"] == "ok"]
    points = len(result.points)
    number = int(runs["replication"].max()) + 1 if len(runs) else 0
    values = np.full((points, len(quantities), number), np.nan)
    for place, one in enumerate(quantities):
        total = sum(weight * runs[name].to_numpy(dtype=float) for name, weight in one.parts.items())
        values[runs["point"].to_numpy(), place, runs["replication"].to_numpy()] = total
    return values


def _outcome(name: str, answer: Answer) -> Quantity:
    words = outcome_words(name, answer.columns)
    definition = sentence_case(outcome_definition(name, answer.columns))
    return Quantity(words.label, words.phrase, with_unit(NUMBER, words.unit), definition, {name: 1.0}, words.unit)


def _measured(answer: Answer, names: Mapping[str, float]) -> bool:
    """Whether every finished run has a value of all of these."""
    result = answer.result
    if any(name not in result.outcomes for name in names):
        return False
    runs = result.measured_runs(list(names), result.points[[]])
    finished = runs[runs["status"] == "ok"][list(names)].astype(float)
    return bool(np.isfinite(finished.to_numpy()).all())


MONEY: Final = Quantity(
    "Money spent", "money spent", with_unit(NUMBER, "£/year"),
    "Pounds a year, granted less what went back, of all schools together.", SPENT, "£/year",
)  # fmt: skip
HOURS: Final = Quantity(
    "Hours of staff", "hours of staff", with_unit(NUMBER, "hours/year"),
    "Hours a year that staff give to learning from other schools, of all schools together; talk with colleagues and "
    "friends is not among them.", WORKED, "hours/year",
)  # fmt: skip
