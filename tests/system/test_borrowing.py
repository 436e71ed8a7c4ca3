"""Functions that make no array count no references; those that do lose none and keep none too long."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numba.core import ir, types
from numba.core.compiler import Flags, run_frontend
from numba.core.registry import cpu_target
from numba.core.runtime import _nrt_python, rtsys
from schoolsim.compiled import compiled, remembering
from schoolsim.compiled.remembering import _alike, _resolve, _variables, ours

ROWS = np.dtype([("uid", "i8"), ("tone", "f8"), ("axes", "f8", (3,))])


def rows() -> np.ndarray:
    made = np.zeros(5, dtype=ROWS)
    made["tone"], made["axes"] = np.arange(5.0), np.arange(15.0).reshape(5, 3)
    return made


@compiled
def looks(group: np.ndarray, row: int) -> float:
    """Looks into columns, rows and cells, and hands columns on."""
    total = 0.0
    for one in range(group.shape[0]):
        column = group.tone if one % 2 else group.axes[:, 1]
        total += column[one] + group.axes[row][2]
        group.tone[one] += 1.0
    group.axes[row, :] = 7.0
    return total


@compiled
def column_of(group: np.ndarray) -> np.ndarray:
    return group.tone


@compiled
def made(size: int) -> np.ndarray:
    return np.full(size, 2.0)


@compiled
def uses(group: np.ndarray) -> float:
    """Makes arrays, receives them from others, and copies one into another."""
    own = made(group.shape[0])
    total = np.sum(own) + np.sum(column_of(group)) + looks(group, 1)
    own[:] = group.tone
    group.tone[:] = own * 2.0
    for _ in range(3):
        own = made(group.shape[0])
        total += own[0]
    return total


@compiled
def receives(size: int) -> float:
    """Is given an array that nobody else holds, and so has to let it go."""
    return made(size)[0]


@compiled
def picks(group: np.ndarray, places: np.ndarray) -> float:
    """Picks rows by their places, which copies them."""
    return group.tone[places][0]


@compiled
def sums(group: np.ndarray) -> float:
    """Lets NumPy look at a column."""
    return np.sum(group.tone)


def counts(function: Callable[..., Any], *arguments: object) -> bool:
    """Whether the machine code counts references."""
    function(*arguments)
    (code,) = function.inspect_llvm().values()  # type: ignore[attr-defined]
    body = [line for line in code.splitlines() if "call" in line or "atomicrmw" in line]
    return any("NRT_incref" in line or "NRT_decref" in line or "atomicrmw" in line for line in body)


def test_only_what_may_own_an_array_counts() -> None:
    assert not counts(looks, rows(), 1)
    assert not counts(sums, rows())
    assert counts(column_of, rows())
    assert counts(uses, rows())
    assert counts(receives, 3)
    assert counts(picks, rows(), np.array([2, 1]))


def test_what_is_made_is_given_back() -> None:
    """Neither leaks nor frees what its caller holds, over many calls."""
    group = rows()
    uses(group), looks(group, 1), column_of(group), sums(group), receives(3), picks(group, np.array([2, 1]))
    _nrt_python.memsys_enable_stats()
    try:
        held, before = sys.getrefcount(group), rtsys.get_allocation_stats()
        for _ in range(50):
            uses(group), looks(group, 1), sums(group), receives(3), picks(group, np.array([2, 1]))
        after = rtsys.get_allocation_stats()
    finally:
        _nrt_python.memsys_disable_stats()
    assert after.alloc - before.alloc == after.free - before.free >= 300
    assert sys.getrefcount(group) == held


def test_what_is_returned_outlives_the_call() -> None:
    group = rows()
    column = column_of(group)
    del group
    other = [np.full(5, -1.0) for _ in range(50)]
    assert column.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert made(3).tolist() == [2.0, 2.0, 2.0]
    assert len(other) == 50


def test_it_does_what_it_did_uncompiled() -> None:
    one, two = rows(), rows().view(np.recarray)
    assert uses(one) == uses.py_func(two)  # type: ignore[attr-defined]
    assert one.tobytes() == two.tobytes()


def test_settings_are_alike_where_all_their_values_are() -> None:
    plain, same, other = Flags(), Flags(), Flags()
    same.nrt = plain.nrt
    other.nrt = not plain.nrt
    for one, two in ((plain, plain), (plain, same), (plain, other), (same, other)):
        assert _alike(one, two) == (one.values() == two.values())
    assert plain != 3


def test_what_is_remembered_is_what_would_be_worked_out() -> None:
    context = cpu_target.typing_context
    context.refresh()
    number = [types.int64, types.float64, types.float32, types.uint64, types.boolean, types.literal(3)]
    for operation in (operator.add, operator.truediv, operator.floordiv, operator.lt, operator.iadd, max, abs):
        kind = context.resolve_value_type(operation)
        for one in number:
            for two in number:
                args = (one,) if operation is abs else (one, two)
                with ours():
                    twice = [kind.get_call_type(context, args, {}) for _ in range(2)]
                assert twice[0] is twice[1]
                assert twice[0] == _resolve(kind, context, args, {}), (operation, args)


def test_what_a_user_compiles_is_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may have overloads that were not there before."""
    asked: list[object] = []
    monkeypatch.setattr(remembering, "_resolve", lambda *question: asked.append(question) or _resolve(*question))
    context = cpu_target.typing_context
    context.refresh()
    kind, args = context.resolve_value_type(operator.add), (types.int8, types.float32)
    with ours():
        for _ in range(3):
            kind.get_call_type(context, args, {})
    assert len(asked) == 1
    for _ in range(3):
        kind.get_call_type(context, args, {})
    assert len(asked) == 4


def test_variables_of_statements_are_those_numba_finds() -> None:
    def everything(a, b, *rest):  # type: ignore[no-untyped-def]
        found = {"x": (a, [b, 1.5])}
        for one in rest:
            if one is None or a[1:b] == "text":
                raise ValueError(found, one)
            a[one, b] = -a.size + max(a, key=b)
        return lambda c: c + a

    seen = 0
    for block in run_frontend(everything).blocks.values():
        for statement in block.body:
            parts = vars(statement)
            with_original = [name for part in parts.values() for name in _originally(statement, part)]
            assert [var.name for var in statement.list_vars()] == with_original
            seen += len(with_original)
    assert seen > 50


def _originally(statement: ir.Stmt, part: object) -> list[str]:
    """Names by Numba's own way, all the way down."""
    patched = ir.Inst._rec_list_vars
    ir.Inst._rec_list_vars = _variables
    try:
        return [var.name for var in statement._rec_list_vars(part)]
    finally:
        ir.Inst._rec_list_vars = patched
