"""`schoolsim run`: one run, its numbers and its files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.system.simulation import Population, simulate
from tests.cli.conftest import SMALL, Type


def test_a_run_is_the_model_s_own(typed: Type) -> None:
    said = typed("run", *SMALL, "--seed", 5, "--json")
    told = json.loads(said.out)
    scenario = load_config("programmes/beacon").scenario({"setting.schools": 12, "programme.originators": 2})
    run = simulate(scenario, 5, years=1, burn_in_years=0, population=Population(schools=12))
    values = {row["outcome"]: row["value"] for row in told["outcomes"]}
    assert list(values) == list(OUTCOMES)
    for name, value in run.outcomes.items():
        assert values[name] == (None if value != value else value), name


def test_a_programme_with_a_name_is_run_too(typed: Type) -> None:
    levers = '"programme.originators" = 2, "funding.per_partnership" = { 0 = 9000, 1 = 0 }'
    Path("named.toml").write_text(
        f'years = 2\npopulation = {{ schools = 12 }}\n[[programmes]]\nname = "north"\nlevers = {{ {levers} }}\n'
    )
    told = json.loads(typed("run", "named.toml", "--json").out)
    assert told["parameters"]["north/funding.per_partnership"] == "9000.0; 0.0 from year 1"
    values = {row["outcome"]: row["value"] for row in told["outcomes"]}
    assert values["partnerships.active"] > 0
    assert values["pounds.granted"] > 0


def test_a_run_is_printed_with_units(typed: Type) -> None:
    said = typed("run", *SMALL)
    assert said.code == 0, said.err
    assert "One run of 1 year, seed 1" in said.out
    (line,) = [line for line in said.out.splitlines() if line.startswith(" Progress, partner schools ")]
    assert " percentage points " in line
    assert OUTCOMES["progress.partner"].definition in line


def test_names_are_shown_where_they_are_asked_for(typed: Type) -> None:
    without, named = typed("run", *SMALL).out, typed("run", *SMALL, "--names").out
    assert [name for name in OUTCOMES if name in without] == []
    assert [name for name in OUTCOMES if name not in named] == []


def test_a_run_written_can_be_made_again(typed: Type) -> None:
    assert typed("run", *SMALL, "--seed", 5, "--out", "runs").code == 0
    folder = Path("runs/beacon-seed-5")
    series = pd.read_csv(folder / "series.csv")
    assert series.equals(pd.read_parquet(folder / "series.parquet")) or len(series) == 6 * len(OUTCOMES)
    assert list(series.columns) == ["half_term", "outcome", "value"]
    assert set(series["outcome"]) == set(OUTCOMES)
    outcomes = pd.read_csv(folder / "outcomes.csv")
    again = json.loads(typed("run", folder / "config.toml", "--json").out)
    assert [row["value"] for row in again["outcomes"]] == pytest.approx(
        [None if value != value else value for value in outcomes["value"]], rel=1e-12
    )


def test_a_run_of_real_schools(typed: Type, register: Path) -> None:
    said = typed(
        "run", *SMALL, "--schools", register, "--authority", "Hollyshire", "--authority", "Thornshire", "--json"
    )
    assert said.code == 0, said.err
    assert "Schools: 18 schools of Hollyshire, Thornshire." in said.err
    one = typed("run", *SMALL, "--schools", register, "--authority", "Thornshire", "--json")
    assert json.loads(one.out)["outcomes"] != json.loads(said.out)["outcomes"]


def test_a_point_of_a_study_can_be_run(typed: Type) -> None:
    words = ("badging.scope=none", "funding.purse=originator", "market.choice_weight=0.2", "setting.schools=24")
    said = typed("run", "badging_funding", "--years", 1, *[word for text in words for word in ("-p", text)])
    assert said.code == 0, said.err
    assert "averaged over 1 year" in said.err


@pytest.mark.parametrize(("kept", "told"), [(True, False), (False, True)])
def test_the_first_run_of_a_version_says_that_it_compiles(
    typed: Type, monkeypatch: pytest.MonkeyPatch, kept: bool, told: bool
) -> None:
    monkeypatch.setattr("schoolsim.system.compiling.is_compiled", lambda: kept)
    monkeypatch.setattr("schoolsim.system.study_model.compile_once", lambda: None)
    said = typed("run", "programmes/beacon", "-p", "setting.schools=12", "--years", "1")
    assert said.code == 0
    assert ("Compiling the model, once for this version" in said.err) is told
    assert "Compiling" not in said.out
