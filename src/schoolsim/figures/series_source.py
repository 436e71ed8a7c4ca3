"""Sources of a series figure's runs: a table in memory, or the values of a stored study."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from schoolsim.analysis.levels import half_term_runs
from schoolsim.studies.half_term_values import HalfTermValues


class SeriesTable:
    """Series in memory.

    Args:
        series: A series table: `run half_term outcome value`.
        runs: The runs table of the same study, without outcomes.
    """

    def __init__(self, series: pd.DataFrame, runs: pd.DataFrame) -> None:
        """Keep the tables."""
        self._series, self._fixed = series, runs
        self.outcomes = [str(name) for name in series["outcome"].astype(str).unique()]
        self.runs = len(runs)

    @cached_property
    def _long(self) -> pd.DataFrame:
        return half_term_runs(self._series, self._fixed)

    def known(self, outcome: str) -> set[int]:
        """The half-terms in which some run has a value of an outcome."""
        given = self._long.groupby("half_term")[outcome].count() > 0
        return {int(half_term) for half_term in given.index[given]}

    def of(self, outcome: str, half_terms: Sequence[int]) -> pd.DataFrame:
        """A runs table in which `half_term` is one more swept column, with one outcome."""
        others = [name for name in self.outcomes if name != outcome]
        chosen = self._long["half_term"].isin(list(half_terms))
        return self._long[chosen].drop(columns=others).reset_index(drop=True)


class StoredSeries:
    """Series of a stored study.

    Args:
        values: The values of the outcomes.
        runs: The runs, in the order of the values, without outcomes.
    """

    def __init__(self, values: HalfTermValues, runs: pd.DataFrame) -> None:
        """Keep what the values are of."""
        self._values, self._fixed = values, runs
        self.outcomes, self.runs = values.outcomes, len(runs)
        self.known = values.known

    def of(self, outcome: str, half_terms: Sequence[int]) -> pd.DataFrame:
        """A runs table in which `half_term` is one more swept column, with one outcome."""
        number = len(half_terms)
        # A row a run and half-term; a point and half-term are a scenario of their own.
        long = self._fixed if number == 1 else self._fixed.loc[np.repeat(np.arange(self.runs), number)]
        columns = {str(name): long[name].array for name in long}
        times = np.array(half_terms, dtype=np.int32)
        columns["point"] = columns["point"].astype(np.int64) * number + np.tile(np.arange(number), self.runs)
        columns |= {"half_term": np.tile(times, self.runs), outcome: self._values.of(outcome, half_terms).ravel()}
        return pd.DataFrame(columns, copy=False)
