"""Index of the parts: the file and row of every kept run."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schoolsim.studies.errors import StoreError
from schoolsim.studies.run_request import STATUSES
from schoolsim.studies.store.parts import OUTCOME, joined, part_files, read_part, sound_parts

RUNS_A_GROUP = 1000
VALUES_A_GROUP = 2_000_000
"""Most runs, and most values of series, of a row group of the final tables."""

GROUPS_AT_ONCE = 4

READS = 5
"""Times the parts are read anew when one goes away meanwhile."""


@dataclass(frozen=True)
class PartIndex:
    """Every run that has been kept, once, by point and replication.

    Args:
        identity: Of the study.
        files: The parts.
        part: Position in `files` of each run's part, shape `(runs,)`.
        row: Its row there.
        point: Its point.
        replication: Its replication.
        status: Its status, as a position in `STATUSES`.
        values: How many values of series and of schools it has.
        outcomes: Names of all outcomes any part has.
        series: Names of all outcomes any part has through time.
        damaged: The parts that are not as they were written, by the names they had.
        of_schools: Names of all that any part has of every school.
    """

    identity: str
    files: tuple[Path, ...]
    part: np.ndarray
    row: np.ndarray
    point: np.ndarray
    replication: np.ndarray
    status: np.ndarray
    values: np.ndarray
    outcomes: tuple[str, ...]
    series: tuple[str, ...]
    damaged: tuple[Path, ...] = ()
    of_schools: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path, identity: str, points: int, *, repair: bool = True) -> PartIndex:
        """Read the parts of a folder; about 25 bytes of memory a run.

        Args:
            folder: The folder of the parts.
            identity: The study they must be of.
            points: Points of the study.
            repair: Whether to set damaged parts aside; only who holds the lock may.

        Raises:
            StudyChangedError: If a part is of another study.
            StoreError: If the parts cannot be read.
        """
        for _ in range(READS):
            with contextlib.suppress(FileNotFoundError):
                return cls._read(folder, identity, points, repair=repair)
        raise StoreError(f"the parts in {folder} go away while they are read: another process writes them; try again")

    @classmethod
    def _read(cls, folder: Path, identity: str, points: int, *, repair: bool) -> PartIndex:
        paths = part_files(folder)
        files: list[Path] = []
        columns = []
        outcomes: set[str] = set()
        series: set[str] = set()
        of_schools: set[str] = set()
        for path, table in sound_parts(paths, identity, points, repair=repair):
            rows = np.arange(len(table), dtype=np.int32)
            columns.append((np.full_like(rows, len(files)), rows, *_keys(table)))
            files.append(path)
            outcomes.update(name for name in table.column_names if name.startswith(OUTCOME))
            series.update(table["series_names"].combine_chunks().values.unique().to_pylist())
            if "school_names" in table.column_names:
                of_schools.update(table["school_names"].combine_chunks().flatten().unique().to_pylist())
        stacked = [np.concatenate(part) for part in zip(*columns, strict=True)] or [_NONE] * 6
        part, row, point, replication, status, values = stacked
        last = _latest(point, replication)
        names = tuple(sorted(name.removeprefix(OUTCOME) for name in outcomes))
        damaged = tuple(path for path in paths if path not in files)
        return cls(
            identity, tuple(files), part[last], row[last], point[last], replication[last],
            status[last], values[last], names, tuple(sorted(series)), damaged, tuple(sorted(of_schools)),
        )  # fmt: skip

    def __len__(self) -> int:
        """Number of runs."""
        return len(self.point)

    def keep(self, chosen: np.ndarray) -> PartIndex:
        """The index of some of the runs; `chosen` is a mask."""
        return PartIndex(
            self.identity, self.files, self.part[chosen], self.row[chosen], self.point[chosen],
            self.replication[chosen], self.status[chosen], self.values[chosen], self.outcomes,
            self.series, self.damaged, self.of_schools,
        )  # fmt: skip

    def counts(self) -> dict[str, int]:
        """Runs by status."""
        counts = np.bincount(self.status, minlength=len(STATUSES))
        return {name: int(count) for name, count in zip(STATUSES, counts, strict=True)}

    def rows_a_group(self) -> int:
        """Runs a row group of the final tables holds: fewer when their series are long."""
        mean = self.values.mean() if len(self) else 0.0
        return int(np.clip(VALUES_A_GROUP / max(mean, 1.0), 1, RUNS_A_GROUP))

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The rows of the parts, a row group at a time, in the order of point and replication.

        Several groups are read at once: runs next to each other are scattered over many parts.
        """
        size = self.rows_a_group()
        at_once = size * GROUPS_AT_ONCE
        for start in range(0, len(self), at_once):
            part, row = self.part[start : start + at_once], self.row[start : start + at_once]
            needed, position = np.unique(part, return_inverse=True)
            tables = [self._part(number, columns) for number in needed]
            offsets = np.cumsum([0, *(len(table) for table in tables[:-1])])
            rows = joined(tables).take(pa.array(row + offsets[position]))
            for first in range(0, len(rows), size):
                yield rows.slice(first, size)

    def _part(self, number: int, columns: list[str] | None) -> pa.Table:
        try:
            return read_part(self.files[number], self.identity, columns)
        except FileNotFoundError:
            path = self.files[number]
            raise StoreError(f"{path} went away while it was read: another process writes it; try again") from None


_NONE = np.zeros(0, dtype=np.int32)


def _keys(table: pa.Table) -> tuple[np.ndarray, ...]:
    codes = {name: code for code, name in enumerate(STATUSES)}
    status = np.array([codes[name] for name in table["status"].to_pylist()], dtype=np.int8)
    values = np.diff(table["series_values"].combine_chunks().offsets.to_numpy())
    if "school_values" in table.column_names:
        values = values + pc.list_value_length(table["school_values"]).fill_null(0).combine_chunks().to_numpy()
    return table["point"].to_numpy(), table["replication"].to_numpy(), status, values


def _latest(point: np.ndarray, replication: np.ndarray) -> np.ndarray:
    """Rows in the order of point and replication; of rows that agree, the last."""
    order = np.lexsort((replication, point))  # stable: rows that agree stay in order
    same = (np.diff(point[order]) == 0) & (np.diff(replication[order]) == 0)
    return order[np.append(~same, np.ones(min(1, len(order)), dtype=bool))]
