"""Executors: the settings of an execution, the protocol, and which executor is used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from schoolsim.studies.errors import StudyError
from schoolsim.studies.execution.processes import ProcessExecutor
from schoolsim.studies.execution.serial import SerialExecutor
from schoolsim.studies.execution.worker import WorkerSetup
from schoolsim.studies.model import Model, ModelReference, model_version
from schoolsim.studies.progress import Report
from schoolsim.studies.run_request import RunRecord, RunTask

EXECUTORS = ("auto", "serial", "processes", "dask")

MOST_WORKERS = 4096
SHORTEST_LIMIT, LONGEST_LIMIT = 1e-6, 1e9
"""Seconds: what the system's timers can tell apart, and thirty years."""

SECONDS_ALONE = 1.0
"""How long `auto` makes runs in this process before it starts others: a tiny study ends first."""


@dataclass(frozen=True)
class Execution:
    """Settings of an execution; none of them changes a byte of the tables.

    Args:
        executor: One of `EXECUTORS`. `auto` makes runs in this process for a second, then in
            worker processes.
        workers: Processes; None for all processors but one (both of two).
        time_limit: Seconds a run may take; over it, it is a row with status `timeout`.
        scheduler: Address of a Dask scheduler; None for a cluster on this machine.
        fail_fast: Stop at the first run that fails.
        retry_failed: Make runs again that failed or timed out before.
        progress: True to show it, False not to, or a function called with `Progress`.
    """

    executor: str = "auto"
    workers: int | None = None
    time_limit: float | None = None
    scheduler: str | None = None
    fail_fast: bool = False
    retry_failed: bool = False
    progress: bool | Report = True

    def __post_init__(self) -> None:
        """Refuse settings out of bounds."""
        if self.executor not in EXECUTORS:
            raise StudyError(f'executor "{self.executor}" is not one of {", ".join(EXECUTORS)}')
        if self.workers is not None:
            require_workers(self.workers)
        if self.time_limit is not None and not SHORTEST_LIMIT <= self.time_limit <= LONGEST_LIMIT:
            raise StudyError(
                f"a time limit must be from {SHORTEST_LIMIT:g} to {LONGEST_LIMIT:g} seconds, not {self.time_limit:g}"
            )

    @property
    def worker_count(self) -> int:
        """Processes to use."""
        return default_workers() if self.workers is None else self.workers


def require_workers(count: int) -> None:
    """Refuse a number of workers that is none.

    Raises:
        StudyError: If it is not from 1 to `MOST_WORKERS`.
    """
    if not 1 <= count <= MOST_WORKERS:
        raise StudyError(f"workers must be 1 or more, up to {MOST_WORKERS}, not {count}")


class Executor(Protocol):
    """Takes runs and gives records, in any order, one for every run it took."""

    workers: int
    """How many runs it makes at once."""

    def submit(self, tasks: list[RunTask]) -> None:
        """Take runs; does not wait for them."""
        ...

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """The records that have come in; waits for the first up to `timeout` seconds.

        Raises:
            StudyError: If the runs cannot be made at all, such as a model that does not import.
        """
        ...

    def close(self) -> None:
        """End every process it started; runs under way are given up."""
        ...


def usable_processors() -> int:
    """Processors this process may use, which on a cluster are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def default_workers() -> int:
    """All the processors this process may use but one; both of two."""
    count = usable_processors()
    return count - 1 if count > 2 else count


def executors(reference: ModelReference, model: Model, execution: Execution) -> Iterator[tuple[Executor, float]]:
    """The executors to use in turn, each with the seconds it gets before the next."""
    forever, version = float("inf"), model_version(model)
    limit, kind = execution.time_limit, execution.executor
    if kind == "auto" and limit is not None and reference.portable:
        kind = "processes"
    if kind == "auto":
        alone = execution.worker_count == 1 or not reference.portable
        yield SerialExecutor(model, time_limit=limit), forever if alone else SECONDS_ALONE
        kind = "processes" if not alone else "none"
    if kind == "serial":
        yield SerialExecutor(model, time_limit=limit), forever
    if kind == "processes":
        setup = WorkerSetup.of(reference, version, limit)
        yield ProcessExecutor(setup, execution.worker_count), forever
    if kind == "dask":
        from schoolsim.studies.execution.on_dask import DaskExecutor

        setup = WorkerSetup.of(reference, version, limit)
        yield DaskExecutor(setup, execution.worker_count, execution.scheduler), forever
