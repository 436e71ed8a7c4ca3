"""A scenario is checked, cannot change, and gives compiled code a stable record."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import numba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.parameters import (
    REGISTRY,
    Parameter,
    ParameterError,
    Scenario,
    UserError,
)
from schoolsim.parameters.constraints import possible
from schoolsim.parameters.record import Parameters
from schoolsim.parameters.values import Value
from tests.config.picked import misspelt, other_value, pick


def values(spec: Parameter) -> st.SearchStrategy[Value]:
    """Every value a parameter may take."""
    if spec.kind == "flag":
        return st.booleans()
    if spec.kind == "choice":
        return st.sampled_from(spec.options)
    low, high = spec.bounds
    return st.integers(int(low), int(high)) if spec.kind == "whole" else st.floats(low, high)


overrides = (
    st.sets(st.sampled_from(sorted(REGISTRY)), max_size=12)
    .flatmap(lambda names: st.fixed_dictionaries({name: values(REGISTRY[name]) for name in names}))
    .filter(possible)
)


def test_without_overrides_it_is_the_defaults() -> None:
    scenario = Scenario.of()
    assert scenario.values == {name: spec.default for name, spec in REGISTRY.items()}
    assert scenario.changed() == {}
    assert scenario == Scenario.of({})


@given(overrides)
def test_values_come_back(chosen: dict[str, Value]) -> None:
    scenario = Scenario.of(chosen)
    assert {name: scenario[name] for name in chosen} == chosen
    assert scenario.changed() == {name: value for name, value in chosen.items() if value != REGISTRY[name].default}
    assert Scenario.of(scenario.values) == scenario
    assert hash(Scenario.of(scenario.changed())) == hash(scenario)


@given(overrides)
def test_the_record_holds_the_same_numbers(chosen: dict[str, Value]) -> None:
    record = Scenario.of(chosen).as_one()
    for name, value in Scenario.of(chosen).values.items():
        spec = REGISTRY[name]
        expected = spec.options.index(str(value)) if spec.kind == "choice" else value
        assert getattr(record, spec.field) == expected


def test_the_record_has_a_field_a_parameter() -> None:
    formats = {"real": "f8", "whole": "i8", "flag": "i8", "choice": "i8"}
    assert Parameters.fields == {spec.field: formats[spec.kind] for spec in REGISTRY.values()}
    record = Scenario.of().as_one()
    assert record.cells.nbytes == 8 * (1 + len(REGISTRY))  # its row among others, and the values
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = record.nothing_such


def test_a_record_does_not_change() -> None:
    spec = pick("real")
    record = Scenario.of().as_one()
    with pytest.raises(AttributeError, match="does not change"):
        setattr(record, spec.field, -99.0)
    assert getattr(record, spec.field) == spec.default


def test_compiled_code_reads_the_record_without_recompiling() -> None:
    @numba.njit
    def read(p: Parameters) -> float:
        return p.trust_change + 1000.0 * p.badging_scope

    for option in REGISTRY["badging.scope"].options:
        scenario = Scenario.of({"badging.scope": option})
        expected = scenario["trust.change"] + 1000.0 * REGISTRY["badging.scope"].code(option)
        assert read(scenario.as_one()) == expected
    if not numba.config.DISABLE_JIT:
        assert len(read.signatures) == 1


def test_with_puts_on_top() -> None:
    one, other = pick("real"), pick("choice")
    scenario = Scenario.of({one.name: other_value(one)})
    changed = scenario.with_({other.name: other_value(other)})
    assert changed.changed() == {one.name: other_value(one), other.name: other_value(other)}
    assert scenario.changed() == {one.name: other_value(one)}


def test_every_mistake_is_told_at_once() -> None:
    real, chosen = pick("real"), pick("choice")
    with pytest.raises(UserError) as caught:
        Scenario.of({misspelt(real.name): 0.5, chosen.name: 3, real.name: "x"})
    first, second, third = str(caught.value).split("\n")
    assert first == f'"{misspelt(real.name)}" is not a parameter. Did you mean "{real.name}"?'
    assert second == f'"{chosen.name}" cannot be 3: it must be {chosen.allowed}.'
    assert third == f'"{real.name}" cannot be "x": it must be {real.allowed}.'


def test_an_unknown_name_is_not_read() -> None:
    with pytest.raises(ParameterError, match="is not a parameter"):
        Scenario.of()["no.such"]


def test_it_cannot_change_and_travels_to_a_worker() -> None:
    spec = pick("choice")
    scenario = Scenario.of({spec.name: other_value(spec)})
    with pytest.raises((FrozenInstanceError, TypeError)):
        scenario._levels = ()  # type: ignore[misc]
    scenario.values[spec.name] = "spoilt"
    assert scenario[spec.name] == other_value(spec)
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_its_text_says_only_what_differs() -> None:
    spec = pick("choice")
    scenario = Scenario.of({spec.name: other_value(spec)})
    assert repr(scenario) == f"Scenario.of({{'{spec.name}': '{other_value(spec)}'}})"
