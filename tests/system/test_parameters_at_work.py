"""No parameter is read and ignored: each moves what is measured, in a setting where it should."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY
from tests.system.worlds import PROGRAMME, World, made_table

TABLE = made_table(3)
_CREATING = {"programme.mode": "creation", "creation.hazard": 0.2}
#: Settings for parameters that do nothing in the ordinary programme, by name or by subject.
WHERE_IT_MATTERS: Mapping[str, Mapping[str, object]] = {
    "creation": _CREATING,
    "engagement.imposed": {"programme.imposed": True},
    "engagement.originator_imposed": {"programme.imposed": True},
    "trust.imposed": {"programme.imposed": True},
    "trust.gesture": {"funding.purse": "partnership"},
    "home.copying_bias": {"home.copying": 0.2},
    "values.anchor": {"values.drift_home": 0.2},
    "exchange.barter": {"programme.mode": "exchange"},
    "exchange.barter_lead": {"programme.mode": "exchange", "exchange.barter": True},
    "end.closed_head": {"leadership.turnover": 0.5, "leadership.closed": 0.5},
}
#: Parameters of the population, which a run with given schools does not read.
ELSEWHERE = {"setting.schools"}
#: Parameters that do nothing yet, and why; each is a fault that waits for its repair.
IDLE = {"accept.funded": "matching asks about no money: it always passes funded = 0"}


def setting_of(name: str) -> dict[str, object]:
    """The programme, changed so that the parameter matters."""
    changes = WHERE_IT_MATTERS.get(name, WHERE_IT_MATTERS.get(name.split(".")[0], {}))
    return dict(PROGRAMME) | dict(changes)


@cache
def measured(overrides: tuple[tuple[str, object], ...]) -> np.ndarray:
    return World(TABLE, dict(overrides), 3, burn_in_years=1).run(3).series


def other_values(name: str, value: object) -> list[object]:
    """Values far from `value`, as far as the bounds allow."""
    spec = REGISTRY[name]
    if spec.kind == "flag":
        return [not value]
    options = spec.options if spec.kind == "choice" else (spec.low, spec.high)
    return [option for option in options if option != value]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=IDLE[name])) if name in IDLE else name
        for name in REGISTRY
        if name not in ELSEWHERE
    ],
)
def test_a_parameter_moves_something(name: str) -> None:
    setting = setting_of(name)
    usual = measured(tuple(setting.items()))
    for value in other_values(name, setting.get(name, REGISTRY[name].default)):
        series = measured(tuple((setting | {name: value}).items()))
        if not np.allclose(usual, series, rtol=1e-9, atol=1e-9, equal_nan=True):
            return
    pytest.fail(f"{name} moves nothing: it is idle, or needs a setting in WHERE_IT_MATTERS")
