"""Makes one run: calls the model and turns any ending into a record."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Mapping

import numpy as np

from schoolsim.studies.errors import ModelError
from schoolsim.studies.execution.time_limit import RunTimeout, deadline
from schoolsim.studies.model import Model, RunResult
from schoolsim.studies.run_request import FAILED, TIMEOUT, RunRecord, RunTask

LONGEST_ERROR = 500
"""Characters of an error kept in the table; the failures folder has all of it."""

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


def run_one(model: Model, task: RunTask, *, time_limit: float | None = None) -> RunRecord:
    """Make one run.

    Args:
        model: The model.
        task: The run.
        time_limit: Seconds after which the run is given up, or None. Only Python code can be
            stopped this way; a worker process is ended from outside instead.

    Returns:
        The record. A model that raises gives a record that says so; it never raises here.
    """
    record = RunRecord.of(task)
    started = time.perf_counter()
    try:
        with deadline(time_limit):
            result = model.run(task.parameters, task.seed)
        _fill_record(result, record)
    except RunTimeout:
        record.status, record.error = TIMEOUT, over_limit(time_limit)
    except Exception as error:
        record.status, record.error = FAILED, error_line(error)
        record.traceback = traceback.format_exc()
    record.seconds = time.perf_counter() - started
    return record


def over_limit(time_limit: float | None) -> str:
    """The error of a run over its time limit, as the table has it."""
    return f"over the time limit of {time_limit:g} s"


def error_line(error: BaseException) -> str:
    """An error in one line, the same in every process: addresses in memory are left out."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return _ADDRESS.sub("0x...", text)[:LONGEST_ERROR]


def _fill_record(result: RunResult, record: RunRecord) -> None:
    """Move a model's result into a record, in plain types.

    Raises:
        ModelError: If the result is not what the protocol says.
    """
    outcomes = getattr(result, "outcomes", None)
    if not isinstance(outcomes, Mapping) or not outcomes:
        raise ModelError("the model gave no outcomes: run() must return outcomes, name to number")
    plain = {str(name): _number(str(name), value) for name, value in outcomes.items()}
    if result.series:
        if result.half_terms is None:
            raise ModelError("the model gave series without half_terms")
        half_terms = np.ascontiguousarray(result.half_terms, dtype=np.int32).reshape(-1)
        table = np.empty((len(result.series), len(half_terms)))
        for row, (name, values) in enumerate(result.series.items()):
            _fill_row(table[row], str(name), values)
        record.half_terms, record.series = half_terms, table
        record.series_names = tuple(map(str, result.series))
    record.outcomes = plain


def _number(name: str, value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ModelError(f'outcome "{name}" is not a number: {type(value).__name__}') from None


def _fill_row(row: np.ndarray, name: str, values: np.ndarray) -> None:
    if np.shape(values) != row.shape:
        raise ModelError(f'series "{name}" has shape {np.shape(values)} for {len(row)} half-terms')
    row[:] = values
