"""Strict trade of practice for practice (M08, M17; Cowan & Jonard 2004)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.system.state import Clock, Parameters, State

GIVEN, RETURNED = 0, 1  # draws of what each side trades


@compiled
def _leads(state: State, p: Parameters, giver: int, learner: int, practice: int) -> bool:
    mastery = state.repertoires.mastery
    best, other = float(mastery[giver, practice]), float(mastery[learner, practice])
    return state.practices.alive[practice] == 1 and best > other * (1.0 + p.exchange_barter_lead)


@compiled
def _drawn_lead(state: State, p: Parameters, giver: int, learner: int, draw: float) -> int:
    """One of the practices in which `giver` leads, by a uniform draw; -1 if there is none."""
    leads = 0
    for practice in range(state.practices.rows):
        leads += 1 if _leads(state, p, giver, learner, practice) else 0
    wanted = int(draw * leads)
    for practice in range(state.practices.rows):
        if _leads(state, p, giver, learner, practice):
            if wanted == 0:
                return practice
            wanted -= 1
    return NONE


@compiled
def trade(state: State, p: Parameters, clock: Clock, slot: int) -> bool:
    """Settle what is traded this half-term.

    Returns:
        Whether each school leads in something; else nobody works.
    """
    partnerships, seed, step = state.partnerships, clock.seed, clock.half_term
    originator, partner, uid = partnerships.originator[slot], partnerships.partner[slot], partnerships.uid[slot]
    given = _drawn_lead(state, p, originator, partner, draws.uniform(seed, draws.BARTER, step, uid, GIVEN))
    back = _drawn_lead(state, p, partner, originator, draws.uniform(seed, draws.BARTER, step, uid, RETURNED))
    if given < 0 or back < 0:
        return False
    partnerships.focus[slot], partnerships.back[slot] = given, back
    return True
