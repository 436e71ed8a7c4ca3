"""Making the groups of columns that a state consists of."""

from __future__ import annotations

from typing import Any, get_type_hints

import numpy as np
from numba import config

from schoolsim.system.state import Columns, Parameters, Reals, Wholes


def columns(group: type[Columns], rows: int) -> Any:
    """A group's columns, `rows` long and zero.

    Compiled code takes the plain structured array, which Numba knows at once; uncompiled code needs NumPy's
    record array to read `group.column`.
    """
    formats = {Reals: "f8", Wholes: "i8"}
    kinds = {name: kind for name, kind in get_type_hints(group).items() if name in group.__annotations__}
    dtype = [
        (name, formats[kind], (group.shapes[name],)) if name in group.shapes else (name, formats[kind])
        for name, kind in kinds.items()
    ]
    made = np.zeros(rows, dtype=dtype)
    return made.view(np.recarray) if config.DISABLE_JIT else made


def parameter_array(record: np.record) -> Parameters:
    """A scenario's record as the array of length one that compiled code takes."""
    made = np.array([record.tolist()], dtype=np.dtype(record.dtype.descr))
    return made.view(np.recarray) if config.DISABLE_JIT else made
