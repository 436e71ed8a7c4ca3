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
    "show badging_funding": ["badging.scope", "progress.partner", "attainment.gap", "£10,000 a year"],
    "cite badging_funding": ["badging.scope", "market.choice_weight"],
    "run tiny -p badging.scope=none": ["Progress, partner schools", "Segregation (Gorard's index)"],
    "run tiny -p badging.scope=none --names": list(OUTCOMES),
    "doctor": ["python", "configs"],
}
"""What is typed, and what must stand there in one piece."""


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
def screens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every command shows."""
    from tests.cli.conftest import TINY

    place = tmp_path_factory.mktemp("terminal")
    (place / "tiny.toml").write_text(TINY, encoding="utf-8")
    with contextlib.chdir(place):
        return dict(zip(COMMANDS, shown(list(COMMANDS), COLUMNS), strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_terminal(command: str, screens: dict[str, str]) -> None:
    lines = screens[command].splitlines()
    assert lines
    # A path in one piece can be copied, however long it is.
    wide = [line for line in lines if len(line) > COLUMNS and str(Path("/")) not in line.split(" ")[-1]]
    assert wide == []


@pytest.mark.parametrize("command", COMMANDS)
def test_names_are_whole(command: str, screens: dict[str, str]) -> None:
    broken = [name for name in COMMANDS[command] if name not in " ".join(screens[command].split())]
    assert broken == []
    for name in COMMANDS[command]:
        if " " not in name:
            assert any(name in line for line in screens[command].splitlines()), name


def test_a_wide_terminal_has_tables(tmp_path: Path) -> None:
    (screen,) = shown(["list levers brokers"], 220)
    (line,) = [line for line in screen.splitlines() if "broker.skill" in line]
    assert "listening, reading people" in line
