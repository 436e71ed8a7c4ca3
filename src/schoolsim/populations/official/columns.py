"""Columns of figures that are made of others: shares from counts, places on the grid from degrees."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from schoolsim.populations.official import national_grid
from schoolsim.populations.official.establishments import COMPUTED, Column, Establishments
from schoolsim.populations.official.file_kinds import CENSUS, KEY_STAGE_2, KEY_STAGE_4, SCHOOL_INFORMATION, STATISTICS
from schoolsim.populations.official.missing_codes import Numbers, numbers
from schoolsim.populations.official.source_files import SourceFile
from schoolsim.populations.schools import PopulationError

# No number above the first in that many cells: the column is in another unit.
_ENOUGH: Final = 10
_UNITS: Final = {
    "easting": (1_000.0, "metres of the National Grid, not kilometres or degrees"),
    "northing": (1_500.0, "metres of the National Grid, not kilometres or degrees"),
    "fsm_percent": (1.0, "percentages from 0 to 100, not shares"),
}
_GEOGRAPHIC: Final = (SCHOOL_INFORMATION, KEY_STAGE_4, KEY_STAGE_2)


def free_meals(establishments: Establishments) -> list[Column]:
    """Columns of the percentage on free school meals; where a file has counts only, they are divided by its roll."""
    usable = []
    for column in establishments.columns("fsm_percent"):
        _check_unit(column)
        usable.append(column)
    for file in establishments.in_order("fsm_count", (CENSUS, STATISTICS)):
        if "roll" in file.cells and "fsm_percent" not in file.cells:
            label = f"{file.column_label('fsm_count')} / {file.names['roll']}"
            # The census made the counts; a register copies its percentages.
            usable.insert(0, Column(file, "fsm_percent", label, partial(_percent, file), COMPUTED))
    return usable


def grid(establishments: Establishments) -> tuple[list[Column], list[Column]]:
    """Columns of easting and of northing; degrees are asked last."""
    east, north = establishments.columns("easting"), establishments.columns("northing")
    for column in (*east, *north):
        _check_unit(column)
    for file in establishments.in_order("latitude", _GEOGRAPHIC):
        if "longitude" in file.cells:
            label = f"{file.column_label('latitude')}, {file.names['longitude']}"
            east.append(Column(file, "easting", label, partial(_from_degrees, file, 0), COMPUTED))
            north.append(Column(file, "northing", label, partial(_from_degrees, file, 1), COMPUTED))
    return east, north


def _percent(file: SourceFile) -> Numbers:
    count, roll = numbers(file.cells["fsm_count"]), numbers(file.cells["roll"])
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = np.where(roll.value > 0, 100.0 * count.value / roll.value, np.nan)
    reason = np.where(np.isnan(percent) & (count.reason == ""), "no roll", count.reason)
    return Numbers(percent, count.small, reason, count.unreadable)


def _from_degrees(file: SourceFile, axis: int) -> Numbers:
    latitude, longitude = numbers(file.cells["latitude"]), numbers(file.cells["longitude"])
    value = national_grid.from_degrees(latitude.value, longitude.value)[axis]
    reason = np.where(np.isnan(value) & (latitude.reason == ""), longitude.reason, latitude.reason)
    return Numbers(value, np.zeros(len(value), dtype=bool), reason, latitude.unreadable | longitude.unreadable)


def _check_unit(column: Column) -> None:
    smallest, rule = _UNITS[column.field]
    values = column.read().value
    known = values[np.isfinite(values)]
    if len(known) >= _ENOUGH and 0 < known.max() <= smallest:
        raise PopulationError(f'"{column.label}" holds no number above {known.max():g}; it must hold {rule}.')
