"""Accreditation: awards for practices, what applying teaches, and who then calls (M41, §4.4)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.system.practice.needs import favourite
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from schoolsim.system.state.ledger import ACCREDITED, AWARDS, GRANTED, REQUESTS, REQUESTS_COLD, TOLD
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.trust.ties import make_tie

CALLS_A_SCHOOL = 4  # room for calls in a half-term


@compiled
def _apply(state: State, p: Parameters, clock: Clock) -> None:
    """Some schools apply this year for the practice they are proudest of; there is no failure (§4.4)."""
    schools, teachers, knowledge, ledger = state.schools, state.teachers, state.knowledge, state.ledger
    for school in range(schools.rows):
        if schools.award[school] >= 0:
            continue
        here = levers_at(schools, school, p)
        if draws.uniform(clock.seed, draws.AWARD, clock.half_term, schools.uid[school], 0) >= here.accreditation_rate:
            continue
        practice = favourite(state, school)
        schools.award[school] = practice
        schools.award_hours[school] += p.needs_hours
        # The school's own money.
        ledger.pounds[GRANTED] += here.accreditation_pounds
        ledger.pounds[ACCREDITED] += here.accreditation_pounds
        ledger.counts[AWARDS] += 1.0
        for post in range(schools.first[school], schools.past[school]):
            if knowledge.mastery[post, practice] >= p.learning_routine:
                knowledge.ownership[post, practice] += np.float32(p.accreditation_review) * (
                    np.float32(1.0) - knowledge.ownership[post, practice]
                )
                teachers.confidence[post] += p.accreditation_review * (1.0 - teachers.confidence[post])


@compiled
def _calls(state: State, p: Parameters, clock: Clock) -> None:
    """Schools in need ask an awarded school they know; hardly ever one they have only read of."""
    schools, ties, ledger = state.schools, state.ties, state.ledger
    number, seed, step = schools.rows, clock.seed, clock.half_term
    # Decided from the ties as found, so that no call makes the next one warmer.
    most = CALLS_A_SCHOOL * number
    caller, called = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    calls = 0
    for other in range(number):
        if schools.award[other] < 0:
            continue
        fund = levers_at(schools, other, p).accreditation_fund
        cold_chance = p.accreditation_cold * (1.0 + p.accreditation_reach * fund)
        ledger.pounds[GRANTED] += fund / HALF_TERMS
        ledger.pounds[TOLD] += fund / HALF_TERMS
        for school in range(number):
            if school == other or schools.need[school] != schools.award[other]:
                continue
            tie = find_tie(state, school, other)
            if tie < 0 and schools.authority[school] != schools.authority[other]:
                continue
            chance = cold_chance if tie < 0 else p.accreditation_tied * trust_of(ties, tie, school)
            both = draws.pair(schools.uid[school], schools.uid[other])
            if tie < 0:
                luck = draws.uniform(seed, draws.COLD_REQUEST, step, both, 0)
            else:
                luck = draws.uniform(seed, draws.REQUEST, step, both, 0)
            if luck < chance and calls < caller.shape[0]:
                caller[calls], called[calls] = school, other
                calls += 1
    for call in range(calls):
        school, other = caller[call], called[call]
        tie = find_tie(state, school, other)
        ledger.counts[REQUESTS] += 1.0
        ledger.counts[REQUESTS_COLD] += 1.0 if tie < 0 else 0.0
        if tie < 0:
            tie = make_tie(state, p, clock, (school, other), p.trust_stranger, p.broker_familiarity)
        if tie >= 0:
            ties.familiarity[tie] += p.trust_meeting_familiarity * (1.0 - ties.familiarity[tie])


@compiled
def accredit(state: State, p: Parameters, clock: Clock) -> None:
    """Awards once a year, calls in every half-term."""
    if clock.half_term % HALF_TERMS == 0:
        _apply(state, p, clock)
    _calls(state, p, clock)
