"""Heads: gate, distributed leadership, parochialism (M30, §3.31)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled


@compiled
def gate_shut(distributed: float, p: np.record) -> float:
    """Chance that a closed head blocks an approach, 0..1: staff who may take the initiative get round it (M30)."""
    return p.leadership_gate * (1.0 - p.leadership_distributed_gate * distributed)


@compiled
def initiative(distributed: float, p: np.record) -> float:
    """Factor on how often a school looks for partners, 1 at the mean distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_seeking * (distributed - p.leadership_distributed_mean))


@compiled
def participation(distributed: float, p: np.record) -> float:
    """Factor on the share of staff who take part, 1 at the mean distribution of leadership (M30)."""
    return max(0.0, 1.0 + p.leadership_distributed_pairs * (distributed - p.leadership_distributed_mean))


@compiled
def reluctance(parochial: float, p: np.record) -> float:
    """What a head's parochialism takes from readiness to share (logit), 0 at the mean (M30)."""
    return p.leadership_parochialism * (parochial - p.leadership_parochial_mean)
