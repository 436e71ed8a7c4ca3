"""Members of a network, and the partnerships that are its strands (M34)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array, Int64Array, in_row
from schoolsim.jit import compiled
from schoolsim.rules.codes import CLUSTER, NEITHER, NONE, ORIGINATOR, PARTNER, SELECT_CROSS_AREA, SUPPORTED
from schoolsim.rules.headship import parochial_reluctance
from schoolsim.rules.networks import arranging_hours, hours_for_networks
from schoolsim.rules.partnerships import acceptance_chance
from schoolsim.rules.time_money import formal_hours, has_money
from schoolsim.system.headship import BEING_ASKED, gate_blocks
from schoolsim.system.partnerships.start import begin
from schoolsim.system.programmes.roles import join, may_be_asked
from schoolsim.system.programmes.selection import NO_CLAIM, claims, liking, merit, networks_rule
from schoolsim.system.state import MEMBERS, Clock, Networks, Parameters, State
from schoolsim.system.state.adjacency import find_tie, partnership_on, trust_of
from schoolsim.system.state.ledger import REFUSED_GATE, REFUSED_ROOM, REFUSED_UNWILLING
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import free_slot, in_order, in_reverse_order
from schoolsim.system.trust.ties import make_tie, miles_between

INVITED = 2  # draw of whether a school that a network invites joins
NETWORKS = -7  # what a network's uid is drawn from, with its first school's
NOBODY = -1.0e5  # liking below which nobody is asked
TIE_BREAK = 0.001  # weight of a claim between schools of one standing


@compiled
def members_of(networks: Networks, network: int) -> Int64Array:
    """Rows of a network's schools, lowest uid first."""
    found = np.empty(networks.members[network], dtype=np.int64)
    for place in range(found.shape[0]):
        found[place] = networks.member[network, place]
    return found


@compiled
def is_member(networks: Networks, network: int, school: int) -> bool:
    """Whether a school is in a network."""
    for place in range(networks.members[network]):
        if networks.member[network, place] == school:
            return True
    return False


@compiled
def meeting_hours(state: State, p: Parameters, network: int, school: int) -> float:
    """Hours a half-term that a network's meetings ask of a member, or would of a school that joins it."""
    schools, networks, leader = state.schools, state.networks, state.networks.leader[network]
    travel = 2.0 * miles_between(schools, school, leader) / p.travel_speed
    hours = p.network_people * (p.network_meeting_hours + travel)
    facilitated, rotating = networks.facilitated[network] == 1, p.network_rotating == 1
    hours += arranging_hours(float(networks.members[network]), school == leader, rotating, facilitated, p)
    return hours * p.network_meetings


@compiled
def _companion(state: State, p: Parameters, first: int, taken: Int64Array) -> int:
    """Who is asked next to join `first` and those `taken`: the one most of them are drawn to, or -1."""
    schools, authorities = state.schools, state.authorities
    best, found, rule = NOBODY, NONE, networks_rule(p)
    begin_at, end_at = 0, state.roster.rows
    if rule != SELECT_CROSS_AREA:
        authority = schools.authority[first]
        begin_at, end_at = authorities.first[authority], authorities.past[authority]
    for place in range(begin_at, end_at):
        school = state.roster.order[place]
        if not may_be_asked(state, p.row, school, p):
            continue
        liked = merit(schools, school, rule, p)
        if p.programme_structure == SUPPORTED:
            liked = schools.standing[school]
        for other in taken:
            liked += liking(state, p, other, school, rule) / taken.shape[0]
        if liked > best:
            best, found = liked, school
    return found


@compiled
def _leader(state: State, members: Int64Array) -> int:
    """The school whose head is warmest, and whose staff most confident."""
    schools = state.schools
    leader, warmest = members[0], -1.0
    for school in members:
        if schools.tone[school] + 0.5 * schools.confidence[school] > warmest:
            leader, warmest = school, schools.tone[school] + 0.5 * schools.confidence[school]
    return leader


