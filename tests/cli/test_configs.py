"""The configs that come with schoolsim, and the scripts beside them."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import pytest

from schoolsim.cli.configs import Changes, checked, load
from schoolsim.config import list_configs
from schoolsim.studies import Study, StudyResult

NAMES = [entry.name for entry in list_configs()]


@pytest.mark.parametrize("name", NAMES)
def test_a_config_is_sound_to_its_outcomes_and_figures(name: str) -> None:
    config = checked(name)
    assert config.title
    assert config.description
    assert config.sources


def test_a_beacon_school_has_the_money_its_source_gives() -> None:
    config = checked("programmes/beacon").scenario()
    yearly = config["funding.per_partnership"] * config["programme.partners_each"]
    assert math.isclose(yearly, 30_000)


def test_the_study_of_badging_sweeps_the_settings_that_have_names() -> None:
    swept = checked("studies/badging_funding").swept()["market.choice_weight"]
    named = [checked(f"settings/{level}_competition") for level in ("low", "high")]
    assert swept == tuple(config.fixed()["market.choice_weight"] for config in named)


def test_nobody_is_asked_badged_or_paid_without_a_programme() -> None:
    assert checked("programmes/no_programme").scenario().changed() == {}


def test_the_script_answers_the_question_of_the_study(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a small authority, two replications and a year: the script itself is run from end to end."""
    path = repository / "experiments" / "badging_funding.py"
    spec = importlib.util.spec_from_file_location("badging_funding", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    asked: list[str] = []

    def small(source: str) -> Study:
        asked.append(source)
        values = ["setting.schools=12", "programme.originators=2", "programme.partners_each=1"]
        study = load(source, Changes(values, years=1, replications=2)).study()
        run = study.run
        monkeypatch.setattr(study, "run", lambda **given: run(executor="serial", progress=False, **given))
        return study

    monkeypatch.setattr(script.Study, "load", small)
    script.main()
    assert asked == ["badging_funding"]
    said = capsys.readouterr().out
    assert "a badge on the originating school alone rather than no badge" in said
    assert "under high competition" in said.lower()
    assert StudyResult.open("results/badging_funding").counts == {"ok": 24}
