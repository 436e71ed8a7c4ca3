"""What the description of the model takes from the code itself: state variables, schedule, steps and equations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schoolsim.parameters import REGISTRY

PACKAGE = Path(__file__).parent.parent / "src" / "schoolsim"
RULES = PACKAGE / "rules"
PHASES = PACKAGE / "system" / "phases"
SCHEMA = PACKAGE / "system" / "state" / "schema.py"
DOTTED = {spec.field: name for name, spec in REGISTRY.items()}
#: Bookkeeping, which is no part of the model.
UNTOLD = ("schoolsim.system.state", "schoolsim.rules.codes")
DEEPEST = 3  # calls within calls that a phase's steps are told to

Function = ast.FunctionDef


def first_sentence(node: ast.AsyncFunctionDef | ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    """The first paragraph of a docstring, on one line; a class's argument list is left out."""
    return " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())


@cache
def tree_of(file: Path) -> ast.Module:
    """A module, parsed once."""
    return ast.parse(file.read_text(encoding="utf-8"))


# --- state --------------------------------------------------------------------------------------------


def state_variables() -> str:
    """Every group of columns with its variables, and what the code says of each."""
    lines = SCHEMA.read_text(encoding="utf-8").splitlines()
    parts = []
    for node in tree_of(SCHEMA).body:
        if not isinstance(node, ast.ClassDef):
            continue
        told = [f"**`{node.name}`.** {first_sentence(node)}", ""]
        for item in node.body:
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.target.id != "shapes":
                note = lines[item.lineno - 1].partition("#")[2].strip()
                told.append(f"- `{item.target.id}`" + (f": {note}" if note else ""))
        if len(told) > 2:
            parts.append("\n".join(told))
    return "\n\n".join(parts)


# --- equations ----------------------------------------------------------------------------------------


class _InParameters(ast.NodeTransformer):
    """`p.trust_change` becomes `trust.change`, the name in the tables of parameters."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Replace a parameter's field by its name."""
        if isinstance(node.value, ast.Name) and node.value.id in ("p", "own"):
            return ast.Name(DOTTED.get(node.attr, node.attr))
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "math":
            return ast.Name(node.attr)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave out the record of parameters, and what only converts a number."""
        self.generic_visit(node)
        node.args = [one for one in node.args if not (isinstance(one, ast.Name) and one.id == "p")]
        if isinstance(node.func, ast.Name) and node.func.id == "float" and len(node.args) == 1:
            return node.args[0]
        return node


def equation(node: Function) -> str:
    """A rule's body as it is computed, with parameters by name."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    module = ast.Module([_InParameters().visit(ast.parse(ast.unparse(one)).body[0]) for one in body], [])
    return ast.unparse(ast.fix_missing_locations(module))


def public_functions(file: Path) -> Iterator[Function]:
    """The public functions of a module, in order."""
    for node in tree_of(file).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def arguments_told(node: Function) -> Iterator[tuple[str, str]]:
    """What a docstring says of each argument, but for the record of parameters."""
    said = (ast.get_docstring(node) or "").partition("Args:\n")[2].partition("\n\n")[0]
    for name, text in re.findall(r"^    (\w+): (.*(?:\n      +.*)*)", said, flags=re.MULTILINE):
        if name != "p":
            yield name, " ".join(text.split()).rstrip(".")


def rule_text(node: Function) -> str:
    """A rule: how it is called, what it gives, and its equation."""
    arguments = ", ".join(argument.arg for argument in node.args.args)
    meant = "; ".join(f"`{name}`: {text}" for name, text in arguments_told(node))
    formula = "\n".join("    " + line for line in ["```text", *equation(node).splitlines(), "```"])
    return (
        f"- `{node.name}({arguments})` – {first_sentence(node)}" + (f" {meant}" if meant else "") + f"\n\n{formula}\n"
    )


def submodels() -> str:
    """Every rule with its equation, by subject; first the curves that several share."""
    files = sorted(file for file in RULES.glob("*.py") if file.stem not in ("__init__", "codes"))
    files.sort(key=lambda file: file.stem != "shapes")
    parts = []
    for file in files:
        title = first_sentence(tree_of(file))
        parts.append("\n".join([f"### {file.stem}: {title}\n", *(rule_text(node) for node in public_functions(file))]))
    return "\n\n".join(parts)


# --- schedule -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A function that is called, under which conditions, and what it calls in turn."""

    module: str
    node: Function
    when: tuple[str, ...]