@compiled
def _found(state: State, p: Parameters, clock: Clock, network: int, first: int) -> None:
    """Make a network around its first school: ask one after the other."""
    schools, networks = state.schools, state.networks
    rows = np.full(MEMBERS, NONE, dtype=np.int64)
    uids = np.empty(MEMBERS, dtype=np.int64)
    rows[0], uids[0], number = first, schools.uid[first], 1
    supported = p.programme_structure == SUPPORTED
    join(state, clock, p.row, first, PARTNER)
    while number < p.programme_members:
        school = _companion(state, p, first, rows[:number])
        if school < 0:
            break
        join(state, clock, p.row, school, ORIGINATOR if supported else PARTNER)
        rows[number], uids[number] = school, schools.uid[school]
        number += 1
    networks.alive[network] = 1
    networks.uid[network] = draws.pair(schools.uid[first], NETWORKS)
    networks.kind[network], networks.programme[network] = p.programme_structure, p.row
    networks.members[network] = number
    order = in_order(uids[:number])
    for place in range(MEMBERS):
        networks.member[network, place] = rows[order[place]] if place < number else NONE
    for place in range(number):
        schools.network[rows[place]] = network + 1
    networks.leader[network], networks.led[network] = _leader(state, rows[:number]), 1
    networks.led_since[network] = networks.began[network] = clock.half_term
    networks.ends[network] = clock.half_term + HALF_TERMS * p.network_years
    networks.met[network], networks.news[network] = 0, 0.0


@compiled
def found_networks(state: State, p: Parameters, clock: Clock) -> None:
    """Found the programme's networks, each around the school whose claim is best of those not yet asked."""
    schools = state.schools
    claim = claims(state, p, clock, networks_rule(p))
    if p.programme_structure == SUPPORTED:
        # Help goes to the weak, whoever helps.
        for school in range(schools.rows):
            if claim[school] > NO_CLAIM:
                claim[school] = TIE_BREAK * claim[school] - schools.standing[school]
    founded = 0
    for school in in_reverse_order(claim):
        if founded < p.programme_networks and may_be_asked(state, p.row, school, p):
            _found(state, p, clock, state.programmes.networks[p.row] + founded, school)
            founded += 1


@compiled
def _takes_in(state: State, clock: Clock, network: int, school: int) -> None:
    """A school becomes a member, in its place by uid; it may be in another network of the programme already."""
    schools, networks = state.schools, state.networks
    join(state, clock, networks.programme[network], school, PARTNER)
    place = networks.members[network]
    while place > 0 and schools.uid[networks.member[network, place - 1]] > schools.uid[school]:
        networks.member[network, place] = networks.member[network, place - 1]
        place -= 1
    networks.member[network, place] = school
    networks.members[network] += 1
    schools.network[school] = network + 1


@compiled
def _best_known(state: State, members: Int64Array, school: int) -> int:
    """The tie with the member whom a school trusts most, or -1 where it knows none of them, or only as an enemy."""
    most, found = -1.0, NONE
    for member in members:
        tie = find_tie(state, member, school)
        if tie >= 0 and not state.ties.hostile[tie] and trust_of(state.ties, tie, school) > most:
            most, found = trust_of(state.ties, tie, school), tie
    return found


@compiled
def _may_be_invited(state: State, p: Parameters, school: int) -> bool:
    """Whether a school is the programme's, and in it not at all or in another of its networks already."""
    programmes, networks, last = state.programmes, state.networks, state.schools.network[school] - 1
    if not programmes.covered[p.row, school]:
        return False
    in_another = last >= 0 and networks.programme[last] == p.row and networks.kind[last] != SUPPORTED
    return programmes.role[p.row, school] == NEITHER or in_another


@compiled
def _whom_to_invite(state: State, p: Parameters, network: int, refused: Int64Array) -> int:
    """Of the schools a member knows, the one most members are drawn to, or -1; `refused` have said no this year."""
    schools, authorities, networks = state.schools, state.authorities, state.networks
    members, rule, best, found = members_of(networks, network), networks_rule(p), NOBODY, NONE
    begin_at, end_at = 0, state.roster.rows
    if rule != SELECT_CROSS_AREA:
        authority = schools.authority[networks.leader[network]]
        begin_at, end_at = authorities.first[authority], authorities.past[authority]
    for place in range(begin_at, end_at):
        school = state.roster.order[place]
        if refused[school] or not _may_be_invited(state, p, school) or is_member(networks, network, school):
            continue
        if not p.programme_imposed and _best_known(state, members, school) < 0:
            continue
        liked = merit(schools, school, rule, p)
        for other in members:
            liked += liking(state, p, other, school, rule) / members.shape[0]
        if liked > best:
            best, found = liked, school
    return found


