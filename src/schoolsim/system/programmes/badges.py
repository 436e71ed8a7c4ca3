"""Who wears the programme's badge, and for how long (M19, R8)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import COLLECTIVE, INDIVIDUAL, NEITHER, ORIGINATOR
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.schema import HALF_TERMS


@compiled
def give_badges(state: State, p: Parameters, clock: Clock) -> None:
    """Those in the badge's scope wear it while it lasts, or a share of them."""
    schools = state.schools
    lasts = HALF_TERMS * p.badging_begins <= clock.half_term < HALF_TERMS * p.badging_years
    for school in range(schools.rows):
        role = schools.role[school]
        due = (p.badging_scope == INDIVIDUAL and role == ORIGINATOR) or (
            p.badging_scope == COLLECTIVE and role != NEITHER
        )
        chosen = draws.uniform(clock.seed, draws.BADGE_SHARE, 0, schools.uid[school], 0) < p.badging_share
        schools.badge[school] = 1.0 if lasts and due and chosen else 0.0
