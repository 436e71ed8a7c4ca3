"""Strict trade of practice for practice (M08, M17)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.system.state import Parameters, Partnerships, Practices, Repertoires


@compiled
def _drawn_lead(
    practices: Practices, repertoires: Repertoires, giver: int, learner: int, least: float, draw: float
) -> int:
    """One of the practices in which `giver` leads by more than `least`, by a uniform draw; -1 if there is none."""
    leads = 0
    for one in range(practices.alive.shape[0]):
        if practices.alive[one] and repertoires.mastery[giver, one] - repertoires.mastery[learner, one] > least:
            leads += 1
    wanted = int(draw * leads)
    for one in range(practices.alive.shape[0]):
        if practices.alive[one] and repertoires.mastery[giver, one] - repertoires.mastery[learner, one] > least:
            if wanted == 0:
                return one
            wanted -= 1
    return -1


@compiled
def trade(
    practices: Practices,
    repertoires: Repertoires,
    partnerships: Partnerships,
    slot: int,
    parameters: Parameters,
    seed: int,
    step: int,
) -> bool:
    """Settle what is traded this half-term; returns whether each school leads in something, else nobody works."""
    p = parameters[0]
    originator, partner, uid = partnerships.originator[slot], partnerships.partner[slot], partnerships.uid[slot]
    least = p.exchange_counter_gap
    given = _drawn_lead(
        practices, repertoires, originator, partner, least, draws.uniform(seed, draws.BARTER, step, uid, 0)
    )
    back = _drawn_lead(
        practices, repertoires, partner, originator, least, draws.uniform(seed, draws.BARTER, step, uid, 1)
    )
    if given < 0 or back < 0:
        return False
    partnerships.focus[slot], partnerships.back[slot] = given, back
    return True
