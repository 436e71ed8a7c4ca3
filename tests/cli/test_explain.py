"""`schoolsim explain`: what a config means and costs."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from schoolsim.studies import Estimate, Study
from tests.cli.conftest import Type


def test_explain_says_what_will_be_run_and_what_it_costs(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("explain", tiny, "--workers", 1)
    assert said.code == 0, said.err
    for line in ("2 points", "2 a point", "a made-up authority of 12 schools", "Does a badge help?", "1 year"):
        assert line in said.out
    assert "a badge on the originating school alone (individual), no badge (none)" in said.out
    assert "Who carries the badge" in said.out
    assert "runs     4" in said.out
    assert "with 1 worker\n" in said.out
    assert not (elsewhere / "results").exists()


@pytest.mark.slow
def test_a_dry_run_is_the_explanation(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("sweep", tiny, "--dry-run", "--replications", 7, "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert (told["points"], told["cost"]["most_runs"]) == (2, 14)
    assert told["swept"] == [
        {
            "name": "badging.scope",
            "role": "lever",
            "label": "Who carries the badge",
            "levels": "a badge on the originating school alone (individual), no badge (none)",
            "unit": "",
            "meaning": told["swept"][0]["meaning"],
        }
    ]
    assert {row["name"]: row["value"] for row in told["set"]}["programme.originators"] == "2 schools"
    assert not (elsewhere / "results").exists()


def test_a_slow_probe_says_why(typed: Type, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(study: Study, *, workers: int | None) -> Estimate:
        time.sleep(0.2)
        return Estimate(2, 4, 4, 1, 1.0, 0.1, 1.4, 1.4, 1000, 1000)

    monkeypatch.setattr(Study, "estimate", slowly)
    monkeypatch.setattr("schoolsim.cli.explain.NOTICE_SECONDS", 0.05)
    said = typed("explain", tiny)
    assert "compiles the model" in said.err
    assert "compiles the model" not in said.out
