"""The cost of a study before it is started, reckoned from a probe run.

Loads neither tables nor model into this process: the probe is made in a worker of its own.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.studies.errors import StudyError
from schoolsim.studies.execution.executors import default_workers, require_workers
from schoolsim.studies.execution.worker import Worker, WorkerSetup
from schoolsim.studies.model import ModelReference
from schoolsim.studies.progress import duration
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.run_request import OK, RunRecord, RunTask

if TYPE_CHECKING:
    from schoolsim.studies.plan import StudyPlan

PARENT_BYTES = 200 << 20
"""Of the process that keeps the tables; flat in the number of runs."""

ROW_BYTES = 12
"""Of an outcome in the table of runs, as compressed there, with its share of the row's keys."""

PROBE_RUNS, PROBE_SECONDS = 5, 1.0
"""A probe makes runs until there are so many, or they have taken so long."""


@dataclass(frozen=True)
class Estimate:
    """Time, disk and memory of a study.

    Args:
        points: Points of the design.
        fewest_runs: Runs it has; those it starts with if a rule decides.
        most_runs: Runs it can have at most; the same for a fixed number of replications.
        workers: Processes the times are for.
        start_seconds: Time until the model is loaded and its first run is made.
        run_seconds: Mean time of a run after that.
        fewest_seconds: Wall time of the fewest runs.
        most_seconds: Wall time of the most runs.
        disk_bytes: Size of the results, of the most runs.
        memory_bytes: Memory of all processes together.
    """

    points: int
    fewest_runs: int
    most_runs: int
    workers: int
    start_seconds: float
    run_seconds: float
    fewest_seconds: float
    most_seconds: float
    disk_bytes: int
    memory_bytes: int

    def __str__(self) -> str:
        """For people, a line each."""
        some = self.fewest_runs != self.most_runs
        runs = f"{self.fewest_runs} to {self.most_runs}" if some else str(self.most_runs)
        wall = duration(self.most_seconds)
        wall = f"{duration(self.fewest_seconds)} to {wall}" if some else wall
        return "\n".join(
            [
                f"points   {self.points}",
                f"runs     {runs}",
                f"a run    {self.run_seconds:.3g} s (the first one {self.start_seconds:.3g} s)",
                f"time     {wall} with {self.workers} worker{'s' * (self.workers > 1)}",
                f"disk     {_size(self.disk_bytes)}",
                f"memory   {_size(self.memory_bytes)}",
            ]
        )


def estimate(plan: StudyPlan, *, workers: int | None = None) -> Estimate:
    """Make the first run of a study a few times in a process of its own, and reckon from that.

    Nothing is kept. The first time pays for loading and compiling; the others count. Points differ
    in length, so this is what it says: an estimate.

    Args:
        plan: The study.
        workers: Processes it will have; as many as a sweep would take when None.

    Raises:
        StudyError: If the probe fails: so would the study.
    """
    return estimate_runs(len(plan.points), plan.replications, plan.model, plan.task(0, 0), workers=workers)


def estimate_runs(
    points: int,
    replications: Fixed | Precision,
    model: ModelReference,
    task: RunTask,
    *,
    workers: int | None = None,
) -> Estimate:
    """As `estimate`, for a study told by its size and one of its runs.

    Args:
        points: Points of the design.
        replications: How many runs a point gets, or the rule that decides.
        model: The model.
        task: A run that is like the others.
        workers: Processes it will have; as many as a sweep would take when None.

    Raises:
        StudyError: If the probe fails: so would the study.
    """
    workers = default_workers() if workers is None else workers
    require_workers(workers)
    start, records, memory = _probe(model, task)
    run_seconds = sum(record.seconds for record in records) / len(records)
    fewest = replications.count if isinstance(replications, Fixed) else replications.initial
    most = replications.count if isinstance(replications, Fixed) else replications.maximum
    runs = [points * count for count in (fewest, most)]
    busy = [min(workers, count) for count in runs]
    seconds = [start + run_seconds * n / w for n, w in zip(runs, busy, strict=True)]
    return Estimate(
        points=points, fewest_runs=runs[0], most_runs=runs[1], workers=workers, start_seconds=start,
        run_seconds=run_seconds, fewest_seconds=seconds[0], most_seconds=seconds[1],
        disk_bytes=_bytes_of(records[-1]) * runs[1], memory_bytes=memory * workers + PARENT_BYTES,
    )  # fmt: skip


def _probe(model: ModelReference, task: RunTask) -> tuple[float, list[RunRecord], int]:
    """Seconds until the first run is made, the records of those after it, and the worker's memory in bytes."""
    worker = Worker(WorkerSetup.of(model, None, None))
    started = time.perf_counter()
    try:
        first = next(iter(worker.run([task])))[0]
        start = time.perf_counter() - started
        if first.status != OK:
            raise StudyError(f"the first run of the study does not work: {first.error}")
        records: list[RunRecord] = []
        while len(records) < PROBE_RUNS and sum(record.seconds for record in records) < PROBE_SECONDS:
            records += [record for batch in worker.run([task]) for record in batch]
        memory = _memory(worker)
    finally:
        worker.close()
    return start, records, memory


def _memory(worker: Worker) -> int:
    """The most memory a worker has had, in bytes; what is usual where the system does not say."""
    try:
        lines = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    except (OSError, StopIteration):
        return PARENT_BYTES


def _bytes_of(record: RunRecord) -> int:
    """Bytes of a run in the final tables, whose compression deflating its series comes close to."""
    series = b"" if record.series is None else record.series.tobytes()
    return len(zlib.compress(series, 1)) + ROW_BYTES * len(record.outcomes)


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.3g} {unit}"
        count /= 1000
    raise AssertionError
