"""Final tables: the same bytes for any executor, order of runs and number of sessions.

Rows are sorted by point and replication, row groups hold a fixed number of runs, the Parquet
settings are fixed, and nothing that depends on time or place is in them.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.files import whole_file
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.parts import OUTCOME

ROWS_A_GROUP = 1 << 20
IDENTITY = b"schoolsim.study"

SERIES_COLUMNS = ("run", "point", "replication", "half_term", "outcome", "value")


def write_tables(folder: Folder, index: PartIndex, points: pd.DataFrame, *, outcomes: Sequence[str]) -> None:
    """Write `runs.parquet`, `series.parquet` and, where schools were kept, `schools.parquet` from the parts.

    Args:
        folder: The results folder.
        index: The runs to write.
        points: The design, one row a point.
        outcomes: Outcomes in the order the model gives them; others follow, by name.
    """
    names = ordered(outcomes, index.outcomes)
    design = design_table(points)
    series_names = ordered(names, index.series)
    schema, kinds = runs_schema(design.schema, names), series_schema()
    of_schools = ordered(outcomes, index.of_schools)
    # The runs take their name last: once runs.parquet is there, all are.
    with contextlib.ExitStack() as files:
        runs = files.enter_context(table_writer(folder.runs, schema, index.identity))
        series = files.enter_context(table_writer(folder.series, kinds, index.identity))
        schools = files.enter_context(table_writer(folder.schools, SCHOOLS, index.identity)) if of_schools else None
        for batch in index.batches():
            runs.write_table(runs_rows(batch, design, names).cast(schema))
            table = series_rows(batch, series_names)
            if len(table):
                series.write_table(table.cast(kinds), row_group_size=ROWS_A_GROUP)
            if schools is not None:
                schools.write_table(school_rows(batch, of_schools), row_group_size=ROWS_A_GROUP)


def design_table(points: pd.DataFrame) -> pa.Table:
    """A design as an Arrow table without what pandas would note in it."""
    return pa.Table.from_pandas(points, preserve_index=False).replace_schema_metadata()


def ordered(first: Sequence[str], names: Sequence[str]) -> list[str]:
    """`names` in the order of `first`, those not in it after, by name."""
    known = [name for name in first if name in set(names)]
    return known + sorted(set(names) - set(known))


def runs_schema(design: pa.Schema, outcomes: Sequence[str]) -> pa.Schema:
    """Schema of the runs table."""
    fixed = [
        ("run", pa.string()),
        ("point", pa.int32()),
        ("replication", pa.int32()),
        ("seed", pa.int64()),
        ("status", pa.string()),
        ("error", pa.string()),
    ]
    fields = [pa.field(name, kind) for name, kind in fixed]
    return pa.schema([*fields, *design, *(pa.field(name, pa.float64()) for name in outcomes)])


def series_schema() -> pa.Schema:
    """Schema of the series table."""
    kinds = [pa.string(), pa.int32(), pa.int32(), pa.int32()]
    outcome = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(list(zip(SERIES_COLUMNS, [*kinds, outcome, pa.float64()], strict=True)))


_OUTCOME = pa.dictionary(pa.int32(), pa.string())
SCHOOLS = pa.schema([
    ("run", pa.string()), ("point", pa.int32()), ("replication", pa.int32()), ("half_term", pa.int32()),
    ("outcome", _OUTCOME), ("urn", pa.int64()), ("value", pa.float64()),
])  # fmt: skip
"""Schema of the table of schools."""


def write_table(path: Path, table: pa.Table, identity: str) -> None:
    """Write a small table with the settings of the large ones."""
    with table_writer(path, table.schema, identity) as writer:
        writer.write_table(table)


@contextlib.contextmanager
def table_writer(path: Path, schema: pa.Schema, identity: str) -> Iterator[pq.ParquetWriter]:
    """A Parquet writer on a file that appears when the block ends well.

    Args:
        path: The file.
        schema: Its columns.
        identity: The study it belongs to, kept in the file.
    """
    schema = schema.with_metadata({IDENTITY: identity.encode()})
    settings = {"version": "2.6", "compression": "zstd", "compression_level": 3}
    with (
        whole_file(path) as draft,
        pa.OSFile(str(draft), "wb") as file,  # Arrow takes the bare path a:/b for an address
        pq.ParquetWriter(file, schema, write_page_checksum=True, **settings) as writer,
    ):
        yield writer


def runs_rows(batch: pa.Table, design: pa.Table, outcomes: Sequence[str]) -> pa.Table:
    """Rows of the runs table from rows of the parts."""
    rows = design.take(batch["point"]) if design.num_columns else design
    columns = {name: batch[name] for name in ("run", "point", "replication", "seed")}
    columns |= {name: batch[name] for name in ("status", "error")}
    columns |= {name: rows[name] for name in design.column_names}
    for name in outcomes:
        present = OUTCOME + name in batch.column_names
        columns[name] = batch[OUTCOME + name] if present else pa.nulls(len(batch), pa.float64())
    return pa.table(columns)


def series_rows(batch: pa.Table, names: Sequence[str]) -> pa.Table:
    """The series of some runs, long: sorted by run, then outcome, then half-term."""
    codes = {name: code for code, name in enumerate(names)}
    rows, outcome, half_term, value = [], [], [], []
    for row, (half_terms, own, values) in enumerate(_series_of(batch)):
        if not own:
            continue
        order = [place for _, place in sorted((codes[name], place) for place, name in enumerate(own))]
        rows.append(np.full(values.size, row, dtype=np.int32))
        outcome.append(np.repeat(np.array([codes[own[k]] for k in order]), len(half_terms)))
        half_term.append(np.tile(half_terms, len(own)))
        value.append(values.reshape(len(own), -1)[order].ravel())
    if not rows:
        return series_schema().empty_table()
    position = np.concatenate(rows)
    keys = batch.select(["run", "point", "replication"]).take(pa.array(position))
    indices = pa.array(np.concatenate(outcome), pa.int32())
    coded = pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))
    return pa.table(
        [*keys.columns, np.concatenate(half_term), coded, np.concatenate(value)],
        names=list(SERIES_COLUMNS),
    )


def school_rows(batch: pa.Table, names: Sequence[str]) -> pa.Table:
    """What some runs keep of every school, long: sorted by run, then outcome, half-term and place in the run."""
    if "school_names" not in batch.column_names:
        return SCHOOLS.empty_table()
    codes = {name: code for code, name in enumerate(names)}
    rows, half_term, outcome, urn, value = [], [], [], [], []
    split = [_split(batch[name]) for name in ("school_urns", "school_half_terms", "school_values")]
    for row, (urns, half_terms, values, own) in enumerate(zip(*split, batch["school_names"].to_pylist(), strict=True)):
        if not own:
            continue
        order = [place for _, place in sorted((codes[name], place) for place, name in enumerate(own))]
        each = len(half_terms) * len(urns)
        rows.append(np.full(values.size, row, dtype=np.int32))
        half_term.append(np.tile(np.repeat(half_terms, len(urns)), len(own)))
        outcome.append(np.repeat(np.array([codes[own[place]] for place in order]), each))
        urn.append(np.tile(urns, len(half_terms) * len(own)))
        value.append(values.reshape(len(own), each)[order].ravel())
    if not rows:
        return SCHOOLS.empty_table()
    keys = batch.select(["run", "point", "replication"]).take(pa.array(np.concatenate(rows)))
    coded = pa.DictionaryArray.from_arrays(
        pa.array(np.concatenate(outcome), pa.int32()), pa.array(list(names), pa.string())
    )
    columns = [*keys.columns, np.concatenate(half_term), coded, np.concatenate(urn), np.concatenate(value)]
    return pa.table(columns, names=SCHOOLS.names).cast(SCHOOLS)


def _series_of(batch: pa.Table) -> Iterator[tuple[np.ndarray, list[str], np.ndarray]]:
    """Half-terms, names and values of each row."""
    half_terms, values = _split(batch["half_terms"]), _split(batch["series_values"])
    return zip(half_terms, batch["series_names"].to_pylist(), values, strict=True)


def _split(column: pa.ChunkedArray) -> list[np.ndarray]:
    combined = column.combine_chunks()
    offsets = combined.offsets.to_numpy()
    values = combined.values.to_numpy(zero_copy_only=False)
    pairs = zip(offsets[:-1], offsets[1:], strict=True)
    return [values[start:end] for start, end in pairs]


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table of a results folder, without what pandas may have noted in it.

    Args:
        path: The file.
        columns: The columns wanted; all when None.

    Raises:
        DamagedError: If it is not a Parquet file, or lacks a column.
    """
    try:
        with pa.OSFile(str(path)) as content, pq.ParquetFile(content, page_checksum_verification=True) as file:
            missing = [name for name in columns or () if name not in file.schema_arrow.names]
            if missing:
                raise DamagedError(f'{path} has no column "{missing[0]}"')
            table = file.read(None if columns is None else list(columns))
            # Arrow takes "run" to mean "run.time" too.
            return (table if columns is None else table.select(list(columns))).replace_schema_metadata()
    except DamagedError:
        raise
    except Exception as error:  # Arrow raises many kinds for a bad file
        raise DamagedError(f"{path} cannot be read: {error}") from error


