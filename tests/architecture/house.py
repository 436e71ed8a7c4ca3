"""The house rules: each takes the package's modules and returns its findings."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping

from tests.architecture.sources import Module, imports

Rule = Callable[[Iterable[Module]], list[str]]

FILE_LINES = 600
BODY_LINES = 60
ARGUMENTS = 6
#: Numbers that need no name, and sizes below which a number is a guard against rounding or division by zero.
PLAIN_NUMBERS = frozenset({0.0, 0.5, 1.0, 2.0})
ROUNDING = 1e-6

#: Which rooms may import a package that behaves differently from release to release, or is heavy.
AT_HOME: Mapping[str, frozenset[str]] = {
    "mesa": frozenset({"system", "explore"}),
    "numba": frozenset({"columns", "jit", "draws", "system", "cli"}),
    "llvmlite": frozenset({"jit"}),
    "solara": frozenset({"explore"}),
    "matplotlib": frozenset({"figures"}),
    "typer": frozenset({"cli"}),
    "dask": frozenset({"studies"}),
    "distributed": frozenset({"studies"}),
    "dask_jobqueue": frozenset({"studies"}),
}
#: Words with which a module's docstring asks what it should tell.
_QUESTIONS = {"What", "How", "Who", "Where", "Which", "Whether", "Why"}
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
    for node in module.nodes:
        if isinstance(node, ast.Call):
            yield node, _dotted(node.func)


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _guests(module: Module) -> Iterator[str]:
    for node, name in imports(module):
        top = name.split(".")[0]
        if top in AT_HOME and module.room not in AT_HOME[top]:
            rooms = " and ".join(sorted(AT_HOME[top]))
            yield module.at(node, f"{top} is imported in {rooms} only")


def _questions(module: Module) -> Iterator[str]:
    first = (ast.get_docstring(module.tree) or "").partition(" ")[0]
    if first in _QUESTIONS:
        yield f"{module.place}: its docstring begins with {first}: say what it does, or name its subject"


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
    for place in module.nodes:
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


def _many_arguments(module: Module) -> Iterator[str]:
    """What is given by name says what it is; what is given by place must be few enough to remember."""
    if not module.room.startswith("system"):
        return
    for function in _functions(module):
        by_place = [*function.args.posonlyargs, *function.args.args]
        number = len(by_place) - (bool(by_place) and by_place[0].arg in ("self", "cls"))
        if number > ARGUMENTS:
            yield module.at(function, f"{function.name}: {number} arguments by place, {ARGUMENTS} at most")


def _nameless_numbers(module: Module) -> Iterator[str]:
    """In rules and the system: a number is a parameter with a source, or a constant with a name."""
    if module.room not in ("rules", "system", "system.state"):
        return
    for function in _functions(module):
        for node in (node for statement in function.body for node in ast.walk(statement)):
            if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
                continue
            if node.value not in PLAIN_NUMBERS and not 0.0 < abs(node.value) <= ROUNDING:
                yield module.at(node, f"{node.value}: make it a parameter, or a constant with a name")


#: Names with an underscore that Numba documents for extensions.
_DOCUMENTED = {"_getvalue", "_numba_type_"}
_COMPILERS = {"numba", "llvmlite"}


def _from_the_compiler(module: Module) -> set[str]:
    """Names under which a module holds something of Numba or LLVM."""
    held = set()
    for node in module.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                if (source or alias.name).split(".")[0] in _COMPILERS:
                    held.add(alias.asname or (alias.name if source else alias.name.split(".")[0]))
    return held


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__")) and name not in _DOCUMENTED


def _compilers_privates(module: Module) -> Iterator[str]:
    held = _from_the_compiler(module)
    if not held:
        return
    for node, name in imports(module):
        if name.split(".")[0] in _COMPILERS and any(_is_private(part) for part in name.split(".")):
            yield module.at(node, f"{name}: no private names of the compiler")
    own = {node.name for node in module.nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in module.nodes:
        if not isinstance(node, ast.Attribute) or not _is_private(node.attr) or node.attr in own:
            continue
        if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
            yield module.at(node, f"{_dotted(node) or node.attr}: no private names of the compiler")


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _patched(node: ast.AST) -> list[ast.AST]:
    """What a statement puts something into, by assignment, deletion or `setattr`."""
    if isinstance(node, ast.Assign | ast.Delete):
        return [target for target in node.targets if isinstance(target, ast.Attribute | ast.Subscript)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign) and isinstance(node.target, ast.Attribute | ast.Subscript):
        return [node.target]
    if isinstance(node, ast.Call) and _dotted(node.func) in ("setattr", "delattr") and node.args:
        return [node.args[0]]
    return []


def _patches(module: Module) -> Iterator[str]:
    held = _from_the_compiler(module)
    for node in module.nodes:
        for target in _patched(node):
            setting = ast.unparse(target).startswith("os.environ[") and "NUMBA" in ast.unparse(target)
            if _root(target) in held or setting:
                yield module.at(node, f"{ast.unparse(target)}: the compiler is everybody's; leave it as it is")


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
    "modules tell what they do": _each(_questions),
    "functions of the system take few arguments": _each(_many_arguments),
    "no number is without a name": _each(_nameless_numbers),
    "nothing private of the compiler's": _each(_compilers_privates),
    "the compiler is not patched": _each(_patches),
}
