"""What a practice takes besides one teacher, what is known of it, and who keeps it (M01, M02, M05, M31)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.shapes import unit

PLENTY = 0.2  # share of guardians on a staff beyond which more of them add nothing


@compiled
def concerted(held: float, p: np.record) -> float:
    """What a practice of a department or school gives where colleagues' mean mastery is `held`, 0..1 (M01, §4.11)."""
    return 1.0 - p.scope_weight * (1.0 - min(1.0, held / p.scope_full))


@compiled
def worth(effect: float, p: np.record) -> float:
    """True effect (pupil sd) on the scale of appeal, 0..1."""
    return (
        0.5
        if p.practice_effect_sd <= 0.0
        else unit(0.5 + 0.2 * (effect - p.practice_effect_mean) / p.practice_effect_sd)
    )


@compiled
def judged(appeal: float, true_worth: float, evidence: float, versed: float, p: np.record) -> float:
    """How good a practice looks to a teacher who weighs evidence, 0..1 (M05, §4.21).

    Args:
        appeal: How good it looks to anyone.
        true_worth: `worth`.
        evidence: Strength of the evidence, 0..1.
        versed: The teacher's meta-practice, 0..1.
        p: Parameters.
    """
    return appeal + p.evidence_weight * evidence * versed * (true_worth - appeal)


@compiled
def room_to_learn(new: float, p: np.record) -> float:
    """Share of learning left to a teacher with `new` practices on hand: too many at once swamp (M02, §2.43)."""
    return 1.0 / (1.0 + p.overload_weight * max(0.0, new - p.overload_start))


@compiled
def spared(guardians: float, p: np.record) -> float:
    """Share of fading spared where a share `guardians` of staff have long kept what the school holds (M31, §3.31)."""
    return p.guardians_slow * min(1.0, guardians / PLENTY)


@compiled
def guardians_skill(transfer: float, years: float, p: np.record) -> float:
    """Transfer skill with colleagues: a guardian's story makes up for some of it (M31, §3.31)."""
    return transfer + p.guardians_source * (1.0 - transfer) if years >= p.guardians_years else transfer
