"""Whole numbers that stand for words are the catalogue's codes and the populations'."""

from __future__ import annotations

import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.populations import PHASES
from schoolsim.rules import codes

CODES = {
    ("badging.scope", "none"): codes.NO_BADGES,
    ("badging.scope", "individual"): codes.INDIVIDUAL,
    ("badging.scope", "collective"): codes.COLLECTIVE,
    ("funding.purse", "originator"): codes.PURSE_ORIGINATOR,
    ("funding.purse", "partnership"): codes.PURSE_PARTNERSHIP,
    ("programme.select", "best"): codes.SELECT_BEST,
    ("programme.select", "value_added"): codes.SELECT_VALUE_ADDED,
    ("network.select", "programme"): codes.SELECT_AS_PROGRAMME,
    ("funding.covers", "all"): codes.FOR_ALL,
    ("funding.covers", "originators"): codes.FOR_ORIGINATORS,
    ("programme.mode", "free"): codes.FREE_MODE,
}


@pytest.mark.parametrize(("name", "option"), CODES)
def test_a_word_has_the_catalogues_number(name: str, option: str) -> None:
    assert REGISTRY[name].options.index(option) == CODES[name, option]
    assert getattr(Scenario.of({name: option}).as_one(), REGISTRY[name].field) == CODES[name, option]


def test_a_programmes_mode_is_the_modes_own_number_after_the_free_choice() -> None:
    """A partnership's mode is the programme's less `FIRST_MODE`."""
    options = REGISTRY["programme.mode"].options
    assert options == ("free", *codes.MODES)
    assert options[codes.FIRST_MODE :] == codes.MODES
    numbers = [codes.REPLICATION, codes.ADAPTATION, codes.EXCHANGE, codes.CREATION]
    assert [codes.MODES[number] for number in numbers] == list(codes.MODES)


def test_a_networks_member_rules_are_the_programmes_after_its_own_option() -> None:
    """A network's member rule is the programme's less `FIRST_NETWORK_SELECT`."""
    options = REGISTRY["network.select"].options
    assert options == ("programme", *REGISTRY["programme.select"].options)
    assert options[codes.FIRST_NETWORK_SELECT :] == REGISTRY["programme.select"].options


def test_modes_get_deeper() -> None:
    """Rules compare them: from adaptation on, from exchange on."""
    assert codes.REPLICATION < codes.ADAPTATION < codes.EXCHANGE < codes.CREATION


def test_phases_are_the_populations() -> None:
    assert [PHASES[code] for code in (codes.PRIMARY, codes.SECONDARY, codes.SPECIAL)] == list(PHASES)


def test_roles_are_three() -> None:
    assert (codes.NEITHER, codes.ORIGINATOR, codes.PARTNER) == (0, 1, 2)


def test_numbers_of_our_own_are_those_the_columns_tell_of() -> None:
    """Nothing is -1; a teacher's role counts from 0."""
    assert codes.NONE == -1
    assert (codes.CLASS_TEACHER, codes.MIDDLE_LEADER, codes.ADVANCED) == (0, 1, 2)
