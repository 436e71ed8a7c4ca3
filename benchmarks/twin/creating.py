"""The birth of a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.objects import Hold
from benchmarks.twin.rules import practice
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.partnerships import Partnership


def create(work: Partnership) -> None:
    """A pair's dialogue gives a new practice, at home half-way; nothing is born where there is no room."""
    model, p, chance = work.model, work.model.p, work.model.chance
    made = next((what for what in model.practices if not what.alive), None)
    if made is None:
        return
    focus, uid, step = model.practices[work.focus], work.uid, model.half_term
    made.alive, made.born = True, step
    made.kind, made.tacit, made.hours = focus.kind, focus.tacit, focus.hours
    made.evidence = 0.0
    made.dependence = p.creation_dependence_kept * focus.dependence
    luck, fashion = chance.normal(draws.CREATED, step, uid, 0), chance.normal(draws.CREATED, step, uid, 1)
    made.effect = p.creation_effect_base + p.creation_effect_kept * focus.effect + p.creation_effect_spread * luck
    made.appeal = practice.appeal(luck, fashion, p.practice_appeal_truth)
    both = zip(work.originator.context, work.partner.context, strict=True)
    made.home = [0.5 * (one + two) for one, two in both]
    for school in model.schools:
        school.hears_of(made)
    for teacher in work.parents or ():
        teacher.holds[made.number] = Hold(p.creation_mastery, 1.0, 1.0)
    model.ledger.counts["created"] += 1
