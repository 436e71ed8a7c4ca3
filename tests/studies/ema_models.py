"""A small model of the EMA Workbench."""

from __future__ import annotations

import numpy as np
from ema_workbench import Model, RealParameter, ScalarOutcome, TimeSeriesOutcome


def level(release, inflow, seed):
    """The level of a lake over five years."""
    if release < 0:
        raise ValueError("water does not run up")
    rng = np.random.default_rng(seed)
    path = np.cumsum(inflow - release + rng.normal(0, 0.1, 5))
    return {"height": path[-1], "path": path}


lake = Model("lake", function=level)
lake.levers = [RealParameter("release", 0, 1)]
lake.uncertainties = [RealParameter("inflow", 0, 3)]
lake.outcomes = [ScalarOutcome("height"), TimeSeriesOutcome("path")]
