"""A run as it crosses between processes: the task and its record. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

OK = "ok"
FAILED = "failed"
TIMEOUT = "timeout"
STATUSES = (OK, FAILED, TIMEOUT)


@dataclass(frozen=True, slots=True)
class RunTask:
    """A run to make.

    Args:
        run: 16 hex digits of the hash of parameters, seed and model.
        point: Row of the design.
        replication: Number of the replication, from 0.
        seed: Seed of the run.
        parameters: Every value the model gets.
    """

    run: str
    point: int
    replication: int
    seed: int
    parameters: Mapping[str, object]


@dataclass(slots=True)
class RunRecord:
    """A run that has ended, well or not.

    Args:
        run: Id of the run.
        point: Row of the design.
        replication: Number of the replication.
        seed: Seed of the run.
        status: One of `STATUSES`.
        error: One line that says what went wrong; None when nothing did.
        outcomes: Outcome name to value; empty unless `ok`.
        half_terms: The half-terms of the series, or None.
        series_names: Outcomes that have a series.
        series: Their values, shape `(series_names, half_terms)`, or None.
        school_urns: Number of each school, or None.
        school_half_terms: After which half-terms schools were read, or None.
        school_names: What was read of each school.
        school_values: Its values, shape `(school_names, school_half_terms, school_urns)`, or None.
        traceback: Where it went wrong, for the failures folder.
        output: What the model printed or logged.
        seconds: How long it took; never stored in a table.
    """

    run: str
    point: int
    replication: int
    seed: int
    status: str = OK
    error: str | None = None
    outcomes: dict[str, float] = field(default_factory=dict)
    half_terms: np.ndarray | None = None
    series_names: tuple[str, ...] = ()
    series: np.ndarray | None = None
    school_urns: np.ndarray | None = None
    school_half_terms: np.ndarray | None = None
    school_names: tuple[str, ...] = ()
    school_values: np.ndarray | None = None
    traceback: str | None = None
    output: str = ""
    seconds: float = 0.0

    @classmethod
    def of(cls, task: RunTask) -> RunRecord:
        """A record of a task, still without a result."""
        return cls(task.run, task.point, task.replication, task.seed)

    @classmethod
    def lost(cls, task: RunTask, *, status: str, error: str, output: str = "") -> RunRecord:
        """A record of a run whose process ended before it could send one."""
        record = cls.of(task)
        record.status, record.error, record.output = status, error, output
        return record
