"""Ties that break into lasting hostility, and quarrels that are made up (M12, §2.11)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import FALLEN_OUT, MADE_UP
from schoolsim.rules.networking import falls_out, makes_up
from schoolsim.system.closeness import uid_pair
from schoolsim.system.state import Ledger, Parameters, Schools, Ties

HOSTILE_TRUST = 0.02  # trust across a quarrel; from here it grows again once it is made up


@compiled
def fall_out(ties: Ties, tie: int) -> None:
    """Two schools fall out."""
    ties.hostile[tie] = 1
    ties.trust_ab[tie] = ties.trust_ba[tie] = HOSTILE_TRUST


@compiled
def may_fall_out(
    schools: Schools, ties: Ties, ledger: Ledger, tie: int, poached: float, p: np.record, seed: int, step: int
) -> None:
    """After joint work: poaching, or trust gone between old acquaintances, may leave them hostile for years."""
    trust = min(ties.trust_ab[tie], ties.trust_ba[tie])
    chance = falls_out(poached, trust, ties.familiarity[tie], ties.rivalry[tie], p)
    both = uid_pair(schools, ties.a[tie], ties.b[tie])
    if not ties.hostile[tie] and draws.uniform(seed, draws.BREACH, step, both, 0) < chance:
        fall_out(ties, tie)
        ledger.counts[FALLEN_OUT] += 1.0


@compiled
def bear_grudges(schools: Schools, ties: Ties, ledger: Ledger, parameters: Parameters, seed: int, step: int) -> None:
    """Hostile ties stay so until time, or a new head at either school, turns them round."""
    p = parameters[0]
    for tie in range(ties.alive.shape[0]):
        if not (ties.alive[tie] and ties.hostile[tie]):
            continue
        one, two = ties.a[tie], ties.b[tie]
        # A head who came with the year's end is met in the half-term after it.
        newcomer = step > 0 and (schools.head_since[one] == step - 1 or schools.head_since[two] == step - 1)
        if draws.uniform(seed, draws.REPAIR, step, uid_pair(schools, one, two), 0) < makes_up(newcomer, p):
            ties.hostile[tie] = 0
            ledger.counts[MADE_UP] += 1.0
