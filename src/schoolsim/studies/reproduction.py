"""A stored study run again from its own files, and whether the same came out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.studies.errors import StoreError
from schoolsim.studies.execution.executors import Execution
from schoolsim.studies.provenance import versions
from schoolsim.studies.store.files import sha256
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import COMPLETE, read_manifest
from schoolsim.studies.store.stored import stored_plan
from schoolsim.studies.sweeps import informed, sweep

KEYS = {
    "points.parquet": [],
    "design.parquet": [],
    "runs.parquet": ["point", "replication"],
    "series.parquet": ["point", "replication", "outcome", "half_term"],
    "replications.parquet": ["point", "outcome", "replications"],
}


@dataclass(frozen=True)
class Reproduction:
    """Whether a study came out the same.

    Args:
        folder: The stored study.
        same: Whether every table has the same bytes.
        differences: What differs, a line each.
        circumstances: What is different here, such as another version of a package: a reason why
            bytes may differ, and none to worry when they do not.
    """

    folder: Path
    same: bool
    differences: tuple[str, ...]
    circumstances: tuple[str, ...]

    def __str__(self) -> str:
        """For people."""
        if self.same:
            return f"{self.folder}: the same, byte for byte"
        lines = [f"{self.folder}: not the same", *(f"  {line}" for line in self.differences)]
        if self.circumstances:
            lines += ["different here:", *(f"  {line}" for line in self.circumstances)]
        return "\n".join(lines)


def reproduce(folder: str | Path, execution: Execution | None = None) -> Reproduction:
    """Run a stored study again in a temporary folder and compare every table.

    Args:
        folder: Results folder of a complete study; only read.
        execution: How to run.

    Raises:
        StoreError: If there is no complete study there.
        StudyError: If its model cannot be loaded or run any more.
    """
    place = Folder(Path(folder))
    manifest = read_manifest(place)
    if manifest is None or manifest["state"] != COMPLETE:
        raise StoreError(f"there is no complete study in {place.path} to reproduce")
    plan = stored_plan(place, manifest)
    with tempfile.TemporaryDirectory(prefix="schoolsim-") as scratch:
        again = Folder(sweep(plan, Path(scratch) / "study", execution))
        found = tuple(_differences(place, again, manifest["files"]))
    now = informed(plan, plan.model.load())
    around = _other_versions(manifest["versions"])
    if now.version != plan.version:
        around.insert(0, f"model version: {plan.version} there, {now.version} here")
    return Reproduction(place.path, not found, found, tuple(around))


def _differences(stored: Folder, again: Folder, hashes: Mapping[str, str]) -> Iterator[str]:
    for path in stored.tables:
        other = again.path / path.name
        if path.name not in hashes and not other.is_file():
            continue
        if not path.is_file() or sha256(path) != hashes.get(path.name):
            yield f"{path.name}: the stored file is not the one that was written"
        elif not other.is_file():
            yield f"{path.name}: not written this time"
        elif sha256(other) != hashes[path.name]:
            yield from _table_differences(path, other)


def _table_differences(path: Path, other: Path) -> Iterator[str]:
    if path.name not in KEYS:
        yield f"{path.name}: other text"
        return
    before, now = _table(path), _table(other)
    if list(before.columns) != list(now.columns) or len(before) != len(now):
        yield (
            f"{path.name}: {before.shape[0]} rows of {before.shape[1]} columns there, "
            f"{now.shape[0]} of {now.shape[1]} here"
        )
        return
    lines = [_column_difference(path.name, name, before, now) for name in before.columns]
    told = [line for line in lines if line]
    yield from told or [f"{path.name}: the same values, other bytes"]


def _column_difference(table: str, name: str, before: pd.DataFrame, now: pd.DataFrame) -> str:
    old, new = before[name].to_numpy(), now[name].to_numpy()
    missing = pd.isna(old) & pd.isna(new)
    differs = ~((old == new) | missing)
    if not differs.any():
        return ""
    row = int(np.argmax(differs))
    keys = ", ".join(f"{key} {before[key].iloc[row]}" for key in KEYS[table]) or f"row {row}"
    line = f"{table}: {name} differs in {differs.sum()} of {len(old)} rows"
    if np.issubdtype(old.dtype, np.floating):
        line += f", by up to {np.nanmax(np.abs(old[differs] - new[differs])):.3g}"
    return f"{line}; first at {keys}: {old[row]!s} there, {new[row]!s} here"


def _table(path: Path) -> pd.DataFrame:
    try:
        frame = pq.read_table(path).to_pandas()
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
    coded = [n for n in frame if isinstance(frame[n].dtype, pd.CategoricalDtype)]
    return frame.astype(dict.fromkeys(coded, object))


def _other_versions(stored: Mapping[str, str]) -> list[str]:
    here = versions()
    return [
        f"{name}: {stored.get(name, 'none')} there, {here.get(name, 'none')} here"
        for name in sorted({*stored, *here})
        if stored.get(name) != here.get(name)
    ]
