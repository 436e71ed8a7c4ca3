"""Where schools lie among one another: nearest of the same phase, likeness, clustering."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from schoolsim.populations.schools import PHASES, SchoolTable


def nearest_same_phase(table: SchoolTable) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distance to, and row of, each school's nearest school of its own phase.

    Returns:
        Kilometres and rows, one each a school; NaN and -1 for the only school of its phase.
    """
    distance = np.full(len(table), np.nan)
    row = np.full(len(table), -1, dtype=np.int64)
    for code in range(len(PHASES)):
        members = np.flatnonzero(table.phase == code)
        if len(members) > 1:
            points = np.column_stack([table.easting[members], table.northing[members]])
            far, which = cKDTree(points).query(points, k=2)
            # At a shared point the search may name the school itself second.
            other = np.where(which[:, 1] == np.arange(len(members)), which[:, 0], which[:, 1])
            distance[members], row[members] = far[:, 1], members[other]
    return distance, row


def same_phase_within(table: SchoolTable, kilometres: float) -> NDArray[np.int64]:
    """Number of other schools of its phase within `kilometres` of each school."""
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
    """Clark and Evans's R: mean nearest distance over what chance would give; below 1 clustered.

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
