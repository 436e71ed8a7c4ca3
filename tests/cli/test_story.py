"""`schoolsim story`."""

from __future__ import annotations

import json

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