def read_schema(path: Path) -> pa.Schema:
    """The columns of a table of a results folder.

    Raises:
        DamagedError: If it is not a Parquet file.
    """
    try:
        with pa.OSFile(str(path)) as content:
            return pq.read_schema(content).remove_metadata()
    except Exception as error:  # Arrow raises many kinds for a bad file
        raise DamagedError(f"{path} cannot be read: {error}") from error
    finally:
        give_back_memory()


def give_back_memory() -> None:
    """Give free memory back to the system: the footer of a table of a million runs alone took a hundred megabytes."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # the GNU C library has it
        if trim is not None:
            trim(0)


def checked_dataset(path: Path) -> ds.Dataset:
    """A table as a dataset, read in pieces, whose pages are compared with their checksums.

    Raises:
        DamagedError: If it is not a Parquet file.
    """
    options = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
    try:
        return ds.dataset(path, format=ds.ParquetFileFormat(default_fragment_scan_options=options))
    except Exception as error:  # Arrow raises many kinds for a bad file
        raise DamagedError(f"{path} cannot be read: {error}") from error


def read_points(path: Path, count: int) -> pd.DataFrame:
    """Read `points.parquet`, as `read_design` does.

    Args:
        path: The file.
        count: Points of the study, as its manifest says: where nothing is swept the table has no column, and Parquet
            counts no rows without columns.

    Raises:
        DamagedError: If it is not such a table.
    """
    frame = read_design(path)
    return frame if frame.shape[1] else pd.DataFrame(index=pd.RangeIndex(count))


def read_design(path: Path) -> pd.DataFrame:
    """Read `points.parquet` or `design.parquet`: one row a point, columns of numbers, truth values or text.

    Raises:
        DamagedError: If it is not such a table.
    """
    table = read_table(path)
    for field in table.schema:
        if field.type not in _DESIGN_TYPES or table[field.name].null_count:
            raise DamagedError(f'{path}: column "{field.name}" is not one of a design')
    return table.to_pandas()


_DESIGN_TYPES = (pa.float64(), pa.int64(), pa.int32(), pa.bool_(), pa.string(), pa.large_string())


def require_schema(path: Path, schema: pa.Schema, expected: pa.Schema) -> None:
    """Refuse a table whose columns begin otherwise than expected.

    Raises:
        DamagedError: The message names the first column that differs.
    """
    for number, field in enumerate(expected):
        if number >= len(schema.names) or schema.field(number).name != field.name:
            raise DamagedError(f'{path}: column {number + 1} is not "{field.name}"')
        if not schema.field(number).type.equals(field.type):
            raise DamagedError(f'{path}: column "{field.name}" is of type {schema.field(number).type}')


def read_identity(path: Path) -> str | None:
    """The study a part or a table belongs to; None if it cannot be told any more."""
    try:
        with pa.OSFile(str(path)) as content:
            metadata = pq.read_schema(content).metadata or {}
        return metadata.get(IDENTITY, b"").decode() or None
    except (pa.ArrowException, OSError, ValueError, TypeError):
        return None


def partial_tables(index: PartIndex, points: pd.DataFrame) -> dict[str, pa.Table]:
    """The tables of a study that is not complete, in memory: the runs made so far."""
    design = design_table(points)
    schema = runs_schema(design.schema, index.outcomes)
    runs, series, schools = [schema.empty_table()], [series_schema().empty_table()], [SCHOOLS.empty_table()]
    for batch in index.batches():
        runs.append(runs_rows(batch, design, index.outcomes).cast(schema))
        series.append(series_rows(batch, index.series).cast(series_schema()))
        schools.append(school_rows(batch, index.of_schools))
    tables = {
        "runs": pa.concat_tables(runs), "series": pa.concat_tables(series), "schools": pa.concat_tables(schools),
    }  # fmt: skip
    return {name: table.unify_dictionaries() for name, table in tables.items()}
