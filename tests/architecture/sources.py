"""The package as its syntax trees: nothing is imported, so a broken module is still judged."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "schoolsim"
#: Folders inside a room that stand on a storey of their own.
ROOMS_INSIDE = frozenset({"system.state"})


@dataclass(frozen=True)
class Module:
    """One file of the package.

    Args:
        place: Path inside the package, with slashes: `rules/trust.py`.
        text: Its source.
        tree: Its syntax tree.
    """

    place: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree: many rules look at them, and walking takes longer than looking."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> tuple[tuple[ast.stmt | ast.expr, str], ...]:
        """Each import, wherever it stands, as (node, absolute dotted name); see `imports`."""
        return tuple(_imports(self))

    @property
    def room(self) -> str:
        """The folder or file directly under the package, or a room inside one; empty for the package's own face."""
        return room_of(self.place.removesuffix(".py").split("/"))

    @property
    def folder(self) -> str:
        """Dotted name of the package this file is in: what one leading dot means in it."""
        return ".".join([PACKAGE, *self.place.split("/")[:-1]])

    def at(self, node: ast.AST, message: str) -> str:
        """A finding: where, and what is wrong there."""
        return f"{self.place}:{getattr(node, 'lineno', 1)}: {message}"


def room_of(parts: Sequence[str]) -> str:
    """The room of a path or dotted name inside the package, given as its parts."""
    first = parts[0] if parts else ""
    inside = ".".join(parts[:2])
    return "" if first in {"__init__", "__main__"} else inside if inside in ROOMS_INSIDE else first


def read_package(folder: Path) -> list[Module]:
    """Every Python file under `folder`, parsed, in the order of their paths."""
    modules = []
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        place = file.relative_to(folder).as_posix()
        modules.append(Module(place, text, ast.parse(text, place)))
    return modules


def imports(module: Module) -> Iterable[tuple[ast.stmt | ast.expr, str]]:
    """Each import of `module`, wherever it stands, as (node, absolute dotted name).

    `from x import y` gives `x.y`: whether y is a module or a name in one, the start says whose.
    A module named as text, `import_module("x.y")`, is an import like any other.
    """
    return module.imports


def _imports(module: Module) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node)
            for alias in node.names:
                yield node, f"{source}.{alias.name}"
        elif isinstance(node, ast.Call) and (name := _named_as_text(node)):
            yield node, name


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    base = module.folder.split(".")
    base = base[: len(base) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def _named_as_text(call: ast.Call) -> str:
    function = call.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called not in {"import_module", "__import__"} or not call.args:
        return ""
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
