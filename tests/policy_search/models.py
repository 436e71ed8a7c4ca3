"""Models whose best policies are known; worker processes import them."""

from __future__ import annotations

import numpy as np

from schoolsim.studies import Column

BEST = {"broker.skill": 0.7, "broker.number": 3, "funding.purse": "partnership"}


def hill(parameters, seed):
    """Gain has one top, at `BEST`, in every world; cost rises with brokers and their skill; seeds move all alike."""
    luck = np.random.default_rng(seed).normal(0.0, 1.0)
    gain = -10.0 * (parameters["broker.skill"] - 0.7) ** 2 - abs(parameters["broker.number"] - 3)
    gain += 1.0 if parameters["funding.purse"] == "partnership" else 0.0
    gain *= 1.0 + parameters["market.choice_weight"]
    return {"gain": gain + luck, "cost": 10.0 * parameters["broker.number"] + 100.0 * parameters["broker.skill"]}


# What no seed changes stands first: it must not be taken for a parameter.
hill.columns = {"cost": Column("pounds"), "gain": Column("points")}


def brittle(parameters, seed):
    """As `hill`, but it fails without brokers."""
    if parameters["broker.number"] == 0:
        raise ValueError("no brokers")
    return hill(parameters, seed)
