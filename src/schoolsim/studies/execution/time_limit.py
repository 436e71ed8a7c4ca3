"""Time limits of runs in this process, and the one-thread environment of worker processes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from schoolsim.studies.errors import StudyError

ONE_THREAD = {
    name: "1"
    for name in (
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "RAYON_NUM_THREADS",
    )
}
"""Environment of a worker process: runs are the parallel unit, so threads must not multiply."""


class RunTimeout(BaseException):
    """A run is over its limit. Not an `Exception`, so that a model's `except` lets it through."""


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """Raise `RunTimeout` in the block after so many seconds of wall time.

    Uses the alarm signal, which interrupts Python code and waits but not a long compiled call.

    Raises:
        StudyError: If this system or thread has no alarm; worker processes need none.
    """
    if seconds is None:
        yield
        return
    if not hasattr(signal, "setitimer") or not _in_main_thread():
        raise StudyError(
            'a time limit in this process needs a Unix system and the main thread; use executor="processes"'
        )
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(number: int, frame: object) -> None:
    raise RunTimeout


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
