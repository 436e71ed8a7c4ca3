"""The files of a results folder, and the lock of the process that writes it."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock

from schoolsim.studies.errors import StudyBusyError
from schoolsim.studies.store.files import disk_errors, remove_drafts


@dataclass(frozen=True)
class Folder:
    """The files of a results folder."""

    path: Path

    @property
    def config(self) -> Path:
        """The resolved config."""
        return self.path / "study.toml"

    @property
    def manifest(self) -> Path:
        """What was run, with what, when."""
        return self.path / "manifest.json"

    @property
    def columns(self) -> Path:
        """Name, unit and definition of every column."""
        return self.path / "columns.json"

    @property
    def points(self) -> Path:
        """The design table."""
        return self.path / "points.parquet"

    @property
    def design(self) -> Path:
        """Which policy and which world each point is, and where in the sample."""
        return self.path / "design.parquet"

    @property
    def worlds(self) -> Path:
        """Worlds that replications are run in; only where a study asks for them."""
        return self.path / "worlds.parquet"

    @property
    def runs(self) -> Path:
        """A row a run."""
        return self.path / "runs.parquet"

    @property
    def series(self) -> Path:
        """Outcomes through time, long."""
        return self.path / "series.parquet"

    @property
    def schools(self) -> Path:
        """What is kept of every school, long; only where a study asks for it."""
        return self.path / "schools.parquet"

    @property
    def replications(self) -> Path:
        """How the means settled, replication by replication."""
        return self.path / "replications.parquet"

    @property
    def parts(self) -> Path:
        """Runs not yet in the tables."""
        return self.path / "parts"

    @property
    def failures(self) -> Path:
        """A text file for each run that went wrong."""
        return self.path / "failures"

    @property
    def log(self) -> Path:
        """What the runs printed and logged."""
        return self.path / "logs" / "study.log"

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are there before the first run."""
        return (self.config, self.points, self.design, self.worlds)

    @property
    def needed(self) -> tuple[Path, ...]:
        """The files that every complete study has."""
        return (self.config, self.points, self.runs, self.series, self.columns)

    @property
    def tables(self) -> tuple[Path, ...]:
        """The files whose bytes a study repeats."""
        tables = (self.points, self.design, self.worlds, self.runs, self.series, self.schools, self.replications)
        return (*tables, self.columns)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only process that writes the folder; made if it is not there.

        The lock is the system's and goes with the process that holds it, however that ends.

        Raises:
            StudyBusyError: If another process is writing it.
            StoreError: If it cannot be written at all.
        """
        with disk_errors(self.path / "parts"):
            self.parts.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self.path / ".lock")
            try:
                lock.acquire(timeout=0)
            except filelock.Timeout:
                raise StudyBusyError(self._busy()) from None
        try:
            with disk_errors(self.path / "parts"):
                remove_drafts(self.path)
                remove_drafts(self.parts)
                self._owner.write_text(json.dumps(_this_process()), encoding="utf-8")
            yield
        finally:
            with contextlib.suppress(OSError):  # a disk that refuses has been told of already
                self._owner.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # it stays while there is anything in it
                self.parts.rmdir()
            lock.release()

    @property
    def _owner(self) -> Path:
        return self.path / ".writer.json"

    def _busy(self) -> str:
        try:
            owner = json.loads(self._owner.read_text(encoding="utf-8"))
            who = f"process {owner['process']} on {owner['machine']}"
        except (OSError, ValueError, KeyError, TypeError):
            who = "another process"
        return f"{who} is already running the study in {self.path}; wait for it, or end it"


def _this_process() -> dict[str, object]:
    return {"process": os.getpid(), "machine": platform.node()}
