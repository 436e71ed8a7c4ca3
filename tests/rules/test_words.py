"""Whole numbers that stand for words are the catalogue's codes and the populations'."""

from __future__ import annotations

import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.populations import PHASES
from schoolsim.rules import words

CODES = {
    ("badging.scope", "none"): words.NO_BADGES,
    ("badging.scope", "individual"): words.INDIVIDUAL,
    ("badging.scope", "collective"): words.COLLECTIVE,
    ("funding.purse", "originator"): words.PURSE_ORIGINATOR,
    ("funding.purse", "partnership"): words.PURSE_PARTNERSHIP,
    ("programme.select", "best"): words.SELECT_BEST,
    ("programme.select", "value_added"): words.SELECT_VALUE_ADDED,
    ("network.select", "programme"): words.SELECT_AS_PROGRAMME,
    ("funding.covers", "all"): words.FOR_ALL,
    ("funding.covers", "originators"): words.FOR_ORIGINATORS,
    ("programme.mode", "free"): words.FREE_MODE,
}


@pytest.mark.parametrize(("name", "option"), CODES)
def test_a_word_has_the_catalogues_number(name: str, option: str) -> None:
    assert REGISTRY[name].options.index(option) == CODES[name, option]
    assert Scenario.of({name: option}).record()[REGISTRY[name].field] == CODES[name, option]


def test_a_programmes_mode_is_one_more_than_the_modes_own_number() -> None:
    """`partnering` takes one from it."""
    assert REGISTRY["programme.mode"].options == ("free", *words.MODES)
    numbers = [words.REPLICATION, words.ADAPTATION, words.EXCHANGE, words.CREATION]
    assert [words.MODES[number] for number in numbers] == list(words.MODES)


def test_a_networks_member_rule_is_one_more_than_the_programmes_number() -> None:
    """`membership` takes one from it."""
    assert REGISTRY["network.select"].options == ("programme", *REGISTRY["programme.select"].options)


def test_modes_get_deeper() -> None:
    """Rules compare them: from adaptation on, from exchange on."""
    assert words.REPLICATION < words.ADAPTATION < words.EXCHANGE < words.CREATION


def test_phases_are_the_populations() -> None:
    assert [PHASES[code] for code in (words.PRIMARY, words.SECONDARY, words.SPECIAL)] == list(PHASES)


def test_roles_are_three() -> None:
    assert (words.NEITHER, words.ORIGINATOR, words.PARTNER) == (0, 1, 2)
