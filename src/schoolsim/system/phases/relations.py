"""9. Relations: trust, familiarity, balance and confidence move with what happened."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules import trust as trusting
from schoolsim.rules.identity import receivers_confidence, resting_confidence
from schoolsim.rules.initiative import cast_as_receiver, past_as_receiver
from schoolsim.rules.networking import kept_in_touch
from schoolsim.rules.shapes import unit
from schoolsim.rules.words import PURSE_CENTRAL, PURSE_ORIGINATOR
from schoolsim.system.arranging import arranged, gap_left
from schoolsim.system.closeness import uid_pair
from schoolsim.system.ordering import by_uid
from schoolsim.system.partnering import gap_felt
from schoolsim.system.quarrels import bear_grudges, may_fall_out
from schoolsim.system.state import (
    PAIRS,
    Clock,
    Ledger,
    Parameters,
    Partnerships,
    Schools,
    State,
    Teachers,
    TeacherTies,
    Ties,
    Wholes,
)
from schoolsim.system.tables import link, release, set_trust, trust_of
from schoolsim.system.values import drift_values

FULL_WORK = 12.0  # hours a pair that count as a full half-term's work


@compiled
def _degrees(schools: Schools, ties: Ties) -> np.ndarray:
    degree = np.zeros(schools.uid.shape[0])
    for tie in range(ties.alive.shape[0]):
        if ties.alive[tie]:
            degree[ties.a[tie]] += 1.0
            degree[ties.b[tie]] += 1.0
    return degree


@compiled
def _worked_together(
    schools: Schools,
    teachers: Teachers,
    ties: Ties,
    partnerships: Partnerships,
    ledger: Ledger,
    slot: int,
    p: np.record,
    seed: int,
    step: int,
) -> None:
    """What a half-term of joint work does to the two schools' tie and to the learners' confidence."""
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    uid, hours = partnerships.uid[slot], partnerships.hours[slot]
    active = min(1.0, hours / FULL_WORK)
    went = trusting.success(
        partnerships.gain[slot], partnerships.engagement[slot], draws.normal(seed, draws.SUCCESS, step, uid, 0)
    )
    rival, funded = ties.rivalry[tie], 1.0 if partnerships.pounds[slot] > 0.0 else 0.0
    hidden = funded if p.funding_purse == PURSE_ORIGINATOR else 0.0
    # What the authority pays is no gesture of the originator's.
    shared = 0.0 if p.funding_purse == PURSE_CENTRAL else funded - hidden
    against = trusting.grievance(
        float(partnerships.imposed[slot]),
        gap_felt(schools, partner, originator, p) * gap_left(partnerships, slot, p),
        rival,
        hidden,
        p,
    )
    trust = trusting.partners_trust(trust_of(ties, tie, partner), active, went, shared, against, p)
    set_trust(ties, tie, partner, trust)
    sign = 1.0 if ties.a[tie] == originator else -1.0
    unreturned = sign * ties.balance[tie]
    trust = trusting.originators_trust(trust_of(ties, tie, originator), active, went, unreturned, rival, p)
    poached = draws.uniform(seed, draws.POACH, step, uid, 0) < trusting.poaching_chance(rival, p) * active
    set_trust(ties, tie, originator, trust * p.trust_poached if poached else trust)
    may_fall_out(schools, ties, ledger, tie, 1.0 if poached else 0.0, p, seed, step)
    how = arranged(schools, ties, partnerships, slot, p, step)
    ties.familiarity[tie] = trusting.acquainted(ties.familiarity[tie], hours, how.familiarity, p)
    returned = p.exchange_returned_hours * hours if partnerships.back[slot] >= 0 else 0.0
    ties.balance[tie] += sign * (hours - returned)
    ties.worked[tie] += hours
    past = past_as_receiver(schools.gave[partner], schools.received[partner])
    only_receives = cast_as_receiver(0.0 if partnerships.back[slot] >= 0 else 1.0, past, p)
    for pair in range(PAIRS):
        learner = partnerships.learner[slot, pair]
        if learner >= 0 and teachers.uid[learner] == partnerships.learner_uid[slot, pair]:
            teachers.gain_confidence[learner] += receivers_confidence(
                teachers.confidence[learner], partnerships.gain[slot], went, only_receives, active, p
            )


@compiled
def _remember_roles(schools: Schools, partnerships: Partnerships, p: np.record) -> None:
    """Who gave and who was helped this half-term, added to what each school remembers (M21)."""
    for school in range(schools.uid.shape[0]):
        schools.gave[school] *= p.roles_kept
        schools.received[school] *= p.roles_kept
    # Added up in the order of who they are: the slots of the table are shared with other authorities.
    for slot in by_uid(partnerships.uid.copy()):
        if not partnerships.alive[slot] or partnerships.hours[slot] <= 0.0:
            continue
        originator, partner = partnerships.originator[slot], partnerships.partner[slot]
        hours = partnerships.hours[slot] * partnerships.worked[slot]
        returned = p.exchange_returned_hours * hours if partnerships.back[slot] >= 0 else 0.0
        schools.gave[originator] += hours
        schools.received[partner] += hours
        schools.gave[partner] += returned
        schools.received[originator] += returned


@compiled
def _idle(schools: Schools, ties: Ties, p: np.record, seed: int, step: int) -> None:
    """Ties without joint work: they settle, heads may meet, and what nobody keeps up is lost (M12, M14)."""
    degree = _degrees(schools, ties)
    for tie in range(ties.alive.shape[0]):
        if not ties.alive[tie]:
            continue
        ties.balance[tie] *= p.trust_balance_kept
        if ties.worked[tie] > 0.0:
            ties.worked[tie] = 0.0
            continue
        if ties.hostile[tie]:
            continue
        rival = ties.rivalry[tie]
        both = uid_pair(schools, ties.a[tie], ties.b[tie])
        busy = 0.5 * (degree[ties.a[tie]] + degree[ties.b[tie]])
        chance = trusting.meeting_chance(0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie]), busy, p)
        meet = 1.0 if draws.uniform(seed, draws.MEET, step, both, 0) < chance else 0.0
        gain = meet * p.trust_change * p.trust_meeting_gain * (1.0 - rival)
        for school in (ties.a[tie], ties.b[tie]):
            trust = trusting.settled(trust_of(ties, tie, school), ties.rest[tie], ties.familiarity[tie], rival, p)
            set_trust(ties, tie, school, unit(trust + gain * (1.0 - trust)))
        keeping = min(schools.in_touch[ties.a[tie]], schools.in_touch[ties.b[tie]])
        remote = p.remote_contact * keeping if step >= 0 else 0.0
        kept = p.trust_familiarity_kept
        ties.familiarity[tie] = kept_in_touch(ties.familiarity[tie], kept, remote)
        ties.familiarity[tie] += meet * p.trust_meeting_familiarity * (1.0 - ties.familiarity[tie])


@compiled
def _lose_ties(ties: Ties, partnerships: Partnerships, p: np.record) -> None:
    needed = np.zeros(ties.alive.shape[0], dtype=np.int64)
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot]:
            needed[partnerships.tie[slot]] = 1
    for tie in range(ties.alive.shape[0]):
        if ties.alive[tie] and ties.familiarity[tie] < p.ties_dropped and not (needed[tie] or ties.hostile[tie]):
            release(ties, tie)


@compiled
def _friends_drift(teachers: Teachers, friends: TeacherTies, parameters: Parameters, seed: int, step: int) -> None:
    p = parameters[0]
    for tie in range(friends.alive.shape[0]):
        if not friends.alive[tie]:
            continue
        friends.familiarity[tie] *= math.sqrt(p.trust_familiarity_kept)
        if friends.familiarity[tie] < 0.1:
            both = draws.pair(teachers.uid[friends.a[tie]], teachers.uid[friends.b[tie]])
            if draws.uniform(seed, draws.DROP_TIE, step, both, 0) < 0.2:
                release(friends, tie)


@compiled
def _confidence(schools: Schools, teachers: Teachers, parameters: Parameters) -> None:
    p = parameters[0]
    for post in range(teachers.uid.shape[0]):
        school = teachers.school[post]
        rest = resting_confidence(teachers.rest[post], schools.standing[school], schools.badge[school], p)
        confidence = teachers.confidence[post] + teachers.gain_confidence[post]
        teachers.confidence[post] = unit(confidence + p.confidence_settle * (rest - confidence))
        teachers.gain_confidence[post] = 0.0
        teachers.dependence[post] *= p.dependency_kept


@compiled
def _partnerships(
    schools: Schools,
    teachers: Teachers,
    ties: Ties,
    partnerships: Partnerships,
    ledger: Ledger,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    p = parameters[0]
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot] and partnerships.hours[slot] > 0.0:
            _worked_together(schools, teachers, ties, partnerships, ledger, slot, p, seed, step)
    _remember_roles(schools, partnerships, p)


@compiled
def _tend(
    schools: Schools,
    ties: Ties,
    adjacency: Wholes,
    partnerships: Partnerships,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    p = parameters[0]
    _idle(schools, ties, p, seed, step)
    _lose_ties(ties, partnerships, p)
    link(ties, adjacency)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Update ties that worked, then those that did not, then how confident people are (M12, M15-M18)."""
    schools, teachers, ties, partnerships = state.schools, state.teachers, state.ties, state.partnerships
    _partnerships(schools, teachers, ties, partnerships, state.ledger, p, clock.seed, clock.half_term)
    bear_grudges(schools, ties, state.ledger, p, clock.seed, clock.half_term)
    _tend(schools, ties, state.adjacency, partnerships, p, clock.seed, clock.half_term)
    _friends_drift(teachers, state.friends, p, clock.seed, clock.half_term)
    if p["values_drift_home"][0] > 0.0 or p["values_drift_friends"][0] > 0.0:
        drift_values(schools, teachers, state.friends, p)
    _confidence(schools, teachers, p)
