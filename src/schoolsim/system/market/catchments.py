"""Around each school a zone, and the schools its families can choose among."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from schoolsim.columns import Float64Array, Int64Array
from schoolsim.populations.schools import SchoolTable
from schoolsim.system.trust.ties import KM_A_MILE


def nearest_schools(table: SchoolTable, most: int) -> tuple[Int64Array, Float64Array]:
    """The nearest schools of the same phase, itself first, for each school.

    Args:
        table: Schools.
        most: How many at most.

    Returns:
        Rows (school, most), -1 where there are fewer, and straight miles (school, most).
    """
    rows = np.full((len(table), most), -1, dtype=np.int64)
    miles = np.zeros((len(table), most))
    for phase in np.unique(table.phase):
        members = np.flatnonzero(table.phase == phase)
        # Rows are put in order of urn, so that schools at one point are told apart by who they are.
        members = members[np.argsort(table.urn[members])]
        places = np.column_stack([table.easting[members], table.northing[members]])
        number = min(most, len(members))
        far, near = cKDTree(places).query(places, k=range(1, number + 1))
        rows[members, :number] = members[near]
        miles[members, :number] = far / KM_A_MILE
    return rows, miles
