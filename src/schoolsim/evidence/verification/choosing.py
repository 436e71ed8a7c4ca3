"""Parents' choice and segregation: the market phase alone, against logit shares, and D and GS by hand.

Each new intake is what a school's roll gained over those who stayed; the pupils of a zone choose among the nearest
schools. Constants, known standing and cohorts are set in the state's columns; weights are the parameters'.
"""

from __future__ import annotations

import numpy as np

from schoolsim.evidence.verification import closed_forms
from schoolsim.evidence.verification.comparison import Row, close, holds, not_docked
from schoolsim.evidence.verification.settings import Settings
from schoolsim.evidence.verification.worlds import equal_schools, simulation
from schoolsim.system.market.admissions import years_at
from schoolsim.system.simulation import Simulation
from schoolsim.system.trust.ties import KM_A_MILE

EXACT = 1.0e-9
COHORT = 100.0


def _market(settings: Settings, miles: np.ndarray, *, capacity: float = 1.0e6, poor: float = 0.5) -> Simulation:
    """Schools at places (school, 2) in miles; only the first zone has pupils, a hundred of each group."""
    table = equal_schools(np.ones(len(miles)), places=miles * KM_A_MILE, capacity=capacity, poor=poor)
    world = simulation(settings.scenario(), 1, table, ("market",))
    world.state.market.constant[:] = 0.0
    world.state.market.cohort[:] = 0.0
    world.state.market.cohort[0] = COHORT
    _stand(world, np.zeros(len(miles)))
    return world


def _stand(world: Simulation, standing: np.ndarray) -> None:
    """Put schools where they stand, and parents see it: with published tables the two are one."""
    world.state.schools.standing[:] = world.state.schools.known_standing[:] = standing


def _intake(world: Simulation) -> np.ndarray:
    """Pupils admitted in the year just begun, (school, group): better off, on free meals."""
    schools = world.state.schools
    roll, poor, stay = schools.roll.copy(), schools.poor.copy(), 1.0 - 1.0 / years_at(0)
    world.step()
    admitted_poor = schools.poor - poor * stay
    return np.column_stack([schools.roll - roll * stay - admitted_poor, admitted_poor])


def _weights(world: Simulation) -> tuple[float, float]:
    """Weight of a standard deviation of results and of a mile, as the engine's parameters give them."""
    p = world.parameters
    distance = 2.0 * p.market_distance / p.rivalry_reach_primary
    return 2.0 * p.market_choice_weight * p.market_quality, distance


def _near_and_far(settings: Settings) -> list[Row]:
    rows = []
    for miles in (0.5, 1.0, 2.0):
        world = _market(settings, np.array([[0.0, 0.0], [miles, 0.0]]))
        _, by_mile = _weights(world)
        share = _intake(world)[0, 0] / COHORT
        exact = 1.0 / (1.0 + np.exp(-by_mile * miles))
        rows.append(close(f"share of the near one of two equal schools, {miles} miles", share, exact, EXACT,
                          "1 / (1 + exp(-b d))"))  # fmt: skip
    return rows


_PLACES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [1.5, 1.5], [-2.5, 0.5]])
_STANDING = np.array([0.3, -0.8, 1.1, 0.0, 0.6])
_SIZE = np.array([1.0, 2.0, 0.5, 1.5, 3.0])


def _five(settings: Settings, standing: np.ndarray, size: np.ndarray) -> np.ndarray:
    world = _market(settings, _PLACES)
    _stand(world, standing)
    world.state.market.constant[:] = np.log(size)[:, None]
    return _intake(world)[:, 0] / COHORT


def _poor_shares(settings: Settings, by_quality: float, far: np.ndarray) -> list[Row]:
    world = _market(settings, _PLACES)
    _stand(world, _STANDING)
    p, found = world.parameters, _intake(world)[:, 1] / COHORT
    utilities = p.market_poor_quality * by_quality * _STANDING - p.market_poor_distance * far
    apart = float(abs(found - closed_forms.logit_shares(utilities)).max())
    return [close("logit shares of pupils on free meals, largest distance", apart, 0.0, EXACT)]


