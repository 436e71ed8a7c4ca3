"""The command line run inside the test's process, and a study small enough to sweep in a second."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.invoking import invoke
from tests.populations import made_up

TINY = """\
title = "A tiny study"
description = "Does a badge help?"
base = "programmes/beacon"
sources = ["Nobody 2001, page 3: nothing"]
years = 1
replications = 2
seed = 3

[levers]
"programme.originators" = 2
"programme.partners_each" = 1
"badging.scope" = ["individual", "none"]

[constants]
"setting.schools" = 12

[outcomes]
report = ["progress.partner", "trust.mean"]
baseline = { "badging.scope" = "none" }

[[figures]]
kind = "contrast"
name = "badge"

[[figures]]
kind = "series"
name = "years"
"""

SMALL = ("programmes/beacon", "--years", 1, "-p", "setting.schools=12", "-p", "programme.originators=2")
"""Arguments of `schoolsim run` that make a run in a fraction of a second."""

SERIAL = ("--executor", "serial", "--quiet")


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Type = Callable[..., Said]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every command starts in an empty folder of its own, as a user's would."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def typed() -> Type:
    """Run a command as typed: `typed("list", "levers")`."""

    def run(*words: object) -> Said:
        result = invoke(*(str(word) for word in words))
        # A fault must come out as exit code 3; anything else is a traceback on the user's screen.
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def tiny(elsewhere: Path) -> Path:
    """The config of the tiny study."""
    path = elsewhere / "tiny.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def once(typed: Type, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the tiny study, swept once for all tests; only read."""
    place = tmp_path_factory.mktemp("swept")
    config = place / "tiny.toml"
    config.write_text(TINY, encoding="utf-8")
    said = typed("sweep", config, "--out", place / "results", "--executor", "serial", "--quiet")
    assert said.code == 0, said.err
    return place / "results" / "tiny"


@pytest.fixture
def swept(once: Path, elsewhere: Path, tiny: Path) -> Path:
    """The same results, a copy that may be changed, where a sweep of the tiny study would put them."""
    return Path(shutil.copytree(once, elsewhere / "results" / "tiny"))


@pytest.fixture
def register(elsewhere: Path) -> Path:
    """A made-up register: fourteen schools of Thornshire, four of Hollyshire, and a nursery."""
    rows = [made_up.primary(100 + n, east=440000 + 900 * n) for n in range(10)]
    rows += [made_up.secondary(200 + n, east=441000 + 2000 * n) for n in range(4)]
    rows += [made_up.primary(300 + n, authority="Hollyshire", code="998", east=460000 + n) for n in range(4)]
    rows += [made_up.primary(400, status="Closed")]
    return made_up.write(elsewhere, rows)


def hashes(folder: Path) -> dict[str, bytes]:
    """The bytes of the files of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
