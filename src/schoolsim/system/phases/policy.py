"""1. Policy: who is in the programme, who wears a badge, whose money flows this half-term."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ENDED, GRANTED
from schoolsim.rules.words import COLLECTIVE, INDIVIDUAL, NEITHER, ORIGINATOR, PARTNER, SELECT_CROSS_AREA, STAR
from schoolsim.system.closeness import tie_together
from schoolsim.system.inside import appoint
from schoolsim.system.membership import claims, drawn_to, may_be_asked
from schoolsim.system.networks import set_up
from schoolsim.system.partnering import begin, between, end
from schoolsim.system.state import (
    Clock,
    Knowledge,
    Ledger,
    Parameters,
    Partnerships,
    Practices,
    Repertoires,
    Schools,
    State,
    Teachers,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, free_slot


@compiled
def _choose_originators(schools: Schools, p: np.record, seed: int, step: int) -> Wholes:
    """The rows of the schools asked to share, best claim first."""
    wanted = min(p.programme_originators, schools.uid.shape[0] // (1 + p.programme_partners_each))
    return np.argsort(-claims(schools, p, seed, step))[:wanted]


@compiled
def _choose_partner(schools: Schools, ties: Ties, adjacency: Wholes, originator: int, p: np.record) -> int:
    """The school with the weakest results that suits the originator and is not yet in the programme, or -1."""
    best, found = -1.0e5, -1
    for school in range(schools.uid.shape[0]):
        far = schools.authority[school] != schools.authority[originator]
        if not may_be_asked(schools, school, p) or (far and p.programme_select != SELECT_CROSS_AREA):
            continue
        liking = drawn_to(schools, ties, adjacency, originator, school, p)
        liking -= p.programme_need * schools.standing[school]
        if liking > best:
            best, found = liking, school
    return found


@compiled
def _start(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, adjacency: Wholes,
    partnerships: Partnerships, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    originators = _choose_originators(schools, p, seed, step)
    for place in range(originators.shape[0]):
        schools.role[originators[place]] = ORIGINATOR
    for _ in range(p.programme_partners_each):
        for place in range(originators.shape[0]):
            originator = originators[place]
            partner = _choose_partner(schools, ties, adjacency, originator, p)
            if partner < 0:
                continue
            schools.role[partner] = PARTNER
            tie = find_tie(ties, adjacency, originator, partner)
            if tie < 0:
                tie = tie_together(schools, ties, adjacency, originator, partner, p.trust_stranger, 0.0, p, seed)
            before = between(partnerships, originator, partner)
            if before >= 0:
                # The programme takes over what the two schools already do together.
                end(schools, partnerships, before)
                ledger.counts[ENDED] += 1.0
            slot = free_slot(partnerships.alive)
            if tie >= 0 and slot >= 0:
                partnerships.programme[slot] = 1
                partnerships.imposed[slot] = p.programme_imposed
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
                    originator,
                    partner,
                    tie,
                    p,
                    seed,
                    step,
                )


@compiled
def _badge(schools: Schools, parameters: Parameters) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        role = schools.role[school]
        worn = (p.badging_scope == INDIVIDUAL and role == ORIGINATOR) or (
            p.badging_scope == COLLECTIVE and role != NEITHER
        )
        schools.badge[school] = 1.0 if worn else 0.0


@compiled
def _grant(partnerships: Partnerships, ledger: Ledger, parameters: Parameters, step: int) -> None:
    p = parameters[0]
    flows = 0 <= step < 6 * p.funding_years
    for slot in range(partnerships.alive.shape[0]):
        partnerships.pounds[slot] = 0.0
        if flows and partnerships.alive[slot] and partnerships.programme[slot]:
            partnerships.pounds[slot] = p.funding_per_partnership / 6.0
            ledger.pounds[GRANTED] += partnerships.pounds[slot]


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Start the programme at half-term 0; pay each half-term while the money lasts (M19, M27, M29)."""
    appoint(state, p, clock)
    star = p["programme_structure"][0] == STAR
    if clock.half_term == 0 and star and p["programme_originators"][0] > 0:
        _start(
            state.practices, state.schools, state.repertoires, state.teachers, state.knowledge, state.ties,
            state.adjacency,
            state.partnerships, state.ledger,
            p, clock.seed, clock.half_term,
        )  # fmt: skip
    if clock.half_term >= 0 and clock.year_begins and not star and len(state.networks):
        set_up(state, p, clock)
    if clock.half_term == 0:
        _badge(state.schools, p)
    _grant(state.partnerships, state.ledger, p, clock.half_term)
