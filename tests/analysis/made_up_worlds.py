"""Made-up studies over sampled worlds, with a planted box, and with regrets that can be worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

POLICIES = ("none", "badge")
SWEPT = ["badging.scope", "learning.rate", "market.choice_weight", "broker.number", "broker.mapping"]


def sampled_worlds(worlds: int = 240, seed: int = 11) -> pd.DataFrame:
    """One row a world: two numbers that matter, words that matter, and a whole number that is noise."""
    chance = np.random.default_rng(seed)
    return pd.DataFrame({
        "learning.rate": chance.uniform(0.0, 10.0, worlds), "market.choice_weight": chance.uniform(0.0, 1.0, worlds),
        "broker.number": chance.integers(0, 5, worlds),
        "broker.mapping": chance.choice(["none", "holes", "hubs"], worlds),
    })  # fmt: skip


def planted(worlds: pd.DataFrame) -> np.ndarray:
    """The box: fast learners, weak competition, and a broker who maps something."""
    inside = (worlds["learning.rate"] >= 6.0) & (worlds["market.choice_weight"] <= 0.5)
    return (inside & (worlds["broker.mapping"] != "none")).to_numpy()


def badge_study(
    replications: int = 4, noise: float = 0.0, seed: int = 3, number: int = 240
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Runs and design of a study in which a badge gains 2 inside the planted box and loses 1 outside it.

    Every replication has its own level, the same for both policies: only paired differences show the gain.
    """
    chance = np.random.default_rng(seed)
    worlds = sampled_worlds(number)
    inside = planted(worlds)
    luck = chance.normal(0.0, 3.0, replications)
    rows, design = [], []
    for world, values in enumerate(worlds.to_dict("records")):
        for policy, scope in enumerate(POLICIES):
            point = world * len(POLICIES) + policy
            design.append({"policy": policy, "world": world})
            gain = 0.0 if scope == "none" else (2.0 if inside[world] else -1.0)
            for replication in range(replications):
                value = gain + luck[replication] + chance.normal(0.0, noise) if noise else gain + luck[replication]
                rows.append({
                    "run": f"{point}-{replication}", "point": point, "replication": replication, "seed": replication,
                    "status": "ok", "error": None, "badging.scope": scope, **values, "progress.mean": value,
                })  # fmt: skip
    return pd.DataFrame(rows), pd.DataFrame(design)


BY_HAND = {
    # world: policy a, b, c; more is better. Regrets: 0 1 4 / 2 0 1 / 6 3 0
    0: (5.0, 4.0, 1.0),
    1: (1.0, 3.0, 2.0),
    2: (0.0, 3.0, 6.0),
}
"""Three policies in three worlds; largest regrets 6, 3, 4: b is minimax, and a and c are each the best somewhere."""


def by_hand(spread: float = 0.0, replications: int = 2) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table above as a study, each mean reached by replications that lie `spread` about it, the same for all."""
    rows, design = [], []
    offsets = np.linspace(-spread, spread, replications)
    for world, values in BY_HAND.items():
        for policy, value in enumerate(values):
            point = len(design)
            design.append({"policy": policy, "world": world})
            for replication, offset in enumerate(offsets):
                rows.append({
                    "point": point, "replication": replication, "status": "ok", "broker.number": policy,
                    "learning.rate": float(world), "progress.mean": value + offset, "pounds.spent": 10.0 * policy,
                })  # fmt: skip
    return pd.DataFrame(rows), pd.DataFrame(design)
