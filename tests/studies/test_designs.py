"""Designs: every point that should be there, at the probability it should have, seeded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis

from schoolsim.analysis import contrast, level_table
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.studies import Fixed, ModelReference, StudyPlan, StudyResult
from schoolsim.studies.designs import Axis, Sampling, crossed, joint, listed, ranged, tabled
from schoolsim.studies.designs.axes import bins
from schoolsim.studies.designs.tables import read_points
from schoolsim.studies.errors import DesignError
from tests.studies.plans import HERE, run_study

SCOPE = listed({"badging.scope": ["none", "individual", "collective"]}, lever=True)
PURSE = listed({"funding.purse": ["originator", "partnership"]}, lever=True)
WEIGHT = ranged("market.weight", 0.0, 2.0)
COUNT = ranged("brokers.count", 3, 6, whole=True)
FLAG = listed({"market.open": [True, False]})
LINKED = listed({"a.hours": [1.0, 5.0], "a.pounds": [10, 50]}, lever=True)
SAMPLES = [
    Sampling("lhs", points=16),
    Sampling("sobol", points=16),
    Sampling("saltelli", points=16),
    Sampling("morris", trajectories=4),
]
each_sample = pytest.mark.parametrize("sampling", SAMPLES, ids=lambda sampling: sampling.kind)


def test_a_grid_has_every_combination_once_in_order() -> None:
    design = crossed([SCOPE, PURSE], [FLAG])
    rows = list(design.points.itertuples(index=False, name=None))
    assert rows[:3] == [
        ("none", "originator", True),
        ("none", "partnership", True),
        ("individual", "originator", True),
    ]
    assert len(rows) == len(set(rows)) == 12
    assert design.layout["policy"].tolist() == list(range(6)) * 2
    assert design.layout["world"].tolist() == [0] * 6 + [1] * 6


def test_nothing_that_varies_is_one_point() -> None:
    assert len(crossed([]).points) == 1


def test_linked_parameters_move_together() -> None:
    points = crossed([LINKED, PURSE]).points
    pairs = set(zip(points["a.hours"], points["a.pounds"], strict=True))
    assert pairs == {(1.0, 10), (5.0, 50)}
    assert len(points) == 4
    sampled = joint([LINKED, WEIGHT], Sampling("lhs", points=10), 1).points
    assert Counter(zip(sampled["a.hours"], sampled["a.pounds"], strict=True)) == {
        (1.0, 10): 5,
        (5.0, 50): 5,
    }


@given(st.lists(st.floats(0, 1), min_size=1), st.integers(1, 9))
def test_bins_are_all_there_and_no_more(unit: list[float], count: int) -> None:
    found = bins(np.array(unit), count)
    assert all(0 <= bin_ < count for bin_ in found)
    for place, bin_ in zip(unit, found, strict=True):
        assert bin_ / count <= place + 1e-12
        assert place <= (bin_ + 1) / count + 1e-12


@pytest.mark.parametrize(
    ("axis", "values"),
    [
        (SCOPE, ["none", "individual", "collective"]),
        (COUNT, [3, 4, 5, 6]),
        (FLAG, [True, False]),
    ],
    ids=["choice", "whole", "flag"],
)
def test_categories_and_whole_numbers_are_equally_probable(axis: Axis, values: list) -> None:
    points = joint([axis, WEIGHT], Sampling("lhs", points=120), 3).points
    assert Counter(points[axis.name]) == dict.fromkeys(values, 120 / len(values))


def test_a_whole_number_is_whole_and_reaches_both_ends() -> None:
    values = [row["brokers.count"] for row in COUNT.at(np.array([0.0, 0.2499, 0.25, 0.999, 1.0]))]
    assert values == [3, 3, 4, 6, 6]
    assert all(type(value) is int for value in values)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.lists(st.floats(0, 1), min_size=1))
def test_a_range_is_never_left(low: float, width: float, unit: list[float]) -> None:
    axis = ranged("x", low, low + width)
    values = [row["x"] for row in axis.at(np.array(unit))]
    assert all(low <= value <= low + width for value in values)


@each_sample
def test_a_sample_is_the_same_for_a_seed_and_another_for_another(sampling: Sampling) -> None:
    axes = [WEIGHT, COUNT, SCOPE]
    one, two = (joint(axes, sampling, 5).points for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(joint(axes, sampling, 6).points)
    assert not one.equals(joint(axes, sampling, 0).points)


def test_seed_nought_is_a_seed() -> None:
    for sampling in SAMPLES:
        one, two = (joint([WEIGHT, COUNT], sampling, 0).points for _ in range(2))
        pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize(
    ("sampling", "count"),
    [
        (Sampling("lhs", points=10), 10),
        (Sampling("sobol", points=8), 8),
        (Sampling("saltelli", points=8), 8 * (3 + 2)),
        (Sampling("saltelli", points=8, second_order=True), 8 * (2 * 3 + 2)),
        (Sampling("morris", trajectories=5), 5 * (3 + 1)),
    ],
)
def test_a_sample_has_the_points_its_scheme_says(sampling: Sampling, count: int) -> None:
    assert len(joint([WEIGHT, COUNT, SCOPE], sampling, 1).points) == count


def test_a_latin_hypercube_has_one_point_in_every_row_and_column() -> None:
    design = joint([WEIGHT, ranged("y", 0, 1)], Sampling("lhs", points=20), 2)
    for name in ("unit/market.weight", "unit/y"):
        assert sorted(bins(design.layout[name].to_numpy(), 20)) == list(range(20))


def test_a_sobol_sequence_is_balanced() -> None:
    layout = joint([WEIGHT, ranged("y", 0, 1)], Sampling("sobol", points=64), 2).layout
    cells = zip(*(bins(layout[n].to_numpy(), 8) for n in layout.columns[2:]), strict=True)
    assert Counter(cells) == {(i, j): 1 for i in range(8) for j in range(8)}


@each_sample
def test_crossed_every_policy_meets_every_world(sampling: Sampling) -> None:
    alone = joint([WEIGHT, COUNT], sampling, 4)
    both = joint([SCOPE, WEIGHT, PURSE, COUNT], sampling, 4, cross=True)
    assert len(both.points) == 6 * len(alone.points)
    for policy in range(6):
        rows = both.layout["policy"] == policy
        mine = both.points[rows].reset_index(drop=True)
        assert mine["badging.scope"].nunique() == mine["funding.purse"].nunique() == 1
        pd.testing.assert_frame_equal(mine[["market.weight", "brokers.count"]], alone.points)


def test_paired_a_row_has_a_policy_and_a_world() -> None:
    design = joint([SCOPE, WEIGHT], Sampling("lhs", points=9), 4)
    assert len(design.points) == 9
    assert Counter(design.points["badging.scope"]) == dict.fromkeys(["none", "individual", "collective"], 3)


def ishigami(points: pd.DataFrame) -> np.ndarray:
    x, y, z = (points[name].to_numpy(float) for name in "xyz")
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_a_saltelli_design_gives_the_indices_of_a_known_function() -> None:
    """Ishigami and Homma (1990): first-order 0.314, 0.442, 0; total 0.558, 0.442, 0.244."""
    axes = [ranged(name, -np.pi, np.pi) for name in "xyz"]
    design = joint(axes, Sampling("saltelli", points=2048), 1)
    found = sobol_analysis.analyze(design.record["problem"], ishigami(design.points), calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx([0.314, 0.442, 0.0], abs=0.05)
    assert found["ST"] == pytest.approx([0.558, 0.442, 0.244], abs=0.05)


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
def test_a_sample_of_whole_numbers_and_categories_is_swept_and_analysed(tmp_path: Path, kind: str) -> None:
    """Many of its points coincide; the effects are known all the same, and so are the means."""
    axes = [ranged("n.whole", 0, 3, whole=True), listed({"c.kind": ["a", "b"]}), ranged("x.rest", 0.0, 1.0)]
    sampling = Sampling(kind, points=256) if kind == "saltelli" else Sampling(kind, trajectories=40)
    design = joint(axes[: 3 if kind == "saltelli" else 2], sampling, 1)
    plan = StudyPlan(design.points, ModelReference(f"{HERE}:weighed"), Fixed(2), layout=design.layout)
    run_study(plan, tmp_path)
    result = StudyResult.open(tmp_path)
    assert result.points.duplicated().any()
    if kind == "saltelli":
        effects = {"n.whole": 1.25 / 3.5, "c.kind": 2.25 / 3.5, "x.rest": 0.0}
        found = sobol(result.runs, result.design, ["value"]).set_index(["index", "input"])["value"]
        assert found["S1"].to_dict() == pytest.approx(effects, abs=0.08)
        assert found["ST"].to_dict() == pytest.approx(effects, abs=0.08)
        return
    found = morris(result.runs, result.design, ["value"]).set_index(["index", "input"])["value"]
    assert found["mu_star"].to_dict() == pytest.approx({"n.whole": 3.0, "c.kind": 3.0}, rel=0.5)
    levels = level_table(result.runs, outcomes=["value"])
    assert len(levels) == 8
    expected = levels["n.whole"] + 3.0 * (levels["c.kind"] == "b") + levels["mean"].min()
    assert levels["mean"].tolist() == pytest.approx(expected.tolist())
    table = contrast(result.runs, "c.kind", baseline="a", outcomes=["value"])
    assert table[["mean", "low", "high"]].to_numpy().ravel() == pytest.approx([3.0] * 3)


def test_a_saltelli_design_serves_each_policy_apart() -> None:
    axes = [SCOPE, *(ranged(name, -np.pi, np.pi) for name in "xyz")]
    design = joint(axes, Sampling("saltelli", points=1024), 1, cross=True)
    for policy in range(3):
        mine = design.points[design.layout["policy"] == policy]
        found = sobol_analysis.analyze(design.record["problem"], ishigami(mine), calc_second_order=False, seed=1)
        assert found["S1"] == pytest.approx([0.314, 0.442, 0.0], abs=0.08)


def test_a_morris_design_gives_the_effects_of_a_linear_function() -> None:
    axes = [ranged("x", 0, 10), ranged("y", 0, 1), listed({"z": [1.0, 2.0, 3.0, 4.0]})]
    design = joint(axes, Sampling("morris", trajectories=6), 1)
    unit = design.layout[["unit/x", "unit/y", "unit/z"]].to_numpy()
    y = (2 * design.points["x"] - 3 * design.points["y"]).to_numpy(float)
    found = morris_analysis.analyze(design.record["problem"], unit, y, num_levels=4, seed=1)
    assert found["mu"].tolist() == pytest.approx([20, -3, 0])
    assert set(design.points["z"]) == {1.0, 2.0, 3.0, 4.0}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"kind": "random", "points": 4}, 'not "random"'),
        ({"kind": "lhs"}, "needs points"),
        ({"kind": "morris", "points": 8}, "needs trajectories"),
        ({"kind": "sobol", "points": 10}, "power of two for points, such as 8 or 16"),
        ({"kind": "saltelli", "points": 0}, "needs points"),
        ({"kind": "morris", "trajectories": 4, "levels": 5}, "even number"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused(parts: dict, message: str) -> None:
    with pytest.raises(DesignError, match=message):
        Sampling(**parts)


def test_a_design_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(DesignError, match=r"badging\.scope: on two axes"):
        crossed([SCOPE, SCOPE])
    with pytest.raises(DesignError, match=r"badging\.scope: given twice"):
        crossed([SCOPE], pd.DataFrame({"badging.scope": ["none"]}))
    with pytest.raises(DesignError, match="needs a list of values"):
        crossed([WEIGHT])
    with pytest.raises(DesignError, match="must be below"):
        ranged("x", 1.0, 1.0)
    with pytest.raises(DesignError, match="same number of values"):
        listed({"x": [1, 2], "y": [1]})
    with pytest.raises(DesignError, match="nothing to sample"):
        joint([SCOPE], Sampling("lhs", points=4), 1, cross=True)
    with pytest.raises(DesignError, match="more than the 10000000"):
        crossed([listed({name: list(range(300))}) for name in "xyz"])


def test_a_table_is_run_as_it_is_or_crossed_with_policies(tmp_path: Path) -> None:
    path = tmp_path / "worlds.csv"
    path.write_text("market.weight,market.kind,market.open\n0.5,None,true\n1,NA,false\n")
    table = read_points(path)
    assert table.to_dict("list") == {
        "market.weight": [0.5, 1.0],
        "market.kind": ["None", "NA"],
        "market.open": [True, False],
    }
    assert len(tabled(table).points) == 2
    assert len(crossed([SCOPE, PURSE], table).points) == 12
    table.to_parquet(tmp_path / "worlds.parquet")
    assert read_points(tmp_path / "worlds.parquet").equals(table)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n1,2\n3,\n", r"t\.csv, line 3, column y: no value"),
        ("x\n-1\n", r"line 2, column x: not below 0"),
        ("x\n", "no points"),
        ("", "cannot be read as a table"),
        ("x\n1,2,3\n4\n", "."),
    ],
)
def test_a_bad_table_is_told_by_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)

    def check(name: str, value: object) -> object:
        if value < 0:
            raise ValueError("not below 0")
        return value

    with pytest.raises(DesignError, match=message):
        read_points(path, check)


def test_text_of_a_parquet_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pd.DataFrame({"market.kind": ["partnership", "none"]}).to_parquet(path, compression=None)
    path.write_bytes(path.read_bytes().replace(b"partnership", b"partne\xffship"))
    with pytest.raises(DesignError, match="cannot be read as a table"):
        read_points(path)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="there is no file"):
        read_points(tmp_path / "none.csv")


def test_a_file_of_another_kind_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "passwords"
    path.write_text("hunter2,b\n1,2\n")
    with pytest.raises(DesignError, match=r"passwords is no table of points: a file that ends in \.csv") as told:
        read_points(path)
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("name", ["points.csv", "points.csv.gz", "points.parquet"])
def test_a_design_larger_than_sense_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path, table = tmp_path / name, pd.DataFrame({"a": range(2000)})
    table.to_parquet(path) if path.suffix == ".parquet" else table.to_csv(path, index=False)
    assert len(read_points(path)) == 2000
    monkeypatch.setattr("schoolsim.studies.designs.tables.LARGEST_DESIGN", 1000)
    with pytest.raises(DesignError, match="too large for a design: it may have 1,000 bytes, unpacked"):
        read_points(path)
