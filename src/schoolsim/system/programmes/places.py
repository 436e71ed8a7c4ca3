"""A programme's places: schools are asked, consent or refuse; who leaves is replaced (§2.24)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import CLUSTER, NEITHER, NONE, ORIGINATOR, PARTNER, SELECT_CROSS_AREA, SUPPORTED
from schoolsim.rules.headship import parochial_reluctance
from schoolsim.rules.identity import offer_chance
from schoolsim.rules.partnerships import acceptance_chance
from schoolsim.system.headship import BEING_ASKED, gate_blocks
from schoolsim.system.identity.status import confidence_to_share
from schoolsim.system.partnerships.end import end
from schoolsim.system.partnerships.search import most_partnerships
from schoolsim.system.partnerships.start import begin
from schoolsim.system.programmes.roles import join
from schoolsim.system.programmes.selection import claims, liking
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, mean_trust, partnership_on
from schoolsim.system.state.ledger import JOINED, REFUSED_GATE, REFUSED_ROOM, REFUSED_UNWILLING, REPLACED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import free_slot, in_order, in_reverse_order
from schoolsim.system.trust.ties import make_tie, miles_between, rivalry_between

NOBODY = -1.0e5  # liking below which nobody is asked


@compiled
def _covered(state: State, row: int) -> int:
    schools = 0
    for school in range(state.schools.rows):
        schools += state.programmes.covered[row, school]
    return schools


@compiled
def originators_wanted(state: State, p: Parameters) -> int:
    """Originators a programme has room for, with a partner's place at least for each of their partners."""
    return min(p.programme_originators, _covered(state, p.row) // (1 + p.programme_partners_each))


@compiled
def find_originators(state: State, p: Parameters, clock: Clock) -> None:
    """Ask schools to originate, best claim first, until every originator's seat is filled; each once a year (§2.23)."""
    schools, programmes, counts = state.schools, state.programmes, state.ledger.counts
    row, wanted = p.row, originators_wanted(state, p)
    for school in range(schools.rows):
        wanted -= programmes.role[row, school] == ORIGINATOR
    for school in in_reverse_order(claims(state, p, clock, p.programme_select)):
        if wanted <= 0:
            return
        if not programmes.covered[row, school] or programmes.role[row, school] != NEITHER:
            continue
        if not p.programme_imposed:
            if gate_blocks(state, p, clock, school, BEING_ASKED):
                counts[REFUSED_GATE] += 1.0
                continue
            willing = offer_chance(confidence_to_share(schools, school, p), 1.0, p)
            asked = draws.pair(programmes.uid[row], schools.uid[school])
            if draws.uniform(clock.seed, draws.JOIN, clock.half_term, asked, 0) >= willing:
                counts[REFUSED_UNWILLING] += 1.0
                continue
        join(state, clock, row, school, ORIGINATOR)
        wanted -= 1


@compiled
def _partners_of(state: State, row: int) -> Int64Array:
    """Partners each school has as an originator in a programme."""
    partnerships = state.partnerships
    found = np.zeros(state.schools.rows, dtype=np.int64)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and partnerships.programme[slot] == row and partnerships.network[slot] == 0:
            found[partnerships.originator[slot]] += 1
    return found


@compiled
def _choose_partner(state: State, p: Parameters, clock: Clock, originator: int) -> int:
    """The school with the weakest results that suits an originator, which could help it, and was not just asked; -1."""
    schools, programmes, mastery = state.schools, state.programmes, state.repertoires.mastery
    best, found = NOBODY, NONE
    for school in range(schools.rows):
        far = schools.authority[school] != schools.authority[originator]
        if not programmes.covered[p.row, school] or programmes.role[p.row, school] != NEITHER:
            continue
        if far and p.programme_select != SELECT_CROSS_AREA:
            continue
        last = programmes.asked[p.row, school]
        if last >= 0 and clock.half_term - last < p.programme_asked_again:
            continue
        liked = liking(state, p, originator, school, p.programme_select)
        liked -= p.programme_need * schools.standing[school]
        need = schools.need[school]
        if need >= 0:
            liked += p.search_quality * (mastery[originator, need] - mastery[school, need])
        if liked > best:
            best, found = liked, school
    return found


@compiled
def _consents(state: State, p: Parameters, clock: Clock, originator: int, school: int) -> bool:
    """Whether a school asked to be a partner says yes; if not, the reason is counted."""
    schools, ties, counts = state.schools, state.ties, state.ledger.counts
    if p.programme_imposed:
        return True
    if gate_blocks(state, p, clock, school, BEING_ASKED):
        counts[REFUSED_GATE] += 1.0
        return False
    if schools.commitments[school] >= most_partnerships(schools.phase[school], p):
        counts[REFUSED_ROOM] += 1.0
        return False
    tie = find_tie(state, originator, school)
    miles = miles_between(schools, school, originator)
    rival = rivalry_between(schools, school, originator, miles, p)
    trust, familiarity = p.trust_stranger * (1.0 - 0.5 * rival), 0.0
    if tie >= 0:
        trust, familiarity = mean_trust(ties, tie), ties.familiarity[tie]
    money = 1.0 if p.funding_per_partnership + p.funding_total > 0.0 else 0.0
    invited = p.programme_invitation - parochial_reluctance(schools.parochial[school], p)
    chance = acceptance_chance(trust, familiarity, rival, miles, money, invited, p)
    asked = draws.pair(state.programmes.uid[p.row], schools.uid[school])
    if draws.uniform(clock.seed, draws.JOIN, clock.half_term, asked, 1) < chance:
        return True
    counts[REFUSED_UNWILLING] += 1.0
    return False


@compiled
def _begin_place(state: State, p: Parameters, clock: Clock, originator: int, partner: int) -> bool:
    """Begin a place's partnership; False where the tables have no room for it."""
    partnerships, programmes, counts = state.partnerships, state.programmes, state.ledger.counts
    tie = find_tie(state, originator, partner)
    if tie < 0:
        tie = make_tie(state, p, clock, (originator, partner), p.trust_stranger, 0.0)
    before = partnership_on(state.ties, partnerships, tie)
    if before >= 0:
        # The programme takes over what the two schools already do together.
        end(state, before)
    slot = free_slot(partnerships)
    if tie < 0 or slot < 0:
        return False
    if clock.half_term - programmes.begins[p.row] >= HALF_TERMS:
        counts[REPLACED] += 1.0
    counts[JOINED] += 1.0
    join(state, clock, p.row, partner, PARTNER)
    partnerships.programme[slot], partnerships.imposed[slot] = p.row, p.programme_imposed
    begin(state, p, clock, (slot, tie), (originator, partner), NONE)
    return True


@compiled
def fill_places(state: State, p: Parameters, clock: Clock) -> None:
    """Originators with a place to fill ask schools whose need they can meet, in the order of a draw."""
    schools, programmes = state.schools, state.programmes
    partners = _partners_of(state, p.row)
    order = np.empty(schools.rows)
    for school in range(schools.rows):
        order[school] = draws.uniform(clock.seed, draws.ASKING_ORDER, clock.half_term, schools.uid[school], 0)
    for turn in range(p.programme_partners_each):
        for originator in in_order(order):
            if programmes.role[p.row, originator] != ORIGINATOR or partners[originator] != turn:
                continue
            for _ in range(p.programme_asks):
                partner = _choose_partner(state, p, clock, originator)
                if partner < 0:
                    break
                programmes.asked[p.row, partner] = clock.half_term
                if _consents(state, p, clock, originator, partner):
                    partners[originator] += _begin_place(state, p, clock, originator, partner)
                    break


@compiled
def count_places(state: State, p: Parameters) -> None:
    """Partnerships that a programme has room for: each originator's partners, and strands of networks that are led."""
    programmes, networks = state.programmes, state.networks
    places = 0
    if p.programme_originators > 0:
        places += originators_wanted(state, p) * p.programme_partners_each
    for network in range(networks.rows):
        if networks.alive[network] and networks.programme[network] == p.row and networks.led[network]:
            if networks.kind[network] == CLUSTER:
                places += networks.members[network]
            elif networks.kind[network] == SUPPORTED:
                places += networks.members[network] - 1
    programmes.places[p.row] = places
