"""Measuring and collecting see the model and never move it."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.system.agents import School, Teacher
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Simulation
from tests.system.worlds import PROGRAMME, World, arrays_of, digest, made_table, table

WORLD = World(made_table(12), PROGRAMME, 12, burn_in_years=1)


def state_of(simulation: Simulation) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in arrays_of(simulation.state)}


def test_a_run_that_is_not_measured_is_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = state_of(WORLD.run())
    monkeypatch.setattr(Simulation, "measure", lambda self: np.empty(0))
    assert state_of(WORLD.run()) == seen


def test_measuring_twice_measures_the_same() -> None:
    run = WORLD.run(1)
    before = state_of(run)
    np.testing.assert_array_equal(run.measure(), run.measure())
    assert state_of(run) == before


def test_what_was_measured_does_not_change_later() -> None:
    run = WORLD.begun()
    run.run(1)
    first = table(run)
    run.run(1)
    np.testing.assert_array_equal(table(run)[: len(first)], first)


def test_reading_results_moves_nothing() -> None:
    run = WORLD.run(1)
    before = digest(run)
    run.outcomes()
    for values in run.series.values():
        values[:] = 0.0
    assert digest(run) == before


def test_agents_and_what_is_collected_of_them_move_nothing() -> None:
    plain = WORLD.run(1)
    model = SchoolSystem(parameters=WORLD.overrides, seed=12, schools=WORLD.table, burn_in_years=1)
    model.datacollector._new_agenttype_reporter(School, "roll", "roll")
    model.datacollector._new_agenttype_reporter(Teacher, "mastery", lambda teacher: float(teacher.mastery.mean()))
    model.run(1)
    assert len(model.agents) == len(plain.state.schools) + len(plain.state.teachers) + 1
    assert [school.partners for school in model.schools]
    model.outcomes()
    assert digest(model.simulation) == digest(plain)
