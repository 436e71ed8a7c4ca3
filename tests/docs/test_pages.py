"""Tutorials and how-tos do what they say: every file, command and block of Python, in order, in an empty folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import schoolsim
from schoolsim.cli.app import COMMANDS
from schoolsim.outcomes import catalog
from schoolsim.studies import Study
from tests.cli.conftest import Type, typed
from tests.docs.pages import PAGES, ROOT, steps, words

__all__ = ["typed"]
#: Pages that are soon followed; the others are followed when slow tests run.
EACH_TIME = ("precision", "stories", "compare_programmes")
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(autouse=True)
def outcomes_as_they_were() -> Iterator[None]:
    """A page may add outcomes; no other test sees them."""
    before = dict(catalog.OUTCOMES)
    yield
    for name in set(catalog.OUTCOMES) - set(before):
        del catalog._BY_NAME[name]


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=page.stem, marks=[] if page.stem in EACH_TIME else [pytest.mark.slow]) for page in PAGES],
)
def test_a_page_does_what_it_says(page: Path, typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(page.read_text(encoding="utf-8"), typed, tmp_path, monkeypatch)


def follow(page: str, typed: Type, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Do all that a page asks for; return how many things that were."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("schoolsim.explore.serving.serve", lambda *_, **__: None)  # which would not end by itself
    names: dict[str, object] = {"__name__": "page"}
    done = 0
    for step in steps(page):
        if step.kind == "file":
            path = folder / step.place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        elif step.kind == "command":
            arguments = words(step.text)
            said = typed(*arguments)
            assert said.code == 0, f"schoolsim {' '.join(arguments)}\n{said.out}{said.err}"
        else:
            exec(compile(step.text, "<page>", "exec"), names)
        done += 1
    return done


def test_a_page_that_is_wrong_is_noticed(typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AssertionError, match="badging_fundin"):
        follow("```sh\nschoolsim explain badging_fundin\n```\n", typed, tmp_path, monkeypatch)
    with pytest.raises(NameError):
        follow("```python\nss.Study\n```\n", typed, tmp_path, monkeypatch)
    with pytest.raises(ValueError, match="no command of schoolsim"):
        follow("```sh\nrm -r results\n```\n", typed, tmp_path, monkeypatch)


def test_links_lead_somewhere() -> None:
    broken = [
        (str(page.relative_to(ROOT)), target)
        for page in sorted((ROOT / "docs").rglob("*.md"))
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_page_for_users_has_all_rows_and_commands_that_are_there() -> None:
    page = (ROOT / "docs" / "users.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\d+) \| (.+?) \| (.+?) \|$", page)
    assert [int(number) for number, _, _ in rows] == list(range(1, 49))
    there = {function.__name__.rstrip("_") for functions in COMMANDS.values() for function in functions}
    named = {name for _, _, where in rows for name in re.findall(r"`schoolsim (\w+)", where)}
    assert len(named) > 10
    assert named - there == set()


def test_the_tutorial_writes_the_study_of_brokers_in_town_and_country() -> None:
    page = (ROOT / "docs" / "tutorials" / "own_study.md").read_text(encoding="utf-8")
    (file,) = (step for step in steps(page) if step.place == "my_brokers.toml")
    written, shipped = tomllib.loads(file.text), Study("rural_brokers").config
    mine = Study({**written, "population": {}, "years": shipped.years, "replications": shipped.replications}).config
    assert (mine.title, mine.axes()) == (shipped.title, shipped.axes())
    assert mine.swept() == shipped.swept()
    assert mine.linked == shipped.linked
    assert mine.outcomes == shipped.outcomes


def test_every_command_and_every_public_name_has_its_place() -> None:
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for functions in COMMANDS.values():
        for function in functions:
            assert f"### `schoolsim {function.__name__.rstrip('_')}`" in commands
    python = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    assert [name for name in schoolsim.__all__ if not name.startswith("__") and f".{name}\n" not in python] == []
