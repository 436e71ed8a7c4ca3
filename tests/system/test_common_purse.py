"""The common purse: who pays for what, in equal parts to every pair, and every pound back with the half-term."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from schoolsim.system.partnerships.joint_work import work_together
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import GIVEN_BACK, HELD_BACK, RETURNED, pounds_balance
from schoolsim.system.time_money.common_purse import pay_from_purses
from tests.system.by_hand import certain, partnership, put, state_of, tie
from tests.system.invariants import watched
from tests.system.worlds import PROGRAMME, World, digest, in_trusts, made_table


def working(*ends: tuple[int, int], pairs: tuple[int, ...] = ()) -> State:
    """Seven schools of 100 pupils, 0 to 2 of trust 1, 3 of trust 2, 4 and 5 of a federation, 6 of none."""
    state = state_of(7, 2, ties=20, partnerships=20)
    put(state.schools, academy_trust=(1, 1, 1, 2, 0, 0, 0), federation=(0, 0, 0, 0, 1, 1, 0), need=0)
    for slot, both in enumerate(ends):
        tie(state, slot, both)
        partnership(state, slot, both, slot)
    state.partnerships.pairs[: len(ends)] = pairs or 1
    return state


def paid(state: State, pounds: float = 6.0) -> list[float]:
    """What each partnership is paid: 6 pounds a pupil and year are 1 a half-term."""
    pay_from_purses(state, certain(academies__purse=pounds))
    here = state.partnerships
    np.testing.assert_array_equal(here.pounds, here.common)
    assert state.ledger.pounds[HELD_BACK] == pytest.approx(here.common.sum())
    return here.common[: int(here.alive.sum())].tolist()


def test_a_purse_pays_every_pair_of_its_own_schools_the_same() -> None:
    """300 pounds of trust 1 for three pairs, 200 of the federation for one; none across purses or without one."""
    state = working((0, 1), (2, 1), (5, 4), (0, 3), (0, 6), (4, 6), pairs=(2, 1, 1, 3, 3, 3))
    assert paid(state) == pytest.approx([200.0, 100.0, 200.0, 0.0, 0.0, 0.0])
    assert state.ledger.pounds[HELD_BACK] == pytest.approx(500.0)


def test_more_pupils_and_more_pounds_a_pupil_are_more() -> None:
    state = working((0, 1))
    put(state.schools, roll=(100.0, 150.0, 350.0, 900.0, 900.0, 900.0, 900.0))
    assert paid(state, 12.0) == pytest.approx([1200.0])


def test_a_programmes_partnership_is_the_programmes_to_pay() -> None:
    state = working((0, 1), (1, 2))
    state.partnerships.programme[0] = 1
    assert paid(state) == pytest.approx([0.0, 300.0])


def test_where_nothing_is_at_work_nothing_is_held_back() -> None:
    state = working((0, 1), (5, 6), pairs=(0, 2))
    assert paid(state) == [0.0, 0.0]
    assert state.ledger.pounds[HELD_BACK] == 0.0
    nobody = working((0, 1))
    put(nobody.schools, academy_trust=0, federation=0)
    assert paid(nobody) == [0.0]


def test_two_schools_in_no_trust_share_no_purse() -> None:
    state = working((4, 6))
    put(state.schools, federation=0)
    assert paid(state) == [0.0]


def test_a_school_of_a_federation_that_joins_a_trust_is_paid_by_the_trust() -> None:
    """Trust 2 has 3 and 4 now, and their 200 pounds; of the federation 5 is left, with nobody to work with in it."""
    state = working((5, 4), (3, 4))
    assert paid(state) == pytest.approx([200.0, 0.0])
    state.schools.academy_trust[4] = 2
    state.ledger.pounds[:] = state.partnerships.pounds[:] = state.partnerships.common[:] = 0.0
    assert paid(state) == pytest.approx([0.0, 200.0])


def test_what_a_partnership_without_pairs_at_work_was_paid_goes_back() -> None:
    state = working((0, 1), (1, 2))
    paid(state)
    here = state.partnerships
    here.pounds[0] += 50.0  # from a broker
    here.pairs[:2] = 0
    work_together(state, certain(), Clock((1, 3)))
    assert state.ledger.pounds[[RETURNED, GIVEN_BACK]].tolist() == pytest.approx([50.0, 300.0])


# --- runs -----------------------------------------------------------------------------------------

TABLE = made_table(3, 16)
GIVEN = in_trusts(TABLE, 3, 3)


def run(overrides: dict[str, object], *, trusts: bool = True, years: int = 2) -> Simulation:
    world = World(TABLE, overrides, 5, burn_in_years=1, ties=GIVEN if trusts else None)
    simulation = watched(world.begun())
    simulation.run(years)
    return simulation


def test_in_a_run_every_pound_held_back_buys_cover_or_goes_back() -> None:
    """`watched` sees the accounts balance in every half-term."""
    pooled = run({"academies.purse": 30.0})
    series = pooled.series
    held = series["pounds.held_back"]
    assert (held > 0.0).all()
    np.testing.assert_allclose(held, series["pounds.cover"] + series["pounds.given_back"])
    assert series["pounds.cover"].sum() > 0.0
    assert not series["pounds.granted"].any()
    assert not series["pounds.home"].any()
    alone = run({"academies.purse": 0.0})
    assert series["hours.joint"].sum() > 1.2 * alone.series["hours.joint"].sum()
    assert not alone.series["pounds.held_back"].any()


def test_who_is_in_no_trust_any_more_is_paid_nothing() -> None:
    world = World(TABLE, {"academies.purse": 30.0}, 5, ties=GIVEN).begun()
    simulation = watched(world)
    simulation.step()
    assert simulation.state.partnerships.common.any()
    simulation.state.schools.academy_trust[:] = 0
    simulation.step()
    assert simulation.state.partnerships.alive.any()
    assert not simulation.state.partnerships.common.any()


def test_a_federation_that_is_given_has_a_purse_too() -> None:
    federated = replace(GIVEN, kind=np.full(len(GIVEN), "federation", dtype=object))
    begun = World(TABLE, {"academies.purse": 30.0}, 5, ties=federated).begun()
    assert np.sort(begun.state.schools.federation).tolist() == [0] * 7 + [1, 1, 1, 2, 2, 2, 3, 3, 3]
    watched(begun).step()
    assert begun.latest["pounds.held_back"] > 0.0


def test_beside_a_programmes_and_brokers_money_the_accounts_balance() -> None:
    both = run({**PROGRAMME, "academies.purse": 30.0, "broker.number": 1, "broker.resources": 5000.0})
    pounds = both.state.ledger.pounds
    assert pounds[HELD_BACK] > 0.0
    assert both.series["pounds.granted"].any()
    assert pounds_balance(both.state.ledger) == pytest.approx(0.0, abs=1e-6)


def test_without_trusts_the_purse_changes_no_byte() -> None:
    assert digest(run({"academies.purse": 250.0}, trusts=False)) == digest(run({"academies.purse": 0.0}, trusts=False))


def test_with_funding_out_of_the_model_there_is_no_purse() -> None:
    assert not run({"mechanism.funding": False, "academies.purse": 30.0}).series["pounds.held_back"].any()
