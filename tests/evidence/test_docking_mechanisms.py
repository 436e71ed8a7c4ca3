"""The small mechanisms in which the model reduces to others': rules by hand, switches, and no idle parts."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.parameters import Scenario
from schoolsim.parameters.record import Parameters
from schoolsim.populations import synthetic_authority
from schoolsim.rules.codes import EXCHANGE
from schoolsim.rules.identity import anchored_values, drifted_values
from schoolsim.rules.teaching import copied_weight
from schoolsim.system.partnerships.barter import trade
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock
from schoolsim.system.state.ledger import hours_balance

# Exchange wherever both have something to offer, so that barter has something to bear on.
OPEN = {"mode.exchange_trust": 0.0, "offer.level": 0.0, "search.rate": 1.0, "accept.base": 3.0}


def series(changes: dict[str, object], *, years: int = 2, seed: int = 5) -> dict[str, np.ndarray]:
    made = Simulation(Scenario.of({**OPEN, **changes}), seed, synthetic_authority(seed, schools=16))
    made.run(years)
    return made.series


def same(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> bool:
    assert one.keys() == two.keys()
    return all(np.array_equal(one[name], two[name], equal_nan=True) for name in one)


@pytest.fixture(scope="module")
def plain() -> dict[str, np.ndarray]:
    return series({})


def record(changes: dict[str, object]) -> Parameters:
    return Scenario.of(changes).as_one()


def test_a_colleague_is_copied_by_what_looks_good_about_them() -> None:
    mastery, appeal = np.array([1.0, 0.5, 0.0], dtype=np.float32), np.array([0.5, 1.0, 1.0])
    assert copied_weight(mastery, appeal, record({"home.copying_bias": 0.2})) == pytest.approx(1.0 + 0.2 * 1.0)
    assert copied_weight(mastery, appeal, record({})) == 1.0


def test_values_move_a_share_of_the_way_to_each_group() -> None:
    p = record({"values.drift_home": 0.5, "values.drift_friends": 0.25})
    assert drifted_values(0.4, 0.6, 0.2, p) == pytest.approx(0.4 + 0.5 * 0.2 - 0.25 * 0.2)
    assert drifted_values(0.4, 0.6, 0.2, record({})) == 0.4


def test_who_holds_firm_stays_where_they_began() -> None:
    assert anchored_values(0.7, 0.3, 1.0) == pytest.approx(0.3)
    assert anchored_values(0.7, 0.3, 0.0) == pytest.approx(0.7)
    assert anchored_values(0.7, 0.3, 0.25) == pytest.approx(0.6)


def bartering(levels: list[list[float]], lead: float = 0.01) -> tuple[bool, int, int]:
    """Whether two schools of these levels trade, and what for what."""
    made = Simulation(Scenario.of({"exchange.barter_lead": lead}), 1, synthetic_authority(1, schools=4))
    state = made.state
    state.repertoires.mastery[:] = 0.0
    state.repertoires.mastery[:2, : len(levels[0])] = levels
    slot = 0
    partnerships = state.partnerships
    partnerships.originator[slot], partnerships.partner[slot], partnerships.uid[slot] = 0, 1, 77
    trades = trade(state, made.parameters, Clock((1, 3)), slot)
    return bool(trades), int(partnerships.focus[slot]), int(partnerships.back[slot])


def test_a_trade_is_of_what_each_leads_in() -> None:
    trades, focus, back = bartering([[0.5, 0.1, 0.4], [0.2, 0.6, 0.4]])
    assert (trades, focus, back) == (True, 0, 1)


def test_there_is_no_trade_without_a_return() -> None:
    assert not bartering([[0.5, 0.6, 0.4], [0.2, 0.6, 0.4]])[0]
    assert not bartering([[0.2, 0.1, 0.4], [0.2, 0.6, 0.4]])[0]


def test_a_lead_within_the_margin_is_none() -> None:
    levels = [[0.505, 0.1], [0.5, 0.6]]
    assert not bartering(levels, lead=0.02)[0]
    assert bartering(levels, lead=0.001)[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"home.talk": 0.5},
        {"home.copying": 0.1},
        {"home.copying": 0.1, "home.copying_bias": 2.0},
        {"values.drift_home": 0.2},
        {"values.drift_friends": 0.2},
        {"values.drift_home": 0.2, "values.anchor": 0.8},
        {"exchange.barter": True},
        {"exchange.barter": True, "exchange.barter_lead": 0.3},
    ],
    ids=lambda changes: list(changes)[-1],
)
def test_every_parameter_moves_something(changes: dict[str, object], plain: dict[str, np.ndarray]) -> None:
    last = list(changes)[-1]
    without = {name: value for name, value in changes.items() if name != last}
    before = plain if not without else series(without)
    assert not same(before, series(changes))


@pytest.mark.parametrize(
    ("switch", "changes"),
    [
        ("mechanism.appeal", {"home.copying": 0.1, "home.copying_bias": 2.0}),
        ("mechanism.hours", {"home.talk": 0.5}),
        ("mechanism.exchange", {"exchange.barter": True}),
    ],
)
def test_a_mechanism_that_is_off_leaves_them_idle(switch: str, changes: dict[str, object]) -> None:
    assert same(series({switch: False}), series({switch: False, **changes}))


def test_barter_spends_no_hour_that_is_not_accounted_for() -> None:
    made = Simulation(Scenario.of({**OPEN, "exchange.barter": True}), 2, synthetic_authority(2, schools=16))
    for _ in range(8):
        made.step()
        assert hours_balance(made.state.ledger) == pytest.approx(0.0, abs=1e-6)


def test_under_barter_nobody_works_without_a_return() -> None:
    made = Simulation(Scenario.of({**OPEN, "exchange.barter": True}), 3, synthetic_authority(3, schools=16))
    worked = 0
    for _ in range(8):
        made.step()
        partnerships = made.state.partnerships
        busy = (partnerships.alive == 1) & (partnerships.mode == EXCHANGE) & (partnerships.hours > 0.0)
        worked += int(busy.sum())
        assert (partnerships.back[busy] >= 0).all()
    assert worked > 0
