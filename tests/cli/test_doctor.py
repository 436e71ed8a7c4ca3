"""`schoolsim doctor`: what is found of the installation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Type


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
