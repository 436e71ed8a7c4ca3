"""Judgement of partnerships and their results (M40)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters


@inlined
def measured_value(value: float, luck: float, p: Parameters) -> float:
    """Value added as results show it, pupil sd: smoothed over years and noisy (M40, §4.21)."""
    return value + p.result_noise * luck
