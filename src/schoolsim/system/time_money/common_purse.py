"""The common purse of a trust or federation: held back of its schools' budgets, and paid for their joint work (M27).

What is held back in a half-term is shared among the partnerships of two of its schools outside programmes, and what
they do not use goes back to the schools with the half-term. So there is nothing for a school that leaves to take along,
and it is the new trust that pays from then on.
"""

from __future__ import annotations

import numpy as np

from schoolsim.jit import compiled
from schoolsim.rules.time_money import from_purse
from schoolsim.system.state import Parameters, Partnerships, Schools, State
from schoolsim.system.state.ledger import HELD_BACK
from schoolsim.system.state.slots import alive_in_order

NO_PURSE = 0


@compiled
def purse_of(schools: Schools, school: int) -> int:
    """The purse that a school's joint work is paid from: that of its trust, else, below 0, of its federation."""
    return schools.academy_trust[school] if schools.academy_trust[school] > 0 else -schools.federation[school]


@compiled
def share_in_common(partnerships: Partnerships, slot: int) -> float:
    """Share of a partnership's money that is out of a common purse, 0..1."""
    return partnerships.common[slot] / partnerships.pounds[slot] if partnerships.common[slot] > 0.0 else 0.0


@compiled
def _purse_that_pays(state: State, slot: int) -> int:
    """The purse that pays a partnership; `NO_PURSE` under a programme, and where the two schools share none."""
    partnerships, schools = state.partnerships, state.schools
    first, second = partnerships.originator[slot], partnerships.partner[slot]
    if partnerships.programme[slot] or purse_of(schools, first) != purse_of(schools, second):
        return NO_PURSE
    return purse_of(schools, first)


@compiled
def pay_from_purses(state: State, p: Parameters) -> None:
    """Pay this half-term's joint work of schools of one trust or federation; where there is none nothing is held back.

    Args:
        state: With this half-term's pairs counted, and what others pay paid.
        p: The scenario's values.
    """
    schools, partnerships = state.schools, state.partnerships
    trusts = federations = 0
    for school in range(schools.rows):
        trusts = max(trusts, schools.academy_trust[school])
        federations = max(federations, schools.federation[school])
    if trusts == 0 and federations == 0:
        return
    pairs, pupils = np.zeros(federations + 1 + trusts), np.zeros(federations + 1 + trusts)
    order = alive_in_order(partnerships)
    for slot in order:
        pairs[federations + _purse_that_pays(state, slot)] += partnerships.pairs[slot]
    # In the order of the roster: rounding aside, no row comes before another.
    for rank in range(schools.rows):
        school = state.roster.order[rank]
        pupils[federations + purse_of(schools, school)] += schools.roll[school]
    for slot in order:
        purse = _purse_that_pays(state, slot)
        if purse == NO_PURSE or partnerships.pairs[slot] == 0:
            continue
        place = federations + purse
        pounds = from_purse(pupils[place], float(partnerships.pairs[slot]), pairs[place], p)
        partnerships.common[slot] = pounds
        partnerships.pounds[slot] += pounds
        state.ledger.pounds[HELD_BACK] += pounds
