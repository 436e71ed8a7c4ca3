"""Every shipped config loads, is explained and runs for a year."""

from __future__ import annotations

import math
from functools import cache

import pytest

from schoolsim.cli.configs import Asked, checked
from schoolsim.cli.explain import describe, say_description
from schoolsim.config import StudyConfig, list_configs
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from tests.programmes.worlds import NOTHING, SCHOOLS, mean

CONFIGS = [entry.name for entry in list_configs()]
CHANGED = [name for name in CONFIGS if name.startswith("settings/")]


def one_point(config: StudyConfig) -> Scenario:
    """The first policy and world of a config."""
    points = Asked("one", config).study().points()
    return config.scenario({name: points[name].tolist()[0] for name in config.axes()})


@pytest.mark.parametrize("name", CONFIGS)
def test_a_config_is_explained_and_runs_a_year(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    config = checked(name)
    told = describe(Asked("one", config))
    assert told["title"]
    assert told["sources"]
    say_description(told)
    said = " ".join(capsys.readouterr().out.split())
    assert all(expected.outcome in said for expected in config.expects)
    assert ("What its sources expect" in said) == bool(config.expects)
    scenario = one_point(config)
    simulation = Simulation(scenario, 1, Population(schools=SCHOOLS).table(scenario, 1))
    simulation.run(1)
    assert math.isfinite(simulation.outcomes()["progress.mean"])


@cache
def fixed(name: str) -> dict[str, object]:
    """What a config sets; only read."""
    return dict(checked(name).fixed())


@pytest.mark.parametrize("name", CHANGED)
def test_a_setting_sets_something_of_its_own(name: str) -> None:
    others = [fixed(other) for other in CHANGED if other != name]
    assert fixed(name)
    assert fixed(name) not in others


@pytest.mark.parametrize("setting", CHANGED)
def test_a_setting_makes_another_world(setting: str) -> None:
    changes = fixed(setting)
    usual = [mean(NOTHING, outcome, years=1) for outcome in ("trust.mean", "hours.travel", "stakes.felt")]
    assert [mean(NOTHING, outcome, changes, 1) for outcome in ("trust.mean", "hours.travel", "stakes.felt")] != usual


@pytest.mark.parametrize("name", [name for name in CONFIGS if name.startswith("programmes/") and NOTHING not in name])
def test_a_programme_is_not_nothing(name: str) -> None:
    programme = name.partition("/")[2]
    watched = ("trust.mean", "transfers.year", "progress.mean", "confidence.mean", "learning.mean")
    assert [mean(programme, one, years=1) for one in watched] != [mean(NOTHING, one, years=1) for one in watched]
