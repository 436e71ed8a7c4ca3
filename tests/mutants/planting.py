"""The faults that can be planted in a source file, each by its place in the syntax tree.

Left out by construction is what cannot matter: text, types and annotations; numbers that only name a draw; two
arguments of a function to which their order is nothing; and `<` against `<=` where a drawn number is compared.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

#: Functions to which the order of these arguments is nothing.
SYMMETRIC = frozenset(
    "max min _swap _swap_rows swap_posts miles_between uid_of_pair difference find_tie rivalry_between "
    "context_distance".split()
)
#: What functions are handed on: the state, its groups, and the like. Swapped with a row they would break at once.
HANDED_ON = frozenset(
    "state p clock seed step schools teachers ties friends partnerships networks brokers practices knowledge "
    "authorities ledger market repertoires".split()
)

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One planted fault.

    Args:
        file: The source file, relative to the package.
        line: Of the original.
        function: In which it is; "" outside functions.
        kind: What was done.
        before: The expression or statement as it was.
        after: What it became.
        number: Which of the file's mutants.
    """

    file: Path
    line: int
    function: str
    kind: str
    before: str
    after: str
    number: int

    def __str__(self) -> str:
        """File, line, function, and what became what."""
        return f"{self.file.as_posix()}:{self.line} {self.function}: {self.kind}: `{self.before}` -> `{self.after}`"


def mutants_of(file: Path, source: str) -> Iterator[Mutant]:
    """Every fault that can be planted in a file.

    Args:
        file: What to call it, relative to the package.
        source: Its text.
    """
    for number, (function, kind, _, node, changed) in enumerate(_faults(ast.parse(source))):
        yield Mutant(file, node.lineno, function, kind, _said(node), _said(changed), number)


def planted(mutant: Mutant, source: str) -> str:
    """The source of the mutant's file with the fault in it."""
    tree = ast.parse(source)
    _, _, (parent, field, place), _, changed = next(islice(_faults(tree), mutant.number, None))
    if place is None:
        setattr(parent, field, changed)
    else:
        getattr(parent, field)[place] = changed
    return ast.unparse(tree)


def _said(node: ast.AST) -> str:
    """An expression or statement in one line: of an `if`, what it asks."""
    return ast.unparse(node).split("\n", 1)[0]


Node = ast.expr | ast.stmt
Held = tuple[ast.AST, str, int | None]


def _faults(tree: ast.Module) -> Iterator[tuple[str, str, Held, Node, Node]]:
    """Function, kind, where the node is held, the node, and what takes its place."""
    names_of_draws = _names_of_draws(tree)
    for function, held, node in _places(tree):
        parent = held[0]
        if function == "" and isinstance(parent, ast.Assign | ast.Tuple) and _assigned(parent, tree) & names_of_draws:
            continue
        for kind, changed in _changes(node, parent):
            yield function, kind, held, node, changed


#: Fields that hold types, names and what is done before the model runs.
_SKIPPED = frozenset("annotation returns decorator_list type_params type_comment ctx names keywords".split())


def _places(node: ast.AST, function: str = "") -> Iterator[tuple[str, Held, Node]]:
    """Each expression and statement: the function it is in, and where its parent holds it."""
    if _is_draw(node) or isinstance(node, ast.Raise | ast.Assert) or _is_for_types(node):
        return
    if isinstance(node, ast.FunctionDef):
        function = node.name
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED and not (field == "keywords" and isinstance(node, ast.Call)):
            continue
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, Node) and not _is_for_types(child):
                yield function, (node, field, place), child
            if isinstance(child, ast.AST):
                yield from _places(child, function)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_draw(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "draws"
    )


def _names_of_draws(tree: ast.Module) -> set[str]:
    calls = [node for node in ast.walk(tree) if _is_draw(node)]
    return {part.id for call in calls for part in ast.walk(call) if isinstance(part, ast.Name) and part.id.isupper()}


def _assigned(node: ast.Assign | ast.Tuple, tree: ast.Module) -> set[str]:
    """Names that a statement of the module gives a value, or the statement in which a tuple of values stands."""
    found = [one for one in tree.body if isinstance(one, ast.Assign) and node in (one, one.value)]
    targets = [target for one in found for target in one.targets]
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def _changes(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, Node]]:
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BoolOp):
        yield "and, or", _like(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _ARITHMETIC:
        yield "arithmetic", _like(node, op=_ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "negation lost", node.operand
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "constant", ast.Constant(node.value + 1 if type(node.value) is int else 1.5 * node.value or 1.0)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    if isinstance(node, ast.If):
        yield "negated", _like(node, test=ast.UnaryOp(ast.Not(), node.test), body=node.body, orelse=node.orelse)
    if isinstance(node, ast.IfExp):
        yield "negated", _like(node, body=node.orelse, orelse=node.body)
    if _may_go(node) and isinstance(parent, ast.stmt | ast.Module):
        yield "deleted", ast.Pass()


def _like(node: ast.AST, **fields: object) -> Node:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed  # type: ignore[return-value]


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    drawn = any(
        _is_draw(part) or (isinstance(part, ast.Name) and part.id in ("luck", "draw", "chance", "best"))
        for part in ast.walk(node)
    )
    for place, operator in enumerate(node.ops):
        for other in _COMPARISONS.get(type(operator), ())[: 1 if drawn else None]:
            operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield "comparison", _like(node, ops=operators)  # type: ignore[misc]


def _called(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Two neighbouring arguments of one kind swapped; a range one short."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name == "range":
        last = len(node.args) - 1 if len(node.args) < 3 else 1
        short = ast.BinOp(node.args[last], ast.Sub(), ast.Constant(1))
        yield "off by one", _like(node, args=[*node.args[:last], short, *node.args[last + 1 :]])  # type: ignore[misc]
    if name in SYMMETRIC or _is_draw(node):
        return
    for place in range(len(node.args) - 1):
        one, other = node.args[place : place + 2]
        plain = isinstance(one, ast.Name | ast.Attribute | ast.Subscript) and type(one) is type(other)
        handed_on = {getattr(one, "id", ""), getattr(other, "id", "")} & HANDED_ON
        if plain and not handed_on and ast.dump(one) != ast.dump(other):
            yield "swapped", _like(node, args=[*node.args[:place], other, one, *node.args[place + 2 :]])  # type: ignore[misc]


def _may_go(node: ast.AST) -> bool:
    """Whether a statement can be left out without naming what is not there."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Subscript | ast.Attribute) for target in node.targets)
    return isinstance(node, ast.AugAssign | ast.Continue)
