"""7. Joint work: partnerships spend hours, and people learn by mode."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import RETURNED
from schoolsim.rules import engagement as engaging
from schoolsim.rules.arrangements import USUAL_REFLECTIVE, ripe
from schoolsim.rules.horizon import phase
from schoolsim.rules.initiative import leaned
from schoolsim.rules.modes import Terms, creation_chance
from schoolsim.rules.words import CREATION, EXCHANGE
from schoolsim.system.arranging import arranged, prepare
from schoolsim.system.bartering import trade
from schoolsim.system.closeness import difference
from schoolsim.system.creating import create
from schoolsim.system.development import enquire, old_partners, study
from schoolsim.system.friendships import friends_talk
from schoolsim.system.inside import coach
from schoolsim.system.lessons import learn, learner_engagement, originate, sustain
from schoolsim.system.ordering import by_uid
from schoolsim.system.pairing import one_subject
from schoolsim.system.spending import count_pairs, pair_hours, still_there
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
from schoolsim.system.website import look_up


@compiled
def _besides_practice(
    teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships, events: Events,
    slot: int, giver: int, learner: int, hours: float, engaged: float, giving: float, how: Terms, p: np.record,
    step: int,
) -> None:  # fmt: skip
    """What a pair's half-term leaves besides the practice: learning to learn, heart, and perhaps dependency."""
    mode, told = partnerships.mode[slot], bool(partnerships.programme[slot])
    rate = 0.0
    if mode >= EXCHANGE:
        rate = p.meta_creation if mode == CREATION else p.meta_exchange
    if told:
        rate += p.university_involvement * p.university_learning
        total = max(1e-9, p.activity_experiential + p.activity_reflective + p.activity_contextual)
        heart = p.activity_confidence * (p.activity_reflective / total - USUAL_REFLECTIVE) * hours * engaged
        teachers.gain_confidence[learner] += heart * (1.0 - teachers.confidence[learner])
    teachers.gain_learning[learner] += rate * hours * engaged * (1.0 - teachers.learning[learner])
    teachers.gain_learning[giver] += rate * hours * giving * (1.0 - teachers.learning[giver])
    if partnerships.following[slot]:
        sustain(knowledge, events, learner, partnerships.focus[slot], hours, engaged, p)
    elif step - partnerships.began[slot] >= p.dependency_after:
        teachers.dependence[learner] = leaned(teachers.dependence[learner], hours, how.say, p)


@compiled
def _pair_works(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, ties: Ties,
    partnerships: Partnerships, events: Events, ledger: Ledger,
    slot: int, pair: int, hours: float, how: Terms, p: np.record, step: int,
) -> tuple[float, float, float]:  # fmt: skip
    """A pair's half-term: returns the learner's gain and both sides' engagement."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    tie, focus, mode = partnerships.tie[slot], partnerships.focus[slot], partnerships.mode[slot]
    originator, partner = partnerships.originator[slot], partnerships.partner[slot]
    trust, trust_back = trust_of(ties, tie, partner), trust_of(ties, tie, originator)
    own_need = float(partnerships.own_need[slot])
    engaged = learner_engagement(
        practices, schools, teachers, ties, partnerships, slot, learner, focus, own_need, how, p
    )
    known = ties.familiarity[tie]
    if one_subject(schools, teachers, giver, learner):
        known += p.department_ground * (1.0 - known)
    reached = partnerships.reach[slot] * hours
    giving = engaging.originators_engagement(
        schools.tone[originator], trust_back, float(partnerships.imposed[slot]), partnerships.foreboding[slot], p
    )
    gain = learn(
        practices, teachers, knowledge, events, ledger, learner, giver, focus, hours, engaged, giving, known, trust,
        how, p,
    )  # fmt: skip
    originate(practices, teachers, knowledge, events, giver, focus, mode, reached, giving, p)
    back = partnerships.back[slot]
    if back >= 0:
        returned = p.exchange_returned_hours * hours
        keen = learner_engagement(practices, schools, teachers, ties, partnerships, slot, giver, back, 0.5, how, p)
        learn(
            practices, teachers, knowledge, events, ledger, giver, learner, back, returned, keen, engaged, known,
            trust_back, how, p,
        )  # fmt: skip
        reached = partnerships.reach[slot] * returned
        originate(practices, teachers, knowledge, events, learner, back, mode, reached, engaged, p)
        partnerships.returned[slot] += returned
    partnerships.given[slot] += hours
    _besides_practice(
        teachers, knowledge, partnerships, events, slot, giver, learner, hours, engaged, giving, how, p, step
    )
    return gain, engaged, giving


@compiled
def _work(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, partnerships: Partnerships, events: Events, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    common = p.timetable_common and step >= 0
    born = np.full(partnerships.alive.shape[0], -1, dtype=np.int64)
    for slot in range(partnerships.alive.shape[0]):
        partnerships.hours[slot] = partnerships.gain[slot] = partnerships.engagement[slot] = 0.0
        if not partnerships.alive[slot]:
            continue
        pairs = partnerships.worked[slot]
        barters = p.exchange_barter and partnerships.mode[slot] == EXCHANGE
        if pairs == 0 or (barters and not trade(practices, repertoires, partnerships, slot, parameters, seed, step)):
            ledger.pounds[RETURNED] += partnerships.pounds[slot]
            continue
        partnerships.phase[slot] = phase(step - partnerships.began[slot], partnerships.courted[slot], p)
        prepare(practices, schools, ties, partnerships, slot, p, step)
        how = arranged(schools, ties, partnerships, slot, p, step)
        invested = partnerships.given[slot] / pairs
        tie = partnerships.tie[slot]
        unlike = difference(schools, partnerships.originator[slot], partnerships.partner[slot])
        trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
        for pair in range(PAIRS):
            if not still_there(teachers, partnerships, slot, pair):
                continue
            hours = pair_hours(schools, teachers, ties, partnerships, ledger, slot, pair, how, common, p)
            if hours <= 0.0:
                continue
            gain, engaged, giving = _pair_works(
                practices, schools, teachers, knowledge, ties, partnerships, events, ledger, slot, pair, hours, how,
                p, step,
            )  # fmt: skip
            partnerships.hours[slot] += hours / pairs
            partnerships.gain[slot] += gain / pairs
            partnerships.engagement[slot] += engaged / pairs
            if partnerships.mode[slot] == CREATION:
                chance = creation_chance(hours, engaged * giving, trust, unlike, p) * ripe(invested, p)
                if draws.uniform(seed, draws.CREATE, step, partnerships.uid[slot], pair) < chance:
                    born[slot] = pair
        partnerships.learnt[slot] += partnerships.gain[slot]
    # Births are settled in an order of their own, so that no slot of the table takes precedence.
    for slot in by_uid(partnerships.uid.copy()):
        if born[slot] >= 0:
            create(
                practices, schools, repertoires, teachers, knowledge, partnerships, ledger, slot, born[slot], p,
                seed, step,
            )  # fmt: skip


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Spend the half-term's hours together; what is learnt is noted, and settled in the classroom phase."""
    state.events.count[0] = 0
    count_pairs(state.teachers, state.partnerships)
    old_partners(state.schools, state.ties)
    _work(
        state.practices, state.schools, state.repertoires, state.teachers, state.knowledge, state.ties,
        state.partnerships, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
    friends_talk(
        state.practices, state.schools, state.teachers, state.knowledge, state.friends, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
    look_up(
        state.practices, state.schools, state.roster, state.teachers, state.knowledge, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
    enquire(state.teachers, state.knowledge, state.events, state.ledger, p)
    study(state.practices, state.partnerships, p)
    coach(state, p, clock)
