"""Schools as columns: the table in which every population is handed to the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.parameters import UserError
from schoolsim.populations.plausibility import MOST_PLACES, MOST_PUPILS, MOST_TEACHERS
from schoolsim.showing import Facts, as_html, as_text, counted

PRIMARY: Final = 0
SECONDARY: Final = 1
SPECIAL: Final = 2
#: Names of the phases, in the order of their codes.
PHASES: Final = ("primary", "secondary", "special")


def _blank() -> NDArray[np.object_]:
    return np.empty(0, dtype=object)


class PopulationError(UserError):
    """Schools that cannot be drawn, read or used; the message says why and what is allowed."""


@dataclass(frozen=True, eq=False, repr=False)
class SchoolTable:
    """One row a school, every column a read-only array of the same length.

    Args:
        urn: Stable number of the school, unique and above 0; whatever is drawn for a school later
            is keyed by it, never by its row.
        name: Name of the school; names need not be unique.
        phase: 0 primary, 1 secondary, 2 special (`PHASES`).
        easting: Kilometres east on a flat map, such as the National Grid / 1000.
        northing: Kilometres north on the same map.
        roll: Pupils, above 0 and not above `plausibility.MOST_PUPILS`.
        capacity: Places, above 0; a roll may be above it.
        disadvantage: Share of pupils known to be eligible for free school meals, 0 to 1.
        attainment: Published attainment in school-level standard deviations within the phase,
            NaN where nothing is published.
        teachers: Teachers (heads, not full-time equivalents), 1 or more.
        authority: Row of the school's authority in `authorities`.
        authorities: Names of the authorities.
        notes: Sentences on what was left out or filled in, and why.
        trust: Code of the academy trust of several schools that runs it, blank for none; blank everywhere if left out.
        federation: Code of the federation it is in, in the same way.

    Raises:
        PopulationError: A column is of the wrong length or holds a value it may not hold; the
            message names the column, the school and the rule.
    """

    urn: NDArray[np.int64]
    name: NDArray[np.object_]
    phase: NDArray[np.int8]
    easting: NDArray[np.float64]
    northing: NDArray[np.float64]
    roll: NDArray[np.float64]
    capacity: NDArray[np.float64]
    disadvantage: NDArray[np.float64]
    attainment: NDArray[np.float64]
    teachers: NDArray[np.int32]
    authority: NDArray[np.int32]
    authorities: tuple[str, ...]
    notes: tuple[str, ...] = ()
    trust: NDArray[np.object_] = field(default_factory=_blank)
    federation: NDArray[np.object_] = field(default_factory=_blank)

    def __post_init__(self) -> None:
        """Bring every column to its type, lock it, and check it."""
        for column in _GROUPS:
            if not len(getattr(self, column)):
                object.__setattr__(self, column, np.full(len(self.urn), "", dtype=object))
        for column, dtype in _DTYPES.items():
            object.__setattr__(self, column, _typed(column, getattr(self, column), dtype))
        object.__setattr__(self, "authorities", tuple(str(name) for name in self.authorities))
        object.__setattr__(self, "notes", tuple(self.notes))
        _check_shapes(self)
        _check_values(self)

    def __len__(self) -> int:
        """Number of schools."""
        return len(self.urn)

    def __deepcopy__(self, memo: object) -> SchoolTable:
        """Itself, since nothing in it can change."""
        return self

    def _facts(self) -> Facts:
        facts = []
        for phase, found in self.summary().items():
            schools, pupils, teachers = (int(found[word]) for word in ("schools", "pupils", "teachers"))
            counts = f"{counted(schools, 'school')}, {counted(pupils, 'pupil')}, {counted(teachers, 'teacher')}"
            facts.append((phase, f"{counts}, {found['disadvantage']:.0%} disadvantaged"))
        where = ", ".join(self.authorities[:3]) + (" and others" if len(self.authorities) > 3 else "")
        return [("authorities", where), *facts, *(("note", sentence) for sentence in self.notes)]

    def __repr__(self) -> str:
        """Schools, pupils and teachers by phase, and the notes."""
        return as_text("SchoolTable", self._facts())

    def _repr_html_(self) -> str:
        return as_html("SchoolTable", self._facts())

    def of_phase(self, phase: int | str) -> SchoolTable:
        """Select the schools of one phase, given as its code or its name.

        Raises:
            PopulationError: There is no such phase.
        """
        known: tuple[object, ...] = (*range(len(PHASES)), *PHASES)
        if phase not in known:
            raise PopulationError(f"no phase {phase!r}: it must be one of {_list(PHASES)}.")
        code = PHASES.index(phase) if isinstance(phase, str) else phase
        return self.take(self.phase == code)

    def take(self, selection: NDArray[Any]) -> SchoolTable:
        """Select schools by a mask, or by rows in the order wanted; the notes are kept."""
        columns = {column: getattr(self, column)[selection] for column in _DTYPES}
        return replace(self, **columns)

    def with_notes(self, *sentences: str) -> SchoolTable:
        """Return the same schools with sentences added to the notes."""
        return replace(self, notes=(*self.notes, *sentences))

    def summary(self) -> dict[str, dict[str, float]]:
        """Summarise each phase that has schools, and all schools.

        Returns:
            Phase (or `"all"`) to `schools`, `pupils`, `teachers`, `roll` (mean pupils), `capacity
            use` (pupils / places), `disadvantage` (share of pupils, weighted by roll) and
            `attainment known` (share of schools).
        """
        parts = [(name, self.phase == code) for code, name in enumerate(PHASES)]
        parts.append(("all", np.ones(len(self), dtype=bool)))
        return {name: _figures(self, mask) for name, mask in parts if mask.any()}


_DTYPES: Final[dict[str, type]] = {
    "urn": np.int64, "name": np.object_, "phase": np.int8, "easting": np.float64,
    "northing": np.float64, "roll": np.float64, "capacity": np.float64,
    "disadvantage": np.float64, "attainment": np.float64, "teachers": np.int32,
    "authority": np.int32, "trust": np.object_, "federation": np.object_,
}  # fmt: skip
_GROUPS: Final = ("trust", "federation")

_FLOOR: Final = np.finfo(np.float64).tiny
# Column -> (rule in words, check).
_RULES: Final[dict[str, tuple[str, Callable[[NDArray[Any]], NDArray[Any]]]]] = {
    "urn": ("a number above 0", lambda x: x > 0),
    "phase": ("0 (primary), 1 (secondary) or 2 (special)", lambda x: (x >= 0) & (x <= SPECIAL)),
    "easting": ("a finite number of kilometres", np.isfinite),
    "northing": ("a finite number of kilometres", np.isfinite),
    "roll": (f"a number of pupils above 0, {MOST_PUPILS:,} at most", lambda x: (x >= _FLOOR) & (x <= MOST_PUPILS)),
    "capacity": (f"a number of places above 0, {MOST_PLACES:,} at most", lambda x: (x >= _FLOOR) & (x <= MOST_PLACES)),
    "disadvantage": ("a share from 0 to 1", lambda x: (x >= 0) & (x <= 1)),
    "attainment": ("a finite number, or NaN where unknown", lambda x: ~np.isinf(x)),
    "teachers": (f"from 1 to {MOST_TEACHERS:,}", lambda x: (x >= 1) & (x <= MOST_TEACHERS)),
}


def _typed(column: str, values: Any, dtype: type) -> NDArray[Any]:
    """Copy into the column's type, read-only; a number that would change by it is refused."""
    given = np.asarray(values)
    if given.ndim != 1:
        raise PopulationError(f'column "{column}" has {given.ndim} dimensions; it must have one.')
    try:
        with np.errstate(invalid="ignore"):
            column_values: NDArray[Any] = given.astype(dtype)
    except (TypeError, ValueError, OverflowError) as fault:
        raise PopulationError(f'column "{column}" holds something that is no number.') from fault
    if np.issubdtype(dtype, np.integer) and np.any(column_values != given):
        row = int(np.flatnonzero(column_values != given)[0])
        raise PopulationError(f'column "{column}" must hold whole numbers, not {given[row]}.')
    column_values.setflags(write=False)
    return column_values


