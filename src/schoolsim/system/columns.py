"""What a group of columns is, and how one is made."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

import numpy as np
from numba import config
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Levels = NDArray[np.float32]
Wholes = NDArray[np.int64]
Parameters = NDArray[Any]  # one record, the scenario's (`Scenario.record()`), as an array of length one


class Columns(np.recarray):  # type: ignore[type-arg]
    """A group of columns; subclasses name and explain them, and are never made themselves."""

    shapes: dict[str, int] = {}  # columns that hold several numbers a row


@cache
def _dtype(group: type[Columns]) -> np.dtype[np.void]:
    """The one dtype object of a group: Numba knows it again at once, and another like it only by comparing fields."""
    formats = {Reals: "f8", Wholes: "i8"}
    kinds = {name: kind for name, kind in get_type_hints(group).items() if name in group.__annotations__}
    fields = [
        (name, formats[kind], (group.shapes[name],)) if name in group.shapes else (name, formats[kind])
        for name, kind in kinds.items()
    ]
    # Every cell is eight bytes wide; Numba compiles simpler code where it is told so.
    return np.dtype(fields, align=True)


@cache
def _aligned(dtype: np.dtype[np.void]) -> np.dtype[np.void]:
    return np.dtype(dtype.descr, align=True)


def columns(group: type[Columns], rows: int) -> Any:
    """A group's columns, `rows` long and zero.

    Compiled code takes the plain structured array, which Numba knows at once; uncompiled code needs NumPy's
    record array to read `group.column`.
    """
    made = np.zeros(rows, dtype=_dtype(group))
    return made.view(np.recarray) if config.DISABLE_JIT else made


def parameter_array(record: np.record) -> Parameters:
    """A scenario's record as the array of length one that compiled code takes."""
    made = np.array([record.tolist()], dtype=_aligned(record.dtype))
    return made.view(np.recarray) if config.DISABLE_JIT else made
