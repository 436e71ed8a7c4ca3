"""Executor for worker processes of this machine."""

from __future__ import annotations

import contextlib
import queue
import threading

from schoolsim.studies.execution.worker import Worker, WorkerSetup
from schoolsim.studies.run_request import RunRecord, RunTask


class ProcessExecutor:
    """A thread of the parent for each worker process; the thread only waits at its pipe."""

    def __init__(self, setup: WorkerSetup, workers: int) -> None:
        """Make runs in so many processes, started when there is work for them."""
        self.workers = workers
        self._tasks: queue.SimpleQueue[list[RunTask] | None] = queue.SimpleQueue()
        self._records: queue.SimpleQueue[list[RunRecord] | BaseException] = queue.SimpleQueue()
        self._workers = [Worker(setup) for _ in range(workers)]
        self._threads = [threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in self._workers]
        for thread in self._threads:
            thread.start()

    def submit(self, tasks: list[RunTask]) -> None:
        """Put runs in the queue of all workers."""
        self._tasks.put(tasks)

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """Everything that has come in."""
        try:
            batches = [self._records.get(timeout=timeout)]
        except queue.Empty:
            return []
        with contextlib.suppress(queue.Empty):
            while True:
                batches.append(self._records.get_nowait())
        records: list[RunRecord] = []
        for batch in batches:
            if isinstance(batch, BaseException):
                raise batch
            records += batch
        return records

    def close(self) -> None:
        """Kill the workers."""
        for worker in self._workers:
            worker.stop()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def pids(self) -> list[int]:
        """Ids of the processes that are alive."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    def _serve(self, worker: Worker) -> None:
        try:
            while (tasks := self._tasks.get()) is not None:
                for records in worker.run(tasks):
                    self._records.put(records)
        except BaseException as error:  # the sweep's thread must hear of it
            self._records.put(error)
        finally:
            worker.close()
