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

from schoolsim.cli import app
from schoolsim.config import list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS

COLUMNS = 80
MARK = "=====next====="
NAMES = [command.__name__.rstrip("_") for commands in app.COMMANDS.values() for command in commands]

COMMANDS: dict[str, list[str]] = {
    "list": ["levers"],
    "list parameters": list(REGISTRY),
    "list levers": [name for name, one in REGISTRY.items() if one.role == "lever"],
    "list levers brokers": ["broker.number", "range 0 to 20"],
    "list uncertainties": [name for name, one in REGISTRY.items() if one.role == "uncertainty"],
    "list constants": [name for name, one in REGISTRY.items() if one.role == "constant"],
    "list mechanisms": [f"mechanism.{mechanism.word}" for mechanism in MECHANISMS.values()],
    "list outcomes": list(OUTCOMES),
    "list figures": ["contrast", "series"],
    "list settings": [entry.name for entry in list_configs("settings")],
    "list populations": ["There are no populations yet."],
    "list studies": [entry.name for entry in list_configs("studies")],
    "list programmes": [entry.name for entry in list_configs("programmes")],
    "show badging.scope": ["badging.scope", "individual", "recommendation 8"],
    "show M19": ["mechanism.badging", "disclosure.threat"],
    "show badging_funding": ["badging.scope", "progress.partner", "attainment.gap", "£7,500 a year"],
    "show progress.partner": ["progress.partner", "percentage points"],
    "show contrast": ["baseline"],
    "cite": ["Version"],
    "cite badging_funding": ["badging.scope", "market.choice_weight"],
    "docs": ["tutorials/first_study", "how-to/mesa"],
    "docs tutorials/first_study": ["Your first study", "schoolsim explain badging_funding"],
    "docs users": ["What users of simulators look for"],
}
"""What is typed, and what must stand there in one piece."""

RESULTS: dict[str, list[str]] = {
    "status RESULTS": ["complete", "4 of 4"],
    "answer RESULTS": ["progress in partner schools", "95% intervals"],
    "answer RESULTS --names": ["badging.scope", "Progress, partner schools"],
    "robust RESULTS --outcome trust.mean": ["Trust between schools"],
    "verify RESULTS": ["files as written"],
    "export RESULTS": ["csv/runs.csv", "csv/columns.csv"],
    "reproduce RESULTS --executor serial --quiet": ["the same, byte for byte"],
    "cite RESULTS": ["Nobody 2001, page 3: nothing", "RR615"],
}
"""The same, of commands about a results folder."""

WORK: dict[str, list[str]] = {
    "run tiny -p badging.scope=none": ["Progress, partner schools", "Segregation (Gorard's index)"],
    "run tiny -p badging.scope=none --names": list(OUTCOMES),
    "explain tiny": ["Who carries the badge", "badging.scope", "runs     4", "What it costs, from a run made just now"],
    "explain badging_funding": ["badging.scope", "progress.partner", "runs     720"],
    "doctor": ["python", "configs"],
}
"""The same, of commands that run the model."""

MISTAKES: dict[str, list[str]] = {
    "swep": ["No such command 'swep'"],
    "list badging": ["schoolsim list levers badging"],
    "list levers badgng": ['Did you mean "badging"?'],
    "show progress.parnter": ['Did you mean "progress.partner"?'],
    "explain badging_fundin": ["studies/badging_funding"],
    "run badging_funding": ["badging.scope (none, individual, collective)", "schoolsim sweep badging_funding"],
    "run beacon -p badging.scop=none": ['"badging.scop" is not a parameter'],
    "sweep beacon --workers 0": ["0 is not a whole number from 1 to 1000"],
    "status nowhere": ["there is no study in nowhere"],
}
"""Mistakes, and what their message must hold."""

HELP: dict[str, list[str]] = {
    "--help": ["129, 130, 143"],
    **{f"{name} --help": [name, "[OPTIONS]"] for name in NAMES},
    "schools build --help": ["build"],
}
"""The help of the program and of each command."""

QUICK = {**COMMANDS, **MISTAKES, **HELP}
"""What takes a moment each."""

TOGETHER = (QUICK, RESULTS)
"""What is typed one after another in one process, which takes a tenth of the time."""
ALL = {**QUICK, **RESULTS, **WORK}
EVERY = [
    pytest.param(command, marks=[pytest.mark.slow] if command in RESULTS or command in WORK else []) for command in ALL
]
WIDE = 400


