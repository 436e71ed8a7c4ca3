"""Makes one run: calls the model and turns any ending into a record."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.studies.errors import ModelError
from schoolsim.studies.execution.time_limit import RunTimeout, deadline
from schoolsim.studies.model import Model, RunResult
from schoolsim.studies.run_request import FAILED, TIMEOUT, RunRecord, RunTask
from schoolsim.studies.texts import LONGEST_NAME, encodable, is_name

if TYPE_CHECKING:
    from schoolsim.outcomes.schools import SchoolValues

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
    except (Exception, SystemExit) as error:  # a model that calls sys.exit fails; it does not end the study
        record.status, record.error = FAILED, error_line(error)
        record.traceback = encodable(traceback.format_exc())
    record.seconds = time.perf_counter() - started
    return record


def over_limit(time_limit: float | None) -> str:
    """The error of a run over its time limit, as the table has it."""
    return f"over the time limit of {time_limit:g} s"


def error_line(error: BaseException) -> str:
    """An error in one line, the same in every process: addresses in memory are left out."""
    try:
        message = str(error)
    except Exception:  # its own code may fail
        message = "(its message cannot be shown)"
    text = " ".join(f"{type(error).__name__}: {message}".split())
    return encodable(_ADDRESS.sub("0x...", text)[:LONGEST_ERROR])


def _fill_record(result: RunResult, record: RunRecord) -> None:
    """Move a model's result into a record, in plain types.

    Raises:
        ModelError: If the result is not what the protocol says.
    """
    outcomes = getattr(result, "outcomes", None)
    if not isinstance(outcomes, Mapping) or not outcomes:
        raise ModelError("the model gave no outcomes: run() must return outcomes, name to number")
    plain = {column_name(name): _number(str(name), value) for name, value in outcomes.items()}
    if len(plain) < len(outcomes):
        raise ModelError("the model gave two outcomes of one name")
    if result.series:
        if result.half_terms is None:
            raise ModelError("the model gave series without half_terms")
        half_terms = _half_terms(result.half_terms)
        table = np.empty((len(result.series), len(half_terms)))
        for row, (name, values) in enumerate(result.series.items()):
            _fill_row(table[row], column_name(name), values)
        record.half_terms, record.series = half_terms, table
        record.series_names = tuple(map(str, result.series))
    schools = getattr(result, "schools", None)
    if schools is not None:
        _fill_schools(schools, record)
    record.outcomes = plain


def _fill_schools(schools: SchoolValues, record: RunRecord) -> None:
    """Move what was read of every school into a record."""
    urns, half_terms = np.asarray(schools.urn, dtype=np.int64), _half_terms(schools.half_terms)
    names = tuple(column_name(name) for name in schools.values)
    shape = (len(half_terms), len(urns))
    for name, values in schools.values.items():
        if np.shape(values) != shape:
            raise ModelError(f'"{name}" of schools has shape {np.shape(values)} for {shape}: half-terms, schools')
    record.school_urns, record.school_half_terms, record.school_names = urns, half_terms, names
    record.school_values = np.array([schools.values[name] for name in schools.values], dtype=np.float64)


def column_name(name: object) -> str:
    """The name of an outcome, as a column may have it.

    Raises:
        ModelError: If it is not printable text.
    """
    text = str(name)
    if not is_name(text):
        raise ModelError(
            f"the name of an outcome must be printable text of up to {LONGEST_NAME} characters; not {text[:300]!a}"
        )
    return text


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ModelError(f'outcome "{name}" is not a number: {type(value).__name__}') from None


def _half_terms(values: object) -> np.ndarray:
    given = np.asarray(values).reshape(-1)
    with np.errstate(invalid="ignore"):
        half_terms = given.astype(np.int32)
    if not np.array_equal(half_terms, given):
        raise ModelError("half_terms must be whole numbers of up to 32 bits")
    return half_terms


def _fill_row(row: np.ndarray, name: str, values: np.ndarray) -> None:
    if np.shape(values) != row.shape:
        raise ModelError(f'series "{name}" has shape {np.shape(values)} for {len(row)} half-terms')
    row[:] = values