def file_of(module: str) -> Path | None:
    """The file of a module of the package."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    found = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    return found if found.is_file() else None


@cache
def names_of(module: str) -> dict[str, tuple[str, str]]:
    """What each name in a module is: the module it is defined in, and its name there."""
    file = file_of(module)
    if file is None:
        return {}
    found = {}
    for node in tree_of(file).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("schoolsim"):
            found.update({alias.asname or alias.name: (node.module, alias.name) for alias in node.names})
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = (module, node.name)
    return found


def function_of(module: str, name: str) -> Function | None:
    """A function by the module it is defined in."""
    file = file_of(module)
    body = tree_of(file).body if file else []
    return next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == name), None)


def condition(test: ast.expr) -> str:
    """A condition in words where it is one of the usual ones, else as it is computed."""
    text = ast.unparse(_InParameters().visit(ast.parse(ast.unparse(test), mode="eval").body))
    text = re.sub(r"any\(\((.*?) for own in siblings\)\)", r"\1 anywhere", text)
    return text.replace("clock.year_begins", "a school year begins").replace("clock.year_ends", "a school year ends")


def steps(module: str, node: Function) -> list[Step]:
    """Functions of the system that a function calls, in order, each once."""
    names = names_of(module)
    found: dict[tuple[str, str], Step] = {}

    def walk(part: ast.AST, when: tuple[str, ...]) -> None:
        if isinstance(part, ast.If):
            walk(part.test, when)
            for held in part.body:
                walk(held, (*when, condition(part.test)))
            for otherwise in part.orelse:
                walk(otherwise, (*when, f"not ({condition(part.test)})"))
            return
        for inner in ast.iter_child_nodes(part):
            walk(inner, when)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in names:
            home, name = names[part.func.id]
            called = function_of(home, name)
            if called is not None and called is not node and not home.startswith(UNTOLD):
                found.setdefault((home, name), Step(home, called, when))

    for part in node.body:
        walk(part, ())
    return list(found.values())


def _told(step: Step, depth: int, seen: set[tuple[str, str]]) -> Iterator[str]:
    key = (step.module, step.node.name)
    rule = step.module.startswith("schoolsim.rules")
    if rule:
        yield f"{'    ' * depth}- rule `{step.module.rpartition('.')[2]}.{step.node.name}`"
        return
    when = f" *If {' and '.join(f'`{one}`' for one in step.when)}:*" if step.when and depth == 0 else ""
    again = " (as above)" if key in seen else ""
    said = f"{when} {first_sentence(step.node)}{again}".strip()
    yield f"{'    ' * depth}- `{step.node.name}`" + (f": {said}" if said else "")
    if key in seen or depth + 1 >= DEEPEST:
        return
    seen.add(key)
    for inner in steps(step.module, step.node):
        yield from _told(inner, depth + 1, seen)


def phases_in_order() -> list[str]:
    """Names of the phases, as the schedule has them."""
    for node in tree_of(PHASES / "__init__.py").body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "_IN_ORDER":
            assert isinstance(node.value, ast.Tuple)
            return [part.id for part in node.value.elts if isinstance(part, ast.Name)]
    raise ValueError("there is no _IN_ORDER in phases/__init__.py")


def schedule() -> str:
    """Each phase in order, with its algorithm in steps: what is called, in which order, when."""
    parts = []
    for number, name in enumerate(phases_in_order(), start=1):
        module = f"schoolsim.system.phases.{name}"
        file = PHASES / f"{name}.py"
        title = first_sentence(tree_of(file)).partition(": ")[2]
        (run,) = (node for node in public_functions(file) if node.name == "run")
        told: list[str] = []
        seen: set[tuple[str, str]] = set()
        for step in steps(module, run):
            told += _told(step, 0, seen)
        heading = f"{number}. **{name.replace('_', ' ').capitalize()}** – {title}"
        parts.append("\n".join([heading, "", f"    {first_sentence(run)}", "", *("    " + line for line in told)]))
    return "\n\n".join(parts)


def initialisation() -> str:
    """How a system begins, in steps."""
    module = "schoolsim.system.initial.build"
    node = function_of(module, "build")
    assert node is not None
    told: list[str] = []
    seen: set[tuple[str, str]] = set()
    for step in steps(module, node):
        told += _told(step, 0, seen)
    return "\n".join(told)
