"""The studies of the nineteen recommendations: two policies, and what the report expects of them."""

from __future__ import annotations

import math

import pytest

from schoolsim import Study
from schoolsim.config import StudyConfig, list_configs, load_config
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from tests.programmes.worlds import SCHOOLS

NAMES = [entry.name for entry in list_configs("studies") if "/recommendations/" in entry.name]


def policies(config: StudyConfig) -> list[dict[str, object]]:
    """The policies of a study, the baseline first."""
    points: list[dict[str, object]] = Study(config).plan.points.to_dict("records")
    name, level = next(iter(config.outcomes.baseline.items()))
    return sorted(points, key=lambda point: point[name] != level)


def test_there_are_nineteen() -> None:
    assert [name.rpartition("/")[2] for name in NAMES] == [f"R{number:02d}" for number in range(1, 20)]


@pytest.mark.parametrize("name", NAMES)
def test_a_study_of_a_recommendation_compares_two_policies(name: str) -> None:
    config = load_config(name)
    number = int(name[-2:])
    assert config.expects
    assert any(f"recommendation {number}" in source for source in config.sources)
    without, with_ = policies(config)
    assert all(without[lever] == level for lever, level in config.outcomes.baseline.items())
    assert without != with_
    assert (config.worlds, config.replications) == ("posterior", 40)


@pytest.mark.parametrize("name", NAMES)
def test_its_two_policies_are_two_runs(name: str) -> None:
    """In a small authority, over two years, every pair differs in something that is reported."""
    config = load_config(name)
    found = []
    for point in policies(config):
        scenario: Scenario = config.scenario(point)
        schools, reported = Population(schools=SCHOOLS).table(scenario, 1), config.outcomes.report
        simulation = Simulation(scenario, 1, schools, burn_in_years=1, outcomes=reported)
        simulation.run(2 if "churn" not in config.title else 4)
        outcomes = simulation.outcomes()
        found.append([outcomes[outcome] for outcome in config.outcomes.report])
    assert any(not math.isclose(one, two, rel_tol=1e-9) for one, two in zip(*found, strict=True))
