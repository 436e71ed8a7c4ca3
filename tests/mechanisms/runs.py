"""Small paired runs, kept: the same scenario is run once however many tests ask for it."""

from __future__ import annotations

from functools import cache

import numpy as np

from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import hours_balance, pounds_balance

Values = dict[str, object]


@cache
def _run(values: tuple[tuple[str, object], ...], seed: int, years: int, schools: int) -> dict[str, float]:
    scenario = Scenario.of(dict(values))
    simulation = Simulation(scenario, seed, Population(schools=schools).table(scenario, seed))
    for _ in range(6 * years):
        simulation.step()
        assert abs(hours_balance(simulation.state.ledger)) < 1e-6
        assert abs(pounds_balance(simulation.state.ledger)) < 1e-6
    return simulation.outcomes()


def runs(values: Values, seeds: int = 4, years: int = 3, schools: int = 24) -> list[dict[str, float]]:
    """Outcomes of one scenario, a run a seed; hours and pounds are balanced in every half-term."""
    return [_run(tuple(sorted(values.items())), seed, years, schools) for seed in range(1, seeds + 1)]


def mean(values: Values, outcome: str, **size: int) -> float:
    """Mean of an outcome over the seeds."""
    return float(np.nanmean([run[outcome] for run in runs(values, **size)]))


def same(one: list[dict[str, float]], other: list[dict[str, float]]) -> bool:
    """Whether every outcome of every run is the same, bit for bit."""
    return all(
        np.array_equal(list(first.values()), list(second.values()), equal_nan=True)
        for first, second in zip(one, other, strict=True)
    )
