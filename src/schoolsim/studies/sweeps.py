"""Runs a study: makes the missing runs, keeps each as it ends, writes the tables when all are made."""

from __future__ import annotations

import math
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from schoolsim.studies.errors import RunFailedError
from schoolsim.studies.execution.executors import Execution, Executor, executors
from schoolsim.studies.interruption import Interrupted, end_by_signal, interruptible, raise_if_interrupted
from schoolsim.studies.logs import log_to
from schoolsim.studies.model import Model, model_columns, model_version, prepare
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.progress import Pace, Progress, Report, display
from schoolsim.studies.run_request import OK, STATUSES, RunRecord
from schoolsim.studies.schedule import ContrastSchedule, PrecisionSchedule, schedule_of
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import now, require_manifest
from schoolsim.studies.store.schema import Manifest, SessionRecord
from schoolsim.studies.store.stored_plan import UserModel, stored_plan
from schoolsim.studies.store.study_store import StudyStore, opened

SECONDS_A_CHUNK = 0.1
SECONDS_A_BURN_IN = 20.0
"""A chunk of what begins from one burn-in is no longer: where runs are slow, little is to be lost with a chunk."""
RUNS_A_CHUNK = 200


def sweep(plan: StudyPlan, out: str | Path, execution: Execution | None = None) -> Path:
    """Make the runs of a plan that are not in the folder yet, and the tables of all.

    Args:
        plan: What to run. Its version and the meaning of outcomes are taken from the model.
        out: The results folder; made if it is not there, gone on with if it is.
        execution: How to run.

    Returns:
        The results folder.

    Raises:
        StudyError: If the study cannot be run; what was made before is kept.
        RunFailedError: If a run failed and `fail_fast` was asked for.
        KeyboardInterrupt: After Ctrl-C. SIGTERM and SIGHUP end the process, as they do elsewhere,
            unless the caller handles them; what was made is written first.
    """
    execution = execution or Execution()
    model = plan.model.load()
    plan = with_model_metadata(plan, model)
    folder = Folder(Path(out))
    try:
        with interruptible(), opened(folder, plan) as store, log_to(folder.log):
            wanted = store.wants_more_replications or (execution.retry_failed and _failures(store.manifest))
            if store.complete and not wanted:
                return folder.path
            if store.complete:
                store.reopen()
            with display(execution.progress) as report:
                _Session(store, execution, report).run(model)
    except Interrupted as interruption:
        end_by_signal(interruption)
        raise
    return folder.path


def resume(out: str | Path, execution: Execution | None = None, *, model: UserModel | None = None) -> Path:
    """Go on with the study in a folder from what is stored there; the config is not needed.

    Args:
        out: The results folder.
        execution: How to run.
        model: The model of the study, where it is not the school model; see `reproduce`.

    Returns:
        The results folder.

    Raises:
        StoreError: If there is no study there, or its files are damaged.
        StudyError: As `sweep`.
    """
    folder = Folder(Path(out))
    manifest = require_manifest(folder)
    return sweep(stored_plan(folder, manifest, model), folder.path, execution)


def with_model_metadata(plan: StudyPlan, model: Model) -> StudyPlan:
    """The plan with the version and columns its model declares."""
    columns = {**plan.columns, **model_columns(model)}
    return replace(plan, version=model_version(model), columns=columns)


