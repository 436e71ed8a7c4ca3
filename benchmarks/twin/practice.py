"""The birth of a practice, and the end of a practice that nobody holds any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.objects import Holding
from benchmarks.twin.rules import practice as rules
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership

BEFORE_THE_RUN = -1000  # `born` of the first practices


def create(work: Partnership) -> None:
    """A pair's dialogue gives a new practice, at home half-way; nothing is born where there is no room."""
    model, p, source = work.model, work.model.p, work.model.draws
    new = next((practice for practice in model.practices if not practice.alive), None)
    if new is None:
        return
    focus, uid, step = model.practices[work.focus], work.uid, model.half_term
    new.alive, new.born = True, step
    new.kind, new.tacit, new.hours = focus.kind, focus.tacit, focus.hours
    new.evidence = 0.0
    new.dependence = p.creation_dependence_kept * focus.dependence
    luck, fashion = source.normal(draws.CREATED, step, uid, 0), source.normal(draws.CREATED, step, uid, 1)
    new.effect = p.creation_effect_base + p.creation_effect_kept * focus.effect + p.creation_effect_spread * luck
    new.appeal = rules.appeal(luck, fashion, p.practice_appeal_truth, p)
    contexts = zip(work.originator.context, work.partner.context, strict=True)
    new.home = [0.5 * (originator + partner) for originator, partner in contexts]
    for school in model.schools:
        school.note_distance_to(new)
    for teacher in work.parents or ():
        teacher.holdings[new.number] = Holding(p.creation_mastery, 1.0, 1.0)
    model.ledger.counts["created"] += 1


def forget_unused(model: Twin) -> None:
    """A created practice that nobody holds any more makes room for another."""
    for practice in model.practices:
        if practice.alive and practice.born > BEFORE_THE_RUN and model.half_term - practice.born >= 6:
            practice.alive = any(school.mastery[practice.number] > 0.0 for school in model.schools)
