"""Measures read from a run's series: an outcome, over the years that are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters.errors import UserError, did_you_mean
from schoolsim.system.state.schema import HALF_TERMS

_WORDED = re.compile(r"^(?P<name>[a-z_.]+?)(?:@(?P<first>\d+)(?:-(?P<last>\d+))?)?$")


def split(measure: str) -> tuple[str, int | None, int | None]:
    """Name, first and last year of `name`, `name@2` or `name@1-3`; year 1 is the policy's first, 0 the one before it.

    Raises:
        UserError: It is not written so.
    """
    found = _WORDED.match(measure)
    if found is None:
        raise UserError(f'a measure is written "name", "name@2" or "name@1-3" (years of the policy), not "{measure}".')
    first = None if found["first"] is None else int(found["first"])
    last = first if found["last"] is None else int(found["last"])
    return found["name"], first, last


def check_outcome(name: str, others: list[str]) -> None:
    """Refuse a measure that is neither an outcome nor one of `others`."""
    if name not in OUTCOMES and name not in others:
        raise UserError(f'there is no measure "{name}".{did_you_mean(name, [*OUTCOMES, *others])}')


def from_series(series: Mapping[str, np.ndarray], half_terms: np.ndarray, measure: str) -> float:
    """An outcome over years of the policy.

    Args:
        series: By outcome, one value a half-term.
        half_terms: Numbers of the half-terms; 0 is when the policy begins.
        measure: `outcome` (the last year), `outcome@2` or `outcome@1-3`.

    Returns:
        Mean of a level over those half-terms, or yearly sum of a flow; NaN where it was never known.
    """
    name, first, last = split(measure)
    years = int((half_terms[-1] + 1) // HALF_TERMS)
    first, last = (years, years) if first is None or last is None else (first, last)
    inside = (half_terms >= HALF_TERMS * (first - 1)) & (half_terms < HALF_TERMS * last)
    column = series[name][inside]
    known = column[~np.isnan(column)]
    if len(known) == 0:
        return float("nan")
    if OUTCOMES[name].over == "years":
        return float(known.sum() / (last - first + 1))
    return float(known.mean())
