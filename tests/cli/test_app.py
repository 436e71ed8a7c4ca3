"""The help: every command has one, the same option means the same everywhere, and none of it is slow."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from schoolsim.cli import app, options
from schoolsim.studies.execution.executors import EXECUTORS
from tests.architecture.test_light_import import HEAVY, loaded_by
from tests.cli.conftest import Type

COMMANDS = {command.__name__.rstrip("_"): command for commands in app.COMMANDS.values() for command in commands}
ASKED_FOR = (
    "new run sweep resume status figures answer reproduce explain list show cite schools doctor dock validate calibrate"
).split()
#: Where a word means another thing than elsewhere, and its help says so.
OTHER_MEANING = {
    ("new", "--out"),
    ("run", "--out"),
    ("map", "--out"),
    ("answer", "--schools"),
    ("export", "--out"),
    ("publish", "--out"),
    ("report", "--out"),
    ("publish", "--out"),
    ("discover", "--outcome"),
    ("dock", "--out"),
    ("validate", "--out"),
}


def option_of(annotation: object) -> typing.Any:
    (found,) = [part for part in typing.get_args(annotation) if hasattr(part, "param_decls")]
    return found


def test_every_command_that_was_asked_for_is_there() -> None:
    assert set(ASKED_FOR) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help(name: str, typed: Type) -> None:
    said = typed(name, "--help")
    assert said.code == 0
    summary = inspect.getdoc(COMMANDS[name]).partition("\n")[0]
    assert summary.split()[0] in said.out
    assert summary.endswith(".")


def test_the_program_has_help_and_its_exit_codes(typed: Type) -> None:
    said = typed("--help")
    assert said.code == 0
    for name in COMMANDS:
        assert f" {name} " in said.out
    for code in ("0", "1", "2", "3", "129, 130, 143"):
        assert f"\n {code} " in said.out


def test_an_option_is_declared_once_for_all_commands() -> None:
    declared: dict[str, set[int]] = {}
    for name, command in COMMANDS.items():
        for parameter, annotation in typing.get_type_hints(command, include_extras=True).items():
            if parameter == "return":
                continue
            option = option_of(annotation)
            long = next((word for word in option.param_decls or () if word.startswith("--")), f"--{parameter}")
            if type(option).__name__ == "OptionInfo" and (name, long) not in OTHER_MEANING:
                declared.setdefault(long, set()).add(id(option))
    assert len(declared) > 10
    assert [word for word, places in declared.items() if len(places) > 1] == []


def test_what_prints_prints_json_too() -> None:
    """`explore` shows a page, and nothing that a program would read."""
    without = [name for name, command in COMMANDS.items() if "json" not in inspect.signature(command).parameters]
    assert without == ["explore"]


def test_the_executors_are_those_there_are() -> None:
    assert tuple(options.Executor) == EXECUTORS


def test_the_help_loads_nothing_heavy(package: Path) -> None:
    loaded = loaded_by("import schoolsim.cli", path=package.parent)
    assert "typer" in loaded
    assert loaded & (HEAVY | {"numba", "pydantic"}) == set()


def test_the_module_is_the_program(repository: Path) -> None:
    command = [sys.executable, "-m", "schoolsim", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository / "src", check=True)
    assert done.stdout.startswith("schoolsim ")
