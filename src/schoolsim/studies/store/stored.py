"""The plan of a stored study, from its own files."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.studies.errors import StoreError
from schoolsim.studies.model import Column, ModelReference
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.folder import Folder


def stored_plan(folder: Folder, manifest: Mapping[str, object]) -> StudyPlan:
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
        model=ModelReference(study["model"], study["arguments"]),
        replications=_rule(study["replications"]),
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


def _rule(record: Mapping[str, object]) -> Fixed | Precision:
    values = {name: value for name, value in record.items() if name != "rule"}
    if record["rule"] == "fixed":
        return Fixed(**values)
    return Precision(**{**values, "outcomes": tuple(values["outcomes"])})


def _columns(folder: Folder) -> dict[str, Column]:
    if not folder.columns.is_file():
        return {}
    rows = [row for row in read_columns(folder) if row["role"]]
    return {row["name"]: Column(row["unit"], row["definition"]) for row in rows}
