"""Strict trade of practice for practice (M08, M17)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.system.state import Parameters, Partnerships, Practices, Repertoires


@compiled
def _leads(practices: Practices, repertoires: Repertoires, giver: int, learner: int, one: int, p: np.record) -> bool:
    best, other = float(repertoires.mastery[giver, one]), float(repertoires.mastery[learner, one])
    return practices.alive[one] == 1 and best > other * (1.0 + p.exchange_barter_lead)


@compiled
def _drawn_lead(
    practices: Practices, repertoires: Repertoires, giver: int, learner: int, draw: float, p: np.record
) -> int:
    """One of the practices in which `giver` leads, by a uniform draw; -1 if there is none."""
    leads = 0
    for one in range(practices.alive.shape[0]):
        leads += 1 if _leads(practices, repertoires, giver, learner, one, p) else 0
    wanted = int(draw * leads)
    for one in range(practices.alive.shape[0]):
        if _leads(practices, repertoires, giver, learner, one, p):
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
    draw, draw_back = draws.uniform(seed, draws.BARTER, step, uid, 0), draws.uniform(seed, draws.BARTER, step, uid, 1)
    given = _drawn_lead(practices, repertoires, originator, partner, draw, p)
    back = _drawn_lead(practices, repertoires, partner, originator, draw_back, p)
    if given < 0 or back < 0:
        return False
    partnerships.focus[slot], partnerships.back[slot] = given, back
    return True
