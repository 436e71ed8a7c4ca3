"""6. Matching: schools look for partners; proposals are made from the state as found, then settled."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ACCEPTED, ACCEPTED_COLD, APPROACHES, APPROACHES_COLD
from schoolsim.rules.brokering import informed
from schoolsim.rules.headship import initiative, reluctance
from schoolsim.rules.identity import offers
from schoolsim.rules.search import liking, seems, welcome
from schoolsim.system.closeness import miles_between, rivals, tie_together
from schoolsim.system.headship import gate_blocks
from schoolsim.system.inside import has_ast
from schoolsim.system.ordering import by_size
from schoolsim.system.partnering import begin, most_partnerships, partnership_on, worth_showing
from schoolsim.system.state import (
    Clock,
    Knowledge,
    Ledger,
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
from schoolsim.system.tables import find_tie, following, free_slot, other_end, trust_of


@compiled
def _utility(
    schools: Schools,
    repertoires: Repertoires,
    ties: Ties,
    school: int,
    other: int,
    tie: int,
    p: np.record,
    seed: int,
    step: int,
) -> float:
    miles = miles_between(schools, school, other)
    rival = rivals(schools, school, other, miles, p)
    trust, familiarity = p.trust_stranger * (1.0 - 0.5 * rival), 0.0
    if tie >= 0:
        trust, familiarity = trust_of(ties, tie, school), ties.familiarity[tie]
        if ties.hostile[tie]:
            return -1.0e9
    fellows = schools.network[school] > 0 and schools.network[school] == schools.network[other]
    word = p.internal_broker_word * schools.internal_knows[school]
    known = informed(familiarity, schools.news[school] if fellows else 0.0, schools.renown[other], word)
    # An award is a badge for the one practice it certifies.
    badge = 1.0 if schools.award[other] == schools.need[school] else schools.badge[other]
    quality = seems(repertoires.mastery[other, schools.need[school]], known, schools.seen[other], badge, p)
    noise = p.search_noise * draws.normal(
        seed, draws.CHOICE_NOISE, step, draws.pair(schools.uid[school], schools.uid[other]), 0
    )
    return liking(quality, trust, familiarity, rival, miles, p) + noise


@compiled
def _favoured(
    schools: Schools,
    roster: Roster,
    repertoires: Repertoires,
    ties: Ties,
    adjacency: Wholes,
    school: int,
    p: np.record,
    seed: int,
    step: int,
) -> int:
    """Whom a school would ask: one it has a tie with or, if confident, a stranger (M14, M18); -1 if nobody."""
    best, found = -1.0e9, -1
    tie = adjacency[school]
    while tie >= 0:
        other = other_end(ties, tie, school)
        utility = _utility(schools, repertoires, ties, school, other, tie, p, seed, step)
        if utility > best:
            best, found = utility, other
        tie = following(ties, tie, school)
    authority = schools.authority[school]
    begin_at, end_at = roster.first[authority], roster.first[authority + 1]
    for attempt in range(p.search_strangers):
        if (
            draws.uniform(seed, draws.STRANGERS, step, schools.uid[school], 2 * attempt)
            >= 2.0 * schools.confidence[school]
        ):
            continue
        draw = draws.uniform(seed, draws.STRANGERS, step, schools.uid[school], 2 * attempt + 1)
        other = roster.order[begin_at + int(draw * (end_at - begin_at))]
        if other != school and find_tie(ties, adjacency, school, other) < 0:
            utility = _utility(schools, repertoires, ties, school, other, -1, p, seed, step)
            if utility > best:
                best, found = utility, other
    looks = int(p.internal_broker_schools * schools.internal_knows[school] + 0.5)
    for attempt in range(looks):
        # An internal broker knows whom to ring up, whether or not the school is confident (M32).
        draw = draws.uniform(seed, draws.INTERNAL_LOOKS, step, schools.uid[school], attempt)
        other = roster.order[begin_at + int(draw * (end_at - begin_at))]
        if other != school and find_tie(ties, adjacency, school, other) < 0:
            utility = _utility(schools, repertoires, ties, school, other, -1, p, seed, step)
            if utility > best:
                best, found = utility, other
    return found


@compiled
def _money_for_it(p: np.record, step: int) -> float:
    """1 where there is money for what schools agree on between themselves: the brokers' (M27, §3.23, §3.44)."""
    return 1.0 if p.broker_resources > 0.0 and p.broker_number > 0 and step >= 0 else 0.0


