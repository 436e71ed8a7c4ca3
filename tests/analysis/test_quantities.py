"""Numbers and their units are written as people write them."""

from __future__ import annotations

import math

import pytest

from schoolsim.analysis.quantities import decimals_for, number, unit_words, value_words, with_unit
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY


@pytest.mark.parametrize("unit", sorted({spec.unit for spec in (*REGISTRY.values(), *OUTCOMES.values())}))
def test_each_unit_is_said_in_words(unit: str) -> None:
    assert "/" not in unit_words(unit)
    assert "/" not in with_unit("2.5", unit)
    assert "1" not in with_unit("2.5", unit)
    assert "_" not in unit_words(unit)


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("0.21", "pp", "0.21 percentage points"),
        ("1,200", "pounds/year", "£1,200 a year"),
        ("−5", "£", "−£5"),
        ("0.02", "0 to 1", "0.02"),
        ("0.3", "chance/half-term", "0.3"),
        ("6", "hours/half-term", "6 hours a half-term"),
        ("1", "brokers/authority", "1 broker an authority"),
        ("0", "brokers/authority", "0 brokers an authority"),
        ("1", "years", "1 year"),
        ("1", "pp", "1 percentage points"),
    ],
)
def test_numbers_with_their_units(text: str, unit: str, said: str) -> None:
    assert with_unit(text, unit) == said


@pytest.mark.parametrize(
    ("low", "high", "decimals"),
    [
        (0.15, 0.27, 2),  # half-width 0.06
        (0.140, 0.164, 3),  # half-width 0.012: a leading 1 earns a second digit
        (1034, 1434, -2),
        (-0.131, 0.004, 3),  # 0.004 must not become 0.00
        (0.0, 0.0, 2),
        (0.19999999999999996, 0.20000000000000012, 3),  # rounding is no width
        (math.inf, math.inf, 2),
    ],
)
def test_decimals_follow_the_width(low: float, high: float, decimals: int) -> None:
    assert decimals_for(low, high) == decimals


def test_numbers_are_written_as_people_write_them() -> None:
    assert number(-0.001, 2) == "0.00"
    assert number(-1234.4, 0) == "−1,234"
    assert number(1251, -2) == "1,300"
    assert with_unit(number(-5, 0), "£") == "−£5"


def test_what_has_no_name_is_readable() -> None:
    assert value_words("x", "hours") == "x"
    assert value_words("far_away", "") == "far away"
    assert (value_words(True, ""), value_words(False, "")) == ("yes", "no")
