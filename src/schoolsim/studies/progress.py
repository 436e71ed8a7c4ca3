"""Progress of a sweep: a bar in a terminal and in a notebook, plain lines where there is neither."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import escape
from typing import Any, TextIO

SECONDS_A_LINE = 10.0
SECONDS_A_PICTURE = 0.25
"""Between two pictures of the bar in a notebook: each is a message to the browser."""


@dataclass(frozen=True)
class Progress:
    """Progress of a sweep.

    Args:
        done: Runs that are kept, with those of earlier sessions.
        total: Runs the study has; grows while replications are added to reach a precision.
        failed: Runs that failed or timed out, among those done.
        made: Runs made in this session.
        seconds: Length of this session so far.
        rate: Runs a second to be expected from now on; 0 before the first run.
    """

    done: int
    total: int
    failed: int
    made: int
    seconds: float
    rate: float = 0.0

    @property
    def seconds_left(self) -> float | None:
        """At this rate; None before the first run."""
        return (self.total - self.done) / self.rate if self.made and self.rate else None

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.done} of {self.total} runs"]
        if self.failed:
            parts.append(f"{self.failed} failed")
        if self.made and self.rate:
            parts.append(f"{self.rate:.3g} runs a second")
        if self.seconds_left and self.done < self.total:
            parts.append(f"{duration(self.seconds_left)} left")
        return ", ".join(parts)


Report = Callable[[Progress], None]

STEADY_SECONDS, STEADY_RUNS = 3.0, 20
"""A rate is measured over so long and so many runs at the least; before, it is reckoned from the length of a run."""


class Pace:
    """Runs a second of a sitting: what can be expected from now on, not what loading and compiling took.

    Until it can be measured it is workers over the length of a run. It is measured anew whenever runs are made in
    another way: a sweep begins in one process and goes on in several, which take a while to start.
    """

    def __init__(self) -> None:
        """No run has been made."""
        self._started: float | None = None
        self._made = self._since = 0
        self._run_seconds = 0.0

    def restart(self) -> None:
        """Runs are made in another way from now on."""
        self._started = None

    def add(self, seconds: float) -> None:
        """A run has ended that took so many seconds by itself."""
        if self._started is None:
            self._started, self._since = time.monotonic(), 0
        self._made += 1
        self._since += 1
        self._run_seconds += seconds

    def rate(self, workers: int) -> float:
        """Runs a second from now on; 0 before the first run.

        Args:
            workers: Processes that make runs.
        """
        if not self._made:
            return 0.0
        elapsed = 0.0 if self._started is None else time.monotonic() - self._started
        if elapsed >= STEADY_SECONDS and self._since >= STEADY_RUNS:
            return self._since / elapsed
        return workers / max(self._run_seconds / self._made, 1e-6)


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
    elif (show := _notebook()) is not None:
        yield _Cell(show)
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _Lines()


def _notebook() -> Callable[..., Any] | None:
    """IPython's own way to show something in the cell that is run; None outside of a notebook's kernel."""
    ipython: Any = sys.modules.get("IPython")  # who is in a kernel has it; nobody else pays for importing it
    if ipython is None or getattr(ipython.get_ipython(), "kernel", None) is None:
        return None
    show: Callable[..., Any] = ipython.display.display
    return show


class _Picture:
    """The bar and its line, for a browser and for what shows text only."""

    def __init__(self, now: Progress) -> None:
        self._now = now

    def __repr__(self) -> str:
        return str(self._now)

    def _repr_html_(self) -> str:
        done, total = self._now.done, self._now.total
        return f'<progress value="{done}" max="{total}"></progress> {escape(str(self._now))}'


class _Cell:
    """A bar in the cell of a notebook, which is drawn anew in its place."""

    def __init__(self, show: Callable[..., Any]) -> None:
        self._show = show
        self._place: Any = None
        self._last_time = 0.0

    def __call__(self, now: Progress) -> None:
        late = time.monotonic() - self._last_time >= SECONDS_A_PICTURE
        if self._place is None:
            self._place = self._show(_Picture(now), display_id=True)
        elif late or now.done >= now.total:
            self._place.update(_Picture(now))
        else:
            return
        self._last_time = time.monotonic()


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
