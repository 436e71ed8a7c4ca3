"""Writes a results folder: opens it, adds runs, finishes it."""

from __future__ import annotations

import contextlib
import json
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from schoolsim.studies.errors import DamagedError, DamageWarning, StoreError, StudyChangedError, StudyError
from schoolsim.studies.logs import LOG
from schoolsim.studies.model import SCHOOL_MODEL
from schoolsim.studies.plan import RESERVED, StudyPlan
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.run_request import OK, RunRecord
from schoolsim.studies.store import manifest as manifests
from schoolsim.studies.store.columns import write_columns
from schoolsim.studies.store.files import disk_errors, remove, set_aside, write_text
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.parts import DAMAGED, PartWriter, part_files
from schoolsim.studies.store.reopen import parts_from_tables
from schoolsim.studies.store.replication_curve import write_curve
from schoolsim.studies.store.schema import Manifest, SessionRecord
from schoolsim.studies.store.sealed import SealedFiles
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
        return dict(self.manifest["study"]["replications"]) != self.plan.replications.record()

    def reopen(self) -> None:
        """Take a complete study up again, so that runs of it can be made anew."""
        parts_from_tables(self.folder, self._writer)
        self.manifest["state"] = manifests.RUNNING
        self.manifest["study"] = manifests.study_record(self.plan)
        self.manifest["files"] = manifests.file_hashes(self.folder.inputs)
        manifests.write_manifest(self.folder, self.manifest)

    def index(self) -> PartIndex:
        """The runs that are kept so far."""
        return PartIndex.of(self.folder.parts, self.plan.identity, len(self.plan.points))

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
            remove(self.folder.failures / f"{record.run}.txt")
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
                how many points, or in how many differences between points.

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
            worlds = 0 if self.plan.worlds is None else len(self.plan.worlds)
            write_curve(self.folder, index, self.plan.replications, worlds)
        outcomes = ordered(known, index.outcomes)
        of_schools = ordered(known, index.of_schools)
        write_columns(self.folder, self.plan.swept, outcomes, self.plan.columns, of_schools=of_schools)
        self.manifest["state"] = manifests.COMPLETE
        self.manifest["ended"] = manifests.now()
        self.manifest["counts"] = manifests.counts_record(index)
        self.manifest["unsettled"] = dict(unsettled)
        self.manifest["files"] = manifests.file_hashes([*self.folder.inputs, *self.folder.tables])
        manifests.write_manifest(self.folder, self.manifest)
        clear_parts(self.folder)

    def record_session(self, session: SessionRecord, run_seconds: float) -> None:
        """Add a session to the manifest."""
        sessions = self.manifest["sessions"]
        sessions.append(session)
        self.manifest["wall_seconds"] = round(sum(s["wall_seconds"] for s in sessions), 3)
        self.manifest["run_seconds"] = round(self.manifest["run_seconds"] + run_seconds, 3)
        if not self.complete:
            self.manifest["counts"] = manifests.counts_record(self.index())
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
        parameters, path = self.plan.parameters(record.point, record.replication), self.plan.model.path
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
        _write_config(folder, plan, manifest)
        if not store.complete:
            manifest["study"] = manifests.study_record(plan)
            _write_design(folder, plan, manifest)
            manifest["files"] = manifests.file_hashes(folder.inputs)
            manifests.write_manifest(folder, manifest)
        yield store


def clear_parts(folder: Folder) -> None:
    """Remove the parts of a study whose tables are final; damaged ones are kept."""
    for path in part_files(folder.parts):
        remove(path)


def _write_config(folder: Folder, plan: StudyPlan, manifest: Manifest) -> None:
    """Write the config if it is not there or says something else; a title or a figure may change."""
    config = plan.config_in(folder.path)
    with contextlib.suppress(OSError):
        if folder.config.read_bytes() == config.encode():
            return
    if manifest["files"].pop("study.toml", None) is not None:
        # Killed before the new hash is kept, the study has a config without one, not one that differs from it.
        manifests.write_manifest(folder, manifest)
    write_text(folder.config, config)
    if manifest["state"] == manifests.COMPLETE:
        manifest["files"] |= manifests.file_hashes([folder.config])
        manifests.write_manifest(folder, manifest)


def _write_design(folder: Folder, plan: StudyPlan, manifest: Manifest) -> None:
    """Write the tables of the design that are not there as they were written before."""
    sealed = SealedFiles(folder, manifest["files"])
    tables = [(folder.points, plan.points), (folder.design, plan.layout), (folder.worlds, plan.worlds)]
    for path, frame in tables:
        if frame is not None and sealed.fault(path):
            write_table(path, design_table(frame), plan.identity)


def _manifest(folder: Folder, plan: StudyPlan) -> Manifest:
    manifest: Manifest | None = None
    try:
        manifest = manifests.read_manifest(folder)
    except DamagedError as error:
        aside = folder.manifest.with_name("manifest.json.damaged")
        with disk_errors(aside):
            shutil.copyfile(folder.manifest, aside)
        message = f"{error}; what is left of it is kept as {aside.name}"
        warnings.warn(message, DamageWarning, stacklevel=2)
    if manifest is None:
        return _rebuilt(folder, plan)
    manifests.require_same(folder, manifest, plan)
    places = manifests.input_places(folder, plan)
    if manifest["inputs"] != places:
        manifest["inputs"] = places
        manifests.write_manifest(folder, manifest)
    if manifest["state"] == manifests.COMPLETE:
        _require_untouched(folder, manifest)
        clear_parts(folder)  # left by a retry that did not begin
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
        _parts_or_aside(folder, plan)
    index = PartIndex.of(folder.parts, plan.identity, len(plan.points))
    made = int(index.replication.max(initial=-1)) + 1
    if isinstance(plan.replications, Fixed) and made > plan.replications.count:
        raise StudyChangedError(
            f"{folder.path} has no readable manifest, and holds {made} replications where this study wants "
            f"{plan.replications.count}; ask for {made} or more, or give this one another folder"
        )
    return manifests.new_manifest(folder, plan)


def _parts_or_aside(folder: Folder, plan: StudyPlan) -> None:
    """Tables without a manifest as parts; tables that cannot be read are set aside, and their runs made again."""
    try:
        parts_from_tables(folder, PartWriter(folder.parts, plan.identity))
    except DamagedError as error:
        clear_parts(folder)
        for path in (folder.runs, folder.series, folder.schools):
            if path.is_file():
                set_aside(path, DAMAGED)
        message = f"{error}; runs and series are kept as {folder.runs.name}{DAMAGED}, the runs are made again"
        warnings.warn(message, DamageWarning, stacklevel=2)


def _require_untouched(folder: Folder, manifest: Manifest) -> None:
    """Refuse a complete study with a table that is not the one that was written.

    Raises:
        DamagedError: The message names the file.
    """
    sealed = SealedFiles(folder, manifest["files"])
    for name in manifest["files"]:
        if name != folder.config.name:  # a title or a figure may change; what decides the runs was compared
            sealed.require(folder.path / name)
