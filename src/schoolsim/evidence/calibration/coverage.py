"""Coverage: whether intervals hold the truth as often as they say, on data made by the model with known parameters."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import binom

from schoolsim.evidence.calibration.matching import Emulated, weighted_quantile
from schoolsim.evidence.calibration.setup import Setup
from schoolsim.evidence.calibration.simulated import Simulated

SHARE: Final = 0.95


def coverage(setup: Setup, known: Emulated, truths: np.ndarray, simulated: Simulated) -> pd.DataFrame:
    """In how many made-up worlds a parameter's 95% interval holds the value that made the data.

    Each world's data are what the model gave with its parameters, and on top of it the error with which each target
    is known.

    Args:
        setup: Parameters and targets.
        known: What the emulators say at the candidates.
        truths: (world, parameter) true places in the unit cube.
        simulated: What the model gave there.

    Returns:
        By parameter: `covered` and `truths`; `least` and `most`, within which a right 95% interval would be covered
        in 95% of such experiments; `as_promised`; `spread_made_up`, the mean spread left of the prior's.
    """
    luck = np.random.default_rng([setup.seed, 4])
    inside, spread = np.zeros(truths.shape), np.zeros(truths.shape)
    for world, true in enumerate(truths):
        data = simulated.means[world] + luck.normal(0.0, setup.sds)
        # The luck of the few runs that made the data is part of how badly they are known.
        sds = np.sqrt(np.square(setup.sds) + np.nan_to_num(simulated.variances[world]))
        weights = known.weights(list(data), list(sds))
        for place, value in enumerate(true):
            column = known.unit[:, place]
            low, high = (weighted_quantile(column, weights, share) for share in ((1 - SHARE) / 2, (1 + SHARE) / 2))
            inside[world, place] = low <= value <= high
            mean = float((column * weights).sum())
            spread[world, place] = np.sqrt(((column - mean) ** 2 * weights).sum() * 12.0)
    number = len(truths)
    least, most = binom.interval(0.95, number, SHARE)
    covered = inside.sum(axis=0).astype(int)
    return pd.DataFrame({
        "covered": covered, "truths": number, "least": int(least), "most": int(most),
        "as_promised": (covered >= least) & (covered <= most), "spread_made_up": spread.mean(axis=0),
    }, index=list(setup.parameters))  # fmt: skip
