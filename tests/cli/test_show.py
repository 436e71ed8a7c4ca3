"""`schoolsim show`: what a name stands for."""

from __future__ import annotations

import json

import pytest

from schoolsim.parameters import REGISTRY
from tests.cli.conftest import SMALL, Type


@pytest.mark.parametrize("name", list(REGISTRY)[::40])
def test_a_parameter_is_shown_with_all_that_is_known_of_it(name: str, typed: Type) -> None:
    spec = REGISTRY[name]
    said = typed("show", name)
    assert said.code == 0, said.err
    for part in (spec.a_role, spec.meaning, spec.allowed, spec.unit, spec.source, spec.grade, *spec.mechanisms):
        assert part in said.out
    told = json.loads(typed("show", name, "--json").out)
    assert told["meaning"] == spec.meaning
    if spec.role != "constant":
        assert set(told["levels"]) == ({"true", "false"} if spec.kind == "flag" else {*spec.options})


def test_what_show_says_to_type_is_understood(typed: Type) -> None:
    for name in ("badging.scope", "funding.years", "programme.imposed", "market.choice_weight"):
        words = json.loads(typed("show", name, "--json").out)["set it with"].split()
        assert typed("run", *SMALL, *words, "--json").code == 0


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("M19", "badging.gap = 0.0"),
        ("badging", "M19: a mechanism"),
        ("badging.scope", "Who carries the badge (badging.scope): a lever"),
        ("badging.scope", "collective = a badge on the whole partnership"),
        ("hours.joint", "hours a year"),
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