def choice(settings: Settings) -> list[Row]:
    """Shares and responses of multinomial logit, and of Huff with exponential deterrence."""
    rows = _near_and_far(settings)
    by_quality, by_mile = _weights(_market(settings, _PLACES))
    miles = np.hypot(*(_PLACES - _PLACES[0]).T)
    exact = closed_forms.logit_shares(by_quality * _STANDING - by_mile * miles)
    found = _five(settings, _STANDING, np.ones(5))
    rows += [close(f"logit share of school {k + 1} of 5", found[k], exact[k], EXACT) for k in range(5)]
    rows += _poor_shares(settings, by_quality, by_mile * miles)
    huff = _SIZE * np.exp(-by_mile * miles)
    found_huff = _five(settings, np.zeros(5), _SIZE)
    apart = float(abs(found_huff - huff / huff.sum()).max())
    rows.append(close("Huff shares by size, largest distance", apart, 0.0, EXACT, "exponential deterrence"))
    nudge = 1.0e-4
    for school in (0, 2):
        by = np.zeros(5)
        by[school] = nudge
        moved = _five(settings, _STANDING + by, np.ones(5)) - _five(settings, _STANDING - by, np.ones(5))
        response = moved / (2.0 * nudge)
        other = 3
        rows.append(close(f"own response of school {school + 1}", response[school],
                          by_quality * exact[school] * (1.0 - exact[school]), 1.0e-6, "b s (1 - s)"))  # fmt: skip
        rows.append(close(f"response of school {other + 1} to school {school + 1}", response[other],
                          -by_quality * exact[school] * exact[other], 1.0e-6, "- b s s'"))  # fmt: skip
        rows.append(close(f"sum of responses to school {school + 1}", response.sum(), 0.0, 1.0e-6))
    return rows + _observed_rolls(settings)


def _observed_rolls(settings: Settings) -> list[Row]:
    """Berry's (1994) inversion: at the observed weight the fitted constants give back the rolls as they are."""
    table = equal_schools(np.ones(5), places=_PLACES * KM_A_MILE, poor=np.array([0.1, 0.5, 0.2, 0.3, 0.05]))
    world = simulation(settings.scenario({"market.observed_weight": 0.5}), 1, table, ("market",))
    before = world.state.schools.roll.copy()
    world.step()
    apart = float(abs(world.state.schools.roll - before).max() / before.mean())
    return [
        close(
            "rolls after a year over rolls observed, largest change",
            apart,
            0.0,
            1.0e-4,
            "what 60 rounds of Berry's contraction leave",
        )
    ]


def full_schools(settings: Settings) -> list[Row]:
    """What the market does where a school is full: the turned away choose again, as logit among the rest."""
    world = _market(settings, _PLACES)
    schools, room = world.state.schools, 30.0
    heavier = world.parameters.market_poor_distance  # distance weighs more on pupils on free meals
    by_mile = _weights(world)[1] * np.array([1.0, heavier])
    share = closed_forms.logit_shares(-by_mile[:, None] * np.hypot(*_PLACES.T))
    schools.capacity[0] = room * years_at(0) / world.parameters.market_seats
    admitted = _intake(world).sum(axis=1)
    wished = COHORT * share
    turned_away = wished[:, :1] * (1.0 - room / wished[:, 0].sum())
    rest = (wished[:, 1:] + turned_away * share[:, 1:] / share[:, 1:].sum(axis=1, keepdims=True)).sum(axis=0)
    rows = [close("intake of a full school", admitted[0], room, EXACT, "its room")]
    rows += [close(f"intake of school {k + 2}, the near one full", admitted[k + 1], rest[k], EXACT * COHORT,
                   "the turned away by logit among the rest") for k in range(4)]  # fmt: skip
    rows.append(close("pupils placed", admitted.sum(), 2.0 * COHORT, EXACT * COHORT, "nobody is lost"))
    rows.append(not_docked("deferred acceptance, stability (no blocking pair)",
                           "the market has no ranked lists: the turned away choose again in rounds, which is "
                           "immediate acceptance and need not be stable"))  # fmt: skip
    return rows


def segregation(settings: Settings) -> list[Row]:
    """D and GS of the engine's outcomes against sums by hand, and GS = D (1 - share on free meals)."""
    poor = np.array([0.02, 0.10, 0.25, 0.50, 0.80, 0.13])
    world = simulation(settings.scenario(), 1, equal_schools(np.ones(6), poor=poor), ())
    rolls = world.state.schools.roll[:] = np.array([220.0, 410.0, 95.0, 180.0, 300.0, 260.0])
    on_meals = world.state.schools.poor[:] = poor * rolls
    world.step()
    index = world.latest["segregation.dissimilarity"]
    gorard = world.latest["segregation.gorard"]
    rows = [
        close("D", index, closed_forms.dissimilarity(on_meals, rolls - on_meals), EXACT),
        close("GS", gorard, closed_forms.gorard(on_meals, rolls), EXACT),
        close("GS over D", gorard / index, 1.0 - on_meals.sum() / rolls.sum(), EXACT, "1 - share on free meals"),
    ]
    world.state.schools.poor[:] = 0.2 * rolls
    world.step()
    even = world.latest["segregation.dissimilarity"]
    rows.append(close("D where every school has the same share", even, 0.0, EXACT))
    world.state.schools.poor[:] = np.where(np.arange(6) < 2, rolls, 0.0)
    world.step()
    rows.append(close("D where no school has both", world.latest["segregation.dissimilarity"], 1.0, EXACT))
    rows.append(holds("GS is below D", gorard < index, gorard, above=index))
    return rows
