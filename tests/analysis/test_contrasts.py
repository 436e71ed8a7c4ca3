"""Paired differences are found where they were put, with intervals that cover as they say."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from schoolsim.analysis import AnalysisError, contrast, interaction

COLUMNS = ["outcome", "lever", "level", "baseline", "world", "mean", "low", "high", "n", "sd"]


def small_table(values: dict[tuple[str, int], list[float]]) -> pd.DataFrame:
    """A runs table from {(policy, world): a value a replication}."""
    rows = [
        (point, replication, 100 + replication, "ok", policy, world, value)
        for point, ((policy, world), column) in enumerate(values.items())
        for replication, value in enumerate(column)
    ]
    names = ["point", "replication", "seed", "status", "policy", "world", "score"]
    return pd.DataFrame(rows, columns=names)


HAND = {
    ("off", 0): [10.0, 20.0, 30.0],
    ("on", 0): [11.0, 22.0, 33.0],  # differences 1, 2, 3
    ("off", 1): [5.0, 5.0, 5.0],
    ("on", 1): [8.0, 7.0, 6.0],  # differences 3, 2, 1
}


def test_hand_worked_case_by_world() -> None:
    table = contrast(small_table(HAND), "policy", baseline="off", outcomes=["score"], by=["world"])
    assert list(table.columns[:10]) == COLUMNS
    # mean 2, sd 1, n 3: half-width 4.302653 (t, 2 df, 97.5%) / sqrt(3) = 2.484138
    assert table["mean"].tolist() == [2.0, 2.0]
    assert table["sd"].tolist() == [1.0, 1.0]
    assert table["n"].tolist() == [3, 3]
    assert table["low"].tolist() == pytest.approx([-0.484138] * 2, abs=1e-6)
    assert table["high"].tolist() == pytest.approx([4.484138] * 2, abs=1e-6)
    assert table["share_positive"].tolist() == [1.0, 1.0]


def test_hand_worked_case_averaged_over_worlds() -> None:
    table = contrast(small_table(HAND), "policy", baseline="off", outcomes=["score"])
    # (1+3)/2, (2+2)/2, (3+1)/2: always 2, so the mean is known exactly from three replications
    row = table.iloc[0]
    assert (row["mean"], row["low"], row["high"], row["sd"], row["n"]) == (2, 2, 2, 0, 3)


def test_rounding_is_no_difference() -> None:
    runs = small_table({("off", 0): [0.3, 0.3, 0.0], ("on", 0): [0.1 + 0.2, 0.1 + 0.2, 0.0]})
    row = contrast(runs, "policy", baseline="off", outcomes=["score"]).iloc[0]
    assert (row["low"], row["mean"], row["high"], row["share_positive"]) == (0, 0, 0, 0)


def test_no_difference_is_not_positive() -> None:
    runs = small_table({("off", 0): [1.0, 1.0, 1.0, 1.0], ("on", 0): [1.0, 2.0, 0.0, 3.0]})
    row = contrast(runs, "policy", baseline="off", outcomes=["score"]).iloc[0]
    assert row["share_positive"] == 0.5


def test_agrees_with_scipy_on_a_whole_study(runs: pd.DataFrame) -> None:
    table = contrast(
        runs,
        "badging.scope",
        baseline="none",
        outcomes=["progress.partner", "trust.mean"],
        by=["market.choice_weight"],
        confidence=0.9,
    )
    assert len(table) == 2 * 2 * 2
    for row in table.to_dict("records"):
        here = runs[runs["market.choice_weight"] == row["market.choice_weight"]]
        arms = [
            here[here["badging.scope"] == scope].groupby("replication")[row["outcome"]].mean()
            for scope in (row["level"], "none")
        ]
        result = stats.ttest_rel(*arms)
        interval = result.confidence_interval(0.9)
        assert row["n"] == 60
        assert row["mean"] == pytest.approx((arms[0] - arms[1]).mean())
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))
        assert row["sd"] == pytest.approx(np.std(arms[0] - arms[1], ddof=1))
        assert row["share_positive"] == pytest.approx(np.mean(arms[0] > arms[1]))


def test_pairing_sees_what_independent_arms_cannot(runs: pd.DataFrame) -> None:
    row = contrast(runs, "badging.scope", baseline="none", outcomes=["progress.partner"]).iloc[0]
    arms = [runs[runs["badging.scope"] == scope]["progress.partner"] for scope in ("individual", "none")]
    unpaired = stats.ttest_ind(*arms).confidence_interval()
    assert (row["high"] - row["low"]) * 5 < unpaired.high - unpaired.low
    assert row["high"] < 0 < unpaired.high


def batches(effect: float, replications: int, worlds: int, shared: float) -> pd.DataFrame:
    """500 independent little studies in one table, told apart by `batch`."""
    rng = np.random.default_rng(42)
    keys = pd.DataFrame(
        product(range(500), ("off", "on"), range(worlds), range(replications)),
        columns=["batch", "policy", "world", "replication"],
    )
    on = (keys["policy"] == "on").to_numpy()
    same_seed = rng.normal(0, 3, (500, replications))
    taste = rng.normal(effect, shared, (500, replications))  # the effect differs between seeds
    at = (keys["batch"], keys["replication"])
    keys["score"] = same_seed[at] + on * taste[at] + rng.normal(0, 0.5, len(keys))
    point = keys.groupby(["batch", "policy", "world"]).ngroup()
    return keys.assign(point=point, status="ok")[
        ["point", "replication", "status", "batch", "policy", "world", "score"]
    ]


@pytest.mark.parametrize(("worlds", "shared"), [(1, 0.0), (4, 1.0)])
def test_intervals_cover_the_truth_as_often_as_they_say(worlds: int, shared: float) -> None:
    table = contrast(batches(0.7, 8, worlds, shared), "policy", baseline="off", outcomes=["score"], by=["batch"])
    assert (table["n"] == 8).all()
    covered = ((table["low"] <= 0.7) & (0.7 <= table["high"])).mean()
    # 500 intervals at 95%: the standard error of the share is 0.01
    assert 0.92 <= covered <= 0.98


def test_runs_of_one_seed_are_not_counted_as_replications() -> None:
    runs = batches(0.7, 8, 4, 1.0)
    difference = runs[runs["policy"] == "on"]["score"].to_numpy()
    difference = difference - runs[runs["policy"] == "off"]["score"].to_numpy()
    naive = difference.reshape(500, 32)  # the mistake: 32 runs taken for 32 replications
    half = stats.t.ppf(0.975, 31) * naive.std(axis=1, ddof=1) / np.sqrt(32)
    assert (abs(naive.mean(axis=1) - 0.7) <= half).mean() < 0.8


def test_a_failed_run_takes_its_pair_with_it() -> None:
    runs = small_table(HAND)
    broken = (runs["policy"] == "on") & (runs["world"] == 0) & (runs["replication"] == 2)
    runs.loc[broken, ["status", "score"]] = ["failed", 1e9]
    table = contrast(runs, "policy", baseline="off", outcomes=["score"], by=["world"])
    assert table["n"].tolist() == [2, 3]
    assert table["dropped"].tolist() == [1, 0]
    assert table["mean"].tolist() == [1.5, 2.0]


@pytest.mark.parametrize("status", ["failed", "timeout", "missing"])
def test_a_lost_pair_does_not_move_a_replication_towards_other_worlds(status: str) -> None:
    # The effect is 10 in one world, 0 in the other, without noise: 5 whatever is lost.
    values = {("off", 0): [1.0] * 4, ("on", 0): [11.0] * 4}
    values |= {("off", 1): [2.0] * 4, ("on", 1): [2.0] * 4}
    runs = small_table(values)
    lost = (runs["policy"] == "on") & (runs["world"] == 0) & (runs["replication"] == 1)
    if status == "missing":
        runs = runs[~lost]
    else:
        runs.loc[lost, ["status", "score"]] = [status, np.nan]
    row = contrast(runs, "policy", baseline="off", outcomes=["score"]).iloc[0]
    assert (row["mean"], row["sd"], row["n"], row["dropped"]) == (5, 0, 4, 1)


def test_levels_keep_the_order_of_the_study(runs: pd.DataFrame) -> None:
    table = contrast(runs, "badging.scope", baseline="individual", outcomes=["trust.mean"])
    assert table["level"].tolist() == ["none", "collective"]


@pytest.mark.parametrize(("levels", "baseline"), [((0, 5), 0), ((False, True), False), ((0.0, 2.5), 0.0)])
def test_zero_and_false_are_levels_like_any_other(levels: tuple[object, object], baseline: object) -> None:
    runs = small_table(HAND).assign(world=lambda t: t["world"].map(dict(enumerate(levels))))
    table = contrast(runs, "world", baseline=baseline, outcomes=["score"], by="policy")
    assert table["level"].tolist() == [levels[1]] * 2
    assert table["mean"].tolist() == [-15.0, -15.0]


def test_the_order_of_rows_decides_nothing(runs: pd.DataFrame) -> None:
    ask = {"baseline": 0.0, "outcomes": ["trust.mean"], "by": ["badging.scope"]}
    shuffled = runs.sample(frac=1, random_state=3)
    first = contrast(runs, "market.choice_weight", **ask).sort_values("badging.scope")
    second = contrast(shuffled, "market.choice_weight", **ask).sort_values("badging.scope")
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


def test_asking_changes_no_table(runs: pd.DataFrame) -> None:
    before = runs.copy(deep=True)
    contrast(runs, "badging.scope", baseline="none", outcomes=["trust.mean"])
    pd.testing.assert_frame_equal(runs, before)


def test_interaction_is_a_difference_of_differences(runs: pd.DataFrame) -> None:
    table = interaction(
        runs,
        {"badging.scope": "none", "market.choice_weight": 0.0},
        outcomes=["progress.partner"],
    )
    wide = runs.pivot_table(
        index="replication",
        columns=["badging.scope", "market.choice_weight"],
        values="progress.partner",
    )
    for row in table.to_dict("records"):
        level = row["level"]
        values = wide[level, 1.0] - wide["none", 1.0] - wide[level, 0.0] + wide["none", 0.0]
        interval = stats.ttest_1samp(values, 0).confidence_interval()
        assert (row["low"], row["mean"], row["high"]) == pytest.approx((interval.low, values.mean(), interval.high))
    assert table["moderator_level"].tolist() == [1.0, 1.0]
    assert table["n"].tolist() == [60, 60]


def test_interaction_is_the_same_from_either_side(runs: pd.DataFrame) -> None:
    baselines = {"funding.purse": "originator", "market.choice_weight": 0.0}
    turned = dict(reversed(baselines.items()))
    one, two = (interaction(runs, b, outcomes=["trust.mean"]) for b in (baselines, turned))
    numbers = ["mean", "low", "high", "sd"]
    assert one[numbers].to_numpy() == pytest.approx(two[numbers].to_numpy())


def refused(runs: pd.DataFrame, lever: str = "badging.scope", **changed: object) -> str:
    ask = {"baseline": "none", "outcomes": ["trust.mean"]} | changed
    with pytest.raises(AnalysisError) as error:
        contrast(runs, lever, **ask)  # type: ignore[arg-type]  # arguments by name
    return str(error.value)


def test_unknown_names_are_refused_with_the_nearest(runs: pd.DataFrame) -> None:
    assert 'Did you mean "badging.scope"?' in refused(runs, "badging.scop")
    assert 'Did you mean "none"?' in refused(runs, baseline="nonee")
    assert 'Did you mean "trust.mean"?' in refused(runs, outcomes=["trust.maen"])
    assert 'Did you mean "funding.purse"?' in refused(runs, by=["funding.prse"])
    assert "no other swept column" in refused(runs, by=["badging.scope"])
    assert "list of at least one" in refused(runs, outcomes="trust.mean")
    assert "between 0 and 1" in refused(runs, confidence=95)


def test_numbers_that_are_not_finite_are_refused_and_counted(runs: pd.DataFrame) -> None:
    runs.loc[[100, 500], "trust.mean"] = [np.nan, np.inf]
    message = refused(runs)
    assert '"trust.mean" is not a finite number in 2 of 720 finished runs' in message
    assert "point 1, replication 40" in message


def test_blanks_of_failed_runs_are_not_counted_as_bad_numbers(runs: pd.DataFrame) -> None:
    runs.loc[100, "status"] = "failed"
    runs.loc[100, "trust.mean"] = np.nan
    table = contrast(runs, "badging.scope", baseline="none", outcomes=["trust.mean"])
    assert table["dropped"].tolist() == [1, 1]


def test_too_few_replications_are_refused(runs: pd.DataFrame) -> None:
    assert "at least two replications" in refused(runs[runs["replication"] == 0])
    runs.loc[(runs["badging.scope"] == "none") & (runs["replication"] > 0), "status"] = "failed"
    assert "badging.scope = individual has 1" in refused(runs)


def test_a_design_that_is_not_crossed_is_refused() -> None:
    runs = small_table({("off", 0): [1.0, 2.0], ("on", 1): [2.0, 3.0]})
    message = refused(runs, "policy", baseline="off", outcomes=["score"])
    assert "differ in policy alone" in message
    assert "world" in message


def test_tables_whose_runs_do_not_share_seeds_are_refused(runs: pd.DataFrame) -> None:
    runs.loc[runs["point"] == 3, "seed"] += 1
    assert "cannot be paired" in refused(runs)


def test_points_that_cannot_be_told_apart_are_refused(runs: pd.DataFrame) -> None:
    assert "repeat a scenario and replication" in refused(runs.drop(columns="funding.purse"))


def test_a_lever_with_one_level_is_refused(runs: pd.DataFrame) -> None:
    assert "only one level" in refused(runs[runs["badging.scope"] == "none"])
