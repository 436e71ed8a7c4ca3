"""Heads: gate, distributed leadership, parochialism (M30, §3.31)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled

TYPICAL = 0.3  # distribution of leadership and parochialism of the heads other numbers were fitted with


@compiled
def gate_shut(distributed: float, p: np.record) -> float:
    """Chance that a closed head blocks an approach, 0..1: staff who may take the initiative get round it (M30)."""
    return p.leadership_gate * (1.0 - p.leadership_distributed_gate * distributed)


@compiled
def initiative(distributed: float, p: np.record) -> float:
    """Factor on how often a school looks for partners, 1 at the typical distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_seeking * (distributed - TYPICAL))


@compiled
def participation(distributed: float, p: np.record) -> float:
    """Factor on the share of staff who take part, 1 at the typical distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_pairs * (distributed - TYPICAL))


@compiled
def reluctance(parochial: float, p: np.record) -> float:
    """What a head's parochialism takes from readiness to share (logit), 0 at the typical one (M30)."""
    return p.leadership_parochialism * (parochial - TYPICAL)
