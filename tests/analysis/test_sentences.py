"""What contrasts say in words."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.analysis import comparison_sentence, contrast, contrast_sentences, interaction
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY


def row(mean: float, low: float, high: float, **changed: object) -> pd.DataFrame:
    values = {
        "outcome": "progress.partner",
        "lever": "badging.scope",
        "level": "individual",
        "baseline": "none",
        "mean": mean,
        "low": low,
        "high": high,
        "n": 60,
        "dropped": 0,
        "confidence": 0.95,
    }
    return pd.DataFrame([values | changed])


def test_lowered() -> None:
    assert contrast_sentences(row(-0.213, -0.271, -0.152)) == [
        "A badge on the originating school alone rather than no badge lowered progress in partner schools "
        "by 0.21 percentage points "
        "(95% interval 0.15 to 0.27; 60 paired replications)."
    ]


def test_raised_in_another_unit_with_pairs_left_out() -> None:
    table = row(1234, 1034, 1434, outcome="pounds.granted", dropped=3, n=58, confidence=0.9)
    assert contrast_sentences(table) == [
        "A badge on the originating school alone rather than no badge raised the money granted by £1,200 a year "
        "(90% interval 1,000 to 1,400; 58 paired replications, 3 incomplete pairs left out)."
    ]


def test_no_clear_difference() -> None:
    assert contrast_sentences(row(0.014, -0.021, 0.049)) == [
        "A badge on the originating school alone rather than no badge made no clear difference to progress in "
        "partner schools (95% interval −0.02 to 0.05 percentage points; 60 paired replications)."
    ]


def test_exactly_nothing() -> None:
    assert "left progress in partner schools exactly as it was" in contrast_sentences(row(0.0, 0.0, 0.0))[0]


def test_an_effect_without_noise_is_still_an_effect() -> None:
    assert "raised progress in partner schools by 0.500 percentage points" in contrast_sentences(row(0.5, 0.5, 0.5))[0]


def test_the_study_has_the_last_word_on_units() -> None:
    columns = {"progress.partner": {"unit": "points"}}
    assert "by 0.21 points" in contrast_sentences(row(0.213, 0.15, 0.27), columns)[0]


def test_names_without_words_are_said_as_they_are() -> None:
    table = row(2.0, 1.0, 3.0, outcome="made.up", lever="meetings.per_year", level=12, baseline=6)
    assert contrast_sentences(table)[0].startswith(
        "Meetings.per_year = 12 rather than meetings.per_year = 6 raised made.up by 2.0 ("
    )


def test_settings_are_said(runs: pd.DataFrame) -> None:
    table = contrast(
        runs,
        "badging.scope",
        baseline="none",
        outcomes=["progress.partner"],
        by=["market.choice_weight", "funding.purse"],
    )
    lines = contrast_sentences(table)
    assert len(lines) == 8
    assert lines[0].startswith("Under low competition and with a purse held by the originator, a badge on")
    # One setting alone cannot be called low or high.
    alone = contrast_sentences(table[table["market.choice_weight"] == 1.0])
    assert alone[0].startswith("With the weight of results in parents' choice at 1 and with")


def test_interactions_are_said(runs: pd.DataFrame) -> None:
    table = interaction(
        runs,
        {"badging.scope": "none", "market.choice_weight": 0.0},
        outcomes=["progress.partner"],
        by=["funding.purse"],
    )
    table.loc[0, ["mean", "low", "high"]] = [-0.10, -0.18, -0.03]
    table.loc[1, ["mean", "low", "high"]] = [-0.10, -0.18, 0.03]
    first, second, *_ = contrast_sentences(table)
    assert first == (
        "With a purse held by the originator, the effect on progress in partner schools of a badge on the "
        "originating school alone rather than no badge was 0.10 percentage points lower under high competition "
        "than under low competition (95% interval 0.03 to 0.18; 60 paired replications)."
    )
    assert "did not clearly differ between low competition and high competition" in second


def test_a_level_is_told_outcome_by_outcome_and_setting_by_setting(runs: pd.DataFrame) -> None:
    outcomes = ["progress.partner", "progress.neediest"]
    table = contrast(runs, "badging.scope", baseline="none", outcomes=outcomes, by=["market.choice_weight"])
    individual, collective = (
        comparison_sentence(table[table["level"] == level]) for level in ("individual", "collective")
    )
    assert individual.startswith(
        "With a badge on the originating school alone rather than no badge, progress in partner"
    )
    assert re.search(r"was lowered by 0\.\d+ percentage points under high competition", individual)
    assert "progress in the neediest schools showed no clear difference under low comp" in individual
    assert re.search(r"was raised by 0\.\d+ percentage points under low competition", collective)
    assert all(line.endswith("(95% intervals; 60 paired replications).") for line in (individual, collective))


def test_a_level_without_settings_is_told(runs: pd.DataFrame) -> None:
    table = contrast(runs, "badging.scope", baseline="none", outcomes=["progress.partner"])
    line = comparison_sentence(table[table["level"] == "collective"])
    assert re.match(
        r"With a badge on the whole partnership rather than no badge, progress in partner schools \w+ ", line
    )
    assert "under" not in line


@settings(deadline=None)
@given(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6), st.floats(1e-6, 1e6), st.floats(0, 1))
def test_words_and_numbers_never_disagree(mean: float, half: float, skew: float) -> None:
    low, high = mean - half * (1 + skew), mean + half
    line = contrast_sentences(row(mean, low, high))[0]
    shown = re.search(r"interval (−?[\d.,]+) to (−?[\d.,]+)", line)
    assert shown is not None
    ends = [float(s.replace("−", "-").replace(",", "")) for s in shown.groups()]
    assert "significant" not in line
    if low > 0 or high < 0:
        assert ("raised" if low > 0 else "lowered") in line
        assert 0 < ends[0] <= ends[1]
    else:
        assert "no clear difference" in line
        assert ends[0] <= 0 <= ends[1]


@pytest.mark.parametrize("name", [name for name, spec in REGISTRY.items() if spec.role != "constant"])
def test_any_lever_and_uncertainty_can_be_compared_and_can_be_a_setting(name: str) -> None:
    spec = REGISTRY[name]
    values = list(spec.options) or ([False, True] if spec.kind == "flag" else [spec.low, spec.default, spec.high])
    table = pd.concat([row(0.213, 0.15, 0.27, lever=name, level=value, baseline=values[0]) for value in values[1:]])
    told = contrast_sentences(table)
    told += contrast_sentences(pd.concat([row(-0.213, -0.27, -0.15, **{name: value}) for value in values]))
    told += contrast_sentences(row(0.2, 0.1, 0.3, **{name: values[0]}))
    for line in told:
        assert name not in line
        assert line[0].isupper()
        assert "  " not in line


@pytest.mark.parametrize("name", OUTCOMES)
def test_any_outcome_can_be_told(name: str) -> None:
    for mean, low, high in ((0.2, 0.1, 0.3), (0.0, -0.1, 0.1), (0.0, 0.0, 0.0)):
        (line,) = contrast_sentences(row(mean, low, high, outcome=name))
        assert name not in line
