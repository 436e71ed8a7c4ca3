"""Executor for this process, one run after another: nothing crosses a process, a debugger works."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
import tempfile
from collections import deque
from collections.abc import Iterator

from schoolsim.studies.execution.run_one import run_one
from schoolsim.studies.execution.worker_process import printed
from schoolsim.studies.model import Model
from schoolsim.studies.run_request import RunRecord, RunTask


class SerialExecutor:
    """Makes each run when its record is asked for."""

    workers = 1

    def __init__(self, model: Model, *, time_limit: float | None = None) -> None:
        """Run `model`, each run at most `time_limit` seconds."""
        self._model, self._limit = model, time_limit
        self._tasks: deque[RunTask] = deque()
        self._capture = Capture()

    def submit(self, tasks: list[RunTask]) -> None:
        """Take runs."""
        self._tasks.extend(tasks)

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """Make the next run."""
        if not self._tasks:
            return []
        with self._capture.on():
            record = run_one(self._model, self._tasks.popleft(), time_limit=self._limit)
        record.output = self._capture.take()
        return [record]

    def close(self) -> None:
        """Forget the runs not made."""
        self._tasks.clear()
        self._capture.close()


class Capture:
    """Keeps what is printed or logged during a run, from Python or from C, away from the progress display."""

    def __init__(self) -> None:
        """Make the file it goes to."""
        self._file = tempfile.TemporaryFile(buffering=0)  # closed in close
        self._text = io.TextIOWrapper(self._file, encoding="utf-8", errors="replace", write_through=True)
        self._handler = logging.StreamHandler(self._text)
        self._handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    @contextlib.contextmanager
    def on(self) -> Iterator[None]:
        """Capture, inside the block."""
        root = logging.getLogger()
        handlers, root.handlers = root.handlers, [self._handler]
        try:
            with (
                self._descriptors(),
                contextlib.redirect_stdout(self._text),
                contextlib.redirect_stderr(self._text),
            ):
                yield
        finally:
            root.handlers = handlers

    def take(self) -> str:
        """The text captured since the last call."""
        return printed(self._file.fileno())

    def close(self) -> None:
        """Let the file go."""
        self._text.close()

    @contextlib.contextmanager
    def _descriptors(self) -> Iterator[None]:
        """What C writes goes to numbers 1 and 2, whatever Python calls its standard output."""
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, OSError, ValueError):  # there may be none
                stream.flush()
        with contextlib.ExitStack() as stack:
            for number in (1, 2):
                try:
                    original = os.dup(number)
                except OSError:  # a process without a terminal may have closed it
                    continue
                stack.callback(os.close, original)
                stack.callback(os.dup2, original, number)
                os.dup2(self._file.fileno(), number)
            yield
