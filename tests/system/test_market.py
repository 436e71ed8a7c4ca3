"""The market alone against what is known exactly of logit choice (evidence D7), and its own promises."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters import Scenario, code
from schoolsim.populations import synthetic_system
from schoolsim.populations.geography import nearest_same_phase
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER, PRIMARY, SECONDARY, SPECIAL
from schoolsim.system.initial.build import build
from schoolsim.system.market import admissions
from schoolsim.system.market.catchments import nearest_schools
from schoolsim.system.market.climate import climates_drift, draw_climates
from schoolsim.system.market.results import publish_results, pupil_mean, standardise_results
from schoolsim.system.phases import market
from schoolsim.system.state import Clock, Parameters, State
from tests.system import by_hand
from tests.system.by_hand import certain, put, put_row
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


def test_a_climate_keeps_and_is_drawn_anew_the_more_under_a_new_head() -> None:
    """Kept .8, or .8 x (1 - .25) = .6 under a head new this half-term: luck of sd .2 x .6, or .2 x .8."""
    state = by_hand.state_of(2)
    put(state.schools, climate=(0.5, -0.5), head_since=(4, 5))
    p = certain(
        school__climate_sd=0.2, school__climate_kept=0.8, school__climate_heads=0.25, school__climate_area=0.0
    )  # fmt: skip
    climates_drift(state, p, Clock((3, 5)))
    drawn = [draws.normal(3, draws.CLIMATE, 5, uid, 0) for uid in state.schools.uid]
    expected = [0.8 * 0.5 + 0.2 * 0.6 * drawn[0], 0.6 * -0.5 + 0.2 * 0.8 * drawn[1]]
    assert state.schools.climate.tolist() == pytest.approx(expected)
    draw_climates(state, p, Clock((3, 5)))
    assert state.schools.climate.tolist() == pytest.approx([0.2 * one for one in drawn])


def test_what_belongs_to_the_area_stays_under_a_new_head() -> None:
    """Of .5 the area's .3 stay; of the other .2 three quarters, (.8 - .36) / .64, or half of that: sd .2 x .8."""
    state = by_hand.state_of(2)
    put(state.schools, climate=(0.5, 0.5), area_climate=0.3, head_since=(4, 5))
    p = certain(
        school__climate_sd=0.2, school__climate_kept=0.84, school__climate_heads=0.5, school__climate_area=0.36
    )  # fmt: skip
    climates_drift(state, p, Clock((3, 5)))
    drawn = [draws.normal(3, draws.CLIMATE, 5, uid, 0) for uid in state.schools.uid]
    expected = [
        0.3 + kept * 0.2 + 0.2 * 0.8 * math.sqrt(1.0 - kept * kept) * luck
        for kept, luck in zip((0.75, 0.375), drawn, strict=True)
    ]
    assert state.schools.climate.tolist() == pytest.approx(expected)
    assert state.schools.area_climate.tolist() == [0.3, 0.3]


def test_likeness_falls_exponentially_with_distance_and_the_spread_is_what_it_was() -> None:
    """Seven and fourteen kilometres off, of a reach of 14: e^-.5 and e^-1; a share of .36 of a variance of .04."""
    state = by_hand.state_of(4)
    put(state.schools, east=(100.0, 104.2, 100.0, 100.0), north=(50.0, 55.6, 64.0, 50.0))
    p = certain(school__climate_sd=0.2, school__climate_area=0.36, school__climate_reach=14.0)
    areas, climates = [], []
    for seed in range(3_000):
        draw_climates(state, p, Clock((seed, 0)))
        areas.append(state.schools.area_climate.copy())
        climates.append(state.schools.climate.copy())
    area, climate = np.array(areas), np.array(climates)
    assert (area[:, 3] == area[:, 0]).all()
    assert area.std(axis=0) == pytest.approx(0.2 * 0.6, rel=0.05)
    assert np.corrcoef(area.T)[0, 1:3] == pytest.approx(np.exp([-0.5, -1.0]), abs=0.05)
    assert climate.std(axis=0) == pytest.approx(0.2, rel=0.05)
    assert np.corrcoef(climate.T)[0, 3] == pytest.approx(0.36, abs=0.05)


