"""Commands and blocks of all other pages: each does what a reader expects, in a folder that has what it names."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import schoolsim as ss
from benchmarks.sections import SECTIONS
from schoolsim.cli.app import COMMANDS
from schoolsim.jit import cache_root
from schoolsim.studies import Study, StudyResult
from tests.cli.conftest import SERIAL, Type, typed
from tests.docs.following import FENCE
from tests.docs.pages import PAGES, ROOT
from tests.docs.prepared import FEWER, prepare
from tests.nightly.kinds import KINDS

__all__ = ["typed"]
#: All pages, and what stands in front of them. What was found on a day, as stories, is typed as it stands.
EVERY_PAGE = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
#: Words that stand for something of the reader's, the longer before what stands in them.
FOR_ANY = {
    "[--out FILE]": "", "FILE": "X.toml", "DIR": "results/X", "QUESTION": "Do brokers help needy schools?",
}  # fmt: skip
#: Commands that make many runs, and what makes them few.
FEW = {
    "dock": ["--fast", "--quiet"],
    "validate": ["--fast", *SERIAL],
    "calibrate": ["--fast", *SERIAL],
    "evaluate": [*SERIAL],
    "search": ["--budget", "2", *SERIAL],
    "resume": [*SERIAL],
}
#: Commands whose fast form may find one quantity to differ that agrees in full (docs/evidence-docking.md), and which.
MAY_DIFFER = dict.fromkeys(("schoolsim dock", "schoolsim dock barter"), "highest mean over that at .001")
#: Named with nothing else, these are whole commands; others are named as commands there are.
WHOLE = ("list", "docs", "doctor", "dock", "validate", "calibrate", "explore")
#: Typed each time, unless a results folder is named, which has to be made first; all others when slow tests run.
EACH_TIME = ("list", "show", "cite", "docs", "new")
#: Blocks that another test follows, line by line, with what they name.
FOLLOWED = {
    "studies.md": ("tests/docs/test_studies_page.py", ("badge_worlds", "which_badge")),
    "places.md": ("tests/cli/test_map.py", ("results/tiny", "advice.csv")),
}
#: What is not typed here as it stands, and why.
NOT_TYPED = {
    "schoolsim calibrate": "minutes, and the same as `schoolsim calibrate magnitudes`, which is typed",
    'schoolsim run beacon --schools places/region --authority "Authority 07"': (
        "of the place that the line before it draws; tests/cli/test_schools_build.py draws one and takes its schools"
    ),
    "schoolsim validate": "more than a minute even with --fast; tests/cli/test_validate.py types it with single rows",
    "schoolsim sweep badging_funding --executor dask --scheduler tcp://node1:8786": (
        "needs a cluster; tests/studies/test_execution.py asks a scheduler of its own"
    ),
}
PROGRAMS = ("schoolsim", "make", "python", "pip", "solara", "source", ".venv/bin/pre-commit")
#: Commands of other programs by what they begin with: why they are not typed here. What they name is there (below).
OTHERS = {
    "make": "makes an environment from package registries, or does what the tests are part of",
    "pip install": "asks a package registry",
    "solara run": "serves a page until it is stopped; tests/docs/test_viewer.py opens the same page",
    "source .venv/bin/activate": "changes the reader's shell",
    ".venv/bin/pre-commit install": "changes the reader's repository",
    "python -m pytest": "tests; they run by themselves",
    "python -m benchmarks": "measures a machine for minutes; tests/benchmarks runs its parts",
    "python -m tests.nightly": "takes a night; tests/nightly/test_nightly.py tries some of each kind",
    "python docs/measure_living.py": "measures for minutes and writes into the tree",
    "python docs/measure_realism.py": "measures for minutes, on official files, and writes into the tree",
    "python docs/licences.py": "writes into the tree; tests/docs/test_licences.py holds its page to what it finds",
}


def lines(text: str) -> list[str]:
    """The commands of a block, without their comments."""
    return [
        line
        for line in (" ".join(line.partition("  #")[0].split()) for line in text.splitlines())
        if line.split(" ")[0] in PROGRAMS
    ]


def inline() -> set[str]:
    """All commands within the text of pages."""
    found = set()
    for page in EVERY_PAGE:
        text = re.sub(r"(?ms)^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"))
        found |= {" ".join(command.split()) for command in re.findall(r"`([^`]+)`", text)}
    return {command for command in found if command.split(" ")[0] in PROGRAMS and " " in command}


def of_blocks() -> set[str]:
    """All commands in blocks of pages, but for those that another test types as part of the page."""
    found: set[str] = set()
    for page in EVERY_PAGE:
        _, names = FOLLOWED.get(page.name, ("", ()))
        for language, place, text in re.findall(
            r'(?ms)^```(\w*)(?: title="([^"]+)")?\n(.*?)^```$', page.read_text(encoding="utf-8")
        ):
            typed_there = language == "sh" and (page in PAGES or page.name == "CONTRIBUTING.md")
            if not place and not typed_there and language in ("", "sh"):
                found |= {line for line in lines(text) if not any(name in line for name in names)}
    return found


def named() -> list[str]:
    """All commands that pages name, each once, but for those that another test types."""
    return sorted(inline() | of_blocks())


def of_schoolsim() -> list[str]:
    return [command for command in named() if command.startswith("schoolsim ") and command not in NOT_TYPED]


def of_others() -> list[str]:
    return [command for command in named() if not command.startswith("schoolsim ")]


def arguments(command: str) -> list[str]:
    """What is typed after `schoolsim`: any folder for DIR, and few runs."""
    for word, instead in FOR_ANY.items():
        command = re.sub(rf" {re.escape(word)}(?= |$)", f" {shlex.quote(instead)}" if instead else "", command)
    words = shlex.split(command)[1:]
    if words in (["schools", "build"], ["schools", "draw"]) or (len(words) == 1 and words[0] not in WHOLE):
        return [*words, "--help"]
    words += map(str, FEW.get(words[0], ()))
    if words[0] == "sweep":
        words += few_runs(words)
    for option, few in (("--workers", "2"), ("--replications", "4")):
        if words[0] == "sweep" and option in words:
            words[words.index(option) + 1] = few
    return words


def few_runs(words: list[str]) -> list[str]:
    """What makes a sweep a small one: a study that ships is cut, and replications are four at most."""
    added: list[str] = [*SERIAL] if "--workers" not in words else ["--executor", "processes", "--quiet"]
    if not any(word.endswith(".toml") and "configs/" not in word for word in words):
        added += map(str, FEWER[:4] if "--schools" in words else FEWER)
    if "--out" not in words:
        added += ["--out", "again"]  # beside the results that are there, which would leave nothing to run
    return added


@pytest.fixture(scope="session")
def made(typed: Type, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, made once and only copied."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        prepare(folder, typed)
    return folder


def of_few_authorities(evaluation: str) -> str:
    few = {"replications": "4", "burn_in_years": "0", "authorities": "[4]", "samples": "20"}
    for key, value in few.items():
        evaluation = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", evaluation)
    return evaluation


@pytest.fixture
def reader(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to work in, which is home, too; the explorer does not wait for a browser."""
    folder = Path(shutil.copytree(made, tmp_path / "reader"))
    for name in ("configs", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for design in (folder / "configs" / "evaluations").glob("*.toml"):  # a reader's own configs hide those that ship
        design.write_text(of_few_authorities(design.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SCHOOLSIM_CACHE_DIR", str(cache_root()))  # workers need not compile the model anew
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr("schoolsim.explore.serving.serve", lambda *_, **__: None)
    return folder


def is_quick(command: str) -> bool:
    return arguments(command)[0] in EACH_TIME and "results/" not in " ".join(arguments(command))


def whole() -> list[str]:
    return [command for command in of_schoolsim() if arguments(command)[-1] != "--help"]


@pytest.mark.parametrize("command", [command for command in whole() if is_quick(command)])
def test_a_quick_command_that_a_page_names_works(
    command: str, typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = typed(*arguments(command))
    assert said.code == 0, f"{command}\n{said.out}{said.err}"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("command", [pytest.param(one, id=one) for one in whole() if not is_quick(one)])
def test_a_command_that_a_page_names_works(command: str, typed: Type) -> None:
    words = arguments(command)
    if "--out" in words:  # what is there already would leave nothing to make
        shutil.rmtree(words[words.index("--out") + 1], ignore_errors=True)
    said = typed(*words)
    offered = re.search(r"of them are (\S+) or more", said.err)
    if words[0] == "discover" and offered:  # the bound is of a larger study
        words[words.index("--at-least") + 1] = offered[1]
        said = typed(*words)
    differs = [line for line in said.out.splitlines() if line.split()[-1:] == ["differs"]]
    if command in MAY_DIFFER and [line for line in differs if MAY_DIFFER[command] in line] == differs != []:
        assert said.code == 1
        return
    assert said.code == 0, f"schoolsim {' '.join(words)}\n{said.out}{said.err}"


def test_a_command_that_is_named_alone_is_one() -> None:
    there = {function.__name__.rstrip("_") for functions in COMMANDS.values() for function in functions}
    alone = [command for command in of_schoolsim() if arguments(command)[-1] == "--help"]
    assert len(alone) > 15
    assert [command for command in alone if command.split()[1] not in there] == []


def test_each_command_of_schoolsim_is_typed() -> None:
    """By one of the tests above, whole; so none is only named."""
    there = {function.__name__.rstrip("_") for functions in COMMANDS.values() for function in functions}
    assert there - {arguments(command)[0] for command in whole()} == set()


def unlisted(commands: list[str]) -> list[str]:
    """Commands of other programs that no entry of `OTHERS` begins."""
    return [one for one in commands if not any(one == start or one.startswith(f"{start} ") for start in OTHERS)]


def test_what_is_not_typed_is_listed_with_its_reason() -> None:
    assert unlisted(["make demo", "rm -r results"]) == ["rm -r results"]
    assert unlisted(of_others()) == []
    assert [start for start in OTHERS if not any(one.startswith(start) for one in of_others())] == []
    assert set(NOT_TYPED) <= set(named())
    reasons = [*NOT_TYPED.values(), *OTHERS.values(), *(test for test, _ in FOLLOWED.values())]
    tests = {path for reason in reasons for path in re.findall(r"tests/[\w/]+(?:\.py)?", reason)}
    assert len(tests) >= 6
    assert [test for test in tests if not (ROOT / test).exists()] == []


def absent(command: str) -> list[str]:
    """What a command of another program names, and is not there: targets, extras, files, sections and kinds."""
    words = shlex.split(command)
    if words[0] == "make":
        targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        return [word for word in words[1:] if "=" not in word and word not in targets]
    if words[:2] == ["pip", "install"]:
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "optional-dependencies"
        ]
        return [
            word for word in words[2:] if word != "schoolsim" and word.removeprefix("schoolsim")[1:-1] not in extras
        ]
    known = {"benchmarks": SECTIONS, "tests.nightly": KINDS}.get(words[2] if words[1] == "-m" else "")
    if known is not None:
        return [word for word in words[3:] if word != "--only" and word not in known]
    files = [word for word in words[1:] if word.endswith(".py") or word.startswith("tests/")]
    return [word for word in files if not (ROOT / word).exists()]


def test_what_a_command_of_another_program_names_is_there() -> None:
    wrong = ["make deno", 'pip install "schoolsim[explorer]"', "python -m benchmarks --only twins"]
    wrong += [
        "python -m tests.nightly --only knots",
        "python -m pytest tests/docs/test_page.py",
        "python docs/licence.py",
    ]
    assert [command for command in wrong if not absent(command)] == []
    assert {command: absent(command) for command in of_others() if absent(command)} == {}


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
