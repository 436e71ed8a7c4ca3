"""A pass of the compiler: a function that makes no array counts no references.

Numba counts who holds each array, wherever one is passed on or looked into. A function that only works on arrays its
caller holds need not: what it counts up it counts down again. Left out, there is less to compile and less to run.
"""

from __future__ import annotations

from typing import Any

from numba.core import ir, types
from numba.core.compiler_machinery import LoweringPass, register_pass

# Only a call, an operation on whole arrays or the like makes an array; these look into one, or hand it on.
_HANDED_ON = frozenset({"getattr", "getitem", "static_getitem", "cast", "build_tuple", "exhaust_iter", "phi"})


@register_pass(mutates_CFG=False, analysis_only=True)
class Borrow(LoweringPass):  # type: ignore[misc]
    """Count no references in functions that neither make nor return an array, nor copy one into another."""

    _name = "borrow"

    def __init__(self) -> None:
        """As Numba's passes are made."""
        LoweringPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Set what the function is compiled for; its statements stay."""
        if not _owns(state):
            state.targetctx = state.targetctx.subtarget(enable_nrt=False)
        return False


def _owns(state: Any) -> bool:
    """Whether a function may hold an array that nobody else does."""

    def counted(kind: types.Type) -> bool:
        return bool(state.targetctx.data_model_manager[kind].contains_nrt_meminfo())

    def makes(statement: ir.Stmt) -> bool:
        if isinstance(statement, ir.SetItem | ir.StaticSetItem):
            # Numba copies an array that is put into another first, lest they overlap.
            return counted(state.typemap[statement.value.name])
        if not isinstance(statement, ir.Assign) or not isinstance(statement.value, ir.Expr):
            return False
        value = statement.value
        if value.op == "getitem" and counted(state.typemap[value.index.name]):
            return True
        return value.op not in _HANDED_ON and counted(state.typemap[statement.target.name])

    if counted(state.return_type):
        return True
    return any(makes(statement) for block in state.func_ir.blocks.values() for statement in block.body)
