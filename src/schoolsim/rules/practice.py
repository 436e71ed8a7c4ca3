"""What a practice gives in class, and how it is kept, tuned, dropped (M01, M02, M02b, M05, M23, M26)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled


@compiled
def unfamiliarity(away: float) -> float:
    """How foreign a context is: 0 at the practice's home, toward 1 with Euclidean distance `away` (sd).

    Bounded, since the raw distance would make a far practice harmful by arithmetic alone (M01).
    """
    return 1.0 - math.exp(-0.5 * away)


@compiled
def realised(mastery: float, tuning: float, dependence: float, unfamiliar: float) -> float:
    """What is realised of a practice, 0..1: mastery, less what context takes from the untuned (M01, §4.11)."""
    return mastery * (1.0 - dependence * unfamiliar * (1.0 - tuning))


@compiled
def kept_up(mastery: float, ownership: float, decay: float, keep: float) -> float:
    """Mastery a half-term on: what is owned and used grows and stays, what is not fades (M02b, §2.4, §3.13).

    Fidelity and fading follow from ownership alone: with `decay` d and `keep` b a practice lives if
    ownership is above d / (d + b), whatever the mode it came by.
    """
    # Written without literals, so that single precision stays single.
    return mastery + mastery * (ownership * (decay + keep - keep * mastery) - decay)


@compiled
def response(seen: float, strongest: float, scale: float) -> float:
    """Change of heart after seeing one's own pupils respond, between -`strongest` and `strongest` (M23, §4.3)."""
    return strongest * math.tanh(seen / scale)


@compiled
def heartened(ownership: float, change: float) -> float:
    """Ownership after a change of heart: upward toward 1, downward toward 0 (M23)."""
    return ownership + change * (1.0 - ownership if change > 0.0 else ownership)


@compiled
def dip(new: int, cost: float, most: float) -> float:
    """Cost to the class (pupil sd) of practices being learned and not yet half mastered (M02, §4.21)."""
    return cost * min(most, float(new))


@compiled
def cover_harm(hours: float, harm_a_day: float) -> float:
    """Cost to the class (pupil sd) of `hours` out of it in a half-term (M26, §3.21).

    A day is six hours and a year six half-terms, so hours a half-term are days a year.
    """
    return harm_a_day * hours


@compiled
def appeal(effect_sd: float, luck: float, truth: float) -> float:
    """How good a practice looks, 0..1: `truth` is its correlation with true effect (M05, §4.3).

    Args:
        effect_sd: True effect, standardised between practices.
        luck: Provenance and fashion, a standard normal number.
        truth: Correlation of appeal with effect.
    """
    return min(1.0, max(0.0, 0.5 + 0.2 * (truth * effect_sd + math.sqrt(1.0 - truth * truth) * luck)))


@compiled
def away(home: np.ndarray, context: np.ndarray) -> float:
    """Euclidean distance between two contexts (arrays of the axes), in context standard deviations."""
    total = 0.0
    for axis in range(home.shape[0]):
        total += (home[axis] - context[axis]) ** 2
    return math.sqrt(total)
