"""Published results: the newest year of each measure, in standard deviations over schools of the phase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.populations import facts
from schoolsim.populations.array_types import BoolArray, Float64Array, Int64Array, ObjectArray
from schoolsim.populations.official.establishments import Column, Establishments, Figure
from schoolsim.populations.plausibility import RESULTS
from schoolsim.populations.schools import PHASES, PRIMARY

#: Field -> name of the measure.
MEASURES: Final = {"attainment8": "Attainment 8", "progress8": "Progress 8", "key_stage_2": "Key Stage 2"}
# Measures of a phase, best first. Key Stage 2 results of a secondary school's pupils are its intake and never stand
# for its attainment.
_OF_PRIMARY: Final = ("key_stage_2",)
_OF_OTHERS: Final = ("attainment8", "progress8")
_FEWEST: Final = 3


@dataclass(frozen=True)
class Attainment:
    """Attainment of every establishment.

    Args:
        score: In standard deviations over schools of the phase, NaN where unknown.
        published: As published, NaN where unknown.
        measure: Name of the measure, blank where unknown.
        figure: Field of the measure that the phase of each establishment is given, blank where it has none.
        notes: Code of a phase -> sentence on its measure.
    """

    score: Float64Array
    published: Float64Array
    measure: ObjectArray
    figure: ObjectArray
    notes: Mapping[int, str]


def read_results(establishments: Establishments) -> dict[str, Figure]:
    """Each measure of every establishment, of the newest year that the files hold."""
    figures = {}
    for field, measure in MEASURES.items():
        columns = establishments.columns(field)
        newest = max((_year(column) or 0 for column in columns), default=0)
        used = [column for column in columns if (_year(column) or newest) == newest]
        older = [column.label for column in columns if column not in used]
        if older:
            establishments.notes.append(
                f"{measure} is that of {newest}; of older years and not read: {', '.join(older)}."
            )
        figure = establishments.figure(used, measure)
        low, high = RESULTS[measure]
        impossible = (figure.value < low) | (figure.value > high)
        if impossible.any():
            establishments.notes.append(
                f"{measure} is beyond {low:g} to {high:g} for {int(impossible.sum()):,} establishments; "
                "it was read as missing."
            )
            figure.forget(impossible, "implausible")
        figures[field] = figure
    return figures


def standardise(figures: Mapping[str, Figure], phase: Int64Array, is_open: BoolArray) -> Attainment:
    """Put results on one scale for each phase.

    Secondary and special schools have Attainment 8, else Progress 8, against England's of their phase in 2019: so an
    authority that does worse than England still does when it is read from files of its own. Primary schools have a
    Key Stage 2 measure where there is one, against the open schools of the files (three at least).

    Args:
        figures: The measures, by field.
        phase: Code of the phase of each establishment; other numbers for those of none.
        is_open: Whether each is open.
    """
    rows = len(phase)
    score, published = np.full(rows, np.nan), np.full(rows, np.nan)
    measure, chosen = np.full(rows, "", dtype=object), np.full(rows, "", dtype=object)
    notes = {}
    for code, label in enumerate(PHASES):
        members = (phase == code) & is_open
        fields = _OF_PRIMARY if code == PRIMARY else _OF_OTHERS
        field = next((name for name in fields if np.isfinite(figures[name].value).any()), fields[0])
        values = np.where(members, figures[field].value, np.nan)
        known = np.isfinite(values)
        chosen[members] = field
        mean, spread, reference = _reference(MEASURES[field], code, values[known])
        if known.any() and spread > 0:
            score = np.where(known, (values - mean) / spread, score)
            published = np.where(known, values, published)
            measure[known] = MEASURES[field]
            sources = sorted({_column_name(str(source)) for source in figures[field].source[known]})
            notes[code] = (
                f"Attainment of {label} schools is {', '.join(sources)}, known for {known.sum():,} in the "
                f"files, in standard deviations of {reference} (mean {mean:.3g}, sd {spread:.3g})."
            )
        else:
            notes[code] = f"The files have no attainment of {label} schools; it is unknown."
    return Attainment(score, published, measure, chosen, notes)


def _reference(measure: str, phase: int, known: Float64Array) -> tuple[float, float, str]:
    """Mean, standard deviation and name of the schools that results are compared with."""
    if (measure, phase) in facts.RESULTS:
        mean, spread = facts.RESULTS[measure, phase]
        return mean, spread, f"England's {PHASES[phase]} schools in 2019"
    if len(known) < _FEWEST:
        return 0.0, 0.0, "nothing"
    return float(np.mean(known)), float(np.std(known)), "these"


def _year(column: Column) -> int | None:
    """The year of a column: the one in its name, else its file's."""
    match = re.search(r"_(20\d\d)$", column.label)
    return int(match[1]) if match else column.file.year


def _column_name(source: str) -> str:
    """The column of a source, without what it was inherited from."""
    return source.partition(" of predecessor")[0].rpartition(": ")[2]
