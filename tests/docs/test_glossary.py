"""The glossary agrees with the code: what it names is there, and means there what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schoolsim.cli import app
from schoolsim.config import list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.system.state import schema

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", PAGE)) - {"code"})
COMMANDS = {command.__name__.rstrip("_") for commands in app.COMMANDS.values() for command in commands}
CONFIGS = {entry.name for entry in list_configs()}


def is_known(name: str) -> bool:
    """Whether something in the code has this name: a parameter, outcome, config, command, group or column."""
    if name in REGISTRY or name in OUTCOMES or name in CONFIGS:
        return True
    if name.startswith("schoolsim "):
        return name.split()[1] in COMMANDS
    group, _, column = name.partition(".")
    found = getattr(schema, group, None)
    return isinstance(found, type) and (not column or column in found.__annotations__)


@pytest.mark.parametrize("name", NAMED)
def test_what_the_glossary_names_is_there(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("name", ["trust.men", "Ties.trust", "Friends", "settings/nowhere", "schoolsim docks"])
def test_what_is_not_there_is_seen(name: str) -> None:
    assert not is_known(name)


@pytest.mark.parametrize(
    ("term", "joins", "column", "names"),
    [("Tie", "schools", "schools", "Ties"), ("Teacher tie", "people", "people", "TeacherTies")],
)
def test_a_tie_joins_what_the_state_says(term: str, joins: str, column: str, names: str) -> None:
    said = PAGE.partition(f"**{term}** (`{names}`).")[2].partition("\n\n")[0]
    assert f"Joins two *{joins}*" in said
    assert f"two {column}" in (getattr(schema, names).__doc__ or "")


def test_every_word_is_explained_once_and_in_a_sentence() -> None:
    terms = re.findall(r"^\*\*([^*]+?)\.?\*\*", PAGE, flags=re.MULTILINE)
    assert len(terms) == len(set(terms)) > 30
    groups = {"Practices", "Teachers", "Knowledge", "Schools", "Ties", "TeacherTies", "Partnerships", "Programmes"}
    assert groups | {"Networks", "Brokers", "Introductions", "SchoolTwins"} <= {name.split(".")[0] for name in NAMED}


@pytest.mark.parametrize("page", ["index.md", "odd.md", "glossary.md"])
def test_no_page_says_that_a_tie_joins_teachers(page: str) -> None:
    text = " ".join((Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8").split())
    assert not re.search(r"\*tie\*? joins two (teachers|people)|\| tie \| \w+ two (teachers|people)", text)
