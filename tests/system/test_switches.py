"""A mechanism switched off is a run without it; switched on, it is at work."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.mechanisms import MECHANISMS, Mechanism
from schoolsim.system.simulation import Simulation
from tests.system import where
from tests.system.worlds import PROGRAMME, World, digest, made_table, table

TABLE = made_table(3)

each_mechanism = pytest.mark.parametrize("mechanism", MECHANISMS.values(), ids=MECHANISMS.keys())


def world(mechanism: Mechanism, *changes: Mapping[str, object]) -> World:
    """A programme in which the mechanism matters, with `changes`, later ones first."""
    overrides = dict(PROGRAMME) | dict(where.MECHANISMS.get(mechanism.id, {}))
    for change in changes:
        overrides |= change
    return World(TABLE, overrides, 3, burn_in_years=1)


def off(mechanism: Mechanism) -> dict[str, object]:
    return {f"mechanism.{mechanism.word}": False}


@cache
def run_without(number: str) -> Simulation:
    """The run with the mechanism switched off: shared, and only read."""
    return world(MECHANISMS[number], off(MECHANISMS[number])).run()


def moved(name: str, value: object) -> object:
    """Another value that the parameter may take."""
    spec = REGISTRY[name]
    if spec.kind == "flag":
        return not value
    if spec.kind == "choice":
        return next(option for option in spec.options if option != value)
    return next(other for other in (spec.high, spec.low) if other != value)


@each_mechanism
def test_off_is_its_neutral_values_everywhere(mechanism: Mechanism) -> None:
    """In what schools do by themselves as in every programme."""
    record = world(mechanism, off(mechanism)).begun().parameters
    for row in record.siblings:
        for name, value in mechanism.neutral.items():
            spec = REGISTRY[name]
            assert getattr(row, spec.field) == (spec.code(str(value)) if spec.kind == "choice" else value), name


@each_mechanism
def test_off_is_its_neutral_values_set_by_hand(mechanism: Mechanism) -> None:
    if any(REGISTRY[name].scope != "system" for name in mechanism.neutral):
        pytest.skip("a lever by itself is a programme's, and leaves what schools do without one as it is")
    assert digest(run_without(mechanism.id)) == digest(world(mechanism, mechanism.neutral).run())


@each_mechanism
def test_off_its_parameters_move_nothing(mechanism: Mechanism) -> None:
    assert mechanism.neutral
    others = {name: moved(name, value) for name, value in mechanism.neutral.items()}
    assert digest(run_without(mechanism.id)) == digest(world(mechanism, off(mechanism), others).run())


#: Mechanisms whose parameters have no other task. Those of the others also say what is there without the mechanism:
#: how fast practice fades, how long an episode is, whom a school looks at.
EXACT = (
    "M01", "M02", "M04", "M06", "M10", "M15", "M16", "M17", "M19", "M23", "M26", "M27", "M28", "M32",
    "M33", "M35", "M38", "M39", "M40", "M41",
)  # fmt: skip


#: What practices and contexts are like, and what counts as mastered: there without the mechanism that minds most.
DESCRIBED = {
    "practice.place_km", "practice.context_place", "practice.context_own",
    "practice.context_poor", "practice.held_fit", "practice.hours_spread",
    "practice.hours_by_kind", "learning.routine",
}  # fmt: skip


@pytest.mark.parametrize("number", EXACT)
def test_off_none_of_its_own_parameters_moves_anything(number: str) -> None:
    """Whatever its neutral values leave out would still be at work."""
    mechanism = MECHANISMS[number]
    besides = DESCRIBED | {mechanism.switch.name}
    own = [name for name, spec in REGISTRY.items() if spec.mechanisms == (number,) and name not in besides]
    assert own
    setting = dict(PROGRAMME) | dict(where.MECHANISMS.get(number, {}))
    others = {name: moved(name, setting.get(name, REGISTRY[name].default)) for name in own}
    changed = world(mechanism, off(mechanism), others).run()
    assert np.allclose(table(run_without(number)), table(changed), rtol=1e-9, atol=1e-9, equal_nan=True)


@each_mechanism
def test_on_it_is_at_work(mechanism: Mechanism) -> None:
    rows = zip(table(run_without(mechanism.id)), world(mechanism).measured(), strict=False)
    assert not all(np.allclose(without, on, rtol=1e-6, atol=1e-6, equal_nan=True) for without, on in rows)


@each_mechanism
def test_switched_on_is_what_it_is_by_default(mechanism: Mechanism) -> None:
    assert Scenario.of({f"mechanism.{mechanism.word}": True}) == Scenario.of()


def test_all_mechanisms_can_be_off_at_once() -> None:
    """Two mechanisms that share a parameter agree on what is neutral."""
    neutral: dict[str, object] = {}
    for mechanism in MECHANISMS.values():
        for name, value in mechanism.neutral.items():
            assert neutral.setdefault(name, value) == value, (mechanism.id, name)
    off_at_once = {f"mechanism.{one.word}": False for one in MECHANISMS.values()}
    run = World(TABLE, PROGRAMME | off_at_once, 3).run()
    assert digest(run) == digest(World(TABLE, PROGRAMME | neutral | off_at_once, 3).run())