def test_neighbours_add_alike_by_the_share_that_belongs_to_the_area() -> None:
    """What secondary schools add, and the nearest one does: Progress 8 has .19, chance 0."""
    table = synthetic_system(1, authorities=11).of_phase(1)
    nearest = nearest_same_phase(table)[1]
    found = []
    for share in (0.0, 0.35):
        value = build(table, Scenario.of({"school.climate_area": share}).as_one(), 1).schools.progress
        found.append(np.corrcoef(value, value[nearest])[0, 1])
    assert abs(found[0]) < 0.1
    assert 0.15 < found[1] < 0.4


# --- results --------------------------------------------------------------------------------------


def test_results_are_standardised_within_a_phase() -> None:
    """Of 40, 50 and 60 the standard deviation is the root of 200/3; one school alone, or all alike, are at 0."""
    state = by_hand.state_of(7)
    put(
        state.schools, phase=(PRIMARY, SECONDARY, PRIMARY, PRIMARY, SPECIAL, 2, SECONDARY),
        published=(40.0, 30.0, 50.0, 60.0, 10.0, 90.0, 30.0), standing=9.0,
    )  # fmt: skip
    standardise_results(state.schools)
    sd = math.sqrt(200 / 3)
    assert state.schools.standing.tolist() == pytest.approx([-10 / sd, 0.0, 0.0, 10 / sd, -1.0, 1.0, 0.0])
    alone = by_hand.state_of(1)
    put(alone.schools, published=70.0, standing=9.0)
    standardise_results(alone.schools)
    assert alone.schools.standing[0] == 0.0


def test_means_are_over_pupils() -> None:
    state = by_hand.state_of(2)
    put(state.schools, roll=(100.0, 300.0), value=(0.4, 0.8))
    assert pupil_mean(state.schools, state.schools.value) == pytest.approx(0.7)


def test_results_follow_intake_disadvantage_value_pressure_and_luck() -> None:
    """Value moves a quarter of the way to progress. Published is the share of a normal below the sum.

    The mean value at the start is (1 x .1 + 3 x .3) / 4 = .25; 40 of 100 pupils poor are .1 more than at the start.
    """
    state = by_hand.state_of(2)
    put(
        state.schools, roll=(100.0, 300.0), poor=(40.0, 90.0), value=(0.2, 0.4), progress=(0.6, 0.4),
        value_start=(0.1, 0.3), effort=(0.05, 0.0), intake=(0.1, -0.2),
    )  # fmt: skip
    put(state.run, poor_start=0.3)
    publish_results(state, certain(result__memory=4.0, result__poor=2.0, result__noise=0.1), Clock((3, 5)))
    assert state.schools.value.tolist() == pytest.approx([0.3, 0.4])
    drawn = [draws.normal(3, draws.RESULT_NOISE, 5, uid, 0) for uid in state.schools.uid]
    below = (0.1 - 0.2 + (0.3 - 0.25 + 0.05) + 0.1 * drawn[0], -0.2 - 0.0 + (0.4 - 0.25) + 0.1 * drawn[1])
    shares = [100 * 0.5 * (1 + math.erf(one / math.sqrt(2))) for one in below]
    assert state.schools.published.tolist() == pytest.approx(shares)
    assert sorted(state.schools.standing.tolist()) == pytest.approx([-1.0, 1.0])


# --- choice and places ----------------------------------------------------------------------------

#: Results and badges count for 2 x .5; distance, for families on free meals half as much again.
PARENTS = {
    "market__quality": 1.0, "market__poor_quality": 0.5, "market__distance": 1.0, "market__poor_distance": 1.5,
    "badging__parents": 0.4, "market__choice_weight": 0.5, "market__seats": 1.0, "market__constraint": 1.0,
    "rivalry__reach_primary": 2.0, "rivalry__reach_secondary": 8.0,
}  # fmt: skip


