"""What a study runs is the simulation, with what decides a run besides parameters and seed."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import ParameterError, Scenario
from schoolsim.system.simulation import Population, simulate
from schoolsim.system.study_model import SchoolModel

FEW = {"practice.number": 4, "practice.slots": 1}


def test_a_study_runs_what_simulate_runs() -> None:
    """Two years of policy after one before it, outcomes averaged over both; a list of authorities is taken too."""
    model = SchoolModel(years=2, burn_in_years=1, window=2, population={"schools": 5, "authority": ["A", "B"]})
    found = model.run(FEW, 3)
    expected = simulate(Scenario.of(FEW), 3, years=2, burn_in_years=1, window=2, population=Population(schools=5))
    assert found.outcomes == pytest.approx(expected.outcomes, rel=0, abs=0, nan_ok=True)
    np.testing.assert_array_equal(found.half_terms, expected.half_terms)
    assert found.half_terms.tolist() == list(range(-6, 12))
    assert list(model.columns) == list(OUTCOMES)


def test_only_the_outcomes_named_are_measured() -> None:
    model = SchoolModel(years=1, burn_in_years=0, population={"schools": 4}, outcomes=["trust.mean", "rolls.spread"])
    found = model.run(FEW, 1)
    assert set(found.series) == set(model.columns) == {"trust.mean", "rolls.spread"}
    assert model.columns["trust.mean"].unit == OUTCOMES["trust.mean"].unit
    with pytest.raises(ParameterError, match="trust.meen"):
        SchoolModel(outcomes=["trust.meen"])


def test_what_is_kept_of_schools_is_checked_and_described() -> None:
    model = SchoolModel(years=1, outcomes=["trust.mean"], of_schools=["roll"])
    assert list(model.columns) == ["trust.mean", "roll"]
    assert model.columns["roll"].time == "of one half-term"
    with pytest.raises(ParameterError, match=r'"rol" is not kept of schools.*roll'):
        SchoolModel(of_schools=["rol"])


def test_a_version_names_the_rules() -> None:
    assert SchoolModel().version == SchoolModel(years=3).version
    assert "+" in SchoolModel().version
