"""Differences that a study reports: the points with each level of a lever, and those with its baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from schoolsim.studies.replications import Comparison

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config import StudyConfig
    from schoolsim.studies.designs.axes import Axis, Value

MOST_SETTINGS = 3
"""Levels of a setting that differences are told by one by one."""


def compares(config: StudyConfig, axes: Sequence[Axis]) -> bool:
    """Whether a study compares levels with one another: a grid does, and a sample whose worlds meet every policy."""
    design = config.design
    return bool(axes) and (design.kind == "grid" or (design.cross and any(axis.lever for axis in axes)))


def comparisons(
    points: pd.DataFrame, axes: Sequence[Axis], baseline: Mapping[str, Value] | None = None
) -> tuple[Comparison, ...]:
    """The differences that a study of a grid reports, in the order in which it reports them.

    They are those of every level of every lever from its baseline, or of whatever varies where no lever does: averaged
    over what else varies, but apart for the levels of the first setting, where it has few.

    Args:
        points: The design, one row a point.
        axes: Its axes.
        baseline: Levels that are compared with; the first where there is none.
    """
    listed = [axis for axis in axes if axis.levels is not None and len(axis.levels) > 1]
    chosen = [axis for axis in listed if axis.lever] or listed
    settings = [axis for axis in listed if axis not in chosen and len(axis.rows()) <= MOST_SETTINGS][:1]
    found = []
    for axis in chosen:
        first = _baseline(axis, baseline or {})
        for level in axis.rows():
            if level != first:
                for setting in settings[0].rows() if settings else [{}]:
                    found.append(Comparison(_at(points, {**level, **setting}), _at(points, {**first, **setting})))
    return tuple(found)


def _baseline(axis: Axis, given: Mapping[str, Value]) -> dict[str, Value]:
    """The level that has the given value of the first parameter that one is given for; else the first level."""
    asked = next(((name, given[name]) for name in axis.names if name in given), None)
    levels = axis.rows()
    if asked is None:
        return levels[0]
    return next((level for level in levels if level[asked[0]] == asked[1]), levels[0])


def _at(points: pd.DataFrame, values: Mapping[str, Value]) -> tuple[int, ...]:
    """Numbers of the points that have these values."""
    return tuple(_numbers(points, values))


def _numbers(points: pd.DataFrame, values: Mapping[str, Value]) -> Iterator[int]:
    columns = [points[name].tolist() for name in values]
    wanted = list(values.values())
    for number, row in enumerate(zip(*columns, strict=True)):
        if list(row) == wanted:
            yield number