def two_schools(phase: int = PRIMARY, **columns: object) -> State:
    """70 pupils of the first zone, 28 of them poor, at a primary; the second school is empty, two miles off."""
    state = by_hand.state_of(2)
    put(state.schools, **{"phase": phase, "roll": 100.0, "poor": 40.0, "capacity": 700.0} | columns)
    state.market.miles[:, :2] = (0.0, 2.0)
    state.market.cohort[:] = [[42.0, 28.0], [0.0, 0.0]]
    return state


@pytest.mark.parametrize(
    ("phase", "known", "badge", "constant", "utility"),
    [
        # 2 x .5 x standing; less 2 x 2 miles / 2, and 1.5 times that.
        (PRIMARY, 1.0, 0.0, 0.0, (1.0 - 2.0, 0.5 - 3.0)),
        (PRIMARY, 0.0, 1.0, 0.0, (0.4 - 2.0, 0.4 - 3.0)),
        (PRIMARY, 0.0, 0.0, 0.7, (0.7 - 2.0, 0.7 - 3.0)),
        (SECONDARY, 1.0, 0.0, 0.0, (1.0 - 0.5, 0.5 - 0.75)),
    ],
)
def test_families_choose_by_results_badge_distance_and_what_else_draws_them(
    phase: int, known: float, badge: float, constant: float, utility: tuple[float, float]
) -> None:
    """A logit between the second school and the first, whose utility is 0."""
    state = two_schools(phase, known_standing=(0.0, known), badge=(0.0, badge))
    state.market.constant[1] = constant
    demand = np.full((2, 2), 9.0)
    admissions.first_choices(state, certain(**PARENTS), 0.5, demand)
    shares = [math.exp(one) / (1 + math.exp(one)) for one in utility]
    assert demand[1].tolist() == pytest.approx([42 * shares[0], 28 * shares[1]])
    assert demand.sum(axis=0).tolist() == pytest.approx([42.0, 28.0])
    admitted = np.full((2, 2), 9.0)
    admissions.admit(state, certain(**PARENTS), admitted)
    assert admitted == pytest.approx(demand)


def test_a_fit_gives_what_is_observed_by_phase() -> None:
    """A seventh of a primary's roll starts each year, a fifth of a secondary's; nobody at all is next to nobody."""
    state = by_hand.state_of(4)
    put(state.schools, phase=(0, SECONDARY, 0, 0), roll=(70.0, 100.0, 70.0, 70.0), poor=(14.0, 25.0, 0.0, 70.0))
    state.market.choices[:] = -1
    state.market.choices[:, 0] = (0, 1, 2, 3)
    put(state.market, constant=3.0)
    admissions.fit_choice(state, certain(market__observed_weight=0.0))
    assert state.market.cohort == pytest.approx(np.array([[8.0, 2.0], [15.0, 5.0], [10.0, 1e-6], [1e-6, 10.0]]))
    assert state.market.constant == pytest.approx(0.0)


def test_the_turned_away_choose_again_where_there_is_room() -> None:
    """35 places for 70 at the first school: a weight of 42 + 2 x 28 = 98 for the 35 turned away.

    15 of the better-off and 20 of the poor are; the second school, far as it is, takes them all.
    """
    state = two_schools(capacity=(245.0, 700.0))
    state.market.constant[1] = -40.0
    admitted = np.empty((2, 2))
    admissions.admit(state, certain(**PARENTS), admitted)
    assert admitted == pytest.approx(np.array([[27.0, 8.0], [15.0, 20.0]]))


