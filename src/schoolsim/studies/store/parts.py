"""Parts: runs as they end, in small Parquet files that appear whole or not at all.

A part holds a row a run, its series as lists in the row, so that one file is one step. When a run
is in two parts (it was retried) the later part counts. The name of a part holds the hash of its
bytes, all of them: a part that is not the one that was written is known before anything in it is
believed.
"""

from __future__ import annotations

import hashlib
import re
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schoolsim.studies.errors import DamagedError, DamageWarning, StoreError, StudyChangedError
from schoolsim.studies.run_request import STATUSES, RunRecord
from schoolsim.studies.store.files import read_bytes, remove, set_aside, whole_file

RUNS_A_PART = 500
VALUES_A_PART = 500_000
SECONDS_A_PART = 1.0
"""A part is written when it has so many runs or values of series, or its first run is this old.

A kill can lose a second's work at most. Waiting for the disk costs milliseconds a part, so parts of short
runs are large.
"""

SMALL_PARTS = 64
"""Parts that were not full are joined when there are so many of them."""

OUTCOME = "outcome/"
FIELDS = pa.schema(
    [
        pa.field("run", pa.string()),
        pa.field("point", pa.int32()),
        pa.field("replication", pa.int32()),
        pa.field("seed", pa.int64()),
        pa.field("status", pa.string()),
        pa.field("error", pa.string()),
        pa.field("half_terms", pa.list_(pa.int32())),
        pa.field("series_names", pa.list_(pa.string())),
        pa.field("series_values", pa.list_(pa.float64())),
    ]
)
SCHOOL_FIELDS = pa.schema(
    [
        pa.field("school_urns", pa.list_(pa.int64())),
        pa.field("school_half_terms", pa.list_(pa.int32())),
        pa.field("school_names", pa.list_(pa.string())),
        pa.field("school_values", pa.list_(pa.float64())),
    ]
)
"""Columns of a part in which runs keep something of every school."""
_IDENTITY = b"schoolsim.study"
_NAME = re.compile(r"part-(\d{8})(?:\.([0-9a-f]{64}))?\.parquet")

LARGEST_PART = 1 << 30
"""Bytes a part may have; those that are written have a few million."""

DAMAGED = ".damaged"
"""What the name of a damaged part ends in, once it is set aside."""


class PartWriter:
    """Collects records and writes them away before there are many or they are old."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Write parts of the study `identity` into `folder`, after those that are there."""
        self._folder, self._identity = folder, identity
        self._records: list[RunRecord] = []
        self._oldest, self._values = 0.0, 0
        self._small: list[Path] = []
        self._next = 1 + max((part_number(path) for path in part_files(folder)), default=0)

    def add(self, record: RunRecord) -> None:
        """Take a record; writes a part when it is time."""
        if not self._records:
            self._oldest = time.monotonic()
        self._records.append(record)
        self._values += sum(0 if array is None else array.size for array in (record.series, record.school_values))
        if self.due() <= 0.0:
            self.flush()

    def due(self) -> float:
        """Seconds until a part should be written; infinite when there is nothing to write."""
        if not self._records:
            return float("inf")
        if self._full():
            return 0.0
        return self._oldest + SECONDS_A_PART - time.monotonic()

    def flush(self) -> None:
        """Write what has been collected.

        Raises:
            StoreError: If the disk will not have it; the records are kept and may be tried again.
        """
        if not self._records:
            return
        path = self._write(part_table(self._records))
        if not self._full():
            self._small.append(path)
        self._records, self._values = [], 0
        if len(self._small) >= SMALL_PARTS:
            self._join()

    def _full(self) -> bool:
        return len(self._records) >= RUNS_A_PART or self._values >= VALUES_A_PART

    def write(self, table: pa.Table) -> None:
        """Write a part that is already a table."""
        self._write(table)

    def _write(self, table: pa.Table) -> Path:
        path = write_part(self._folder, self._next, table, self._identity)
        self._next += 1
        return path

    def _join(self) -> None:
        """Put small parts into the last of them; stopped half-way, runs are in two parts, which does no harm."""
        tables = [read_part(path, self._identity) for path in self._small]
        joined_part = write_part(self._folder, part_number(self._small[-1]), joined(tables), self._identity)
        for path in self._small:
            if path != joined_part:
                remove(path)
        self._small = []


def part_files(folder: Path) -> list[Path]:
    """The parts in the order they were written."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def part_number(path: Path) -> int:
    """Number of a part."""
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def part_table(records: Sequence[RunRecord]) -> pa.Table:
    """Records as the table of a part."""
    columns: dict[str, pa.Array] = {
        field.name: pa.array([getattr(record, field.name) for record in records], field.type)
        for field in list(FIELDS)[:6]
    }
    columns["half_terms"] = _lists([record.half_terms for record in records], pa.int32())
    names_of = [list(record.series_names) for record in records]
    columns["series_names"] = pa.array(names_of, pa.list_(pa.string()))
    flat = [None if record.series is None else record.series.ravel() for record in records]
    columns["series_values"] = _lists(flat, pa.float64())
    if any(record.school_values is not None for record in records):
        columns |= _school_lists(records)
    names = dict.fromkeys(name for record in records for name in record.outcomes)
    for name in names:
        values = [record.outcomes.get(name) for record in records]
        columns[OUTCOME + name] = pa.array(values, pa.float64())
    return pa.table(columns)


def _school_lists(records: Sequence[RunRecord]) -> dict[str, pa.Array]:
    values = [None if record.school_values is None else record.school_values.ravel() for record in records]
    names = [list(record.school_names) for record in records]
    return {
        "school_urns": _lists([record.school_urns for record in records], pa.int64()),
        "school_half_terms": _lists([record.school_half_terms for record in records], pa.int32()),
        "school_names": pa.array(names, pa.list_(pa.string())),
        "school_values": _lists(values, pa.float64()),
    }


def write_part(folder: Path, number: int, table: pa.Table, identity: str) -> Path:
    """Write a part, whole or not at all.

    Args:
        folder: The folder of the parts.
        number: Number of the part.
        table: Its rows, as `part_table` makes them.
        identity: The study they are of.

    Returns:
        The file.

    Raises:
        StoreError: If the disk will not have it.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata({_IDENTITY: identity.encode()}), sink, compression="lz4", use_dictionary=False,
        write_statistics=False, write_page_checksum=True,
    )  # fmt: skip
    content = sink.getvalue()
    path = folder / f"part-{number:08d}.{hashlib.sha256(content).hexdigest()}.parquet"
    with whole_file(path) as draft:
        draft.write_bytes(content)
    return path