class _Session:
    """One session of a study: from opening its folder to its end or an interruption."""

    def __init__(self, store: StudyStore, execution: Execution, report: Report) -> None:
        self._store, self._execution, self._report = store, execution, report
        self._schedule = schedule_of(store.plan)
        self._counts = dict.fromkeys(STATUSES, 0)
        self._made, self._run_seconds, self._pace = 0, 0.0, Pace()
        self._started, self._clock = now(), time.monotonic()

    def run(self, model: Model) -> None:
        self._load_kept_runs()
        try:
            if self._left():
                prepare(model)  # here first: what it compiles, the workers find ready
            for executor, seconds in executors(self._store.plan.model, model, self._execution):
                self._pace.restart()
                try:
                    self._drive(executor, seconds)
                finally:
                    executor.close()
                if self._left() == 0:
                    break
            self._store.finish(self._schedule.wanted(), unsettled=self._unsettled())
        finally:
            self._close()

    def _load_kept_runs(self) -> None:
        """Tell the schedule which runs are kept already."""
        index = self._store.index()
        if self._execution.retry_failed:
            index = index.keep(index.status == STATUSES.index(OK))
        self._counts |= index.counts()
        for batch in index.batches(self._schedule_columns()):
            rows = batch.to_pylist()
            for row in rows:
                values = {name: row[name] for name in batch.column_names if "/" in name}
                outcomes = {
                    name.partition("/")[2]: math.nan if value is None else value for name, value in values.items()
                }
                point, replication = row["point"], row["replication"]
                self._schedule.ended(point, replication, row["status"], outcomes)
        self._show()

    def _schedule_columns(self) -> list[str]:
        outcomes = getattr(self._store.plan.replications, "outcomes", ())
        return ["point", "replication", "status", *(f"outcome/{name}" for name in outcomes)]

    def _drive(self, executor: Executor, seconds: float) -> None:
        """Keep an executor busy until there is nothing left, or the time is up."""
        until = time.monotonic() + seconds
        outstanding = 0
        while True:
            chunk = self._chunk(executor.workers, outstanding)
            while outstanding < 2 * executor.workers * chunk and time.monotonic() < until:
                tasks = self._schedule.take(chunk)
                if not tasks:
                    break
                executor.submit(tasks)
                outstanding += len(tasks)
            if outstanding == 0:
                return
            records = executor.collect(min(max(self._store.due(), 0.0), 1.0))
            outstanding -= len(records)
            for record in records:
                self._keep(record)
            raise_if_interrupted()
            if self._store.due() <= 0.0:
                self._store.flush()
            self._show()

    def _chunk(self, workers: int, outstanding: int) -> int:
        """Runs to hand out at once: a tenth of a second's, or a burn-in's if not for long; fewer towards the end."""
        left = self._left() - outstanding
        mean = max(self._run_seconds / self._made, 1e-9) if self._made else SECONDS_A_CHUNK
        short = min(SECONDS_A_CHUNK / mean, -(-left // (2 * workers)))
        burn_ins = self._store.plan.burn_ins
        if burn_ins is None:
            alike = 1.0
        else:
            alike = min(np.bincount(burn_ins).max(), SECONDS_A_BURN_IN / mean, -(-left // workers))
        return int(max(1, min(max(short, alike), RUNS_A_CHUNK)))

    def _keep(self, record: RunRecord) -> None:
        self._store.add(record)
        self._schedule.ended(record.point, record.replication, record.status, record.outcomes)
        self._counts[record.status] += 1
        self._made += 1
        self._run_seconds += record.seconds
        self._pace.add(record.seconds)
        if record.status != OK and self._execution.fail_fast:
            self._store.flush()
            raise RunFailedError(
                f"run {record.run} (point {record.point}, replication {record.replication}, seed "
                f"{record.seed}) {record.status}: {record.error}. Its traceback is in "
                f"{self._store.folder.failures / record.run}.txt. The runs made so far are kept, "
                "this one too: to make it again, run with retry_failed"
            )

    def _left(self) -> int:
        return self._total() - sum(self._counts.values())

    def _total(self) -> int:
        return int(self._schedule.wanted().sum())

    def _show(self) -> None:
        done, failed = sum(self._counts.values()), self._failed_count()
        seconds, rate = time.monotonic() - self._clock, self._pace.rate(self._workers)
        self._report(Progress(done, self._total(), failed, self._made, seconds, rate))

    @property
    def _workers(self) -> int:
        """Processes that make runs, once all have started."""
        return 1 if self._execution.executor == "serial" else self._execution.worker_count

    def _failed_count(self) -> int:
        return sum(count for status, count in self._counts.items() if status != OK)

    def _unsettled(self) -> dict[str, int]:
        """Outcomes that are not precise enough, and at how many points or differences; none for a fixed number."""
        schedule = self._schedule
        points = schedule.unsettled() if isinstance(schedule, PrecisionSchedule | ContrastSchedule) else {}
        return dict(Counter(name for names in points.values() for name in names))

    def _close(self) -> None:
        """Keep what is still in memory, whatever ended the session, and record how long it was."""
        self._store.flush()
        session: SessionRecord = {
            "started": self._started,
            "ended": now(),
            "wall_seconds": round(time.monotonic() - self._clock, 3),
            "runs": self._made,
            "executor": self._execution.executor,
            "workers": self._execution.worker_count,
        }
        self._store.record_session(session, self._run_seconds)


def _failures(manifest: Manifest) -> int:
    return manifest["counts"].get("failed", 0) + manifest["counts"].get("timeout", 0)
