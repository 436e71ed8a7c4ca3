"""Two ways to compile one function: to be called from Python, or to be part of a compiled caller.

Numba makes each compiled function ready to be called from Python: machine code of its own, a wrapper, a file. Of our
functions four in five are only ever called by compiled ones, into which they are linked as they are; for them that
work was three tenths of compiling. So each has two dispatchers: the outer, Numba's own, and an inner one that stops
at what a caller links.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from numba.core import sigutils, typeinfer, types
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering
from numba.core.untyped_passes import IRProcessing

from schoolsim.compiled.borrowing import Borrow
from schoolsim.compiled.libraries import Gather
from schoolsim.compiled.reading import ReadRows
from schoolsim.compiled.remembering import ours

Options = dict[str, Any]


class _Compiler(CompilerBase):  # type: ignore[misc]
    """Numba's own passes, and ours among them."""

    def define_pipelines(self) -> list[Any]:
        """The passes in their order."""
        manager = DefaultPassBuilder.define_nopython_pipeline(self.state)
        manager.add_pass_after(ReadRows, IRProcessing)
        lowering = [one for one, _ in manager.passes].index(NativeLowering)
        manager.passes[lowering:lowering] = [(one, one._name) for one in (Borrow, Gather)]
        manager.finalize()
        return [manager]


class _Inner(CPUDispatcher):  # type: ignore[misc]
    """Compiles a function for each set of types that compiled callers pass."""

    def compile(self, sig: Any) -> None:
        """Compile unless there; callers find the code by the dispatcher and the types."""
        args, returned = sigutils.normalize_signature(sig)
        # A literal number is a number: code for each would be compiled again.
        args = tuple(types.unliteral(arg) for arg in args)
        if args not in self.overloads:
            made = self.overloads[args] = self._compiler.compile(args, returned)
            self.targetctx.insert_user_function(self.get_overload(args), made.fndesc, [made.library])

    def get_overload(self, sig: Any) -> tuple[int, tuple[types.Type, ...]]:
        """The key under which Numba finds the code."""
        return id(self), sigutils.normalize_signature(sig)[0]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Compiling makes millions of objects that live until it ends: looking for garbage among them was a fifth of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Compiled(CPUDispatcher):  # type: ignore[misc]
    """A compiled function, called from Python or from compiled code."""

    def __init__(self, function: Callable[..., Any], options: Options, signature: str | None = None) -> None:
        """Take a function to compile when it is called.

        Args:
            function: What to compile.
            options: Numba's, of its `jit`.
            signature: The one set of types it is compiled for, into which arguments are cast; else any.
        """
        super().__init__(function, targetoptions=options, pipeline_class=_Compiler)
        self._signature = signature

    def _compile_for_args(self, *args: Any, **named: Any) -> Any:
        """As Numba's: what Python calls with new types is compiled; here, if there is one signature, for that alone."""
        if self._signature is None:
            return super()._compile_for_args(*args, **named)
        with typeinfer.register_dispatcher(self):
            self.compile(self._signature)
            self.disable_compile()
        return self

    def compile(self, sig: Any) -> Any:
        """As Numba's."""
        with _uncollected(), ours():
            return super().compile(sig)

    @cached_property
    def inner(self) -> _Inner:
        """The dispatcher for compiled callers."""
        options = self.targetoptions | {"no_cpython_wrapper": True}
        inner = _Inner(self.py_func, targetoptions=options, pipeline_class=_Compiler)
        if self._signature is not None:
            inner.compile(self._signature)
            inner.disable_compile()
        return inner

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """As Numba's, of the inner dispatcher."""
        return self.inner.get_call_template(args, kws)

    def get_overload(self, sig: Any) -> Any:
        """As Numba's, of the inner dispatcher."""
        return self.inner.get_overload(sig)
