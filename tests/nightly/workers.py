"""Cases tried in processes that may hang or die of one: it is a fault then, and the others go on."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType

from schoolsim.studies.store import manifest
from tests.nightly.kinds import KINDS, cases

A_TIME = 25
"""Cases that a process is given at once, at most."""
Cases = Callable[[str, Iterable[int], Path], Iterator[tuple[int, str]]]
"""Tries cases of a kind with these seeds in a folder; gives seed and fault."""
TO_START = 120.0
"""Processor seconds that a process may take to load what cases need."""
BY_THE_CLOCK = 15
"""So many times as long a case may take by the clock, where others use the processors."""
TICKS = os.sysconf("SC_CLK_TCK")


class Workers:
    """Processes that try cases.

    Args:
        number: How many.
        folder: Where their cases have their folders; an empty one.
        cases: Tries cases of a kind, as `kinds.cases`; a function of a module.
    """

    def __init__(self, number: int, folder: Path, cases: Cases = cases) -> None:
        """Start them; they load what cases need meanwhile."""
        self._workers = [_Worker(folder / f"worker-{place}", cases) for place in range(number)]

    @property
    def seconds(self) -> float:
        """Processor seconds that cases have taken so far, but for those of a case that never ended."""
        return sum(worker.seconds for worker in self._workers)

    def __enter__(self) -> Workers:
        """Themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        for worker in self._workers:
            worker.end()

    def tried(
        self, name: str, seeds: range, *, seconds: float = float("inf"), longest: float | None = None
    ) -> Iterator[tuple[int, str]]:
        """Try cases of a kind.

        Args:
            name: Of the kind.
            seeds: Seeds of the cases.
            seconds: After so long no more are begun.
            longest: Processor seconds after which a case is taken for one that never ends, or `BY_THE_CLOCK` times as
                many by the clock; those of its kind if left out.

        Yields:
            Seed and fault, in the order in which cases end; the fault is empty where there is none.
        """
        start, left = time.monotonic(), deque(seeds)
        longest = KINDS[name].longest if longest is None else longest
        at_once = max(1, min(A_TIME, len(seeds) // (8 * len(self._workers))))
        while True:
            for worker in self._workers:
                if not worker.seeds and left and time.monotonic() - start < seconds:
                    worker.give(name, [left.popleft() for _ in range(min(at_once, len(left)))])
            busy = [worker for worker in self._workers if worker.seeds]
            if not busy:
                return
            ready = wait([worker.connection for worker in busy], timeout=1.0)
            for worker in busy:
                if worker.connection in ready:
                    if (said := worker.take()) is not None:
                        yield said
                elif fault := worker.overdue(longest):
                    yield worker.killed(fault)


class _Worker:
    """One process, and the cases it has still to try.

    Args:
        folder: Its own.
        cases: Tries cases.
    """

    def __init__(self, folder: Path, cases: Cases) -> None:
        self._folder, self._cases, self._name, self.seeds = folder, cases, "", deque[int]()
        self.seconds = 0.0
        folder.mkdir()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, str(self._folder), self._cases))
        self._process.start()
        theirs.close()
        self.ready = False
        self._begins()

    def overdue(self, longest: float) -> str:
        """What is wrong if the case at hand has taken longer than so many processor seconds, or waits for ever."""
        limit = longest if self.ready else TO_START
        if self._used() - self._used_before > limit:
            return f"does not end in {limit:.0f} processor seconds"
        if time.monotonic() - self._since > BY_THE_CLOCK * limit:
            return f"does not end in {BY_THE_CLOCK * limit:.0f} s"
        return ""

    def _used(self) -> float:
        """Processor seconds of the process so far; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(map(int, fields[11:15])) / TICKS

    def _begins(self) -> None:
        """The next case, or the process, begins now."""
        self._since, self._used_before = time.monotonic(), self._used()

    def give(self, name: str, seeds: list[int]) -> None:
        """Let it try these."""
        self._name, self.seeds = name, deque(seeds)
        self.connection.send((name, seeds))
        if self.ready:
            self._begins()

    def take(self) -> tuple[int, str] | None:
        """What it says of the case it was at; nothing where it says that it is ready to begin."""
        try:
            fault, seconds = self.connection.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            if not self.ready:
                raise RuntimeError(
                    "a process in which cases are tried did not start; what it printed says why"
                ) from None
            return self.killed(f"ends the whole process with {self._process.exitcode}")
        self._begins()
        if not self.ready:
            self.ready = True
            return None
        self.seconds += seconds
        return self.seeds.popleft(), fault

    def killed(self, fault: str) -> tuple[int, str]:
        """End the process and what it began, start another, and let that try the rest."""
        seed = self.seeds.popleft()
        self.end()
        self._start()
        if self.seeds:
            self.give(self._name, list(self.seeds))
        return seed, fault

    def end(self) -> None:
        """End the process and what it began."""
        assert self._process.pid is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self.connection.close()


def processor_seconds() -> float:
    """What this process and those it began and waited for have used."""
    return sum(os.times()[:4])


def work(connection: Connection, folder: str, cases: Cases) -> None:
    """Try what is asked for, one case after the other, until the process is ended."""
    os.setsid()  # what a case begins ends with it
    tempfile.tempdir = folder
    # What git and the packages say of themselves is asked once a process; a study of milliseconds would wait for it.
    manifest.provenance = cache(manifest.provenance)  # type: ignore[assignment]
    connection.send(("", 0.0))
    with contextlib.suppress(EOFError):
        while True:
            name, seeds = connection.recv()
            before = processor_seconds()
            for _, fault in cases(name, seeds, Path(folder)):
                connection.send((fault, (after := processor_seconds()) - before))
                before = after
