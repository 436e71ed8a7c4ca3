"""Every corner of the declared bounds keeps what must hold of a state: single bounds, and all at once at random."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from schoolsim.parameters import REGISTRY, Parameter, Scenario
from schoolsim.parameters.constraints import possible
from schoolsim.parameters.values import Value
from schoolsim.system.simulation import HALF_TERMS, Population, Simulation
from tests.system.invariants import ALWAYS, IN_THE_END

#: A small system in which every institution is at work, so that a bound has something to break.
BUSY = {
    "programme.originators": 3, "programme.partners_each": 1, "programme.structure": "cluster",
    "programme.networks": 1, "programme.members": 4, "funding.per_partnership": 5000.0,
    "badging.scope": "individual", "broker.number": 2, "broker.dialogue": True, "broker.mapping": "holes",
    "ast.share": 0.5, "internal_broker.share": 0.5, "website.rate": 0.2, "enquiry.share": 0.2, "remote.contact": 0.5,
    "inspection.years": 2, "accreditation.rate": 0.3, "evaluation.kind": "formal", "values.drift_home": 0.1,
    "values.drift_friends": 0.1,
}  # fmt: skip
#: They decide how large the system is, and are left as they are so that a run stays short.
SIZES = {"setting.schools", "practice.number", "practice.slots"}
SCHOOLS, YEARS = 10, 2


def corners(spec: Parameter) -> list[Value]:
    """The outermost values of a parameter, or all of them where they are few."""
    if spec.kind in ("real", "whole"):
        return list(spec.bounds)
    return [True, False] if spec.kind == "flag" else list(spec.options)


SINGLE = [
    (name, value)
    for name, spec in REGISTRY.items()
    if name not in SIZES
    for value in corners(spec)
    if possible(BUSY | {name: value})
]


def random_corner(seed: int) -> dict[str, Value]:
    """Every parameter at one of its outermost values, in a combination that is possible."""
    rng = random.Random(seed)
    fixed = SIZES | {"programme.originators", "programme.networks"}
    while True:
        drawn = {name: rng.choice(corners(spec)) for name, spec in REGISTRY.items() if name not in fixed}
        if possible(BUSY | drawn):
            return drawn


def broken(values: dict[str, Value], seed: int = 1) -> Iterator[str]:
    """What a run with these values breaks."""
    scenario = Scenario.of(BUSY | values)
    simulation = Simulation(scenario, seed, Population(schools=SCHOOLS).table(scenario, seed))
    for _ in range(HALF_TERMS * YEARS):
        simulation.step()
        for check in (*ALWAYS, *IN_THE_END):
            try:
                check(simulation.state)
            except AssertionError as fault:
                yield f"{check.__name__}: {fault}"
                return


@pytest.mark.slow
def test_some_bounds_alone_keep_all_that_must_hold() -> None:
    for name, value in random.Random(7).sample(SINGLE, 20):
        assert not [*broken({name: value})], (name, value)


def test_some_corners_keep_all_that_must_hold() -> None:
    for seed in range(10):
        assert not [*broken(random_corner(seed), seed)], seed


@pytest.mark.slow
def test_every_bound_alone_keeps_all_that_must_hold() -> None:
    assert not {(name, value): [*broken({name: value})] for name, value in SINGLE if [*broken({name: value})]}


@pytest.mark.slow
def test_many_corners_keep_all_that_must_hold() -> None:
    assert not {seed: faults for seed in range(300) if (faults := [*broken(random_corner(seed), seed)])}


def test_a_rule_that_leaves_its_bounds_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself can fail: a state with a level beyond 1 is broken."""
    step = Simulation.step

    def overflowing(simulation: Simulation) -> None:
        step(simulation)
        simulation.state.teachers.values[0] = 1.5

    monkeypatch.setattr(Simulation, "step", overflowing)
    assert [*broken({})]
