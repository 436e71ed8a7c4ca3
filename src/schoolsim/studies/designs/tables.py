"""Reads a design from a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from schoolsim.studies.errors import DesignError

Check = Callable[[str, object], object]


def read_points(path: str | Path, check: Check | None = None) -> pd.DataFrame:
    """Read a table of points, one row a point, one column a parameter.

    Args:
        path: A `.csv` (also `.csv.gz`) or `.parquet` file with a header.
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
    if table.empty:
        raise DesignError(f"{path} has no points: one row a point below a header of parameters")
    columns = {}
    for name in table.columns:
        columns[name] = [_value(path, row, name, value, check) for row, value in enumerate(table[name].tolist())]
    return pd.DataFrame(columns, dtype=object)


def _read(path: Path) -> pd.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        # "none" is a level of levers, not a missing value; only an empty cell is one.
        return pd.read_csv(path, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except FileNotFoundError:
        raise DesignError(f"there is no file {path}") from None
    except Exception as error:  # pandas and pyarrow raise many kinds for a bad file
        raise DesignError(f"{path} cannot be read as a table: {error}") from error


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
