"""Staff at work: room to learn, guardians, imitation, and what change costs a class (M02, M05, M26, M31)."""

from __future__ import annotations

import numpy as np

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters


@inlined
def dip(new: int, cost: float) -> float:
    """Cost to the class (pupil sd) of practices being learned and not yet half mastered (M02, §4.21)."""
    return cost * float(new)


@inlined
def cover_harm(hours: float, harm_a_day: float) -> float:
    """Cost to the class (pupil sd) of `hours` out of it in a half-term (M26, §3.21).

    A day is six hours and a year six half-terms, so hours a half-term are days a year.
    """
    return harm_a_day * hours


@inlined
def room_to_learn(new: float, p: Parameters) -> float:
    """Share of learning left to a teacher with `new` practices on hand: too many at once swamp (M02, §2.43)."""
    return 1.0 / (1.0 + p.overload_weight * max(0.0, new - p.overload_start))


@inlined
def fading_spared(guardians: float, p: Parameters) -> float:
    """Share of fading spared where a share `guardians` of staff have long kept what the school holds (M31, §3.31)."""
    return min(p.guardians_slow, guardians)


@inlined
def guardians_skill(transfer: float, years: float, p: Parameters) -> float:
    """Transfer skill with colleagues: a guardian's story makes up for some of it (M31, §3.31)."""
    return transfer + p.guardians_source * (1.0 - transfer) if years >= p.guardians_years else transfer


@inlined
def copied_weight(mastery: np.ndarray, appeal: np.ndarray, p: Parameters) -> float:
    """Weight with which a colleague is copied, 1 or more (Boyd & Richerson 1985).

    Args:
        mastery: What the colleague has mastered, an array of practices, each 0..1.
        appeal: How good each practice looks, 0..1.
        p: Parameters. With `home.copying_bias` 0 everybody is copied alike.
    """
    total = 0.0
    for one in range(mastery.shape[0]):
        total += appeal[one] * mastery[one]
    return 1.0 + p.home_copying_bias * total
