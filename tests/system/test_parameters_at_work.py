"""No parameter is read and ignored: each moves what is measured, in a setting where it should."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY
from schoolsim.parameters.constraints import possible
from tests.system import where
from tests.system.worlds import BY_ITSELF, World, in_trusts, made_table, table

TABLES = {seed: made_table(seed) for seed in (3, 4, 5)}
#: Parameters of the population, which a run with given schools does not read.
ELSEWHERE = {name for name in REGISTRY if name.startswith("setting.")}
#: Parameters of schools in trusts, of which there are some where ties say so.
OF_TRUSTS = {name for name in REGISTRY if name.startswith("academies.")}


TIES = {seed: in_trusts(schools, 4, 2) for seed, schools in TABLES.items()}


def world(setting: dict[str, object], seed: int, trusts: bool) -> World:
    ties = TIES[seed] if trusts else None
    return World(TABLES[seed], setting, seed, burn_in_years=1, ties=ties, outcomes=BY_ITSELF)


@cache
def usual(setting: tuple[tuple[str, object], ...], seed: int, trusts: bool) -> np.ndarray:
    return table(world(dict(setting), seed, trusts).run(2))


def differs(before: np.ndarray, other: World) -> bool:
    """Whether anything measured is other than before; the other run ends with the first half-term that shows it."""
    rows = zip(before, other.measured(), strict=False)
    return any(not np.allclose(one, row, rtol=1e-9, atol=1e-9, equal_nan=True) for one, row in rows)


def other_values(name: str, value: object) -> list[object]:
    """Values far from `value`, as far as the bounds allow."""
    spec = REGISTRY[name]
    if spec.kind == "flag":
        return [not value]
    options: list[object] = list(spec.options) if spec.kind == "choice" else [spec.low, spec.high]
    others = [option for option in options if option != value and possible(where.setting_of(name) | {name: option})]
    if spec.kind == "real" and len(others) < 2:  # the other bound does not go with the other parameters
        others.append(0.5 * (spec.bounds[0] + float(value)))
    return others


@pytest.mark.parametrize("name", [name for name in REGISTRY if name not in ELSEWHERE])
def test_a_parameter_moves_something(name: str) -> None:
    setting = where.setting_of(name)
    for seed in TABLES:
        before = usual(tuple(setting.items()), seed, name in OF_TRUSTS)
        for value in other_values(name, setting.get(name, REGISTRY[name].default)):
            if differs(before, world(setting | {name: value}, seed, name in OF_TRUSTS)):
                return
    pytest.fail(f"{name} moves nothing: it is idle, or needs a setting in tests/system/where.py")


def test_settings_are_of_parameters_there_are() -> None:
    subjects = {name.split(".")[0] for name in REGISTRY}
    assert set(where.PARAMETERS) <= set(REGISTRY) | subjects
    for setting in (*where.PARAMETERS.values(), *where.MECHANISMS.values()):
        assert set(setting) <= set(REGISTRY)
