"""`schoolsim explain`: what a config means and costs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Type


def test_explain_says_what_will_be_run_and_what_it_costs(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("explain", tiny, "--workers", 1)
    assert said.code == 0, said.err
    for line in ("2 points", "2 a point", "a made-up authority of 12 schools", "Does a badge help?", "1 year"):
        assert line in said.out
    assert "individual, none" in said.out
    assert "runs     4" in said.out
    assert "with 1 worker\n" in said.out
    assert not (elsewhere / "results").exists()


def test_a_dry_run_is_the_explanation(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("sweep", tiny, "--dry-run", "--replications", 7, "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert (told["points"], told["cost"]["most_runs"]) == (2, 14)
    assert told["swept"] == [
        {
            "name": "badging.scope",
            "role": "lever",
            "levels": "individual, none",
            "unit": "",
            "meaning": told["swept"][0]["meaning"],
        }
    ]
    assert {row["name"]: row["value"] for row in told["set"]}["programme.originators"] == "2"
    assert not (elsewhere / "results").exists()
