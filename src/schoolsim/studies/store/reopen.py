"""Turns final tables back into parts, so that a finished study can be continued."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.parts import FIELDS, OUTCOME, PartWriter
from schoolsim.studies.store.tables import (
    checked_dataset,
    read_schema,
    require_schema,
    runs_schema,
    series_schema,
)

POINTS_A_PART = 200


def parts_from_tables(folder: Folder, writer: PartWriter) -> None:
    """Write the rows of the final tables as parts; the tables stay as they are.

    Raises:
        DamagedError: If a table cannot be read, or is not one of runs or series.
        StoreError: If the disk will not have the parts.
    """
    swept = read_schema(folder.points)
    require_schema(folder.runs, read_schema(folder.runs), runs_schema(swept, []))
    require_schema(folder.series, read_schema(folder.series), series_schema())
    runs, series = checked_dataset(folder.runs), checked_dataset(folder.series)
    try:
        last = int(max(runs.to_table(["point"])["point"].to_numpy(), default=-1))
        for first in range(0, last + 1, POINTS_A_PART):
            chosen = ds.field("point") >= first
            chosen &= ds.field("point") < first + POINTS_A_PART
            rows = runs.to_table(filter=chosen)
            writer.write(_part(rows, series.to_table(filter=chosen), set(swept.names)))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedError(f"the tables in {folder.path} cannot be read: {error}") from error


def _part(runs: pa.Table, series: pa.Table, swept: set[str]) -> pa.Table:
    columns = {name: runs[name] for name in FIELDS.names[:6]}
    columns |= {name: column for name, column in _lists(runs, series).items()}
    for name in runs.column_names[6:]:
        if name not in swept:
            columns[OUTCOME + name] = runs[name]
    return pa.table(columns)


def _lists(runs: pa.Table, series: pa.Table) -> dict[str, pa.Array]:
    """The series of each run as lists: both tables are sorted by point and replication."""
    keys = _keys(series)
    starts = np.searchsorted(keys, _keys(runs), side="left")
    ends = np.searchsorted(keys, _keys(runs), side="right")
    half_term, value = series["half_term"].to_numpy(), series["value"].to_numpy()
    outcome = np.array(series["outcome"].cast(pa.string()).to_pylist(), dtype=object)
    half_terms, names, values = [], [], []
    for start, end in zip(starts, ends, strict=True):
        own = list(dict.fromkeys(outcome[start:end]))
        length = (end - start) // len(own) if own else 0
        half_terms.append(half_term[start : start + length])
        names.append(own)
        values.append(value[start:end])
    return {
        "half_terms": pa.array(half_terms, pa.list_(pa.int32())),
        "series_names": pa.array(names, pa.list_(pa.string())),
        "series_values": pa.array(values, pa.list_(pa.float64())),
    }


def _keys(table: pa.Table) -> np.ndarray:
    return (table["point"].to_numpy().astype(np.int64) << 32) + table["replication"].to_numpy()
