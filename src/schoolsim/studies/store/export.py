"""Exports tables as CSV, in pieces, whatever their size; `csv_text` says how cells are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.dataset as ds

from schoolsim.studies.errors import StoreError
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.csv_text import csv_form, csv_table, inexact_columns
from schoolsim.studies.store.files import disk_errors, whole_file
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import checked_dataset, read_schema, read_table


def export_csv(source: str | Path, target: str | Path, *, compress: bool = False) -> list[Path]:
    """Write the tables of a complete study as CSV files, UTF-8 with a header.

    Cells mean the same in R, a spreadsheet, JavaScript and here: ids, seeds, and text that one of
    them would take for something else begin with an apostrophe; the column `csv` of `columns.csv`
    says how each column is written.

    Args:
        source: The results folder.
        target: The folder to write to; made if it is not there.
        compress: Whether to write `.csv.gz`.

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
            _export(sealed.require(path), written[-1], inexact, compress=compress)
    written.append(place / f"columns{suffix}")
    stored = [path for path in (folder.runs, folder.series, folder.schools) if path in sealed]
    schemas = {path.stem: read_schema(path) for path in stored}
    with _file(written[-1], compress=compress) as sink:
        csv.write_csv(csv_table(_columns(sealed.require(folder.columns), schemas, inexact)), sink)
    return written


def _export(path: Path, target: Path, inexact: Collection[str], *, compress: bool) -> None:
    try:
        dataset = checked_dataset(path)
        with _file(target, compress=compress) as sink:
            csv.write_csv(csv_table(dataset.schema.empty_table(), inexact), sink)  # the header, whatever follows
            for batch in _batches(dataset, path):
                piece = csv_table(pa.Table.from_batches([batch]), inexact)
                csv.write_csv(piece, sink, csv.WriteOptions(include_header=False))
    except pa.ArrowException as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _batches(dataset: ds.Dataset, path: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a table, piece by piece; what goes wrong while they are written is not this file's fault."""
    try:
        yield from dataset.to_batches()
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _columns(path: Path, schemas: dict[str, pa.Schema], inexact: Collection[str]) -> pa.Table:
    """The rows of `columns.json`, and how each column is written here."""
    rows = read_columns(path)
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