@compiled
def _agrees(
    schools: Schools, ties: Ties, ledger: Ledger, school: int, other: int, tie: int, p: np.record, seed: int, step: int
) -> bool:
    """Whether the school asked says yes: gate, confidence to share, and how it likes the asker (M12, M18, M30)."""
    if gate_blocks(schools, other, ledger, 1, p, seed, step):
        return False
    miles = miles_between(schools, school, other)
    rival = rivals(schools, school, other, miles, p)
    trust, familiarity = p.trust_stranger * (1.0 - 0.5 * rival), 0.0
    if tie >= 0:
        if ties.hostile[tie]:
            return False
        trust, familiarity = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie]), ties.familiarity[tie]
    urged = 0.5 * (schools.urged[school] + schools.urged[other])
    chance = offers(worth_showing(schools, other, p, step), schools.badge[other], p) * welcome(
        trust, familiarity, rival, miles, _money_for_it(p, step),
        p.broker_push * urged - reluctance(schools.parochial[other], p), p,
    )  # fmt: skip
    return draws.uniform(seed, draws.ACCEPT, step, draws.pair(schools.uid[school], schools.uid[other]), 0) < chance


@compiled
def _proposals(
    schools: Schools,
    roster: Roster,
    repertoires: Repertoires,
    ties: Ties,
    adjacency: Wholes,
    ledger: Ledger,
    parameters: Parameters,
    seed: int,
    step: int,
) -> np.ndarray:
    """Whom each school asks this half-term, -1 for nobody."""
    p = parameters[0]
    asked = np.full(schools.uid.shape[0], -1, dtype=np.int64)
    for school in range(schools.uid.shape[0]):
        need = schools.need[school]
        if need < 0 or schools.commitments[school] >= most_partnerships(schools.phase[school], p):
            continue
        rate = p.search_rate * schools.tone[school] * (1.0 - repertoires.mastery[school, need])
        rate = min(1.0, rate * initiative(schools.distributed[school], p) * (1.0 + schools.urged[school]))
        if draws.uniform(seed, draws.SEEK, step, schools.uid[school], 0) < rate and not gate_blocks(
            schools, school, ledger, 0, p, seed, step
        ):
            asked[school] = _favoured(schools, roster, repertoires, ties, adjacency, school, p, seed, step)
    return asked


@compiled
def _settle(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, adjacency: Wholes,
    partnerships: Partnerships, ledger: Ledger,
    asked: np.ndarray, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Settle proposals in the order of a draw of their own, so that no school's row gives it precedence."""
    p = parameters[0]
    priority = np.empty(asked.shape[0])
    for school in range(asked.shape[0]):
        priority[school] = draws.uniform(seed, draws.PRIORITY, step, schools.uid[school], 0)
    for school in by_size(priority):
        other = asked[school]
        if other < 0:
            continue
        tie = find_tie(ties, adjacency, school, other)
        if partnership_on(ties, partnerships, tie) >= 0:
            continue
        cold = tie < 0
        ledger.counts[APPROACHES] += 1.0
        ledger.counts[APPROACHES_COLD] += 1.0 if cold else 0.0
        if schools.commitments[school] >= most_partnerships(schools.phase[school], p):
            continue
        room = most_partnerships(schools.phase[other], p) + (p.ast_partnerships if has_ast(schools, other) else 0)
        if schools.commitments[other] >= room:
            continue
        if not _agrees(schools, ties, ledger, school, other, tie, p, seed, step):
            continue
        if cold:
            tie = tie_together(schools, ties, adjacency, school, other, p.trust_stranger, 0.0, p, seed)
        slot = free_slot(partnerships)
        if tie < 0 or slot < 0:
            continue
        ledger.counts[ACCEPTED] += 1.0
        ledger.counts[ACCEPTED_COLD] += 1.0 if cold else 0.0
        begin(
            practices,
            schools,
            repertoires,
            teachers,
            knowledge,
            ties,
            partnerships,
            ledger,
            slot,
            other,
            school,
            tie,
            p,
            seed,
            step,
        )


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Schools that look for help ask whom they favour; the asked school would be the originator."""
    asked = _proposals(
        state.schools,
        state.roster,
        state.repertoires,
        state.ties,
        state.adjacency,
        state.ledger,
        p,
        clock.seed,
        clock.half_term,
    )
    _settle(
        state.practices, state.schools, state.repertoires, state.teachers, state.knowledge, state.ties, state.adjacency,
        state.partnerships, state.ledger,
        asked, p, clock.seed, clock.half_term,
    )  # fmt: skip
