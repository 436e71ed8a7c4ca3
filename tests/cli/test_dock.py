"""`schoolsim dock`: the table, the file, and the exit code when something is out of tolerance."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from schoolsim.evidence.verification import DOCKS
from schoolsim.evidence.verification.comparison import Row, close
from tests.cli.conftest import Type


def test_docks_are_run_and_told_and_nothing_is_written(typed: Type) -> None:
    said = typed("dock", "degroot", "segregation", "--fast", "--quiet")
    assert said.code == 0
    assert "GS over D" in said.out
    assert "agrees" in said.out
    assert not list(Path.cwd().iterdir())


def test_the_table_goes_to_a_file_when_one_is_named(typed: Type) -> None:
    assert typed("dock", "segregation", "--fast", "--out", "tables/docking.csv").code == 0
    table = pd.read_csv("tables/docking.csv")
    assert set(table["verdict"]) == {"agrees"}
    assert list(table.columns[:2]) == ["dock", "model"]


def test_what_is_out_of_tolerance_ends_with_one(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(settings: object) -> list[Row]:
        return [close("a quantity", 1.0, 2.0, 0.5)]

    monkeypatch.setitem(DOCKS, "segregation", DOCKS["segregation"].__class__(
        "segregation", "wrong on purpose", "nobody", "identity", "nothing", "market", wrong
    ))  # fmt: skip
    said = typed("dock", "segregation", "--fast", "--quiet")
    assert said.code == 1
    assert "differs" in said.out


def test_an_unknown_dock_is_one_clear_message(typed: Type) -> None:
    said = typed("dock", "segregaton")
    assert said.code == 2
    assert 'Did you mean "segregation"?' in said.err
