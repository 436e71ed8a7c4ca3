"""Combines policies and worlds: every policy in every world, or sampled together."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schoolsim.studies.designs.axes import Axis, Value
from schoolsim.studies.designs.samples import Sampling, problem
from schoolsim.studies.errors import DesignError

MOST_POINTS = 10_000_000


@dataclass(frozen=True, eq=False)
class Design:
    """The points of a study, and how they were chosen.

    Args:
        points: One row a point, one column a parameter.
        layout: One row a point: `policy` and `world`, the numbers of its combination of levers
            and of its sampled row, and for a sampled design the place of the world in the unit
            cube, one column `unit/<axis>` each. Rows of one policy are in the order of the sample,
            which sensitivity analysis relies on.
        record: Kind, axes and settings as plain values; `problem` is SALib's.
    """

    points: pd.DataFrame
    layout: pd.DataFrame
    record: Mapping[str, object] = field(default_factory=dict)


def crossed(policies: Sequence[Axis], worlds: Sequence[Axis] | pd.DataFrame = ()) -> Design:
    """Every combination of the levels of `policies`, each in every world.

    Args:
        policies: Axes of listed values, all combinations of which are tried; the last varies
            fastest.
        worlds: More axes of listed values, or a table with one row a world.

    Returns:
        The design, worlds in order, in each of them every policy.
    """
    if isinstance(worlds, pd.DataFrame):
        return _put_together(_grid(policies), _rows(worlds), {"kind": "file", "cross": True})
    axes = [*policies, *worlds]
    record = {"kind": "grid", "cross": True, "axes": [axis.record() for axis in axes]}
    return _put_together(_grid(policies), _grid(worlds), record)


def joint(axes: Sequence[Axis], sampling: Sampling, seed: int, *, cross: bool = False) -> Design:
    """A sample of the axes.

    Args:
        axes: What varies. Listed values are sampled as categories of equal probability.
        sampling: How it is sampled.
        seed: Seed of the study.
        cross: Whether levers are left out of the sample and all their combinations tried at every
            row of it; if not, levers are sampled with the rest, a policy and a world in each row.

    Returns:
        The design. The sample of the worlds is the same whatever the policies are.
    """
    policies = [axis for axis in axes if cross and axis.lever]
    sampled = [axis for axis in axes if not (cross and axis.lever)]
    names = [axis.name for axis in sampled]
    unit = sampling.draw(names, seed)
    columns = [axis.at(unit[:, k]) for k, axis in enumerate(sampled)]
    worlds = [_merged(parts) for parts in zip(*columns, strict=True)]
    record = {
        **sampling.record(),
        "cross": cross,
        "axes": [axis.record() for axis in axes],
        "problem": problem(names),
    }
    design = _put_together(_grid(policies), worlds, record)
    places = pd.DataFrame(unit, columns=[f"unit/{name}" for name in names])
    rows = places.iloc[design.layout["world"]].reset_index(drop=True)
    return Design(design.points, pd.concat([design.layout, rows], axis=1), record)


def tabled(points: pd.DataFrame) -> Design:
    """A table of points as it is: each row a policy and a world."""
    rows = _rows(points)
    record = {"kind": "file", "cross": False}
    return _put_together([{}], rows, record)


def _grid(axes: Sequence[Axis]) -> list[dict[str, Value]]:
    levels = [axis.rows() for axis in axes]
    _check_size(math.prod(len(rows) for rows in levels))
    return [_merged(parts) for parts in itertools.product(*levels)]


def _put_together(
    policies: list[dict[str, Value]],
    worlds: list[dict[str, Value]],
    record: Mapping[str, object],
) -> Design:
    _check_size(len(policies) * len(worlds))
    if policies and worlds and (both := set(policies[0]) & set(worlds[0])):
        raise DesignError(f"{', '.join(sorted(both))}: given twice in one design")
    rows = [{**policy, **world} for world in worlds for policy in policies]
    layout = pd.DataFrame(
        {
            "policy": np.tile(np.arange(len(policies), dtype=np.int32), len(worlds)),
            "world": np.repeat(np.arange(len(worlds), dtype=np.int32), len(policies)),
        }
    )
    names = list(rows[0]) if rows else []
    points = pd.DataFrame({name: [row[name] for row in rows] for name in names}, dtype=object)
    points = points if names else pd.DataFrame(index=range(len(rows)))
    counts = {"policies": len(policies), "worlds": len(worlds)}
    return Design(points, layout, {**record, **counts})


def _merged(parts: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    merged: dict[str, Value] = {}
    for part in parts:
        both = set(merged) & set(part)
        if both:
            raise DesignError(f"{', '.join(sorted(both))}: on two axes of one design")
        merged.update(part)
    return merged


def _rows(table: pd.DataFrame) -> list[dict[str, Value]]:
    columns = {str(name): table[name].tolist() for name in table.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _check_size(count: int) -> None:
    if count > MOST_POINTS:
        raise DesignError(f"{count} points are more than the {MOST_POINTS} a study may have")
