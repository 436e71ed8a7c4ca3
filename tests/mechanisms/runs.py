"""Small paired runs, kept: the same scenario is run once however many tests ask for it."""

from __future__ import annotations

from functools import cache

import numpy as np

from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import hours_balance, pounds_balance
from tests.system.worlds import BY_ITSELF

Values = dict[str, object]


@cache
def _run(
    values: tuple[tuple[str, object], ...], seed: int, years: int, schools: int, outcomes: tuple[str, ...] | None = None
) -> dict[str, float]:
    scenario = Scenario.of(dict(values))
    simulation = Simulation(scenario, seed, Population(schools=schools).table(scenario, seed), outcomes=outcomes)
    for _ in range(6 * years):
        simulation.step()
        assert abs(hours_balance(simulation.state.ledger)) < 1e-6
        assert abs(pounds_balance(simulation.state.ledger)) < 1e-6
    return simulation.outcomes()


def runs(values: Values, seeds: int = 4, years: int = 3, schools: int = 24) -> list[dict[str, float]]:
    """Outcomes of one scenario, a run a seed; hours and pounds are balanced in every half-term."""
    return [_run(tuple(sorted(values.items())), seed, years, schools) for seed in range(1, seeds + 1)]


def mean(values: Values, outcome: str, seeds: int = 4, years: int = 3, schools: int = 24) -> float:
    """Mean over the seeds of an outcome of a run by itself."""
    asked = tuple(sorted(values.items()))
    found = [_run(asked, seed, years, schools, BY_ITSELF)[outcome] for seed in range(1, seeds + 1)]
    return float(np.nanmean(found))


def same(one: list[dict[str, float]], other: list[dict[str, float]]) -> bool:
    """Whether every outcome of every run is the same, bit for bit."""
    return all(
        np.array_equal(list(first.values()), list(second.values()), equal_nan=True)
        for first, second in zip(one, other, strict=True)
    )
