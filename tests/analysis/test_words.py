"""Every outcome, lever and uncertainty has words, and numbers are written as people write them."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from schoolsim.analysis.reader_parameters import LEVERS, UNCERTAINTIES
from schoolsim.analysis.words import (
    comparison,
    decimals_for,
    heading_words,
    level_words,
    number,
    outcome_words,
    parameter_label,
    parameter_words,
    place_words,
    unit_words,
    value_words,
    with_unit,
)
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.mechanisms import MECHANISMS

LONGEST_LABEL = 40
SET_BY = {role: [name for name, spec in REGISTRY.items() if spec.role == role] for role in ("lever", "uncertainty")}
#: Names of things in the code, none of which a reader should meet.
IDENTIFIERS = [name for name in (*REGISTRY, *OUTCOMES) if "." in name]


def test_each_outcome_lever_and_uncertainty_has_words_and_nothing_else_has() -> None:
    assert all(name not in (outcome.label, outcome.phrase) for name, outcome in OUTCOMES.items())
    assert set(LEVERS) == set(SET_BY["lever"])
    assert set(UNCERTAINTIES) == set(SET_BY["uncertainty"])


@pytest.mark.parametrize("words", [OUTCOMES, {**LEVERS, **UNCERTAINTIES}], ids=["outcomes", "parameters"])
def test_labels_and_phrases_fit_where_they_stand(words) -> None:
    for name, said in words.items():
        assert 3 < len(said.label) < LONGEST_LABEL, name
        assert said.label[0].isupper(), name
        assert not said.label.endswith("."), name
        # Inside a sentence, as the subject of a verb in the singular.
        assert said.phrase[0].islower(), name
        assert not said.phrase.endswith("."), name
        assert not any(other in f"{said.label} {said.phrase}" for other in IDENTIFIERS), name
    for what in ("label", "phrase"):
        twice = [text for text, count in Counter(getattr(said, what) for said in words.values()).items() if count > 1]
        assert twice == []


@pytest.mark.parametrize("name", [*LEVERS, *UNCERTAINTIES])
def test_each_level_of_a_choice_or_a_flag_has_a_name(name: str) -> None:
    spec = REGISTRY[name]
    values = {"choice": list(spec.options), "flag": [True, False]}.get(spec.kind, [])
    levels = parameter_words(name).levels
    assert set(levels) == set(values)
    assert len(set(levels.values())) == len(levels)
    assert all(text[0].islower() and "_" not in text for text in levels.values())
    if parameter_words(name).scale:
        assert spec.kind in ("real", "whole")


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


def test_levels_are_said() -> None:
    assert level_words("badging.scope", "collective") == "a badge on the whole partnership"
    assert level_words("tables.published", False) == "no performance tables"
    assert level_words("funding.per_partnership", 10000.0) == "£10,000 a year"
    assert level_words("broker.number", np.int64(3)) == "3 brokers an authority"
    assert level_words("mechanism.badging", False).startswith('no mechanism "')
    assert level_words("another.model", 3.0) == "another.model = 3"
    assert level_words("another.flag", True) == "another.flag on"
    assert value_words("x", "hours") == "x"


def test_comparisons_are_said() -> None:
    assert comparison("broker.number", 3, 0) == ("the number of brokers in each authority at 3 rather than 0")
    assert comparison("broker.number", 3, 0, acts=True).startswith("setting the number of brokers in each authority at")
    assert comparison("funding.total", 5000.0, 0.0) == (
        "the grant to the whole programme at £5,000 a year rather than £0 a year"
    )
    assert place_words("broker.number", 2, [0, 2]) == "with the number of brokers in each authority at 2"
    assert comparison("badging.scope", "none", "individual", acts=True) == (
        "no badge rather than a badge on the originating school alone"
    )


def test_settings_are_said() -> None:
    levels = [0.0, 0.5, 1.0]
    said = [place_words("market.choice_weight", level, levels) for level in levels]
    assert said == ["under low competition", "under middling competition", "under high competition"]
    assert place_words("market.choice_weight", 0.5, [0.5]) == "with the weight of results in parents' choice at 0.5"
    assert place_words("half_term", 12, [11, 12]) == "in half-term 12"
    assert place_words("x", 1, [1]) == "where x = 1"
    assert heading_words("market.choice_weight", 0.0, levels) == "Low competition"
    assert heading_words("broker.number", 2, [0, 2]) == "Brokers in each authority: 2 brokers an authority"
    assert heading_words("funding.purse", "bid", ["bid"]) == "Money won by bidding"


def test_headings_have_the_name_in_brackets() -> None:
    assert parameter_label("badging.scope") == "Who carries the badge (badging.scope)"
    assert parameter_label("another.model") == "another.model"
    assert all(parameter_words(f"mechanism.{one.word}").label == one.title for one in MECHANISMS.values())


def test_the_unit_is_the_study_s_own_or_else_the_catalogue_s() -> None:
    assert outcome_words("trust.mean", {"trust.mean": {"unit": "0 to 1"}}).unit == "0 to 1"
    assert outcome_words("trust.mean", {"trust.mean": {"definition": "x"}}).unit == OUTCOMES["trust.mean"].unit
    assert outcome_words("made.up").label == outcome_words("made.up").phrase == "made.up"
    assert outcome_words("bids.made").sentence_unit == ""
    assert outcome_words("hours.joint").sentence_unit == "hours/year"


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
