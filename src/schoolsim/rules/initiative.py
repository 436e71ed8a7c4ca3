"""Initiative: who is reached, who leans on help, who is only ever helped, and challenge (M11, M16, M20, M21)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled


@compiled
def leaned(dependence: float, hours: float, say: float, p: np.record) -> float:
    """Dependency, 0..1, after `hours` of help in which the learner had `say`, 0..1 (M11, §2.32)."""
    return dependence + (1.0 - dependence) * (1.0 - math.exp(-p.dependency_rate * hours * (1.0 - say)))


@compiled
def initiative(dependence: float, p: np.record) -> float:
    """What dependency leaves of a teacher's own initiative, 0..1 (M11)."""
    return 1.0 - p.dependency_weight * dependence


@compiled
def within_reach(enterprise: float, outreach: float) -> float:
    """Enterprise that counts in what is offered: outreach is made for the diffident, and serves all (M20, R7)."""
    return enterprise + outreach * (max(enterprise, 0.75) - enterprise)


@compiled
def past_as_receiver(gave: float, received: float) -> float:
    """Share of a school's remembered joint work in which it was helped; one half where there is none (M21)."""
    return 0.5 if gave + received <= 0.0 else received / (gave + received)


@compiled
def cast_as_receiver(only_receives: float, past: float, p: np.record) -> float:
    """How much being helped is felt as a role, 0 to 2: all the more by a school that always was (M21, §2.24).

    Args:
        only_receives: 1 if nothing is asked of the learner's school in return, else 0.
        past: `past_as_receiver`.
        p: Parameters.
    """
    return only_receives * (1.0 + p.roles_history * (2.0 * past - 1.0))


@compiled
def challenge(trust: float, familiarity: float, difference: float, p: np.record) -> float:
    """How much old and trusting partners quicken each other by saying what they do not like (M16, §2.11, §5.2).

    It takes difference too: those who have grown alike have nothing to challenge.
    """
    return 1.0 + p.challenge_weight * trust * familiarity * min(1.0, 2.0 * difference)


@compiled
def permeable(cosy: float, familiarity: float, p: np.record) -> float:
    """How open a school is to what another brings, 0..1: less so to outsiders, the closer its own circle (M16, §2.11).

    Args:
        cosy: Familiarity of its oldest partner, 0..1.
        familiarity: Of the other school.
        p: Parameters.
    """
    return 1.0 - p.cosiness_weight * max(0.0, cosy - familiarity)
