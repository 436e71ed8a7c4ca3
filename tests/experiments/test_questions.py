"""Each experiment asks a question of its own, and answers it: run on small studies."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from schoolsim import Study, StudyResult

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
SMALL = {"replications": 4, "burn_in_years": 0, "population": {"schools": 16}}

ANSWERS: dict[str, list[str]] = {
    "badging_funding": ["Under low competition", "Does competition change what a badge does?"],
    "rural_brokers": ["Is it more in the country?", "for each broker: "],
    "what_money_pays_for": ["Purse bid: ", "Purse originator: ", "hours of joint work", "And what do partners gain?"],
    "how_long_to_fund": [
        "1 x £30,000 a year: ",
        "8 x £3,750 a year: ",
        "in year 10.",
        "Most is left where the money came ",
    ],
}
"""What must stand in the answer of each."""


def loaded(name: str) -> ModuleType:
    """An experiment, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(f"experiment_{name}", EXPERIMENTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def small(study: str, folder: Path, **others: object) -> StudyResult:
    return Study(study, **SMALL, **others).run(1, out=folder, executor="serial", progress=False)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == "rural_brokers" else [pytest.mark.slow]) for name in ANSWERS]
)
def test_an_experiment_answers_its_question(name: str, tmp_path: Path) -> None:
    script = loaded(name)
    assert script.STUDY == name
    years = {} if name == "how_long_to_fund" else {"years": 2}
    answer = "\n".join(script.answer(small(script.STUDY, tmp_path / name, **years)))
    assert [part for part in ANSWERS[name] if part not in answer] == []
    assert "nan" not in answer.lower().split()


@pytest.mark.slow
def test_recommendations_are_held_against_what_was_expected(tmp_path: Path) -> None:
    script = loaded("recommendations")
    assert len(script.names()) == 19
    assert script.names(["R05"]) == ["studies/recommendations/R05"]
    result = small("studies/recommendations/R05", tmp_path / "R05", years=2)
    first, *expected, last = script.answer([result])
    assert first == "Recommendation 5: mapping relationships"
    assert len(expected) == len(result.config.expects) == 2
    assert all("Expected: " in line and "Found: " in line for line in expected)
    assert last.startswith("Of 2 expectations, ")


def test_no_experiment_is_a_copy_of_another() -> None:
    """Beyond what every script begins and ends with, they have few lines in common."""
    lines = {
        name: {line.strip() for line in (EXPERIMENTS / f"{name}.py").read_text(encoding="utf-8").splitlines()}
        for name in (*ANSWERS, "recommendations")
    }
    for name, own in lines.items():
        others = set().union(*(theirs for other, theirs in lines.items() if other != name))
        assert len(own - others) > len(own) / 2, name
