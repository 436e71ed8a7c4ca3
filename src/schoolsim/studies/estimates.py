"""Estimates the time, disk and memory a study needs, from one probe run."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from schoolsim.studies.errors import StudyError
from schoolsim.studies.execution.executors import default_workers, require_workers
from schoolsim.studies.execution.worker import Worker, WorkerSetup
from schoolsim.studies.model import model_version
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.progress import duration
from schoolsim.studies.replications import Fixed
from schoolsim.studies.run_request import OK, RunRecord
from schoolsim.studies.store.parts import part_table, write_part

PARENT_BYTES = 200 << 20
"""Of the process that keeps the tables; flat in the number of runs."""


@dataclass(frozen=True)
class Estimate:
    """Time, disk and memory of a study.

    Args:
        points: Points of the design.
        fewest_runs: Runs it has; those it starts with if a rule decides.
        most_runs: Runs it can have at most; the same for a fixed number of replications.
        workers: Processes the times are for.
        start_seconds: Time until the model is loaded and its first run is made.
        run_seconds: Time of one run after that, at the first point.
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
    """Make the first run of a study twice in a process of its own, and reckon from that.

    Nothing is kept. The first time pays for loading and compiling; the second is the one that
    counts. Points differ in length, so this is what it says: an estimate.

    Args:
        plan: The study.
        workers: Processes it will have; as many as a sweep would take when None.

    Raises:
        StudyError: If the probe fails: so would the study.
    """
    workers = default_workers() if workers is None else workers
    require_workers(workers)
    start, records, memory = _probe(plan)
    rule = plan.replications
    fewest = rule.count if isinstance(rule, Fixed) else rule.initial
    most = rule.count if isinstance(rule, Fixed) else rule.maximum
    runs = [len(plan.points) * count for count in (fewest, most)]
    busy = [min(workers, count) for count in runs]
    seconds = [start + records[-1].seconds * n / w for n, w in zip(runs, busy, strict=True)]
    return Estimate(
        points=len(plan.points), fewest_runs=runs[0], most_runs=runs[1], workers=workers,
        start_seconds=start, run_seconds=records[-1].seconds, fewest_seconds=seconds[0],
        most_seconds=seconds[1], disk_bytes=int(_bytes_a_run(records[-1]) * runs[1]),
        memory_bytes=memory * workers + PARENT_BYTES,
    )  # fmt: skip


def _probe(plan: StudyPlan) -> tuple[float, list[RunRecord], int]:
    """Seconds until the first run is made, the records, and the worker's memory in bytes."""
    worker = Worker(WorkerSetup.of(plan.model, model_version(plan.model.load()), None))
    started = time.perf_counter()
    try:
        task = plan.task(0, 0)
        first = next(iter(worker.run([task])))[0]
        start = time.perf_counter() - started
        records = [first, *(r for batch in worker.run([task]) for r in batch)]
        memory = _memory(worker)
    finally:
        worker.close()
    if first.status != OK:
        raise StudyError(f"the first run of the study does not work: {first.error}")
    return start, records, memory


def _memory(worker: Worker) -> int:
    """The most memory a worker has had, in bytes; what is usual where the system does not say."""
    try:
        lines = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    except (OSError, StopIteration):
        return PARENT_BYTES


def _bytes_a_run(record: RunRecord) -> float:
    """Bytes a run takes while it is in a part; the final tables take less."""
    many = 50
    with tempfile.TemporaryDirectory() as folder:
        path = write_part(Path(folder), 1, part_table([record] * many), "probe")
        return path.stat().st_size / many


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.3g} {unit}"
        count /= 1000
    raise AssertionError
