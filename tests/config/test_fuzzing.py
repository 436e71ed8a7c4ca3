"""Whatever is in a config and on the command line: an answer or one message, in bounded time, and nothing else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schoolsim.cli import errors as told
from schoolsim.config import errors, parsing, settings, source, validation
from schoolsim.parameters import Parameter
from tests.config.fuzzing import GENERATORS, SECRET, Case
from tests.invoking import invoke

MOST_LINES, LONGEST_LINE = 45, 3000

SMALL, LARGE = 10, 2500
"""Cases of each generator: in every test run, and in the slow one."""


def problems(case: Case) -> list[str]:
    """What is wrong with what comes of a case; the current folder is the case's."""
    start = time.process_time()
    result = invoke(*case.argv)
    seconds = time.process_time() - start
    found = []
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        found.append(f"traceback: {result.exception!r}"[:300])
    if result.exit_code not in case.codes:
        found.append(f"exit code {result.exit_code}: {result.stderr[:300]}")
    if seconds > case.seconds:
        found.append(f"took {seconds:.1f} s")
    if SECRET in result.output:
        found.append("shows what is in a file of somebody else's")
    if result.exit_code == 2:
        lines = result.stderr.split("\n")
        if result.stdout or not lines[0].startswith("Error: "):
            found.append(f"is no message: {result.stdout[:100]!r} {lines[0][:100]!r}")
        # What was typed may be repeated, once as it is and once as a help for the shell.
        if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE + 2 * max(map(len, case.argv), default=0):
            found.append(f"message of {len(lines)} lines, {max(map(len, lines))} characters")
        if not all(line.isprintable() for line in lines):
            found.append("prints control characters")
    return found


def failures(name: str, seeds: range, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The cases of a generator that come out wrong, each with what reproduces it."""
    for seed in seeds:
        place = folder / f"{name}-{seed}"
        place.mkdir()
        monkeypatch.chdir(place)
        case = GENERATORS[name](random.Random(f"{name} {seed}"), place)
        for problem in problems(case):
            yield f"{name} {seed}: {str(case.argv)[:200]}: {problem}"


@pytest.mark.parametrize("name", GENERATORS)
def test_a_few_cases(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(failures(name, range(SMALL), tmp_path, monkeypatch)) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", GENERATORS)
def test_many_cases(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(failures(name, range(SMALL, SMALL + LARGE), tmp_path, monkeypatch)) == []


def test_a_case_is_the_same_from_the_same_seed(tmp_path: Path) -> None:
    for name, generator in GENERATORS.items():
        made = []
        for attempt in "ab":
            folder = tmp_path / attempt / name
            folder.mkdir(parents=True)
            case = generator(random.Random(7), folder)
            texts = {
                path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "link.toml"
            }
            argv = [word.replace(str(folder), "") for word in case.argv]
            made.append((argv, {name: text.replace(f"{attempt}/".encode(), b"") for name, text in texts.items()}))
        assert made[0] == made[1]


def _quote_everything(patch: pytest.MonkeyPatch) -> None:
    plain = parsing.read_toml
    patch.setattr(source, "read_toml", lambda path, *, quote, limit: plain(path, limit=limit))


def _fail_on_lists(patch: pytest.MonkeyPatch) -> None:
    def broken(spec: Parameter, values: object) -> object:
        raise TypeError("planted")

    patch.setattr(settings, "_levels", broken)


#: A defect of each kind, the generator that is to find it, and by what.
PLANTED: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None], str]] = {
    "secrets are quoted": ("bases", _quote_everything, "shows what is in a file"),
    "lists are a fault": ("right_config", _fail_on_lists, "exit code 3"),
    "constraints are forgotten": (
        "right_config",
        lambda patch: patch.setattr(validation, "CONSTRAINTS", ()),
        "exit code 0",
    ),
    "every mistake is listed": (
        "mutated_config",
        lambda patch: patch.setattr(errors, "MOST_MESSAGES", 10**9),
        "message of",
    ),
    "control characters are printed": (
        "wrong_values",
        lambda patch: [
            patch.setattr(source, "shown", str),
            patch.setattr(told, "printable", lambda line, most: line),
        ],
        "prints control characters",
    ),
}


#: Where the first case that finds a defect comes late: cases before it are not tried.
FIRST = {"secrets are quoted": 69, "every mistake is listed": 17}


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_found(defect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, plant, problem = PLANTED[defect]
    plant(monkeypatch)
    assert any(
        problem in failure for failure in failures(name, range(FIRST.get(defect, 0), 300), tmp_path, monkeypatch)
    )
