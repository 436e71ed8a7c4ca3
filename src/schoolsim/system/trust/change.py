"""Moves the tie between two schools: joint work, chance meetings and disuse (M12, M14-M17, M21)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules import trust as rules
from schoolsim.rules.codes import PURSE_CENTRAL, PURSE_ORIGINATOR
from schoolsim.rules.identity import opened, receiver_history, receiver_role, receivers_confidence
from schoolsim.rules.shapes import unit
from schoolsim.system.partnerships.pairs import GIVERS, LEARNERS, both_in_post
from schoolsim.system.partnerships.terms import terms_of
from schoolsim.system.programmes.levers import levers_at, levers_of
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.state.adjacency import mean_trust, set_trust, trust_of
from schoolsim.system.state.ledger import TALK
from schoolsim.system.state.slots import alive_in_order, release
from schoolsim.system.time_money.budgets import own_time
from schoolsim.system.time_money.common_purse import share_in_common
from schoolsim.system.trust.hostility import may_fall_out
from schoolsim.system.trust.people import (
    schools_follow_their_people,
    set_trust_of_person,
    tie_of_people,
    ties_with_people,
    trust_of_person,
)
from schoolsim.system.trust.ties import difference, uid_of_pair


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
def _pair_after_work(
    state: State, p: Parameters, clock: Clock, place: tuple[int, int], against: float, shared: float
) -> float:
    """What a half-term of joint work does to the tie of two people, and to the learner's confidence.

    Args:
        state: The state.
        p: With the levers of the partnership's programme.
        clock: Now.
        place: Partnership and pair.
        against: What the partner holds against the originator.
        shared: 1 if the originator shares its money.

    Returns:
        Their hours.
    """
    schools, teachers, ties = state.schools, state.teachers, state.ties
    partnerships, friends = state.partnerships, state.friends
    slot, pair = place
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    originator, partner, between = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    tie = tie_of_people(state, giver, learner)
    if tie < 0 or friends.hours[tie] <= 0.0:
        return 0.0
    hours, gain = friends.hours[tie], friends.gain[tie]
    active = min(1.0, hours / p.trust_full_hours)
    both = draws.pair(teachers.uid[giver], teachers.uid[learner])
    luck = draws.normal(clock.seed, draws.SUCCESS, clock.half_term, both, LEARNERS)
    success = rules.success(gain, friends.engagement[tie], luck, p)
    trust = rules.partners_trust(trust_of_person(friends, tie, learner), active, success, shared, against, p)
    set_trust_of_person(friends, tie, learner, trust)
    unreturned = ties.balance[between] if ties.a[between] == originator else -ties.balance[between]
    held = trust_of_person(friends, tie, giver)
    # Each judges by their own eyes how it went.
    luck = draws.normal(clock.seed, draws.SUCCESS, clock.half_term, both, GIVERS)
    givers = rules.success(gain, friends.engagement[tie], luck, p)
    trust = rules.originators_trust(held, active, givers, unreturned, ties.rivalry[between], p)
    set_trust_of_person(friends, tie, giver, trust)
    terms = terms_of(state, p, clock, slot)
    unlike = difference(schools, originator, partner)
    open_to_it = 0.5 * (teachers.openness[giver] + teachers.openness[learner])
    eased = hours * rules.ease(unlike, open_to_it, p)
    friends.familiarity[tie] = rules.familiarity_after_work(friends.familiarity[tie], eased, terms.familiarity, p)
    teachers.openness[learner] = opened(teachers.openness[learner], unlike, active * success, p)
    teachers.openness[giver] = opened(teachers.openness[giver], unlike, active * givers, p)
    history = receiver_history(schools.gave[partner], schools.received[partner])
    only_receives = receiver_role(0.0 if partnerships.back[slot] >= 0 else 1.0, history, p)
    teachers.gain_confidence[learner] += receivers_confidence(
        teachers.confidence[learner], gain, success, only_receives, active, p
    )
    return hours


@compiled
def _poached(state: State, p: Parameters, clock: Clock, slot: int) -> bool:
    """Whether the partner used what it learnt without saying whose it was: givers trust it no more than a stranger."""
    partnerships, friends, teachers, ties = state.partnerships, state.friends, state.teachers, state.ties
    rival = ties.rivalry[partnerships.tie[slot]]
    chance = rules.poaching_chance(rival, p) * min(1.0, partnerships.hours[slot] / p.trust_full_hours)
    if draws.uniform(clock.seed, draws.POACH, clock.half_term, partnerships.uid[slot], 0) >= chance:
        return False
    for pair in range(PAIRS):
        giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
        if giver < 0 or learner < 0 or teachers.uid[giver] != partnerships.giver_uid[slot, pair]:
            continue
        tie = tie_of_people(state, giver, learner)
        if tie >= 0:
            held = trust_of_person(friends, tie, giver)
            set_trust_of_person(friends, tie, giver, min(held, p.trust_stranger))
    return True


@compiled
def _after_joint_work(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """What a half-term of joint work does to the people who worked, and then to the two schools' tie."""
    ties, partnerships = state.ties, state.partnerships
    originator, tie = partnerships.originator[slot], partnerships.tie[slot]
    hours = partnerships.hours[slot]
    # What a trust or the authority pays is no gesture of the originator's, nor held against it.
    funded = 1.0 - share_in_common(partnerships, slot) if partnerships.pounds[slot] > 0.0 else 0.0
    hidden = funded if p.funding_purse == PURSE_ORIGINATOR else 0.0
    shared = 0.0 if p.funding_purse == PURSE_CENTRAL else funded - hidden
    against = rules.grievance(
        float(partnerships.imposed[slot]),
        ties.rivalry[tie],
        hidden,
        p,
    )
    for pair in range(PAIRS):
        if both_in_post(state.teachers, partnerships, slot, pair):
            _pair_after_work(state, p, clock, (slot, pair), against, shared)
    if partnerships.learnt[slot] >= p.engagement_won_over:
        partnerships.imposed[slot] = 0
    poached = _poached(state, p, clock, slot)
    schools_follow_their_people(state, p, slot)
    may_fall_out(state, p, clock, tie, 1.0 if poached else 0.0)
    returned = p.exchange_returned_hours * hours if partnerships.back[slot] >= 0 else 0.0
    sign = 1.0 if ties.a[tie] == originator else -1.0
    ties.balance[tie] += sign * (hours - returned)
    ties.hours[tie] += hours


