"""Reference pages written from the code: the study file, the commands, the result files, the Python names."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args, get_origin, get_type_hints

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.core import TyperGroup

import schoolsim
from schoolsim.cli.app import COMMANDS, EXIT_CODES, SUBCOMMANDS, program
from schoolsim.config.schema import ConfigFile, Section
from schoolsim.parameters.values import shown
from schoolsim.studies.store import schema

#: What stands in a section whose keys are parameters, or anything a user names.
FREE = {
    "levers": "levers, each a value, a timetable, a list or a range",
    "uncertainties": 'uncertainties, each a value, a list or a range; or "posterior", the calibrated sample',
    "constants": "constants, each a value, a list or a range",
    "linked": "tables of parameters whose values change together: parameters, values, name, levels",
    "baseline": 'levels of levers, such as { "badging.scope" = "none" }',
}


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines
    )


# --- the study file ----------------------------------------------------------------------------


def study_file() -> str:
    """Every key of a config, from the classes that read it."""
    plain = [
        _row(name, field)
        for name, field in ConfigFile.model_fields.items()
        if not _sections(field) or name == "replications"
    ]
    base = ("`base`", "the name of a config that this one builds on, or a list of them", "nothing")
    parts = [f"### Keys\n\n{table(('key', 'it must be', 'left out'), [base, *plain])}"]
    for name, field in ConfigFile.model_fields.items():
        for section in _sections(field):
            heading = f"[[{name}]]" if "tuple" in str(field.annotation) else f"[{name}]"
            if name == "replications":
                heading = "replications = { … }"
            rows = [_row(key, inner) for key, inner in section.model_fields.items()]
            about = (section.__doc__ or "").splitlines()[0]
            parts.append(f"### {heading}\n\n{about}\n\n{table(('key', 'it must be', 'left out'), rows)}")
    return "\n\n".join(parts)


def _sections(field: FieldInfo) -> list[type[Section]]:
    return list(dict.fromkeys(_models_in(field.annotation)))


def _models_in(kind: object) -> Iterator[type[Section]]:
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        yield kind  # type: ignore[misc]  # every model of a config is a Section
    for part in get_args(kind):
        yield from _models_in(part)


def _row(name: str, field: FieldInfo) -> tuple[str, str, str]:
    allowed = field.description or FREE.get(name, "a table")
    default = field.get_default(call_default_factory=True) if not field.is_required() else None
    if field.is_required():
        left = "it must be there"
    elif default in (None, (), {}, "") or isinstance(default, BaseModel):
        left = "nothing"
    else:
        left = f"`{shown(default)}`"
    return f"`{name}`", allowed, left


# --- the commands ------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options, from the program itself."""
    group: Any = typer.main.get_command(program())
    parts = []
    for heading, functions in COMMANDS.items():
        parts.append(f"## {heading}")
        for function in functions:
            name = function.__name__.rstrip("_")
            command = group.commands[name]
            if isinstance(command, TyperGroup):
                parts.append(_command(f"{name}", command.commands["show"]))
                parts += [
                    _command(f"{name} {below.__name__}", command.commands[below.__name__])
                    for below in SUBCOMMANDS[name]
                ]
            else:
                parts.append(_command(name, command))
    codes = [line.split(None, 1) for line in EXIT_CODES.splitlines()[1:-1]]
    codes.append(EXIT_CODES.splitlines()[-1].split("  ", 1))
    parts.append(
        "## Exit codes\n\n" + table(("code", "means"), [(code.strip(), words.strip()) for code, words in codes])
    )
    return "\n\n".join(parts)


def _command(name: str, command: Any) -> str:
    rows = []
    for parameter in command.params:
        if parameter.name == "help":
            continue
        if parameter.param_type_name == "argument":
            what = parameter.metavar or parameter.name.upper()
        else:
            what = ", ".join(parameter.opts) + (f" {parameter.metavar}" if parameter.metavar else "")
        rows.append((f"`{what}`", getattr(parameter, "help", "") or ""))
    about = inspect.cleandoc(command.help or "")
    return f"### `schoolsim {name}`\n\n{about}\n\n{table(('argument or option', 'meaning'), rows)}"


# --- the result files --------------------------------------------------------------------------


def manifest() -> str:
    """The keys of `manifest.json`, from the type that reads it."""
    rows = []
    for name, kind in _keys(schema.Manifest):
        rows.append((f"`{name}`", _type_words(kind)))
        for inner in _records(kind):
            rows += [(f"`{name}.{key}`", _type_words(below)) for key, below in _keys(inner)]
    return table(("key", "holds"), rows)


def _keys(record: type) -> list[tuple[str, Any]]:
    return list(get_type_hints(record).items())


def _records(kind: Any) -> list[type]:
    if hasattr(kind, "__total__"):
        return [kind]
    return [record for part in get_args(kind) for record in _records(part)]


def _type_words(kind: Any) -> str:
    words = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    if hasattr(kind, "__total__"):
        return (kind.__doc__ or "").splitlines()[0].rstrip(".").lower()
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict:
        return f"a table, each entry {_type_words(inner[1])}"
    if origin is list:
        return f"a list, each entry {_type_words(inner[0])}"
    if origin is not None and getattr(kind, "__metadata__", None):
        return _type_words(inner[0])
    if inner and type(None) in inner:
        return f"{_type_words(next(part for part in inner if part is not type(None)))}, or nothing"
    if origin is not None and all(isinstance(part, str | int) for part in inner):
        return " or ".join(f"`{part}`" for part in inner)
    if inner:
        return " or ".join(dict.fromkeys(_type_words(part) for part in inner))
    return words.get(kind, "anything")


# --- the Python names --------------------------------------------------------------------------


def python_names() -> str:
    """Every public name of the package, with its first sentence, and where its page is."""
    rows = []
    for name in schoolsim.__all__:
        if name.startswith("__"):
            continue
        value = getattr(schoolsim, name)
        about = (inspect.getdoc(value) or "").partition("\n\n")[0].replace("\n", " ")
        rows.append((f"[`schoolsim.{name}`](#{_home(name)}.{name})", about))
    listed = table(("name", "what it is"), rows)
    pages = "\n\n".join(f"::: {_home(name)}.{name}" for name in schoolsim.__all__ if not name.startswith("__"))
    return f"{listed}\n\n{pages}"


def _home(name: str) -> str:
    return importlib.import_module(getattr(schoolsim, name).__module__).__name__


TEXTS: dict[str, Callable[[], str]] = {
    "study_file": study_file, "commands": commands, "manifest": manifest, "python_names": python_names,
}  # fmt: skip
