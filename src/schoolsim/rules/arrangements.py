"""How joint work is arranged: level of contact, channel, activities, timetable (M03, M11, M24, M25, §3.12, §3.2)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.modes import Terms
from schoolsim.rules.shapes import unit
from schoolsim.rules.words import BY_MODE, MEETING, SUSTAINED, VISIT, WEBSITE

# Usual weights of the three kinds of activity, for which the modes' terms hold.
USUAL_EXPERIENTIAL, USUAL_REFLECTIVE, USUAL_CONTEXTUAL = 0.4, 0.4, 0.2


@compiled
def passed_on(contact: int, scope: int, communication: float, p: np.record) -> float:
    """Share of an episode that reaches those who would change, 0..1 (M24, §3.22).

    Nothing is lost when contact is at the level of intended change; above it news stops at a desk, less so with
    a head who passes things on; below it there is nobody to carry the change through.

    Args:
        contact: Level of contact: 0 teachers, 1 middle leaders, 2 heads.
        scope: Level of intended change, the practice's scope on the same scale.
        communication: Of the partner's head, 0..1.
        p: Parameters.
    """
    above = 0.5 * float(contact - scope)
    loss = p.contact_waste * (above if above > 0.0 else -above * p.contact_below)
    return 1.0 - loss * (1.0 - p.contact_passed_on * communication)


@compiled
def side_by_side(channel: int, face: float) -> float:
    """Share of the hours side by side: the channel's, or the mode's own `face` where no channel is set (M03)."""
    if channel == BY_MODE:
        return face
    if channel <= WEBSITE:
        return 0.0
    if channel == MEETING:
        return 0.3
    return 0.6 if channel == VISIT else 1.0


@compiled
def journeys(channel: int) -> float:
    """Visits a channel asks for, relative to a mode's own: nobody travels to a document (M15, §3.24)."""
    if channel in (BY_MODE, VISIT) or channel > VISIT:
        return 1.0
    return 1.0 / 3.0 if channel == MEETING else 0.0


@compiled
def acquaints(channel: int) -> float:
    """How well a channel makes people known to each other, relative to a mode's own (§2.12, §3.24)."""
    if channel == SUSTAINED:
        return 1.5
    return 0.0 if BY_MODE < channel <= WEBSITE else 1.0


@compiled
def emphasis(weight: float, total: float, usual: float) -> float:
    """What more or less than the `usual` share of an activity does: 1 at the usual, growing less and less (§3.12)."""
    return 1.0 if total <= 0.0 else math.sqrt(weight / total / usual)


@compiled
def as_planned(how: Terms, p: np.record) -> Terms:
    """A mode's terms in a programme that sets channel and activities; at the defaults they are the mode's own.

    Experiential activity reaches tacit knowledge, reflective activity tunes and gives purpose, contextual
    support costs less to arrange and lets schools get to know each other (§3.12).
    """
    total = p.activity_experiential + p.activity_reflective + p.activity_contextual
    doing = emphasis(p.activity_experiential, total, USUAL_EXPERIENTIAL)
    reflecting = emphasis(p.activity_reflective, total, USUAL_REFLECTIVE)
    support = emphasis(p.activity_contextual, total, USUAL_CONTEXTUAL)
    channel = p.channel_programme
    arranging = 0.0 if channel == WEBSITE else (p.time_arranging + how.overhead) * (1.5 - 0.5 * min(2.0, support))
    return Terms(
        how.pace, unit(side_by_side(channel, how.face) * doing), how.tuning * reflecting,
        unit(how.ownership * reflecting), how.say, how.familiarity * acquaints(channel) * (0.5 + 0.5 * support),
        arranging - p.time_arranging, how.share,
    )  # fmt: skip


@compiled
def handed_over(how: Terms) -> Terms:
    """Terms once the originator has staged a withdrawal: the work is the learner's own (M11, §2.32)."""
    return Terms(
        how.pace, how.face, how.tuning, unit(how.ownership + 0.3), 1.0, how.familiarity, how.overhead, how.share
    )


@compiled
def led_together(how: Terms, p: np.record) -> Terms:
    """Terms where both schools lead: the say is shared, and leading takes hours of both (R10)."""
    return Terms(
        how.pace, how.face, how.tuning, how.ownership, 0.5 + 0.5 * how.say, how.familiarity,
        how.overhead + p.leading_hours, how.share,
    )  # fmt: skip


@compiled
def quickened(how: Terms, pace: float, hours: float) -> Terms:
    """Terms at `pace` times the speed, with `hours` more to arrange."""
    return Terms(
        how.pace * pace, how.face, how.tuning, how.ownership, how.say, how.familiarity, how.overhead + hours, how.share
    )


@compiled
def coinciding(common: bool, p: np.record) -> float:
    """Share of two sides' own hours that fall together (M25, R16)."""
    return 1.0 if common else p.timetable_coincide


@compiled
def ripe(hours: float, p: np.record) -> float:
    """How ready a pair's dialogue is for a practice of its own, 0..1, after `hours` together (M25, §2.41)."""
    return 1.0 if p.creation_first_hours <= 0.0 else 1.0 - math.exp(-hours / p.creation_first_hours)


@compiled
def sustained(ownership: float, hours: float, engagement: float, p: np.record) -> float:
    """Ownership gained by contact after the task, as new problems are talked over (M11, §2.32)."""
    return (1.0 - ownership) * (1.0 - math.exp(-p.followup_sustain * hours * engagement))
