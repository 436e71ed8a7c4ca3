"""The market alone against what is known exactly of logit choice (evidence D7), and its own promises."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from schoolsim.parameters import Scenario, code
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER
from schoolsim.system.initial.build import build
from schoolsim.system.market import admissions
from schoolsim.system.market.catchments import nearest_schools
from schoolsim.system.market.climate import climates_drift
from schoolsim.system.phases import market
from schoolsim.system.state import Clock, Parameters, State
from tests.system import by_hand
from tests.system.by_hand import certain, put_row
from tests.system.worlds import made_table

_CHOICE = {"market.quality": 0.8, "market.distance": 0.9, "rivalry.reach_primary": 1.5}


def state_of(schools: int, overrides: dict[str, object]) -> tuple[State, Parameters]:
    """Primary schools with room for everybody, and the parameters."""
    p = Scenario.of(overrides).as_one()
    table = made_table(31, schools)
    table = replace(table, phase=np.zeros(schools), capacity=100.0 * table.roll)
    return build(table, p, 31), p


def shares(state: State, p: Parameters, competition: float) -> np.ndarray:
    """Share of the first zone's better-off pupils whose first choice each school is."""
    state.market.constant[:] = 0.0
    state.market.cohort[:] = 0.0
    state.market.cohort[0, 0] = 1.0
    demand = np.empty((len(state.schools), 2))
    admissions.first_choices(state, p, competition, demand)
    return demand[:, 0]


@pytest.mark.parametrize("miles", [0.0, 0.5, 1.5, 6.0])
def test_of_two_equal_schools_the_near_one_gets_the_logistic_share(miles: float) -> None:
    state, p = state_of(2, _CHOICE)
    state.schools.known_standing[:] = 0.0
    state.market.miles[0, :2] = (0.0, miles)
    near = shares(state, p, 0.5)[state.market.choices[0, 0]]
    assert near == pytest.approx(1.0 / (1.0 + math.exp(-0.9 * 2.0 * miles / 1.5)), rel=1e-12)


def test_a_better_result_draws_as_logit_says() -> None:
    """ds_j/dq_j = b s_j (1 - s_j) and ds_k/dq_j = -b s_j s_k; what one gains the others lose."""
    state, p = state_of(5, _CHOICE)
    before = shares(state, p, 0.5)
    step, own = 1e-5, state.market.choices[0, 2]
    state.schools.known_standing[own] += step
    slope = (shares(state, p, 0.5) - before) / step
    expected = -0.8 * before[own] * before
    expected[own] += 0.8 * before[own]
    np.testing.assert_allclose(slope, expected, atol=1e-5)
    assert slope.sum() == pytest.approx(0.0, abs=1e-9)
    assert before.sum() == pytest.approx(1.0)


def test_first_choices_at_the_observed_weight_are_the_observed_rolls() -> None:
    """As far as sixty rounds of fitting come: within a thousandth here."""
    state, p = state_of(12, {"market.observed_weight": 0.7})
    demand = np.empty((12, 2))
    admissions.first_choices(state, p, 0.7, demand)
    np.testing.assert_allclose(demand, state.market.cohort, rtol=1e-3)
    roll = state.schools.roll
    np.testing.assert_allclose(state.market.cohort.sum(axis=1), roll / 7.0, rtol=1e-9)


def test_rolls_stay_while_neither_results_nor_competition_change() -> None:
    state, p = state_of(12, {})
    before = state.schools.roll.copy()
    for year in range(5):
        market.run(state, p, Clock((1, 6 * year)))
    np.testing.assert_allclose(state.schools.roll, before, rtol=1e-3)


def test_pupils_move_once_a_year_and_to_the_better_school() -> None:
    state, p = state_of(12, {"market.choice_weight": 1.5})
    before = state.schools.roll.copy()
    best, worst = np.argmax(state.schools.standing), np.argmin(state.schools.standing)
    for half_term in (1, 2, 3, 4, 5):
        market.run(state, p, Clock((1, half_term)))
    np.testing.assert_array_equal(state.schools.roll, before)
    market.run(state, p, Clock((1, 6)))
    assert state.schools.roll[best] > before[best]
    assert state.schools.roll[worst] < before[worst]


