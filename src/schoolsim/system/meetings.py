"""What a network does in a half-term: it meets if somebody carries it, its heads visit, members get to know (M34)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BOUGHT, COVER, FACILITATOR, GRANTED, MADE_UP, MEETINGS, MET, RETURNED
from schoolsim.rules.brokering import attends
from schoolsim.rules.networking import arranging_hours, drawn_closer, meetings_trust, stops_leading
from schoolsim.rules.words import ALL_LEVELS, TRIAD
from schoolsim.system.closeness import miles_between, tie_together, uid_pair
from schoolsim.system.networks import members_of
from schoolsim.system.ordering import by_size, by_uid
from schoolsim.system.state import (
    Clock,
    Ledger,
    Networks,
    Parameters,
    Reals,
    Schools,
    State,
    Teachers,
    TeacherTies,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, free_slot, set_trust, trust_of


@compiled
def spend_hours(schools: Schools, ledger: Ledger, school: int, hours: float) -> float:
    """Take hours for meeting others from those a school's staff have for such work; returns those it had."""
    spent = min(hours, schools.hours[school] * schools.staff[school])
    schools.hours[school] -= spent / schools.staff[school]
    ledger.hours[GRANTED] += spent
    ledger.hours[MEETINGS] += spent
    return spent


@compiled
def bring_closer(
    schools: Schools, ties: Ties, adjacency: Wholes, one: int, two: int, weight: float, trust_gain: float,
    familiarity_gain: float, p: np.record, seed: int,
) -> int:  # fmt: skip
    """Two schools' people spend time together, worth `weight` meetings; returns their tie, or -1 (table full)."""
    tie = find_tie(ties, adjacency, one, two)
    if tie < 0:
        tie = tie_together(schools, ties, adjacency, one, two, p.trust_stranger, 0.0, p, seed)
    if tie >= 0:
        for school in (one, two):
            if not ties.hostile[tie]:
                set_trust(ties, tie, school, drawn_closer(trust_of(ties, tie, school), weight, trust_gain))
        ties.familiarity[tie] = drawn_closer(ties.familiarity[tie], weight, familiarity_gain)
    return tie


