"""Turns final tables back into parts, so that a finished study can be continued."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.parts import FIELDS, OUTCOME, SCHOOL_FIELDS, PartWriter
from schoolsim.studies.store.tables import (
    SCHOOLS,
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
    schools = None
    if folder.schools.is_file():
        require_schema(folder.schools, read_schema(folder.schools), SCHOOLS)
        schools = checked_dataset(folder.schools)
    try:
        last = int(max(runs.to_table(["point"])["point"].to_numpy(), default=-1))
        for first in range(0, last + 1, POINTS_A_PART):
            chosen = ds.field("point") >= first
            chosen &= ds.field("point") < first + POINTS_A_PART
            rows = runs.to_table(filter=chosen)
            part = _part(rows, series.to_table(filter=chosen), set(swept.names))
            if schools is not None:
                for name, column in _school_lists(rows, schools.to_table(filter=chosen)).items():
                    part = part.append_column(name, column)
            writer.write(part)
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


def _school_lists(runs: pa.Table, schools: pa.Table) -> dict[str, pa.Array]:
    """What each run keeps of every school, as lists."""
    keys = _keys(schools)
    starts = np.searchsorted(keys, _keys(runs), side="left")
    ends = np.searchsorted(keys, _keys(runs), side="right")
    half_term, urn, value = (schools[name].to_numpy() for name in ("half_term", "urn", "value"))
    outcome = np.array(schools["outcome"].cast(pa.string()).to_pylist(), dtype=object)
    lists: dict[str, list[object]] = {name: [] for name in SCHOOL_FIELDS.names}
    for start, end in zip(starts, ends, strict=True):
        names = list(dict.fromkeys(outcome[start:end]))
        each = (end - start) // len(names) if names else 0
        half_terms = list(dict.fromkeys(half_term[start : start + each].tolist()))
        number = each // len(half_terms) if half_terms else 0
        for name, one in zip(
            SCHOOL_FIELDS.names, (urn[start : start + number], half_terms, names, value[start:end]), strict=True
        ):
            lists[name].append(one)
    return {field.name: pa.array(lists[field.name], field.type) for field in SCHOOL_FIELDS}


def _keys(table: pa.Table) -> np.ndarray:
    return (table["point"].to_numpy().astype(np.int64) << 32) + table["replication"].to_numpy()
