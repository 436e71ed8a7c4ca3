"""Spatial statistics of schools: nearest neighbours, neighbour correlation, clustering."""

from __future__ import annotations

import math

import numpy as np
from scipy.spatial import cKDTree

from schoolsim.populations.array_types import Float64Array, Int64Array
from schoolsim.populations.schools import PHASES, SchoolTable


def nearest_same_phase(table: SchoolTable) -> tuple[Float64Array, Int64Array]:
    """Find each school's nearest school of its own phase.

    Returns:
        Distance in kilometres and row of the nearest, one each a school; NaN and -1 for the only school of its phase.
    """
    distance = np.full(len(table), np.nan)
    row = np.full(len(table), -1, dtype=np.int64)
    for code in range(len(PHASES)):
        members = np.flatnonzero(table.phase == code)
        if len(members) > 1:
            points = np.column_stack([table.easting[members], table.northing[members]])
            near, index = cKDTree(points).query(points, k=2)
            # At a shared point the search may name the school itself second.
            neighbour = np.where(index[:, 1] == np.arange(len(members)), index[:, 0], index[:, 1])
            distance[members], row[members] = near[:, 1], members[neighbour]
    return distance, row


def same_phase_within(table: SchoolTable, kilometres: float) -> Int64Array:
    """Count the other schools of its phase within `kilometres` of each school."""
    count = np.zeros(len(table), dtype=np.int64)
    for code in range(len(PHASES)):
        members = np.flatnonzero(table.phase == code)
        if len(members):
            points = np.column_stack([table.easting[members], table.northing[members]])
            tree = cKDTree(points)
            count[members] = tree.query_ball_point(points, kilometres, return_length=True) - 1
    return count


def neighbour_correlation(table: SchoolTable, phase: int, column: str = "disadvantage") -> float:
    """Pearson correlation of a column with the nearest same-phase school's, within one phase."""
    _, row = nearest_same_phase(table)
    own = np.flatnonzero((table.phase == phase) & (row >= 0))
    values = getattr(table, column)
    return float(np.corrcoef(values[own], values[row[own]])[0, 1])


def clark_evans(table: SchoolTable, phase: int, area: float, perimeter: float = 0.0) -> float:
    """Clark and Evans's R: mean nearest distance over its expectation at random; below 1 is clustered.

    Args:
        table: The schools.
        phase: Code of the phase.
        area: Square kilometres the schools lie in.
        perimeter: Kilometres round that area, for the edge correction; 0 makes none.

    Source:
        Clark & Evans 1954, Ecology 35, doi 10.2307/1931034; edge correction Donnelly 1978.
    """
    distance, _ = nearest_same_phase(table)
    own = distance[table.phase == phase]
    schools = len(own)
    edge = (0.0514 + 0.041 / math.sqrt(schools)) * perimeter / schools
    return float(np.nanmean(own) / (0.5 * math.sqrt(area / schools) + edge))
