"""Writes a results folder: opens it, adds runs, finishes it."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from schoolsim.studies.errors import DamageWarning, StoreError, StudyChangedError, StudyError
from schoolsim.studies.logs import LOG
from schoolsim.studies.model import SCHOOL_MODEL
from schoolsim.studies.plan import RESERVED, StudyPlan
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.run_request import OK, RunRecord
from schoolsim.studies.store import manifest as manifests
from schoolsim.studies.store.columns import write_columns
from schoolsim.studies.store.files import disk_errors, write_text
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.manifest import Manifest
from schoolsim.studies.store.parts import PartWriter, part_files
from schoolsim.studies.store.reopen import parts_from_tables
from schoolsim.studies.store.replication_curve import write_curve
from schoolsim.studies.store.tables import (
    design_table,
    ordered,
    read_identity,
    write_table,
    write_tables,
)


class StudyStore:
    """The runs of one plan in one folder. Make it with `opened`, which holds the lock."""

    def __init__(self, folder: Folder, plan: StudyPlan, manifest: Manifest) -> None:
        """Write the runs of `plan`, whose manifest is `manifest`."""
        self.folder, self.plan, self.manifest = folder, plan, manifest
        self._writer = PartWriter(folder.parts, plan.identity)
        self._reserved = {*RESERVED, *plan.swept}
        self._failed = {path.stem for path in folder.failures.glob("*.txt")}

    @property
    def complete(self) -> bool:
        """Whether every run is in the final tables."""
        return self.manifest["state"] == manifests.COMPLETE

    @property
    def wants_more_replications(self) -> bool:
        """Whether the plan has more replications than the folder knows of."""
        return self.manifest["study"]["replications"] != self.plan.replications.record()

    def reopen(self) -> None:
        """Take a complete study up again, so that runs of it can be made anew."""
        parts_from_tables(self.folder, self._writer)
        self.manifest |= {"state": manifests.RUNNING, "study": self.plan.identity_parts()}
        manifests.write_manifest(self.folder, self.manifest)

    def index(self) -> PartIndex:
        """The runs that are kept so far."""
        return PartIndex.of(self.folder.parts, self.plan.identity)

    def add(self, record: RunRecord) -> None:
        """Keep a run.

        Raises:
            StudyError: If an outcome has the name of another column.
            StoreError: If the disk will not have it.
        """
        clash = self._reserved.intersection(record.outcomes)
        if clash:
            raise StudyError(f"an outcome may not be called {', '.join(sorted(clash))}: taken")
        self._writer.add(record)
        if record.status == OK and record.run in self._failed:  # it was made again, and is well now
            (self.folder.failures / f"{record.run}.txt").unlink(missing_ok=True)
        if record.output or record.status != OK:
            self._log_run(record)

    def due(self) -> float:
        """Seconds until `flush` should be called."""
        return self._writer.due()

    def flush(self) -> None:
        """Write the runs that are still in memory."""
        self._writer.flush()

    def finish(self, wanted: np.ndarray, *, unsettled: Mapping[str, int]) -> None:
        """Write the final tables and remove the parts.

        Args:
            wanted: Replications each point is to have, shape `(points,)`.
            unsettled: Outcomes whose mean is not precise enough after the most replications, and at
                how many points.

        Raises:
            StoreError: If runs are missing, or the disk will not have it.
        """
        self.flush()
        index = self.index()
        index = index.keep(index.replication < wanted[index.point])
        if len(index) != wanted.sum():
            raise StoreError(
                f"{wanted.sum() - len(index)} runs that were made are no longer in "
                f"{self.folder.parts}; run the study again to make them"
            )
        known = [*self.plan.columns]
        write_tables(self.folder, index, self.plan.points, outcomes=known)
        if isinstance(self.plan.replications, Precision):
            write_curve(self.folder, index, self.plan.replications)
        outcomes = ordered(known, index.outcomes)
        write_columns(self.folder, self.plan.swept, outcomes, self.plan.columns)
        self.manifest |= {
            "state": manifests.COMPLETE,
            "ended": manifests.now(),
            "counts": index.counts(),
            "unsettled": dict(unsettled),
            "files": manifests.file_hashes(self.folder),
        }
        manifests.write_manifest(self.folder, self.manifest)
        clear_parts(self.folder)

    def record_session(self, session: dict[str, object], run_seconds: float) -> None:
        """Add to the manifest what one sitting did."""
        sessions = self.manifest.setdefault("sessions", [])
        sessions.append(session)
        self.manifest["wall_seconds"] = round(sum(s["wall_seconds"] for s in sessions), 3)
        self.manifest["run_seconds"] = round(self.manifest["run_seconds"] + run_seconds, 3)
        if not self.complete:
            self.manifest["counts"] = self.index().counts()
        manifests.write_manifest(self.folder, self.manifest)

    def _log_run(self, record: RunRecord) -> None:
        """Write what a run printed to the log, and how it failed to a file of its own."""
        place = f"run {record.run} point {record.point} replication {record.replication}"
        for line in record.output.splitlines():
            LOG.info("%s | %s", place, line)
        if record.status == OK:
            return
        LOG.warning("%s %s: %s", place, record.status, record.error)
        with disk_errors(self.folder.failures):
            self.folder.failures.mkdir(exist_ok=True)
        write_text(self.folder.failures / f"{record.run}.txt", self._failure(record))

    def _failure(self, record: RunRecord) -> str:
        parameters, path = self.plan.parameters(record.point), self.plan.model.path
        model = "" if path == SCHOOL_MODEL else f', model="{path}"'
        return "\n".join(
            [
                f"run          {record.run}",
                f"point        {record.point}",
                f"replication  {record.replication}",
                f"seed         {record.seed}",
                f"status       {record.status}",
                f"error        {record.error}",
                f"model        {path} version {self.plan.version}",
                f"parameters   {json.dumps(parameters)}",
                "",
                "To make this run alone, in this process, and see it fail:",
                "  from schoolsim.studies import StudyResult",
                f'  StudyResult.open("{self.folder.path}").rerun("{record.run}"{model})',
                "",
                record.traceback or "no traceback: the process that made the run was ended",
                *(["What the run printed:", record.output] if record.output else []),
            ]
        )


@contextmanager
def opened(folder: Folder, plan: StudyPlan) -> Iterator[StudyStore]:
    """Open a folder to write the runs of a plan, new or where they were left.

    Raises:
        StudyChangedError: If it holds another study.
        StudyBusyError: If another process is writing it.
        StoreError: If it cannot be written.
    """
    with folder.writing():
        manifest = _manifest(folder, plan)
        store = StudyStore(folder, plan, manifest)
        config = plan.config_in(folder.path)
        if not folder.config.is_file() or folder.config.read_text("utf-8") != config:
            write_text(folder.config, config)
        if not store.complete:
            manifest["study"] = plan.identity_parts()
            write_table(folder.points, design_table(plan.points), plan.identity)
            if plan.layout is not None:
                write_table(folder.design, design_table(plan.layout), plan.identity)
            manifests.write_manifest(folder, manifest)
        yield store


def clear_parts(folder: Folder) -> None:
    """Remove the parts of a study whose tables are final; damaged ones are kept."""
    for path in folder.parts.glob("part-*.parquet"):
        path.unlink()


def _manifest(folder: Folder, plan: StudyPlan) -> Manifest:
    try:
        manifest = manifests.read_manifest(folder)
    except StoreError as error:
        aside = folder.manifest.with_name("manifest.json.damaged")
        shutil.copyfile(folder.manifest, aside)
        message = f"{error}; what is left of it is kept as {aside.name}"
        warnings.warn(message, DamageWarning, stacklevel=2)
        manifest = None
    if manifest is None:
        return _rebuilt(folder, plan)
    manifests.require_same(folder, manifest, plan)
    places = manifests.input_places(folder, plan)
    if manifest["inputs"] != places:
        manifest["inputs"] = places
        manifests.write_manifest(folder, manifest)
    if manifest["state"] == manifests.COMPLETE:
        _require_untouched(folder, manifest)
        for path in folder.parts.glob("part-*.parquet"):  # left by a retry that did not begin
            path.unlink()
    return manifest


def _rebuilt(folder: Folder, plan: StudyPlan) -> Manifest:
    """A manifest where there is none; tables without one go back into parts to be checked."""
    written = [path for path in (folder.points, folder.runs) if path.is_file()]
    for path in [*written, *part_files(folder.parts)]:
        if read_identity(path) not in (None, plan.identity):
            raise StudyChangedError(
                f"{folder.path} has no readable manifest, and {path.name} is of another study; "
                "give this one another folder, or take the old one away"
            )
    if folder.runs.is_file() and not part_files(folder.parts):
        parts_from_tables(folder, PartWriter(folder.parts, plan.identity))
    made = int(PartIndex.of(folder.parts, plan.identity).replication.max(initial=-1)) + 1
    if isinstance(plan.replications, Fixed) and made > plan.replications.count:
        raise StudyChangedError(
            f"{folder.path} has no readable manifest, and holds {made} replications where this study wants "
            f"{plan.replications.count}; ask for {made} or more, or give this one another folder"
        )
    return manifests.new_manifest(folder, plan)


def _require_untouched(folder: Folder, manifest: Manifest) -> None:
    hashes = manifests.file_hashes(folder)
    for name, written in manifest["files"].items():
        if name == folder.config.name:
            continue  # a title or a figure may change; what decides the runs was compared
        if hashes.get(name) != written:
            what = "is not the file that was written" if name in hashes else "is missing"
            raise StoreError(
                f"{folder.path / name} {what}. Put it back from a copy, or run the study in a new "
                "folder: the tables come out the same"
            )
