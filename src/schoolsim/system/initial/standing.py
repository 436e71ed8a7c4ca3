"""Standing of schools as the run begins: what they teach, what they publish, who chooses them."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.market import PER_CENT
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.market.admissions import fit_choice
from schoolsim.system.market.climate import draw_climates
from schoolsim.system.market.results import pupil_mean, standardise_results
from schoolsim.system.practice.creation import BEFORE_THE_RUN
from schoolsim.system.state import Clock, Parameters, Schools, State
from schoolsim.system.teaching.effects import average_staff, measure_teaching

ATTAINMENT = 50  # draw of a school's attainment, after those that make a synthetic population
WORST, BEST = 2.0, 98.0  # published results as the run begins, percentage points


@compiled
def _draw_attainment(schools: Schools, clock: Clock) -> None:
    """Where no attainment is known, one is drawn (standard deviations within phase)."""
    for school in range(schools.rows):
        if np.isnan(schools.published[school]):
            luck = draws.normal(clock.seed, draws.POPULATION, 0, schools.uid[school], ATTAINMENT)
            schools.published[school] = luck


@compiled
def _mean_value(schools: Schools) -> float:
    return pupil_mean(schools, schools.value)


def settle_standing(state: State, p: Parameters, seed: int) -> None:
    """Give each school the intake that explains its results, and fit parents' choice to its roll.

    Results given with the population are standardised; they are put on the scale of `result.mean` and
    `result.sd`, and whatever teaching and disadvantage do not explain is intake.
    """
    schools, before = state.schools, Clock((seed, BEFORE_THE_RUN))
    average_staff(state)
    draw_climates(state, p, before)
    _draw_attainment(schools, before)
    schools.published[:] = np.clip(p.result_mean + p.result_sd * schools.published, WORST, BEST)
    standardise_results(schools)
    hold_to_account(state, p, before)
    measure_teaching(state, p)
    schools.value[:] = schools.value_start[:] = schools.progress_start[:] = schools.progress
    share = schools.poor / schools.roll
    poor_start = schools.poor.sum() / schools.roll.sum()
    state.run.poor_start[0] = poor_start
    added = schools.value - _mean_value(schools)
    schools.intake[:] = ndtri(schools.published / PER_CENT) + p.result_poor * (share - poor_start) - added
    fit_choice(state, p)
