"""Ranks of policies: worked by hand, and as sure as the worlds allow."""

from __future__ import annotations

import pytest

from schoolsim.analysis.policies import policy_runs
from schoolsim.analysis.ranking import ranking
from schoolsim.analysis.run_table import AnalysisError
from tests.analysis.made_up_worlds import SWEPT, badge_study, by_hand


def test_means_and_differences_are_those_of_the_table() -> None:
    """Means over worlds 2, 10/3, 3: b first, then c by 1/3, then a by 4/3; money the other way round."""
    found = ranking(policy_runs(*by_hand(), ["broker.number", "learning.rate"]), {
        "progress.mean": "max", "pounds.spent": "min",
    })  # fmt: skip
    progress = found[found["outcome"] == "progress.mean"]
    assert progress["policy"].tolist() == [1, 2, 0]
    assert progress["rank"].tolist() == [1, 2, 3]
    assert progress["difference"].tolist() == pytest.approx([0.0, -1 / 3, -4 / 3])
    # Three worlds are too few to be what intervals are over.
    assert set(found["unit"]) == {"replications"}
    assert found[found["outcome"] == "pounds.spent"]["policy"].tolist() == [0, 1, 2]


def test_intervals_are_of_paired_differences_over_worlds() -> None:
    runs, design = badge_study()
    found = ranking(policy_runs(runs, design, SWEPT), {"progress.mean": "max"}).set_index("rank")
    assert set(found["unit"]) == {"worlds"}
    assert set(found["n"]) == {240}
    assert found.loc[1, ["difference", "low", "high"]].tolist() == [0.0, 0.0, 0.0]
    # The badge loses 1 outside its box, and 2 are gained inside: far fewer than the luck of seeds, which is shared.
    assert found.loc[2, "high"] < 0.0
    assert (found["rank_low"] == found["rank_high"]).all()


def test_ranks_that_other_worlds_could_change_are_a_range() -> None:
    runs, design = badge_study(noise=0.0, number=12)
    runs["progress.mean"] = runs["replication"] + 0.1 * ((runs["point"] * 7) % 5)
    found = ranking(policy_runs(runs, design, SWEPT), {"progress.mean": "max"})
    assert found["rank_low"].tolist() == [1, 1]
    assert found["rank_high"].tolist() == [2, 2]


def test_what_cannot_be_ranked_is_refused() -> None:
    runs, design = by_hand()
    policies = policy_runs(runs, design, ["broker.number", "learning.rate"])
    with pytest.raises(AnalysisError, match="has no direction"):
        ranking(policies, {"progress.mean": "most"})
    one = policy_runs(runs[runs["broker.number"] == 0], design, ["learning.rate"])
    with pytest.raises(AnalysisError, match="one policy only"):
        ranking(one, {"progress.mean": "max"})
