"""`schoolsim validate` as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Type

PATTERN = """id = "P98"
title = "More hours are spent where there are more"
seed = "Nobody 2001"
section = "3"
statement = "Nothing happens without hours."
varies = "hours"
kind = "built in"
use = "calibration"
off = { "time.formal_hours" = 6.0 }
replications = 30
fast = 10
years = 1
burn_in_years = 0

[setting]
"setting.schools" = 12
"programme.originators" = 3
"programme.partners_each" = 1

[cells.few]
"time.formal_hours" = 1.0
[cells.many]
"time.formal_hours" = 12.0

[[claims]]
says = "hours of joint work"
terms = [[1, "many", "hours.joint@1"], [-1, "few", "hours.joint@1"]]
expect = "+"
"""


def test_a_pattern_of_ones_own_is_scored_with_its_ablation(typed: Type) -> None:
    Path("configs/patterns").mkdir(parents=True)
    Path("configs/patterns/P98.toml").write_text(PATTERN)
    words = ("validate", "--pattern", "P98", "--fast", "--defaults", "--quiet", "--executor", "serial")
    said = typed(*words, "--out", "scores.csv")
    assert said.code == 0
    assert "calibration: 1 patterns: 1 appears. 1 of their 1 claims appear." in said.out
    table = pd.read_csv("scores.csv")
    assert table["verdict"].tolist() == ["appears", "absent"]
    assert table["ablation"].tolist()[0] == "removed"
    assert (Path("results/evidence/patterns/fast/P98")).is_dir()


def test_a_folder_that_cannot_be_is_told_before_anything_else(typed: Type) -> None:
    said = typed("validate", "--fast", "--defaults", "--results", "/dev/zero")
    assert said.code == 2
    assert said.err.startswith("Error: /dev/zero")


def test_an_unknown_pattern_is_one_clear_message(typed: Type) -> None:
    said = typed("validate", "--pattern", "P7")
    assert said.code == 2
    assert 'there is no pattern "P7". Did you mean "P07"?' in said.err


@pytest.mark.slow
def test_a_row_is_read_from_the_command_line(typed: Type) -> None:
    said = typed("validate", "--plausible", "--row", "F7", "--fast", "--json", "--workers", 1, "--quiet")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert {line["row"] for line in told} == {"F7"}
    assert all(line["verdict"] in ("plausible", "strained", "absurd") for line in told)


def test_a_row_without_the_word_for_it_is_a_mistake(typed: Type) -> None:
    said = typed("validate", "--row", "F7")
    assert said.code == 2
    assert "--plausible" in said.err
