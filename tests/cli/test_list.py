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
        (
            "figures",
            [
                "adoption",
                "boxes",
                "contrast",
                "convergence",
                "distribution",
                "dose",
                "effects",
                "funnel",
                "interaction",
                "pareto",
                "plane",
                "ranking",
                "regret",
                "sensitivity",
                "series",
                "uses",
            ],
        ),
        ("programmes", ["programmes/beacon", "programmes/no_programme"]),
        ("settings", ["settings/high_competition", "settings/low_competition"]),
        ("studies", ["studies/badging_funding"]),
        ("evaluations", ["evaluations/authorities_by_lot"]),
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


def test_words_after_the_kind_choose(typed: Type) -> None:
    brokers = json.loads(typed("list", "levers", "brokers", "--json").out)
    names = {row["name"] for row in brokers}
    assert {"broker.number", "broker.mapping", "internal_broker.share"} <= names
    assert "badging.scope" not in names
    fewer = json.loads(typed("list", "levers", "brokers", "judge", "--json").out)
    assert [row["name"] for row in fewer] == ["broker.judges"]
    assert "studies/recommendations/R09" in typed("list", "studies", "money").out
    assert "M19" in typed("list", "mechanisms", "badges").out


@pytest.mark.parametrize("kind", ["levers", "uncertainties", "outcomes"])
def test_labels_are_listed_and_can_be_looked_for(kind: str, typed: Type) -> None:
    rows = json.loads(typed("list", kind, "--json").out)
    assert all(row["label"] for row in rows)
    out = typed("list", kind).out
    assert all(row["label"] in out and row["name"] in out for row in rows)
    assert "/" not in "".join(row["unit in words"] for row in rows)
    label = rows[-1]["label"]
    assert label in typed("list", kind, *label.replace("'", " ").split()).out