@compiled
def _remember_roles(state: State, p: Parameters) -> None:
    """Who gave and who was helped this half-term, added to what each school remembers (M21)."""
    schools, partnerships = state.schools, state.partnerships
    for school in range(schools.rows):
        schools.gave[school] *= p.memory_kept
        schools.received[school] *= p.memory_kept
    # Added up in the order of who they are: the slots of the table are shared with other authorities.
    for slot in alive_in_order(partnerships):
        if partnerships.hours[slot] <= 0.0:
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
    for slot in alive_in_order(partnerships):
        if partnerships.hours[slot] > 0.0:
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
        ties.balance[tie] *= p.memory_kept
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
        own_time(state.ledger, 2.0 * meet * p.informal_hours, TALK)
        gain = meet * p.trust_change * p.trust_meeting_gain * (1.0 - rival)
        for school in (ties.a[tie], ties.b[tie]):
            before = trust_of(ties, tie, school)
            rest = ties.resting_ab[tie] if school == ties.a[tie] else ties.resting_ba[tie]
            trust = rules.settled_trust(before, rest, ties.familiarity[tie], rival, p)
            set_trust(ties, tie, school, unit(trust + gain * (1.0 - trust)))
        keeping = min(schools.contact_kept[ties.a[tie]], schools.contact_kept[ties.b[tie]])
        contact = min(
            levers_at(schools, ties.a[tie], p).remote_contact, levers_at(schools, ties.b[tie], p).remote_contact
        )
        remote = contact * keeping
        ties.familiarity[tie] = rules.idle_familiarity(ties.familiarity[tie], p.trust_familiarity_kept, remote)
        ties.familiarity[tie] += meet * p.trust_meeting_familiarity * (1.0 - ties.familiarity[tie])


@compiled
def drop_ties(state: State, p: Parameters) -> None:
    """Ties that nobody keeps up are lost, unless schools work together on them or have fallen out."""
    ties, partnerships = state.ties, state.partnerships
    faded = np.zeros(state.schools.rows, dtype=np.int64)
    for tie in range(ties.rows):
        if ties.alive[tie] and ties.familiarity[tie] < p.ties_dropped and not ties.hostile[tie]:
            faded[ties.a[tie]] = faded[ties.b[tie]] = 1
    needed = ties_with_people(state, faded)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot]:
            needed[partnerships.tie[slot]] = 1
    for tie in range(ties.rows):
        if ties.alive[tie] and ties.familiarity[tie] < p.ties_dropped and not (needed[tie] or ties.hostile[tie]):
            release(ties, tie)


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
