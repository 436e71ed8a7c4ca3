"""Value added follows teaching, results follow value added and intake, once a year (M40)."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import SPECIAL
from schoolsim.rules.market import published_result
from schoolsim.system.state import Clock, Parameters, Schools, State
from schoolsim.system.state.slots import total


@compiled
def standardise_results(schools: Schools) -> None:
    """Published results standardised within phase."""
    for phase in range(SPECIAL + 1):
        number, sum_of, squares = 0, 0.0, 0.0
        for school in range(schools.rows):
            if schools.phase[school] == phase:
                number += 1
                sum_of += schools.published[school]
                squares += schools.published[school] ** 2
        if number == 0:
            continue
        mean = sum_of / number
        spread = math.sqrt(max(1e-12, squares / number - mean * mean))
        for school in range(schools.rows):
            if schools.phase[school] == phase:
                schools.standing[school] = (schools.published[school] - mean) / spread if number > 1 else 0.0


@compiled
def pupil_mean(schools: Schools, values: Float64Array) -> float:
    """Mean of a column of schools over pupils."""
    found = 0.0
    for school in range(schools.rows):
        found += values[school] * schools.roll[school]
    return found / total(schools.roll)


@compiled
def publish_results(state: State, p: Parameters, clock: Clock) -> None:
    """Smooth what teaching adds, and publish the year's results."""
    schools = state.schools
    start = pupil_mean(schools, schools.value_start)
    for school in range(schools.rows):
        schools.value[school] += (schools.progress[school] - schools.value[school]) / p.result_memory
        luck = draws.normal(clock.seed, draws.RESULT_NOISE, clock.half_term, schools.uid[school], 0)
        poor = schools.poor[school] / schools.roll[school] - state.run.poor_start[0]
        # Under pressure schools work on what is published first (Koretz 2005; Jacob 2005; M38).
        value = schools.value[school] - start + schools.effort[school]
        schools.published[school] = published_result(schools.intake[school], poor, value, luck, p)
    standardise_results(schools)
