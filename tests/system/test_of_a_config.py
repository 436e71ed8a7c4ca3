"""`SchoolSystem` of a config is the run that the config describes: its years, its burn-in, and one value of a lever."""

from __future__ import annotations

from pathlib import Path

import pytest

import schoolsim as ss
from schoolsim.config import load_config
from schoolsim.parameters.errors import UserError
from schoolsim.studies.school_model import school_model

STUDY = """
title = "Badges, after a year without"
base = "programmes/beacon"
years = 2
burn_in_years = 1
population = { schools = 12 }
[levers]
"badging.scope" = ["none", "individual"]
"""
WORN = {"badging.scope": "individual"}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    file = tmp_path / "badges.toml"
    file.write_text(STUDY, encoding="utf-8")
    return file


def test_a_study_is_run_as_long_as_it_says(study: Path) -> None:
    """The same numbers as the study's own run of that point and seed, its burn-in among them."""
    system = ss.SchoolSystem(study, WORN, seed=3)
    assert system.half_term == -6
    system.run()
    assert system.half_term == 12
    assert "12 half-terms of 12" in repr(system)
    config = load_config(study)
    own = school_model(config).load().run(config.scenario(WORN).changed(), 3)
    assert own.half_terms is not None
    assert own.half_terms.tolist() == list(range(-6, 12))
    assert own.series is not None
    assert len(own.series) > 1
    measured = system.outcomes().pivot(index="half_term", columns="outcome", values="value")
    for name, values in own.series.items():
        assert measured[name].to_numpy() == pytest.approx(values, rel=1e-12, nan_ok=True)


def test_mesas_run_of_a_study_ends_with_it(study: Path) -> None:
    system = ss.SchoolSystem(study, WORN, seed=3)
    system.run_model()
    assert (system.half_term, system.running) == (12, False)


def test_years_that_are_given_win(study: Path) -> None:
    system = ss.SchoolSystem(study, WORN, seed=3, years=1, burn_in_years=0)
    assert system.half_term == 0
    assert system.run().half_term == 6
    assert system.run(years=2).half_term == 18


def test_years_are_run_where_no_config_says_them() -> None:
    assert ss.SchoolSystem(setting_schools=12, seed=3, years=1).run().half_term == 6
    system = ss.SchoolSystem("beacon", setting_schools=12, seed=3)
    assert (system.half_term, "0 half-terms of 60" in repr(system)) == (0, True)


def test_of_what_a_study_varies_one_value_is_asked_for(study: Path) -> None:
    with pytest.raises(UserError, match=r"badges\.toml varies badging\.scope .none, individual.*scope.: .none"):
        ss.SchoolSystem(study, seed=3)
    with pytest.raises(UserError, match=r"varies .*funding\.purse .*market\.choice_weight"):
        ss.SchoolSystem("badging_funding", {"badging.scope": "none"})
    with pytest.raises(UserError, match=r"rural_brokers varies .*setting\.density"):
        ss.SchoolSystem("rural_brokers", broker_number=3)
    by_field = ss.SchoolSystem(study, seed=3, badging_scope="individual")
    assert by_field.badging_scope == "individual"


def test_a_system_says_what_it_is_of(study: Path, tmp_path: Path) -> None:
    system = ss.SchoolSystem("beacon", setting_schools=12, seed=3)
    assert repr(system).startswith("<SchoolSystem: Beacon schools>")
    assert "SchoolSystem: Beacon schools" in system._repr_html_()
    loaded = ss.SchoolSystem.load(system.save(tmp_path / "beacon.system"))
    assert repr(loaded) == repr(system)
    assert repr(ss.SchoolSystem(setting_schools=12, seed=3)).startswith("<SchoolSystem>")
