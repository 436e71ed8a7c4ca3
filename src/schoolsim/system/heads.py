"""Heads, as the draw for a school and year makes them (M30)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.shapes import unit
from schoolsim.system.state import Schools


@compiled
def new_head(schools: Schools, school: int, half_term: int, p: np.record, seed: int) -> None:
    """Put a new head in a school; the same school and half-term always get the same one."""
    uid = schools.uid[school]
    schools.tone[school] = unit(
        p.leadership_tone_mean + p.leadership_tone_sd * draws.normal(seed, draws.HEAD, half_term, uid, 0)
    )
    schools.protection[school] = unit(
        p.leadership_protection_mean + p.leadership_protection_sd * draws.normal(seed, draws.HEAD, half_term, uid, 1)
    )
    schools.communication[school] = unit(
        p.leadership_communication_mean
        + p.leadership_communication_sd * draws.normal(seed, draws.HEAD, half_term, uid, 2)
    )
    schools.bidding[school] = unit(0.5 + p.bid_skill_sd * draws.normal(seed, draws.HEAD_MORE, half_term, uid, 0))
    schools.distributed[school] = unit(
        p.leadership_distributed_mean
        + p.leadership_distributed_sd * draws.normal(seed, draws.HEAD_MORE, half_term, uid, 1)
    )
    schools.parochial[school] = unit(
        p.leadership_parochial_mean + p.leadership_parochial_sd * draws.normal(seed, draws.HEAD_MORE, half_term, uid, 2)
    )
    schools.head_since[school] = half_term
    schools.closed[school] = draws.uniform(seed, draws.HEAD, half_term, uid, 3) < p.leadership_closed
