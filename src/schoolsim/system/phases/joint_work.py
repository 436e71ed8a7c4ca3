"""7. Joint work: partnerships spend hours, and people learn by mode."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import (
    ARRANGING,
    BOUGHT,
    COVER,
    GRANTED,
    HOME,
    INFORMAL,
    JOINT,
    RETURNED,
    TRANSFERS,
    TRAVEL,
    UNUSED,
)
from schoolsim.rules import engagement as engaging
from schoolsim.rules.learning import access, ceiling, dose, zone
from schoolsim.rules.modes import Held, Terms, creation_chance, learned, originators_gain, terms
from schoolsim.rules.time_money import bought_hours, joint_hours, originators_part, travel_hours
from schoolsim.rules.words import CREATION, EXCHANGE, PURSE_ORIGINATOR
from schoolsim.system.closeness import difference
from schoolsim.system.creating import create
from schoolsim.system.partnering import gap_felt
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
    TeacherTies,
    Ties,
)
from schoolsim.system.tables import trust_of

ROUTINE = 0.5  # mastery from which a practice is counted as passed on


@compiled
def _still_there(teachers: Teachers, partnerships: Partnerships, slot: int, pair: int) -> bool:
    """Whether both people of a pair are still in the posts in which they agreed to work together."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    if giver < 0 or learner < 0:
        return False
    return (
        teachers.uid[giver] == partnerships.giver_uid[slot, pair]
        and teachers.uid[learner] == partnerships.learner_uid[slot, pair]
    )


@compiled
def _count_pairs(teachers: Teachers, partnerships: Partnerships) -> None:
    """How many pairs each teacher is in: their hours are divided before anyone spends them, so order is nothing."""
    teachers.pairs[:] = 0
    teachers.load[:] = 0
    teachers.out[:] = 0.0
    for slot in range(partnerships.alive.shape[0]):
        partnerships.worked[slot] = 0
        for pair in range(PAIRS):
            if partnerships.alive[slot] and _still_there(teachers, partnerships, slot, pair):
                partnerships.worked[slot] += 1
                teachers.pairs[partnerships.giver[slot, pair]] += 1
                teachers.pairs[partnerships.learner[slot, pair]] += 1


@compiled
def _own_hours(schools: Schools, teachers: Teachers, post: int, p: np.record) -> float:
    return p.time_committed * schools.hours[teachers.school[post]] / max(1, teachers.pairs[post])


@compiled
def _learner_engagement(
    practices: Practices, schools: Schools, teachers: Teachers, ties: Ties, partnerships: Partnerships,
    slot: int, post: int, practice: int, own_need: float, how: Terms, p: np.record,
) -> float:  # fmt: skip
    school = teachers.school[post]
    partner = partnerships.partner[slot]
    gap = gap_felt(schools, partner, partnerships.originator[slot], p) if school == partner else 0.0
    fit = 1.0 - abs(teachers.values[post] - practices.kind[practice])
    imposed = float(partnerships.imposed[slot])
    pull = engaging.task_pull(own_need, how.say, practices.appeal[practice], fit, p)
    pull += engaging.school_push(
        schools.tone[school], schools.protection[school], p.stakes_level, float(schools.commitments[school]), p
    )
    pull += engaging.relation_pull(trust_of(ties, partnerships.tie[slot], school), imposed, gap, p)
    return engaging.engagement(pull, p)


@compiled
def _note(events: Events, post: int, practice: int, mastery: float, tuning: float, ownership: float) -> None:
    place = events.count[0]
    if place < events.teacher.shape[0]:
        events.teacher[place], events.practice[place] = post, practice
        events.mastery[place], events.tuning[place], events.ownership[place] = mastery, tuning, ownership
        events.count[0] = place + 1


@compiled
def _learn(
    practices: Practices, teachers: Teachers, knowledge: Knowledge, events: Events, ledger: Ledger, learner: int, giver: int, practice: int,
    hours: float, engaged: float, giver_engaged: float, familiarity: float, trust: float, how: Terms, p: np.record,
) -> float:  # fmt: skip
    """One teacher learns a practice from another; returns the mastery gained."""
    held = Held(
        float(knowledge.mastery[learner, practice]),
        float(knowledge.tuning[learner, practice]),
        float(knowledge.ownership[learner, practice]),
    )
    source = float(knowledge.mastery[giver, practice])
    tacit = practices.tacit[practice]
    near = zone(source - held.mastery, 0.5 * (teachers.confidence[learner] + trust), p)
    ease = near * access(tacit, how.face, familiarity, teachers.transfer[giver], p) * min(1.0, 2.0 * giver_engaged)
    amount = dose(hours, practices.hours[practice], engaged, teachers.learning[learner], p)
    after = learned(held, ceiling(source, tacit, how.face, p), ease, amount, engaged, how, p)
    gain = after.mastery - held.mastery
    _note(events, learner, practice, gain, after.tuning - held.tuning, after.ownership - held.ownership)
    if gain > 0.0 and after.mastery < ROUTINE:
        teachers.load[learner] += 1
    if held.mastery < ROUTINE <= after.mastery:
        ledger.counts[TRANSFERS] += 1.0
    return gain


