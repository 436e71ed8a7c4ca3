"""Heads: the gate they keep, and who follows a head who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.rules import unit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School


def gate_blocks(school: School) -> bool:
    """Whether a closed head stops an approach or a search."""
    school.model.ledger.counts["blocked"] += school.closed
    return school.closed


def heads_leave(model: Twin) -> None:
    """Some heads leave, and others follow them."""
    for school in model.schools:
        draw = model.draws.uniform(draws.HEAD_LEAVES, model.half_term, school.uid, 0)
        if draw < model.p.leadership_turnover:
            _new_head(school)


def _new_head(school: School) -> None:
    p, source, step = school.model.p, school.model.draws, school.model.half_term
    luck = [source.normal(draws.HEAD, step, school.uid, attempt) for attempt in range(3)]
    school.tone = unit(p.leadership_tone_mean + p.leadership_tone_sd * luck[0])
    school.protection = unit(p.leadership_protection_mean + p.leadership_protection_sd * luck[1])
    school.communication = unit(p.leadership_communication_mean + p.leadership_communication_sd * luck[2])
    school.closed = source.uniform(draws.HEAD, step, school.uid, 3) < p.leadership_closed
