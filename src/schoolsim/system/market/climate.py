"""What lasts of what a school adds beside its teachers' practice: its head and its ways (§3.31)."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.system.state import Clock, Parameters, State


@compiled
def draw_climates(state: State, p: Parameters, clock: Clock) -> None:
    """Every school's climate as the run begins."""
    schools = state.schools
    for school in range(schools.rows):
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        schools.climate[school] = p.school_climate_sd * luck


@compiled
def climates_drift(state: State, p: Parameters, clock: Clock) -> None:
    """Once a year: an autoregressive step, whose luck is the larger under a head new this year."""
    schools = state.schools
    for school in range(schools.rows):
        new = schools.head_since[school] == clock.half_term and clock.half_term > 0
        kept = p.school_climate_kept * (1.0 - p.school_climate_heads if new else 1.0)
        luck = draws.normal(clock.seed, draws.CLIMATE, clock.half_term, schools.uid[school], 0)
        spread = p.school_climate_sd * math.sqrt(1.0 - kept * kept)
        schools.climate[school] = kept * schools.climate[school] + spread * luck
