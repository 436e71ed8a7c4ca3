"""An episode between two teachers: what the learner gains, and what originating gives the originator."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import TRANSFERS
from schoolsim.rules import engagement as engaging
from schoolsim.rules.arrangements import sustained
from schoolsim.rules.colleagues import judged, room_to_learn, worth
from schoolsim.rules.initiative import permeable
from schoolsim.rules.learning import access, ceiling, dose, zone
from schoolsim.rules.modes import Held, Terms, learned, originators_gain
from schoolsim.system.arranging import gap_left
from schoolsim.system.partnering import gap_felt
from schoolsim.system.state import Events, Knowledge, Ledger, Partnerships, Practices, Schools, Teachers, Ties
from schoolsim.system.tables import trust_of

ROUTINE = 0.5  # mastery from which a practice is counted as passed on


@compiled
def learner_engagement(
    practices: Practices, schools: Schools, teachers: Teachers, ties: Ties, partnerships: Partnerships,
    slot: int, post: int, practice: int, own_need: float, how: Terms, p: np.record,
) -> float:  # fmt: skip
    """Engagement of the person in `post` with learning `practice` in a partnership (M22)."""
    school = teachers.school[post]
    partner = partnerships.partner[slot]
    gap = gap_felt(schools, partner, partnerships.originator[slot], p) if school == partner else 0.0
    gap *= gap_left(partnerships, slot, p)
    looks = judged(
        practices.appeal[practice], worth(practices.effect[practice], p), practices.evidence[practice],
        teachers.learning[post], p,
    )  # fmt: skip
    fit = 1.0 - abs(teachers.values[post] - practices.kind[practice])
    imposed = float(partnerships.imposed[slot])
    pull = engaging.task_pull(own_need, how.say, looks, fit, p)
    pull += engaging.school_push(
        schools.tone[school], schools.protection[school], schools.felt[school], float(schools.commitments[school]), p
    )
    pull += engaging.relation_pull(trust_of(ties, partnerships.tie[slot], school), imposed, gap, p)
    pull -= p.horizon_anticipation * partnerships.foreboding[slot]
    open_to_it = permeable(schools.cosy[school], ties.familiarity[partnerships.tie[slot]], p)
    return engaging.engagement(pull, p) * open_to_it * room_to_learn(float(teachers.strain[post]), p)


@compiled
def _note(events: Events, post: int, practice: int, mastery: float, tuning: float, ownership: float) -> None:
    place = events.count[0]
    if place < events.teacher.shape[0]:
        events.teacher[place], events.practice[place] = post, practice
        events.mastery[place], events.tuning[place], events.ownership[place] = mastery, tuning, ownership
        events.count[0] = place + 1


@compiled
def learn(
    practices: Practices, teachers: Teachers, knowledge: Knowledge, events: Events, ledger: Ledger, learner: int,
    giver: int, practice: int,
    hours: float, engaged: float, giver_engaged: float, familiarity: float, trust: float, how: Terms, p: np.record,
) -> float:  # fmt: skip
    """One teacher learns a practice from another; returns the mastery gained."""
    held = Held(
        float(knowledge.mastery[learner, practice]),
        float(knowledge.tuning[learner, practice]),
        float(knowledge.ownership[learner, practice]),
    )
    source = float(knowledge.mastery[giver, practice])
    tacit = practices.tacit[practice]
    near = zone(source - held.mastery, 0.5 * (teachers.confidence[learner] + trust), p)
    ease = near * access(tacit, how.face, familiarity, teachers.transfer[giver], p) * min(1.0, 2.0 * giver_engaged)
    amount = dose(hours, practices.hours[practice], engaged, teachers.learning[learner], p)
    after = learned(held, ceiling(source, tacit, how.face, p), ease, amount, engaged, how, p)
    gain = after.mastery - held.mastery
    _note(events, learner, practice, gain, after.tuning - held.tuning, after.ownership - held.ownership)
    if gain > 0.0 and after.mastery < ROUTINE:
        teachers.load[learner] += 1
    if held.mastery < ROUTINE <= after.mastery:
        ledger.counts[TRANSFERS] += 1.0
    return gain


@compiled
def originate(
    practices: Practices,
    teachers: Teachers,
    knowledge: Knowledge,
    events: Events,
    giver: int,
    practice: int,
    mode: int,
    hours: float,
    engaged: float,
    p: np.record,
) -> None:
    """What originating gives the originator (M10)."""
    mastery = float(knowledge.mastery[giver, practice])
    if mastery > 0.05:
        share = originators_gain(mode, hours, practices.hours[practice], engaged, p)
        tuning, ownership = float(knowledge.tuning[giver, practice]), float(knowledge.ownership[giver, practice])
        _note(events, giver, practice, (1.0 - mastery) * share, (1.0 - tuning) * share, (1.0 - ownership) * share)
    teachers.gain_transfer[giver] += p.originator_transfer * hours * engaged * (1.0 - teachers.transfer[giver])
    teachers.gain_confidence[giver] += p.originator_confidence * hours * engaged * (1.0 - teachers.confidence[giver])


@compiled
def sustain(
    knowledge: Knowledge, events: Events, learner: int, practice: int, hours: float, engaged: float, p: np.record
) -> None:
    """What contact after the task does for what was learnt: it is made one's own, and so stays (M11)."""
    ownership = float(knowledge.ownership[learner, practice])
    if knowledge.mastery[learner, practice] > 0.0:
        _note(events, learner, practice, 0.0, 0.0, sustained(ownership, hours, engaged, p))
