"""A programme of originators with partners begins (§2.23, §2.24)."""

from __future__ import annotations

from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE, ORIGINATOR, PARTNER, SELECT_CROSS_AREA
from schoolsim.system.partnerships.end import end
from schoolsim.system.partnerships.start import begin
from schoolsim.system.programmes.roles import join, may_be_asked
from schoolsim.system.programmes.selection import claims, liking
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, partnership_on
from schoolsim.system.state.slots import free_slot, in_reverse_order
from schoolsim.system.trust.ties import make_tie

NOBODY = -1.0e5  # liking below which nobody is asked


@compiled
def _choose_originators(state: State, p: Parameters, clock: Clock, most: int) -> Int64Array:
    """The rows of the schools asked to share, best claim first; enough of them for `most` partnerships."""
    each, able = p.programme_partners_each, 0
    for school in range(state.schools.rows):
        able += state.programmes.covered[p.row, school]
    wanted = min(p.programme_originators, able // (1 + each), (most + each - 1) // each)
    return in_reverse_order(claims(state, p, clock, p.programme_select))[:wanted]


@compiled
def _choose_partner(state: State, p: Parameters, originator: int) -> int:
    """The school with the weakest results that suits the originator and is not yet in the programme, or -1."""
    schools = state.schools
    best, found = NOBODY, NONE
    for school in range(schools.rows):
        far = schools.authority[school] != schools.authority[originator]
        if not may_be_asked(state, p.row, school, p) or (far and p.programme_select != SELECT_CROSS_AREA):
            continue
        liked = liking(state, p, originator, school, p.programme_select)
        liked -= p.programme_need * schools.standing[school]
        if liked > best:
            best, found = liked, school
    return found


@compiled
def start_programme(state: State, p: Parameters, clock: Clock, most: int) -> None:
    """Choose originators and their partners, and begin up to `most` partnerships."""
    partnerships = state.partnerships
    begun = 0
    originators = _choose_originators(state, p, clock, most)
    for originator in originators:
        join(state, clock, p.row, originator, ORIGINATOR)
    for _ in range(p.programme_partners_each):
        for originator in originators:
            partner = _choose_partner(state, p, originator)
            if partner < 0 or begun >= most:
                continue
            join(state, clock, p.row, partner, PARTNER)
            tie = find_tie(state, originator, partner)
            if tie < 0:
                tie = make_tie(state, p, clock, (originator, partner), p.trust_stranger, 0.0)
            before = partnership_on(state.ties, partnerships, tie)
            if before >= 0:
                # The programme takes over what the two schools already do together.
                end(state, before)
            slot = free_slot(partnerships)
            if tie >= 0 and slot >= 0:
                begun += 1
                partnerships.programme[slot] = p.row
                partnerships.imposed[slot] = p.programme_imposed
                begin(state, p, clock, slot, (originator, partner), tie)
