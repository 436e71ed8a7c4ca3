"""Whose partnerships the programme's grant is for (M27)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.codes import FOR_ALL, FOR_ORIGINATORS
from schoolsim.rules.time_money import has_money
from schoolsim.system.programmes.levers import levers_of
from schoolsim.system.state import Parameters, Partnerships


@compiled
def is_granted(partnerships: Partnerships, slot: int, p: Parameters) -> bool:
    """Whether a partnership is one of those the grant is for, in whichever year: originators', networks', or all."""
    own = levers_of(partnerships, slot, p)
    if not (partnerships.programme[slot] and has_money(own)):
        return False
    return own.funding_covers == FOR_ALL or (own.funding_covers == FOR_ORIGINATORS) == (partnerships.network[slot] == 0)
