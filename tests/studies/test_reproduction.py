"""A stored study is made again and compared, byte for byte and then value by value."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from schoolsim.studies import Execution, Precision, StudyPlan, reproduce
from schoolsim.studies.errors import DamagedError, StoreError
from tests.studies import models
from tests.studies.plans import HERE, normal, run_study, spread, troubled
from tests.studies.resealing import reseal
from tests.studies.test_sweep import interrupted

QUIET = Execution("serial", progress=False)
SPREAD = f"{HERE}:Spread"


@pytest.mark.parametrize(
    "plan",
    [spread(), normal(Precision(0.05, ("value",), maximum=20)), troubled("raise")],
    ids=["fixed", "precision", "failed"],
)
def test_a_study_comes_out_the_same(tmp_path: Path, plan: StudyPlan) -> None:
    run_study(plan, tmp_path, executor="processes", workers=2)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    answer = reproduce(tmp_path, QUIET, model=plan.model.path)
    assert answer.same
    assert answer.differences == ()
    assert "byte for byte" in str(answer)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_it_needs_nothing_but_the_folder(tmp_path: Path) -> None:
    run_study(spread(), tmp_path / "here")
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert reproduce(tmp_path / "there", QUIET, model=SPREAD).same


def test_other_values_are_told_by_column_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_study(spread(), tmp_path)
    run = models.Spread.run

    def slightly_off(self: models.Spread, parameters: dict, seed: int) -> object:
        result = run(self, parameters, seed)
        off = 1e-9 if parameters["spread.badge"] == "collective" else 0.0
        return replace(result, outcomes={**result.outcomes, "final": result.outcomes["final"] + off})

    monkeypatch.setattr(models.Spread, "run", slightly_off)
    answer = reproduce(tmp_path, QUIET, model=SPREAD)
    assert not answer.same
    (line,) = answer.differences
    assert line.startswith("runs.parquet: final differs in 20 of 40 rows, by up to 1e-09")
    assert "first at point 1, replication 0: " in line


def test_another_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_study(spread(), tmp_path)
    monkeypatch.setattr(models.Spread, "version", "2")
    reseal(tmp_path, lambda manifest: manifest["versions"].update(numpy="1.0"))
    answer = reproduce(tmp_path, QUIET, model=SPREAD)
    assert not answer.same
    assert any(line.startswith("runs.parquet: run differs in 40") for line in answer.differences)
    assert answer.circumstances[0] == "model version: 1 there, 2 here"
    assert any(line.startswith("numpy: 1.0 there") for line in answer.circumstances)
    assert "different here:" in str(answer)


def test_a_table_that_was_changed_is_told(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    with (tmp_path / "series.parquet").open("ab") as file:
        file.write(b"x")
    answer = reproduce(tmp_path, QUIET, model=SPREAD)
    assert answer.differences == ("series.parquet: the stored file is not the file that was written",)


def test_half_a_study_cannot_be_compared(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 5)
    with pytest.raises(StoreError, match="no complete study"):
        reproduce(tmp_path, QUIET, model=SPREAD)
    with pytest.raises(StoreError, match="no complete study"):
        reproduce(tmp_path / "nowhere", QUIET, model=SPREAD)


def test_files_of_two_studies_are_noticed(tmp_path: Path) -> None:
    run_study(spread(), tmp_path / "a")
    run_study(replace(spread(), points=spread().points.iloc[:4]), tmp_path / "b")
    shutil.copy(tmp_path / "b" / "points.parquet", tmp_path / "a" / "points.parquet")
    with pytest.raises(DamagedError, match=r"points\.parquet is not the file that was written"):
        reproduce(tmp_path / "a", QUIET, model=SPREAD)
    reseal(tmp_path / "a")
    with pytest.raises(StoreError, match="do not belong together"):
        reproduce(tmp_path / "a", QUIET, model=SPREAD)
