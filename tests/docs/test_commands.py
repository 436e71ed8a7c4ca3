"""Commands and blocks of all other pages: each does what a reader expects, in a folder that has what it names."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import schoolsim as ss
from schoolsim.cli.app import COMMANDS
from schoolsim.studies import Study, StudyResult
from tests.cli.conftest import SERIAL, Type, typed
from tests.docs.following import FENCE
from tests.docs.pages import PAGES, ROOT
from tests.docs.prepared import FEWER, prepare

__all__ = ["typed"]
#: All pages, and what stands in front of them. What was found on a day, as stories, is typed as it stands.
EVERY_PAGE = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
#: Words that stand for something of the reader's.
FOR_ANY = {"FILE": "X.toml", "DIR": "results/X", "QUESTION": "Do brokers help needy schools?", "[--out FILE]": ""}
#: Commands that make many runs, and what makes them few.
FEW = {
    "dock": ["--fast", "--quiet"],
    "validate": ["--fast", *SERIAL],
    "calibrate": ["--fast", *SERIAL],
    "evaluate": ["--replications", "4", "--years", "2", *SERIAL],
    "sweep": [*SERIAL],
    "search": ["--budget", "2", *SERIAL],
    "resume": [*SERIAL],
}
#: Of blocks that tests/docs/test_studies_page.py and tests/cli/test_map.py follow line by line.
FOLLOWED = ("badge_worlds", "which_badge", "results/tiny", "advice.csv")
#: Named with nothing else, these are whole commands; others are named as commands there are.
WHOLE = ("list", "docs", "doctor")
#: Typed each time.
EACH_TIME = ("list", "show", "cite", "docs", "new")
#: Typed when slow tests run. What is in neither is not typed here.
WHEN_SLOW = ("answer", "robust")


def named() -> list[str]:
    """All commands that pages name, each once."""
    found = {
        " ".join(command.split())
        for page in EVERY_PAGE
        for command in re.findall(r"`(schoolsim [^`]+)`", page.read_text(encoding="utf-8"))
    }
    return sorted(found)


def of_blocks() -> list[str]:
    """All commands in blocks of pages that are not followed as a whole, each once."""
    return sorted({
        line.partition("  #")[0].strip()
        for page in EVERY_PAGE
        if page not in PAGES and page.name != "CONTRIBUTING.md"
        for block in re.findall(r"(?ms)^```(?:sh)?\n(.*?)^```$", page.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if line.startswith("schoolsim ") and not any(word in line for word in FOLLOWED)
    })  # fmt: skip


def arguments(command: str) -> list[str]:
    """What is typed after `schoolsim`: any folder for DIR, and few runs."""
    for word, instead in FOR_ANY.items():
        command = command.replace(f" {word}", f" {shlex.quote(instead)}" if instead else "")
    words = shlex.split(command)[1:]
    if words == ["schools", "build"] or (len(words) == 1 and words[0] not in WHOLE):
        return [*words, "--help"]
    words += map(str, FEW.get(words[0], ()))
    if words[0] == "sweep" and not any(word.endswith(".toml") and "configs/" not in word for word in words):
        words += map(str, FEWER[:4] if "--schools" in words else FEWER)
    if words[0] == "sweep" and "--out" not in words:
        words += ["--out", "again"]  # beside the results that are there, which would leave nothing to run
    if "--workers" in words:
        words[words.index("--executor") + 1] = "processes"
        words[words.index("--workers") + 1] = "2"
    return words


@pytest.fixture(scope="session")
def made(typed: Type, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, made once and only copied."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        prepare(folder, typed)
    return folder


@pytest.fixture
def reader(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to work in, which is home, too; the explorer does not wait for a browser."""
    folder = Path(shutil.copytree(made, tmp_path / "reader"))
    for name in ("configs", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr("schoolsim.explore.serving.serve", lambda *_, **__: None)
    return folder


def once_or_slow(commands: list[str]) -> list[object]:
    """Commands as cases: what is quick is typed each time."""
    return [
        pytest.param(command, marks=[] if arguments(command)[0] in EACH_TIME else [pytest.mark.slow])
        for command in commands
        if arguments(command)[-1] != "--help" and arguments(command)[0] in (*EACH_TIME, *WHEN_SLOW)
    ]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("command", once_or_slow(sorted({*named(), *of_blocks()})))
def test_a_command_that_a_page_names_works(command: str, typed: Type, reader: Path) -> None:
    words = arguments(command)
    said = typed(*words)
    assert said.code == 0, f"schoolsim {' '.join(words)}\n{said.out}{said.err}"


def test_a_command_that_is_named_alone_is_one() -> None:
    there = {function.__name__.rstrip("_") for functions in COMMANDS.values() for function in functions}
    alone = [command for command in named() if arguments(command)[-1] == "--help"]
    assert len(alone) > 20
    assert [command for command in alone if command.split()[1] not in there] == []


def rows_for_users() -> dict[int, list[str]]:
    """What shows each of the 48 things: the commands, Python and tests of a row."""
    page = (ROOT / "docs" / "users.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\d+) \| (.+?) \| (.+) \|$", page)
    kinds = r"`((?:schoolsim|python -m|ss\.|result\.)[^`]+)`"
    return {int(number): re.findall(kinds, where) for number, _, where in rows}


def python_for_users() -> list[str]:
    return [shown for row in rows_for_users().values() for shown in row if shown.startswith(("ss.", "result."))]


def test_each_row_for_users_has_what_shows_it() -> None:
    rows = rows_for_users()
    assert list(rows) == list(range(1, 49))
    assert [number for number, shown in rows.items() if not shown] == []
    tests = [word for row in rows.values() for shown in row for word in shown.split() if word.startswith("tests/")]
    assert len(tests) >= 5
    assert [test for test in tests if not (ROOT / test).is_file()] == []


@pytest.mark.slow
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("python", python_for_users())
def test_the_python_shown_to_users_works(python: str) -> None:
    names: dict[str, object] = {"ss": ss, "result": StudyResult.open("results/X")}
    assert eval(python, names) is not None


#: What makes the Python and the studies of a page small.
SMALLER = {
    'ss.Study("badging_funding").run(workers=2)': (
        'ss.Study("badging_funding", years=2, replications=4, population={"schools": 24}).run('
        'out="small", executor="serial", progress=False)'
    ),
}
OTHER_PAGES = [ROOT / "README.md", *(page for page in EVERY_PAGE if page not in PAGES and page.parts[-2] == "docs")]


def blocks(language: str) -> list[object]:
    """Pages with blocks of a language that are not followed as a whole."""
    return [
        pytest.param(page, id=page.stem)
        for page in OTHER_PAGES
        if any(found["language"] == language for found in FENCE.finditer(page.read_text(encoding="utf-8")))
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("page", blocks("python"))
def test_the_python_of_a_page_runs(page: Path) -> None:
    """Block by block; what the text says is there is there: schools, and a result of a study of schools."""
    names: dict[str, object] = {
        "__name__": "page", "ss": ss, "table": ss.read_schools("places/sheffield"),
        "result": StudyResult.open("results/gains_thornshire"),
    }  # fmt: skip
    for found in FENCE.finditer(page.read_text(encoding="utf-8")):
        if found["language"] == "python":
            text = found["text"]
            for wide, narrow in SMALLER.items():
                text = text.replace(wide, narrow)
            exec(compile(text, f"<{page.name}>", "exec"), names)


@pytest.mark.slow
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("page", blocks("toml"))
def test_the_toml_of_a_page_is_a_study_or_a_part_of_one(page: Path) -> None:
    lever = {"levers": {"badging.scope": ["none", "individual"]}}
    for found in FENCE.finditer(page.read_text(encoding="utf-8")):
        if found["language"] == "toml":
            parts = tomllib.loads(found["text"])
            study = Study(parts if "title" in parts else {"title": "A part", **lever, **parts})
            assert study.size >= 1


def test_what_is_made_small_stands_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in OTHER_PAGES)
    assert [wide for wide in SMALLER if wide not in text] == []
