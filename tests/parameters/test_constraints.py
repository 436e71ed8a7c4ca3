"""What no school system can have is refused, however it is put together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.parameters import REGISTRY, ParameterError, Scenario
from schoolsim.parameters.constraints import CONSTRAINTS, Constraint, Factor, violated_corner, violations
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.values import Value
from tests.config.strategies import values as values_of

DEFAULTS: dict[str, Value] = {name: spec.default for name, spec in REGISTRY.items()}

#: A violation of each constraint and what stands at its edge, worked out by hand.
CASES: dict[str, tuple[Mapping[str, Value], Mapping[str, Value]]] = {
    "school_phases": (
        {"setting.secondary_share": 0.7, "setting.special_share": 0.31},
        {"setting.secondary_share": 0.7, "setting.special_share": 0.3},
    ),
    "practice_scope": ({"scope.department": 0.81}, {"scope.department": 0.8}),
    "values_drift": (
        {"values.drift_home": 1.0, "values.drift_friends": 1.0},
        {"values.drift_home": 0.25, "values.drift_friends": 0.75},
    ),
    "task_length": ({"end.task_least": 25}, {"end.task_least": 24}),
    "hours_demand": ({"time.demand_most": 5.9}, {"time.demand_most": 6.0}),
}

by_name = pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.name)


def test_each_constraint_has_its_case_and_its_parameters_are_in_the_catalogue() -> None:
    assert [constraint.name for constraint in CONSTRAINTS] == list(CASES)
    for constraint in CONSTRAINTS:
        assert set(constraint.parameters) <= set(REGISTRY)
        assert 2 <= len(constraint.parameters) <= 3


@by_name
def test_a_violation_is_refused_with_its_values_and_the_reason(constraint: Constraint) -> None:
    wrong, edge = CASES[constraint.name]
    Scenario.of(edge)
    with pytest.raises(ParameterError) as caught:
        Scenario.of(wrong)
    message = str(caught.value)
    assert message.count("\n") == 0
    assert message.endswith(f" cannot be together: {constraint.sentence}.")
    for name in constraint.parameters:
        assert f'"{name}" = {(DEFAULTS | dict(wrong))[name]}' in message


def test_several_violations_are_told_together() -> None:
    with pytest.raises(ParameterError) as caught:
        Scenario.of({"end.task_least": 60, "time.demand_most": 0.0})
    assert len(str(caught.value).split("\n")) == 2


def test_the_defaults_hold_whatever_mechanisms_are_off() -> None:
    words = [mechanism.word for mechanism in MECHANISMS.values()]
    for off in [[], *([word] for word in words), words]:
        scenario = Scenario.of({f"mechanism.{word}": False for word in off})
        assert violations(scenario.in_force()) == []


@by_name
@given(st.data())
def test_what_holds_at_the_corners_of_a_box_holds_within(constraint: Constraint, data: st.DataObject) -> None:
    ends = {name: sorted(data.draw(st.tuples(*[values_of(REGISTRY[name])] * 2))) for name in constraint.parameters}
    factors = [Factor((name,), [(end,) for end in pair]) for name, pair in ends.items()]
    if violated_corner(constraint, DEFAULTS, factors) is None:
        for _ in range(5):
            shares = data.draw(st.tuples(*[st.floats(0, 1)] * len(ends)))
            inside = {
                name: type(low)(low + share * (high - low))
                for share, (name, (low, high)) in zip(shares, ends.items(), strict=True)
            }
            assert not constraint.violated(inside)


@by_name
@given(st.data())
def test_the_corner_that_is_named_is_of_the_sweep_and_violated(constraint: Constraint, data: st.DataObject) -> None:
    """Against every combination of the levels, one after the other."""
    names = constraint.parameters
    levels = [data.draw(st.lists(values_of(REGISTRY[name]), min_size=1, max_size=5)) for name in names]
    linked = data.draw(st.booleans())
    pairs = list(zip(*levels, strict=False)) if linked else [(a, b) for a in levels[0] for b in levels[1]]
    if linked:
        factors = [Factor(names, pairs)]
    else:
        factors = [Factor((name,), [(level,) for level in column]) for name, column in zip(names, levels, strict=True)]
    corner = violated_corner(constraint, DEFAULTS, factors)
    wrong = [pair for pair in pairs if not constraint.holds(*pair)]
    assert (corner is None) == (not wrong)
    if corner is not None:
        assert tuple(corner.values()) in wrong


def test_a_corner_of_other_parameters_is_not_looked_at() -> None:
    constraint = CONSTRAINTS[0]
    factors = [Factor(("badging.scope",), [("none",), ("individual",)])] * 40
    assert violated_corner(constraint, DEFAULTS, factors) is None
