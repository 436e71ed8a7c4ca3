"""Every cell of the table of coverage is there, and nothing that must be covered is left out."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schoolsim.config import list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = tomllib.loads((ROOT / "docs" / "coverage.toml").read_text(encoding="utf-8"))["rows"]
CONFIGS = {entry.name for entry in list_configs()}
KINDS = ("mechanism", "recommendation", "setting", "programme", "outcome", "invariant")
each_row = pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}-{row['id']}" for row in ROWS])


@cache
def names(path: Path) -> frozenset[str]:
    """Functions, classes and variables at the top of a file."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(found)


def missing(row: dict[str, Any]) -> list[str]:
    """Cells of a row that point at nothing."""
    found = []
    for key, folder in (("code", ROOT / "src" / "schoolsim"), ("test", ROOT / "tests")):
        for cell in row[key]:
            file, _, name = cell.partition(":")
            if not (folder / file).is_file() or name not in names(folder / file):
                found.append(f"{key}: {cell}")
    known = (*REGISTRY, *OUTCOMES, *CONFIGS)
    found += [f"config: {cell}" for cell in row["config"] if cell not in known]
    odd = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    return found + [f"odd: {cell}" for cell in row["odd"] if cell not in odd]


@each_row
def test_every_cell_is_there(row: dict[str, Any]) -> None:
    assert missing(row) == []


@each_row
def test_no_cell_is_empty_that_should_not_be(row: dict[str, Any]) -> None:
    empty = [key for key in ("code", "config", "odd", "test") if not row[key]]
    assert empty == (["config"] if row["kind"] == "invariant" else [])
    assert row["what"] or row["kind"] == "programme"


def test_nothing_is_left_out() -> None:
    ids = {kind: {row["id"] for row in ROWS if row["kind"] == kind} for kind in KINDS}
    assert {row["kind"] for row in ROWS} == set(KINDS)
    assert ids["mechanism"] == set(MECHANISMS)
    assert ids["recommendation"] == {f"R{number}" for number in range(1, 20)}
    assert {f"programmes/{name}" for name in ids["programme"]} == {
        name for name in CONFIGS if name.startswith("programmes/")
    }
    settings = {cell for row in ROWS for cell in row["config"] if cell.startswith("settings/")}
    assert settings == {name for name in CONFIGS if name.startswith("settings/")}


@pytest.mark.parametrize("key", ["code", "config", "odd", "test"])
def test_a_cell_that_points_at_nothing_is_seen(key: str) -> None:
    assert missing({**ROWS[0], key: ["rules/practice.py:nowhere"]}) == [f"{key}: rules/practice.py:nowhere"]
