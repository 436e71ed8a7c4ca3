"""Exports tables as CSV, in pieces, whatever their size; `csv_text` says how cells are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.dataset as ds

from schoolsim.studies.errors import StoreError
from schoolsim.studies.model import Column
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.constants import constant_columns, with_columns
from schoolsim.studies.store.csv_text import csv_form, csv_table, inexact_columns
from schoolsim.studies.store.files import disk_errors, whole_file
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.schema import ColumnRow, Manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import checked_dataset, read_design, read_schema, read_table, runs_schema


def export_csv(
    source: str | Path, target: str | Path, *, compress: bool = False, constants: Mapping[str, Column] | None = None
) -> list[Path]:
    """Write the tables of a complete study as CSV files, UTF-8 with a header.

    Cells mean the same in R, a spreadsheet, JavaScript and here: ids, seeds, and text that one of
    them would take for something else begin with an apostrophe; the column `csv` of `columns.csv`
    says how each column is written.

    Args:
        source: The results folder.
        target: The folder to write to; made if it is not there.
        compress: Whether to write `.csv.gz`.
        constants: What parameters are, by name: then all that the study sets and does not vary between points stands in
            `runs.csv` too, after the swept ones.

    Returns:
        The files: the tables and `columns.csv`.

    Raises:
        StoreError: If the study is not complete or a file cannot be read or written.
    """
    folder, place = Folder(Path(source)), Path(target)
    manifest = require_manifest(folder)
    if manifest["state"] != COMPLETE:
        raise StoreError(f"{folder.path} has no tables yet; finish the study first")
    sealed = SealedFiles(folder, manifest["files"])
    with disk_errors(place / "runs.csv"):
        place.mkdir(parents=True, exist_ok=True)
    suffix = ".csv.gz" if compress else ".csv"
    inexact = inexact_columns(read_table(sealed.require(folder.points)))
    written = []
    for path in folder.tables:
        if path in sealed and path != folder.columns:
            written.append(place / f"{path.stem}{suffix}")
            more = _constants(folder, manifest, sealed) if path == folder.runs and constants is not None else None
            _export(sealed.require(path), written[-1], inexact, more, compress=compress)
    written.append(place / f"columns{suffix}")
    stored = [path for path in (folder.runs, folder.series, folder.schools) if path in sealed]
    schemas = {path.stem: read_schema(path) for path in stored}
    rows = read_columns(sealed.require(folder.columns))
    if constants is not None:
        more = _constants(folder, manifest, sealed)
        schemas["runs"] = more(schemas["runs"].empty_table()).schema
        known = {row["name"] for row in rows if row["table"] == "runs"}
        added = [name for name in schemas["runs"].names if name not in known]
        rows += [_row(name, constants.get(name, Column())) for name in added]
    with _file(written[-1], compress=compress) as sink:
        csv.write_csv(csv_table(_columns(rows, schemas, inexact)), sink)
    return written


More = Callable[[pa.Table], pa.Table]


def _constants(folder: Folder, manifest: Manifest, sealed: SealedFiles) -> More:
    """What puts the constants of a study, and the worlds of its replications, into rows of its runs."""
    worlds = read_design(sealed.require(folder.worlds)) if folder.worlds in sealed else pd.DataFrame()
    place = len(runs_schema(read_schema(sealed.require(folder.points)), []))
    fixed = manifest["study"]["fixed"]

    def more(runs: pa.Table) -> pa.Table:
        return with_columns(runs, constant_columns(fixed, worlds, runs["replication"].to_pandas()), place)

    return more


def _row(name: str, column: Column) -> ColumnRow:
    row: ColumnRow = {
        "name": name, "table": "runs", "role": "parameter", "unit": column.unit, "definition": column.definition,
    }  # fmt: skip
    return row


def _export(path: Path, target: Path, inexact: Collection[str], more: More | None = None, *, compress: bool) -> None:
    try:
        dataset = checked_dataset(path)
        header = dataset.schema.empty_table()
        with _file(target, compress=compress) as sink:
            csv.write_csv(csv_table(more(header) if more else header, inexact), sink)  # whatever follows
            for batch in _batches(dataset, path):
                table = pa.Table.from_batches([batch])
                piece = csv_table(more(table) if more else table, inexact)
                csv.write_csv(piece, sink, csv.WriteOptions(include_header=False))
    except pa.ArrowException as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _batches(dataset: ds.Dataset, path: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a table, piece by piece; what goes wrong while they are written is not this file's fault."""
    try:
        yield from dataset.to_batches()
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _columns(rows: list[ColumnRow], schemas: dict[str, pa.Schema], inexact: Collection[str]) -> pa.Table:
    """The rows of `columns.json`, and how each column is written here."""
    fields = {(table, field.name): field for table, schema in schemas.items() for field in schema}
    forms = [csv_form(fields[key], inexact) if (key := (r["table"], r["name"])) in fields else "" for r in rows]
    return pa.Table.from_pylist(list(rows)).append_column("csv", pa.array(forms, pa.string()))


@contextmanager
def _file(target: Path, *, compress: bool) -> Iterator[pa.NativeFile]:
    compression = "gzip" if compress else None
    with (
        whole_file(target) as draft,
        pa.output_stream(draft, compression=compression) as sink,
    ):
        yield sink