@compiled
def _meet(
    schools: Schools, ties: Ties, adjacency: Wholes, ledger: Ledger, one: int, two: int, weight: float,
    facilitated: float, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Two members at one table: trust, acquaintance, and at times the end of an old quarrel."""
    if weight <= 0.0:
        return
    tie = find_tie(ties, adjacency, one, two)
    if tie >= 0 and ties.hostile[tie]:
        gesture = 1.0 - (1.0 - p.hostility_gesture) ** weight
        if draws.uniform(seed, draws.REPAIR, step, uid_pair(schools, one, two), 1) < gesture:
            ties.hostile[tie] = 0
            ledger.counts[MADE_UP] += 1.0
    rival = ties.rivalry[tie] if tie >= 0 else 0.0
    gain = meetings_trust(rival, facilitated, p)
    bring_closer(schools, ties, adjacency, one, two, weight, gain, p.network_familiarity, p, seed)


@compiled
def _lead(schools: Schools, networks: Networks, network: int, p: np.record, seed: int, step: int) -> None:
    """Whether somebody still leads; shared or facilitated leadership passes on to the next school (R10)."""
    if not networks.led[network]:
        return
    leader = networks.leader[network]
    gone = schools.head_since[leader] > networks.led_since[network]
    stops = draws.uniform(seed, draws.NETWORK_LEADER, step, networks.uid[network], 0) < stops_leading(gone, p)
    carried = p.network_rotating or networks.facilitated[network]
    if (stops and carried) or (p.network_rotating and step % 6 == 0 and step > networks.began[network]):
        rows = members_of(networks, network)
        for place in range(rows.shape[0]):
            if rows[place] == leader:
                networks.leader[network] = rows[(place + 1) % rows.shape[0]]
        networks.led_since[network] = step
    elif stops:
        networks.led[network] = 0


@compiled
def _reach(
    schools: Schools, networks: Networks, ledger: Ledger, network: int, cover: float, p: np.record, step: int
) -> Reals:
    """How much of the half-term's meetings each member takes part in, 0..1: as far as its hours go."""
    rows = members_of(networks, network)
    reach = np.zeros(rows.shape[0])
    leader = networks.leader[network]
    for place in range(rows.shape[0]):
        school = rows[place]
        if schools.closed[school] and not p.programme_imposed:
            continue
        there = 2.0 * miles_between(schools, school, leader) / p.travel_speed
        hours = p.network_people * (p.network_meeting_hours + there)
        hours += arranging_hours(
            float(rows.shape[0]), school == leader, p.network_rotating == 1, networks.facilitated[network] == 1, p
        )
        hours *= p.network_meetings
        bought = min(hours, cover / p.funding_hour / rows.shape[0])
        ledger.hours[BOUGHT] += bought
        ledger.hours[MEETINGS] += bought
        ledger.pounds[COVER] += bought * p.funding_hour
        ledger.pounds[RETURNED] -= bought * p.funding_hour
        spent = bought + spend_hours(schools, ledger, school, hours - bought)
        reach[place] = spent / hours if hours > 0.0 else 0.0
    return reach


@compiled
def _visits(
    schools: Schools, ties: Ties, adjacency: Wholes, networks: Networks, ledger: Ledger, network: int,
    p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Each school is visited once a year by heads of others, in an order drawn for the year (004)."""
    rows = members_of(networks, network)
    number = rows.shape[0]
    rank = np.empty(number)
    year = step - step % 6
    for place in range(number):
        rank[place] = draws.uniform(seed, draws.NETWORK_VISITS, year, schools.uid[rows[place]], 0)
    order = rows[by_size(rank)]
    for place in range(number):
        host = order[place]
        if place % 6 != step % 6 or (schools.closed[host] and not p.programme_imposed):
            continue
        for after in range(1, min(p.network_visitors, number - 1) + 1):
            guest = order[(place + after) % number]
            there = 2.0 * miles_between(schools, host, guest) / p.travel_speed
            if schools.closed[guest] and not p.programme_imposed:
                continue
            # The host gives a guest as many hours as the guest spends at the school.
            needed = p.network_visit_hours + there
            share = spend_hours(schools, ledger, guest, needed) / needed
            spend_hours(schools, ledger, host, p.network_visit_hours * share)
            facilitated = float(networks.facilitated[network])
            weight = p.network_visit_weight * share
            _meet(schools, ties, adjacency, ledger, host, guest, weight, facilitated, p, seed, step)
            networks.news[network] = drawn_closer(networks.news[network], share / number, p.network_news)


@compiled
def _befriend(
    schools: Schools, teachers: Teachers, friends: TeacherTies, one: int, two: int, p: np.record, seed: int, step: int
) -> None:
    """A meeting of all levels: two teachers of different schools become friends."""
    tie = free_slot(friends)
    if tie < 0:
        return
    uid = schools.uid[one]
    mine = schools.first[one] + int(draws.uniform(seed, draws.NETWORK_FRIENDS, step, uid, 1) * schools.staff[one])
    theirs = schools.first[two] + int(draws.uniform(seed, draws.NETWORK_FRIENDS, step, uid, 2) * schools.staff[two])
    friends.alive[tie] = 1
    friends.a[tie], friends.b[tie] = mine, theirs
    friends.trust[tie], friends.familiarity[tie] = 0.45, 0.25


@compiled
def _come_together(
    schools: Schools, teachers: Teachers, ties: Ties, adjacency: Wholes, friends: TeacherTies, networks: Networks,
    ledger: Ledger, network: int, cover: float, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    rows = members_of(networks, network)
    reach = _reach(schools, networks, ledger, network, cover, p, step)
    facilitated = float(networks.facilitated[network])
    for place in range(rows.shape[0]):
        for later in range(place + 1, rows.shape[0]):
            weight = p.network_meetings * reach[place] * reach[later]
            _meet(schools, ties, adjacency, ledger, rows[place], rows[later], weight, facilitated, p, seed, step)
        draw = draws.uniform(seed, draws.NETWORK_FRIENDS, step, schools.uid[rows[place]], 0)
        chance = 1.0 - (1.0 - p.network_friends) ** (p.network_meetings * reach[place])
        if p.network_levels == ALL_LEVELS and rows.shape[0] > 1 and draw < chance:
            other = rows[(place + 1 + int(draw / chance * (rows.shape[0] - 1))) % rows.shape[0]]
            _befriend(schools, teachers, friends, rows[place], other, p, seed, step)
    networks.met[network] += p.network_meetings
    ledger.counts[MET] += float(p.network_meetings)
    told = p.network_meetings * np.sum(reach) / max(1, rows.shape[0])
    networks.news[network] = drawn_closer(networks.news[network], told, p.network_news)
    if networks.kind[network] == TRIAD:
        _visits(schools, ties, adjacency, networks, ledger, network, p, seed, step)


@compiled
def _informally(
    schools: Schools, ties: Ties, adjacency: Wholes, networks: Networks, ledger: Ledger, network: int,
    p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Nobody leads: now and then two of the schools still visit each other (004)."""
    rows = members_of(networks, network)
    for place in range(rows.shape[0]):
        for later in range(place + 1, rows.shape[0]):
            one, two = rows[place], rows[later]
            both = uid_pair(schools, one, two)
            if draws.uniform(seed, draws.NETWORK_INFORMAL, step, both, 0) < p.network_informal:
                willing = attends(schools.tone[one], schools.confidence[one])
                willing *= attends(schools.tone[two], schools.confidence[two])
                _meet(schools, ties, adjacency, ledger, one, two, willing, 0.0, p, seed, step)


@compiled
def _wind_up(schools: Schools, networks: Networks, network: int) -> None:
    networks.alive[network] = networks.led[network] = 0
    for school in members_of(networks, network):
        schools.network[school] = 0


@compiled
def _half_term(
    schools: Schools, teachers: Teachers, ties: Ties, adjacency: Wholes, friends: TeacherTies, networks: Networks,
    ledger: Ledger, network: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Somebody leads, or nobody does; what is pooled is granted, and what is not spent goes back to the schools."""
    networks.news[network] *= p.network_news_kept
    purse = p.network_pounds / 6.0
    fee = p.network_facilitator_cost * p.network_meetings
    ledger.pounds[GRANTED] += purse
    ledger.pounds[RETURNED] += purse
    networks.facilitated[network] = 1 if p.network_facilitated and fee <= purse else 0
    _lead(schools, networks, network, p, seed, step)
    if networks.led[network]:
        if networks.facilitated[network]:
            ledger.pounds[FACILITATOR] += fee
            ledger.pounds[RETURNED] -= fee
            purse -= fee
        _come_together(schools, teachers, ties, adjacency, friends, networks, ledger, network, purse, p, seed, step)
    else:
        networks.facilitated[network] = 0
        _informally(schools, ties, adjacency, networks, ledger, network, p, seed, step)
    for school in members_of(networks, network):
        schools.news[school] = networks.news[network]


@compiled
def _convene(
    schools: Schools, teachers: Teachers, ties: Ties, adjacency: Wholes, friends: TeacherTies, networks: Networks,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    for network in by_uid(networks.uid.copy()):
        if networks.alive[network] and step >= networks.ends[network]:
            _wind_up(schools, networks, network)
        elif networks.alive[network]:
            _half_term(schools, teachers, ties, adjacency, friends, networks, ledger, network, p, seed, step)


def convene(state: State, p: Parameters, clock: Clock) -> None:
    """Every network's half-term: leadership, money, meetings and visits."""
    _convene(
        state.schools, state.teachers, state.ties, state.adjacency, state.friends, state.networks, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
