"""Reproduces a stored study from its own files and compares every table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from schoolsim.studies.errors import StoreError
from schoolsim.studies.execution.executors import Execution
from schoolsim.studies.provenance import versions
from schoolsim.studies.store.files import sha256
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import COMPLETE, read_manifest
from schoolsim.studies.store.schema import SealedName
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.stored_plan import UserModel, stored_plan
from schoolsim.studies.store.tables import read_table
from schoolsim.studies.sweeps import sweep, with_model_metadata

KEYS = {
    "points.parquet": [],
    "design.parquet": [],
    "worlds.parquet": [],
    "runs.parquet": ["point", "replication"],
    "series.parquet": ["point", "replication", "outcome", "half_term"],
    "schools.parquet": ["point", "replication", "outcome", "half_term", "urn"],
    "replications.parquet": ["point", "compared", "outcome", "replications"],
}


@dataclass(frozen=True)
class Reproduction:
    """Comparison of a stored study with its reproduction.

    Args:
        folder: The stored study.
        same: Whether every table has the same bytes.
        differences: What differs, a line each.
        circumstances: Versions that differ from the stored ones: a reason why bytes may differ, and
            no cause for concern when they do not.
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


def reproduce(
    folder: str | Path, execution: Execution | None = None, *, model: UserModel | None = None
) -> Reproduction:
    """Run a stored study again in a temporary folder and compare every table.

    Args:
        folder: Results folder of a complete study; only read.
        execution: How to run.
        model: The model of the study, where it is not the school model: a stored study decides
            nothing about the code that is run. A path, a class, a function or an object, or the
            list of paths that the model and its arguments name.

    Raises:
        StoreError: If there is no complete study there.
        StudyError: If its model cannot be loaded or run any more.
    """
    place = Folder(Path(folder))
    manifest = read_manifest(place)
    if manifest is None or manifest["state"] != COMPLETE:
        raise StoreError(f"there is no complete study in {place.path} to reproduce")
    plan = stored_plan(place, manifest, model)
    with tempfile.TemporaryDirectory(prefix="schoolsim-") as scratch:
        reproduced = Folder(sweep(plan, Path(scratch) / "study", execution))
        differences = tuple(_differences(place, reproduced, manifest["files"]))
    current = with_model_metadata(plan, plan.model.load())
    circumstances = _version_differences(manifest["versions"])
    if current.version != plan.version:
        circumstances.insert(0, f"model version: {plan.version} there, {current.version} here")
    return Reproduction(place.path, not differences, differences, tuple(circumstances))


def _differences(stored: Folder, reproduced: Folder, hashes: Mapping[SealedName, str]) -> Iterator[str]:
    sealed = SealedFiles(stored, hashes)
    for path in stored.tables:
        copy = reproduced.path / path.name
        if path not in sealed and not copy.is_file():
            continue
        fault = sealed.fault(path)
        if fault:
            yield f"{path.name}: the stored file {fault}"
        elif not copy.is_file():
            yield f"{path.name}: not written this time"
        elif sha256(copy) != sha256(path):
            yield from _table_differences(path, copy)


def _table_differences(stored: Path, reproduced: Path) -> Iterator[str]:
    name = stored.name
    if name not in KEYS:
        yield f"{name}: other text"
        return
    old, new = _table(stored), _table(reproduced)
    if list(old.columns) != list(new.columns) or len(old) != len(new):
        yield (f"{name}: {old.shape[0]} rows of {old.shape[1]} columns there, {new.shape[0]} of {new.shape[1]} here")
        return
    lines = [line for column in old.columns if (line := _column_difference(name, column, old, new))]
    yield from lines or [f"{name}: the same values, other bytes"]


def _column_difference(table: str, name: str, before: pd.DataFrame, after: pd.DataFrame) -> str:
    old, new = before[name].to_numpy(), after[name].to_numpy()
    missing = pd.isna(old) & pd.isna(new)
    differs = ~((old == new) | missing)
    if not differs.any():
        return ""
    row = int(np.argmax(differs))
    keys = ", ".join(f"{key} {before[key].iloc[row]}" for key in KEYS[table] if key in before) or f"row {row}"
    line = f"{table}: {name} differs in {differs.sum()} of {len(old)} rows"
    if np.issubdtype(old.dtype, np.floating):
        line += f", by up to {np.nanmax(np.abs(old[differs] - new[differs])):.3g}"
    return f"{line}; first at {keys}: {old[row]!s} there, {new[row]!s} here"


def _table(path: Path) -> pd.DataFrame:
    frame = read_table(path).to_pandas()
    coded = [n for n in frame if isinstance(frame[n].dtype, pd.CategoricalDtype)]
    return frame.astype(dict.fromkeys(coded, object))


def _version_differences(stored: Mapping[str, str]) -> list[str]:
    installed = versions()
    return [
        f"{name}: {stored.get(name, 'none')} there, {installed.get(name, 'none')} here"
        for name in sorted({*stored, *installed})
        if stored.get(name) != installed.get(name)
    ]
