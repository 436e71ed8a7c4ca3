"""7. Joint work: partnerships spend hours, and people learn by mode."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import RETURNED
from schoolsim.rules import engagement as engaging
from schoolsim.rules.horizon import in_phase, phase
from schoolsim.rules.modes import Terms, creation_chance, remotely, terms
from schoolsim.rules.words import CREATION, EXCHANGE
from schoolsim.system.closeness import difference
from schoolsim.system.creating import create
from schoolsim.system.friendships import friends_talk
from schoolsim.system.lessons import learn, learner_engagement, originate
from schoolsim.system.spending import at_a_distance, count_pairs, pair_hours, still_there
from schoolsim.system.state import (
    PAIRS,
    Clock,
    Events,
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
)
from schoolsim.system.tables import trust_of


@compiled
def _pair_works(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, ties: Ties,
    partnerships: Partnerships, events: Events, ledger: Ledger,
    slot: int, pair: int, hours: float, how: Terms, p: np.record,
) -> tuple[float, float, float]:  # fmt: skip
    """A pair's half-term: returns the learner's gain and both sides' engagement."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    tie, focus, mode = partnerships.tie[slot], partnerships.focus[slot], partnerships.mode[slot]
    originator, partner = partnerships.originator[slot], partnerships.partner[slot]
    trust, trust_back = trust_of(ties, tie, partner), trust_of(ties, tie, originator)
    engaged = learner_engagement(
        practices,
        schools,
        teachers,
        ties,
        partnerships,
        slot,
        learner,
        focus,
        float(partnerships.own_need[slot]),
        how,
        p,
    )
    giving = engaging.originators_engagement(
        schools.tone[originator], trust_back, float(partnerships.imposed[slot]), partnerships.foreboding[slot], p
    )
    gain = learn(
        practices,
        teachers,
        knowledge,
        events,
        ledger,
        learner,
        giver,
        focus,
        hours,
        engaged,
        giving,
        ties.familiarity[tie],
        trust,
        how,
        p,
    )
    originate(practices, teachers, knowledge, events, giver, focus, mode, hours, giving, p)
    back = partnerships.back[slot]
    if back >= 0:
        returned = p.exchange_returned_hours * hours
        keen = learner_engagement(practices, schools, teachers, ties, partnerships, slot, giver, back, 0.5, how, p)
        learn(
            practices,
            teachers,
            knowledge,
            events,
            ledger,
            giver,
            learner,
            back,
            returned,
            keen,
            engaged,
            ties.familiarity[tie],
            trust_back,
            how,
            p,
        )
        originate(practices, teachers, knowledge, events, learner, back, mode, returned, engaged, p)
        partnerships.returned[slot] += returned
    partnerships.given[slot] += hours
    if mode >= EXCHANGE:
        rate = p.meta_creation if mode == CREATION else p.meta_exchange
        teachers.gain_learning[learner] += rate * hours * engaged * (1.0 - teachers.learning[learner])
        teachers.gain_learning[giver] += rate * hours * giving * (1.0 - teachers.learning[giver])
    return gain, engaged, giving


@compiled
def _work(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, partnerships: Partnerships, events: Events, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    born = np.full(partnerships.alive.shape[0], -1, dtype=np.int64)
    for slot in range(partnerships.alive.shape[0]):
        partnerships.hours[slot] = partnerships.gain[slot] = partnerships.engagement[slot] = 0.0
        if not partnerships.alive[slot]:
            continue
        pairs = partnerships.worked[slot]
        if pairs == 0:
            ledger.pounds[RETURNED] += partnerships.pounds[slot]
            continue
        partnerships.phase[slot] = phase(step - partnerships.began[slot], partnerships.courted[slot], p)
        how = remotely(terms(partnerships.mode[slot], p), at_a_distance(partnerships, slot, p), p)
        how = in_phase(how, partnerships.phase[slot], p)
        tie = partnerships.tie[slot]
        unlike = difference(schools, partnerships.originator[slot], partnerships.partner[slot])
        trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
        for pair in range(PAIRS):
            if not still_there(teachers, partnerships, slot, pair):
                continue
            hours = pair_hours(schools, teachers, ties, partnerships, ledger, slot, pair, how, p)
            if hours <= 0.0:
                continue
            gain, engaged, giving = _pair_works(
                practices, schools, teachers, knowledge, ties, partnerships, events, ledger, slot, pair, hours, how, p
            )
            partnerships.hours[slot] += hours / pairs
            partnerships.gain[slot] += gain / pairs
            partnerships.engagement[slot] += engaged / pairs
            if partnerships.mode[slot] == CREATION:
                chance = creation_chance(hours, engaged * giving, trust, unlike, p)
                if draws.uniform(seed, draws.CREATE, step, partnerships.uid[slot], pair) < chance:
                    born[slot] = pair
        partnerships.learnt[slot] += partnerships.gain[slot]
    # Births are settled in an order of their own, so that no slot of the table takes precedence.
    for slot in np.argsort(partnerships.uid):
        if born[slot] >= 0:
            create(
                practices,
                schools,
                repertoires,
                teachers,
                knowledge,
                partnerships,
                ledger,
                slot,
                born[slot],
                p,
                seed,
                step,
            )


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Spend the half-term's hours together; what is learnt is noted, and settled in the classroom phase."""
    state.events.count[0] = 0
    count_pairs(state.teachers, state.partnerships)
    _work(
        state.practices, state.schools, state.repertoires, state.teachers, state.knowledge, state.ties,
        state.partnerships, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
    friends_talk(
        state.practices, state.schools, state.teachers, state.knowledge, state.friends, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