@compiled
def _originate(
    practices: Practices,
    teachers: Teachers,
    knowledge: Knowledge,
    events: Events,
    giver: int,
    practice: int,
    mode: int,
    hours: float,
    engaged: float,
    p: np.record,
) -> None:
    """What originating gives the originator (M10)."""
    mastery = float(knowledge.mastery[giver, practice])
    if mastery > 0.05:
        share = originators_gain(mode, hours, practices.hours[practice], engaged, p)
        tuning, ownership = float(knowledge.tuning[giver, practice]), float(knowledge.ownership[giver, practice])
        _note(events, giver, practice, (1.0 - mastery) * share, (1.0 - tuning) * share, (1.0 - ownership) * share)
    teachers.gain_transfer[giver] += p.originator_transfer * hours * engaged * (1.0 - teachers.transfer[giver])
    teachers.gain_confidence[giver] += p.originator_confidence * hours * engaged * (1.0 - teachers.confidence[giver])


@compiled
def _pair_hours(
    schools: Schools,
    teachers: Teachers,
    ties: Ties,
    partnerships: Partnerships,
    ledger: Ledger,
    slot: int,
    pair: int,
    how: Terms,
    p: np.record,
) -> float:
    """Net joint hours of a pair, with every hour and pound of both sides accounted for (M15, M25, M27)."""
    giver, learner, mode = partnerships.giver[slot, pair], partnerships.learner[slot, pair], partnerships.mode[slot]
    bought = bought_hours(partnerships.pounds[slot], float(partnerships.worked[slot]), p)
    part = originators_part(p)
    own_giver, own_learner = _own_hours(schools, teachers, giver, p), _own_hours(schools, teachers, learner, p)
    miles = ties.miles[partnerships.tie[slot]]
    travel_giver, travel_learner = travel_hours(mode, miles, True, p), travel_hours(mode, miles, False, p)
    fixed = p.time_arranging + how.overhead
    hours = joint_hours(
        own_giver + bought * part - travel_giver - fixed,
        own_learner + bought * (1.0 - part) - travel_learner - fixed,
        how.share, partnerships.demand[slot],
    )  # fmt: skip
    met = 1.0 if hours > 0.0 else 0.0
    used_giver, used_learner = met * (hours + travel_giver + fixed), met * (hours * how.share + travel_learner + fixed)
    bought_giver, bought_learner = max(0.0, used_giver - own_giver), max(0.0, used_learner - own_learner)
    ledger.hours[GRANTED] += own_giver + own_learner
    ledger.hours[BOUGHT] += bought_giver + bought_learner
    ledger.hours[JOINT] += met * hours * (1.0 + how.share)
    ledger.hours[TRAVEL] += met * (travel_giver + travel_learner)
    ledger.hours[ARRANGING] += met * 2.0 * fixed
    ledger.hours[UNUSED] += own_giver + own_learner + bought_giver + bought_learner - used_giver - used_learner
    ledger.pounds[COVER] += p.funding_hour * (bought_giver + bought_learner)
    left_giver = max(0.0, bought * part - bought_giver)
    left_learner = max(0.0, bought * (1.0 - part) - bought_learner)
    if p.funding_purse == PURSE_ORIGINATOR:
        # An originator that holds the purse keeps what it has not spent outside, as time at home.
        originator = partnerships.originator[slot]
        schools.home_hours[originator] += p.funding_home_value * left_giver / schools.staff[originator]
        ledger.pounds[HOME] += p.funding_hour * left_giver
        ledger.pounds[RETURNED] += p.funding_hour * left_learner
    else:
        ledger.pounds[RETURNED] += p.funding_hour * (left_giver + left_learner)
    teachers.out[giver] += p.time_in_class * used_giver
    teachers.out[learner] += p.time_in_class * used_learner
    return hours


