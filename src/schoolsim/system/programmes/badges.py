"""Wearers of a programme's badge, and for how long they wear it (M19, R8)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.columns import in_row
from schoolsim.jit import compiled
from schoolsim.rules.codes import COLLECTIVE, INDIVIDUAL, NEITHER, NO_BADGES, ORIGINATOR
from schoolsim.system.programmes.levers import runs_now
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import fill


@compiled
def give_badges(state: State, p: Parameters, clock: Clock) -> None:
    """Those in a badge's scope wear it while it lasts, or a share of them; nobody wears two."""
    schools, programmes = state.schools, state.programmes
    fill(schools.badge, 0.0)
    for row in range(1, programmes.rows):
        own, since = in_row(p, row), clock.half_term - programmes.begins[row]
        lasts = HALF_TERMS * own.badging_begins <= since < HALF_TERMS * own.badging_years
        if own.badging_scope == NO_BADGES or not (lasts and runs_now(programmes, row, clock)):
            continue
        for school in range(schools.rows):
            role = programmes.role[row, school]
            due = (own.badging_scope == INDIVIDUAL and role == ORIGINATOR) or (
                own.badging_scope == COLLECTIVE and role != NEITHER
            )
            chosen = draws.uniform(clock.seed, draws.BADGE_SHARE, 0, schools.uid[school], 0) < own.badging_share
            if due and chosen:
                schools.badge[school] = 1.0
