"""Schedules the missing runs of a study, in an order that does not depend on the executor."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import numpy as np

from schoolsim.studies.errors import StudyError
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.replications import Comparison, Fixed, PointTracker, Precision
from schoolsim.studies.run_request import OK, RunTask


class Schedule(Protocol):
    """Hands out runs and takes note of how they end."""

    def take(self, count: int) -> list[RunTask]:
        """Up to `count` runs that can start now; empty when none can, for now or for good."""
        ...

    def ended(self, point: int, replication: int, status: str, outcomes: Mapping[str, float]) -> None:
        """Take note of a run that has ended, in this session or an earlier one."""
        ...

    def wanted(self) -> np.ndarray:
        """Replications each point is to have, as far as is known."""
        ...


def schedule_of(plan: StudyPlan) -> Schedule:
    """The schedule of a plan."""
    if isinstance(plan.replications, Fixed):
        return FixedSchedule(plan, plan.replications.count)
    if plan.replications.compared:
        return ContrastSchedule(plan, plan.replications)
    return PrecisionSchedule(plan, plan.replications)


REPLICATIONS_A_ROUND = 10
"""All points get so many, then all get as many again: an interrupted study is an even one, and
the runs of a point are not scattered over all parts when the tables are made."""


class FixedSchedule:
    """Every point the same number of times, in rounds. Memory: one byte a run."""

    def __init__(self, plan: StudyPlan, count: int) -> None:
        """Start with nothing done."""
        self._plan = plan
        self._done = np.zeros((count, len(plan.points)), dtype=bool)
        self._walk = self._undone()
        self._begun: list[RunTask] = []

    def take(self, count: int) -> list[RunTask]:
        """The next runs that have not been made, at most `count`; those of one burn-in stay together."""
        burn_ins = self._plan.burn_ins
        if burn_ins is None:
            return list(itertools.islice(self._walk, count))
        chunk, self._begun = self._begun, []
        while len(chunk) < count and (task := next(self._walk, None)) is not None:
            if _ends(chunk, count, task, burn_ins):
                self._begun = [task]
                break
            chunk.append(task)
        return chunk

    def ended(self, point: int, replication: int, status: str, outcomes: Mapping[str, float]) -> None:
        """Cross off a run."""
        self._done[replication, point] = True

    def wanted(self) -> np.ndarray:
        """The same number for every point."""
        return np.full(self._done.shape[1], self._done.shape[0])

    def _undone(self) -> Iterator[RunTask]:
        for first in range(0, len(self._done), REPLICATIONS_A_ROUND):
            block = self._done[first : first + REPLICATIONS_A_ROUND]
            if self._plan.burn_ins is not None:
                yield from self._by_burn_in(first, block, self._plan.burn_ins)
                continue
            for point in np.flatnonzero(~block.all(axis=0)):
                for offset in np.flatnonzero(~block[:, point]):
                    yield self._plan.task(int(point), first + int(offset))

    def _by_burn_in(self, first: int, block: np.ndarray, burn_ins: np.ndarray) -> Iterator[RunTask]:
        """The runs of a round, those that begin from one burn-in one after the other."""
        order = np.argsort(burn_ins, kind="stable")
        for points in np.split(order, np.flatnonzero(np.diff(burn_ins[order])) + 1):
            for offset in range(len(block)):
                for point in points[~block[offset, points]]:
                    yield self._plan.task(int(point), first + offset)


def _ends(chunk: list[RunTask], count: int, task: RunTask, burn_ins: np.ndarray) -> bool:
    """Whether a chunk ends before a run of another burn-in: from half of what was asked on, so that few are split."""
    if not chunk or 2 * len(chunk) < count:
        return False
    last = chunk[-1]
    return task.seed != last.seed or bool(burn_ins[task.point] != burn_ins[last.point])


class PrecisionSchedule:
    """Rounds of replications until the rule is content.

    A round of a point is decided only when all its runs before are in, and from their values in
    order; what is decided is therefore the same for any number of workers.
    """

    def __init__(self, plan: StudyPlan, rule: Precision) -> None:
        """Start every point with the initial replications."""
        self._plan, self._rule = plan, rule
        worlds = 0 if plan.worlds is None else len(plan.worlds)
        self._trackers = [PointTracker(rule, worlds) for _ in range(len(plan.points))]
        self._target = [rule.initial] * len(self._trackers)
        self._fed = [0] * len(self._trackers)
        self._handed = [0] * len(self._trackers)
        self._ended_early: dict[tuple[int, int], dict[str, float] | None] = {}
        self._ready: list[tuple[int, int, int]] = []
        self._opened = itertools.count()
        self._open(range(len(self._trackers)))
        self._short = len(self._trackers)

    def take(self, count: int) -> list[RunTask]:
        """The next runs of the rounds that are open; those of one burn-in stay together."""
        chunk: list[RunTask] = []
        ready, burn_ins = self._ready, self._plan.burn_ins
        while ready and len(chunk) < count:
            group, replication, point = ready[0]
            if replication != self._handed[point] or replication >= self._target[point]:
                heapq.heappop(ready)  # the point has gone on meanwhile, by runs that were there already
                continue
            if replication >= self._fed[point] and (point, replication) not in self._ended_early:
                task = self._plan.task(point, replication)
                if burn_ins is not None and _ends(chunk, count, task, burn_ins):
                    break
                chunk.append(task)
            self._handed[point] += 1
            heapq.heapreplace(ready, (group, self._handed[point], point))
        return chunk

    def _open(self, points: Iterable[int]) -> None:
        """Points of which a round begins: in the order of their burn-ins, or as they come."""
        burn_ins = self._plan.burn_ins
        for point in points:
            group = next(self._opened) if burn_ins is None else int(burn_ins[point])
            heapq.heappush(self._ready, (group, self._handed[point], point))

    def ended(self, point: int, replication: int, status: str, outcomes: Mapping[str, float]) -> None:
        """Take note of a run; once a round is complete, decide the next."""
        self._ended_early[point, replication] = rule_outcomes(self._rule, outcomes) if status == OK else None
        extended = [point]
        while extended:
            extended.extend(self._feed(extended.pop()))

    def wanted(self) -> np.ndarray:
        """Replications each point is to have, as far as is known."""
        return np.array(self._target)

    def unsettled(self) -> dict[int, list[str]]:
        """Points whose budget ran out, with the outcomes that are not precise enough."""
        unsettled = {p: tracker.open_outcomes() for p, tracker in enumerate(self._trackers)}
        return {point: names for point, names in unsettled.items() if names}

    def _feed(self, point: int) -> list[int]:
        """Take the point's runs in order, up to the round's end; the points that go on."""
        if self._fed[point] >= self._target[point]:
            return []  # already decided; what is left over is from an earlier, longer study
        tracker = self._trackers[point]
        while self._fed[point] < self._target[point]:
            if (point, self._fed[point]) not in self._ended_early:
                return []
            tracker.add(self._ended_early.pop((point, self._fed[point])))
            self._fed[point] += 1
        return self._decide(point)

    def _decide(self, point: int) -> list[int]:
        if not self._rule.together:
            return self._extend([point], self._trackers[point].missing())
        self._short -= 1
        if self._short:
            return []
        self._short = len(self._trackers)
        more = max(tracker.missing() for tracker in self._trackers)
        return self._extend(list(range(len(self._trackers))), more)

    def _extend(self, points: list[int], more: int) -> list[int]:
        if more <= 0:
            return []
        for point in points:
            self._target[point] += more
        self._open(points)
        return points


class ContrastSchedule:
    """Replications of all points until every difference that the study reports is precise.

    A replication counts once all points have it, and the next round is decided from the differences in order: what is
    decided is the same for any number of workers.
    """

    def __init__(self, plan: StudyPlan, rule: Precision) -> None:
        """Start with the initial replications."""
        self._plan, self._rule = plan, rule
        worlds = 0 if plan.worlds is None else len(plan.worlds)
        self._trackers = [PointTracker(rule, worlds) for _ in rule.compared]
        self._target, self._fed = rule.initial, 0
        self._next = 0
        burn_ins = np.zeros(len(plan.points), dtype=np.int64) if plan.burn_ins is None else plan.burn_ins
        self._burn_ins, self._order = burn_ins, np.argsort(burn_ins, kind="stable")
        self._ended: dict[int, dict[int, dict[str, float] | None]] = {}

    def take(self, count: int) -> list[RunTask]:
        """The next runs of the round that is open; those of one burn-in stay together."""
        chunk: list[RunTask] = []
        points = len(self._plan.points)
        while self._next < self._target * points and len(chunk) < count:
            replication, place = divmod(self._next, points)
            point = int(self._order[place])
            if replication >= self._fed and point not in self._ended.get(replication, ()):
                task = self._plan.task(point, replication)
                if _ends(chunk, count, task, self._burn_ins):
                    break
                chunk.append(task)
            self._next += 1
        return chunk

    def ended(self, point: int, replication: int, status: str, outcomes: Mapping[str, float]) -> None:
        """Take note of a run; once a round is complete, decide the next."""
        values = rule_outcomes(self._rule, outcomes) if status == OK else None
        self._ended.setdefault(replication, {})[point] = values
        while self._fed < self._target and len(self._ended.get(self._fed, ())) == len(self._plan.points):
            self._feed(self._ended.pop(self._fed))
            self._fed += 1
            if self._fed == self._target:
                self._target += max(0, *(tracker.missing() for tracker in self._trackers))

    def wanted(self) -> np.ndarray:
        """The same number for every point, as far as is known."""
        return np.full(len(self._plan.points), self._target)

    def unsettled(self) -> dict[int, list[str]]:
        """Differences, by number, whose budget ran out, with the outcomes that are not precise enough."""
        unsettled = {number: tracker.open_outcomes() for number, tracker in enumerate(self._trackers)}
        return {number: names for number, names in unsettled.items() if names}

    def _feed(self, values: Mapping[int, dict[str, float] | None]) -> None:
        for comparison, tracker in zip(self._rule.compared, self._trackers, strict=True):
            tracker.add(differences(self._rule, comparison, values))


def differences(
    rule: Precision, comparison: Comparison, values: Mapping[int, Mapping[str, float] | None]
) -> dict[str, float] | None:
    """A difference of every outcome of a rule in one replication; None where a run of it failed.

    Args:
        rule: The rule.
        comparison: What is compared.
        values: The outcomes of each point.
    """
    known = {point: row for point in (*comparison.plus, *comparison.minus) if (row := values.get(point)) is not None}
    if len(known) < len({*comparison.plus, *comparison.minus}):
        return None
    return {name: comparison.of({point: row[name] for point, row in known.items()}) for name in rule.outcomes}


def rule_outcomes(rule: Precision, outcomes: Mapping[str, float]) -> dict[str, float]:
    """The outcomes of a run that a rule is about.

    Raises:
        StudyError: The model does not give one.
    """
    missing = [name for name in rule.outcomes if name not in outcomes]
    if missing:
        raise StudyError(
            f"the precision is asked of {', '.join(missing)}, which the model does not give; "
            f"it gives {', '.join(outcomes) or 'nothing'}"
        )
    return {name: outcomes[name] for name in rule.outcomes}
