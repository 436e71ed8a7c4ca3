"""Networks of more than two schools: who is in one, and the partnerships that are its strands (M34)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.words import CLUSTER, ORIGINATOR, PARTNER, SELECT_CROSS_AREA, SUPPORTED
from schoolsim.system.closeness import tie_together
from schoolsim.system.membership import claims, drawn_to, may_be_asked, merit, networks_rule
from schoolsim.system.ordering import by_size, by_uid
from schoolsim.system.partnering import begin, partnership_on
from schoolsim.system.state import (
    MEMBERS,
    Clock,
    Knowledge,
    Ledger,
    Networks,
    Parameters,
    Partnerships,
    Practices,
    Repertoires,
    Roster,
    Schools,
    State,
    Teachers,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, free_slot


@compiled
def members_of(networks: Networks, network: int) -> Wholes:
    """Rows of a network's schools, lowest uid first."""
    return networks.member[network, : networks.members[network]]


@compiled
def _companion(
    schools: Schools, roster: Roster, ties: Ties, adjacency: Wholes, first: int, taken: Wholes, p: np.record
) -> int:
    """Who is asked next to join `first` and those `taken`: the one most of them are drawn to, or -1."""
    best, found, rule = -1.0e5, -1, networks_rule(p)
    begin_at, end_at = 0, roster.order.shape[0]
    if rule != SELECT_CROSS_AREA:
        begin_at, end_at = roster.first[schools.authority[first]], roster.first[schools.authority[first] + 1]
    for place in range(begin_at, end_at):
        school = roster.order[place]
        if not may_be_asked(schools, school, p):
            continue
        liking = merit(schools, school, rule)
        if p.programme_structure == SUPPORTED:
            liking = schools.standing[school]
        for other in taken:
            liking += drawn_to(schools, ties, adjacency, other, school, rule, p) / taken.shape[0]
        if liking > best:
            best, found = liking, school
    return found


@compiled
def _gather(
    schools: Schools, roster: Roster, ties: Ties, adjacency: Wholes, networks: Networks, network: int,
    first: int, p: np.record, step: int,
) -> None:  # fmt: skip
    """Make a network around its first school: ask one after the other."""
    rows = np.full(MEMBERS, -1, dtype=np.int64)
    rows[0], number = first, 1
    supported = p.programme_structure == SUPPORTED
    schools.role[first] = PARTNER
    while number < p.programme_members:
        school = _companion(schools, roster, ties, adjacency, first, rows[:number], p)
        if school < 0:
            break
        schools.role[school] = ORIGINATOR if supported else PARTNER
        rows[number] = school
        number += 1
    networks.alive[network] = 1
    networks.uid[network] = draws.pair(schools.uid[first], -7)
    networks.kind[network] = p.programme_structure
    networks.members[network] = number
    order = by_uid(schools.uid[rows[:number]])
    networks.member[network, :] = -1
    for place in range(number):
        networks.member[network, place] = rows[order[place]]
        schools.network[rows[place]] = network + 1
    leader, warmest = first, -1.0
    for school in rows[:number]:
        if schools.tone[school] + 0.5 * schools.confidence[school] > warmest:
            leader, warmest = school, schools.tone[school] + 0.5 * schools.confidence[school]
    networks.leader[network], networks.led[network], networks.led_since[network] = leader, 1, step
    networks.began[network], networks.ends[network] = step, step + 6 * p.network_years
    networks.met[network], networks.news[network] = 0, 0.0


@compiled
def _helper(
    schools: Schools, repertoires: Repertoires, ties: Ties, adjacency: Wholes, partnerships: Partnerships,
    rows: Wholes, school: int,
) -> int:  # fmt: skip
    """The member furthest ahead in what `school` needs and not yet at work with it, or -1."""
    need, best, found = schools.need[school], -2.0, -1
    for other in rows:
        if other != school and partnership_on(ties, partnerships, find_tie(ties, adjacency, school, other)) < 0:
            # Before anybody has said what they need, the school with the best results will do.
            ahead = schools.standing[other] * 0.1
            if need >= 0:
                ahead = repertoires.mastery[other, need] - repertoires.mastery[school, need]
            if ahead > best:
                best, found = ahead, other
    return found


@compiled
def _add_strands(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, adjacency: Wholes, partnerships: Partnerships, networks: Networks, ledger: Ledger,
    network: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Give every member of a cluster, or the supported school of the other kind, the help it has not got."""
    rows = members_of(networks, network)
    learning = np.zeros(MEMBERS, dtype=np.int64)
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot] and partnerships.network[slot] == network + 1:
            for place in range(rows.shape[0]):
                learning[place] += partnerships.partner[slot] == rows[place]
    for place in range(rows.shape[0]):
        school = rows[place]
        wanted = 1
        if networks.kind[network] == SUPPORTED:
            wanted = rows.shape[0] - 1 if schools.role[school] == PARTNER else 0
        for _ in range(wanted - learning[place]):
            other = _helper(schools, repertoires, ties, adjacency, partnerships, rows, school)
            if other < 0:
                break
            tie = find_tie(ties, adjacency, other, school)
            if tie < 0:
                tie = tie_together(schools, ties, adjacency, other, school, p.trust_stranger, 0.0, p, seed)
            slot = free_slot(partnerships)
            if tie < 0 or slot < 0:
                break
            partnerships.programme[slot], partnerships.imposed[slot] = 1, p.programme_imposed
            partnerships.network[slot] = network + 1
            begin(
                practices, schools, repertoires, teachers, knowledge, ties, partnerships, ledger,
                slot, other, school, tie, p, seed, step,
            )  # fmt: skip


@compiled
def _run(
    practices: Practices, schools: Schools, repertoires: Repertoires, roster: Roster, teachers: Teachers,
    knowledge: Knowledge, ties: Ties, adjacency: Wholes, partnerships: Partnerships, networks: Networks,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    if step == 0:
        claim = claims(schools, networks_rule(p), p, seed, step)
        if p.programme_structure == SUPPORTED:
            # Help goes to the weak, whoever helps.
            claim = 0.001 * claim - schools.standing
        asked = 0
        for school in by_size(-claim):
            if asked < networks.alive.shape[0] and may_be_asked(schools, school, p):
                _gather(schools, roster, ties, adjacency, networks, asked, school, p, step)
                asked += 1
    for network in range(networks.alive.shape[0]):
        helps = networks.kind[network] == CLUSTER or networks.kind[network] == SUPPORTED
        if networks.alive[network] and networks.led[network] and helps:
            _add_strands(
                practices, schools, repertoires, teachers, knowledge, ties, adjacency, partnerships, networks, ledger,
                network, p, seed, step,
            )  # fmt: skip


def set_up(state: State, p: Parameters, clock: Clock) -> None:
    """Found the programme's networks at half-term 0, and find members new help at the start of each later year."""
    _run(
        state.practices, state.schools, state.repertoires, state.roster, state.teachers, state.knowledge, state.ties,
        state.adjacency, state.partnerships, state.networks, state.ledger, p, clock.seed, clock.half_term,
    )  # fmt: skip
