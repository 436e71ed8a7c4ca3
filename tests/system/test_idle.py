"""What is said to have no effect has none: the model runs with each need unmet, and nothing moves."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY
from schoolsim.parameters.constraints import possible
from schoolsim.parameters.idle import NEEDS, PROGRAMME, Clause
from tests.system import where
from tests.system.worlds import World, made_table, table

SEEDS = (3, 4)
TABLES = {seed: made_table(seed) for seed in SEEDS}
#: Levers of a programme that work on schools without one too, or need nothing else: how schools may work at all.
OF_ALL = {"replication.allowed", "adaptation.allowed", "exchange.allowed", "creation.allowed"}


def run(setting: dict[str, object], seed: int) -> np.ndarray:
    return table(World(TABLES[seed], setting, seed, burn_in_years=1).run(2))


def extremes(name: str) -> list[object]:
    """Every option, or both bounds."""
    spec = REGISTRY[name]
    if spec.kind == "flag":
        return [True, False]
    return list(spec.options) if spec.kind == "choice" else [spec.low, spec.high]


def unmet(clause: Clause) -> object:
    """A value with which a clause is not met."""
    return next(value for value in extremes(clause.parameter) if not clause.allows(value))


CASES = [(lever, number) for lever, needs in NEEDS.items() for number in range(len(needs))]


@pytest.mark.slow
@pytest.mark.parametrize(("lever", "number"), CASES)
def test_an_idle_lever_moves_nothing(lever: str, number: int) -> None:
    need = NEEDS[lever][number]
    setting = where.setting_of(lever) | {clause.parameter: unmet(clause) for clause in need.clauses}
    values = [value for value in extremes(lever) if possible(setting | {lever: value})]
    assert len(values) > 1
    for seed in SEEDS:
        first, *others = (run(setting | {lever: value}, seed) for value in values)
        assert all(np.array_equal(first, other, equal_nan=True) for other in others), need.unmet


def test_a_lever_that_is_not_idle_moves_something() -> None:
    setting = where.setting_of("badging.share")
    one, other = (run(setting | {"badging.share": value}, SEEDS[0]) for value in (0.0, 1.0))
    assert not np.array_equal(one, other, equal_nan=True)


def test_levers_of_a_programme_need_one() -> None:
    of_programme = {name for name, spec in REGISTRY.items() if spec.role == "lever" and spec.scope == "programme"}
    without = {name for name in of_programme - OF_ALL if PROGRAMME not in NEEDS.get(name, ())}
    assert without == {"programme.originators", "programme.networks"}
    assert set(NEEDS) <= {name for name, spec in REGISTRY.items() if spec.role == "lever"}
