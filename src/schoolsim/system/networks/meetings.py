"""A network's half-term: it meets if somebody leads it, its heads visit, members get to know (M34)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array, in_row
from schoolsim.jit import compiled
from schoolsim.rules.brokers import attendance_chance
from schoolsim.rules.codes import ALL_LEVELS, TRIAD
from schoolsim.rules.networks import leader_stops_chance, meeting_trust_gain
from schoolsim.rules.trust import raised_by_meetings
from schoolsim.system.learning.meetings import learn_at_meeting, learn_on_visit
from schoolsim.system.networks.members import is_member, meeting_hours, members_of
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, set_trust, trust_of
from schoolsim.system.state.ledger import BOUGHT, COVER, FACILITATOR, GRANTED, MEETINGS, MET, RETURNED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import fill, in_order
from schoolsim.system.time_money.budgets import spend_on_meeting
from schoolsim.system.trust.hostility import BY_GESTURE, may_make_up
from schoolsim.system.trust.people import acquaint, tie_of_people
from schoolsim.system.trust.ties import make_tie, miles_between, uid_of_pair

WHETHER, MINE, THEIRS = 0, 1, 2  # draws of whether a friendship is made, and between whom


@compiled
def bring_closer(
    state: State, p: Parameters, clock: Clock, ends: tuple[int, int], weight: float, gains: tuple[float, float]
) -> None:
    """Two schools' people spend time together.

    Args:
        state: The state.
        p: Parameters.
        clock: For the seed of a new tie.
        ends: Rows of the two schools.
        weight: Meetings it is worth.
        gains: Share of missing trust, and of missing familiarity, that a meeting makes good.
    """
    ties = state.ties
    school, other = ends
    trust_gain, familiarity_gain = gains
    tie = find_tie(state, school, other)
    if tie < 0:
        tie = make_tie(state, p, clock, ends, p.trust_stranger, 0.0)
    if tie >= 0:
        for side in ends:
            if not ties.hostile[tie]:
                set_trust(ties, tie, side, raised_by_meetings(trust_of(ties, tie, side), weight, trust_gain))
        ties.familiarity[tie] = raised_by_meetings(ties.familiarity[tie], weight, familiarity_gain)


@compiled
def _meet(state: State, p: Parameters, clock: Clock, ends: tuple[int, int], weight: float, facilitated: float) -> None:
    """Two members at one table: trust, acquaintance, and at times the end of an old quarrel."""
    if weight <= 0.0:
        return
    ties = state.ties
    tie = find_tie(state, ends[0], ends[1])
    if tie >= 0 and ties.hostile[tie]:
        may_make_up(state, clock, tie, 1.0 - (1.0 - p.network_trust) ** weight, BY_GESTURE)
    rival = ties.rivalry[tie] if tie >= 0 else 0.0
    gains = (meeting_trust_gain(rival, facilitated, p), p.trust_meeting_familiarity)
    bring_closer(state, p, clock, ends, weight, gains)


@compiled
def _settle_leader(state: State, p: Parameters, clock: Clock, network: int) -> None:
    """Whether somebody still leads; shared or facilitated leadership passes on to the next school (R10)."""
    networks, step = state.networks, clock.half_term
    if not networks.led[network]:
        return
    leader = networks.leader[network]
    gone = state.schools.head_since[leader] > networks.led_since[network]
    luck = draws.uniform(clock.seed, draws.NETWORK_LEADER, step, networks.uid[network], 0)
    stops = luck < leader_stops_chance(gone, p)
    passed_on = p.network_rotating or networks.facilitated[network]
    turn = p.network_rotating and step % HALF_TERMS == 0 and step > networks.began[network]
    if (stops and passed_on) or turn:
        members = members_of(networks, network)
        for place in range(members.shape[0]):
            if members[place] == leader:
                networks.leader[network] = members[(place + 1) % members.shape[0]]
        networks.led_since[network] = step
    elif stops:
        networks.led[network] = 0


@compiled
def _attendance(state: State, p: Parameters, network: int, cover: float) -> Float64Array:
    """How much of the half-term's meetings each member takes part in, 0..1: as far as its hours go."""
    schools, networks, ledger = state.schools, state.networks, state.ledger
    members = members_of(networks, network)
    attendance = np.zeros(members.shape[0])
    for place in range(members.shape[0]):
        school = members[place]
        if schools.closed[school] and not p.programme_imposed:
            continue
        hours = meeting_hours(state, p, network, school)
        bought = min(hours, cover / p.funding_hour / members.shape[0])
        ledger.hours[BOUGHT] += bought
        ledger.hours[MEETINGS] += bought
        ledger.pounds[COVER] += bought * p.funding_hour
        ledger.pounds[RETURNED] -= bought * p.funding_hour
        spent = bought + spend_on_meeting(state, school, hours - bought)
        attendance[place] = spent / hours if hours > 0.0 else 0.0
    return attendance


