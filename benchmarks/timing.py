"""Time things in turns, so that a machine that slows down slows all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


class MeasurementError(Exception):
    """Something that is to be measured does not work here; the message says what."""


@dataclass(frozen=True)
class Arm:
    """One of several things that are timed in turns.

    Args:
        name: What it is.
        prepare: Called before each round, untimed; returns what is timed.
        repeats: How often what is timed does the thing; times are divided by it.
    """

    name: str
    prepare: Callable[[], Callable[[], object]]
    repeats: int = 1


@dataclass(frozen=True)
class Seconds:
    """What one round took: on the clock, and of this process's processor time."""

    wall: float
    cpu: float


def timed(arm: Arm) -> Seconds:
    """Prepare and time an arm once."""
    run = arm.prepare()
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Seconds((time.perf_counter() - wall) / arm.repeats, (time.process_time() - cpu) / arm.repeats)


def in_turns(arms: Sequence[Arm], rounds: int) -> dict[str, list[Seconds]]:
    """Time every arm once a round, in the opposite order every other round."""
    found: dict[str, list[Seconds]] = {arm.name: [] for arm in arms}
    for number in range(rounds):
        for arm in arms if number % 2 == 0 else reversed(arms):
            found[arm.name].append(timed(arm))
    return found


@dataclass(frozen=True)
class Figure:
    """One line of the report: a median over rounds, by the clock and by processor time.

    Args:
        name: What was measured.
        unit: "ms", "s", "us", "MB" or "x" (a ratio).
        wall: Median by the clock.
        cpu: Median by processor time, where it was measured.
        low: Least of the rounds, by the clock.
        high: Most of the rounds, by the clock.
        rounds: How many.
        limit: What is promised, by the clock: "<= 50", ">= 300"; empty where nothing is.
    """

    name: str
    unit: str
    wall: float
    cpu: float | None
    low: float
    high: float
    rounds: int
    limit: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
        if not self.limit:
            return None
        sign, number = self.limit.split()
        return self.wall <= float(number) if sign == "<=" else self.wall >= float(number)


_SCALE = {"s": 1.0, "ms": 1e3, "us": 1e6}


def time_of(name: str, rounds: Sequence[Seconds], unit: str, limit: str = "") -> Figure:
    """The median time of an arm."""
    wall, cpu = [one.wall * _SCALE[unit] for one in rounds], [one.cpu * _SCALE[unit] for one in rounds]
    return Figure(name, unit, *_middle(wall, cpu), len(rounds), limit)


def ratio_of(name: str, slow: Sequence[Seconds], fast: Sequence[Seconds], limit: str = "") -> Figure:
    """The median over rounds of how many times as long one arm took as another."""
    pairs = list(zip(slow, fast, strict=True))
    wall, cpu = [one.wall / two.wall for one, two in pairs], [one.cpu / two.cpu for one, two in pairs]
    return Figure(name, "x", *_middle(wall, cpu), len(pairs), limit)


def _middle(wall: list[float], cpu: list[float]) -> tuple[float, float, float, float]:
    return statistics.median(wall), statistics.median(cpu), min(wall), max(wall)
