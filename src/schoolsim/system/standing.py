"""Where schools stand as the run begins: what they teach, what they publish, who chooses them."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.phases.market import fit_constants
from schoolsim.system.phases.outcomes import mean_value, measure_standing
from schoolsim.system.staffroom import class_effects, school_means
from schoolsim.system.state import Parameters, Schools, State

BEFORE = -1000  # a half-term before any policy


@compiled
def _unpublished(schools: Schools, seed: int) -> None:
    """Where no attainment is known, one is drawn (standard deviations within phase)."""
    for school in range(schools.uid.shape[0]):
        if np.isnan(schools.published[school]):
            schools.published[school] = draws.normal(seed, draws.POPULATION, 0, schools.uid[school], 50)


def standing(state: State, parameters: Parameters, seed: int) -> None:
    """Give each school the intake that explains its results, and fit parents' choice to its roll.

    Results given with the population are standardised; they are put on the scale of `result.mean` and
    `result.sd`, and whatever teaching and disadvantage do not explain is intake.
    """
    schools = state.schools
    school_means(schools, state.repertoires, state.teachers, state.knowledge)
    _unpublished(schools, seed)
    schools["published"][:] = np.clip(
        parameters["result_mean"] + parameters["result_sd"] * schools["published"], 2.0, 98.0
    )
    measure_standing(schools)
    hold_to_account(schools, parameters, seed, BEFORE)
    class_effects(schools, state.repertoires, state.teachers, state.knowledge, state.practices, parameters)
    schools["value"][:] = schools["value_start"][:] = schools["progress_start"][:] = schools["progress"]
    share = schools["poor"] / schools["roll"]
    poor_start = schools["poor"].sum() / schools["roll"].sum()
    state.market.first_poor[0] = poor_start
    added = schools["value"] - mean_value(schools, schools["value"])
    schools["intake"][:] = (
        ndtri(schools["published"] / 100.0) + parameters["result_poor"] * (share - poor_start) - added
    )
    fit_constants(schools, state.market, parameters)
