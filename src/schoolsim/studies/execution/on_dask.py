"""Executor for a Dask cluster: one on this machine, or any with a scheduler address.

A Dask worker does not call the model itself. It keeps a worker process as `processes.py` does and
hands it the runs, so that crashes, time limits, thread counts and captured output are the same on
a cluster as on a laptop. For the same reason the cluster of this machine has its Dask workers in
threads of this process: the processes that run the model are those they keep.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import uuid
from dataclasses import dataclass, field

from dask.distributed import Client, Future, LocalCluster
from dask.typing import Key
from distributed.scheduler import KilledWorker

from schoolsim.studies.errors import StudyError
from schoolsim.studies.execution.worker import Worker, WorkerSetup
from schoolsim.studies.run_request import RunRecord, RunTask

PATIENCE = 20.0
"""Seconds to wait for a scheduler to answer."""

TRIES = 3
"""Times the cluster may lose a chunk for good before the sweep stops."""


class DaskExecutor:
    """Hands chunks of runs to a Dask cluster."""

    def __init__(self, setup: WorkerSetup, workers: int, scheduler: str | None) -> None:
        """Connect to `scheduler`, or start a cluster of so many workers on this machine.

        Raises:
            StudyError: If the scheduler does not answer.
        """
        self._setup = setup
        self._session = uuid.uuid4().hex  # another study on the cluster keeps its own processes
        self._cluster = None if scheduler else _local_cluster(workers)
        try:
            self._client = Client(self._cluster or scheduler, set_as_default=False, timeout=PATIENCE)
        except (OSError, ValueError, TypeError) as error:  # an address may be nothing of the kind
            raise StudyError(f"no Dask scheduler answers at {scheduler}: {error}") from error
        threads = sum(self._client.nthreads().values())
        self.workers = max(1, threads) if scheduler else workers
        self._ended: queue.SimpleQueue[Future[list[RunRecord]]] = queue.SimpleQueue()
        self._chunks: dict[Key, tuple[Future[list[RunRecord]], list[RunTask], int]] = {}

    def submit(self, tasks: list[RunTask]) -> None:
        """Hand a chunk over."""
        self._hand_over(tasks, TRIES)

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """The chunks that have come back."""
        records: list[RunRecord] = []
        with contextlib.suppress(queue.Empty):
            records += self._records_of(self._ended.get(timeout=timeout))
            while True:
                records += self._records_of(self._ended.get_nowait())
        return records

    def close(self) -> None:
        """End the processes that ran the model, and the cluster if it is ours."""
        for future, _, _ in self._chunks.values():
            future.cancel()
        with contextlib.suppress(OSError, TimeoutError):  # a cluster that has gone needs nothing
            self._client.run(close_children, self._session)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _hand_over(self, tasks: list[RunTask], tries: int) -> None:
        future = self._client.submit(run_chunk, self._session, self._setup, tasks, pure=False)
        self._chunks[future.key] = (future, tasks, tries)
        future.add_done_callback(self._ended.put)

    def _records_of(self, future: Future[list[RunRecord]]) -> list[RunRecord]:
        _, tasks, tries = self._chunks.pop(future.key)
        if future.status == "finished":
            return future.result()
        error = future.exception() if future.status == "error" else None
        if error is not None and not isinstance(error, KilledWorker):
            raise error
        if tries <= 1:
            raise StudyError(
                f"the Dask cluster lost {len(tasks)} runs {TRIES} times; its workers are ended "
                f"or do not hold ({error or future.status})"
            )
        self._hand_over(tasks, tries - 1)
        return []


def run_chunk(session: str, setup: WorkerSetup, tasks: list[RunTask]) -> list[RunRecord]:
    """Make runs; called in a Dask worker, in a thread of which each has a process of its own."""
    key = (session, threading.get_ident())
    child = _DASK_CHILDREN.setdefault(key, _DaskChild(Worker(setup)))
    with child.in_use:
        try:
            return [record for records in child.worker.run(tasks) for record in records]
        except BaseException:
            _DASK_CHILDREN.pop(key, None)
            child.worker.close()
            raise


def close_children(session: str) -> None:
    """End the processes this Dask worker keeps for a study."""
    for key in [key for key in _DASK_CHILDREN if key[0] == session]:
        child = _DASK_CHILDREN.pop(key)
        child.worker.stop()  # so that a run under way lets go
        with child.in_use:
            child.worker.close()


@dataclass(frozen=True)
class _DaskChild:
    worker: Worker
    in_use: threading.Lock = field(default_factory=threading.Lock)


_DASK_CHILDREN: dict[tuple[str, int], _DaskChild] = {}


def _local_cluster(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=False, dashboard_address=None,
        memory_limit=0,
    )  # fmt: skip
