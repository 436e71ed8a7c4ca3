"""Exports tables as CSV, in pieces, whatever their size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv

from schoolsim.studies.errors import StoreError
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.files import disk_errors, whole_file
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import checked_dataset


def export_csv(source: str | Path, target: str | Path, *, compress: bool = False) -> list[Path]:
    """Write the tables of a complete study as CSV files, UTF-8 with a header.

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
    tables = (folder.points, folder.design, folder.runs, folder.series, folder.replications)
    written = []
    for path in tables:
        if path in sealed:
            written.append(place / f"{path.stem}{suffix}")
            _export(sealed.require(path), written[-1], compress=compress)
    written.append(place / f"columns{suffix}")
    columns = pa.Table.from_pylist(read_columns(sealed.require(folder.columns)))
    with _file(written[-1], compress=compress) as sink:
        csv.write_csv(columns, sink)
    return written


def _export(path: Path, target: Path, *, compress: bool) -> None:
    try:
        table = checked_dataset(path)
        plain = pa.schema([_plain(field) for field in table.schema])
        with _file(target, compress=compress) as sink, csv.CSVWriter(sink, plain) as writer:
            for batch in table.to_batches():
                writer.write_table(pa.Table.from_batches([batch]).cast(plain))
    except pa.ArrowException as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


@contextmanager
def _file(target: Path, *, compress: bool) -> Iterator[pa.NativeFile]:
    compression = "gzip" if compress else None
    with (
        whole_file(target) as draft,
        pa.output_stream(draft, compression=compression) as sink,
    ):
        yield sink


def _plain(field: pa.Field) -> pa.Field:
    """CSV has no dictionaries."""
    is_coded = pa.types.is_dictionary(field.type)
    return field.with_type(field.type.value_type) if is_coded else field
