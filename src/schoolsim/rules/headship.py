"""Heads: gate, distributed leadership, parochialism (M30, §3.31)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters


@inlined
def mellowed(tone: float, success: float, p: Parameters) -> float:
    """A head's tone, 0..1, after a year of joint work, by how well it went (M30, §3.31).

    Args:
        tone: Before.
        success: Familiarity of the school's closest partner, 0..1.
        p: Parameters.
    """
    return tone + p.leadership_mellows * success * (1.0 - tone)


@inlined
def gate_chance(distributed: float, p: Parameters) -> float:
    """Chance that a closed head blocks an approach, 0..1: staff who may take the initiative get round it (M30)."""
    return p.leadership_gate * (1.0 - p.leadership_distributed_gate * distributed)


@inlined
def search_factor(distributed: float, p: Parameters) -> float:
    """Factor on how often a school looks for partners, 1 at the typical distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_reach * (distributed - p.leadership_typical))


@inlined
def participation_factor(distributed: float, p: Parameters) -> float:
    """Factor on the share of staff who take part, 1 at the typical distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_reach * (distributed - p.leadership_typical))


@inlined
def parochial_reluctance(parochial: float, p: Parameters) -> float:
    """What a head's parochialism takes from readiness to share (logit), 0 at the typical one (M30)."""
    return p.leadership_parochialism * (parochial - p.leadership_typical)