def read_part(path: Path, identity: str, columns: list[str] | None = None) -> pa.Table:
    """Read a part.

    Args:
        path: The file.
        identity: The study it must be of.
        columns: The columns wanted; all when None.

    Raises:
        FileNotFoundError: If it is not there.
        DamagedError: If its bytes are not those that were written, or no part.
        StudyChangedError: If it is of another study.
        StoreError: If it cannot be read.
    """
    content = read_bytes(path, LARGEST_PART)
    match = _NAME.fullmatch(path.name)
    if match is None or hashlib.sha256(content).hexdigest() != match[2]:
        raise DamagedError(f"{path} is damaged: it is not the file that was written")
    try:
        with pq.ParquetFile(pa.BufferReader(content)) as file:
            if (file.schema_arrow.metadata or {}).get(_IDENTITY) != identity.encode():
                raise StudyChangedError(f"{path} belongs to another study; take it away first")
            table = file.read(columns)
            return table if columns is None else table.select([n for n in columns if n in table.column_names])
    except StudyChangedError:
        raise
    except Exception as error:  # Arrow raises many kinds for a bad file
        raise DamagedError(f"{path} is damaged: {error}") from error


def sound_parts(paths: Sequence[Path], identity: str, points: int, *, repair: bool) -> Iterator[tuple[Path, pa.Table]]:
    """Those of the parts that are the ones that were written.

    Args:
        paths: The parts.
        identity: The study they must be of.
        points: Points of the study.
        repair: Whether a damaged part is set aside, so that its runs are made again.

    Raises:
        FileNotFoundError: If a part goes away meanwhile, as when another process joins small ones.
        StudyChangedError: If a part is of another study.
    """
    for path in paths:
        try:
            table = read_part(path, identity)
            _require_part(path, table, points)
        except (StudyChangedError, FileNotFoundError):
            raise
        except StoreError as error:
            if repair:
                aside = set_aside(path, DAMAGED)
                message = f"{error}; kept as {aside.name}, its runs are made again"
                warnings.warn(message, DamageWarning, stacklevel=2)
            continue
        yield path, table


def parts_set_aside(folder: Path) -> list[Path]:
    """The damaged parts that were set aside."""
    return sorted(folder.glob(f"part-*{DAMAGED}"))


def _require_part(path: Path, table: pa.Table, points: int) -> None:
    """Refuse a table that is whole but no part: written by something else.

    Raises:
        DamagedError: If it lacks a column, or rows are not those of runs.
    """
    names = table.column_names
    fields = [field for field in FIELDS if field.name not in names or table.schema.field(field.name).type != field.type]
    of_schools = [name for name in SCHOOL_FIELDS.names if name in names]
    outcomes = [name for name in names if name not in FIELDS.names and name not in of_schools]
    if of_schools:
        fields += [f for f in SCHOOL_FIELDS if f.name not in names or table.schema.field(f.name).type != f.type]
    if fields or len(set(names)) != len(names):
        raise DamagedError(f'{path} is damaged: it has no column "{(fields or list(FIELDS))[0].name}" of a part')
    if any(not name.startswith(OUTCOME) or table.schema.field(name).type != pa.float64() for name in outcomes):
        raise DamagedError(f"{path} is damaged: it has columns that no part has")
    if any(table[name].null_count for name in _NEVER_NULL):
        raise DamagedError(f"{path} is damaged: values are missing")
    lengths = [pc.list_value_length(table[name]).to_numpy().astype(np.int64) for name in FIELDS.names[6:]]
    whole = np.array_equal(lengths[0] * lengths[1], lengths[2])
    if of_schools:
        size = [pc.list_value_length(table[name]).fill_null(0).to_numpy().astype(np.int64) for name in of_schools]
        whole = whole and np.array_equal(size[0] * size[1] * size[2], size[3])
    known = pc.all(pc.is_in(table["status"], pa.array(STATUSES))).as_py() is not False
    point, replication = table["point"].to_numpy(), table["replication"].to_numpy()
    numbered = ((point >= 0) & (point < points) & (replication >= 0)).all()
    if not (whole and known and numbered):
        raise DamagedError(f"{path} is damaged: its rows are not those of runs")


_NEVER_NULL = ("run", "point", "replication", "seed", "status", "half_terms", "series_names", "series_values")


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Parts one under another; an outcome a part does not have is missing in its rows."""
    return pa.concat_tables(tables, promote_options="default")


def _lists(arrays: Sequence[np.ndarray | None], kind: pa.DataType) -> pa.Array:
    lengths = [0 if array is None else len(array) for array in arrays]
    offsets = np.zeros(len(arrays) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    present = [array for array in arrays if array is not None]
    values = np.concatenate(present) if present else np.zeros(0)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values, kind))
