"""How joint work, chance meetings and disuse move the tie between two schools (M12, M14-M17, M21)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules import trust as rules
from schoolsim.rules.codes import PURSE_CENTRAL, PURSE_ORIGINATOR
from schoolsim.rules.identity import receiver_history, receiver_role, receivers_confidence
from schoolsim.rules.shapes import unit
from schoolsim.system.identity.status import status_gap_felt
from schoolsim.system.partnerships.terms import status_gap_left, terms_of
from schoolsim.system.programmes.levers import levers_at, levers_of
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.state.adjacency import mean_trust, set_trust, trust_of
from schoolsim.system.state.slots import in_order, release
from schoolsim.system.trust.hostility import may_fall_out
from schoolsim.system.trust.ties import uid_of_pair


@compiled
def _degrees(state: State) -> Float64Array:
    ties = state.ties
    degree = np.zeros(state.schools.rows)
    for tie in range(ties.rows):
        if ties.alive[tie]:
            degree[ties.a[tie]] += 1.0
            degree[ties.b[tie]] += 1.0
    return degree


@compiled
def _after_joint_work(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """What a half-term of joint work does to the two schools' tie and to the learners' confidence."""
    schools, teachers, ties, partnerships = state.schools, state.teachers, state.ties, state.partnerships
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    uid, hours = partnerships.uid[slot], partnerships.hours[slot]
    active = min(1.0, hours / p.trust_full_hours)
    success = rules.success(
        partnerships.gain[slot],
        partnerships.engagement[slot],
        draws.normal(clock.seed, draws.SUCCESS, clock.half_term, uid, 0),
        p,
    )
    rival, funded = ties.rivalry[tie], 1.0 if partnerships.pounds[slot] > 0.0 else 0.0
    hidden = funded if p.funding_purse == PURSE_ORIGINATOR else 0.0
    # What the authority pays is no gesture of the originator's.
    shared = 0.0 if p.funding_purse == PURSE_CENTRAL else funded - hidden
    against = rules.grievance(
        float(partnerships.imposed[slot]),
        status_gap_felt(schools, partner, originator, p) * status_gap_left(partnerships, slot, p),
        rival,
        hidden,
        p,
    )
    trust = rules.partners_trust(trust_of(ties, tie, partner), active, success, shared, against, p)
    set_trust(ties, tie, partner, trust)
    sign = 1.0 if ties.a[tie] == originator else -1.0
    unreturned = sign * ties.balance[tie]
    trust = rules.originators_trust(trust_of(ties, tie, originator), active, success, unreturned, rival, p)
    poaching = rules.poaching_chance(rival, p) * active
    poached = draws.uniform(clock.seed, draws.POACH, clock.half_term, uid, 0) < poaching
    set_trust(ties, tie, originator, trust * p.trust_poached if poached else trust)
    may_fall_out(state, p, clock, tie, 1.0 if poached else 0.0)
    terms = terms_of(state, p, clock, slot)
    ties.familiarity[tie] = rules.familiarity_after_work(ties.familiarity[tie], hours, terms.familiarity, p)
    returned = p.exchange_returned_hours * hours if partnerships.back[slot] >= 0 else 0.0
    ties.balance[tie] += sign * (hours - returned)
    ties.hours[tie] += hours
    history = receiver_history(schools.gave[partner], schools.received[partner])
    only_receives = receiver_role(0.0 if partnerships.back[slot] >= 0 else 1.0, history, p)
    for pair in range(PAIRS):
        learner = partnerships.learner[slot, pair]
        if learner >= 0 and teachers.uid[learner] == partnerships.learner_uid[slot, pair]:
            teachers.gain_confidence[learner] += receivers_confidence(
                teachers.confidence[learner], partnerships.gain[slot], success, only_receives, active, p
            )


@compiled
def _remember_roles(state: State, p: Parameters) -> None:
    """Who gave and who was helped this half-term, added to what each school remembers (M21)."""
    schools, partnerships = state.schools, state.partnerships
    for school in range(schools.rows):
        schools.gave[school] *= p.roles_kept
        schools.received[school] *= p.roles_kept
    # Added up in the order of who they are: the slots of the table are shared with other authorities.
    for slot in in_order(partnerships.uid):
        if not partnerships.alive[slot] or partnerships.hours[slot] <= 0.0:
            continue
        originator, partner = partnerships.originator[slot], partnerships.partner[slot]
        hours = partnerships.hours[slot] * partnerships.pairs[slot]
        returned = p.exchange_returned_hours * hours if partnerships.back[slot] >= 0 else 0.0
        schools.gave[originator] += hours
        schools.received[partner] += hours
        schools.gave[partner] += returned
        schools.received[originator] += returned


@compiled
def after_joint_work(state: State, p: Parameters, clock: Clock) -> None:
    """Change the ties of partnerships that worked, and remember who helped whom."""
    partnerships = state.partnerships
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and partnerships.hours[slot] > 0.0:
            _after_joint_work(state, levers_of(partnerships, slot, p), clock, slot)
    _remember_roles(state, p)


@compiled
def settle_idle_ties(state: State, p: Parameters, clock: Clock) -> None:
    """Ties without joint work settle, and heads may meet (M12, M14)."""
    schools, ties, step = state.schools, state.ties, clock.half_term
    degree = _degrees(state)
    for tie in range(ties.rows):
        if not ties.alive[tie]:
            continue
        ties.balance[tie] *= p.trust_balance_kept
        if ties.hours[tie] > 0.0:
            ties.hours[tie] = 0.0
            continue
        if ties.hostile[tie]:
            continue
        rival = ties.rivalry[tie]
        both = uid_of_pair(schools, ties.a[tie], ties.b[tie])
        mean_degree = 0.5 * (degree[ties.a[tie]] + degree[ties.b[tie]])
        chance = rules.meeting_chance(mean_trust(ties, tie), mean_degree, p)
        meet = 1.0 if draws.uniform(clock.seed, draws.MEET, step, both, 0) < chance else 0.0
        gain = meet * p.trust_change * p.trust_meeting_gain * (1.0 - rival)
        for school in (ties.a[tie], ties.b[tie]):
            before = trust_of(ties, tie, school)
            trust = rules.settled_trust(before, ties.resting_trust[tie], ties.familiarity[tie], rival, p)
            set_trust(ties, tie, school, unit(trust + gain * (1.0 - trust)))
        keeping = min(schools.contact_kept[ties.a[tie]], schools.contact_kept[ties.b[tie]])
        contact = min(
            levers_at(schools, ties.a[tie], p).remote_contact, levers_at(schools, ties.b[tie], p).remote_contact
        )
        remote = contact * keeping
        ties.familiarity[tie] = rules.idle_familiarity(ties.familiarity[tie], p.trust_familiarity_kept, remote, p)
        ties.familiarity[tie] += meet * p.trust_meeting_familiarity * (1.0 - ties.familiarity[tie])


@compiled
def drop_ties(state: State, p: Parameters) -> None:
    """Ties that nobody keeps up are lost, unless schools work together on them or have fallen out."""
    ties, partnerships = state.ties, state.partnerships
    needed = np.zeros(ties.rows, dtype=np.int64)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot]:
            needed[partnerships.tie[slot]] = 1
    for tie in range(ties.rows):
        if ties.alive[tie] and ties.familiarity[tie] < p.ties_dropped and not (needed[tie] or ties.hostile[tie]):
            release(ties, tie)


@compiled
def friendships_fade(state: State, p: Parameters, clock: Clock) -> None:
    """Friends in different schools who do not meet lose sight of each other."""
    teachers, friends = state.teachers, state.friends
    for tie in range(friends.rows):
        if not friends.alive[tie]:
            continue
        friends.familiarity[tie] *= math.sqrt(p.trust_familiarity_kept)
        if friends.familiarity[tie] < p.ties_teachers_dropped:
            both = draws.pair(teachers.uid[friends.a[tie]], teachers.uid[friends.b[tie]])
            if draws.uniform(clock.seed, draws.DROP_TIE, clock.half_term, both, 0) < p.ties_teachers_lost:
                release(friends, tie)


@compiled
def note_closest_partners(state: State) -> None:
    """How familiar each school's most familiar partner is, as the half-term finds it (M16)."""
    schools, ties = state.schools, state.ties
    for school in range(schools.rows):
        schools.closest_familiarity[school] = 0.0
    for tie in range(ties.rows):
        if ties.alive[tie]:
            for school in (ties.a[tie], ties.b[tie]):
                schools.closest_familiarity[school] = max(schools.closest_familiarity[school], ties.familiarity[tie])
