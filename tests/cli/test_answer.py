"""`schoolsim answer`: the question of a study in sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from tests.cli.conftest import SERIAL, TINY, Type


def test_an_answer_is_in_sentences_with_intervals(typed: Type, swept: Path) -> None:
    said = typed("answer", swept)
    assert said.code == 0, said.err
    assert "for made-up schools" in said.out
    assert "Does a badge help?" in said.out
    assert " badge on the originating school alone rather than no badge" in said.out
    assert "95% interval" in said.out
    identifiers = [name for name in (*REGISTRY, *OUTCOMES) if name in said.out]
    assert identifiers == []
    assert "progress.partner" in typed("answer", swept, "--names").out
    assert "2 paired replications" in said.out
    assert "over the last year of 1 year" in said.out
    assert f"schoolsim figures {swept}" in said.out
    told = json.loads(typed("answer", swept, "--json").out)
    assert len(told["answer"]) == 1
    # Two replications say nothing of ratios, but an effect has its months of progress.
    months = next(row for row in told["yardsticks"] if row["outcome"] == "progress.partner")
    assert months["yardstick"] == "months"
    assert months["value"] == pytest.approx(12 * months["mean"] / 38)


@pytest.mark.slow
def test_what_effects_amount_to_is_told(typed: Type, tiny: Path) -> None:
    tiny.write_text(TINY.replace("replications = 2", "replications = 5"), encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0
    out = typed("answer", "results/tiny", "--all").out.replace("\n", " ")
    assert "rather than no badge, in other terms: - progress in partner schools: " in out
    assert " months of progress (" in out
    assert "% of the spread between schools (" in out
    told = json.loads(typed("answer", "results/tiny", "--all", "--json").out)
    assert told["in other terms"][0] in typed("answer", "results/tiny", "--all").out
    assert {"months", "share of spread"} <= {row["yardstick"] for row in told["yardsticks"]}


@pytest.mark.slow
def test_the_question_of_badging_and_funding_is_answered_for_all_it_reports(typed: Type) -> None:
    small = ("-p", "setting.schools=24", "-p", "programme.originators=4", "-p", "programme.partners_each=2")
    said = typed("sweep", "badging_funding", *SERIAL, *small, "--years", 1, "--replications", 2)
    assert said.code == 0, said.err
    few = typed("answer", "results/badging_funding")
    assert (few.code, "each world takes two replications, so 4 are the fewest" in few.err) == (2, True)
    said = typed("sweep", "badging_funding", *SERIAL, *small, "--years", 1, "--replications", 4)
    assert said.code == 0, said.err
    told = json.loads(typed("answer", "results/badging_funding", "--json").out)
    assert [line.split(" (")[0] for line in told["answer"]] == [
        "With a badge on the originating school alone rather than no badge",
        "With a badge on the whole partnership rather than no badge",
        "With a purse held by the originator rather than a purse held by the whole partnership",
    ]
    for phrase in ("progress in partner schools", "the gap in published results", "confidence"):
        assert phrase in told["answer"][0], phrase
    assert told["answer"][0].count("\n- ") == 7  # one line an outcome
    assert "results/badging_funding --all" in typed("answer", "results/badging_funding").out.replace("\n", " ")
    whole = json.loads(typed("answer", "results/badging_funding", "--all", "--json").out)["answer"]
    assert whole[:3] == told["answer"]
    assert any(line.startswith("The effect on progress in partner schools of a badge") for line in whole[3:])
    assert told["question"].startswith("Does badging schools, and paying the badged,")
    assert typed("figures", "results/badging_funding").code == 0
    years = pd.read_csv("results/badging_funding/figures/badging_through_the_years.csv")
    # Before the policy nobody is a partner: nothing is drawn there.
    assert sorted(set(years["half_term"])) == list(range(6))


def test_any_other_study_is_answered_lever_by_lever_and_setting_by_setting(typed: Type, tiny: Path) -> None:
    tiny.write_text(f'{TINY}\n[uncertainties]\n"market.choice_weight" = [0.0, 1.5]\n', encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0
    first, *others = json.loads(typed("answer", "results/tiny", "--json").out)["answer"]
    assert "under low competition" in first
    assert "under high competition" in first
    # How far the settings differ is told for every outcome, clear or not.
    assert all(line.startswith("The effect on ") for line in others)
    assert len(others) == 2
