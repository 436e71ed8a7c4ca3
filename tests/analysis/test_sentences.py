"""What contrasts say in words."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.analysis import AnalysisError, answer, contrast, contrast_sentences, interaction
from schoolsim.analysis.words import decimals_for, level_words, number, outcome_words, with_unit


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
        "Individual badges rather than no badges lowered partner schools' progress by 0.21 pp "
        "(95% interval 0.15 to 0.27; 60 paired replications)."
    ]


def test_raised_in_another_unit_with_pairs_left_out() -> None:
    table = row(1234, 1034, 1434, outcome="pounds.spent", dropped=3, n=58, confidence=0.9)
    assert contrast_sentences(table) == [
        "Individual badges rather than no badges raised spending by £1,200 "
        "(90% interval 1,000 to 1,400; 58 paired replications, 3 incomplete pairs left out)."
    ]


def test_no_clear_difference() -> None:
    assert contrast_sentences(row(0.014, -0.021, 0.049)) == [
        "Individual badges rather than no badges made no clear difference to partner schools' "
        "progress (95% interval −0.02 to 0.05 pp; 60 paired replications)."
    ]


def test_exactly_nothing() -> None:
    assert "left partner schools' progress exactly as it was" in contrast_sentences(row(0.0, 0.0, 0.0))[0]


def test_an_effect_without_noise_is_still_an_effect() -> None:
    assert "raised partner schools' progress by 0.500 pp" in contrast_sentences(row(0.5, 0.5, 0.5))[0]


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
    assert lines[0].startswith("Under low competition and with payment to the originator, indiv")
    # One setting alone cannot be called low or high.
    alone = contrast_sentences(table[table["market.choice_weight"] == 1.0])
    assert alone[0].startswith("Under market.choice_weight = 1 and")


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
        "With payment to the originator, the effect of individual badges rather than no badges on "
        "partner schools' progress was 0.10 pp lower with high competition than with low "
        "competition (95% interval 0.03 to 0.18; 60 paired replications)."
    )
    assert "did not clearly differ between low competition and high competition" in second


def test_the_answer_of_the_made_up_study(runs: pd.DataFrame) -> None:
    individual, collective, purse = answer(runs)
    assert individual.startswith("With individual badges rather than no badges, partner schools'")
    assert re.search(r"was lowered by 0\.\d+ pp under high competition", individual)
    assert "neediest schools' progress showed no clear difference under low comp" in individual
    assert re.search(r"was raised by 0\.\d+ pp under low competition", collective)
    assert purse.startswith("Where schools are badged individually, with payment to the originator rather than")
    assert all(line.endswith("(95% intervals; 60 paired replications).") for line in answer(runs))


def test_the_answer_uses_only_the_badged_for_the_purse(runs: pd.DataFrame) -> None:
    moved = (runs["badging.scope"] != "individual") & (runs["funding.purse"] == "originator")
    before = answer(runs)
    runs.loc[moved, "progress.partner"] += 100
    after = answer(runs)
    assert after[2] == before[2]
    assert after[0] != before[0]


def test_the_answer_of_another_study_is_refused(runs: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="funding"):
        answer(runs.drop(columns="funding.purse").query("point % 4 < 2"))


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
    assert with_unit("0.02", "0 to 1") == "0.02"
    assert level_words("tables.published", False) == "tables.published off"
    assert outcome_words("trust.mean", {"trust.mean": {"definition": "x"}}).unit == "0 to 1"
