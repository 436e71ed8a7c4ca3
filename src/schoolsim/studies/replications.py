"""Replication rules: a fixed number, or as many as make the means precise enough.

The rule is the replications algorithm of Hoad, Robinson and Davies (2010), doi
10.1057/jors.2009.121: replicate until the confidence interval of the mean is narrow enough and
stays so over a look-ahead, for every chosen outcome. It reads the runs in the order of their
numbers and asks for just those the one-at-a-time algorithm would have to make, so its decision
does not depend on how many workers there are or which of them is quick.

What must be precise is the mean of an outcome at each point or, where the study compares points, the mean paired
difference: policies with one seed meet the same schools, so that differences are known long before levels are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from schoolsim.studies.errors import StudyError
from schoolsim.studies.seeds import world_of

MOST_REPLICATIONS = 1_000_000
"""Replications a point may have."""


@dataclass(frozen=True)
class Fixed:
    """The same number of replications at every point."""

    count: int

    def __post_init__(self) -> None:
        """Refuse a number that is not one."""
        _whole("replications", self.count, 1, MOST_REPLICATIONS)

    def record(self) -> dict[str, object]:
        """The rule as plain values."""
        return {"rule": "fixed", "count": self.count}


@dataclass(frozen=True)
class Comparison:
    """A difference: the mean over some points less the mean over others, run by run of one replication.

    Args:
        plus: Numbers of the points with the level that is compared.
        minus: Numbers of the points with the baseline.
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]

    def of(self, values: Mapping[int, float]) -> float:
        """The difference, from the value of each point."""
        plus, minus = ([values[point] for point in side] for side in (self.plus, self.minus))
        return sum(plus) / len(plus) - sum(minus) / len(minus)


@dataclass(frozen=True)
class Precision:
    """Replications until every chosen outcome's mean, or mean difference, is known well enough.

    Args:
        precision: Largest half-width of the confidence interval, as a share of the mean.
        outcomes: The outcomes it must hold for, all of them.
        absolute: Outcome to a half-width in the outcome's own unit that is enough, however small
            the mean; without one, an outcome whose mean is near 0 never becomes precise.
        alpha: One minus the confidence of the interval.
        initial: Replications before the first look, at least 2.
        look_ahead: Replications over which the precision must last; `k` of the paper, where
            `floor(k / 100 * max(n, 100))` runs are looked ahead at after `n`.
        maximum: Replications no point goes beyond.
        together: Whether all points go on until every one of them is precise, so that they have
            the same number; if not, each point has its own.
        compared: Differences between points whose means must be precise, in the place of the means of points; all
            points then have the same number.

    Raises:
        StudyError: If a number is out of bounds.
    """

    precision: float
    outcomes: tuple[str, ...]
    absolute: Mapping[str, float] = field(default_factory=dict)
    alpha: float = 0.05
    initial: int = 3
    look_ahead: int = 5
    maximum: int = 200
    together: bool = False
    compared: tuple[Comparison, ...] = ()

    def __post_init__(self) -> None:
        """Refuse numbers that are out of bounds."""
        _whole("initial replications", self.initial, 2, MOST_REPLICATIONS)
        _whole("look-ahead", self.look_ahead, 0, MOST_REPLICATIONS)
        _whole("most replications", self.maximum, self.initial, MOST_REPLICATIONS)
        for name, value in {"precision": self.precision, **self.absolute}.items():
            if not (math.isfinite(value) and value > 0):
                raise StudyError(f"the half-width for {name} must be above 0, not {value!r}")
        if not 0 < self.alpha < 1:
            raise StudyError(f"alpha must be between 0 and 1, not {self.alpha!r}")
        if not self.outcomes:
            raise StudyError("a precision needs the outcomes it must hold for")
        unknown = sorted(set(self.absolute) - set(self.outcomes))
        if unknown:
            raise StudyError(f"no chosen outcome is called {', '.join(unknown)}")

    def record(self) -> dict[str, object]:
        """The rule as plain values."""
        plain = {name: value for name, value in asdict(self).items() if name != "compared"}
        compared = [{"plus": list(one.plus), "minus": list(one.minus)} for one in self.compared]
        rest = {"compared": compared} if compared else {}
        return {"rule": "precision", **plain, "outcomes": list(self.outcomes), **rest}

    def ahead(self, replications: int) -> int:
        """How many runs the precision must last, after so many replications."""
        return math.floor(self.look_ahead / 100 * max(replications, 100))


@dataclass(frozen=True)
class Look:
    """The mean of one outcome after so many replications.

    Args:
        replications: Runs the mean is of (failed ones are not counted).
        mean: Their mean.
        sd: Their standard deviation, divisor n - 1; that of the means of worlds where there are any.
        half_width: Of the confidence interval of the mean; NaN before the second run.
        met: Whether it is narrow enough.
    """

    replications: int
    mean: float
    sd: float
    half_width: float
    met: bool


