"""Joins the files of a place on the URN: texts and figures of every establishment, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from schoolsim.populations.array_types import BoolArray, Float64Array, Int64Array, ObjectArray
from schoolsim.populations.official.file_kinds import (
    CENSUS,
    GROUP_LINKS,
    GROUPS,
    KEY_STAGE_2,
    KEY_STAGE_4,
    LINKS,
    REGISTER,
    SCHOOL_INFORMATION,
    STATISTICS,
    WORKFORCE,
    FileKind,
)
from schoolsim.populations.official.missing_codes import Numbers, numbers
from schoolsim.populations.official.source_files import SourceFile

#: How a figure came about; see `schema`.
READ, COMPUTED, PREDECESSOR, IMPUTED, UNKNOWN = "read", "computed", "predecessor", "imputed", "unknown"
#: Of made-up schools.
DRAWN = "drawn"

# Which kind of file is asked first. Figures come from the collection that made them; a register copies them later.
_TEXT_ORDER: Final = (
    REGISTER, SCHOOL_INFORMATION, STATISTICS, GROUP_LINKS, CENSUS, KEY_STAGE_4, KEY_STAGE_2, WORKFORCE,
)  # fmt: skip
_ORDER: Final[dict[str, tuple[FileKind, ...]]] = {
    "roll": (CENSUS, STATISTICS, REGISTER, SCHOOL_INFORMATION, KEY_STAGE_4, KEY_STAGE_2),
    "fsm_percent": (CENSUS, STATISTICS, REGISTER),
    "easting": (REGISTER,),
    "northing": (REGISTER,),
    "latitude": (SCHOOL_INFORMATION, KEY_STAGE_4, KEY_STAGE_2),
    "longitude": (SCHOOL_INFORMATION, KEY_STAGE_4, KEY_STAGE_2),
    "places": (REGISTER,),
    "use": (REGISTER,),
    "heads": (WORKFORCE, STATISTICS, REGISTER),
    "fte": (WORKFORCE, STATISTICS, REGISTER),
    "fte_other": (REGISTER,),
    "ratio": (WORKFORCE, STATISTICS, REGISTER),
    "attainment8": (KEY_STAGE_4, STATISTICS, REGISTER),
    "progress8": (KEY_STAGE_4, STATISTICS, REGISTER),
    "key_stage_2": (KEY_STAGE_2, STATISTICS, REGISTER),
}
# Two files that differ by more than this share of the larger figure disagree; Progress 8, whose mean is 0, by more
# than this many grades.
_DISAGREEMENT: Final = 0.1
_ABSOLUTE: Final = ("progress8",)


@dataclass
class Figure:
    """One figure of every establishment, and where each value was read.

    Args:
        value: The figure, NaN where unknown.
        small: Where the files say that it rounds to 0 but is not 0 (`low`, `k`).
        code: What stands in the first file that lists the establishment, where it holds no number there.
        source: File and column of the value.
        basis: `READ`, `COMPUTED`, `PREDECESSOR` or `UNKNOWN`.
    """

    value: Float64Array
    small: BoolArray
    code: ObjectArray
    source: ObjectArray
    basis: ObjectArray

    @classmethod
    def empty(cls, rows: int) -> Figure:
        """A figure that is unknown everywhere."""
        return cls(np.full(rows, np.nan), np.zeros(rows, dtype=bool), _texts(rows), _texts(rows), _texts(rows, UNKNOWN))

    def at(self, rows: Int64Array) -> Figure:
        """The figure of some establishments."""
        return Figure(self.value[rows], self.small[rows], self.code[rows], self.source[rows], self.basis[rows])

    @property
    def known(self) -> BoolArray:
        """Where there is a value, or word that it is small."""
        return np.isfinite(self.value) | self.small

    def add(self, rows: Int64Array, cells: Numbers, source: str, basis: str = READ) -> None:
        """Take values for the establishments in `rows` that have none yet, and the codes of those without."""
        fresh = ~self.known[rows]
        gives = fresh & (np.isfinite(cells.value) | cells.small)
        at = rows[gives]
        self.value[at], self.small[at] = cells.value[gives], cells.small[gives]
        self.source[at], self.basis[at], self.code[at] = source, basis, ""
        first = fresh & ~gives & np.isin(self.code[rows].astype(str), ("", "blank"))
        self.code[rows[first]] = cells.reason[first]

    def forget(self, rows: BoolArray, code: str) -> None:
        """Make values unknown that cannot be right, and say why."""
        self.value[rows], self.small[rows] = np.nan, False
        self.code[rows], self.source[rows], self.basis[rows] = code, "", UNKNOWN


@dataclass(frozen=True)
class Column:
    """A column of figures in one file.

    Args:
        file: The file.
        field: The figure.
        label: File and column, for people.
        read: Numbers of the file's rows.
        basis: `READ`, or `COMPUTED` where the numbers are made of other columns.
    """

    file: SourceFile
    field: str
    label: str
    read: Callable[[], Numbers]
    basis: str = READ


class Establishments:
    """All establishments that any file lists, in the order of their URN."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        """Find every establishment of the files; those that only a link names are no establishments of theirs."""
        self.files = tuple(files)
        lists = [file.urn for file in files if file.kind not in (LINKS, GROUPS)]
        urn = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *lists]))
        self.urn: Int64Array = urn[urn > 0]
        self.notes: list[str] = []
        self._rows = {file.label: self._row_of(file) for file in files}

    def __len__(self) -> int:
        """Number of establishments."""
        return len(self.urn)

    def rows(self, file: SourceFile) -> Int64Array:
        """Row of each of the file's rows among the establishments."""
        return self._rows[file.label]

    def text(self, field: str) -> ObjectArray:
        """A text of every establishment, from the first kind of file that has one; blank where none has."""
        texts = _texts(len(self))
        for file in self.in_order(field, _TEXT_ORDER):
            cells = np.array(file.cells[field], dtype=object)
            rows = self.rows(file)
            listed = (file.urn > 0) & (cells != "")
            # Where a file lists an establishment twice, its first row counts: the last one assigned.
            at, values = rows[listed][::-1], cells[listed][::-1]
            fresh = texts[at] == ""
            texts[at[fresh]] = values[fresh]
        return texts

    def columns(self, field: str) -> list[Column]:
        """The columns that hold a figure, the one to ask first in front."""
        return [
            Column(file, field, file.column_label(field), partial(numbers, file.cells[field]))
            for file in self.in_order(field, _ORDER[field])
        ]

    def figure(self, columns: Sequence[Column], title: str) -> Figure:
        """A figure of every establishment from the first column that has it.

        Cells that are neither numbers nor known codes, and columns that disagree, are noted.

        Args:
            columns: The columns, the one to ask first in front.
            title: What a note calls the figure.
        """
        figure = Figure.empty(len(self))
        for column in columns:
            rows, cells = self.rows(column.file), column.read()
            self._note_unreadable(column, cells)
            self._note_disagreement(figure, rows, cells, column, title)
            figure.add(rows, cells, column.label, column.basis)
        return figure

    def _row_of(self, file: SourceFile) -> Int64Array:
        return np.minimum(np.searchsorted(self.urn, file.urn), max(len(self.urn) - 1, 0))

    def in_order(self, field: str, kinds: Sequence[FileKind]) -> list[SourceFile]:
        """The files of these kinds that have a field: by kind, then the newest first, provisional figures last."""
        having = [file for file in self.files if field in file.cells and file.kind in kinds]
        return sorted(
            having,
            key=lambda file: (
                kinds.index(file.kind), -(file.year or 0), "provisional" in file.label.casefold(), file.label
            ),
        )  # fmt: skip

    def _note_unreadable(self, column: Column, cells: Numbers) -> None:
        if not cells.unreadable.any():
            return
        seen = sorted({str(text) for text in cells.reason[cells.unreadable]})[:3]
        shown = ", ".join(f'"{text}"' for text in seen)
        count = int(cells.unreadable.sum())
        self.notes.append(
            f'{count:,} cells of "{column.label}" are neither a number nor a known code ({shown}); '
            "they were read as missing."
        )

    def _note_disagreement(self, figure: Figure, rows: Int64Array, cells: Numbers, column: Column, title: str) -> None:
        before = figure.value[rows]
        with np.errstate(invalid="ignore"):
            size = 1.0 if column.field in _ABSOLUTE else np.maximum(np.abs(before), np.abs(cells.value))
            gap = np.abs(before - cells.value) > _DISAGREEMENT * size
        both = int((np.isfinite(before) & np.isfinite(cells.value)).sum())
        if gap.any():
            self.notes.append(
                f"{title}: {column.label} differs by more than a tenth from the source asked before it for "
                f"{int(gap.sum()):,} of {both:,} schools in both; the first source of each school was kept."
            )


def _texts(rows: int, text: str = "") -> ObjectArray:
    return np.full(rows, text, dtype=object)
