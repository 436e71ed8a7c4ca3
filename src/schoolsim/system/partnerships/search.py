"""Partner search and acceptance: proposals are made from the state as found, then settled (M12, M14, M18, M30, M32)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.brokers import knowledge_of_school
from schoolsim.rules.codes import NONE, SECONDARY
from schoolsim.rules.headship import parochial_reluctance, search_factor
from schoolsim.rules.identity import offer_chance, ripeness
from schoolsim.rules.partnerships import acceptance_chance, partner_utility, perceived_quality
from schoolsim.system.headship import BEING_ASKED, OWN_SEARCH, gate_blocks
from schoolsim.system.identity.status import confidence_to_share
from schoolsim.system.partnerships.start import begin
from schoolsim.system.programmes.levers import levers_in
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, mean_trust, next_tie, other_end, partnership_on, trust_of
from schoolsim.system.state.ledger import ACCEPTED, ACCEPTED_COLD, APPROACHES, APPROACHES_COLD
from schoolsim.system.state.slots import free_slot, in_order
from schoolsim.system.trust.ties import make_tie, miles_between, rivalry_between

BY_ITSELF, INTRODUCED = 0, 1  # draws of whether the school asked agrees
NEVER = -1.0e9  # utility of asking a school it has fallen out with


@compiled
def most_partnerships(phase: int, p: Parameters) -> int:
    """Partnerships a school can carry."""
    return p.search_most_secondary if phase == SECONDARY else p.search_most_primary


@compiled
def _strangers_trust(rival: float, p: Parameters) -> float:
    return p.trust_stranger * (1.0 - 0.5 * rival)


@compiled
def _utility(state: State, p: Parameters, clock: Clock, school: int, other: int, tie: int) -> float:
    schools, ties = state.schools, state.ties
    miles = miles_between(schools, school, other)
    rival = rivalry_between(schools, school, other, miles, p)
    trust, familiarity, news = _strangers_trust(rival, p), 0.0, 0.0
    if tie >= 0:
        trust, familiarity, news = trust_of(ties, tie, school), ties.familiarity[tie], ties.news[tie]
        if ties.hostile[tie]:
            return NEVER
    need = schools.need[school]
    word = p.broker_reach * schools.internal_knowledge[school]
    known = knowledge_of_school(familiarity, news, schools.renown[other], word)
    # An award is a badge for the one practice it certifies.
    badge = 1.0 if schools.award[other] == need else schools.badge[other]
    held = state.repertoires.mastery[other, need]
    quality = perceived_quality(held, known, schools.known_standing[other], badge, p)
    both = draws.pair(schools.uid[school], schools.uid[other])
    noise = p.search_noise * draws.normal(clock.seed, draws.CHOICE_NOISE, clock.half_term, both, 0)
    return partner_utility(quality, trust, familiarity, rival, miles, p) + noise


@compiled
def _drawn_school(state: State, school: int, draw: float) -> int:
    """A school of the same authority, by a uniform draw."""
    authority = state.schools.authority[school]
    first, past = state.authorities.first[authority], state.authorities.past[authority]
    return state.roster.order[first + int(draw * (past - first))]


@compiled
def _favoured(state: State, p: Parameters, clock: Clock, school: int) -> int:
    """Whom a school would ask: one it has a tie with or, if confident, a stranger (M14, M18); -1 if nobody."""
    schools, ties, seed, step = state.schools, state.ties, clock.seed, clock.half_term
    uid = schools.uid[school]
    best, found = NEVER, NONE
    tie = schools.first_tie[school]
    while tie >= 0:
        other = other_end(ties, tie, school)
        utility = _utility(state, p, clock, school, other, tie)
        if utility > best:
            best, found = utility, other
        tie = next_tie(ties, tie, school)
    # An internal broker knows whom to ring up, whether or not the school is confident (M32).
    known = int(p.search_strangers * schools.internal_knowledge[school] + 0.5)
    for look in range(p.search_strangers + known):
        if look < p.search_strangers:
            bold = draws.uniform(seed, draws.STRANGERS, step, uid, 2 * look) < 2.0 * schools.confidence[school]
            draw = draws.uniform(seed, draws.STRANGERS, step, uid, 2 * look + 1)
        else:
            bold, draw = True, draws.uniform(seed, draws.INTERNAL_LOOKS, step, uid, look - p.search_strangers)
        other = _drawn_school(state, school, draw)
        if bold and other != school and find_tie(state, school, other) < 0:
            utility = _utility(state, p, clock, school, other, NONE)
            if utility > best:
                best, found = utility, other
    return found


@compiled
def _brokers_fund(state: State, p: Parameters, school: int) -> float:
    """1 where there is money for what schools agree on between themselves: the brokers' (M27, §3.23, §3.44)."""
    here = levers_in(state.authorities, state.schools.authority[school], p)
    return 1.0 if here.broker_resources > 0.0 and here.broker_number > 0 else 0.0


