"""`schoolsim cite`: what to cite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schoolsim.citations.references import SOFTWARE
from tests.cli.conftest import Type


def test_the_software_alone(typed: Type) -> None:
    assert f"Version {SOFTWARE.version}." in typed("cite").out
    entry = typed("cite", "--bibtex").out
    assert entry.startswith("@software{schoolsim,")
    assert entry.count("@") == 1


def test_a_config(typed: Type) -> None:
    said = typed("cite", "badging_funding")
    assert "Times Educational Supplement, 2003" in said.out
    assert "RR615" in said.out
    assert "Who carries the badge" in said.out
    told = json.loads(typed("cite", "badging_funding", "--json").out)
    named = {row["name"] for row in told["parameters"]}
    assert {"badging.scope", "market.choice_weight", "programme.originators"} <= named
    assert "trust.meeting" not in named
    assert any("Miller" in work for work in told["works behind the rest"])
    assert not set(told["works"]) & set(told["works behind the rest"])
    assert "Mishwood1" in typed("cite", "peer_review_triads").out


def test_a_config_for_bibtex(typed: Type) -> None:
    told = json.loads(typed("cite", "badging_funding", "--json").out)
    entries = typed("cite", "badging_funding", "--bibtex").out
    assert entries.count("\n@") == len(told["works"]) + len(told["works behind the rest"])
    assert "@techreport{fielding2005," in entries
    assert "doi = {10.1016/j.jpubeco.2013.06.005}" in entries


def test_a_results_folder_says_which_software_ran_it(typed: Type, swept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = json.loads((swept / "manifest.json").read_text())
    manifest["git"]["schoolsim"] = {"commit": "0123456789abcdef", "dirty": False}
    manifest["versions"]["schoolsim"] = "0.0.7"
    monkeypatch.setattr("schoolsim.studies.store.manifest.read_manifest", lambda folder: manifest)
    said = typed("cite", swept)
    assert said.code == 0, said.err
    assert "Version 0.0.7, commit 0123456789ab. " in said.out
    assert "Nobody 2001, page 3: nothing" in said.out
    assert "RR615" in said.out
    entry = typed("cite", swept, "--bibtex").out
    assert "version = {0.0.7},\n  note = {Commit 0123456789ab}" in entry
    assert "@techreport{fielding2005," in entry


@pytest.mark.parametrize("options", [(), ("--bibtex",), ("--json",)])
def test_a_folder_without_a_study_is_one_clear_message(typed: Type, elsewhere: Path, options: tuple[str, ...]) -> None:
    said = typed("cite", elsewhere, *options)
    assert (said.code, said.out) == (2, "")
    assert "there is no study in" in said.err
