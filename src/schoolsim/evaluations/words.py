"""Says the table of an evaluation in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from scipy import stats

from schoolsim.showing import counted

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config.schema import Evaluation

_PARTS: Final = {
    "selection": "treated and untreated schools differ anyhow",
    "spillover": "what the programme does to untreated schools",
    "measure": "what is measured is not what teaching adds",
    "rest": "weights, and schools that leave",
}
_ESTIMATORS: Final = {
    "difference": "a difference in means",
    "difference_in_differences": "difference in differences",
    "staggered": "staggered difference in differences",
    "two_way": "a two-way regression",
}
_TREATED: Final = {
    "authorities": "whole authorities treated by lot",
    "covered": "schools that the programme is for beside the others",
    "joined": "schools that joined beside those that did not",
}
_MOST_DIGITS: Final = 2
_BEYOND: Final = 100_000
"""Authorities from which a number needed is only said to be more than that."""


def design_words(design: Evaluation) -> str:
    """A design in a few words."""
    data = "published results" if design.data == "published" else f"a survey of {design.pupils} pupils a school"
    return f"{_TREATED[design.treated]}; {data}; {_ESTIMATORS[design.estimator]}"


def size_words(row: Any) -> str:
    """The size of a sample and the year it is read: `20 authorities, 40 schools of each, after 3 years`."""
    schools = "all their schools" if row["schools"] == 0 else f"{counted(int(row['schools']), 'school')} of each"
    authorities = counted(int(row["authorities"]), "authority", "authorities")
    return f"{authorities}, {schools}, after {counted(int(row['years']), 'year')}"


def answer(table: pd.DataFrame, design: Evaluation) -> Iterator[str]:
    """Sentences: power, what would have been needed, bias and its parts, false alarms.

    Args:
        table: The table of an `Evaluation`.
        design: Its design.
    """
    yield f"The design: {design_words(design)}."
    rows = table.to_dict("records")
    enough = [row for row in rows if row["power"] >= design.power]
    largest = rows[-1]
    if enough:
        first = min(enough, key=lambda row: (row["authorities"], row["schools"] or math.inf, row["years"]))
        yield f"The smallest sample tried that finds the effect in {design.power:.0%} or more: {size_words(first)}."
    else:
        yield f"None of the samples tried finds the effect in {design.power:.0%} or more."
    number, found = int(largest["samples"]), largest["power"]
    yield (
        f"With {size_words(largest)}, the effect is found in {found:.0%} of {number} samples "
        f"({largest['power_low']:.0%} to {largest['power_high']:.0%}). The true effect is "
        f"{_points(largest['effect'])}, the estimate {_points(largest['estimate'])} on average, "
        f"{largest['spread']:.2g} either way by luck of the sample."
    )
    if largest["wrong_sign"] > design.level:
        yield f"In {largest['wrong_sign']:.0%} an effect is found, and it has the wrong sign."
    if not enough and largest["estimate"] * largest["effect"] > 0:
        yield from _needed(largest, design)
    yield from _bias(largest)
    yield (
        f"If the programme did nothing, the same samples would find an effect in {largest['false_alarms']:.0%}; "
        f"{design.level:.0%} is what the level of significance allows."
    )


def _needed(row: Any, design: Evaluation) -> Iterator[str]:
    """How many authorities would do, if the error falls with the root of their number."""
    size = abs(row["estimate"])
    if not row["error"] > 0:
        return
    wanted = stats.norm.ppf(1 - design.level / 2) + stats.norm.ppf(design.power)
    number = row["authorities"] * (wanted * row["error"] / size) ** 2
    if number > _BEYOND:
        told = f"more than {_BEYOND:,}"
    else:
        digits = max(0, math.floor(math.log10(max(number, 1))) + 1 - _MOST_DIGITS)
        told = f"about {math.ceil(number / 10**digits) * 10**digits:,}"
    yield f"As a rule of thumb, {told} authorities would be needed for an estimate of that size, all else the same."


def _bias(row: Any) -> Iterator[str]:
    low, high = row["bias_low"], row["bias_high"]
    if not low <= high:
        return
    between = f"{low:+.2g} to {high:+.2g} percentage points"
    if low <= 0 <= high:
        yield f"No bias can be told from 0: {between}."
        return
    parts = [f"{row[part]:+.2g} because {words}" for part, words in _PARTS.items() if abs(row[part]) >= 0.005]
    told = f", made up of {'; '.join(parts)}" if parts else ""
    yield f"The estimate is biased by {row['bias']:+.2g} percentage points ({between}){told}."


def _points(value: float) -> str:
    return f"{value:+.2g} percentage points"
