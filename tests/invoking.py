"""Commands typed in this process, many times over: the program is built once, as it is in a process of its own."""

from __future__ import annotations

from functools import cache
from typing import Any
from unittest import mock

import typer.main
from typer.testing import CliRunner, Result

from schoolsim.cli.app import program


@cache
def built() -> Any:
    """The program as Typer's own click command; building it takes longer than most commands that are mistakes."""
    return typer.main.get_command(program())


def invoke(*words: str) -> Result:
    """What comes of typing these words after `schoolsim`."""
    with mock.patch("typer.testing._get_command", lambda command: command):
        return CliRunner().invoke(built(), list(words), prog_name="schoolsim")
