"""Column table `columns.json`: name, unit and definition of every column of the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from schoolsim.studies.errors import StoreError
from schoolsim.studies.model import Column
from schoolsim.studies.store.files import write_json
from schoolsim.studies.store.folder import Folder

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


def write_columns(folder: Folder, swept: Sequence[str], outcomes: Sequence[str], known: Mapping[str, Column]) -> None:
    """Write what every column is; one nobody has described has an empty unit and definition."""
    rows = [_row(name, "runs", "", column) for name, column in RUN_COLUMNS.items()]
    rows += [_row(name, "runs", "parameter", known.get(name, Column())) for name in swept]
    rows += [_row(name, "runs", "outcome", known.get(name, Column())) for name in outcomes]
    rows += [_row(name, "series", "", column) for name, column in SERIES_COLUMNS.items()]
    write_json(folder.columns, rows)


def read_columns(folder: Folder) -> list[dict[str, str]]:
    """The rows of `columns.json`: name, table, role, unit, definition.

    Raises:
        StoreError: If it is not there or damaged.
    """
    try:
        return json.loads(folder.columns.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder.columns} cannot be read: {error}") from error


def _row(name: str, table: str, role: str, column: Column) -> dict[str, str]:
    return {
        "name": name,
        "table": table,
        "role": role,
        "unit": column.unit,
        "definition": column.definition,
    }
