"""Changes of policy that reset programmes (M39, §5.5), and the life of a badge (M19, R8)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ENDED, RESETS
from schoolsim.rules.words import COLLECTIVE, INDIVIDUAL, NEITHER, ORIGINATOR
from schoolsim.system.partnering import end
from schoolsim.system.spending import still_there
from schoolsim.system.state import PAIRS, Ledger, Parameters, Partnerships, Schools, Teachers, Ties


@compiled
def policy_turns(p: np.record, seed: int, step: int) -> bool:
    """Whether policy changes in a half-term, and what was there is not spared (M39, R19)."""
    if step <= 0:
        return False
    if draws.uniform(seed, draws.CHURN, step, 0, 0) >= 1.0 / (6.0 * p.policy_churn):
        return False
    return draws.uniform(seed, draws.CHURN, step, 0, 1) >= p.policy_continuity


@compiled
def reset(
    schools: Schools, teachers: Teachers, ties: Ties, partnerships: Partnerships, knows: np.ndarray, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> int:  # fmt: skip
    """If policy turns, close every scheme, strain its ties and forget what was learned of working together.

    Returns:
        Partnerships closed.
    """
    p = parameters[0]
    closed = 0
    if not policy_turns(p, seed, step):
        return closed
    lost = 1.0 - p.policy_continuity
    ledger.counts[RESETS] += 1.0
    for broker in range(knows.shape[0]):
        for school in range(knows.shape[1]):
            knows[broker, school] *= 1.0 - lost * p.policy_forgotten
    forgets = np.zeros(teachers.uid.shape[0])
    strained = np.zeros(ties.alive.shape[0])
    for slot in range(partnerships.alive.shape[0]):
        if not (partnerships.alive[slot] and partnerships.programme[slot]):
            continue
        strained[partnerships.tie[slot]] = lost * p.policy_strain
        for pair in range(PAIRS):
            if still_there(teachers, partnerships, slot, pair):
                forgets[partnerships.giver[slot, pair]] = forgets[partnerships.learner[slot, pair]] = 1.0
        end(schools, partnerships, slot)
        ledger.counts[ENDED] += 1.0
        closed += 1
    for post in range(teachers.uid.shape[0]):
        teachers.transfer[post] *= 1.0 - lost * p.policy_forgotten * forgets[post]
    for tie in range(ties.alive.shape[0]):
        ties.trust_ab[tie] *= 1.0 - strained[tie]
        ties.trust_ba[tie] *= 1.0 - strained[tie]
    schools.role[:] = NEITHER
    return closed


@compiled
def badge(schools: Schools, parameters: Parameters, seed: int, step: int) -> None:
    """Who wears the badge this half-term: those in its scope, while it lasts, or a share of them (M19, R8)."""
    p = parameters[0]
    lasts = 6 * p.badging_begins <= step < 6 * p.badging_years
    for school in range(schools.uid.shape[0]):
        role = schools.role[school]
        due = (p.badging_scope == INDIVIDUAL and role == ORIGINATOR) or (
            p.badging_scope == COLLECTIVE and role != NEITHER
        )
        chosen = draws.uniform(seed, draws.BADGE_SHARE, 0, schools.uid[school], 0) < p.badging_share
        schools.badge[school] = 1.0 if lasts and due and chosen else 0.0
