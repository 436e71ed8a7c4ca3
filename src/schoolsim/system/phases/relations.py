"""9. Relations: trust, familiarity, balance and confidence move with what happened."""

from __future__ import annotations

from schoolsim.system.identity.confidence import settle_confidence
from schoolsim.system.identity.values import drift_values
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import rebuild_adjacency
from schoolsim.system.trust.change import after_joint_work, drop_ties, settle_idle_ties
from schoolsim.system.trust.hostility import bear_grudges
from schoolsim.system.trust.people import keep_up_with_people


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Update ties that worked, then those that did not, then how confident people are (M12, M15-M18)."""
    after_joint_work(state, p, clock)
    bear_grudges(state, p, clock)
    settle_idle_ties(state, p, clock)
    drop_ties(state, p)
    rebuild_adjacency(state)
    keep_up_with_people(state, p)
    if p.values_drift_home > 0.0 or p.values_drift_friends > 0.0:
        drift_values(state, p)
    settle_confidence(state, p)