def test_whoever_finds_no_room_stays_in_the_zones_own_school() -> None:
    """35 places and 14 for 70: 21 are left over, who go to the first."""
    state = two_schools(capacity=(245.0, 98.0))
    state.market.constant[1] = -40.0
    admitted = np.empty((2, 2))
    admissions.admit(state, certain(**PARENTS), admitted)
    assert admitted.sum(axis=1).tolist() == pytest.approx([56.0, 14.0])
    assert admitted.sum(axis=0).tolist() == pytest.approx([42.0, 28.0])


def test_seats_are_a_share_of_a_years_places() -> None:
    """Half of 490 / 7 is 35; a secondary's are half of 350 / 5."""
    for phase, capacity in ((PRIMARY, 490.0), (SECONDARY, 350.0)):
        state = two_schools(phase, capacity=(capacity, 7000.0))
        state.market.constant[1] = -40.0
        admitted = np.empty((2, 2))
        admissions.admit(state, certain(**PARENTS | {"market__seats": 0.5}), admitted)
        assert admitted[0].sum() == pytest.approx(35.0)


@pytest.mark.parametrize(("phase", "stay"), [(PRIMARY, 6 / 7), (SECONDARY, 4 / 5)])
def test_the_oldest_leave_and_the_admitted_come(phase: int, stay: float) -> None:
    state = two_schools(phase, roll=100.0, poor=40.0)
    state.market.constant[1] = -40.0
    market.run(state, certain(**PARENTS), Clock((1, 6)))
    assert state.schools.roll.tolist() == pytest.approx([100 * stay + 70, 100 * stay])
    assert state.schools.poor.tolist() == pytest.approx([40 * stay + 28, 40 * stay])


@pytest.mark.parametrize(
    ("asked", "room", "constraint", "let_in", "left"),
    [
        ((60.0, 0.0), 50.0, 2.0, (50 / 60, 0.0), 0.0),
        ((0.0, 40.0), 30.0, 2.0, (0.0, 0.75), 0.0),
        ((60.0, 40.0), 100.0, 2.0, (1.0, 1.0), 0.0),
        # The poor cannot be turned away more than once: 40 of 90 over, weight 60 + 11 x 40.
        ((60.0, 40.0), 10.0, 10.0, (10 / 60, 0.0), 0.0),
        ((60.0, 40.0), 0.0, 0.0, (0.0, 0.0), 0.0),
    ],
)
def test_who_is_turned_away(
    asked: tuple[float, float], room: float, constraint: float, let_in: tuple[float, float], left: float
) -> None:
    pupils, places = np.array([[1.0, 1.0], asked]), np.array([7.0, room])
    admissions.turn_away(pupils, places, 1, constraint)
    assert pupils[1].tolist() == pytest.approx(let_in)
    assert places.tolist() == pytest.approx([7.0, left])
    assert pupils[0].tolist() == [1.0, 1.0]


def test_the_fourth_choice_is_asked_too() -> None:
    """40 pupils, 10 places at each of four schools, of which all like the first much the best, and so on."""
    state = by_hand.state_of(4)
    put(state.schools, capacity=70.0)
    state.market.cohort[0, 0] = 40.0
    state.market.constant[:, 0] = (0.0, -40.0, -80.0, -120.0)
    admitted = np.empty((4, 2))
    admissions.admit(state, certain(**PARENTS), admitted)
    assert admitted[:, 0].tolist() == pytest.approx([10.0] * 4)


def test_a_supporter_lends_whatever_its_place() -> None:
    """The mean of .4 and .2, as before, where the school supported stands first."""
    state = supported()
    state.networks.member[0, :3] = [2, 0, 1]
    climates_drift(state, certain(**STILL, school__climate_lent=0.1), Clock((1, 5)))
    assert state.schools.climate[2] == pytest.approx(-0.15)


def test_without_a_supporter_nothing_is_lent() -> None:
    state = supported()
    state.programmes.role[1] = [PARTNER, PARTNER, PARTNER, NEITHER]
    climates_drift(state, certain(**STILL, school__climate_lent=0.1), Clock((1, 5)))
    assert state.schools.climate.tolist() == pytest.approx([0.4, 0.2, -0.2, -0.2])
