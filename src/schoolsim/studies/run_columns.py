"""Outcomes of many runs, read once and kept on the disk, to be used one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from schoolsim.studies.errors import DamagedError
from schoolsim.studies.store.files import disk_errors

ROWS_AT_ONCE = 1 << 16


class RunColumns:
    """Columns of a runs table in a file of their own, which goes with this object.

    The footer of a table of a million runs takes more memory than ten of its columns: it is read once, not for every
    column.
    """

    def __init__(self, runs: Path, names: Sequence[str], rows: int) -> None:
        """Read them.

        Args:
            runs: The runs table.
            names: Columns of numbers.
            rows: Rows of the table.

        Raises:
            DamagedError: If the table cannot be read, or has other rows.
            StoreError: If the disk will not have the values.
        """
        self._place, self._rows = {name: place for place, name in enumerate(names)}, rows
        with disk_errors(runs):
            self._file: IO[bytes] = TemporaryFile(dir=runs.parent)  # noqa: SIM115 - closed with this object
            finalize(self, self._file.close)
            if self._write(runs) != rows:
                raise DamagedError(f"{runs} has not the {rows:,} runs that its manifest counts")

    def _write(self, runs: Path) -> int:
        row = 0
        try:
            with (
                pa.OSFile(str(runs)) as content,
                pq.ParquetFile(content, page_checksum_verification=True, pre_buffer=False) as file,
            ):
                for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(self._place), use_threads=False):
                    for name, place in self._place.items():
                        self._file.seek(8 * (place * self._rows + row))
                        self._file.write(batch[name].to_numpy(zero_copy_only=False).astype(np.float64).tobytes())
                    row += len(batch)
        except (pa.ArrowException, KeyError) as error:
            raise DamagedError(f"{runs} cannot be read: {error}") from error
        return row

    def __contains__(self, name: object) -> bool:
        """Whether a column is there."""
        return name in self._place

    def of(self, name: str) -> np.ndarray:
        """A column, shape `(rows,)`; NaN where a run has no value."""
        self._file.seek(8 * self._place[name] * self._rows)
        return np.frombuffer(bytearray(self._file.read(8 * self._rows)), dtype=np.float64)
