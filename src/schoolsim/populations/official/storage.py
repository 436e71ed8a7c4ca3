"""A place on disk: `schools.parquet`, the account `fates.csv`, and `place.json` with the files it was built from."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schoolsim.populations.official.csvfile import open_regular
from schoolsim.populations.official.place import CHANGED, FileRecord, Place
from schoolsim.populations.official.schema import schema, validate
from schoolsim.populations.schools import PopulationError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SCHOOLS, FATES, MANIFEST = "schools.parquet", "fates.csv", "place.json"
FORMAT: Final = 1
_LARGEST: Final = 512 * 2**20
_MOST_SCHOOLS: Final = 100_000
# A cell that begins so is written after an apostrophe: a spreadsheet would run most of these as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def is_place(path: Path) -> bool:
    """Whether a folder holds a place."""
    return (path / MANIFEST).is_file()


def write_place(place: Place, folder: str | Path, *, replace: bool = False) -> Path:
    """Write a place to a folder, whole or not at all. The same place gives the same bytes.

    Args:
        place: The place.
        folder: The folder; it must not exist, or be empty.
        replace: Replace a place that stands there.

    Raises:
        PopulationError: Something else stands there, or the folder cannot be written.
    """
    folder = Path(folder)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        if not is_place(folder):
            raise PopulationError(f"{folder} exists and is no place; name a folder that does not exist yet.")
        if not replace:
            raise PopulationError(f"{folder} holds a place already; replace it with --force, or name another folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".draft", dir=folder.parent))
        try:
            _write_files(place, draft)
            draft.chmod(0o777 & ~_umask())
            if folder.exists():
                shutil.rmtree(folder)
            os.replace(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as fault:
        raise PopulationError(f"{folder} cannot be written: {fault.strerror or fault}.") from fault
    return folder


def read_place(path: str | Path) -> Place:
    """Read a place, checked against its schema.

    Raises:
        PopulationError: The folder holds no place, or one of another version, or it does not keep the schema.
    """
    import pandas as pd

    path = Path(path)
    schools, notes, manifest = read_schools_of_place(path)
    with open_regular(path / FATES, _LARGEST) as file:
        fates = pd.read_csv(file, dtype={"urn": "int64"}, keep_default_na=False)
    records = tuple(FileRecord(**{**record, "columns": tuple(record["columns"])}) for record in manifest["files"])
    return Place(schools, fates.map(_unguarded), records, notes, int(manifest["seed"]))


def read_schools_of_place(path: Path) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, Any]]:
    """The schools, notes and manifest of a place; the account is left on the disk.

    Raises:
        PopulationError: As for `read_place`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    manifest = _manifest(path)
    file = path / SCHOOLS
    with open_regular(file, _LARGEST) as handle:
        content = handle.read()
        try:
            parquet = pq.ParquetFile(io.BytesIO(content))
            if parquet.metadata.num_rows > _MOST_SCHOOLS:
                raise PopulationError(
                    f"{file}: {parquet.metadata.num_rows:,} schools; at most {_MOST_SCHOOLS:,} are read."
                )
            table = parquet.read()
            table.validate(full=True)
        except (pa.ArrowException, OSError, ValueError) as fault:
            raise PopulationError(f"{file}: this is no readable Parquet file ({fault}).") from fault
    notes = tuple(str(note) for note in manifest["notes"])
    if hashlib.sha256(content).hexdigest() != manifest["sha256"][SCHOOLS]:
        notes = (f"{file} {CHANGED}", *notes)
    return validate(_frame(table, file), str(file)), notes, manifest


def _write_files(place: Place, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(place.schools, schema=_arrow_schema(), preserve_index=False)
    with (folder / SCHOOLS).open("wb") as file:  # Arrow takes the bare path a:/b for an address
        pq.write_table(table.replace_schema_metadata(), file, compression="zstd")
    fates = place.fates.map(_guarded)
    fates.to_csv(folder / FATES, index=False, lineterminator="\r\n", encoding="utf-8-sig")
    manifest = {
        "format": FORMAT,
        "schools": len(place.schools),
        "authorities": list(place.authorities),
        "seed": place.seed,
        "sha256": {name: _sha256(folder / name) for name in (SCHOOLS, FATES)},
        "files": [asdict(record) for record in place.files],
        "notes": list(place.notes),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _manifest(path: Path) -> dict[str, Any]:
    file = path / MANIFEST
    if not is_place(path):
        raise PopulationError(
            f"{path} holds no place (no {MANIFEST}). Build one: schoolsim schools build {path} --out PLACE"
        )
    with open_regular(file, _LARGEST) as handle:
        try:
            manifest = json.loads(handle.read())
        except (ValueError, RecursionError) as fault:
            raise PopulationError(f"{file}: this is no readable JSON ({fault}).") from fault
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise PopulationError(f"{file}: this is no place of format {FORMAT}; build it again.")
    sound = (
        isinstance(manifest.get("seed"), int)
        and isinstance(manifest.get("notes"), list)
        and isinstance(manifest.get("sha256"), dict)
        and isinstance(manifest["sha256"].get(SCHOOLS), str)
        and isinstance(manifest.get("files"), list)
        and all(_is_record(record) for record in manifest["files"])
    )
    if not sound:
        raise PopulationError(f"{file}: keys are missing or of another kind; build the place again.")
    return manifest


def _is_record(record: object) -> bool:
    return isinstance(record, dict) and set(record) == set(FileRecord.__dataclass_fields__)


def _arrow_schema() -> pa.Schema:
    import pyarrow as pa

    types = {"int64": pa.int64(), "float64": pa.float64()}
    return pa.schema([(name, types.get(str(column.dtype), pa.string())) for name, column in schema().columns.items()])


def _frame(table: pa.Table, file: Path) -> pd.DataFrame:
    """The table as pandas; columns of another type, or with gaps where there may be none, are refused."""
    expected = _arrow_schema()
    for column in expected:
        if column.name not in table.column_names:
            raise PopulationError(f'{file}: there is no column "{column.name}".')
        actual = table.schema.field(column.name)
        if actual.type != column.type:
            raise PopulationError(f'{file}: column "{column.name}" holds {actual.type}; it must hold {column.type}.')
        if str(column.type) == "string" and table.column(column.name).null_count:
            raise PopulationError(f'{file}: column "{column.name}" has empty cells; text is blank where there is none.')
    frame: pd.DataFrame = table.select(expected.names).to_pandas()
    return frame


def _guarded(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _unguarded(cell: object) -> object:
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
