"""Column table `columns.json`: name, unit, definition and time base of every column of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.model import Column
from schoolsim.studies.store.files import write_json
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.schema import COLUMNS, ColumnRow, Role, Table, read_json

RUN_COLUMNS = {
    "run": Column("", "Id of the run: hash of its parameters, seed and model"),
    "point": Column("", "Row of the design, from 0"),
    "replication": Column("", "Number of the replication, from 0; all points share its seed"),
    "seed": Column("", "Seed of the run"),
    "status": Column("", "ok, failed or timeout; outcomes are missing unless ok"),
    "error": Column("", "What went wrong, in one line; failures/ has the rest"),
}
SERIES_COLUMNS = {
    "half_term": Column("half-term", "When the value was recorded"),
    "outcome": Column("", "Name of the outcome; its unit is that of the outcome's column"),
    "value": Column("the outcome's", "Value of the outcome at that half-term"),
}


SCHOOL_COLUMNS = {
    "half_term": Column("half-term", "After which half-term schools were read; -1 is as the policy begins"),
    "outcome": Column("", "Name of what was read of the school"),
    "urn": Column("", "Number of the school"),
    "value": Column("the outcome's", "Its value"),
}


def write_columns(
    folder: Folder,
    swept: Sequence[str],
    outcomes: Sequence[str],
    known: Mapping[str, Column],
    *,
    of_schools: Sequence[str] = (),
) -> None:
    """Write what every column is; one nobody has described has an empty unit and definition."""
    rows = [_row(name, "runs", "", column) for name, column in RUN_COLUMNS.items()]
    rows += [_row(name, "runs", "parameter", known.get(name, Column())) for name in swept]
    rows += [_row(name, "runs", "outcome", known.get(name, Column())) for name in outcomes]
    rows += [_row(name, "series", "", column) for name, column in SERIES_COLUMNS.items()]
    if of_schools:
        rows += [_row(name, "schools", "", column) for name, column in SCHOOL_COLUMNS.items()]
        rows += [_row(name, "schools", "outcome", known.get(name, Column())) for name in of_schools]
    write_json(folder.columns, rows)


def read_columns(path: Path) -> list[ColumnRow]:
    """The rows of a `columns.json`.

    Raises:
        DamagedError: If it is not there, or not a table of columns; the message names the key.
        StoreError: If it cannot be read.
    """
    try:
        return read_json(path, COLUMNS)
    except FileNotFoundError:
        raise DamagedError(f"{path} is missing") from None


def _row(name: str, table: Table, role: Role, column: Column) -> ColumnRow:
    return {
        "name": name,
        "table": table,
        "role": role,
        "unit": column.unit,
        "definition": column.definition,
        "time": getattr(column, "time", ""),  # a model may describe its columns by objects of its own
    }
