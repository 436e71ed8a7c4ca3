"""Status of a study, read from its folder while it runs or long after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from schoolsim.studies.replications import Comparison, Precision, rule_of
from schoolsim.studies.run_request import STATUSES
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.parts import parts_set_aside
from schoolsim.studies.store.schema import Manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import read_table


@dataclass(frozen=True)
class NotReached:
    """A mean, or a mean difference, that the most replications did not make precise enough.

    Args:
        outcome: Of which outcome.
        number: Of which point, or which difference of the rule's `compared`.
        compared: That difference; None where it is the mean of a point.
        mean: What was found, in the outcome's unit.
        half_width: Of its interval.
        wanted: The half-width that would have been enough.
    """

    outcome: str
    number: int
    compared: Comparison | None
    mean: float
    half_width: float
    wanted: float


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
        not_reached: What is not as precise as the study asks, of a complete one.
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
    not_reached: tuple[NotReached, ...] = ()

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
        manifest["wall_seconds"], tuple(damaged), tuple(_not_reached(place, manifest)),
    )  # fmt: skip


def _not_reached(folder: Folder, manifest: Manifest) -> Iterator[NotReached]:
    """What the last replication of a complete study left open."""
    rule = rule_of(manifest["study"]["replications"])
    if manifest["state"] != COMPLETE or not manifest["unsettled"] or not isinstance(rule, Precision):
        return
    path = SealedFiles(folder, manifest["files"]).require(folder.replications)
    key = "compared" if rule.compared else "point"
    last: dict[tuple[int, str], dict[str, Any]] = {}
    for row in read_table(path).to_pylist():
        last[row[key], row["outcome"]] = row
    for (number, outcome), row in last.items():
        if not row["settled"]:
            compared = rule.compared[number] if rule.compared else None
            wanted = max(rule.precision * abs(row["mean"]), rule.absolute.get(outcome, 0.0))
            yield NotReached(outcome, number, compared, row["mean"], row["half_width"], wanted)
