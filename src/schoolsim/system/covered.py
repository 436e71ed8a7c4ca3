"""Whose partnerships the programme's grant is for (M27)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.horizon import has_money
from schoolsim.rules.words import FOR_ALL, FOR_ORIGINATORS
from schoolsim.system.state import Partnerships


@compiled
def is_granted(partnerships: Partnerships, slot: int, p: np.record) -> bool:
    """Whether a partnership is one of those the grant is for, in whichever year: originators', networks', or all."""
    if not (partnerships.programme[slot] and has_money(p)):
        return False
    return p.funding_covers == FOR_ALL or (p.funding_covers == FOR_ORIGINATORS) == (partnerships.network[slot] == 0)