@compiled
def _ripe_in(state: State, p: Parameters, school: int, practice: int) -> float:
    """How ready the readiest of a school's staff are to show a practice, 0..1 (§2.41)."""
    ripe = 0.0
    for post in range(state.schools.first[school], state.schools.past[school]):
        ripe = max(ripe, ripeness(float(state.knowledge.years[post, practice]), p))
    return ripe


@compiled
def _agrees(state: State, p: Parameters, clock: Clock, ends: tuple[int, int], tie: int, occasion: int) -> bool:
    """Whether the school asked says yes: gate, confidence, time with what is asked for, and how it likes the asker.

    Mechanisms M12, M18, M30.
    """
    schools, ties = state.schools, state.ties
    school, other = ends
    if gate_blocks(state, p, clock, other, BEING_ASKED):
        return False
    miles = miles_between(schools, school, other)
    rival = rivalry_between(schools, school, other, miles, p)
    trust, familiarity = _strangers_trust(rival, p), 0.0
    if tie >= 0:
        if ties.hostile[tie]:
            return False
        trust, familiarity = mean_trust(ties, tie), ties.familiarity[tie]
    urged = 0.5 * (schools.urging[school] + schools.urging[other])
    pressed = p.broker_push * urged - parochial_reluctance(schools.parochial[other], p)
    welcome = acceptance_chance(trust, familiarity, rival, miles, _brokers_fund(state, p, school), pressed, p)
    chance = offer_chance(confidence_to_share(schools, other, p), schools.badge[other], p) * welcome
    if schools.need[school] >= 0:
        chance *= _ripe_in(state, p, other, schools.need[school])
    both = draws.pair(schools.uid[school], schools.uid[other])
    return draws.uniform(clock.seed, draws.ACCEPT, clock.half_term, both, occasion) < chance


@compiled
def _proposals(state: State, p: Parameters, clock: Clock) -> Int64Array:
    """Whom each school asks this half-term, -1 for nobody."""
    schools, mastery = state.schools, state.repertoires.mastery
    asked = np.full(schools.rows, NONE, dtype=np.int64)
    for school in range(schools.rows):
        need = schools.need[school]
        if need < 0 or schools.commitments[school] >= most_partnerships(schools.phase[school], p):
            continue
        rate = p.search_rate * schools.tone[school] * (1.0 - mastery[school, need])
        rate = min(1.0, rate * search_factor(schools.distributed[school], p) * (1.0 + schools.urging[school]))
        seeks = draws.uniform(clock.seed, draws.SEEK, clock.half_term, schools.uid[school], 0) < rate
        if seeks and not gate_blocks(state, p, clock, school, OWN_SEARCH):
            asked[school] = _favoured(state, p, clock, school)
    return asked


@compiled
def propose(state: State, p: Parameters, clock: Clock, ends: tuple[int, int], occasion: int, agreed: int) -> None:
    """A school asks another, which would be the originator; if both have room and it agrees, they begin.

    Args:
        state: The state.
        p: Parameters of what schools do by themselves.
        clock: Now.
        ends: Rows of the school that asks, and of the other.
        occasion: `BY_ITSELF`, or `INTRODUCED` by a broker.
        agreed: Need for which a broker brought them together, or -1.
    """
    school, other = ends
    schools, counts = state.schools, state.ledger.counts
    tie = find_tie(state, school, other)
    if partnership_on(state.ties, state.partnerships, tie) >= 0:
        return
    cold = tie < 0
    counts[APPROACHES] += 1.0
    counts[APPROACHES_COLD] += 1.0 if cold else 0.0
    if schools.commitments[school] >= most_partnerships(schools.phase[school], p):
        return
    most = most_partnerships(schools.phase[other], p) + (schools.advanced[other])
    if schools.commitments[other] >= most or not _agrees(state, p, clock, ends, tie, occasion):
        return
    if cold:
        tie = make_tie(state, p, clock, (school, other), p.trust_stranger, 0.0)
    slot = free_slot(state.partnerships)
    if tie < 0 or slot < 0:
        return
    counts[ACCEPTED] += 1.0
    counts[ACCEPTED_COLD] += 1.0 if cold else 0.0
    begin(state, p, clock, (slot, tie), (other, school), agreed)


@compiled
def search_partners(state: State, p: Parameters, clock: Clock) -> None:
    """Schools that look for help ask whom they favour, in the order of a draw, so that no row takes precedence."""
    schools = state.schools
    asked = _proposals(state, p, clock)
    priority = np.empty(schools.rows)
    for school in range(schools.rows):
        priority[school] = draws.uniform(clock.seed, draws.PRIORITY, clock.half_term, schools.uid[school], 0)
    for school in in_order(priority):
        if asked[school] >= 0:
            propose(state, p, clock, (school, asked[school]), BY_ITSELF, NONE)
