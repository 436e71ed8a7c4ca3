"""Worker process, the parent's side: starts, feeds, watches and replaces it.

The standard library's pool is not used, for what a sweep of other people's models needs: a run
over its time limit is stopped even inside a compiled call (its process is killed, only its own),
a crash is put down to the run that made it, thread counts are set before anything is imported,
`__main__` is never imported, and no worker outlives the parent. It is a plain child process on a
pipe, so the start method of `multiprocessing`, which Mesa sets for everyone, has no part in it.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, cast

from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.execution import worker_process
from schoolsim.studies.execution.run_one import over_limit
from schoolsim.studies.execution.time_limit import ONE_THREAD
from schoolsim.studies.model import ModelReference
from schoolsim.studies.run_request import FAILED, TIMEOUT, RunRecord, RunTask

TRIES = 2
"""Times a run may take its process down before it counts as failed."""

KILLED_TRIES = 5
"""Times its process may be killed from outside: by somebody, or by the system for want of memory."""

STARTS = 5
"""Times a process may be ended while it loads the model before the sweep stops."""


@dataclass(frozen=True)
class WorkerSetup:
    """Settings of a worker.

    Args:
        path: The model, as `module:attribute`.
        arguments: Keyword arguments of the model's class.
        version: The version the model must have there too; any when None.
        time_limit: Seconds a run may take, or None.
        log_level: What the model's loggers let through.
    """

    path: str
    arguments: dict[str, object]
    version: str | None
    time_limit: float | None = None
    log_level: int = logging.WARNING

    @classmethod
    def of(cls, model: ModelReference, version: str | None, time_limit: float | None) -> WorkerSetup:
        """The setup for a model of a version.

        Raises:
            ModelError: If another process could not find the model.
            StudyError: If this system cannot start workers.
        """
        if os.name != "posix":
            raise StudyError('worker processes need Linux or macOS; use executor="serial"')
        if not model.portable:
            raise ModelError(
                f'worker processes cannot import the model "{model.path}": it lives in a script, '
                "a notebook or inside a function. Move it into a module, or use "
                'executor="serial"'
            )
        return cls(model.path, model.keywords, version, time_limit)


@dataclass(eq=False)
class WorkerLostError(Exception):
    """The process ended before it had made all its runs.

    Args:
        cause: What ended it.
        output: The last it printed.
        killed: Whether it was killed from outside.
    """

    cause: str
    output: str = ""
    killed: bool = False


class Worker:
    """A child process that makes runs, and a new one whenever it dies."""

    def __init__(self, setup: WorkerSetup) -> None:
        """Nothing is started until the first run."""
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._over_limit = False
        self._closed = False
        self._changing = threading.Lock()

    def run(self, tasks: list[RunTask]) -> Iterator[list[RunRecord]]:
        """Make runs; gives records as they come, one for every task.

        A run whose process dies is tried again by itself, so that the guilty one is known.

        Raises:
            StudyError: If the model cannot be loaded in a worker.
        """
        left = list(tasks)
        try:
            for records in self._attempt(left):
                yield records
                del left[: len(records)]
        except WorkerLostError as lost:
            yield from self._after_loss(left, lost)

    def stop(self) -> None:
        """Kill the process, also in the middle of a run; may be called from any thread."""
        with self._changing:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Kill the process and let go of it; called by whoever called `run`."""
        self.stop()
        self._end()

    @property
    def pid(self) -> int | None:
        """Id of the process, or None."""
        return None if self._process is None else self._process.pid

    def _after_loss(self, left: list[RunTask], lost: WorkerLostError) -> Iterator[list[RunRecord]]:
        alone = len(left) == 1 and not self._over_limit
        if self._over_limit:  # records come one by one under a limit, so it is the first
            yield [self._too_long(left.pop(0))]
        for task in left:
            yield from self._retry_alone(task, [lost] if alone else [])

    def _retry_alone(self, task: RunTask, losses: list[WorkerLostError]) -> Iterator[list[RunRecord]]:
        """Make one run, in spite of the `losses` it had part in already."""
        while not _lost_too_often(losses):
            try:
                yield from self._attempt([task])
                return
            except WorkerLostError as error:
                if self._over_limit:
                    yield [self._too_long(task)]
                    return
                losses.append(error)
        yield [RunRecord.lost(task, status=FAILED, error=losses[-1].cause, output=losses[-1].output)]

    def _attempt(self, tasks: list[RunTask]) -> Iterator[list[RunRecord]]:
        if self._closed:
            return
        if self._process is None:
            self._start()
        self._over_limit = False
        left = len(tasks)
        self._send(list(tasks))
        while left:
            records = self._receive(self._setup.time_limit)[1]
            yield records
            left -= len(records)

    def _too_long(self, task: RunTask) -> RunRecord:
        limit = self._setup.time_limit
        return RunRecord.lost(task, status=TIMEOUT, error=over_limit(limit), output=self._output)

    def _start(self) -> None:
        """Start the process and have it load the model; one that is killed gets a successor."""
        for tries_left in reversed(range(STARTS)):
            try:
                answer, text = self._load_model()
            except WorkerLostError as lost:
                if self._closed:
                    raise
                if tries_left:
                    continue
                raise StudyError(
                    f'the worker processes for "{self._setup.path}" end before their first run: '
                    f"{lost.cause}\n{lost.output}".rstrip()
                ) from lost
            if answer == "broken":
                raise ModelError(f"a worker process could not load the model: {text}")
            return

    def _load_model(self) -> tuple[str, Any]:
        with self._changing:
            if self._closed:
                raise WorkerLostError("being closed")
            self._process = self._launched()
        setup = self._setup
        self._send(
            {
                "sys_path": sys.path,
                "path": setup.path,
                "arguments": setup.arguments,
                "version": setup.version,
                "log_level": setup.log_level,
                "one_by_one": setup.time_limit is not None,
            }
        )
        return self._receive(None)

    def _launched(self) -> subprocess.Popen[bytes]:
        self._printed = tempfile.TemporaryFile()  # closed in _end
        self._pipe, theirs = Pipe()
        with theirs:
            return subprocess.Popen(
                [sys.executable, "-P", str(Path(worker_process.__file__)), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=self._printed,
                stderr=self._printed,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **ONE_THREAD},
            )

    def _send(self, message: object) -> None:
        try:
            self._running()[1].send(message)
        except OSError as error:
            raise self._lost() from error

    def _receive(self, seconds: float | None) -> tuple[str, Any]:
        child, pipe = self._running()
        try:
            if not pipe.poll(seconds):
                self._over_limit = True
                child.kill()
                raise self._lost()
            return cast("tuple[str, Any]", pipe.recv())
        except (EOFError, OSError) as error:
            raise self._lost() from error

    def _running(self) -> tuple[subprocess.Popen[bytes], Connection]:
        """The process and the pipe to it.

        Raises:
            WorkerLostError: If it was closed meanwhile.
        """
        if self._process is None or self._pipe is None:
            raise WorkerLostError("being closed")
        return self._process, self._pipe

    def _lost(self) -> WorkerLostError:
        code = self._running()[0].wait()
        self._output = _tail(self._printed.fileno())
        self._end()
        cause = f"the worker process was ended by {_cause(code)}"
        return WorkerLostError(cause, self._output, killed=code == -signal.SIGKILL)

    def _end(self) -> None:
        with self._changing:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._printed.close()


def _lost_too_often(losses: list[WorkerLostError]) -> bool:
    """Whether so many processes were lost over one run that it is put down to the run."""
    return sum(not loss.killed for loss in losses) >= TRIES or len(losses) >= KILLED_TRIES


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _tail(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    start = max(0, size - worker_process.LONGEST_OUTPUT)
    return os.pread(descriptor, worker_process.LONGEST_OUTPUT, start).decode(errors="replace")
