"""Accreditation: awards for practices, what applying teaches, and who then calls (M41, §4.4)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ACCREDITED, AWARDS, GRANTED, REQUESTS, REQUESTS_COLD, TOLD
from schoolsim.system.closeness import tie_together
from schoolsim.system.partnering import favourite
from schoolsim.system.state import (
    Knowledge,
    Ledger,
    Parameters,
    Practices,
    Repertoires,
    Schools,
    Teachers,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, trust_of

HELD = 0.5  # mastery from which a teacher holds the practice reviewed
CALLED = 0.05  # share of the way to full familiarity that a call brings


@compiled
def _apply(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ledger: Ledger, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Some schools apply this year for the practice they are proudest of; there is no failure (§4.4)."""
    for school in range(schools.uid.shape[0]):
        if schools.award[school] >= 0:
            continue
        if draws.uniform(seed, draws.AWARD, step, schools.uid[school], 0) >= p.accreditation_rate:
            continue
        one = favourite(practices, schools, repertoires, school)
        schools.award[school] = one
        schools.award_hours[school] += p.accreditation_hours
        # The school's own money.
        ledger.pounds[GRANTED] += p.accreditation_pounds
        ledger.pounds[ACCREDITED] += p.accreditation_pounds
        ledger.counts[AWARDS] += 1.0
        for post in range(schools.first[school], schools.past[school]):
            if knowledge.mastery[post, one] >= HELD:
                knowledge.ownership[post, one] += np.float32(p.accreditation_review) * (
                    np.float32(1.0) - knowledge.ownership[post, one]
                )
                teachers.confidence[post] += p.accreditation_review * (1.0 - teachers.confidence[post])


@compiled
def _calls(schools: Schools, ties: Ties, adjacency: Wholes, ledger: Ledger, p: np.record, seed: int, step: int) -> None:
    """Schools in need ask an awarded school they know; hardly ever one they have only read of."""
    number = schools.uid.shape[0]
    told = p.accreditation_cold * (1.0 + p.accreditation_reach * p.accreditation_fund)
    # Decided from the ties as found, so that no call makes the next one warmer.
    caller, called = np.empty(number * 4, dtype=np.int64), np.empty(number * 4, dtype=np.int64)
    calls = 0
    for other in range(number):
        if schools.award[other] < 0:
            continue
        ledger.pounds[GRANTED] += p.accreditation_fund / 6.0
        ledger.pounds[TOLD] += p.accreditation_fund / 6.0
        for school in range(number):
            if school == other or schools.need[school] != schools.award[other]:
                continue
            tie = find_tie(ties, adjacency, school, other)
            if tie < 0 and schools.authority[school] != schools.authority[other]:
                continue
            chance = told if tie < 0 else p.accreditation_tied * trust_of(ties, tie, school)
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
        tie = find_tie(ties, adjacency, school, other)
        ledger.counts[REQUESTS] += 1.0
        ledger.counts[REQUESTS_COLD] += 1.0 if tie < 0 else 0.0
        if tie < 0:
            tie = tie_together(schools, ties, adjacency, school, other, p.trust_stranger, p.broker_familiarity, p, seed)
        if tie >= 0:
            ties.familiarity[tie] += CALLED * (1.0 - ties.familiarity[tie])


@compiled
def accredit(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, adjacency: Wholes, ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Awards once a year, calls in every half-term."""
    p = parameters[0]
    if step % 6 == 0:
        _apply(practices, schools, repertoires, teachers, knowledge, ledger, p, seed, step)
    _calls(schools, ties, adjacency, ledger, p, seed, step)
