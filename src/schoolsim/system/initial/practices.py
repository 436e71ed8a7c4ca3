"""Practices and contexts, drawn once before the first half-term (M01, M05)."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.rules.practice import appeal, context_distance, unfamiliarity
from schoolsim.rules.shapes import unit
from schoolsim.system.practice.creation import BEFORE_THE_RUN
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.slots import total

KIND, TACIT, DEPENDENCE, HOURS, EFFECT, APPEAL, HOME = 0, 1, 2, 3, 4, 5, 10  # draws of what a practice is like
EVIDENCE, SCOPE = 0, 1  # and of more of it


@compiled
def draw_practices(state: State, p: Parameters, clock: Clock) -> None:
    """What the first practices are like: most of it follows from how values-laden they are."""
    practices, seed = state.practices, clock.seed
    for practice in range(p.practice_number):
        kind = draws.uniform(seed, draws.PRACTICE, 0, practice, KIND)
        practices.alive[practice] = 1
        practices.kind[practice] = kind
        practices.tacit[practice] = unit(
            p.practice_tacit_base
            + p.practice_tacit_slope * kind
            + p.practice_spread * draws.normal(seed, draws.PRACTICE, 0, practice, TACIT)
        )
        practices.dependence[practice] = p.practice_context_weight * unit(
            p.practice_dependence_base
            + p.practice_dependence_slope * kind
            + p.practice_spread * draws.normal(seed, draws.PRACTICE, 0, practice, DEPENDENCE)
        )
        # Longer for the values-laden; luck and kind are one half on average.
        luck = draws.uniform(seed, draws.PRACTICE, 0, practice, HOURS)
        longer = p.practice_hours_spread * (luck - 0.5) + p.practice_hours_by_kind * (kind - 0.5)
        practices.hours[practice] = p.practice_hours_mean * (1.0 + longer)
        luck = draws.normal(seed, draws.PRACTICE, 0, practice, EFFECT)
        practices.effect[practice] = p.practice_effect_mean + p.practice_effect_sd * luck
        fashion = draws.normal(seed, draws.PRACTICE, 0, practice, APPEAL)
        practices.appeal[practice] = appeal(luck, fashion, p.practice_appeal_truth, p)
        practices.born[practice] = BEFORE_THE_RUN
        practices.parent[practice] = practices.other_parent[practice] = NONE
        practices.evidence[practice] = 2.0 * p.evidence_mean * draws.uniform(seed, draws.TRAIT, 0, practice, EVIDENCE)
        taken = draws.uniform(seed, draws.TRAIT, 0, practice, SCOPE)
        practices.scope[practice] = (
            2 if taken < p.scope_school else (1 if taken < p.scope_school + p.scope_department else 0)
        )
        for axis in range(practices.home.shape[1]):
            luck = draws.normal(seed, draws.PRACTICE, 0, practice, HOME + axis)
            practices.home[practice, axis] = p.practice_home_spread * luck


@compiled
def draw_contexts(state: State, p: Parameters, clock: Clock) -> None:
    """Each school's context: what its place shares, what is its own, and its intake."""
    practices, schools, distance = state.practices, state.schools, state.repertoires.distance
    mean_poor = total(schools.poor) / total(schools.roll)
    squares = 0.0
    for school in range(schools.rows):
        squares += (schools.poor[school] / schools.roll[school] - mean_poor) ** 2
    spread = math.sqrt(squares / schools.rows)
    spread = max(1e-9, spread)
    for school in range(schools.rows):
        east = int(math.floor(schools.east[school] / p.practice_place_km))
        north = int(math.floor(schools.north[school] / p.practice_place_km))
        place = draws.pair(east, north)
        for axis in range(schools.context.shape[1]):
            here = p.practice_context_place * draws.normal(clock.seed, draws.CONTEXT, 0, place, axis)
            own = draws.normal(clock.seed, draws.CONTEXT, 0, schools.uid[school], axis)
            schools.context[school, axis] = here + p.practice_context_own * own
        poor = (schools.poor[school] / schools.roll[school] - mean_poor) / spread
        schools.context[school, 0] += p.practice_context_poor * poor
        for practice in range(practices.rows):
            if practices.alive[practice]:
                away = context_distance(practices.home[practice], schools.context[school])
                distance[school, practice] = unfamiliarity(away)
