"""The plan of a stored study, from its own files."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.studies.errors import StoreError
from schoolsim.studies.model import Column, ModelReference
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.replications import rule_of
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.files import content_hash
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import Manifest


def stored_plan(folder: Folder, manifest: Manifest) -> StudyPlan:
    """What a stored study ran.

    Raises:
        StoreError: If a file of it is missing or damaged, or they do not belong together.
    """
    study = manifest["study"]
    try:
        points = pq.read_table(folder.points).to_pandas()
        layout = pq.read_table(folder.design).to_pandas() if folder.design.is_file() else None
        config = folder.config.read_text(encoding="utf-8")
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"the study in {folder.path} cannot be read: {error}") from error
    plan = StudyPlan(
        points=points,
        model=ModelReference(study["model"], study["arguments"], _inputs(folder, manifest)),
        replications=rule_of(study["replications"]),
        seed=study["seed"],
        fixed=study["fixed"],
        context=study["context"],
        version=study["version"],
        title=manifest["title"],
        config=config,
        design=manifest["design"],
        layout=layout,
        columns=_columns(folder),
        cite=tuple(manifest["cite"]),
    )
    if plan.identity != manifest["identity"]:
        raise StoreError(
            f"the files in {folder.path} do not belong together: its points are not those its manifest tells of"
        )
    return plan


def _inputs(folder: Folder, manifest: Manifest) -> dict[str, str]:
    """The files the model read, if they are where they were and hold what they held."""
    found = {}
    for name, place in manifest["inputs"].items():
        path = (folder.path.resolve() / place).resolve()
        if not path.exists():
            raise StoreError(
                f"the study in {folder.path} reads {path}, which is not there: put it there, or sweep the study "
                "from its config with the file where it is now"
            )
        if content_hash(path) != manifest["study"]["inputs"][name]:
            raise StoreError(f"the study in {folder.path} reads {path}, which has changed since: put the old one back")
        found[name] = str(path)
    return found


def _columns(folder: Folder) -> dict[str, Column]:
    if not folder.columns.is_file():
        return {}
    rows = [row for row in read_columns(folder) if row["role"]]
    return {row["name"]: Column(row["unit"], row["definition"]) for row in rows}