def _check_shapes(table: SchoolTable) -> None:
    lengths = {column: len(getattr(table, column)) for column in _DTYPES}
    rows = lengths["urn"]
    if rows == 0:
        raise PopulationError("there are no schools: a population needs at least one.")
    for column, length in lengths.items():
        if length != rows:
            raise PopulationError(f'column "{column}" has {length} rows but "urn" has {rows}.')


def _check_values(table: SchoolTable) -> None:
    for column, (rule, holds) in _RULES.items():
        _refuse(table, column, ~holds(getattr(table, column)), f"must be {rule}")
    known = len(table.authorities)
    outside = (table.authority < 0) | (table.authority >= known)
    _refuse(table, "authority", outside, f"must be a row of the {known} authorities")
    _, first = np.unique(table.urn, return_index=True)
    repeated = np.ones(len(table), dtype=bool)
    repeated[first] = False
    _refuse(table, "urn", repeated, "must be unique: two schools share it")


def _refuse(table: SchoolTable, column: str, wrong: NDArray[np.bool_], rule: str) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        more = int(wrong.sum()) - 1
        suffix = f" ({more} more such)" if more else ""
        raise PopulationError(
            f'school {table.urn[row]} "{table.name[row]}": "{column}" is '
            f"{getattr(table, column)[row]}; it {rule}{suffix}."
        )


def _figures(table: SchoolTable, mask: NDArray[np.bool_]) -> dict[str, float]:
    roll = table.roll[mask]
    pupils = float(roll.sum())
    return {
        "schools": float(mask.sum()),
        "pupils": pupils,
        "teachers": float(table.teachers[mask].sum()),
        "roll": pupils / float(mask.sum()),
        "capacity use": pupils / float(table.capacity[mask].sum()),
        "disadvantage": float((table.disadvantage[mask] * roll).sum()) / pupils,
        "attainment known": float(np.isfinite(table.attainment[mask]).mean()),
    }


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
