"""10. Outcomes: value added follows teaching, results follow value added and intake, once a year."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.market import published_result
from schoolsim.system.state import Clock, Parameters, Schools, State


@compiled
def measure_standing(schools: Schools) -> None:
    """Published results standardised within phase."""
    for phase in range(3):
        number, total, squares = 0, 0.0, 0.0
        for school in range(schools.uid.shape[0]):
            if schools.phase[school] == phase:
                number += 1
                total += schools.published[school]
                squares += schools.published[school] ** 2
        if number == 0:
            continue
        mean = total / number
        spread = math.sqrt(max(1e-12, squares / number - mean * mean))
        for school in range(schools.uid.shape[0]):
            if schools.phase[school] == phase:
                schools.standing[school] = (schools.published[school] - mean) / spread if number > 1 else 0.0


@compiled
def mean_value(schools: Schools, values: np.ndarray) -> float:
    """Mean of a column over pupils."""
    return np.sum(values * schools.roll) / np.sum(schools.roll)


@compiled
def _results(schools: Schools, poor_start: float, parameters: Parameters, seed: int, step: int) -> None:
    p = parameters[0]
    start = mean_value(schools, schools.value_start)
    for school in range(schools.uid.shape[0]):
        schools.value[school] += (schools.progress[school] - schools.value[school]) / p.result_memory
        luck = draws.normal(seed, draws.RESULT_NOISE, step, schools.uid[school], 0)
        poor = schools.poor[school] / schools.roll[school] - poor_start
        schools.published[school] = published_result(
            schools.intake[school], poor, schools.value[school] - start, luck, p
        )
    measure_standing(schools)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Publish results in the last half-term of the year (M40)."""
    if clock.half_term % 6 == 5:
        _results(state.schools, float(state.market.first_poor[0]), p, clock.seed, clock.half_term)
