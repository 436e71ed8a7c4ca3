"""1. Policy: who is in the programme, who wears a badge, whose money flows this half-term."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ENDED
from schoolsim.rules.words import (
    NO_EVALUATION,
    ORIGINATOR,
    PARTNER,
    SELECT_CROSS_AREA,
    STAR,
)
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.accrediting import accredit
from schoolsim.system.churn import badge, reset
from schoolsim.system.closeness import tie_together
from schoolsim.system.evaluating import ask_for_evaluation
from schoolsim.system.headship import bring_on_all
from schoolsim.system.inside import appoint
from schoolsim.system.membership import claims, drawn_to, may_be_asked
from schoolsim.system.money import pay
from schoolsim.system.networks import set_up
from schoolsim.system.ordering import by_size
from schoolsim.system.partnering import begin, end, partnership_on
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
def _choose_originators(schools: Schools, most: int, p: np.record, seed: int, step: int) -> Wholes:
    """The rows of the schools asked to share, best claim first; enough of them for `most` partnerships."""
    each = p.programme_partners_each
    wanted = min(p.programme_originators, schools.uid.shape[0] // (1 + each), (most + each - 1) // each)
    return by_size(-claims(schools, p.programme_select, p, seed, step))[:wanted]


@compiled
def _choose_partner(schools: Schools, ties: Ties, adjacency: Wholes, originator: int, p: np.record) -> int:
    """The school with the weakest results that suits the originator and is not yet in the programme, or -1."""
    best, found = -1.0e5, -1
    for school in range(schools.uid.shape[0]):
        far = schools.authority[school] != schools.authority[originator]
        if not may_be_asked(schools, school, p) or (far and p.programme_select != SELECT_CROSS_AREA):
            continue
        liking = drawn_to(schools, ties, adjacency, originator, school, p.programme_select, p)
        liking -= p.programme_need * schools.standing[school]
        if liking > best:
            best, found = liking, school
    return found


@compiled
def _start(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, adjacency: Wholes,
    partnerships: Partnerships, ledger: Ledger,
    most: int, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    begun = 0
    originators = _choose_originators(schools, most, p, seed, step)
    for place in range(originators.shape[0]):
        schools.role[originators[place]] = ORIGINATOR
    for _ in range(p.programme_partners_each):
        for place in range(originators.shape[0]):
            originator = originators[place]
            partner = _choose_partner(schools, ties, adjacency, originator, p)
            if partner < 0 or begun >= most:
                continue
            schools.role[partner] = PARTNER
            tie = find_tie(ties, adjacency, originator, partner)
            if tie < 0:
                tie = tie_together(schools, ties, adjacency, originator, partner, p.trust_stranger, 0.0, p, seed)
            before = partnership_on(ties, partnerships, tie)
            if before >= 0:
                # The programme takes over what the two schools already do together.
                end(schools, partnerships, before)
                ledger.counts[ENDED] += 1.0
            slot = free_slot(partnerships)
            if tie >= 0 and slot >= 0:
                begun += 1
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


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Hold schools to account; start, reset, badge and pay the programme; accredit (M19, M27-M29, M38-M41).

    What is not in force is not called: a call with this many columns costs more than many a kernel's work.
    """
    schools, teachers, ledger, seed, step = state.schools, state.teachers, state.ledger, clock.seed, clock.half_term
    partnerships = state.partnerships
    appoint(state, p, clock)
    for paid in ("pounds", "foreboding"):
        partnerships[paid] = 0.0
    for asked in ("bidding_hours", "evaluating_hours", "award_hours"):
        schools[asked] = 0.0
    if step == 0:
        bring_on_all(schools, p)
    if clock.year_begins or p["inspection_years"][0] > 0:
        hold_to_account(schools, p, seed, step)
    if step == 0:
        places = len(partnerships)
    elif p["policy_churn"][0] > 0.0:
        # What is closed starts again under another name, with as many partnerships as there were.
        places = reset(schools, teachers, state.ties, partnerships, state.broker_knows, ledger, p, seed, step)
    else:
        places = 0
    # Both may run side by side, as when some schools are Beacons and others in a network.
    stars = p["programme_originators"][0] > 0
    networks = p["programme_structure"][0] != STAR and len(state.networks) > 0
    if (stars or networks) and step >= 0:
        if stars and places > 0:
            _start(
                state.practices, schools, state.repertoires, teachers, state.knowledge, state.ties,
                state.adjacency, partnerships, ledger, places, p, seed, step,
            )  # fmt: skip
        if networks and clock.year_begins:
            set_up(state, p, clock)
        badge(schools, p, seed, step)
        pay(state.practices, schools, teachers, state.knowledge, partnerships, ledger, p, seed, step)
        if p["evaluation_kind"][0] != NO_EVALUATION:
            ask_for_evaluation(schools, partnerships, ledger, p, step)
    if p["accreditation_rate"][0] > 0.0 and step >= 0:
        accredit(
            state.practices, schools, state.repertoires, teachers, state.knowledge, state.ties, state.adjacency, ledger,
            p, seed, step,
        )  # fmt: skip
