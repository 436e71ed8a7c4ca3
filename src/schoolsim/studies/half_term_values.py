"""Values of outcomes through time, by outcome, half-term and run, however many: on the disk, not in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.files import disk_errors

ROWS_AT_ONCE = 1 << 16
"""Rows of the series table that are read at once."""
LARGEST_VIEW = 1 << 24
"""Bytes of the file that are in memory at once while it is written."""


class HalfTermValues:
    """The series of some outcomes, turned from run by run to half-term by half-term.

    The series table is read once, in pieces. Its values go into a file that has no name and goes away with this
    object, of 8 bytes a run, outcome and half-term.
    """

    def __init__(self, series: Path, runs: pd.DataFrame, outcomes: Sequence[str], since: int) -> None:
        """Read the series.

        Args:
            series: The series table, verified.
            runs: One row a run: `point` and `replication`.
            outcomes: The outcomes wanted; all there are when empty.
            since: The first half-term wanted.

        Raises:
            DamagedError: If the table cannot be read.
            StoreError: If the disk will not have the values.
        """
        self._series, self._since = series, since
        found, times = self._contents(set(outcomes))
        self.outcomes = [name for name in outcomes if name in found] if outcomes else found
        self.half_terms = times
        self._shape = (len(self.outcomes), len(times), len(runs))
        self._known = np.zeros(self._shape[:2], dtype=bool)
        with disk_errors(series):
            self._file: IO[bytes] = TemporaryFile(dir=series.parent)  # noqa: SIM115 - closed with this object
            self._write(_Places(runs))

    def __enter__(self) -> HalfTermValues:
        """To be used in a `with` statement."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let the file go."""
        self._file.close()

    def known(self, outcome: str) -> set[int]:
        """The half-terms in which some run has a value of an outcome."""
        row = self._known[self.outcomes.index(outcome)]
        return {time for time, known in zip(self.half_terms, row, strict=True) if known}

    def of(self, outcome: str, half_terms: Sequence[int]) -> np.ndarray:
        """Values of an outcome, shape `(runs, half_terms)`; NaN where a run has none."""
        size = self._shape[2]
        found = np.empty((size, len(half_terms)))
        for place, half_term in enumerate(half_terms):
            row = self.outcomes.index(outcome) * self._shape[1] + self.half_terms.index(half_term)
            self._file.seek(8 * row * size)
            found[:, place] = np.frombuffer(self._file.read(8 * size))
        return found

    def _contents(self, wanted: set[str]) -> tuple[list[str], list[int]]:
        """Outcomes, in the order they come, and half-terms."""
        outcomes: dict[str, None] = {}
        times: set[int] = set()
        for batch in self._batches(["half_term", "outcome"]):
            half_terms = batch["half_term"].to_numpy()
            late = half_terms >= self._since
            column = batch["outcome"]
            codes, names = column.indices.to_numpy(), column.dictionary.to_pylist()
            for code in pd.unique(codes[late]):
                if not wanted or names[code] in wanted:
                    outcomes[names[code]] = None
            chosen = late & np.isin(codes, [code for code, name in enumerate(names) if name in outcomes])
            times.update(pd.unique(half_terms[chosen]).tolist())
        return list(outcomes), sorted(times)

    def _write(self, rows: _Places) -> None:
        blank = np.full(self._shape[2], np.nan).tobytes()
        for _ in range(self._shape[0] * self._shape[1]):
            self._file.write(blank)
        self._file.flush()
        if 0 in self._shape:
            return
        touched, view = 0, self._view()
        for batch in self._batches(["point", "replication", "half_term", "outcome", "value"]):
            column = batch["outcome"]
            places = {name: place for place, name in enumerate(self.outcomes)}
            lookup = np.array([places.get(name, -1) for name in column.dictionary.to_pylist()], dtype=np.int64)
            outcome = lookup[column.indices.to_numpy()]
            half_terms, value = batch["half_term"].to_numpy(), batch["value"].to_numpy(zero_copy_only=False)
            run = rows.of(batch["point"].to_numpy(), batch["replication"].to_numpy())
            chosen = (outcome >= 0) & (half_terms >= self._since) & (run >= 0)
            time = np.searchsorted(self.half_terms, half_terms[chosen])
            outcome, value = outcome[chosen], value[chosen]
            view[outcome, time, run[chosen]] = value
            given = ~np.isnan(value)
            self._known[outcome[given], time[given]] = True
            touched += value.nbytes
            if touched >= LARGEST_VIEW:  # what was written counts as this process's memory until the view is let go
                touched, view = 0, self._view()

    def _view(self) -> np.memmap:
        return np.memmap(self._file, dtype=np.float64, mode="r+", shape=self._shape)

    def _batches(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        try:
            with (
                pa.OSFile(str(self._series)) as content,
                pq.ParquetFile(content, page_checksum_verification=True) as file,
            ):
                yield from file.iter_batches(ROWS_AT_ONCE, columns=columns, use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise DamagedError(f"{self._series} cannot be read: {error}") from error


class _Places:
    """Where the run of a point and replication stands in a table of runs."""

    def __init__(self, runs: pd.DataFrame) -> None:
        replication = runs["replication"].to_numpy(dtype=np.int64)
        self._replications = int(replication.max(initial=-1)) + 1
        keys = runs["point"].to_numpy(dtype=np.int64) * self._replications + replication
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def of(self, point: np.ndarray, replication: np.ndarray) -> np.ndarray:
        """Rows, -1 where there is none."""
        if not len(self._keys):
            return np.full(len(point), -1)
        keys = point.astype(np.int64) * self._replications + replication
        found = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        same = (self._keys[found] == keys) & (replication < self._replications)
        return np.where(same, self._order[found], -1)
