"""Axes of a design: one parameter each, or several that move together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schoolsim.studies.errors import DesignError

Value = float | int | bool | str


@dataclass(frozen=True)
class Axis:
    """One dimension of a design.

    Make one with `listed` or `ranged`.

    Args:
        names: The parameters; more than one are linked and move together.
        levels: The values, a row a level with one value for each parameter; None for a range.
        low: Smallest value of a range.
        high: Largest value of a range.
        whole: Whether a range holds whole numbers only.
        lever: Whether policy sets it.
    """

    names: tuple[str, ...]
    levels: tuple[tuple[Value, ...], ...] | None = None
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    lever: bool = False

    @property
    def name(self) -> str:
        """The parameter, or the linked ones joined by `+`."""
        return "+".join(self.names)

    def rows(self) -> list[dict[str, Value]]:
        """Every level, as parameter to value.

        Raises:
            DesignError: If it is a range, which has no list of values.
        """
        if self.levels is None:
            raise DesignError(
                f'"{self.name}" is a range from {self.low:g} to {self.high:g}: to try it in every '
                "combination it needs a list of values; or sample it"
            )
        return [dict(zip(self.names, level, strict=True)) for level in self.levels]

    def at(self, unit: np.ndarray) -> list[dict[str, Value]]:
        """Values at places between 0 and 1.

        Levels and whole numbers get bins of equal width, so that each is as probable as the next.

        Args:
            unit: Places in `[0, 1]`, shape `(n,)`.

        Returns:
            For each place, parameter to value.
        """
        if self.levels is not None:
            rows = self.rows()
            return [rows[bin_] for bin_ in bins(unit, len(rows))]
        name = self.names[0]
        if self.whole:
            count = int(self.high) - int(self.low) + 1
            return [{name: int(self.low) + bin_} for bin_ in bins(unit, count)]
        values = np.clip(self.low + unit * (self.high - self.low), self.low, self.high)
        return [{name: float(value)} for value in values]

    def record(self) -> dict[str, object]:
        """The axis as plain values."""
        plain: dict[str, object] = {"parameters": list(self.names), "lever": self.lever}
        if self.levels is not None:
            return {**plain, "levels": [list(level) for level in self.levels]}
        return {**plain, "low": self.low, "high": self.high, "whole": self.whole}


def listed(values: Mapping[str, Sequence[Value]], *, lever: bool = False) -> Axis:
    """An axis of listed values.

    Args:
        values: Parameter to its values. Several parameters are linked: their first values go
            together, and their second, and so on.
        lever: Whether policy sets it.

    Raises:
        DesignError: If there are no values, or linked parameters have unlike numbers of them.
    """
    names = tuple(values)
    lengths = {len(column) for column in values.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise DesignError(f"{', '.join(names)}: each needs the same number of values, 1 or more")
    return Axis(names, tuple(zip(*values.values(), strict=True)), lever=lever)


def ranged(name: str, low: float, high: float, *, whole: bool = False, lever: bool = False) -> Axis:
    """An axis from `low` to `high`, both included.

    Raises:
        DesignError: If `low` is not below `high`.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise DesignError(f'"{name}": low = {low:g} must be below high = {high:g}')
    if whole and (low != int(low) or high != int(high)):
        raise DesignError(f'"{name}": the ends of a range of whole numbers must be whole')
    return Axis((name,), None, low, high, whole, lever)


def bins(unit: np.ndarray, count: int) -> list[int]:
    """Which of `count` bins of equal width each place in `[0, 1]` falls in; 1 is in the last."""
    return np.minimum((np.asarray(unit) * count).astype(np.int64), count - 1).tolist()
