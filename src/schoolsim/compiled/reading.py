"""A pass of the compiler: `schools.tone[school]` is compiled as the field of one row.

Numba takes it literally, builds a view of the whole column for every such place, and throws it away again: a tenth of
compiling. Read as `schools[school].tone` it is one address. The source stays as it is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from numba.core import ir, types
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.ir_utils import get_definition, guard


def _is_group(kind: object) -> bool:
    return isinstance(kind, types.Array) and isinstance(kind.dtype, types.Record) and kind.ndim == 1


@register_pass(mutates_CFG=False, analysis_only=False)
class ReadRows(FunctionPass):  # type: ignore[misc]
    """Rewrite a column's element as a row's field, where the column is an argument's and used for nothing else."""

    _name = "read_rows"

    def __init__(self) -> None:
        """As Numba's passes are made."""
        FunctionPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Rewrite a function; returns whether anything changed."""
        func_ir = state.func_ir
        kinds = dict(zip(func_ir.arg_names, state.args, strict=True))
        groups = {name for name, kind in kinds.items() if _is_group(kind) and len(func_ir._definitions[name]) == 1}
        if not groups:
            return False
        uses = Counter(
            var.name for block in func_ir.blocks.values() for statement in block.body for var in statement.list_vars()
        )
        return any([_rewrite(func_ir, block, groups, uses) for block in func_ir.blocks.values()])


def _element(func_ir: ir.FunctionIR, statement: ir.Stmt) -> tuple[str, ir.Var, ir.Var | None] | None:
    """Of a statement that reads or writes an element: of what, which row, and which place in the row if it has many."""
    value = statement.value if isinstance(statement, ir.Assign) else None
    if isinstance(value, ir.Expr) and value.op in ("getitem", "static_getitem"):
        of, index = value.value.name, value.index if value.op == "getitem" else value.index_var
    elif isinstance(statement, ir.SetItem | ir.StaticSetItem):
        of = statement.target.name
        index = statement.index if isinstance(statement, ir.SetItem) else statement.index_var
    else:
        return None
    made = guard(get_definition, func_ir, index)
    if isinstance(made, ir.Expr) and made.op == "build_tuple":
        if len(made.items) != 2 or any(_is_slice(func_ir, item) for item in made.items):
            return None
        return of, made.items[0], made.items[1]
    return None if index is None or _is_slice(func_ir, index) else (of, index, None)


def _is_slice(func_ir: ir.FunctionIR, index: ir.Var) -> bool:
    made = guard(get_definition, func_ir, index)
    if isinstance(made, ir.Expr) and made.op == "call":
        called = guard(get_definition, func_ir, made.func)
        return isinstance(called, ir.Global) and called.value is slice
    return isinstance(made, ir.Const) and isinstance(made.value, slice)


def _rewrite(func_ir: ir.FunctionIR, block: ir.Block, groups: set[str], uses: Counter[str]) -> bool:
    columns = {
        statement.target.name: statement
        for statement in block.find_insts(ir.Assign)
        if isinstance(statement.value, ir.Expr) and statement.value.op == "getattr"
        and statement.value.value.name in groups and statement.value.attr not in ("shape", "size", "ndim")
    }  # fmt: skip
    elements = {id(statement): _element(func_ir, statement) for statement in block.body}
    used = Counter(element[0] for element in elements.values() if element is not None)
    columns = {name: made for name, made in columns.items() if used[name] == uses[name] - 1}
    rows: dict[tuple[str, str], ir.Var] = {}
    body: list[ir.Stmt] = []
    for statement in block.body:
        element = elements[id(statement)]
        if isinstance(statement, ir.Assign) and columns.get(statement.target.name) is statement:
            continue
        if element is None or element[0] not in columns:
            body.append(statement)
            continue
        column = columns[element[0]]
        body += _as_field(func_ir, statement, column, element[1], element[2], rows)
    block.body = body
    return bool(columns)


def _as_field(
    func_ir: ir.FunctionIR, statement: ir.Stmt, column: ir.Assign, index: ir.Var, place: ir.Var | None,
    rows: dict[tuple[str, str], ir.Var],
) -> list[ir.Stmt]:  # fmt: skip
    """The statements that stand for one that reads or writes an element of a column."""
    made: list[ir.Stmt] = []
    loc, field = statement.loc, column.value.attr

    def named(expression: ir.Expr, target: ir.Var | None = None) -> ir.Var:
        target = target or column.target.scope.make_temp(loc)
        func_ir._definitions[target.name] = [expression]
        made.append(ir.Assign(expression, target, loc))
        return target

    # What is added to a column's element is read and written through one row.
    key = (column.target.name, index.name)
    if key not in rows:
        rows[key] = named(ir.Expr.getitem(column.value.value, index, loc))
    row = rows[key]
    if isinstance(statement, ir.Assign):
        if place is None:
            named(ir.Expr.getattr(row, field, loc), statement.target)
        else:
            named(ir.Expr.getitem(named(ir.Expr.getattr(row, field, loc)), place, loc), statement.target)
    elif place is None:
        made.append(ir.SetAttr(row, field, statement.value, loc))
    else:
        made.append(ir.SetItem(named(ir.Expr.getattr(row, field, loc)), place, statement.value, loc))
    return made
