"""Which schools gain: worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from scipy import stats

from schoolsim.analysis import AnalysisError, school_gains

# Two policies in two worlds, two replications; points 0 and 1 are world "low", 2 and 3 world "high".
RUNS = pd.DataFrame(
    [
        (f"r{point}{replication}", point, replication, 40 + replication, "ok", None, policy, world, 0.1 * point)
        for point, (policy, world) in enumerate(
            [("none", "low"), ("badge", "low"), ("none", "high"), ("badge", "high")]
        )
        for replication in range(2)
    ],
    columns=["run", "point", "replication", "seed", "status", "error", "policy", "world", "outcome.of_run"],
)
OF_RUNS = ["outcome.of_run"]  # the same in both replications, so that it could pass for a swept column
#: Of school 7 and school 9: value at each point and replication.
VALUES = {
    7: {(0, 0): 1.0, (0, 1): 2.0, (1, 0): 1.5, (1, 1): 2.1, (2, 0): 3.0, (2, 1): 3.0, (3, 0): 3.3, (3, 1): 3.1},
    9: {(0, 0): 5.0, (0, 1): 5.0, (1, 0): 4.0, (1, 1): 5.4, (2, 0): 5.0, (2, 1): 5.0, (3, 0): 5.6, (3, 1): 5.2},
}


def table() -> pd.DataFrame:
    rows = []
    for urn, values in VALUES.items():
        for (point, replication), value in values.items():
            rows.append((f"r{point}{replication}", point, replication, -1, "progress", urn, 0.0))
            rows.append((f"r{point}{replication}", point, replication, 23, "progress", urn, value))
            rows.append((f"r{point}{replication}", point, replication, 23, "roll", urn, 100.0))
    return pd.DataFrame(rows, columns=["run", "point", "replication", "half_term", "outcome", "urn", "value"])


def test_gains_are_worked_by_hand() -> None:
    found = school_gains(table(), RUNS, "policy", baseline="none", outcome="progress", of_runs=OF_RUNS).set_index("urn")
    # School 7: low world +0.5 and +0.1, high +0.3 and +0.1; by replication 0.4 and 0.1, mean 0.25, sd 0.3/sqrt(2).
    first = found.loc[7]
    half = stats.t.ppf(0.975, 1) * (0.3 / math.sqrt(2)) / math.sqrt(2)
    assert first["mean"] == pytest.approx(0.25)
    assert (first["low"], first["high"]) == (pytest.approx(0.25 - half), pytest.approx(0.25 + half))
    assert (first["n"], first["worlds"], first["gains_in"]) == (2, 2, 2)
    # School 9: low world -1.0 and +0.4, mean -0.3; high +0.6 and +0.2, mean 0.4; by replication -0.2 and 0.3.
    second = found.loc[9]
    assert second["mean"] == pytest.approx(0.05)
    assert (second["worlds"], second["gains_in"]) == (2, 1)
    assert found["level"].tolist() == ["badge"] * 2
    assert found["baseline"].tolist() == ["none"] * 2


def test_a_time_and_an_outcome_can_be_chosen() -> None:
    early = school_gains(table(), RUNS, "policy", baseline="none", outcome="progress", half_term=-1, of_runs=OF_RUNS)
    assert early["mean"].tolist() == [0.0, 0.0]
    assert early["gains_in"].tolist() == [0, 0]
    rolls = school_gains(table(), RUNS, "policy", baseline="none", outcome="roll", of_runs=OF_RUNS)
    assert rolls["mean"].tolist() == [0.0, 0.0]


def test_a_run_that_failed_is_in_no_pair() -> None:
    chosen = table().query("not (point == 1 and replication == 0)")
    found = school_gains(chosen, RUNS, "policy", baseline="none", outcome="progress", of_runs=OF_RUNS).set_index("urn")
    # Replication 0 has the high world only: 0.3; replication 1 as before: 0.1.
    assert found.loc[7, "mean"] == pytest.approx(0.2)


def test_one_replication_has_no_interval() -> None:
    runs = RUNS[RUNS["replication"] == 0]
    found = school_gains(
        table().query("replication == 0"), runs, "policy", baseline="none", outcome="progress", of_runs=OF_RUNS
    )
    assert found["low"].isna().all()
    assert found.set_index("urn").loc[7, "mean"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"lever": "polcy"}, 'Did you mean "policy"'),
        ({"baseline": "non"}, 'Did you mean "none"'),
        ({"outcome": "progres"}, 'Did you mean "progress"'),
        ({"half_term": 5}, "after half-term 5"),
    ],
)
def test_what_is_not_there_is_refused(given: dict[str, object], message: str) -> None:
    asked = {"lever": "policy", "baseline": "none", "outcome": "progress", "of_runs": OF_RUNS, **given}
    with pytest.raises(AnalysisError, match=message):
        school_gains(table(), RUNS, **asked)
