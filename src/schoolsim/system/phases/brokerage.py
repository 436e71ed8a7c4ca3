"""5. Brokerage: brokers look, learn, tell, introduce, convene and resource; networks meet."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BROKERAGE, GRANTED, INTRODUCED, MADE_UP, UNTOLD, UNUSED
from schoolsim.rules.brokering import first_trust, found_out, openness, urging
from schoolsim.rules.search import seems
from schoolsim.system.closeness import miles_between, rivals, tie_together, uid_pair
from schoolsim.system.gathering import convene_gatherings
from schoolsim.system.inside import has_ast, work_inside
from schoolsim.system.mapping import best_third, bridges, call_on
from schoolsim.system.meetings import convene
from schoolsim.system.state import (
    REMEMBERED,
    Brokers,
    Clock,
    Introductions,
    Ledger,
    Parameters,
    Partnerships,
    Reals,
    Repertoires,
    Roster,
    Schools,
    State,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, following, set_trust, trust_of


@compiled
def _match(
    schools: Schools, roster: Roster, repertoires: Repertoires, ties: Ties, adjacency: Wholes, knows: Reals,
    visited: int, need: int, broker_uid: int, visit: int, maps: bool, p: np.record, seed: int, step: int,
) -> int:  # fmt: skip
    """The best of the schools the broker thinks of, as far as it knows them: ahead in what is needed, and no rival."""
    best, found = 0.0, -1
    begin, end = roster.first[schools.authority[visited]], roster.first[schools.authority[visited] + 1]
    for look in range(p.broker_looks):
        draw = draws.uniform(seed, draws.INTRODUCE, step, broker_uid, visit * 1000 + look)
        other = roster.order[begin + int(draw * (end - begin))]
        if other == visited:
            continue
        rival = rivals(schools, visited, other, miles_between(schools, visited, other), p)
        good = seems(
            float(repertoires.mastery[other, need]), knows[other], schools.standing[other], schools.badge[other], p
        )
        ahead = good - repertoires.mastery[visited, need] - 0.5 * rival
        if ahead > 0.0 and maps:
            ahead = max(1e-9, ahead + p.broker_bridging * bridges(schools, ties, adjacency, visited, other, p))
        if ahead > best:
            best, found = ahead, other
    return found


@compiled
def _make_up(
    schools: Schools, ties: Ties, adjacency: Wholes, ledger: Ledger, visited: int, able: float, p: np.record,
    seed: int, step: int,
) -> None:  # fmt: skip
    """A broker who knows the quarrels of the school visited may end one (M12)."""
    tie = adjacency[visited]
    while tie >= 0:
        if ties.hostile[tie]:
            both = uid_pair(schools, ties.a[tie], ties.b[tie])
            if draws.uniform(seed, draws.REPAIR, step, both, 2) < p.hostility_broker * able:
                ties.hostile[tie] = 0
                ledger.counts[MADE_UP] += 1.0
        tie = following(ties, tie, visited)


@compiled
def _introduce(
    schools: Schools, ties: Ties, adjacency: Wholes, brokers: Brokers, introductions: Introductions, ledger: Ledger,
    broker: int, visited: int, other: int, openly: float, third: float, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    place = broker * REMEMBERED + brokers.introduced[broker] % REMEMBERED
    introductions.one[place], introductions.two[place], introductions.half_term[place] = visited, other, step
    brokers.introduced[broker] += 1
    ledger.counts[INTRODUCED] += 1.0
    trust = first_trust(brokers.skill[broker], openly, third, p)
    tie = find_tie(ties, adjacency, visited, other)
    if tie < 0:
        tie_together(schools, ties, adjacency, visited, other, trust, p.broker_familiarity, p, seed)
    elif not ties.hostile[tie]:
        warmth = 0.1 * brokers.skill[broker] * openly * p.trust_change
        for school in (visited, other):
            held = trust_of(ties, tie, school)
            set_trust(ties, tie, school, held + warmth * (1.0 - held))


@compiled
def _visit(
    schools: Schools, roster: Roster, repertoires: Repertoires, ties: Ties, adjacency: Wholes, brokers: Brokers,
    knows: Reals, relations: Reals, introductions: Introductions, ledger: Ledger,
    broker: int, visit: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """One visit: learn what the school is good at and whom it trusts, hear its need, introduce it to another."""
    uid, skill = brokers.uid[broker], brokers.skill[broker]
    maps = p.broker_mapping == 1 and step >= 0
    visited = call_on(schools, roster, ties, adjacency, brokers.authority[broker], uid, visit, maps, seed, step)
    openly = openness(schools.felt[visited], p)
    knows[visited] = found_out(knows[visited], skill, openly, p)
    relations[visited] = found_out(relations[visited], skill, openly, p)
    _make_up(schools, ties, adjacency, ledger, visited, skill * relations[visited], p, seed, step)
    need = schools.need[visited]
    if need < 0 or not p.broker_relationships:
        return
    if draws.uniform(seed, draws.BROKER_TOLD, step, uid, visit) >= openly:
        # The true need is kept from a judge; something harmless is named instead.
        need = int(draws.uniform(seed, draws.BROKER_TOLD, step, uid, 1000 + visit) * repertoires.mastery.shape[1])
        brokers.untold[broker] += 1
        ledger.counts[UNTOLD] += 1.0
    other = _match(schools, roster, repertoires, ties, adjacency, knows, visited, need, uid, visit, maps, p, seed, step)
    if other < 0:
        return
    tie = find_tie(ties, adjacency, visited, other)
    if tie >= 0 and ties.hostile[tie] and relations[visited] > 0.25:
        return
    third = best_third(schools, ties, adjacency, visited, other) * relations[visited] if maps else 0.0
    _introduce(
        schools, ties, adjacency, brokers, introductions, ledger, broker, visited, other, openly, third, p, seed, step
    )


@compiled
def _inform(
    schools: Schools, roster: Roster, brokers: Brokers, knows: Reals, relations: Reals, p: np.record, step: int
) -> None:
    """What brokers know goes out of date; what they tell and urge is left with each school (M33)."""
    for school in range(schools.uid.shape[0]):
        schools.urged[school] = 0.0
        schools.renown[school] = p.ast_known if p.ast_managed and has_ast(schools, school) else 0.0
    for broker in range(brokers.uid.shape[0]):
        authority = brokers.authority[broker]
        for place in range(roster.first[authority], roster.first[authority + 1]):
            school = roster.order[place]
            knows[broker, school] *= 1.0 - p.broker_forgets
            relations[broker, school] *= 1.0 - p.broker_forgets
            if p.broker_practices and step >= 0:
                schools.renown[school] = max(schools.renown[school], p.broker_reach * knows[broker, school])
            if p.broker_catalyst and step >= 0:
                openly = openness(schools.felt[school], p)
                pushed = urging(brokers.skill[broker], relations[broker, school], openly)
                schools.urged[school] = max(schools.urged[school], pushed)


@compiled
def _resource(schools: Schools, partnerships: Partnerships, brokers: Brokers, ledger: Ledger, p: np.record) -> None:
    """Brokers' money, in equal parts to the authority's partnerships outside the programme (M27, M33)."""
    wanting = np.zeros(np.max(schools.authority) + 1)
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot] and not partnerships.programme[slot]:
            wanting[schools.authority[partnerships.partner[slot]]] += 1.0
    for broker in range(brokers.uid.shape[0]):
        authority = brokers.authority[broker]
        share = p.broker_resources / 6.0 / max(1.0, wanting[authority])
        for slot in range(partnerships.alive.shape[0]):
            here = schools.authority[partnerships.partner[slot]] == authority
            if partnerships.alive[slot] and not partnerships.programme[slot] and here:
                partnerships.pounds[slot] += share
                ledger.pounds[GRANTED] += share


@compiled
def _broker(
    schools: Schools, roster: Roster, repertoires: Repertoires, ties: Ties, adjacency: Wholes,
    partnerships: Partnerships, brokers: Brokers, knows: Reals, relations: Reals, introductions: Introductions,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    for broker in range(brokers.uid.shape[0]):
        brokers.hours[broker] = brokers.visits[broker] * p.broker_visit_hours
        brokers.spent[broker] = 0.0
        if p.broker_dialogue and step >= 0:
            # A gathering comes out of the time for visits.
            brokers.spent[broker] = min(brokers.hours[broker], p.broker_event_hours)
        visit = 0
        while visit < brokers.visits[broker]:
            if brokers.spent[broker] + p.broker_visit_hours > brokers.hours[broker] + 1e-9:
                break
            _visit(
                schools, roster, repertoires, ties, adjacency, brokers, knows[broker], relations[broker],
                introductions, ledger, broker, visit, p, seed, step,
            )  # fmt: skip
            brokers.spent[broker] += p.broker_visit_hours
            visit += 1
        ledger.hours[GRANTED] += brokers.hours[broker]
        ledger.hours[BROKERAGE] += brokers.spent[broker]
        ledger.hours[UNUSED] += brokers.hours[broker] - brokers.spent[broker]
    _inform(schools, roster, brokers, knows, relations, p, step)
    if p.broker_resources > 0.0 and step >= 0:
        _resource(schools, partnerships, brokers, ledger, p)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Each broker's half-term (M32, M33, M35), then each network's (M34)."""
    seed, step = clock.seed, clock.half_term
    work_inside(state, p, clock)
    _broker(
        state.schools, state.roster, state.repertoires, state.ties, state.adjacency, state.partnerships,
        state.brokers, state.broker_knows, state.broker_relations, state.introductions, state.ledger, p, seed, step,
    )  # fmt: skip
    if p["broker_dialogue"][0] and step >= 0:
        convene_gatherings(
            state.schools, state.roster, state.teachers, state.ties, state.adjacency, state.brokers, state.ledger,
            p, seed, step,
        )  # fmt: skip
    if len(state.networks):
        convene(state, p, clock)
