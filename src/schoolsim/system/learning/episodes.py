"""An episode between two teachers: what the learner gains, and what originating gives (M03, M04, M10)."""

from __future__ import annotations

from typing import NamedTuple

from schoolsim.jit import compiled
from schoolsim.rules.learning import access, ceiling, dose, followup_ownership, latitude, zone
from schoolsim.rules.modes import Held, Terms, learned, originators_gain
from schoolsim.system.state import Gains, Parameters, State
from schoolsim.system.state.ledger import TRANSFERS


class Contact(NamedTuple):
    """How two teachers meet over a practice.

    Args:
        hours: Together, net.
        engagement: Of the learner, 0..1.
        familiarity: 0..1.
        trust: Of the learner in the other, 0..1.
        source: Row of the ledger in which what is learnt is counted.
    """

    hours: float
    engagement: float
    familiarity: float
    trust: float
    source: int


def reserve_gains(state: State, number: int) -> None:
    """Have room for so many more gains in this half-term; those noted so far are kept."""
    used = int(state.run.gains[0])
    if len(state.gains) < used + number:
        larger = Gains(2 * (used + number))
        for name in larger.layout:
            getattr(larger, name)[:used] = getattr(state.gains, name)[:used]
        state.gains = larger


@compiled
def note_gain(state: State, post: int, practice: int, gained: Held) -> None:
    """Note what a teacher gains; it is settled with all the rest in the classroom."""
    gains, place = state.gains, state.run.gains[0]
    if place < gains.rows:
        gains.teacher[place], gains.practice[place] = post, practice
        gains.mastery[place], gains.tuning[place] = gained.mastery, gained.tuning
        gains.ownership[place] = gained.ownership
        state.run.gains[0] = place + 1


@compiled
def holding(state: State, post: int, practice: int) -> Held:
    """How a teacher holds a practice now."""
    knowledge = state.knowledge
    return Held(
        float(knowledge.mastery[post, practice]),
        float(knowledge.tuning[post, practice]),
        float(knowledge.ownership[post, practice]),
    )


@compiled
def learn(state: State, p: Parameters, who: tuple[int, int], practice: int, contact: Contact, terms: Terms) -> float:
    """One teacher learns a practice from another.

    Args:
        state: The state.
        p: Parameters.
        who: Post of the learner, and of the one learnt from.
        practice: Its row.
        contact: How they meet.
        terms: Of the mode.

    Returns:
        The mastery gained.
    """
    practices, teachers = state.practices, state.teachers
    learner, giver = who
    held = holding(state, learner, practice)
    source = float(state.knowledge.mastery[giver, practice])
    tacit = practices.tacit[practice]
    near = zone(source - held.mastery, 0.5 * (teachers.confidence[learner] + contact.trust), p)
    near *= latitude(abs(teachers.values[learner] - practices.kind[practice]), p)
    ease = near * access(tacit, terms.face, contact.familiarity, teachers.transfer[giver], p)
    amount = dose(contact.hours, practices.hours[practice], contact.engagement, teachers.learning[learner], p)
    after = learned(held, ceiling(source, tacit, terms.face, p), ease, amount, contact.engagement, terms, p)
    gain = after.mastery - held.mastery
    note_gain(state, learner, practice, Held(gain, after.tuning - held.tuning, after.ownership - held.ownership))
    state.ledger.counts[contact.source] += gain
    if gain > 0.0 and after.mastery < p.learning_routine:
        teachers.load[learner] += 1
    if held.mastery < p.learning_routine <= after.mastery:
        state.ledger.counts[TRANSFERS] += 1.0
    return gain


@compiled
def originate(state: State, p: Parameters, who: tuple[int, int], mode: int, hours: float, engagement: float) -> None:
    """What originating gives the originator (M10).

    Args:
        state: The state.
        p: Parameters.
        who: Post of the originator, and the practice.
        mode: Of the partnership.
        hours: Of joint work.
        engagement: Of the originator, 0..1.
    """
    practices, teachers = state.practices, state.teachers
    giver, practice = who
    held = holding(state, giver, practice)
    if held.mastery > 0.0:
        share = originators_gain(mode, hours, practices.hours[practice], engagement, p)
        gained = Held((1.0 - held.mastery) * share, (1.0 - held.tuning) * share, (1.0 - held.ownership) * share)
        note_gain(state, giver, practice, gained)
    teachers.gain_transfer[giver] += p.originator_transfer * hours * engagement * (1.0 - teachers.transfer[giver])
    lift = p.originator_confidence * hours * engagement
    teachers.gain_confidence[giver] += lift * (1.0 - teachers.confidence[giver])


@compiled
def sustain(state: State, p: Parameters, learner: int, practice: int, hours: float, engagement: float) -> None:
    """What contact after the task does for what was learnt: it is made one's own, and so stays (M11)."""
    held = holding(state, learner, practice)
    if held.mastery > 0.0:
        note_gain(state, learner, practice, Held(0.0, 0.0, followup_ownership(held.ownership, hours, engagement, p)))
