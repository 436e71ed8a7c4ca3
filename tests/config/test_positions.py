"""The line of every key is found, whatever TOML allows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schoolsim.config.positions import KeyPath, find_lines
from schoolsim.config.write import to_toml

EVERY_FORM = Path(__file__).with_name("every_form.toml").read_text(encoding="utf-8")

LINES: dict[KeyPath, int] = {
    ("title",): 2,
    ("quoted.key",): 3,
    ("a",): 4,
    ("a", "b", "c d"): 4,
    ("levers",): 6,
    ("levers", "badging.scope"): 7,
    ("levers", "badging.scope", 0): 7,
    ("levers", "badging.scope", 1): 8,
    ("levers", "badging.scope", 2): 9,
    ("levers", "badging.scope", 2, 1, "z"): 9,
    ("levers", "text"): 11,
    ("levers", "lit"): 15,
    ("levers", "range"): 19,
    ("levers", "range", "hi gh"): 19,
    ("levers", "range", "more", "deep", 0): 19,
    ("figures", 0): 21,
    ("figures", 0, "kind"): 22,
    ("figures", 0, "inner"): 23,
    ("figures", 0, "inner", "x"): 24,
    ("figures", 1): 25,
    ("figures", 1, "kind"): 26,
    ("figures", 1, "parts", 0, "y"): 28,
    ("figures", 1, "parts", 1, "y"): 30,
    ("programme",): 31,
    ("programme", "beacon"): 31,
    ("programme", "beacon", "z"): 32,
}


def paths(data: Any, above: KeyPath = ()) -> list[KeyPath]:
    """Every path of parsed TOML."""
    if isinstance(data, dict):
        pairs = [((*above, key), value) for key, value in data.items()]
    elif isinstance(data, list):
        pairs = [((*above, place), value) for place, value in enumerate(data)]
    else:
        return []
    return [path for own, value in pairs for path in (own, *paths(value, own))]


def test_every_form_of_key() -> None:
    found = find_lines(EVERY_FORM)
    assert {path: found[path] for path in LINES} == LINES
    assert set(found) == set(paths(tomllib.loads(EVERY_FORM)))


text = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
leaf = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False), text)
value = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(text, value, max_size=5)


@given(documents)
def test_every_key_of_any_document_has_a_line(data: dict[str, Any]) -> None:
    written = to_toml(data)
    assert set(find_lines(written)) == set(paths(data))


@given(documents)
def test_what_is_written_reads_back(data: dict[str, Any]) -> None:
    written = to_toml(data)
    assert tomllib.loads(written) == data
    assert to_toml(tomllib.loads(written)) == to_toml(tomllib.loads(written))
