"""The house rules: each takes the package's modules and returns its findings."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping

from tests.architecture.sources import Module, imports

Rule = Callable[[Iterable[Module]], list[str]]

FILE_LINES = 600
BODY_LINES = 60

#: Which rooms may import a package that behaves differently from release to release, or is heavy.
AT_HOME: Mapping[str, frozenset[str]] = {
    "mesa": frozenset({"system", "explore"}),
    "solara": frozenset({"explore"}),
    "matplotlib": frozenset({"figures"}),
    "typer": frozenset({"cli"}),
    "dask": frozenset({"studies"}),
    "distributed": frozenset({"studies"}),
    "dask_jobqueue": frozenset({"studies"}),
}
_DASK = {"dask", "distributed", "dask_jobqueue"}
_PICKLES = {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "shelve", "joblib", "marshal"}
#: What may be taken from np.random: makers of a generator that somebody owns and seeds.
_OWNED = {"Generator", "SeedSequence", "default_rng", "BitGenerator", "PCG64", "Philox"}


def _each(check: Callable[[Module], Iterator[str]]) -> Rule:
    """A rule that looks at one module at a time."""

    def rule(modules: Iterable[Module]) -> list[str]:
        return [finding for module in modules for finding in check(module)]

    return rule


def _dotted(node: ast.AST) -> str:
    """`np.random.rand` for the attribute that is written so, else empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        start = _dotted(node.value)
        return f"{start}.{node.attr}" if start else ""
    return ""


def _calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, _dotted(node.func)


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _guests(module: Module) -> Iterator[str]:
    for node, name in imports(module):
        top = name.split(".")[0]
        if top in AT_HOME and module.room not in AT_HOME[top]:
            rooms = " and ".join(sorted(AT_HOME[top]))
            yield module.at(node, f"{top} is imported in {rooms} only")


def dask_in_one_file(modules: Iterable[Module]) -> list[str]:
    """Dask stays behind one file."""
    users = {module.place for module in modules for _, name in imports(module) if name.split(".")[0] in _DASK}
    return [f"dask is imported in {', '.join(sorted(users))}"] if len(users) > 1 else []


def _pickles(module: Module) -> Iterator[str]:
    for node, name in imports(module):
        if name.split(".")[0] in _PICKLES:
            yield module.at(node, f"{name}: nothing is pickled")
    for call, name in _calls(module):
        if name.split(".")[-1] in {"to_pickle", "read_pickle"}:
            yield module.at(call, f"{name}: nothing is pickled")
        allowed = [word.value for word in call.keywords if word.arg == "allow_pickle"]
        if any(not isinstance(value, ast.Constant) or value.value for value in allowed):
            yield module.at(call, "allow_pickle: nothing is pickled")


def _hidden_chance(module: Module) -> Iterator[str]:
    for node, name in imports(module):
        parts = name.split(".")
        if parts[0] == "random":
            yield module.at(node, "random: chance comes from schoolsim.draws")
        if parts[:2] == ["numpy", "random"] and len(parts) > 2 and parts[2] not in _OWNED:
            yield module.at(node, f"{name}: chance comes from schoolsim.draws")
    for place in ast.walk(module.tree):
        parts = _dotted(place).split(".") if isinstance(place, ast.Attribute) else []
        if len(parts) == 3 and parts[0] in {"np", "numpy"} and parts[1] == "random":
            if parts[2] not in _OWNED:
                yield module.at(place, f"{'.'.join(parts)}: no global generator")
    for call, name in _calls(module):
        if name.split(".")[-1] == "default_rng" and not (call.args or call.keywords):
            yield module.at(call, "default_rng() without a seed")


def _prints(module: Module) -> Iterator[str]:
    for call, name in _calls(module):
        if name == "print" and module.room != "cli":
            yield module.at(call, "print: only cli speaks to the terminal")


def _start_methods(module: Module) -> Iterator[str]:
    for call, name in _calls(module):
        if name.split(".")[-1] == "set_start_method":
            yield module.at(call, "set_start_method changes the caller's process; use get_context")


def _utils(module: Module) -> Iterator[str]:
    names = module.place.removesuffix(".py").split("/")
    if {"utils", "util", "helpers", "misc", "common"} & set(names):
        yield f"{module.place}: name it after what is in it"


def _open_ended(module: Module) -> Iterator[str]:
    for function in _functions(module):
        if function.args.kwarg is not None and not function.name.startswith("_"):
            yield module.at(function, f"{function.name}: no **{function.args.kwarg.arg} in public")


def _long_files(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > FILE_LINES:
        yield f"{module.place}: {lines} lines, {FILE_LINES} at most"


def _long_functions(module: Module) -> Iterator[str]:
    for function in _functions(module):
        body = function.body
        if ast.get_docstring(function, clean=False) is not None:
            body = body[1:]
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > BODY_LINES:
            yield module.at(function, f"{function.name}: {lines} lines, {BODY_LINES} at most")


RULES: Mapping[str, Rule] = {
    "heavy packages stay in their rooms": _each(_guests),
    "dask stays in one file": dask_in_one_file,
    "nothing is pickled": _each(_pickles),
    "chance is not hidden": _each(_hidden_chance),
    "only cli prints": _each(_prints),
    "the start method is the caller's": _each(_start_methods),
    "files are named after their content": _each(_utils),
    "public functions name their arguments": _each(_open_ended),
    "files stay small": _each(_long_files),
    "functions stay small": _each(_long_functions),
}
