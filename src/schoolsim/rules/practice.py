"""The worth of a practice, how it looks from outside, and its keeping, tuning and dropping (M01, M02b, M05, M23)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit


@inlined
def unfamiliarity(away: float) -> float:
    """How foreign a context is: 0 at the practice's home, toward 1 with Euclidean distance `away` (sd).

    Bounded, since the raw distance would make a far practice harmful by arithmetic alone (M01).
    """
    return 1.0 - math.exp(-0.5 * away)


@inlined
def realised(mastery: float, tuning: float, dependence: float, unfamiliar: float) -> float:
    """What is realised of a practice, 0..1: mastery, less what context takes from the untuned (M01, §4.11)."""
    return mastery * (1.0 - dependence * unfamiliar * (1.0 - tuning))


@inlined
def kept_up(mastery: float, ownership: float, decay: float, keep: float) -> float:
    """Mastery a half-term on: what is owned and used grows and stays, what is not fades (M02b, §2.4, §3.13).

    Fidelity and fading follow from ownership alone: with `decay` d and `keep` b a practice lives if
    ownership is above d / (d + b), whatever the mode it came by.
    """
    # Written without literals, so that single precision stays single.
    return mastery + mastery * (ownership * (decay + keep - keep * mastery) - decay)


@inlined
def response(seen: float, p: Parameters) -> float:
    """Change of heart after seeing one's own pupils respond (M23, §4.3).

    It lies between the strongest change and its opposite; what is seen is set against how much luck one class shows.
    """
    return p.practice_response * math.tanh(seen / p.practice_response_noise)


@inlined
def response_noise(asked: float, p: Parameters) -> float:
    """Noise of what a teacher sees in a half-term, pupil sd: less where pupils are asked, 0..1 of the time (M23)."""
    return p.practice_response_noise * (1.0 - p.pupils_clearer * asked)


@inlined
def ownership_after_response(ownership: float, change: float) -> float:
    """Ownership after a change of heart: upward toward 1, downward toward 0 (M23)."""
    return ownership + change * (1.0 - ownership if change > 0.0 else ownership)


@inlined
def appeal(effect_sd: float, luck: float, truth: float, p: Parameters) -> float:
    """How good a practice looks, 0..1: `truth` is its correlation with true effect (M05, §4.3).

    Args:
        effect_sd: True effect, standardised between practices.
        luck: Provenance and fashion, a standard normal number.
        truth: Correlation of appeal with effect.
        p: Parameters.
    """
    return min(
        1.0, max(0.0, 0.5 + p.practice_appeal_spread * (truth * effect_sd + math.sqrt(1.0 - truth * truth) * luck))
    )


@inlined
def context_distance(home: np.ndarray, context: np.ndarray) -> float:
    """Euclidean distance between two contexts (arrays of the axes), in context standard deviations."""
    total = 0.0
    for axis in range(home.shape[0]):
        total += (home[axis] - context[axis]) ** 2
    return math.sqrt(total)


@inlined
def shared_use_factor(held: float, p: Parameters) -> float:
    """What a practice of a department or school gives where colleagues' mean mastery is `held`, 0..1 (M01, §4.11)."""
    return 1.0 - p.scope_weight * (1.0 - min(1.0, held / p.scope_full))


@inlined
def effect_on_appeal_scale(effect: float, p: Parameters) -> float:
    """True effect (pupil sd) on the scale of appeal, 0..1."""
    return (
        0.5
        if p.practice_effect_sd <= 0.0
        else unit(0.5 + p.practice_appeal_spread * (effect - p.practice_effect_mean) / p.practice_effect_sd)
    )


@inlined
def judged_appeal(appeal: float, true_worth: float, evidence: float, versed: float) -> float:
    """How good a practice looks to a teacher who weighs evidence, 0..1 (M05, §4.21).

    Args:
        appeal: How good it looks to anyone.
        true_worth: Its true effect on the scale of appeal (`effect_on_appeal_scale`).
        evidence: Strength of the evidence, 0..1.
        versed: The teacher's meta-practice, 0..1.
    """
    return appeal + evidence * versed * (true_worth - appeal)


@inlined
def wish_for_practice(appeal: float, mastery: float, dependence: float, unfamiliar: float) -> float:
    """How much a school would like to be better at a practice, before noise (M05): appeal, room and fit to home."""
    return appeal * (1.0 - mastery) * (1.0 - 0.5 * dependence * unfamiliar)


@inlined
def pride(mastery: float, appeal: float) -> float:
    """How much a school likes to show a practice: how well its staff do it, and how good it looks."""
    return mastery * (0.5 + 0.5 * appeal)
