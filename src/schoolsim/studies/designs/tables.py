"""Reads a design from a file."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from schoolsim.studies.errors import DesignError
from schoolsim.studies.store.csv_text import LARGEST_EXACT, unguarded

ENDINGS = (".csv", ".csv.gz", ".parquet")
LARGEST_DESIGN = 1 << 30
"""Bytes that a design file may have."""

Check = Callable[[str, object], object]


def read_points(path: str | Path, check: Check | None = None) -> pd.DataFrame:
    """Read a table of points, one row a point, one column a parameter.

    Args:
        path: A `.csv` (also `.csv.gz`) or `.parquet` file with a header; an exported `points.csv` is
            one, its apostrophes are taken off.
        check: Called with the name of a parameter and a value; returns the value in its own type
            or raises `ValueError` or a `UserError` with what is wrong.

    Returns:
        The table, values as `check` gave them.

    Raises:
        DesignError: If the file cannot be read, is empty, or a value is refused; the message names
            the file, row and column.
    """
    path = Path(path)
    table = _read(path)
    repeated = [str(name) for name in table.columns[table.columns.duplicated()]]
    if repeated:
        raise DesignError(f'{path}: two columns are called "{repeated[0]}"')
    if table.empty:
        raise DesignError(f"{path} has no points: one row a point below a header of parameters")
    columns = {}
    for name in table.columns:
        columns[name] = [_value(path, row, name, value, check) for row, value in enumerate(table[name].tolist())]
    return pd.DataFrame(columns, dtype=object)


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise DesignError(f"{path} is not a regular file" if path.exists() else f"there is no file {path}")
    if not path.name.endswith(ENDINGS):  # what is no design is not shown in a message about its cells
        raise DesignError(f"{path} is no table of points: a file that ends in {', '.join(ENDINGS)}")
    try:
        if _size(path) > LARGEST_DESIGN:
            raise DesignError(f"{path} is too large for a design: it may have {LARGEST_DESIGN:,} bytes, unpacked")
        if path.suffix == ".parquet":
            with path.open("rb") as file:  # Arrow takes the bare path a:/b for an address
                found = pq.read_table(file)
            found.validate(full=True)  # text that is none would be found cell by cell
            return found.to_pandas()
        cells = pd.read_csv(path, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except DesignError:
        raise
    except pd.errors.EmptyDataError:
        raise DesignError(f"{path} is empty: it cannot be read as a table") from None
    except Exception as error:  # pandas and pyarrow raise many kinds for a bad file
        raise DesignError(f"{path} cannot be read as a table: {error}") from error
    header = [unguarded(name.strip()) for name in cells.iloc[0]]
    columns = [pd.Series(_typed(cells[place].iloc[1:].tolist()), dtype=object) for place in cells.columns]
    return pd.concat(columns, axis=1, keys=None).set_axis(header, axis=1)


def _size(path: Path) -> int:
    """Bytes of a file once it is unpacked, counted no further than they may be."""
    if path.suffix != ".gz":
        return path.stat().st_size
    size = 0
    with gzip.open(path) as file:
        while size <= LARGEST_DESIGN and (piece := file.read(1 << 20)):
            size += len(piece)
    return size


def _typed(cells: list[str]) -> list[object]:
    """The cells of a column: whole numbers, numbers, truth values, or text; None where a cell is empty.

    A number is the 64-bit number nearest to what is written, to the last bit.
    """
    filled = [cell for cell in cells if cell]
    kind: Callable[[str], object] = unguarded
    guarded_numbers = [_GUARDED_WHOLE.fullmatch(cell) for cell in filled]
    if all(guarded_numbers) and any(match and abs(int(match[1])) > LARGEST_EXACT for match in guarded_numbers):
        kind = _guarded_number  # an export guards such a column as a whole
    elif all(_WHOLE.fullmatch(cell) for cell in filled):
        kind = int
    elif all(_NUMBER.fullmatch(cell) for cell in filled):
        kind = float
    elif all(cell.lower() in _TRUTH for cell in filled):
        kind = _truth
    return [kind(cell) if cell else None for cell in cells]


def _guarded_number(cell: str) -> int:
    return int(unguarded(cell))


def _truth(cell: str) -> bool:
    return _TRUTH[cell.lower()]


_GUARDED_WHOLE = re.compile(r"'(-?\d{1,19})", re.ASCII)
_WHOLE = re.compile(r"\s*[+-]?\d{1,400}\s*", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_TRUTH = {"true": True, "false": False}


def _value(path: Path, row: int, name: str, value: object, check: Check | None) -> object:
    line = f"row {row + 1}" if path.suffix == ".parquet" else f"line {row + 2}"
    where = f"{path}, {line}, column {name}"
    if value is None or value != value:  # NaN is the one value that differs from itself
        raise DesignError(f"{where}: no value")
    if check is None:
        return value
    try:
        return check(name, value)
    except Exception as error:
        raise DesignError(f"{where}: {error}") from error
