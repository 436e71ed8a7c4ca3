"""Runs in this process, one after another: nothing crosses a process, a debugger works."""

from __future__ import annotations

import contextlib
import io
import logging
from collections import deque
from collections.abc import Iterator

from schoolsim.studies.execution.one import run_one
from schoolsim.studies.model import Model
from schoolsim.studies.task import RunRecord, RunTask


class SerialExecutor:
    """Makes each run when its record is asked for."""

    workers = 1

    def __init__(self, model: Model, *, time_limit: float | None = None) -> None:
        """Run `model`, each run at most `time_limit` seconds."""
        self._model, self._limit = model, time_limit
        self._tasks: deque[RunTask] = deque()

    def submit(self, tasks: list[RunTask]) -> None:
        """Take runs."""
        self._tasks.extend(tasks)

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """Make the next run."""
        if not self._tasks:
            return []
        with captured() as output:
            record = run_one(self._model, self._tasks.popleft(), time_limit=self._limit)
        record.output = output.getvalue()
        return [record]

    def close(self) -> None:
        """Forget the runs not made."""
        self._tasks.clear()


@contextlib.contextmanager
def captured() -> Iterator[io.StringIO]:
    """Keep what is printed or logged inside the block away from the progress display."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    others, root.handlers = root.handlers, [handler]
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            yield output
    finally:
        root.handlers = others
