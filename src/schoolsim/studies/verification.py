"""Verifies a results folder: compares every file with what was written, and says all that differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schoolsim.studies.errors import DamagedError, StoreError
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.manifest import COMPLETE, identity_of, require_manifest
from schoolsim.studies.store.parts import parts_set_aside
from schoolsim.studies.store.replication_curve import curve_schema
from schoolsim.studies.store.schema import Manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import SCHOOLS, read_design, read_schema, require_schema, runs_schema, series_schema


@dataclass(frozen=True)
class Verification:
    """What differs in a results folder from what was written.

    Args:
        folder: The results folder.
        state: `complete` or `running`; empty if its manifest cannot be read.
        checked: Files that were compared, parts included.
        differences: What differs, a line each.
        unsealed: Names of files and folders of it that have no hash: figures, logs and the like.
    """

    folder: Path
    state: str
    checked: int
    differences: tuple[str, ...]
    unsealed: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def verify(folder: str | Path) -> Verification:
    """Compare every file of a results folder with its hash; nothing in it changes.

    Args:
        folder: The results folder, of a complete study or of one that is not.

    Returns:
        What differs. A manifest that cannot be read is a difference like any other.

    Raises:
        StoreError: If there is no study there, or it was written in another version of the format.
    """
    place = Folder(Path(folder))
    try:
        manifest = require_manifest(place)
    except DamagedError as error:
        return Verification(place.path, "", 1, (str(error),), _unsealed(place, None))
    differences = [*_file_differences(place, manifest), *_identity_differences(place, manifest)]
    checked = 1 + len(manifest["files"])
    if manifest["state"] != COMPLETE:
        index = PartIndex.of(place.parts, manifest["identity"], manifest["study"]["points"], repair=False)
        checked += len(index.files) + len(index.damaged)
        advice = f"its runs are made again by schoolsim resume {place.path}"
        differences += [f"{path} is not the file that was written; {advice}" for path in index.damaged]
    differences += [f"{path} was damaged and set aside" for path in parts_set_aside(place.parts)]
    return Verification(place.path, manifest["state"], checked, tuple(differences), _unsealed(place, manifest))


def _file_differences(folder: Folder, manifest: Manifest) -> Iterator[str]:
    sealed = SealedFiles(folder, manifest["files"])
    needed = folder.needed if manifest["state"] == COMPLETE else (folder.config, folder.points)
    for path in dict.fromkeys((*folder.inputs, *folder.tables)):
        if path not in needed and path not in sealed:
            continue
        fault = sealed.fault(path)
        if fault:
            yield f"{path} {fault}"
            continue
        try:
            _require_shape(folder, path)
        except StoreError as error:
            yield str(error)


def _require_shape(folder: Folder, path: Path) -> None:
    """Refuse a file that has the hash in the manifest and is still not what its name says."""
    if path == folder.columns:
        read_columns(path)
    elif path in (folder.points, folder.design, folder.worlds):
        read_design(path)
    elif path == folder.runs:
        require_schema(path, read_schema(path), runs_schema(read_schema(folder.points), []))
    elif path == folder.series:
        require_schema(path, read_schema(path), series_schema())
    elif path == folder.schools:
        require_schema(path, read_schema(path), SCHOOLS)
    elif path == folder.replications:
        require_schema(path, read_schema(path), curve_schema(read_schema(path)))


def _identity_differences(folder: Folder, manifest: Manifest) -> Iterator[str]:
    if identity_of(manifest) != manifest["identity"]:
        yield f'{folder.manifest}: "identity" is not that of the study it tells of'


def _unsealed(folder: Folder, manifest: Manifest | None) -> tuple[str, ...]:
    known = {folder.manifest.name, folder.parts.name, ".lock", ".writer.json"}
    known |= set() if manifest is None else {str(name) for name in manifest["files"]}
    return tuple(sorted(path.name for path in folder.path.iterdir() if path.name not in known))
