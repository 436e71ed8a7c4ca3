"""Who comes first: NumPy's sorting, compiled once for numbers and once for identities.

Left to each caller it would be compiled for every layout of array they pass, which is slow.
"""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled_for
from schoolsim.system.columns import Reals, Wholes


@compiled_for("int64[::1](float64[:])")
def by_size(values: Reals) -> Wholes:
    """Places of `values`, smallest first."""
    return np.argsort(values)


@compiled_for("int64[::1](int64[:])")
def by_uid(uids: Wholes) -> Wholes:
    """Places of `uids`, smallest first: an order that no row or slot decides."""
    return np.argsort(uids)
