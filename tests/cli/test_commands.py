"""One run, what can be looked up, and how the program ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.cli import errors
from schoolsim.cli.output import number, plain
from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.system.simulation import Population, simulate
from tests.cli.conftest import Type

SMALL = ("programmes/beacon", "--years", 1, "-p", "setting.schools=12", "-p", "programme.originators=2")


def test_a_run_is_the_model_s_own(typed: Type) -> None:
    said = typed("run", *SMALL, "--seed", 5, "--json")
    told = json.loads(said.out)
    scenario = load_config("programmes/beacon").scenario({"setting.schools": 12, "programme.originators": 2})
    run = simulate(scenario, 5, years=1, burn_in_years=0, population=Population(schools=12))
    values = {row["outcome"]: row["value"] for row in told["outcomes"]}
    assert list(values) == list(OUTCOMES)
    for name, value in run.outcomes.items():
        assert values[name] == (None if value != value else value), name


def test_what_is_no_number_is_null_in_json() -> None:
    given = {"a": float("nan"), "b": np.float64("inf"), "c": (np.int32(3), Path("x"), True), "d": 0.0}
    assert plain(given) == {"a": None, "b": None, "c": [3, "x", True], "d": 0.0}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (float("nan"), "–"),
        (-0.00676512, "−0.006765"),
        (63666.7, "63,667"),
        (16.874, "16.87"),
        (2e-9, "2e-09"),
    ],
)
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert number(value) == text


def test_a_run_is_printed_with_units(typed: Type) -> None:
    said = typed("run", *SMALL)
    assert said.code == 0, said.err
    assert "One run of 1 year, seed 1" in said.out
    (line,) = [line for line in said.out.splitlines() if line.startswith(" progress.partner ")]
    assert " pp " in line
    assert OUTCOMES["progress.partner"].definition in line


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


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("parameters", list(REGISTRY)),
        ("levers", [name for name, spec in REGISTRY.items() if spec.role == "lever"]),
        ("uncertainties", [name for name, spec in REGISTRY.items() if spec.role == "uncertainty"]),
        ("constants", [name for name, spec in REGISTRY.items() if spec.role == "constant"]),
        ("mechanisms", list(MECHANISMS)),
        ("outcomes", list(OUTCOMES)),
        ("figures", ["contrast", "series"]),
        ("programmes", ["programmes/beacon", "programmes/no_programme"]),
        ("settings", ["settings/high_competition", "settings/low_competition"]),
        ("studies", ["studies/badging_funding"]),
        ("populations", []),
    ],
)
def test_lists(kind: str, names: list[str], typed: Type) -> None:
    rows = json.loads(typed("list", kind, "--json").out)
    listed = [next(iter(row.values())) for row in rows]
    if "/" in "".join(names):
        assert set(names) <= set(listed)  # a catalogue grows
    else:
        assert listed[: len(names)] == names
    said = typed("list", kind)
    assert said.code == 0
    assert all(name in said.out for name in names)


def test_a_list_of_lists_counts_them(typed: Type) -> None:
    numbers = {row["kind"]: row["number"] for row in json.loads(typed("list", "--json").out)}
    assert numbers["parameters"] == len(REGISTRY)
    assert "parameters" in typed("list").out


def test_a_broken_config_is_listed_with_its_problem(typed: Type, elsewhere: Path) -> None:
    (elsewhere / "configs" / "studies").mkdir(parents=True)
    (elsewhere / "configs" / "studies" / "broken.toml").write_text("years 3\n")
    assert "cannot be read" in typed("list", "studies").out
    said = typed("doctor", "--json")
    assert said.code == 1
    assert {row["check"]: row["state"] for row in json.loads(said.out)}["configs"] == "bad"


@pytest.mark.parametrize("name", list(REGISTRY)[::40])
def test_a_parameter_is_shown_with_all_that_is_known_of_it(name: str, typed: Type) -> None:
    spec = REGISTRY[name]
    said = typed("show", name)
    assert said.code == 0, said.err
    for part in (spec.a_role, spec.meaning, spec.allowed, spec.unit, spec.source, spec.grade, *spec.mechanisms):
        assert part in said.out
    assert json.loads(typed("show", name, "--json").out)["meaning"] == spec.meaning


def test_what_show_says_to_type_is_understood(typed: Type) -> None:
    for name in ("badging.scope", "funding.years", "programme.imposed", "market.choice_weight"):
        words = json.loads(typed("show", name, "--json").out)["set it with"].split()
        assert typed("run", *SMALL, *words, "--json").code == 0


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("M19", "badging.gap = 0.0"),
        ("badging", "M19: a mechanism"),
        ("progress.neediest", "the third of schools"),
        ("contrast", "a kind of figure"),
        ("programmes/beacon", "programme.originators"),
        ("beacon", "programmes/beacon:"),
    ],
)
def test_other_names_are_shown(name: str, part: str, typed: Type) -> None:
    assert part in typed("show", name).out
    assert json.loads(typed("show", name, "--json").out)["is"]


def test_every_grade_is_put_into_words() -> None:
    from schoolsim.cli.commands.show import GRADES as WORDS
    from schoolsim.parameters.declare import GRADES

    assert set(WORDS) == set(GRADES)


def test_cite(typed: Type) -> None:
    assert "Version" in typed("cite").out
    said = typed("cite", "badging_funding")
    assert "Times Educational Supplement, 2003" in said.out
    assert "RR615" in said.out
    told = json.loads(typed("cite", "badging_funding", "--json").out)
    named = {row["name"] for row in told["parameters"]}
    assert {"badging.scope", "market.choice_weight", "programme.originators"} <= named
    assert "trust.meeting" not in named
    assert any("Miller" in work for work in told["works behind the rest"])
    typed_off = typed("cite", "peer_review_triads")
    assert "Mishwood1" in typed_off.out
    assert typed("cite", "--bibtex").out.startswith("@software{schoolsim,")


def test_a_file_of_schools_is_summarised(typed: Type, register: Path) -> None:
    said = typed("schools", register)
    assert said.code == 0, said.err
    assert "18 schools of 2 authorities: Hollyshire, Thornshire" in said.out
    assert "not open" in said.out or "closed" in said.out.lower()
    told = json.loads(typed("schools", register, "--authority", "Hollyshire", "--json").out)
    assert told["summary"]["all"]["schools"] == 4
    wrong = typed("schools", register, "--authority", "Thornshir")
    assert wrong.code == 2
    assert 'Did you mean "Thornshire"?' in wrong.err


def test_the_doctor_looks_at_everything(typed: Type) -> None:
    said = typed("doctor", "--json")
    states = {row["check"]: row["state"] for row in json.loads(said.out)}
    assert said.code == 0
    assert {"python", "packages", "cache", "compiler", "processors", "threads", "configs"} <= set(states)


def test_the_doctor_finds_a_cache_that_cannot_be_written(
    typed: Type, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "file").write_text("")
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", str(elsewhere / "file" / "cache"))
    said = typed("doctor")
    assert said.code == 1
    assert "cannot be written" in said.out


def test_a_fault_of_ours_is_one_line_and_another_code(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[object]:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("schoolsim.parameters.table.parameter_rows", broken)
    said = typed("list", "levers")
    assert (said.code, said.out) == (errors.FAULT, "")
    assert "ZeroDivisionError: by nought" in said.err
    assert "schoolsim --debug" in said.err
    assert said.err.count("\n") == 1
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        typed("--debug", "list", "levers")


def test_the_module_is_the_program(repository: Path) -> None:
    command = [sys.executable, "-m", "schoolsim", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository / "src", check=True)
    assert done.stdout.startswith("schoolsim ")


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