def shown(commands: list[str], columns: int) -> list[str]:
    """What each command prints in a terminal of that width, without its colours."""
    program = f"""
import sys
sys.path[:] = {sys.path!r}
from schoolsim.cli import main
for command, code in {[(command, 2 if command in MISTAKES else 0) for command in commands]!r}:
    try:
        main(command.replace("RESULTS", "results/tiny").split())
    except SystemExit as end:
        assert end.code == code, command
    print({MARK!r}, flush=True)
"""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"} | {"TERM": "xterm"}
    process = subprocess.Popen([sys.executable, "-c", program], stdout=theirs, stderr=theirs, env=environment)
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
def screens() -> dict[tuple[str, int], str]:
    """What has been shown so far, by command and width."""
    return {}


def screen(command: str, columns: int, screens: dict[tuple[str, int], str]) -> str:
    """What a command shows."""
    if (command, columns) not in screens:
        together = next((list(group) for group in TOGETHER if command in group), [command])
        if columns == WIDE:
            together = [name for name in together if name not in HELP]
        for name, text in zip(together, shown(together, columns), strict=True):
            screens[name, columns] = text
    return screens[command, columns]


@pytest.fixture(autouse=True)
def files(request: pytest.FixtureRequest) -> None:
    """The config, and the results where a command is about them."""
    command = getattr(request.node, "callspec", None) and request.node.callspec.params["command"]
    request.getfixturevalue("swept" if command in RESULTS else "tiny")


def in_one_piece(line: str) -> bool:
    """Whether a line is wider for a path or an address, which can be copied as it is, however long."""
    last = line.split(" ")[-1]
    return str(Path("/")) in last and len(line) - len(last) <= COLUMNS


@pytest.mark.parametrize("command", EVERY)
def test_no_line_is_wider_than_the_terminal(command: str, screens: dict[tuple[str, int], str]) -> None:
    lines = screen(command, COLUMNS, screens).splitlines()
    assert lines
    assert [line for line in lines if len(line) > COLUMNS and not in_one_piece(line)] == []


def words(text: str) -> set[str]:
    """What is written between blanks, without signs around it."""
    found = (word.strip("\"'()[]{}<>.,;:|│╭╮╰╯─━ ") for word in text.split())
    return {word for word in found if any(letter.isalnum() for letter in word)}


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.slow
def test_no_word_is_cut_or_broken(command: str, screens: dict[tuple[str, int], str]) -> None:
    """Every word of a narrow screen is one of the wide screen's, where there is room for all of it."""
    narrow = screen(command, COLUMNS, screens)
    assert "…" not in narrow
    assert [line for line in narrow.splitlines() if re.search(r"<[\w|\[\]]*\s+│|<[\w|\[\]]*$", line)] == []
    if command not in CHANGING and command not in HELP:
        wide = screen(command, WIDE, screens)
        assert words(narrow) - words(wide) == set()


#: Commands that tell how long something took, or how large it is; a page with a table whose cells are broken where they
#: are too long.
CHANGING = ("docs users", "explain tiny", "explain badging_funding", "doctor", "status RESULTS")


@pytest.mark.parametrize("command", EVERY)
def test_names_are_whole(command: str, screens: dict[tuple[str, int], str]) -> None:
    text = screen(command, COLUMNS, screens)
    broken = [name for name in ALL[command] if name not in text and name not in " ".join(text.split())]
    assert broken == []
    for name in ALL[command]:
        if " " not in name:
            assert any(name in line for line in text.splitlines()), name


def test_what_is_broken_is_seen() -> None:
    assert words("a badge on the part\nnership") - words("a badge on the partnership") == {"part", "nership"}
    assert not in_one_piece("a" * 90)
    assert in_one_piece(f"{'a' * 70} /{'b' * 20}")


def test_an_entry_for_bibtex_is_not_broken() -> None:
    (screen,) = shown(["cite badging_funding --bibtex"], COLUMNS)
    assert any(len(line) > COLUMNS for line in screen.splitlines())
    assert all(line.startswith(("@", "  ", "}")) for line in screen.splitlines() if line)


def test_a_wide_terminal_has_tables(tmp_path: Path) -> None:
    (screen,) = shown(["list levers brokers"], 220)
    (line,) = [line for line in screen.splitlines() if "broker.skill" in line]
    assert "listening, reading people" in line
