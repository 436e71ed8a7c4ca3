"""`schoolsim list`: what there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS
from tests.cli.conftest import Type


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
