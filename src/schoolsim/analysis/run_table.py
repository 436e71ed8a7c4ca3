"""Reads a runs table: swept columns, outcomes, finished runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from schoolsim.parameters.errors import UserError, did_you_mean

FIXED_COLUMNS = ("run", "point", "replication", "seed", "status", "error", "draw")
"""Columns every runs table may have; the others are swept parameters, then outcomes."""

REQUIRED_COLUMNS = ("point", "replication", "status")
VALUES_AT_ONCE = 500_000
"""Values of outcomes that a table is made of at once: what is made on the way takes many times their room."""
Wanted = TypeVar("Wanted")


class AnalysisError(UserError):
    """A question the tables cannot answer."""


def swept_columns(runs: pd.DataFrame, outcomes: Sequence[str] = ()) -> list[str]:
    """The columns that say which scenario a row is, in the order of the table.

    A runs table has its swept parameters before its outcomes, and a swept parameter has one
    value at a point. So the columns are read from the left, and the first one that varies within
    a point (or is named in `outcomes`) ends the list. An outcome that is the same in every
    replication and stands first can pass for a parameter: name it in `outcomes`.
    """
    _require(runs, REQUIRED_COLUMNS)
    swept: list[str] = []
    for name in runs.columns:
        if name in FIXED_COLUMNS:
            continue
        if name in outcomes or (runs.groupby("point")[name].nunique(dropna=False) > 1).any():
            break
        swept.append(name)
    return swept


def draws_of(runs: pd.DataFrame) -> pd.Series | None:
    """The world that each replication is run in, by its number; None where they differ in the seed alone."""
    if "draw" not in runs:
        return None
    return runs.drop_duplicates("replication").set_index("replication")["draw"]


def outcome_columns(runs: pd.DataFrame) -> list[str]:
    """The numeric columns after the swept ones: what was measured."""
    known = {*FIXED_COLUMNS, *swept_columns(runs)}
    return [c for c in runs.columns if c not in known and pd.api.types.is_float_dtype(runs[c])]


def measured(runs: pd.DataFrame, outcomes: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """The outcomes of every run, blank where a run did not finish, and the swept columns.

    Args:
        runs: A runs table, one row a run.
        outcomes: Names of the outcomes wanted.

    Returns:
        A frame of the swept columns (words as categories, in the order they come), `replication`
        and the outcomes; and the names of the swept columns. Points of a sample that coincide, as
        whole numbers and categories make them, are one scenario and count once.

    Raises:
        AnalysisError: If a column is missing, an outcome of a finished run is not a finite
            number, or rows cannot be told apart by scenario and replication.
    """
    if isinstance(outcomes, str) or not outcomes:
        raise AnalysisError('outcomes must be a list of at least one name, as ["progress.partner"]')
    _require(runs, (*REQUIRED_COLUMNS, *outcomes))
    if runs["replication"].nunique() < 2:
        raise AnalysisError("an interval needs at least two replications; the table has one")
    swept = swept_columns(runs, outcomes)
    runs = _each_once(runs, swept, outcomes)
    _check_rows(runs, swept)
    finished = (runs["status"] == "ok").to_numpy()
    _check_finite(runs, finished, outcomes)
    frame = runs[[*swept, "replication", *outcomes]].reset_index(drop=True)
    frame = frame.astype(dict.fromkeys(outcomes, float))
    for name in swept:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            # Levels keep the order of the study rather than of the alphabet.
            levels = frame[name].unique().tolist()
            if isinstance(frame[name].dtype, pd.CategoricalDtype):
                frame[name] = frame[name].cat.set_categories(levels)
            else:
                frame[name] = pd.Categorical(frame[name], categories=levels)
    frame.loc[~finished, list(outcomes)] = np.nan
    return frame, swept


class RunsOf(Protocol):
    """Gives the runs with outcomes."""

    def __call__(self, *outcomes: str) -> pd.DataFrame:
        """The runs with these."""
        ...


def few_at_a_time(
    runs_of: RunsOf, outcomes: Sequence[str], table: Callable[[pd.DataFrame, list[str]], pd.DataFrame]
) -> pd.DataFrame:
    """A table of several outcomes, made of as many at a time as fit in memory: of a million runs, of one.

    Args:
        runs_of: Gives the runs with some outcomes.
        outcomes: The outcomes, each a part of the table.
        table: Makes the part of some outcomes, from their runs and a list of their names.
    """
    parts = [table(runs_of(*names), names) for names in batches(outcomes, len(runs_of()))]
    return pd.concat(parts, ignore_index=True)


def batches(wanted: Sequence[Wanted], rows: int) -> Iterator[list[Wanted]]:
    """What a table is made of, as many at a time as fit in memory.

    Args:
        wanted: Outcomes, or half-terms of one.
        rows: Values of each.
    """
    at_once = max(1, VALUES_AT_ONCE // max(1, rows))
    for start in range(0, len(wanted), at_once):
        yield list(wanted[start : start + at_once])


def require_known(name: str, known: Iterable[object], kind: str) -> None:
    """Refuse a name that is not among those known, and say which is nearest.

    Raises:
        AnalysisError: If `name` is not in `known`.
    """
    names = [str(k) for k in known]
    if str(name) not in names:
        hint = did_you_mean(str(name), names)
        raise AnalysisError(f'no {kind} "{name}".{hint} There are: {", ".join(names) or "none"}')


def _require(runs: pd.DataFrame, columns: Iterable[str]) -> None:
    for name in columns:
        require_known(name, runs.columns, "column")


def _each_once(runs: pd.DataFrame, swept: list[str], outcomes: Sequence[str]) -> pd.DataFrame:
    """Without the repetitions of a run; rows that say unlike things of one run are left for `_check_rows`."""
    key = [*swept, "replication"]
    if not _repeats(runs, key):
        return runs
    # Of a run that once timed out and once did not, the one that gave something.
    order = (runs["status"] != "ok").to_numpy().argsort(kind="stable")
    distinct = runs.iloc[order].drop_duplicates([*key, "status", *outcomes])
    later_failures = (distinct["status"] != "ok") & distinct.duplicated(key)
    return distinct[~later_failures].sort_index()


def _check_rows(runs: pd.DataFrame, swept: list[str]) -> None:
    blank = [c for c in swept if runs[c].isna().any()]
    if blank:
        raise AnalysisError(f"swept columns with missing values: {', '.join(blank)}")
    if _repeats(runs, key := [*swept, "replication"]):
        twice = int(runs.duplicated(key).sum())
        raise AnalysisError(
            f"{twice} rows repeat a scenario and replication: points differ in something other "
            f"than {', '.join(swept) or 'the swept columns'}; put every swept column before the "
            "outcomes"
        )
    if "seed" in runs and _seeds_differ(runs["replication"].to_numpy(), runs["seed"]):
        raise AnalysisError(
            "one replication has different seeds at different points, so runs cannot be paired; "
            "were tables of two studies joined?"
        )


def _repeats(runs: pd.DataFrame, key: list[str]) -> bool:
    """Whether two rows agree in all columns of `key`; of a million rows, a hash of the columns takes 100 MB."""
    row, size = np.zeros(len(runs), dtype=np.int64), 1
    for name in key:
        codes, levels = pd.factorize(runs[name], use_na_sentinel=False)
        size *= max(1, len(levels))
        if size > np.iinfo(np.int64).max:
            return bool(runs.duplicated(key).any())
        row *= max(1, len(levels))
        row += codes
    row.sort()
    return bool((row[1:] == row[:-1]).any())


def _seeds_differ(replications: np.ndarray, seeds: pd.Series) -> bool:
    """Whether a replication has two seeds."""
    known = seeds.notna().to_numpy()
    order = np.argsort(replications[known], kind="stable")
    replications, ordered = replications[known][order], seeds.to_numpy()[known][order]
    return bool(((replications[1:] == replications[:-1]) & (ordered[1:] != ordered[:-1])).any())


def _check_finite(runs: pd.DataFrame, finished: np.ndarray, outcomes: Sequence[str]) -> None:
    for name in outcomes:
        bad = finished & ~np.isfinite(runs[name].to_numpy(dtype=float, na_value=np.nan))
        if bad.any():
            first = runs.iloc[int(bad.argmax())]
            raise AnalysisError(
                f'"{name}" is not a finite number in {int(bad.sum())} of {int(finished.sum())} finished '
                f"runs (first: point {first['point']}, replication {first['replication']}); leave "
                "those scenarios out, or ask for another outcome"
            )
