"""A purpose has one number and one use of each key; nobody draws for a purpose that has no name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from schoolsim import draws

PACKAGE = Path(draws.__file__).parent
DRAWING = ("uniform", "normal", "draw_bits", "bits_plainly", "_bits")
PURPOSES = {name: value for name, value in vars(draws).items() if name.isupper() and not name.startswith("_")}


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the package that may draw, by its place: one that draws must name `draws`."""
    texts = {
        file: file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.py")) if file.name != "draws.py"
    }
    return {str(file.relative_to(PACKAGE)): ast.parse(text) for file, text in texts.items() if "draws" in text}


def named(node: ast.AST, imported: set[str]) -> str | None:
    """The name in `draws` that an expression stands for: `draws.uniform`, or `uniform` where it is imported."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "draws":
        return node.attr
    return node.id if isinstance(node, ast.Name) and node.id in imported else None


def imported_from_draws(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "schoolsim.draws"
        for alias in node.names
    }


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of what draws."""
    imported = imported_from_draws(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and named(node.func, imported) in DRAWING:
            yield node


def faults(place: str, tree: ast.Module) -> list[str]:
    """Draws whose purpose is not one of the names of `draws`, or whose key is not five numbers."""
    found, imported = [], imported_from_draws(tree)
    for call in calls(tree):
        where = f"{place}:{call.lineno}"
        if len(call.args) != 5 or call.keywords:
            found.append(f"{where}: a draw has five arguments, by place")
            continue
        if named(call.args[1], imported) not in PURPOSES:
            found.append(f"{where}: {ast.unparse(call.args[1])} is no purpose of draws")
    return found


def test_every_draw_has_a_named_purpose() -> None:
    assert [fault for place, tree in sources().items() for fault in faults(place, tree)] == []


def test_there_are_draws_to_look_at() -> None:
    assert sum(len(list(calls(tree))) for tree in sources().values()) > 50


@pytest.mark.parametrize(
    "source",
    [
        "draws.uniform(seed, 20, step, uid, 0)",
        "draws.uniform(seed, purpose, step, uid, 0)",
        "draws.normal(seed, draws.NEEDS, step, uid, 0)",
        "draws.uniform(seed, draws.NEED + 1, step, uid, 0)",
        "draws.uniform(seed, draws.NEED, step, uid)",
        "draws.uniform(seed, draws.NEED, step, uid, attempt=0)",
        "from schoolsim.draws import uniform\nuniform(seed, 20, step, uid, 0)",
    ],
)
def test_a_draw_without_one_is_seen(source: str) -> None:
    assert len(faults("made_up.py", ast.parse(source))) == 1


def test_purposes_are_different_numbers() -> None:
    assert all(isinstance(value, int) and 0 < value < 2**31 for value in PURPOSES.values())
    assert len(set(PURPOSES.values())) == len(PURPOSES)


def test_every_purpose_is_used() -> None:
    """A number kept for nobody looks as if it were somebody's."""
    used = set()
    for tree in sources().values():
        imported = imported_from_draws(tree)
        used |= {named(node, imported) for node in ast.walk(tree)}
    assert set(PURPOSES) - used == set()
