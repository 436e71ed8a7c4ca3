"""Effects in terms a reader knows: months of progress, shares of spread and gap, per £1,000 and per teacher-hour.

The months of progress of an effect are `MONTHS` for one standard deviation of pupils' results. That is a convention:
the table of the Education Endowment Foundation's Teaching and Learning Toolkit ("Additional months' progress",
educationendowmentfoundation.org.uk/evidence-summaries/about-the-toolkits/attainment) goes in steps, from 0.02-0.09 for
one month to 0.96-1.00 for twelve. A straight line is taken here, since most effects of the model lie within the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.outcomes.catalog import OUTCOMES

MONTHS: Final = 12.0
"""Months of progress in one standard deviation of pupils' results."""
POUNDS: Final = 1000.0
HOURS: Final = 100.0
"""Pounds and teacher-hours that effects are told for; no less of a difference is spread out over them."""
FEWEST: Final = 5
"""Replications, or worlds, from which a ratio has an interval."""
RESAMPLES: Final = 2000
AT_ONCE: Final = 1_000_000
"""Draws of a bootstrap that are held at one time, 16 megabytes."""
SPENT: Final[Mapping[str, float]] = {
    "pounds.granted": 1.0, "pounds.returned": -1.0, "pounds.unclaimed": -1.0, "pounds.unfilled": -1.0,
}  # fmt: skip
"""Money spent, pounds a year: what was granted less what went back."""
WORKED: Final[Mapping[str, float]] = dict.fromkeys(
    (
        "hours.joint", "hours.travel", "hours.meetings", "hours.developing", "hours.following", "hours.coaching",
        "hours.reading", "hours.bidding", "hours.evaluation",
    ),
    1.0,
)  # fmt: skip
"""Hours a year that staff give to learning from other schools; talk with colleagues and friends is not among them."""
COSTS: Final = (*SPENT, *WORKED)


@dataclass(frozen=True)
class Yardstick:
    """One way of telling an effect.

    Args:
        kind: `months`, `share of spread`, `share of gap`, `per £1,000` or `per 100 teacher-hours`.
        value: The effect in it.
        low: Lower bound of its interval.
        high: Upper bound.
        saved: Of the last two, whether money or hours fell, so that it is the effect for what was saved.
    """

    kind: str
    value: float
    low: float
    high: float
    saved: bool = False


def helpers(outcomes: Sequence[str]) -> list[str]:
    """Outcomes that yardsticks of `outcomes` rest on: spreads and gaps, pounds and hours."""
    quantities = dict.fromkeys(OUTCOMES[name].quantity for name in outcomes if name in OUTCOMES)
    of_schools = [f"{quantity}.{what}" for quantity in quantities if quantity for what in ("spread", "gap")]
    return [*of_schools, *COSTS]


def yardsticks(
    outcome: str,
    interval: tuple[float, float, float],
    effects: pd.DataFrame,
    baseline: pd.DataFrame | None,
    points: float | None,
) -> list[Yardstick]:
    """One effect by every yardstick that suits it.

    Args:
        outcome: Name.
        interval: Mean effect and its bounds, in the outcome's unit.
        effects: Effects, a row a replication (or a world), a column an outcome: the outcome itself, pounds and hours.
        baseline: Levels of spread and gap without the effect, for the same rows.
        points: Percentage points in one standard deviation of pupils' results; None where that varies.

    Returns:
        None of a yardstick where it does not apply: months for what teaching does not add, a ratio of fewer than
        `FEWEST` rows, or one whose divisor is not clearly different from 0 or is less than what it is told for.
    """
    quantity = OUTCOMES[outcome].quantity if outcome in OUTCOMES else ""
    found = []
    if quantity == "progress" and points:
        mean, low, high = (MONTHS * value / points for value in interval)
        found.append(Yardstick("months", mean, low, high))
    value = effects[outcome].to_numpy(dtype=float)
    divisors = []
    for what in ("spread", "gap"):
        name = f"{quantity}.{what}"
        if quantity and baseline is not None and name in baseline:
            level = baseline[name].reindex(effects.index).to_numpy(dtype=float)
            divisors.append(_Divisor(f"share of {what}", level, 1.0, both_ways=False))
    if outcome.partition(".")[0] not in ("pounds", "hours"):
        for kind, parts, each in (("per £1,000", SPENT, POUNDS), ("per 100 teacher-hours", WORKED, HOURS)):
            if all(name in effects for name in parts):
                amount = sum(sign * effects[name].to_numpy(dtype=float) for name, sign in parts.items())
                divisors.append(_Divisor(kind, np.asarray(amount), each, both_ways=True))
    return [*found, *_ratios(value, divisors)]


@dataclass(frozen=True)
class _Divisor:
    """What an effect is divided by.

    Args:
        kind: Of the yardstick.
        amounts: One for each effect.
        each: So much of it is told for.
        both_ways: Whether it may fall, too.
    """

    kind: str
    amounts: np.ndarray
    each: float
    both_ways: bool

    def sign(self, known: np.ndarray) -> float:
        """1, or -1 of amounts that fell; 0 where their mean is not clearly different from 0, or too little."""
        below = self.amounts[known]
        if len(below) < FEWEST:
            return 0.0
        mean, error = float(below.mean()), float(stats.sem(below))
        sign = -1.0 if mean < 0 and self.both_ways else 1.0
        least = self.each if self.both_ways else 0.0
        return 0.0 if sign * mean <= max(least, error * stats.t.ppf(0.975, len(below) - 1)) else sign


def _ratios(above: np.ndarray, divisors: Sequence[_Divisor]) -> list[Yardstick]:
    """Ratios of means, where they are known; their intervals are of a bootstrap that keeps pairs together."""
    knowns = [np.isfinite(above) & np.isfinite(one.amounts) for one in divisors]
    signed = [(one, known, sign) for one, known in zip(divisors, knowns, strict=True) if (sign := one.sign(known))]
    found: list[Yardstick] = []
    for _, group in itertools.groupby(signed, key=lambda one: one[1].tobytes()):
        some = list(group)
        known = some[0][1]
        dividend, *sums = _resampled(above[known], *(one.amounts[known] for one, _, _ in some))
        for (one, _, sign), total in zip(some, sums, strict=True):
            if (sign * total).min() <= 0.0:
                continue
            low, high = np.quantile(one.each * dividend / (sign * total), (0.025, 0.975))
            value = one.each * float(above[known].mean()) / (sign * float(one.amounts[known].mean()))
            found.append(Yardstick(one.kind, value, float(low), float(high), saved=sign < 0))
    return found


def _resampled(*values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Means of bootstrap samples of each of some arrays of one length; the same rows are drawn for all."""
    # The same draws for every ratio, too: two of one study differ by what they measure alone.
    chance, length = np.random.default_rng(RESAMPLES), len(values[0])
    means = tuple(np.empty(RESAMPLES) for _ in values)
    at_once = max(1, AT_ONCE // length)
    for first in range(0, RESAMPLES, at_once):
        chosen = chance.integers(0, length, (min(at_once, RESAMPLES - first), length))
        for mean, of in zip(means, values, strict=True):
            mean[first : first + len(chosen)] = of[chosen].mean(axis=1)
    return means
