"""Models whose outcomes are known in closed form: studies of them take a second, and a page can be held to them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

SCOPES = ("none", "individual", "collective")


def smooth(parameters: Mapping[str, object], seed: int) -> dict[str, float]:
    """Progress that rises with the speed of learning, bends with competition, and what a badge adds to it.

    Luck has a part that all settings of a seed share, and a part of their own.
    """
    rate, rivalry = (float(parameters[name]) for name in ("learning.rate", "market.choice_weight"))  # type: ignore[arg-type]
    scope = SCOPES.index(str(parameters.get("badging.scope", "none")))
    grant = float(parameters.get("funding.per_partnership", 10_000.0))  # type: ignore[arg-type]
    shared = np.random.default_rng(seed)
    own = np.random.default_rng([seed, round(1e6 * rate), round(1e6 * rivalry), scope, round(grant)])
    badge = (0.0, -0.2 * rivalry, 0.5 - 0.2 * rivalry)[scope]
    mean = 0.5 * rate + math.sin(2.0 * rivalry) + badge + grant / 20_000.0
    return {
        "progress.mean": mean + shared.normal(0, 2.0) + own.normal(0, 0.05),
        "progress.gap": 1.0 + 0.3 * rivalry - 0.4 * badge + shared.normal(0, 0.2) + own.normal(0, 0.01),
        "trust.mean": 0.5 - 0.1 * rivalry + 0.02 * own.normal(),
        "pounds.granted": grant * (10.0 + scope), "pounds.returned": 0.0, "pounds.unclaimed": 0.0,
        "pounds.unfilled": 0.0,
        **dict.fromkeys(HOURS, 100.0 + 50.0 * scope),
    }  # fmt: skip


HOURS = (
    "hours.joint", "hours.travel", "hours.meetings", "hours.developing", "hours.following", "hours.coaching",
    "hours.reading", "hours.bidding", "hours.evaluation",
)  # fmt: skip


def fails_at_one_setting(parameters: Mapping[str, object], seed: int) -> dict[str, float]:
    """The same, but nothing comes of an individual badge under high competition."""
    if parameters["badging.scope"] == "individual" and parameters["market.choice_weight"] == 1.0:
        raise RuntimeError("no such school")
    return smooth(parameters, seed)


def of_something_else(parameters: Mapping[str, object], seed: int) -> dict[str, float]:
    """A model that measures neither progress nor money."""
    return {"queue.length": float(parameters["learning.rate"]) + np.random.default_rng(seed).normal()}  # type: ignore[arg-type]