class MeanTracker:
    """Follows the mean of one outcome through its replications, in order.

    Where replications are run in worlds, the interval is of the mean over worlds, whose replications are averaged.
    """

    def __init__(self, rule: Precision, outcome: str, worlds: int = 0) -> None:
        """Start with no run of so many worlds; 0 where replications differ in the seed alone."""
        self._rule, self._absolute = rule, rule.absolute.get(outcome)
        self._worlds, self._by_world = worlds, dict[int, list[float]]()
        self._count, self._mean, self._squares = 0, 0.0, 0.0
        self._streak = 0
        self.needed: int | None = None
        """Fewest replications after which the precision is met and lasts until now."""
        self.settled = False

    def add(self, value: float, replication: int = 0) -> Look:
        """Take the next replication, and its number where that decides its world."""
        self._count += 1
        if self._worlds:
            self._by_world.setdefault(world_of(replication, self._worlds), []).append(value)
        delta = value - self._mean
        self._mean += delta / self._count
        self._squares += delta * (value - self._mean)
        look = self._look()
        if not self.settled:
            self._judge(look.met)
        return look

    def missing(self) -> int:
        """The fewest further replications that could settle it; 0 when it is settled."""
        if self.settled:
            return 0
        if self._count < self._rule.initial:
            return self._rule.initial - self._count
        return max(1, self._rule.ahead(self._count) + 1 - self._streak)

    def _look(self) -> Look:
        count, mean, squares = self._count, self._mean, self._squares
        if self._worlds:
            means = [math.fsum(values) / len(values) for values in self._by_world.values()]
            count, mean = len(means), math.fsum(means) / len(means)
            squares = math.fsum((one - mean) ** 2 for one in means)
        if count < 2:
            return Look(self._count, mean, math.nan, math.nan, met=False)
        sd = math.sqrt(max(squares, 0.0) / (count - 1))
        half = _student(self._rule.alpha, count - 1) * sd / math.sqrt(count)
        met = half <= self._rule.precision * abs(mean)
        if self._absolute is not None:
            met = met or half <= self._absolute
        return Look(self._count, mean, sd, half, met=met)

    def _judge(self, met: bool) -> None:
        if not met:
            self._streak, self.needed = 0, None
            return
        if self.needed is None:
            self.needed = self._count
        if self._count >= self._rule.initial:  # the paper looks first after the initial ones
            self._streak += 1
            self.settled = self._streak > self._rule.ahead(self._count)


class PointTracker:
    """Follows every chosen outcome of one point, or of one difference between points."""

    def __init__(self, rule: Precision, worlds: int = 0) -> None:
        """Start with no run of so many worlds."""
        self._rule = rule
        self._done = 0
        self.trackers = {name: MeanTracker(rule, name, worlds) for name in rule.outcomes}

    def add(self, outcomes: Mapping[str, float] | None) -> dict[str, Look]:
        """Take the next replication; None for one that failed, which counts towards the most."""
        replication = self._done
        self._done += 1
        if outcomes is None:
            return {}
        return {name: t.add(outcomes[name], replication) for name, t in self.trackers.items()}

    def missing(self) -> int:
        """Further replications to make before looking again; 0 when done or out of budget."""
        wanted = max(tracker.missing() for tracker in self.trackers.values())
        return min(wanted, self._rule.maximum - self._done)

    def open_outcomes(self) -> list[str]:
        """Outcomes that are not precise enough."""
        return [name for name, tracker in self.trackers.items() if not tracker.settled]


def rule_of(record: Mapping[str, Any]) -> Fixed | Precision:
    """The rule of which this is the record."""
    values = {name: value for name, value in record.items() if name != "rule"}
    if record["rule"] == "fixed":
        return Fixed(**values)
    compared = tuple(Comparison(tuple(one["plus"]), tuple(one["minus"])) for one in values.get("compared", ()))
    return Precision(**{**values, "outcomes": tuple(values["outcomes"]), "compared": compared})


def as_demanding(rule: Fixed | Precision, earlier: Fixed | Precision) -> bool:
    """Whether a rule needs every run that an earlier one needed, so that runs can be added."""
    if isinstance(rule, Fixed) or isinstance(earlier, Fixed):
        return isinstance(rule, Fixed) and isinstance(earlier, Fixed) and rule.count >= earlier.count
    widths = all(name in earlier.absolute and width <= earlier.absolute[name] for name, width in rule.absolute.items())
    return (
        rule.precision <= earlier.precision
        and set(rule.outcomes) >= set(earlier.outcomes)
        and widths
        and rule.alpha <= earlier.alpha
        and rule.initial >= earlier.initial
        and rule.look_ahead >= earlier.look_ahead
        and rule.maximum >= earlier.maximum
        and (rule.together or not earlier.together)
        and rule.compared == earlier.compared
    )


def replications_needed(values: Sequence[float], rule: Precision, outcome: str) -> int | None:
    """Replications after which the mean of `values` is precise and stays so.

    Args:
        values: One value a replication, in order.
        rule: The rule.
        outcome: Which of the rule's outcomes the values are.

    Returns:
        The number, or None if there are too few values to tell.
    """
    tracker = MeanTracker(rule, outcome)
    for value in values:
        tracker.add(value)
        if tracker.settled:
            return tracker.needed
    return None


_QUANTILES: dict[tuple[float, int], float] = {}


def _student(alpha: float, freedom: int) -> float:
    """Two-sided quantile of Student's t; kept, since it is asked for again and again."""
    key = (alpha, freedom)
    if key not in _QUANTILES:
        from scipy.special import stdtrit  # light beside scipy.stats

        _QUANTILES[key] = float(stdtrit(freedom, 1 - alpha / 2))
    return _QUANTILES[key]


def _whole(what: str, value: int, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise StudyError(f"{what} must be a whole number from {least} to {most}; not {value!r}")
