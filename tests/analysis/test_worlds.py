"""Effects over sampled worlds, on tables whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import AnalysisError
from schoolsim.analysis.factors import Factor, with_factors
from schoolsim.analysis.worlds import drivers, world_effects, world_summary

WORLDS = 20


def table(noise: float = 0.0) -> tuple[pd.DataFrame, np.ndarray]:
    """Two levels of a lever in every world; the effect is 2 x the world's `speed`, less 1."""
    chance = np.random.default_rng(5)
    rows = []
    for world in range(WORLDS):
        speed = world / (WORLDS - 1)
        for level in ("none", "all"):
            for replication in range(4):
                luck = noise * chance.normal()
                gain = (2.0 * speed - 1.0 if level == "all" else 0.0) + luck + replication
                rows.append({
                    "point": 2 * world + (level == "all"), "replication": replication, "status": "ok",
                    "badge": level, "speed": speed, "other": (world * 7) % WORLDS, "gain": gain,
                })  # fmt: skip
    return pd.DataFrame(rows), np.repeat(np.arange(WORLDS), 2)


def uncertain(runs: pd.DataFrame) -> pd.DataFrame:
    return runs.groupby(runs["point"] // 2)[["speed", "other"]].first()


def test_each_world_has_its_own_effect() -> None:
    runs, worlds = table()
    effects = world_effects(runs, worlds, "badge", baseline="none", outcomes=["gain"])
    assert effects["effect"].to_numpy() == pytest.approx(np.linspace(-1.0, 1.0, WORLDS))
    assert effects["error"].to_numpy() == pytest.approx(0.0)


def test_signs_range_and_what_turns_them() -> None:
    runs, worlds = table()
    effects = world_effects(runs, worlds, "badge", baseline="none", outcomes=["gain"])
    row = world_summary(effects, uncertain(runs)).iloc[0]
    assert (row["share_positive"], row["share_negative"], row["worlds"]) == (0.5, 0.5, WORLDS)
    assert row["median"] == pytest.approx(0.0)
    assert row["drivers"][0] == ("speed", pytest.approx(1.0))
    assert row["seeds"] == pytest.approx(0.0)


def test_luck_of_seeds_is_kept_apart() -> None:
    runs, worlds = table(noise=2.0)
    effects = world_effects(runs, worlds, "badge", baseline="none", outcomes=["gain"])
    # Two runs of sd 2 a pair and four pairs: variance 2, beside .37 between worlds.
    assert 0.5 < world_summary(effects, uncertain(runs))["seeds"].iloc[0] <= 1.0


def test_what_hangs_on_nothing_names_nothing() -> None:
    inputs = pd.DataFrame({"a": np.arange(30.0)})
    assert drivers(np.cos(np.arange(30) * 2.1), inputs) == []
    assert drivers(np.ones(30), inputs) == []


def test_levels_that_never_meet_are_refused() -> None:
    runs, _ = table()
    with pytest.raises(AnalysisError, match="nothing to compare"):
        world_effects(runs, np.arange(2 * WORLDS), "badge", baseline="none", outcomes=["gain"])


def test_linked_columns_become_one_with_its_levels() -> None:
    runs = pd.DataFrame({"point": [0, 1], "a": [1, 3], "b": [True, False], "c": [5, 5], "gain": [0.1, 0.2]})
    factor = Factor("pair", ("a", "b"), {(1, True): "one", (3, False): "three"}, lever=True)
    named = with_factors(runs, [factor])
    assert list(named.columns) == ["point", "pair", "c", "gain"]
    assert named["pair"].tolist() == ["one", "three"]
    assert factor.level_with("a", 3) == "three"
