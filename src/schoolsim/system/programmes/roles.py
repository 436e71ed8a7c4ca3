"""Roles of schools in a programme: they join, and leave, as originators or partners (M21)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.codes import NEITHER
from schoolsim.system.state import Clock, Parameters, State


@compiled
def join(state: State, clock: Clock, row: int, school: int, role: int) -> None:
    """A school takes a role in a programme; the first one is remembered."""
    programmes = state.programmes
    programmes.role[row, school] = state.schools.role[school] = role
    if programmes.joined[row, school] < 0:
        programmes.joined[row, school], programmes.first_role[row, school] = clock.half_term, role


@compiled
def leave(state: State, row: int, school: int) -> None:
    """A school gives up its role in a programme; that it had one is remembered."""
    state.programmes.role[row, school] = NEITHER


@compiled
def may_be_asked(state: State, row: int, school: int, p: Parameters) -> bool:
    """Whether a school is among a programme's, not in it yet, and its head open or told to be."""
    programmes = state.programmes
    if not programmes.covered[row, school] or programmes.role[row, school] != NEITHER:
        return False
    return p.programme_imposed == 1 or not state.schools.closed[school]
