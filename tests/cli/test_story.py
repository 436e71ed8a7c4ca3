"""`schoolsim story`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Type


def test_a_story_is_told_in_a_terminal(typed: Type) -> None:
    said = typed("story", "partnership", "beacon", "-p", "setting.schools=16", "--seed", 2, "--years", 1)
    assert said.code == 0, said.err
    assert "Year 1, autumn." in said.out
    as_data = json.loads(
        typed("story", "partnership", "beacon", "-p", "setting.schools=16", "--seed", 2, "--years", 1, "--json").out
    )
    assert as_data["seed"] == 2
    assert as_data["half_terms"][0]["when"] == "Year 1, autumn"


@pytest.mark.slow
def test_the_life_line_of_a_partnership_is_drawn_to_the_same_bytes(typed: Type, tmp_path: Path) -> None:
    small = ("beacon", "-p", "setting.schools=16", "--seed", 2, "--years", 1)
    files = [tmp_path / "first.png", tmp_path / "second.png"]
    for file in files:
        said = typed("story", "partnership", *small, "--figure", file)
        assert said.code == 0, said.err
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "trust in the originator from" in (tmp_path / "first.txt").read_text()
    assert f"Its life line: {files[1]}" in " ".join(said.out.split()).replace(" ", " ")


def test_what_no_life_line_can_be_drawn_of_is_said(typed: Type, tmp_path: Path) -> None:
    said = typed("story", "teacher", "beacon", "--figure", tmp_path / "a.png")
    assert (said.code, "the life line of a partnership" in said.err) == (2, True)
    said = typed("story", "partnership", "beacon", "--figure", tmp_path / "a.jpg")
    assert (said.code, "saved as .png, .svg, .pdf" in said.err) == (2, True)