@compiled
def _accepts(state: State, p: Parameters, clock: Clock, network: int, school: int, busy: float) -> bool:
    """Whether a school that a member invites joins; if not, the reason is counted.

    Args:
        state: The state.
        p: With the programme's levers.
        clock: Now.
        network: Its row.
        school: Who is invited.
        busy: Hours a half-term that its other networks ask of it.
    """
    schools, networks, ties, counts = state.schools, state.networks, state.ties, state.ledger.counts
    if p.programme_imposed:
        return True
    if gate_blocks(state, p, clock, school, BEING_ASKED):
        counts[REFUSED_GATE] += 1.0
        return False
    formal = formal_hours(schools.slack[school], schools.tone[school], p) * schools.staff[school]
    if busy + meeting_hours(state, p, network, school) > hours_for_networks(formal, p):
        counts[REFUSED_ROOM] += 1.0
        return False
    tie = _best_known(state, members_of(networks, network), school)
    money = 1.0 if has_money(p) else 0.0
    invited = p.programme_invitation - parochial_reluctance(schools.parochial[school], p)
    trust, known = trust_of(ties, tie, school), ties.familiarity[tie]
    chance = acceptance_chance(trust, known, ties.rivalry[tie], ties.miles[tie], money, invited, p)
    asked = draws.pair(networks.uid[network], schools.uid[school])
    if draws.uniform(clock.seed, draws.JOIN, clock.half_term, asked, INVITED) < chance:
        return True
    counts[REFUSED_UNWILLING] += 1.0
    return False


@compiled
def _hours_given(state: State, p: Parameters) -> Float64Array:
    """Hours a half-term that networks which meet ask of each school."""
    networks, hours = state.networks, np.zeros(state.schools.rows)
    for network in range(networks.rows):
        if networks.alive[network] and networks.led[network]:
            own = in_row(p, networks.programme[network])
            for school in members_of(networks, network):
                hours[school] += meeting_hours(state, own, network, school)
    return hours


@compiled
def grow_networks(state: State, p: Parameters, clock: Clock) -> None:
    """As a year begins, members of networks that somebody leads invite schools they know (§3.43).

    A school may be in several, as far as its hours go. Who says no is asked again next year.
    """
    networks = state.networks
    busy = _hours_given(state, p)
    for network in in_order(networks.uid):
        old = networks.began[network] < clock.half_term
        mine = networks.alive[network] and networks.programme[network] == p.row
        if not mine or not old or not networks.led[network] or networks.kind[network] == SUPPORTED:
            continue
        refused = np.zeros(state.schools.rows, dtype=np.int64)
        for _ in range(p.network_grows):
            if networks.members[network] >= min(p.network_most, MEMBERS):
                break
            school = _whom_to_invite(state, p, network, refused)
            if school < 0:
                break
            if _accepts(state, p, clock, network, school, busy[school]):
                _takes_in(state, clock, network, school)
                busy[school] += meeting_hours(state, p, network, school)
            else:
                refused[school] = 1


@compiled
def _helper(state: State, p: Parameters, members: Int64Array, school: int) -> int:
    """The member furthest ahead in what `school` needs and not yet at work with it, or -1."""
    schools, mastery = state.schools, state.repertoires.mastery
    need, best, found = schools.need[school], 0.0, NONE
    for other in members:
        if other == school or partnership_on(state.ties, state.partnerships, find_tie(state, school, other)) >= 0:
            continue
        # Before anybody has said what they need, the school with the best results will do.
        ahead = schools.standing[other]
        if need >= 0:
            ahead = float(mastery[other, need] - mastery[school, need])
        if found < 0 or ahead > best:
            best, found = ahead, other
    return found


@compiled
def _add_strands(state: State, p: Parameters, clock: Clock, network: int) -> None:
    """Give every member of a cluster, or the supported school of the other kind, the help it has not got."""
    partnerships, networks = state.partnerships, state.networks
    members = members_of(networks, network)
    learning = np.zeros(MEMBERS, dtype=np.int64)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and partnerships.network[slot] == network + 1:
            for place in range(members.shape[0]):
                learning[place] += partnerships.partner[slot] == members[place]
    for place in range(members.shape[0]):
        school = members[place]
        wanted = 1
        if networks.kind[network] == SUPPORTED:
            wanted = members.shape[0] - 1 if state.programmes.role[p.row, school] == PARTNER else 0
        for _ in range(wanted - learning[place]):
            other = _helper(state, p, members, school)
            if other < 0:
                break
            tie = find_tie(state, other, school)
            if tie < 0:
                tie = make_tie(state, p, clock, (other, school), p.trust_stranger, 0.0)
            slot = free_slot(partnerships)
            if tie < 0 or slot < 0:
                break
            partnerships.programme[slot], partnerships.imposed[slot] = p.row, p.programme_imposed
            partnerships.network[slot] = network + 1
            begin(state, p, clock, (slot, tie), (other, school), NONE)


@compiled
def add_strands(state: State, p: Parameters, clock: Clock) -> None:
    """Networks that somebody leads, and that are for help, find members the help they have not got."""
    networks = state.networks
    for network in range(networks.rows):
        helps = networks.kind[network] == CLUSTER or networks.kind[network] == SUPPORTED
        if networks.alive[network] and networks.programme[network] == p.row and networks.led[network] and helps:
            _add_strands(state, p, clock, network)
