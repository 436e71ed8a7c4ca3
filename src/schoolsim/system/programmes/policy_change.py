"""Changes of policy that close programmes (M39, §5.5, R19)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import NEITHER
from schoolsim.system.partnerships.end import end
from schoolsim.system.partnerships.pairs import both_in_post
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.state.ledger import RESETS
from schoolsim.system.state.schema import HALF_TERMS

WHETHER, SPARED = 0, 1  # draws of whether policy changes, and of whether what was there is spared


@compiled
def policy_changes(p: Parameters, clock: Clock) -> bool:
    """Whether policy changes in a half-term, and what was there is not spared (M39, R19)."""
    if clock.half_term <= 0:
        return False
    if draws.uniform(clock.seed, draws.CHURN, clock.half_term, 0, WHETHER) >= 1.0 / (HALF_TERMS * p.policy_churn):
        return False
    return draws.uniform(clock.seed, draws.CHURN, clock.half_term, 0, SPARED) >= p.policy_continuity


@compiled
def close_programmes(state: State, p: Parameters, clock: Clock) -> Int64Array:
    """If policy changes, close every scheme, strain its ties and forget what was learned of working together.

    Returns:
        Partnerships closed, by programme.
    """
    schools, teachers, ties, partnerships = state.schools, state.teachers, state.ties, state.partnerships
    strengths = state.broker_knowledge.strengths
    programmes = state.programmes
    closed = np.zeros(programmes.rows, dtype=np.int64)
    if not policy_changes(p, clock):
        return closed
    lost = 1.0 - p.policy_continuity
    state.ledger.counts[RESETS] += 1.0
    for broker in range(strengths.shape[0]):
        for school in range(strengths.shape[1]):
            strengths[broker, school] *= 1.0 - lost * p.policy_forgotten
    forgets = np.zeros(teachers.rows)
    strained = np.zeros(ties.rows)
    for slot in range(partnerships.rows):
        if not (partnerships.alive[slot] and partnerships.programme[slot]):
            continue
        row = partnerships.programme[slot]
        strained[partnerships.tie[slot]] = lost * p.policy_strain
        for pair in range(PAIRS):
            if both_in_post(teachers, partnerships, slot, pair):
                forgets[partnerships.giver[slot, pair]] = forgets[partnerships.learner[slot, pair]] = 1.0
        end(state, slot)
        closed[row] += 1
    for post in range(teachers.rows):
        teachers.transfer[post] *= 1.0 - lost * p.policy_forgotten * forgets[post]
    for tie in range(ties.rows):
        ties.trust_ab[tie] *= 1.0 - strained[tie]
        ties.trust_ba[tie] *= 1.0 - strained[tie]
    for school in range(schools.rows):
        schools.role[school] = NEITHER
        for row in range(programmes.rows):
            programmes.role[row, school] = NEITHER
    return closed
