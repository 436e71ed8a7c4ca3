"""A broker's half-term: visits, what is learnt and told at them, introductions, money (M12, M27, M33, M35)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.brokers import learned_about_school, openness_to_broker, urging, worth_the_journey
from schoolsim.rules.codes import MAP_NONE, NONE
from schoolsim.rules.partnerships import perceived_quality
from schoolsim.system.brokers.introductions import follow_up, introduce, introduced_lately
from schoolsim.system.brokers.mapping import VOUCHED_APART, bridging_value, map_rule, school_to_visit
from schoolsim.system.programmes.levers import levers_at, levers_in
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, next_tie
from schoolsim.system.state.ledger import BROKERAGE, GRANTED, UNTOLD, UNUSED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.trust.hostility import BY_BROKER, may_make_up
from schoolsim.system.trust.ties import miles_between, rivalry_between

MOST_PUT_BY = 3.0  # what a broker puts by for gatherings is at most one in so many of their hours
SLACK = 1e-9  # hours by which rounding may fall short
LOOKS_A_VISIT = 1000  # draws kept for each visit's looks round the authority
PRETEXTS = 1000  # draws of what is named in place of a need, after those of whether it is


@compiled
def _best_match(state: State, p: Parameters, clock: Clock, place: tuple[int, int], visited: int, need: int) -> int:
    """The best of the schools a broker thinks of, as it knows them: ahead in what is needed, near enough, and no rival.

    Args:
        state: The state.
        p: Parameters.
        clock: Now.
        place: Broker and visit.
        visited: The school visited.
        need: Practice.
    """
    schools, mastery, order = state.schools, state.repertoires.mastery, state.roster.order
    broker, visit = place
    rule = map_rule(visit, p)
    best, found = 0.0, NONE
    authority = schools.authority[visited]
    begin, end = state.authorities.first[authority], state.authorities.past[authority]
    for look in range(p.broker_looks):
        attempt = visit * LOOKS_A_VISIT + look
        draw = draws.uniform(clock.seed, draws.INTRODUCE, clock.half_term, state.brokers.uid[broker], attempt)
        other = order[begin + int(draw * (end - begin))]
        if other == visited:
            continue
        miles = miles_between(schools, visited, other)
        rival = rivalry_between(schools, visited, other, miles, p)
        known = state.broker_knowledge.strengths[broker, other]
        held = float(mastery[other, need])
        good = perceived_quality(held, known, schools.standing[other], schools.badge[other], p)
        ahead = worth_the_journey(good - mastery[visited, need] - 0.5 * rival, miles, p)
        if ahead > 0.0 and rule != MAP_NONE:
            ahead = max(VOUCHED_APART, ahead + p.broker_bridging * bridging_value(state, p, visited, other, rule))
        if ahead > best and introduced_lately(state, clock, broker, visited, other, p.programme_asked_again):
            continue
        if ahead > best:
            best, found = ahead, other
    return found


@compiled
def _make_peace(state: State, p: Parameters, clock: Clock, visited: int, able: float) -> None:
    """A broker who knows the quarrels of the school visited may end one (M12)."""
    ties = state.ties
    tie = state.schools.first_tie[visited]
    while tie >= 0:
        if ties.hostile[tie]:
            may_make_up(state, clock, tie, p.hostility_mended * able, BY_BROKER)
        tie = next_tie(ties, tie, visited)


@compiled
def _visit(state: State, p: Parameters, clock: Clock, broker: int, visit: int) -> None:
    """One visit: learn what the school is good at and whom it trusts, hear its need, introduce it to another."""
    schools, ties, brokers, knowledge = state.schools, state.ties, state.brokers, state.broker_knowledge
    uid, skill, step = brokers.uid[broker], brokers.skill[broker], clock.half_term
    visited = school_to_visit(state, p, clock, broker, visit)
    openness = openness_to_broker(schools.felt_stakes[visited], p)
    knowledge.strengths[broker, visited] = learned_about_school(
        knowledge.strengths[broker, visited], skill, openness, p
    )
    relations = learned_about_school(knowledge.relations[broker, visited], skill, openness, p)
    knowledge.relations[broker, visited] = relations
    _make_peace(state, p, clock, visited, skill * relations)
    need = schools.need[visited]
    if need < 0 or not p.broker_relationships:
        return
    if draws.uniform(clock.seed, draws.BROKER_TOLD, step, uid, visit) >= openness:
        # The true need is kept from a judge; something harmless is named instead.
        luck = draws.uniform(clock.seed, draws.BROKER_TOLD, step, uid, PRETEXTS + visit)
        need = int(luck * state.practices.rows)
        brokers.needs_withheld[broker] += 1
        state.ledger.counts[UNTOLD] += 1.0
    other = _best_match(state, p, clock, (broker, visit), visited, need)
    if other < 0:
        return
    tie = find_tie(state, visited, other)
    if tie >= 0 and ties.hostile[tie]:
        return
    introduce(state, p, clock, broker, (visited, other), (need, openness))


@compiled
def _inform(state: State, p: Parameters, clock: Clock) -> None:
    """What brokers know goes out of date; what they tell and urge is left with each school (M33)."""
    schools, brokers, knowledge = state.schools, state.brokers, state.broker_knowledge
    for school in range(schools.rows):
        here = levers_at(schools, school, p)
        schools.urging[school] = 0.0
        schools.renown[school] = p.broker_reach if here.ast_managed and schools.advanced[school] > 0 else 0.0
    for broker in range(brokers.rows):
        authority = brokers.authority[broker]
        own = levers_in(state.authorities, authority, p)
        if brokers.place[broker] >= own.broker_number:
            continue
        for place in range(state.authorities.first[authority], state.authorities.past[authority]):
            school = state.roster.order[place]
            knowledge.strengths[broker, school] *= p.trust_familiarity_kept
            knowledge.relations[broker, school] *= p.trust_familiarity_kept
            if own.broker_practices:
                spread = p.broker_reach * knowledge.strengths[broker, school]
                schools.renown[school] = max(schools.renown[school], spread)
            if own.broker_catalyst:
                openness = openness_to_broker(schools.felt_stakes[school], own)
                urged = urging(brokers.skill[broker], knowledge.relations[broker, school], openness)
                schools.urging[school] = max(schools.urging[school], urged)


@compiled
def _resource(state: State, p: Parameters) -> None:
    """Brokers' money, in equal parts to the authority's partnerships outside the programme (M27, M33)."""
    schools, partnerships, brokers = state.schools, state.partnerships, state.brokers
    wanting = np.zeros(state.authorities.rows)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and not partnerships.programme[slot]:
            wanting[schools.authority[partnerships.partner[slot]]] += 1.0
    for broker in range(brokers.rows):
        authority = brokers.authority[broker]
        own = levers_in(state.authorities, authority, p)
        if brokers.place[broker] >= own.broker_number or own.broker_resources <= 0.0:
            continue
        share = own.broker_resources / HALF_TERMS / max(1.0, wanting[authority])
        for slot in range(partnerships.rows):
            here = schools.authority[partnerships.partner[slot]] == authority
            if partnerships.alive[slot] and not partnerships.programme[slot] and here:
                partnerships.pounds[slot] += share
                state.ledger.pounds[GRANTED] += share


@compiled
def spend_brokers_hours(state: State, p: Parameters, clock: Clock) -> None:
    """Spend each broker's hours: some are put by for a gathering, then follow-ups, then visits (M32, M33, M35).

    Follow-ups take half of the hours at most, with what is put by; what no visit fits into goes unused.
    """
    brokers, hours = state.brokers, state.ledger.hours
    for broker in range(brokers.rows):
        own = levers_in(state.authorities, brokers.authority[broker], p)
        brokers.hours[broker] = brokers.visits[broker] * p.network_visit_hours
        brokers.spent[broker] = 0.0
        if own.broker_dialogue:
            # A gathering never takes more than a third of a half-term's hours: they are put by until there are enough.
            put_by = min(brokers.hours[broker] / MOST_PUT_BY, p.broker_event_hours)
            brokers.saved[broker] += put_by
            brokers.spent[broker] += put_by
        follow_up(state, own, clock, broker)
        for visit in range(int(math.ceil(brokers.visits[broker]))):
            if brokers.spent[broker] + p.network_visit_hours > brokers.hours[broker] + SLACK:
                break
            _visit(state, own, clock, broker, visit)
            brokers.spent[broker] += p.network_visit_hours
        hours[GRANTED] += brokers.hours[broker]
        hours[BROKERAGE] += brokers.spent[broker]
        hours[UNUSED] += brokers.hours[broker] - brokers.spent[broker]
    _inform(state, p, clock)
    _resource(state, p)
