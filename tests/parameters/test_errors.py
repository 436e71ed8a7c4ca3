"""The nearest name is one the user may have meant, or none."""

from __future__ import annotations

import pytest

from schoolsim.parameters.errors import did_you_mean, nearest

NAMES = ("badging.scope", "badging.share", "market.choice_weight", "programmes/beacon")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("badging.scop", "badging.scope"),
        ("badgin.scope", "badging.scope"),
        ("Badging.Scope", "badging.scope"),
        ("choice_weight", "market.choice_weight"),
        ("choise_weight", "market.choice_weight"),
        ("becon", "programmes/beacon"),
        ("badging.money", None),
        ("weather", None),
        ("", None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant


def test_a_hint_is_the_end_of_a_sentence() -> None:
    assert did_you_mean("scope", NAMES) == ' Did you mean "badging.scope"?'
    assert did_you_mean("weather", NAMES) == ""
    assert did_you_mean("anything", []) == ""