@compiled
def _visit_each_other(state: State, p: Parameters, clock: Clock, network: int) -> None:
    """Each school is visited once a year by heads of others, in a yearly drawn order (a headteacher's account)."""
    schools, networks, step = state.schools, state.networks, clock.half_term
    members = members_of(networks, network)
    number = members.shape[0]
    rank = np.empty(number)
    year = step - step % HALF_TERMS
    for place in range(number):
        rank[place] = draws.uniform(clock.seed, draws.NETWORK_VISITS, year, schools.uid[members[place]], 0)
    order = members[in_order(rank)]
    for place in range(number):
        host = order[place]
        turn = place % HALF_TERMS == step % HALF_TERMS
        if not turn or (schools.closed[host] and not p.programme_imposed):
            continue
        for after in range(1, min(p.network_visitors, number - 1) + 1):
            guest = order[(place + after) % number]
            travel = 2.0 * miles_between(schools, host, guest) / p.travel_speed
            if schools.closed[guest] and not p.programme_imposed:
                continue
            # The host gives a guest as many hours as the guest spends at the school.
            needed = p.network_visit_hours + travel
            share = spend_on_meeting(state, guest, needed) / needed
            spend_on_meeting(state, host, p.network_visit_hours * share)
            facilitated = float(networks.facilitated[network])
            # A day counts for as many meetings as it is longer.
            weight = share * p.network_visit_hours / max(1e-6, p.network_meeting_hours)
            _meet(state, p, clock, (host, guest), weight, facilitated)
            learn_on_visit(state, p, clock, host, guest, p.network_teaching * p.network_visit_hours * share)
            networks.news[network] = raised_by_meetings(networks.news[network], share / number, p.broker_learns)


@compiled
def _befriend(state: State, p: Parameters, clock: Clock, school: int, other: int) -> None:
    """A meeting of all levels: two teachers of different schools become friends."""
    schools = state.schools
    uid, seed, step = schools.uid[school], clock.seed, clock.half_term
    mine = int(draws.uniform(seed, draws.NETWORK_FRIENDS, step, uid, MINE) * schools.staff[school])
    theirs = int(draws.uniform(seed, draws.NETWORK_FRIENDS, step, uid, THEIRS) * schools.staff[other])
    ends = (schools.first[school] + mine, schools.first[other] + theirs)
    if tie_of_people(state, ends[0], ends[1]) < 0:
        acquaint(state, ends, (p.ties_teachers_trust, p.ties_teachers_trust), p.ties_teachers_familiarity)


