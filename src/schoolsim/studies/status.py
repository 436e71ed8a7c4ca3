"""Status of a study, read from its folder while it runs or long after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from schoolsim.studies.run_request import STATUSES
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.parts import parts_set_aside


@dataclass(frozen=True)
class StudyStatus:
    """Status of a study.

    Args:
        folder: Its results folder.
        title: One line for people.
        state: `complete` when the tables are there, `running` when runs are still to be made
            (whether or not a process is at it).
        points: Points of the design.
        total: Runs it has; None while a rule still decides.
        counts: Runs that are kept, by status.
        failures: Files that say how runs failed.
        wall_seconds: Time spent on it, all sessions.
        damaged: Parts that were not as they were written; their runs are made again.
    """

    folder: Path
    title: str
    state: str
    points: int
    total: int | None
    counts: dict[str, int]
    failures: tuple[Path, ...]
    wall_seconds: float
    damaged: tuple[Path, ...] = ()

    @property
    def done(self) -> int:
        """Runs that are kept, of any status."""
        return sum(self.counts.values())


def read_status(folder: str | Path) -> StudyStatus:
    """Read the status of the study in a folder; nothing in it changes.

    Raises:
        StoreError: If there is no study, or its manifest is damaged.
    """
    place = Folder(Path(folder))
    manifest = require_manifest(place)
    study = manifest["study"]
    total: int | None
    damaged = parts_set_aside(place.parts)
    if manifest["state"] == COMPLETE:
        stored = cast("dict[str, int]", manifest["counts"])
        counts = {status: stored.get(status, 0) for status in STATUSES}
        total = sum(counts.values())
    else:
        index = PartIndex.of(place.parts, manifest["identity"], study["points"], repair=False)
        damaged += index.damaged
        rule = study["replications"]
        counts = index.counts()
        total = study["points"] * rule["count"] if rule["rule"] == "fixed" else None
    failures = tuple(sorted(place.failures.glob("*.txt")))
    return StudyStatus(
        place.path, manifest["title"], manifest["state"], study["points"], total, counts, failures,
        manifest["wall_seconds"], tuple(damaged),
    )  # fmt: skip
