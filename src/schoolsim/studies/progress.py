"""Progress of a sweep: a bar where there is a terminal, plain lines where there is none."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO

SECONDS_A_LINE = 10.0


@dataclass(frozen=True)
class Progress:
    """Progress of a sweep.

    Args:
        done: Runs that are kept, with those of earlier sessions.
        total: Runs the study has; grows while replications are added to reach a precision.
        failed: Runs that failed or timed out, among those done.
        made: Runs made in this session.
        seconds: Length of this session so far.
    """

    done: int
    total: int
    failed: int
    made: int
    seconds: float

    @property
    def rate(self) -> float:
        """Runs a second in this session; 0 before the first."""
        return self.made / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At this rate; None before the first run."""
        return (self.total - self.done) / self.rate if self.made else None

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.done} of {self.total} runs"]
        if self.failed:
            parts.append(f"{self.failed} failed")
        if self.made:
            parts.append(f"{self.rate:.3g} runs a second")
        if self.seconds_left and self.done < self.total:
            parts.append(f"{duration(self.seconds_left)} left")
        return ", ".join(parts)


Report = Callable[[Progress], None]


def duration(seconds: float) -> str:
    """A length of time in the unit that suits it: seconds, minutes or hours."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


@contextmanager
def display(progress: bool | Report) -> Iterator[Report]:
    """Open the display of progress.

    Args:
        progress: True for a bar or lines on standard error, False for nothing, or a function that
            is called with every `Progress`.
    """
    if callable(progress):
        yield progress
    elif not progress:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _Lines()


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.description}"))
    with _terminal() as terminal, Bar(*columns, console=Console(file=terminal), refresh_per_second=4) as bar:
        task = bar.add_task("starting", total=None)

        def report(now: Progress) -> None:
            bar.update(task, completed=now.done, total=now.total, description=str(now))

        yield report


@contextmanager
def _terminal() -> Iterator[TextIO]:
    """A way of its own to the terminal: while a run is made in this process, standard error leads elsewhere."""
    try:
        number = os.dup(sys.stderr.fileno())
    except (AttributeError, OSError, ValueError):  # it is no file
        yield sys.stderr
        return
    with _Terminal(io.FileIO(number, "w"), encoding="utf-8", write_through=True) as terminal:
        yield terminal


class _Terminal(io.TextIOWrapper):
    """A terminal that may be closed meanwhile: then nothing is shown, and the runs go on."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


class _Lines:
    """A line every few seconds, and one at the end."""

    def __init__(self) -> None:
        self._last_time, self._last_done = time.monotonic(), -1

    def __call__(self, now: Progress) -> None:
        ended = now.done >= now.total
        late = time.monotonic() - self._last_time >= SECONDS_A_LINE
        if (ended or late) and now.done != self._last_done:
            with suppress(OSError):  # nobody may be there to read it
                sys.stderr.write(f"{now}\n")
                sys.stderr.flush()
            self._last_time, self._last_done = time.monotonic(), now.done
