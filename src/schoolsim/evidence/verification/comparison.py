"""One line of a docking table: a quantity, ours, theirs, how far apart they may be, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

AGREES: Final = "agrees"
DIFFERS: Final = "differs"
NOT_DOCKED: Final = "not docked"
STANDARD_ERRORS: Final = 3.0


@dataclass(frozen=True)
class Row:
    """One compared quantity.

    Args:
        quantity: What is compared.
        ours: What the engine gave.
        theirs: The exact or published value; NaN for a relation that either holds or does not.
        tolerance: Largest difference that still agrees; NaN for a relation.
        verdict: `agrees`, `differs` or `not docked`.
        note: How it was run, or why it was not.
    """

    quantity: str
    ours: float
    theirs: float
    tolerance: float
    verdict: str
    note: str = ""


def close(quantity: str, ours: float, theirs: float, tolerance: float, note: str = "") -> Row:
    """A quantity that must be within `tolerance` of theirs; what is not a number never agrees."""
    agrees = abs(float(ours) - float(theirs)) <= tolerance
    return Row(quantity, float(ours), float(theirs), float(tolerance), AGREES if agrees else DIFFERS, note)


def sampled(
    quantity: str, values: Sequence[float] | np.ndarray, theirs: float, note: str = "", *, se: float = 0.0
) -> Row:
    """A mean of replicates that must be within three standard errors of theirs.

    Args:
        quantity: What is compared.
        values: One number a replicate.
        theirs: The reference.
        note: For the table.
        se: Standard error of the reference itself, 0 where it is exact.
    """
    values = np.asarray(values, dtype=float)
    own = float(values.std(ddof=1)) / math.sqrt(len(values))
    method = f"{len(values)} replicates" + (f"; {note}" if note else "")
    # Student's t at the level of three standard errors: few replicates know their own spread badly.
    wide = float(stats.t.ppf(stats.norm.cdf(STANDARD_ERRORS), len(values) - 1))
    return close(quantity, float(values.mean()), theirs, math.hypot(wide * own, STANDARD_ERRORS * se), method)


def holds(quantity: str, relation: bool, ours: float = math.nan, note: str = "", *, above: float = math.nan) -> Row:
    """A relation (a sign, an order, a shape) that must hold; `above` is the bound it is told against."""
    return Row(quantity, float(ours), float(above), math.nan, AGREES if relation else DIFFERS, note)


def not_docked(quantity: str, why: str) -> Row:
    """A quantity that cannot honestly go through the engine, and why."""
    return Row(quantity, math.nan, math.nan, math.nan, NOT_DOCKED, why)
