"""What machine code is gathered in: parts, kept as they are, and wholes, into which parts are put and made fast.

Numba makes every function fast and puts a copy of it, and of all it calls, into each caller. A part is put into the
whole that needs it and nowhere else, and belongs to it: it is either merged into its caller or left out, so that less
code is made and less is called.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_machinery import LoweringPass, register_pass


class Whole(JITCodeLibrary):  # type: ignore[misc]
    """Code that is called from Python, with the parts it needs, and those they need in turn."""

    def add_linking_library(self, library: Any) -> None:
        """As Numba's; a part brings along what it needs."""
        super().add_linking_library(library)
        if isinstance(library, Part):
            self._linking_libraries[-1:] = [library.alone, *library._linking_libraries]

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        # Numba's cheap passes beforehand gather counts of references, which are few here.
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)


class Part(Whole):
    """Code that callers link: neither made fast nor made into machine code by itself."""

    def __init__(self, codegen: Any, name: str) -> None:
        """As Numba's."""
        super().__init__(codegen, name)
        self.alone = _Alone(self)

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        """Close it: what it calls is found by the whole."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    @cached_property
    def _whole_module(self) -> Any:
        made = self.alone._get_module_for_linking().clone()
        for library in dict.fromkeys(self._linking_libraries):
            made.link_in(library._get_module_for_linking(), preserve=True)
        return made

    def _get_module_for_linking(self) -> Any:
        """For callers that Numba compiles by itself, such as a user's own: with all that it calls."""
        return self._whole_module


class _Alone:
    """A part without what it calls, for a whole that brings it."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._reload_init = part._reload_init

    def _get_module_for_linking(self) -> Any:
        return JITCodeLibrary._get_module_for_linking(self._part)


@register_pass(mutates_CFG=False, analysis_only=True)
class Gather(LoweringPass):  # type: ignore[misc]
    """Put what is lowered into a part, where only compiled code calls it, else into a whole, which may be stored."""

    _name = "gather"

    def __init__(self) -> None:
        """As Numba's passes are made."""
        LoweringPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Make the library."""
        part = state.flags.no_cpython_wrapper
        state.library = (Part if part else Whole)(state.targetctx.codegen(), state.func_id.func_qualname)
        if part:
            state.flags.no_compile = True
        else:
            state.library.enable_object_caching()
        return True
