"""`schoolsim evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SERIAL, Type

DESIGN = """\
title = "Small"
base = "programmes/beacon"
years = 1
replications = 4

[levers]
"programme.originators" = 2
"programme.partners_each" = 1

[constants]
"setting.schools" = 12

[evaluation]
treated = "authorities"
authorities = [4]
samples = 20
"""

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_a_design_is_evaluated_and_drawn(typed: Type) -> None:
    Path("small.toml").write_text(DESIGN, encoding="utf-8")
    said = typed("evaluate", "small.toml", *SERIAL)
    assert said.code == 0, said.err
    assert "The design: whole authorities treated by lot; published results; difference in differences." in said.out
    assert "false alarms" in said.out
    folder = Path("results/small_evaluation")
    names = {path.name for path in folder.iterdir()}
    assert {"evaluation.csv", "samples.csv", "design.toml", "power.png", "power.svg", "power.txt"} <= names
    again = json.loads(typed("evaluate", "small.toml", "--json", *SERIAL).out)
    assert again["answer"][0].startswith("The design: ")
    assert len(again["table"]) == 1


def test_a_mistake_names_the_line(typed: Type) -> None:
    Path("small.toml").write_text(DESIGN.replace("[4]", "[4, 9]"), encoding="utf-8")
    said = typed("evaluate", "small.toml")
    assert said.code == 2
    assert "small.toml:15: [evaluation] authorities: up to 9 are drawn from 4" in said.err


def test_a_study_without_a_design_says_where_designs_are(typed: Type) -> None:
    said = typed("evaluate", "badging_funding", *SERIAL)
    assert said.code == 2
    assert "schoolsim list evaluations" in said.err
