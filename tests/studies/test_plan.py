"""A plan: plain types, run ids, what makes two studies one, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.studies import Fixed, ModelReference, StudyPlan
from schoolsim.studies.errors import DesignError, StudyError
from schoolsim.studies.plan import plain_points
from tests.studies.plans import spread

MODEL = ModelReference("tests.studies.models:normal")


def plan(points: dict[str, list[object]], **parts: object) -> StudyPlan:
    return StudyPlan(pd.DataFrame(points), MODEL, **parts)


def test_points_get_one_of_four_types() -> None:
    table = pd.DataFrame({"a": [1, 2.5], "b": [1, 2], "c": [True, False], "d": ["x", "y"]}, dtype=object)
    points = plain_points(table)
    assert [str(kind) for kind in points.dtypes] == ["float64", "int64", "bool", "object"]


def test_a_model_gets_plain_python_values() -> None:
    given = plan({"a": [1.5], "b": [2], "c": [True], "d": ["x"]}, fixed={"e": 3}).parameters(0)
    assert given == {"e": 3, "a": 1.5, "b": 2, "c": True, "d": "x"}
    assert [type(value) for value in given.values()] == [int, float, int, bool, str]


@pytest.mark.parametrize("values", [[1.0, None], [1.0, np.nan], [1, "x"], [True, 1], [[1], [2]], [1.0, np.inf]])
def test_values_of_no_type_are_refused(values: list[object]) -> None:
    with pytest.raises(DesignError, match='"a"'):
        plain_points(pd.DataFrame({"a": values}, dtype=object))


def test_no_points_are_refused() -> None:
    with pytest.raises(DesignError, match="at least one point"):
        plain_points(pd.DataFrame({"a": []}))


def test_nothing_swept_is_one_point() -> None:
    alone = StudyPlan(pd.DataFrame(index=range(1)), MODEL, fixed={"mean": 1.0})
    assert alone.parameters(0) == {"mean": 1.0}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"fixed": {"a": 1}}, "both swept and fixed"),
        ({"fixed": {"seed": 1}}, "may be called seed"),
        ({"seed": -1}, "0 or more"),
        ({"seed": True}, "0 or more"),
        ({"seed": 1.0}, "0 or more"),
    ],
)
def test_what_is_no_study_is_refused(parts: dict[str, object], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        plan({"a": [1]}, **parts)


def test_values_json_cannot_hold_are_refused() -> None:
    with pytest.raises(StudyError, match="must be numbers, text"):
        plan({"a": [1]}, fixed={"b": object()}).task(0, 0)


def test_a_run_id_tells_runs_apart_by_all_that_decides_them() -> None:
    base = spread()
    others = [
        replace(base, seed=8),
        replace(base, version="2"),
        replace(base, fixed={"x": 1}),
        replace(base, context={"default": 1}),
        replace(base, model=ModelReference(base.model.path, {"half_terms": 3})),
        replace(base, model=ModelReference("tests.studies.models:normal", base.model.arguments)),
    ]
    ids = {other.task(0, 0).run for other in [base, *others]}
    assert len(ids) == 1 + len(others)
    assert len({base.task(point, r).run for point in range(8) for r in range(5)}) == 40
    assert all(len(run) == 16 and int(run, 16) >= 0 for run in ids)


def test_a_run_id_does_not_tell_where_or_when() -> None:
    one, two = spread(), replace(spread(replications=9), title="Other", config="x = 1")
    assert one.task(3, 1) == two.task(3, 1)


def test_files_a_model_reads_count_by_content_and_not_by_place(tmp_path: Path) -> None:
    def reading(path: Path) -> StudyPlan:
        return replace(spread(), model=ModelReference(spread().model.path, {}, {"schools": str(path)}))

    for place in ("here", "there", "other"):
        (tmp_path / place / "register").mkdir(parents=True)
        for file in (tmp_path / place / "a.csv", tmp_path / place / "register" / "b.csv"):
            file.write_text("URN\n2\n" if place == "other" else "URN\n1\n")
    for name in ("a.csv", "register"):
        here, there, other = (reading(tmp_path / place / name) for place in ("here", "there", "other"))
        assert here.identity == there.identity != other.identity
        assert here.task(0, 0) == there.task(0, 0) != other.task(0, 0)
    (tmp_path / "there" / "register" / "b.csv").rename(tmp_path / "there" / "register" / "c.csv")
    assert reading(tmp_path / "there" / "register").identity != reading(tmp_path / "here" / "register").identity
    with pytest.raises(StudyError, match="gone.csv, which the study reads, is not there"):
        _ = reading(tmp_path / "gone.csv").identity


def test_the_order_of_parameters_does_not_matter_to_a_run() -> None:
    one = plan({"a": [1], "b": [2]}).task(0, 0).run
    assert one == plan({"b": [2], "a": [1]}).task(0, 0).run
    assert one == plan({"a": [1]}, fixed={"b": 2}).task(0, 0).run


def test_titles_and_figures_do_not_make_another_study() -> None:
    base = spread()
    same = replace(base, title="Other", config="[[figures]]", cite=("x",), design={"kind": "?"})
    assert same.identity == base.identity
    assert replace(base, replications=Fixed(6)).identity == base.identity  # more runs of the same study
    moved = base.points.iloc[::-1].reset_index(drop=True)
    assert replace(base, points=moved).identity != base.identity
