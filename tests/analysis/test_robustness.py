"""Regret, worst worlds, bounds and Pareto sets, on tables worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import AnalysisError, Robustness, pareto_set, policy_runs, robust
from schoolsim.analysis.robustness import measures, regrets
from tests.analysis.made_up_worlds import BY_HAND, by_hand

SWEPT = ["broker.number", "learning.rate"]
MORE = {"progress.mean": "max"}


def found(spread: float = 0.0, **options: object) -> Robustness:
    wanted = options.pop("outcomes", MORE)
    return robust(policy_runs(*by_hand(spread), SWEPT), wanted, **options)  # type: ignore[arg-type]  # from a table


def column(result: Robustness, name: str) -> list[float]:
    return result.table[name].tolist()


def test_regrets_are_those_worked_by_hand() -> None:
    means = pd.DataFrame(BY_HAND).T
    assert regrets(means, "max").to_numpy().tolist() == [[0, 1, 4], [2, 0, 1], [6, 3, 0]]
    assert regrets(means, "min").to_numpy().tolist() == [[4, 3, 0], [0, 2, 1], [0, 3, 6]]


@pytest.mark.parametrize("spread", [0.0, 5.0])
def test_measures_are_those_worked_by_hand_whatever_seeds_all_policies_share(spread: float) -> None:
    result = found(spread)
    assert column(result, "mean") == pytest.approx([2.0, 10 / 3, 3.0])
    assert column(result, "worst") == pytest.approx([0.0, 3.0, 1.0])
    assert column(result, "regret_max") == pytest.approx([6.0, 3.0, 4.0])
    assert column(result, "regret_mean") == pytest.approx([8 / 3, 4 / 3, 5 / 3])
    assert column(result, "best") == pytest.approx([1 / 3] * 3)
    assert column(result, "regret_error") == pytest.approx([0.0] * 3)
    assert column(result, "clearly_beaten") == pytest.approx([2 / 3] * 3)
    assert column(result, "regret_other_seeds") == pytest.approx([8 / 3, 4 / 3, 5 / 3])


def test_less_can_be_better() -> None:
    result = found(outcomes={"progress.mean": "min"})
    assert column(result, "worst") == [5.0, 4.0, 6.0]
    assert column(result, "regret_max") == [4.0, 3.0, 6.0]


def test_bounds_are_counted_in_worlds_and_what_seeds_leave_open_is_told() -> None:
    sure = found(at_least=3.0)
    assert column(sure, "satisfied") == pytest.approx([1 / 3, 1.0, 1 / 3])
    assert column(sure, "satisfied_unsure") == pytest.approx([0.0] * 3)
    # Two replications 1 either side of a mean: a standard error of 1, so all within 2 of the bound are unsure.
    unsure = found(1.0, at_least=3.0)
    assert column(unsure, "satisfied") == column(sure, "satisfied")
    assert column(unsure, "satisfied_unsure") == pytest.approx([0.0, 1.0, 1 / 3])
    assert column(found(at_most=2.0), "satisfied") == pytest.approx([2 / 3, 0.0, 2 / 3])


def test_regret_from_luck_alone_goes_away_with_other_seeds() -> None:
    chance = np.random.default_rng(1)
    index = pd.MultiIndex.from_product([range(300), range(10)], names=["world", "replication"])
    values = pd.DataFrame(chance.normal(0.0, 1.0, (3000, 4)), index=index, columns=pd.RangeIndex(4))
    table = measures(values, "max")
    assert (table["regret_mean"] > 0.2).all()
    assert table["regret_other_seeds"].to_numpy() == pytest.approx(0.0, abs=0.06)
    # Differences of two means of ten with sd 1 have a standard error of .447; where the policy is the best it is 0.
    assert table["regret_error"].to_numpy() == pytest.approx(np.sqrt(0.75) * 0.447, abs=0.05)


def test_one_replication_has_no_luck_to_tell() -> None:
    table = measures(pd.DataFrame({0: [1.0, 2.0], 1: [2.0, 1.0]}, index=pd.MultiIndex.from_tuples(
        [(0, 0), (1, 0)], names=["world", "replication"])), "max")  # fmt: skip
    assert table["regret_max"].tolist() == [1.0, 1.0]
    assert table[["regret_error", "regret_other_seeds"]].isna().all().all()


@pytest.mark.parametrize(
    ("ways", "front"),
    [
        # more first, less second: (3, 3) beats (2, 4); (1, 1) and (3, 3) and (5, 9) are not beaten; twins stay together
        ({"gain": "max", "cost": "min"}, [True, False, True, True, False, True]),
        ({"gain": "max", "cost": "max"}, [False, False, False, False, False, True]),
        ({"gain": "min", "cost": "min"}, [True, False, False, False, False, False]),
    ],
)
def test_the_pareto_set_is_that_worked_by_hand(ways: dict[str, str], front: list[bool]) -> None:
    table = pd.DataFrame({"gain": [1, 2, 3, 3, 3, 5], "cost": [1, 4, 3, 3, 5, 9]})
    assert pareto_set(table, ways).tolist() == front  # type: ignore[arg-type]  # texts


def test_the_front_of_policies_over_worlds_and_in_each() -> None:
    front = found(outcomes={"progress.mean": "max", "pounds.spent": "min"}).front
    # Means 2, 10/3, 3 at 0, 10, 20 pounds: the last gains less than the second and costs more.
    assert front["on_front"].tolist() == [True, True, False]
    assert front["pounds.spent"].tolist() == [0.0, 10.0, 20.0]
    # In the first world a has most and costs least; in the second b beats c; in the third all three are on it.
    assert front["share_of_worlds"].tolist() == pytest.approx([1.0, 2 / 3, 1 / 3])


def test_the_answer_is_in_words() -> None:
    said = " ".join(found(outcomes={"progress.mean": "max", "pounds.spent": "min"}).lines())
    assert "in each authority at 1 on average (3.33), in its worst world (3), in regret, at its most (3)" in said
    assert "Beaten by no other in all of" in said
    assert "broker.number" not in said
    bounded = " ".join(found(at_least=3.0).lines())
    assert "is met in most worlds by the number of brokers in each authority at 1: 100%" in bounded


def test_a_run_that_failed_leaves_its_world_and_replication_out_for_all() -> None:
    runs, design = by_hand(5.0)
    runs.loc[0, "status"] = "failed"
    result = robust(policy_runs(runs, design, SWEPT), MORE)
    assert (result.worlds, result.left_out) == (3, 1)
    assert result.regret["progress.mean"].to_numpy().tolist() == [[0, 1, 4], [2, 0, 1], [6, 3, 0]]
    assert any("1 pairs of world and replication" in line for line in result.lines())


def test_what_cannot_be_asked_is_told() -> None:
    with pytest.raises(AnalysisError, match="direction is max"):
        found(outcomes={"progress.mean": "more"})
    with pytest.raises(AnalysisError, match=r'Did you mean "progress.mean"\?'):
        found(outcomes={"progress.men": "max"})
    with pytest.raises(AnalysisError, match="a bound is of one outcome"):
        found(outcomes={"progress.mean": "max", "pounds.spent": "min"}, at_least=1.0)
    with pytest.raises(AnalysisError, match="name an outcome"):
        found(outcomes={})
    runs, design = by_hand()
    with pytest.raises(AnalysisError, match="one policy only"):
        robust(policy_runs(runs, design.assign(policy=0, world=range(len(design))), SWEPT), MORE)
    with pytest.raises(AnalysisError, match="no world have all policies a value of progress.mean"):
        robust(policy_runs(runs.assign(**{"progress.mean": np.nan}), design, SWEPT), MORE)
