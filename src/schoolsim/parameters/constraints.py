"""Constraints between parameters: combinations of values that no school system can have.

Bounds of single parameters are in the catalogue. A combination that a rule itself limits (a chance that is
at most 1, whatever adds up to it) needs no constraint; one that turns a share, a length or a level into
something it cannot be does.

To add one, add it to `CONSTRAINTS`. Its test must hold at every combination of values between two that hold,
one number changed at a time, as sums and comparisons do: a sweep is checked at its corners.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, shown


@dataclass(frozen=True)
class Constraint:
    """One constraint.

    Args:
        name: A word for it.
        parameters: Names of the parameters it is about, three at most.
        holds: Whether their values, in that order, can be together.
        sentence: Why they cannot, as a user should read it.
    """

    name: str
    parameters: tuple[str, ...]
    holds: Callable[..., bool]
    sentence: str

    def violated(self, values: Mapping[str, Value]) -> bool:
        """Whether these values of all parameters cannot be together."""
        return not self.holds(*(values[name] for name in self.parameters))

    def message(self, values: Mapping[str, Value], where: str = "") -> str:
        """What is wrong with these values, of which `where` says where they come from."""
        pairs = [f'"{name}" = {shown(values[name])}' for name in self.parameters]
        listed = f"{', '.join(pairs[:-1])} and {pairs[-1]}"
        return f"{listed}{f', {where},' if where else ''} cannot be together: {self.sentence}."


def _ordered(name: str, least: str, most: str, sentence: str) -> Constraint:
    return Constraint(name, (least, most), lambda low, high: low <= high, sentence)


def _shares(name: str, one: str, other: str, sentence: str) -> Constraint:
    return Constraint(name, (one, other), lambda share, rest: share + rest <= 1.0, sentence)


CONSTRAINTS: tuple[Constraint, ...] = (
    _shares(
        "school_phases", "setting.secondary_share", "setting.special_share",
        "secondary and special schools are parts of all schools, so their shares add up to 1 at most",
    ),
    _shares(
        "practice_scope", "scope.department", "scope.school",
        "practices of a department and of a school are parts of all practices, so their shares add up to 1 at most",
    ),
    _shares(
        "values_drift", "values.drift_home", "values.drift_friends",
        "values move to a mean of one's own, colleagues' and friends', so the two shares add up to 1 at most",
    ),
    _ordered(
        "task_length", "end.task_least", "end.task_most",
        "the shortest task cannot be longer than the longest",
    ),
    _ordered(
        "hours_demand", "time.demand_least", "time.demand_most",
        "the least demanding pair cannot use more hours than the most demanding",
    ),
)  # fmt: skip
"""Every constraint between parameters."""


def violations(values: Mapping[str, Value]) -> list[Constraint]:
    """The constraints that these values of all parameters violate."""
    return [constraint for constraint in CONSTRAINTS if constraint.violated(values)]


def possible(overrides: Mapping[str, Value]) -> bool:
    """Whether these values, with all others at their defaults, violate no constraint."""
    return not violations({name: spec.default for name, spec in REGISTRY.items()} | dict(overrides))


@dataclass(frozen=True)
class Factor:
    """What varies together in a sweep: parameters, and the rows of values they take.

    Args:
        parameters: One, or several that are linked.
        rows: One value for each parameter; for a range, its two ends.
    """

    parameters: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def violated_corner(
    constraint: Constraint, fixed: Mapping[str, Value], factors: Iterable[Factor]
) -> dict[str, Value] | None:
    """The corner of a sweep at which a constraint is violated.

    Args:
        constraint: The constraint.
        fixed: Values of the parameters that are not swept; of all the constraint's.
        factors: What is swept.

    Returns:
        A combination of values of the constraint's parameters that the sweep contains, or has at a corner
        of its box, and that the constraint refuses; None where there is none.
    """
    axes = []
    for factor in factors:
        places = [place for place, name in enumerate(factor.parameters) if name in constraint.parameters]
        if places:
            names = [factor.parameters[place] for place in places]
            rows = {tuple(row[place] for place in places): None for row in factor.rows}
            axes.append([dict(zip(names, row, strict=True)) for row in _extremes(list(rows))])
    for corner in itertools.product(*axes):
        values = {name: fixed[name] for name in constraint.parameters if name in fixed}
        for part in corner:
            values |= part
        if constraint.violated(values):
            return {name: values[name] for name in constraint.parameters}
    return None


def _extremes(rows: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """Of single numbers the smallest and the largest; every row of anything else."""
    single_numbers = all(len(row) == 1 and type(row[0]) in (int, float) for row in rows)
    return [min(rows), max(rows)] if rows and single_numbers else rows
