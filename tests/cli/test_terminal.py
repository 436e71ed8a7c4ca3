"""What a terminal of 80 columns shows: nothing wider, and every name whole."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from schoolsim.config import list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS

COLUMNS = 80
MARK = "=====next====="

COMMANDS: dict[str, list[str]] = {
    "list": ["levers"],
    "list parameters": list(REGISTRY),
    "list mechanisms": [f"mechanism.{mechanism.word}" for mechanism in MECHANISMS.values()],
    "list outcomes": list(OUTCOMES),
    "list figures": ["contrast", "series"],
    "list studies": [entry.name for entry in list_configs("studies")],
    "list programmes": [entry.name for entry in list_configs("programmes")],
    "show badging.scope": ["badging.scope", "individual", "recommendation 8"],
    "show M19": ["mechanism.badging", "leading.gap"],
    "show badging_funding": ["badging.scope", "progress.partner", "attainment.gap", "£7,500 a year"],
    "cite badging_funding": ["badging.scope", "market.choice_weight"],
}
"""What is typed, and what must stand there in one piece."""

WORK: dict[str, list[str]] = {
    "run tiny -p badging.scope=none": ["Progress, partner schools", "Segregation (Gorard's index)"],
    "run tiny -p badging.scope=none --names": list(OUTCOMES),
    "doctor": ["python", "configs"],
}
"""The same, of commands that run the model."""

ALL = {**COMMANDS, **WORK}
EVERY = [*COMMANDS, *(pytest.param(command, marks=pytest.mark.slow) for command in WORK)]


def shown(commands: list[str], columns: int) -> list[str]:
    """What each command prints in a terminal of that width, without its colours."""
    program = f"""
import sys
sys.path[:] = {sys.path!r}
from schoolsim.cli import main
for command in {commands!r}:
    try:
        main(command.split())
    except SystemExit as end:
        assert end.code == 0, command
    print({MARK!r}, flush=True)
"""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"} | {"TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=theirs, stderr=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error
        while more := os.read(ours, 65536):
            seen += more
    os.close(ours)
    assert process.wait() == 0, seen.decode()
    text = re.sub(r"\x1b\[[0-9;]*m", "", seen.decode()).replace("\r\n", "\n")
    return text.split(f"{MARK}\n")[:-1]


@pytest.fixture(scope="module")
def screens() -> dict[str, str]:
    """What has been shown so far, by command."""
    return {}


@pytest.fixture
def screen(request: pytest.FixtureRequest, screens: dict[str, str], tiny: Path) -> str:
    """What a command shows; those that look something up are run together, once."""
    command = request.node.callspec.params["command"]
    if command not in screens:
        together = list(COMMANDS) if command in COMMANDS else [command]
        screens |= dict(zip(together, shown(together, COLUMNS), strict=True))
    return screens[command]


@pytest.mark.parametrize("command", EVERY)
def test_no_line_is_wider_than_the_terminal(command: str, screen: str) -> None:
    lines = screen.splitlines()
    assert lines
    # A path in one piece can be copied, however long it is.
    wide = [line for line in lines if len(line) > COLUMNS and str(Path("/")) not in line.split(" ")[-1]]
    assert wide == []


@pytest.mark.parametrize("command", EVERY)
def test_names_are_whole(command: str, screen: str) -> None:
    broken = [name for name in ALL[command] if name not in " ".join(screen.split())]
    assert broken == []
    for name in ALL[command]:
        if " " not in name:
            assert any(name in line for line in screen.splitlines()), name


def test_a_wide_terminal_has_tables(tmp_path: Path) -> None:
    (screen,) = shown(["list levers brokers"], 220)
    (line,) = [line for line in screen.splitlines() if "broker.skill" in line]
    assert "listening, reading people" in line
