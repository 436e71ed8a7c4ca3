"""The compiled model does what the plain-object twin does, half-term by half-term.

The twin keeps levels in double precision and the model in single, so numbers agree to about 1e-6 of their size. A
level within that distance of a threshold would fall on different sides; with these seeds none does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.twin import CORE, Twin, core, market, model, objects, practice, rules
from benchmarks.twin.draws import KeyedDraws
from schoolsim import draws
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import Scenario
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.populations import SchoolTable, synthetic_authority, synthetic_system
from schoolsim.system.simulation import Simulation
from schoolsim.system.state.ledger import HOURS, POUNDS

CLOSE = {"rtol": 2e-5, "atol": 2e-5}

PROGRAMME = {"programme.originators": 4, "programme.partners_each": 2, "funding.per_partnership": 10_000.0}
SCENARIOS = {
    "no programme": {},
    "badge and purse alone": {**PROGRAMME, "badging.scope": "individual", "market.choice_weight": 1.8},
    "badge and purse together": {**PROGRAMME, "badging.scope": "collective", "funding.purse": "partnership"},
    "imposed exchange, money soon over": {
        **PROGRAMME, "programme.imposed": True, "programme.mode": "exchange", "funding.years": 1,
    },
    "creation": {
        **PROGRAMME, "programme.mode": "creation", "creation.hazard": 0.2, "mode.exchange_trust": 0.1,
        "programme.select": "any", "practice.slots": 3,
    },
    "restless, with brokers": {
        "careers.leave": 0.3, "careers.move": 0.1, "leadership.turnover": 0.4, "leadership.closed": 0.3,
        "broker.number": 2, "broker.visits": 6,
    },
}  # fmt: skip

SUCCESS = rules.trust.success


@cache
def schools(seed: int) -> SchoolTable:
    return synthetic_authority(seed, schools=20)


def together(scenario: Scenario, seed: int, table: SchoolTable, *, burn_in_years: int = 0) -> Iterator[tuple]:
    """Step model and twin side by side; yields half-term, and for each what was measured and its accounts."""
    compiled = Simulation(scenario, seed, table, burn_in_years=burn_in_years)
    twin = Twin(scenario, seed, table, burn_in_years=burn_in_years)
    while True:
        half_term = twin.half_term
        compiled.step()
        twin.step()
        accounts = [
            (kind, use, float(of_model[row]), of_twin[use])
            for kind, uses, of_model, of_twin in (
                ("hours", HOURS, compiled.state.ledger.hours, twin.ledger.hours),
                ("pounds", POUNDS, compiled.state.ledger.pounds, twin.ledger.pounds),
            )
            for use, row in uses.items()
        ]
        # What belongs to mechanisms that are off must be nothing.
        of_twin = dict.fromkeys(OUTCOMES, 0.0) | twin.rows[-1]
        yield half_term, compiled.latest, of_twin, accounts


def first_difference(run: Iterator[tuple], half_terms: int) -> str | None:
    """Where the two part, in words; None where they do not."""
    for half_term, of_model, of_twin, accounts in (next(run) for _ in range(half_terms)):
        for name in OUTCOMES:
            if not np.isclose(of_model[name], of_twin[name], **CLOSE, equal_nan=True):
                return f"half-term {half_term}, {name}: {of_model[name]} and {of_twin[name]}"
        for kind, use, in_model, in_twin in accounts:
            if not math.isclose(in_model, in_twin, rel_tol=CLOSE["rtol"], abs_tol=CLOSE["atol"]):
                return f"half-term {half_term}, {kind} {use}: {in_model} and {in_twin}"
    return None


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SCENARIOS)
def test_model_and_twin_run_alike(name: str, seed: int) -> None:
    run = together(core(Scenario.of(SCENARIOS[name])), seed, schools(seed))
    assert first_difference(run, 18) is None


@pytest.mark.parametrize("name", SCENARIOS)
def test_small_systems_run_alike(name: str) -> None:
    """Small enough to be run without the compiler in a second each: what planted faults meet (`make mutants`)."""
    run = together(core(Scenario.of(SCENARIOS[name])), 1, synthetic_authority(1, schools=12))
    assert first_difference(run, 8) is None


def test_they_run_alike_through_burn_in_and_in_two_authorities() -> None:
    table = synthetic_system(5, authorities=2, schools=24)
    run = together(core(Scenario.of(SCENARIOS["badge and purse together"])), 5, table, burn_in_years=1)
    assert first_difference(run, 12) is None


def test_the_scenarios_reach_what_they_are_for() -> None:
    """A comparison in which nothing happens would agree as well."""
    reached: dict[str, float] = {}
    for name, levels in SCENARIOS.items():
        twin = Twin(Scenario.of(levels), 1, schools(1))
        for _ in range(18):
            twin.step()
        for outcome in twin.rows[0]:
            most = np.nanmax([0.0, *(abs(row[outcome]) for row in twin.rows)])
            reached[outcome] = max(reached.get(outcome, 0.0), most)
        assert any(row["partnerships.active"] for row in twin.rows), name
    assert [outcome for outcome, most in reached.items() if most == 0.0] == []


PHASES = (
    "policy", "market", "leadership", "needs", "brokerage", "matching", "joint_work", "classroom", "relations",
    "outcomes", "careers",
)  # fmt: skip


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_left_out_is_seen(phase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Twin, phase, lambda self: None)
    run = together(core(Scenario.of(SCENARIOS["badge and purse alone"])), 1, schools(1))
    assert first_difference(run, 13) is not None


@pytest.mark.parametrize(
    ("owner", "name", "wrong"),
    [
        (market, "ROUNDS", 1),
        (rules.practice, "kept_up", lambda mastery, ownership, decay, keep: mastery),
        (rules.identity, "status_gap", lambda *arguments: 0.0),
        (rules.trust, "poaching_chance", lambda rival, p: 0.0),
        (rules.trust, "success", lambda gain, engagement, luck, p: 0.999 * SUCCESS(gain, engagement, luck, p)),
        (rules.partnerships, "phase_terms", lambda terms, phase_now, p: terms),
        (rules.time_money, "foreboding", lambda step, p: 0.0),
        (rules.brokers, "learned_about_school", lambda knows, skill, openly, p: 1.0),
        (objects.Tie, "mean_trust", property(lambda tie: tie.trust[tie.a])),
        (practice, "forget_unused", lambda model: [setattr(each, "alive", False) for each in model.practices[:1]]),
        (model, "friends_talk", lambda model: None),
    ],
)
def test_a_detail_gone_wrong_is_seen(owner: object, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, name, wrong)
    run = together(core(Scenario.of(SCENARIOS["badge and purse alone"] | {"funding.years": 1})), 1, schools(1))
    assert first_difference(run, 13) is not None


def test_the_twin_draws_what_the_model_draws() -> None:
    source = KeyedDraws(7)
    for keys in [(20, 3, 5, 1), (53, -12, 2**61, 0), (41, 0, -9, 4)]:
        assert source.uniform(*keys) == draws.uniform(7, *keys)
        assert source.normal(*keys) == pytest.approx(draws.normal(7, *keys), rel=1e-14)
    assert source.pair(4, 9) == draws.pair(4, 9) != source.pair(9, 4)


def test_the_rules_are_plain_python() -> None:
    """Nothing compiled is reached from a rule the twin calls."""
    modules = [module for module in vars(rules).values() if isinstance(module, SimpleNamespace)]
    assert len(modules) == 12
    functions = [value for module in modules for value in vars(module).values() if callable(value)]
    reached = [value for function in functions for value in getattr(function, "__globals__", {}).values()]
    assert len(functions) > 50
    assert not [value for value in [*functions, *reached] if hasattr(value, "py_func")]


def test_unkeyed_draws_keep_the_books_as_well() -> None:
    twin = Twin(Scenario.of(SCENARIOS["badge and purse alone"]), 1, schools(1), keyed=False)
    for _ in range(6):
        twin.step()
        hours, pounds = twin.ledger.hours, twin.ledger.pounds
        used = hours["joint"] + hours["travel"] + hours["arranging"] + hours["unused"] + hours["brokerage"]
        assert hours["granted"] + hours["bought"] == pytest.approx(used) != 0.0
        assert pounds["granted"] == pytest.approx(pounds["cover"] + pounds["home"] + pounds["returned"]) != 0.0


def test_what_the_twin_does_not_mirror_is_off() -> None:
    words = {mechanism.word for mechanism in MECHANISMS.values()}
    assert words >= CORE
    scenario = core(Scenario.of({"home.copying": 0.5, "mechanism.trust": False, "trust.poaching": 0.2}))
    assert all(scenario[f"mechanism.{word}"] is (word in CORE and word != "trust") for word in words)
    assert scenario["home.copying"] == 0.0
    assert (scenario["trust.change"], scenario["trust.poaching"]) == (0.0, 0.2)
