"""Levels and flows stand in one table, each column with its time base said."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.studies import Study
from schoolsim.studies.store.export import export_csv


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bases")
    (folder / "tiny.toml").write_text(
        'title = "Tiny"\nyears = 3\nburn_in_years = 1\nreplications = 1\nbase = "programmes/beacon"\n'
        '[population]\nschools = 8\n[outcomes]\nwindow = 2\nmeasure = ["trust.mean", "hours.joint"]\n'
    )
    Study.load(folder / "tiny.toml").run(out=folder / "study", executor="serial", progress=False)
    return folder / "study"


def test_the_time_base_in_the_column_table_is_the_one_of_the_number(study: Path) -> None:
    rows = {row["name"]: row for row in json.loads((study / "columns.json").read_text())}
    assert rows["trust.mean"]["time"] == "mean over the last 2 years"
    assert rows["hours.joint"]["time"] == "sum over the years of policy, divided by them"
    assert rows["point"]["time"] == rows["value"]["time"] == ""
    runs, series = pd.read_parquet(study / "runs.parquet"), pd.read_parquet(study / "series.parquet")
    policy = series[series["half_term"] >= 0]
    level = policy[(policy["outcome"] == "trust.mean") & (policy["half_term"] >= 6)]["value"]
    flow = policy[policy["outcome"] == "hours.joint"]["value"]
    assert len(level) == 12
    assert runs["trust.mean"][0] == pytest.approx(level.mean())
    assert runs["hours.joint"][0] == pytest.approx(flow.sum() / 3)


def test_every_outcome_says_its_time_base() -> None:
    assert {outcome.time_base(1) for outcome in OUTCOMES.values()} == {
        "mean over the last year", "sum over the years of policy, divided by them",
    }  # fmt: skip


def test_an_export_has_the_time_base_too(study: Path, tmp_path: Path) -> None:
    export_csv(study, tmp_path)
    table = pd.read_csv(tmp_path / "columns.csv").set_index("name")
    assert table.loc["trust.mean", "time"] == "mean over the last 2 years"
