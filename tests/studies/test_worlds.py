"""Worlds that replications are run in: draws of the calibrated sample, the same for every policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.parameters.errors import ConfigError
from schoolsim.studies import Study, StudyResult, reproduce, resume
from schoolsim.studies.errors import StudyError
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.seeds import world_of
from tests.studies.models import paired
from tests.studies.plans import run_study

SAMPLE = pd.read_csv(Path(__file__).parents[2] / "configs" / "calibration" / "posterior.csv")
CONFIG = {"worlds": "posterior", "replications": 6, "levers": {"badging.scope": ["none", "collective"]}}


def study(**changes: object) -> Study:
    return Study({**CONFIG, **changes}, paired, name="worlds")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("worlds") / "study"
    run_study(study().plan, place)
    return place


def test_two_seeds_meet_each_world_and_then_it_begins_again() -> None:
    assert [world_of(replication, 3) for replication in range(8)] == [0, 0, 1, 1, 2, 2, 0, 0]


def test_every_policy_meets_the_same_draws_of_the_sample(folder: Path) -> None:
    result = StudyResult.open(folder)
    runs = result.runs
    assert (runs.groupby("replication")["rate"].nunique() == 1).all()
    assert runs.groupby(runs["replication"] // 2)["rate"].first().nunique() == 3
    assert runs.groupby(runs["replication"] // 2)["rate"].nunique().max() == 1
    assert set(runs["rate"]) < set(SAMPLE["learning.rate"])
    assert runs.groupby("replication")["seed"].first().nunique() == 6
    assert len(result.worlds) == len(SAMPLE)
    assert set(result.worlds) == set(SAMPLE)
    told = result.measured_runs(["value"])
    assert (result.worlds["learning.rate"].to_numpy()[told["draw"]] == runs["rate"].to_numpy()).all()


def test_the_order_of_draws_is_the_seeds() -> None:
    one, same, other = (study(seed=seed).plan.worlds for seed in (1, 1, 2))
    assert one is not None
    assert one.equals(same)
    assert not one.equals(other)
    assert sorted(one["learning.rate"]) == sorted(SAMPLE["learning.rate"])


def test_what_the_study_sets_itself_is_left_out_of_the_worlds() -> None:
    plan = study(uncertainties={"learning.rate": 3.0, "home.hours": [1.0, 2.0]}).plan
    assert plan.worlds is not None
    assert set(SAMPLE) - set(plan.worlds) == {"learning.rate", "home.hours"}
    assert {plan.parameters(0, replication)["learning.rate"] for replication in range(6)} == {3.0}


def test_it_is_made_again_gone_on_with_and_run_alone(folder: Path, tmp_path: Path) -> None:
    assert reproduce(folder, model="tests.studies.models:paired").same
    whole = run_study(study(replications=8).plan, tmp_path / "whole")
    run_study(study().plan, tmp_path / "grown")
    assert run_study(study(replications=8).plan, tmp_path / "grown") == whole
    assert resume(tmp_path / "grown", model="tests.studies.models:paired") == tmp_path / "grown"
    result = StudyResult.open(folder)
    row = result.runs[result.runs["replication"] == 5].iloc[0]
    again = result.rerun(row["run"], model="tests.studies.models:paired")
    assert again.outcomes["rate"] == row["rate"]


def test_other_worlds_are_another_study(folder: Path) -> None:
    plan = study().plan
    assert plan.worlds is not None
    other = replace(plan, worlds=plan.worlds.assign(**{"learning.rate": 1.0}))
    with pytest.raises(StudyError, match="worlds"):
        run_study(other, folder)
    assert study(worlds="").plan.identity != plan.identity


def test_a_plan_refuses_worlds_that_set_what_it_sets() -> None:
    plan = study().plan
    worlds = pd.DataFrame({"badging.scope": ["none"]})
    with pytest.raises(StudyError, match=r"badging\.scope: in the worlds, and swept"):
        replace(plan, worlds=worlds)
    assert isinstance(plan, StudyPlan)


@pytest.mark.parametrize("kind", ["lhs", "sobol", "saltelli", "morris"])
def test_a_sampled_design_has_worlds_of_its_own(kind: str) -> None:
    size = {"trajectories": 4} if kind == "morris" else {"points": 4}
    with pytest.raises(ConfigError, match=r'worlds = "posterior" gives replications worlds.*keep one'):
        study(design={"kind": kind, **size}, uncertainties={"market.choice_weight": {"low": 0.0, "high": 1.0}})


def test_worlds_are_the_posterior_or_a_mistake() -> None:
    with pytest.raises(ConfigError, match=r'worlds.*must be "posterior", the calibrated sample'):
        study(worlds="prior")


def test_a_table_of_worlds_is_sealed_and_exported(folder: Path, tmp_path: Path) -> None:
    result = StudyResult.open(folder)
    assert "worlds.csv" in {file.name for file in result.export_csv(tmp_path / "csv")}
    assert "worlds.parquet" in result.manifest["files"]


def test_constants_and_worlds_stand_in_the_tables_on_request(tmp_path: Path) -> None:
    run_study(study(years=3, constants={"setting.schools": 12}).plan, tmp_path / "study")
    result = StudyResult.open(tmp_path / "study")
    told = result.with_constants()
    assert (told["setting.schools"] == 12).all()
    assert (told["learning.rate"] == told["rate"]).all()
    result.export_csv(tmp_path / "without")
    result.export_csv(tmp_path / "csv", constants=True)
    runs, plain = (pd.read_csv(tmp_path / name / "runs.csv") for name in ("csv", "without"))
    assert set(runs) - set(plain) == {"setting.schools", *SAMPLE}
    assert list(runs).index("setting.schools") < list(runs).index("rate")
    assert runs["learning.rate"].to_numpy() == pytest.approx(told["rate"].to_numpy())
    columns = pd.read_csv(tmp_path / "csv" / "columns.csv").set_index("name")
    assert columns.loc["setting.schools", "unit"] == "schools"
    assert columns.loc["learning.rate", "role"] == "parameter"