def test_a_full_school_turns_away_the_poor_more_often() -> None:
    """60 better-off and 40 poor for 50 places, the poor thrice as likely to be turned away: 33 1/3 and 16 2/3 of 50."""
    asked, room = np.array([[60.0, 40.0]]), np.array([50.0])
    admissions.turn_away(asked, room, 0, 2.0)
    assert asked[0] == pytest.approx([(60 - 50 / 3) / 60, (40 - 100 / 3) / 40])
    assert room[0] == pytest.approx(0.0, abs=1e-12)


def test_a_school_with_room_turns_nobody_away() -> None:
    asked, room = np.array([[60.0, 40.0]]), np.array([130.0])
    admissions.turn_away(asked, room, 0, 2.0)
    assert asked[0] == pytest.approx([1.0, 1.0])
    assert room[0] == pytest.approx(30.0)


def test_nobody_is_taken_beyond_a_schools_seats_while_others_have_room() -> None:
    state, p = state_of(12, {"market.choice_weight": 2.0, "market.seats": 1.0})
    best = int(np.argmax(state.schools.standing))
    state.schools.capacity[best] = state.schools.roll[best]
    admitted = np.empty((12, 2))
    admissions.admit(state, p, admitted)
    assert admitted[best].sum() == pytest.approx(state.schools.capacity[best] / 7.0)
    assert admitted.sum() == pytest.approx(state.market.cohort.sum())
    assert np.all(admitted >= 0.0)


def test_where_there_are_fewer_schools_than_a_family_would_look_at_the_rest_is_marked() -> None:
    rows, miles = nearest_schools(replace(made_table(2, 3), phase=np.array([0, 0, 1])), 4)
    assert sorted(rows[0][:2].tolist()) == [0, 1]
    assert rows[0, 0] == 0
    assert rows[2].tolist() == [2, -1, -1, -1]
    assert rows[:2, 2:].tolist() == [[-1, -1], [-1, -1]]
    assert miles[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert miles[0, 1] == miles[1, 1] > 0.0


# --- climate --------------------------------------------------------------------------------------


def supported(**network: int) -> State:
    """Schools 0 and 1 support 2; 3 is outside."""
    state = by_hand.state_of(4, networks=1)
    put_row(state.networks, 0, **{"alive": 1, "led": 1, "kind": code("programme.structure", "supported"), "members": 3,
                                  "programme": 1, **network})  # fmt: skip
    state.networks.member[0, :3] = [0, 1, 2]
    state.programmes.role[1] = [ORIGINATOR, ORIGINATOR, PARTNER, NEITHER]
    state.schools.climate[:] = [0.4, 0.2, -0.2, -0.2]
    return state


STILL = {"school__climate_sd": 0.0, "school__climate_kept": 1.0, "school__climate_heads": 0.0}


def test_supporters_lend_a_share_of_what_they_are_ahead() -> None:
    state = supported()
    climates_drift(state, certain(**STILL, school__climate_lent=0.1), Clock((1, 5)))
    # .1 of the way from -.2 to the supporters' mean of .3
    assert state.schools.climate.tolist() == pytest.approx([0.4, 0.2, -0.15, -0.2])


@pytest.mark.parametrize("network", [{"alive": 0}, {"led": 0}, {"kind": code("programme.structure", "cluster")}])
def test_nobody_lends_outside_support(network: dict[str, int]) -> None:
    state = supported(**network)
    climates_drift(state, certain(**STILL, school__climate_lent=0.1), Clock((1, 5)))
    assert state.schools.climate.tolist() == pytest.approx([0.4, 0.2, -0.2, -0.2])


def test_who_is_ahead_is_not_pulled_back() -> None:
    state = supported()
    state.schools.climate[2] = 0.5
    climates_drift(state, certain(**STILL, school__climate_lent=0.1), Clock((1, 5)))
    assert state.schools.climate[2] == pytest.approx(0.5)


def test_the_first_heads_have_been_there_for_long() -> None:
    state, _ = state_of(4, {})
    assert (state.schools.head_since < -60).all()