@compiled
def _pair_works(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, ties: Ties, partnerships: Partnerships, events: Events, ledger: Ledger,
    slot: int, pair: int, hours: float, how: Terms, p: np.record,
) -> tuple[float, float, float]:  # fmt: skip
    """A pair's half-term: returns the learner's gain and both sides' engagement."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    tie, focus, mode = partnerships.tie[slot], partnerships.focus[slot], partnerships.mode[slot]
    originator, partner = partnerships.originator[slot], partnerships.partner[slot]
    trust, trust_back = trust_of(ties, tie, partner), trust_of(ties, tie, originator)
    engaged = _learner_engagement(
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
    giving = engaging.originators_engagement(schools.tone[originator], trust_back, float(partnerships.imposed[slot]), p)
    gain = _learn(
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
    _originate(practices, teachers, knowledge, events, giver, focus, mode, hours, giving, p)
    back = partnerships.back[slot]
    if back >= 0:
        returned = p.exchange_returned_hours * hours
        keen = _learner_engagement(practices, schools, teachers, ties, partnerships, slot, giver, back, 0.5, how, p)
        _learn(
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
        _originate(practices, teachers, knowledge, events, learner, back, mode, returned, engaged, p)
        partnerships.returned[slot] += returned
    partnerships.given[slot] += hours
    if mode >= EXCHANGE:
        rate = p.meta_creation if mode == CREATION else p.meta_exchange
        teachers.gain_learning[learner] += rate * hours * engaged * (1.0 - teachers.learning[learner])
        teachers.gain_learning[giver] += rate * hours * giving * (1.0 - teachers.learning[giver])
    return gain, engaged, giving


@compiled
def _work(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge, ties: Ties, partnerships: Partnerships, events: Events, ledger: Ledger,
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
        how = terms(partnerships.mode[slot], p)
        tie = partnerships.tie[slot]
        unlike = difference(schools, partnerships.originator[slot], partnerships.partner[slot])
        trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
        for pair in range(PAIRS):
            if not _still_there(teachers, partnerships, slot, pair):
                continue
            hours = _pair_hours(schools, teachers, ties, partnerships, ledger, slot, pair, how, p)
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


@compiled
def informal_terms(p: np.record) -> Terms:
    """A talk between friends: no plan, no overhead, side by side for part of it."""
    return Terms(p.adaptation_pace, p.informal_face, p.adaptation_tuning, p.adaptation_ownership, 1.0, 0.0, 0.0, 1.0)


@compiled
def _best_friends(teachers: Teachers, friends: TeacherTies) -> None:
    """Each teacher's best tie to a teacher elsewhere."""
    teachers.best_tie[:] = -1
    for tie in range(friends.alive.shape[0]):
        if not friends.alive[tie]:
            continue
        worth = friends.trust[tie] * (0.3 + friends.familiarity[tie])
        for post in (friends.a[tie], friends.b[tie]):
            best = teachers.best_tie[post]
            if best < 0 or worth > friends.trust[best] * (0.3 + friends.familiarity[best]):
                teachers.best_tie[post] = tie


@compiled
def _friends_talk(
    practices: Practices,
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    friends: TeacherTies,
    events: Events,
    ledger: Ledger,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Friends in different schools talk of what one of them is working on, past their heads' gates (M14, M20)."""
    p = parameters[0]
    how = informal_terms(p)
    _best_friends(teachers, friends)
    for post in range(teachers.uid.shape[0]):
        tie, focus = teachers.best_tie[post], teachers.focus[post]
        if tie < 0 or focus < 0:
            continue
        other = friends.b[tie] if friends.a[tie] == post else friends.a[tie]
        keen = 1.0 + p.informal_enterprise * (teachers.enterprise[post] - 0.5)
        chance = p.informal_rate * friends.trust[tie] * (0.3 + friends.familiarity[tie]) * keen
        if draws.uniform(seed, draws.INFORMAL, step, teachers.uid[post], 0) < chance:
            ledger.counts[INFORMAL] += 1.0
            _learn(
                practices, teachers, knowledge, events, ledger, post, other, focus, p.informal_hours, 0.5, 0.5,
                friends.familiarity[tie], friends.trust[tie], how, p,
            )  # fmt: skip
            friends.familiarity[tie] += 0.02 * (1.0 - friends.familiarity[tie])


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Spend the half-term's hours together; what is learnt is noted, and settled in the classroom phase."""
    state.events.count[0] = 0
    _count_pairs(state.teachers, state.partnerships)
    _work(
        state.practices, state.schools, state.repertoires, state.teachers, state.knowledge, state.ties, state.partnerships, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
    _friends_talk(
        state.practices, state.schools, state.teachers, state.knowledge, state.friends, state.events, state.ledger,
        p, clock.seed, clock.half_term,
    )  # fmt: skip
