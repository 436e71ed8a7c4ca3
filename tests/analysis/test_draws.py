"""Replications in worlds: intervals over worlds, and which of their parts is worlds and which is seeds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from schoolsim.analysis import contrast, level_table
from schoolsim.analysis.contrasts import interaction, replication_effects
from schoolsim.analysis.sampled_sentences import measured_sentence
from schoolsim.analysis.sentences import contrast_sentences
from schoolsim.analysis.worlds import draw_effects, world_summary


def made_up(effects: np.ndarray) -> pd.DataFrame:
    """A study of a badge whose effect is given, a row a world and a column a seed; levels hang on the seed."""
    worlds, seeds = effects.shape
    rows = []
    for world in range(worlds):
        for seed in range(seeds):
            number = world * seeds + seed
            level = 10.0 * np.sin(number)
            for point, scope in enumerate(("none", "collective")):
                rows.append({
                    "point": point, "replication": number, "status": "ok", "draw": world, "badging.scope": scope,
                    "trust.mean": level + point * effects[world, seed],
                })  # fmt: skip
    return pd.DataFrame(rows)


def row_of(effects: np.ndarray) -> pd.Series:
    return contrast(made_up(effects), "badging.scope", baseline="none", outcomes=["trust.mean"]).iloc[0]


def test_the_parts_of_an_interval_by_hand() -> None:
    """World means 1, 4, 7: variance 9. Within each world 0 and 2, and so on: variance 2, so 1 of a mean of two."""
    row = row_of(np.array([[0.0, 2.0], [3.0, 5.0], [6.0, 8.0]]))
    assert row["mean"] == pytest.approx(4.0)
    assert (row["n"], row["replications"]) == (3, 6)
    assert row["from_worlds"] == pytest.approx(1.0 - 1.0 / 9.0)
    low, high = stats.t.interval(0.95, 2, loc=4.0, scale=3.0 / np.sqrt(3))
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_known_parts_are_found() -> None:
    """Worlds with variance 0.09, seeds with 0.36: of a mean of two seeds a third is worlds."""
    chance = np.random.default_rng(1)
    effects = chance.normal(0.0, 0.3, (4000, 1)) + chance.normal(0.0, 0.6, (4000, 2))
    assert row_of(effects)["from_worlds"] == pytest.approx(1 / 3, abs=0.03)
    assert row_of(chance.normal(0.0, 0.6, (4000, 2)))["from_worlds"] < 0.04
    same = np.repeat(chance.normal(0.0, 0.3, (50, 1)), 2, axis=1)
    assert row_of(same)["from_worlds"] == pytest.approx(1.0)


def test_replications_of_a_world_are_not_counted_as_worlds() -> None:
    effects = np.repeat(np.arange(6.0)[:, None], 2, axis=1)
    runs = made_up(effects)
    row = row_of(effects)
    counted = contrast(runs.drop(columns="draw"), "badging.scope", baseline="none", outcomes=["trust.mean"]).iloc[0]
    assert row["high"] - row["low"] > 1.4 * (counted["high"] - counted["low"])


def test_one_seed_a_world_tells_no_parts() -> None:
    row = row_of(np.arange(5.0)[:, None])
    assert np.isnan(row["from_worlds"])
    assert "worlds" not in contrast_sentences(row.to_frame().T)[0].partition("replications")[0]


def test_a_lost_run_leaves_its_worlds_other_seed() -> None:
    runs = made_up(np.array([[0.0, 2.0], [3.0, 5.0], [6.0, 8.0]]))
    runs.loc[3, "status"] = "failed"  # the second seed of the first world
    row = contrast(runs, "badging.scope", baseline="none", outcomes=["trust.mean"]).iloc[0]
    assert (row["n"], row["replications"], row["dropped"]) == (3, 5, 1)
    assert row["mean"] == pytest.approx((0.0 + 4.0 + 7.0) / 3)


def test_sentences_say_it() -> None:
    runs = made_up(np.array([[0.0, 2.0], [3.0, 5.0], [6.0, 8.0]]))
    table = contrast(runs, "badging.scope", baseline="none", outcomes=["trust.mean"])
    assert ", 89% from worlds; 6 paired replications in 3 worlds)." in contrast_sentences(table)[0]
    levels = level_table(runs, outcomes=["trust.mean"], by=["badging.scope"])
    assert "% from worlds; 6 replications in 3 worlds)." in measured_sentence(levels.iloc[0], against_nothing=False)


def test_what_yardsticks_rest_on_is_a_row_a_world() -> None:
    runs = made_up(np.array([[0.0, 2.0], [3.0, 5.0], [6.0, 8.0]]))
    effects, levels = replication_effects(runs, "badging.scope", baseline="none", outcomes=["trust.mean"])
    assert effects["trust.mean"].tolist() == pytest.approx([1.0, 4.0, 7.0])
    assert levels.index.tolist() == [0, 1, 2]


def test_differences_of_differences_have_parts_too() -> None:
    runs = made_up(np.array([[0.0, 2.0], [3.0, 5.0], [6.0, 8.0]]))
    doubled = runs.assign(**{"trust.mean": runs["trust.mean"] * 2, "point": runs["point"] + 2})
    both = pd.concat([runs.assign(where="a"), doubled.assign(where="b")], ignore_index=True)
    both = both[["point", "replication", "status", "draw", "badging.scope", "where", "trust.mean"]]
    table = interaction(both, {"badging.scope": "none", "where": "a"}, outcomes=["trust.mean"])
    assert table["mean"].iloc[0] == pytest.approx(4.0)
    assert table["from_worlds"].iloc[0] == pytest.approx(8.0 / 9.0)


def test_in_how_many_worlds_and_what_it_hangs_on() -> None:
    chance = np.random.default_rng(2)
    driver = np.linspace(-1.0, 3.0, 40)
    effects = driver[:, None] + chance.normal(0.0, 0.1, (40, 2))
    found = draw_effects(made_up(effects), "badging.scope", baseline="none", outcomes=["trust.mean"])
    uncertain = pd.DataFrame({"learning.rate": driver, "home.hours": chance.normal(size=40)})
    row = world_summary(found, uncertain).iloc[0]
    assert row["worlds"] == 40
    assert row["share_positive"] == pytest.approx(0.75, abs=0.03)
    assert [name for name, _ in row["drivers"]] == ["learning.rate"]
    assert row["seeds"] < 0.05
