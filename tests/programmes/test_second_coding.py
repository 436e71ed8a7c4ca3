"""The programmes' values against a second coding of them from the sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schoolsim.config import list_configs, load_config

CODED: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "second_coding.toml").read_text(encoding="utf-8")
)
VALUES = [(programme, lever) for programme, levers in CODED.items() for lever in levers]
PROGRAMMES = [entry.name.partition("/")[2] for entry in list_configs("programmes")]
#: Words of a comment that say a value is ours, or another programme's.
OURS = re.compile(r"\breading\b|from memory|as programmes/")
LINE = re.compile(r'"(?P<lever>[\w.]+)"\s*=\s*.*?\s#\s(?P<why>.*)')


def values_with_comments(programme: str) -> Iterator[tuple[str, str]]:
    (entry,) = [one for one in list_configs("programmes") if one.name == f"programmes/{programme}"]
    for line in entry.path.read_text(encoding="utf-8").splitlines():
        found = LINE.match(line)
        if found:
            yield found["lever"], found["why"]


def test_every_programme_is_there() -> None:
    assert "beacon" in PROGRAMMES
    assert set(CODED) == set(PROGRAMMES) - {"no_programme"}


@pytest.mark.parametrize(("programme", "lever"), VALUES)
def test_a_value_is_the_sources(programme: str, lever: str) -> None:
    coded, value = CODED[programme][lever], load_config(f"programmes/{programme}").levers[lever]
    if "between" in coded:
        low, high = coded["between"]
        assert low <= value <= high
    else:
        assert value == coded["value"]
        assert isinstance(value, bool) == isinstance(coded["value"], bool)


@pytest.mark.parametrize(("programme", "lever"), VALUES)
def test_the_source_is_quoted_and_briefly(programme: str, lever: str) -> None:
    coded = CODED[programme][lever]
    assert coded["where"]
    assert 1 <= len(coded["says"].split()) <= 10


@pytest.mark.parametrize("programme", [name for name in PROGRAMMES if name != "no_programme"])
def test_what_is_no_reading_was_coded_twice(programme: str) -> None:
    """And every value says in a comment why it is what it is."""
    told = dict(values_with_comments(programme))
    assert set(told) == set(load_config(f"programmes/{programme}").levers)
    taken_from_the_source = {lever for lever, why in told.items() if not OURS.search(why)}
    assert taken_from_the_source <= set(CODED[programme])