@compiled
def _come_together(state: State, p: Parameters, clock: Clock, network: int, cover: float) -> None:
    schools, networks = state.schools, state.networks
    members = members_of(networks, network)
    number = members.shape[0]
    attendance = _attendance(state, p, network, cover)
    facilitated = float(networks.facilitated[network])
    for place in range(number):
        for later in range(place + 1, number):
            weight = p.network_meetings * attendance[place] * attendance[later]
            _meet(state, p, clock, (members[place], members[later]), weight, facilitated)
        uid = schools.uid[members[place]]
        draw = draws.uniform(clock.seed, draws.NETWORK_FRIENDS, clock.half_term, uid, WHETHER)
        chance = 1.0 - (1.0 - p.network_friends) ** (p.network_meetings * attendance[place])
        if p.network_levels == ALL_LEVELS and number > 1 and draw < chance:
            other = members[(place + 1 + int(draw / chance * (number - 1))) % number]
            _befriend(state, p, clock, members[place], other)
    hours = p.network_teaching * p.network_meeting_hours * p.network_meetings * attendance
    learn_at_meeting(state, p, clock, members, hours, p.network_levels)
    networks.met[network] += p.network_meetings
    state.ledger.counts[MET] += float(p.network_meetings)
    attended = p.network_meetings * np.sum(attendance) / max(1, number)
    networks.news[network] = raised_by_meetings(networks.news[network], attended, p.broker_learns)
    if networks.kind[network] == TRIAD:
        _visit_each_other(state, p, clock, network)


@compiled
def _meet_informally(state: State, p: Parameters, clock: Clock, network: int) -> None:
    """Nobody leads: now and then two of the schools still visit each other (a headteacher's account)."""
    schools = state.schools
    members = members_of(state.networks, network)
    for place in range(members.shape[0]):
        for later in range(place + 1, members.shape[0]):
            school, other = members[place], members[later]
            both = uid_of_pair(schools, school, other)
            if draws.uniform(clock.seed, draws.NETWORK_INFORMAL, clock.half_term, both, 0) < p.network_informal:
                willing = attendance_chance(schools.tone[school], schools.confidence[school])
                willing *= attendance_chance(schools.tone[other], schools.confidence[other])
                _meet(state, p, clock, (school, other), willing, 0.0)


@compiled
def _spread_news(state: State, network: int) -> None:
    """Raise the news on the tie of every two members to what the network knows; it never falls."""
    networks, ties = state.networks, state.ties
    members = members_of(networks, network)
    for place in range(members.shape[0]):
        for later in range(place + 1, members.shape[0]):
            tie = find_tie(state, members[place], members[later])
            if tie >= 0:
                ties.news[tie] = max(ties.news[tie], networks.news[network])


@compiled
def _wind_up(state: State, network: int) -> None:
    """A network is over; its members may still be in others."""
    schools, networks = state.schools, state.networks
    networks.alive[network] = networks.led[network] = 0
    for school in members_of(networks, network):
        schools.network[school] = 0
        for other in range(networks.rows):
            if networks.alive[other] and is_member(networks, other, school):
                schools.network[school] = other + 1


@compiled
def _half_term(state: State, p: Parameters, clock: Clock, network: int) -> None:
    """Somebody leads, or nobody does; what is pooled is granted, and what is not spent goes back to the schools."""
    networks, pounds = state.networks, state.ledger.pounds
    networks.news[network] *= p.memory_kept
    purse = p.network_pounds / HALF_TERMS
    fee = p.network_facilitator_cost * p.network_meetings
    pounds[GRANTED] += purse
    pounds[RETURNED] += purse
    networks.facilitated[network] = 1 if p.network_facilitated and fee <= purse else 0
    _settle_leader(state, p, clock, network)
    if networks.led[network]:
        if networks.facilitated[network]:
            pounds[FACILITATOR] += fee
            pounds[RETURNED] -= fee
            purse -= fee
        _come_together(state, p, clock, network, purse)
    else:
        networks.facilitated[network] = 0
        _meet_informally(state, p, clock, network)
    _spread_news(state, network)


@compiled
def run_networks(state: State, p: Parameters, clock: Clock) -> None:
    """Every network's half-term: leadership, money, meetings and visits."""
    networks = state.networks
    fill(state.ties.news, 0.0)
    for network in in_order(networks.uid):
        if networks.alive[network] and clock.half_term >= networks.ends[network]:
            _wind_up(state, network)
        elif networks.alive[network]:
            _half_term(state, in_row(p, networks.programme[network]), clock, network)
