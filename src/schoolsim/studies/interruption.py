"""Interruptions: Ctrl-C, SIGTERM and SIGHUP end a sweep once, after what is finished has been written."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, the request to end, and a terminal that was closed."""

PATIENCE = 3
"""The signal, counted from the first, that ends the process at once, whatever is still to be written."""


class Interrupted(KeyboardInterrupt):
    """A signal asked the process to end.

    Args:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        """Keep the signal."""
        super().__init__(signal.Signals(number).name)
        self.number = number


def exit_code(interruption: KeyboardInterrupt) -> int:
    """The exit code of an interruption: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."""
    number = interruption.number if isinstance(interruption, Interrupted) else signal.SIGINT
    return 128 + number


@contextmanager
def interruptible(*, ends_process: bool = False) -> Iterator[None]:
    """Turn the first signal to end into `Interrupted`, raised in the block; later ones wait until it has ended.

    The second signal is answered with a line, the third ends the process at once: what was written
    stays, since files appear whole or not at all. Signals that are ignored, or that somebody else
    handles, are left alone, and so is everything outside the main thread.

    Args:
        ends_process: Whether an interruption ends the process soon after the block, so that later
            signals are to be held back until then.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = _Handler()
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    free = [number for number in numbers if before[number] in (signal.SIG_DFL, signal.default_int_handler)]
    for number in free:
        signal.signal(number, handler)
    try:
        yield
    finally:
        if not (ends_process and handler.number):
            for number in free:
                signal.signal(number, before[number])


def raise_if_interrupted() -> None:
    """Raise the interruption again that a model, or a library, caught and dropped.

    Raises:
        Interrupted: If a signal to end came inside `interruptible`, in the main thread.
    """
    if threading.current_thread() is threading.main_thread():
        for name in SIGNALS:
            handler = signal.getsignal(getattr(signal, name)) if hasattr(signal, name) else None
            if isinstance(handler, _Handler) and handler.number:
                raise Interrupted(handler.number)


def end_by_signal(interruption: Interrupted) -> None:
    """End the process as its signal would have, for whoever waits for it; Ctrl-C is left to Python."""
    if interruption.number != signal.SIGINT and signal.getsignal(interruption.number) is signal.SIG_DFL:
        os.kill(os.getpid(), interruption.number)


class _Handler:
    """Counts the signals; `number` is the first of them, 0 before it."""

    def __init__(self) -> None:
        self._count, self.number = 0, 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self._count += 1
        if self._count == 1:
            self.number = number
            raise Interrupted(number)
        if self._count >= PATIENCE:
            os._exit(128 + number)
        with suppress(OSError, ValueError):  # the terminal may have gone, and with it standard error
            os.write(2, b"Writing what is finished; once more to end at once.\n")


def silence_lost_terminal() -> None:
    """Let nothing more be written to a terminal that has gone."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
