"""A half-term of joint work: pairs spend their hours and learn by mode (M06-M10, M16, M24)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import CREATION, EXCHANGE, NONE
from schoolsim.rules.learning import dependence_after_help
from schoolsim.rules.modes import Terms, creation_chance, creation_readiness, improved, voiced_terms
from schoolsim.rules.partnerships import working_share
from schoolsim.system.engagement import learners_engagement, originators_engagement
from schoolsim.system.identity.status import status_gap_felt
from schoolsim.system.learning.besides import brought_home
from schoolsim.system.learning.episodes import Contact, learn, originate, sustain
from schoolsim.system.learning.friends import HALF_ENGAGED
from schoolsim.system.learning.meetings import terms_of_meeting
from schoolsim.system.partnerships.barter import trade
from schoolsim.system.partnerships.pairs import both_in_post
from schoolsim.system.partnerships.terms import prepare, terms_of
from schoolsim.system.practice.creation import create
from schoolsim.system.programmes.levers import levers_at, levers_of
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.state.adjacency import mean_trust
from schoolsim.system.state.ledger import GIVEN_BACK, LEARNT_PARTNERS, LEARNT_PROGRAMME, RETURNED
from schoolsim.system.state.slots import alive_in_order
from schoolsim.system.teaching.departments import one_subject
from schoolsim.system.time_money.pair_hours import spend_pair_hours
from schoolsim.system.trust.people import tie_of_pair, trust_of_person
from schoolsim.system.trust.ties import difference


@compiled
def _besides_the_practice(
    state: State, p: Parameters, clock: Clock, place: tuple[int, int], work: tuple[float, float, float], terms: Terms
) -> None:
    """What a pair's half-term leaves besides the practice: learning to learn, heart, and perhaps dependency.

    Args:
        state: The state.
        p: Parameters.
        clock: Now.
        place: Partnership and pair.
        work: Hours, engagement of the learner and of the giver.
        terms: Of the partnership.
    """
    teachers, partnerships = state.teachers, state.partnerships
    slot, pair = place
    hours, engagement, giving = work
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    mode = partnerships.mode[slot]
    rate = p.meta_exchange if mode >= EXCHANGE else 0.0
    if partnerships.programme[slot]:
        rate += levers_at(state.schools, partnerships.partner[slot], p).university_involvement * p.meta_training
    teachers.gain_learning[learner] += rate * hours * engagement * (1.0 - teachers.learning[learner])
    teachers.gain_learning[giver] += rate * hours * giving * (1.0 - teachers.learning[giver])
    if partnerships.following_up[slot]:
        sustain(state, p, learner, partnerships.focus[slot], hours, engagement)
    elif clock.half_term - partnerships.began[slot] >= p.end_settled:
        teachers.dependence[learner] = dependence_after_help(teachers.dependence[learner], hours, terms.say, p)


@compiled
def _improve(state: State, p: Parameters, slot: int, amount: float) -> None:
    """In exchange what both work on gets better, in both homes (M08, App B)."""
    partnerships, refined = state.partnerships, state.repertoires.refined
    for school in (partnerships.originator[slot], partnerships.partner[slot]):
        for practice in (partnerships.focus[slot], partnerships.back[slot]):
            refined[school, practice] = np.float32(improved(float(refined[school, practice]), amount, p))


@compiled
def _remember_part(state: State, slot: int, giver: int, learner: int) -> None:
    """The programme in which each first had this part, if this is one of a programme's."""
    teachers, row = state.teachers, state.partnerships.programme[slot]
    if teachers.learnt_in[learner] == 0:
        teachers.learnt_in[learner] = row
    if teachers.gave_in[giver] == 0:
        teachers.gave_in[giver] = row
    if state.partnerships.back[slot] >= 0 and teachers.learnt_in[giver] == 0:
        teachers.learnt_in[giver] = row


@compiled
def _pair_works(
    state: State, p: Parameters, clock: Clock, place: tuple[int, int], hours: float, terms: Terms
) -> tuple[float, float, float, float]:
    """A pair's half-term.

    Returns:
        The learner's gain of mastery, both sides' engagement, and the share of its hours left for the work.
    """
    friends, partnerships = state.friends, state.partnerships
    slot, pair = place
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    focus, mode = partnerships.focus[slot], partnerships.mode[slot]
    tie = tie_of_pair(state, p, slot, pair)
    trust, trust_back = trust_of_person(friends, tie, learner), trust_of_person(friends, tie, giver)
    own_need = float(partnerships.own_need[slot])
    engagement = learners_engagement(state, p, slot, (learner, focus, own_need), terms)
    giving = originators_engagement(state, p, slot)
    known = friends.familiarity[tie]
    working = hours * working_share(0.5 * (trust + trust_back), known, p)
    if one_subject(state.schools, state.teachers, giver, learner):
        known += p.department_ground * (1.0 - known)
    source = LEARNT_PROGRAMME if partnerships.programme[slot] > 0 else LEARNT_PARTNERS
    contact = Contact(working, engagement, known, trust, source)
    brought = brought_home(state, p, clock, (learner, giver), focus, partnerships.began[slot])
    if brought == focus:
        gain = learn(state, p, (learner, giver), focus, contact, terms)
    else:
        # Nobody planned it, and nobody agreed on it: it is what one happened to see.
        seen = Contact(working, HALF_ENGAGED, known, trust, source)
        gain = learn(state, p, (learner, giver), brought, seen, terms_of_meeting(terms.face, p))
    originate(state, p, (giver, focus), mode, partnerships.reach[slot] * working, giving)
    back = partnerships.back[slot]
    if mode == EXCHANGE and back >= 0:
        _improve(state, p, slot, working * engagement * giving)
    if back >= 0:
        returned = p.exchange_returned_hours * working
        keen = learners_engagement(state, p, slot, (giver, back, 0.5), terms)
        contact = Contact(returned, keen, known, trust_back, source)
        learn(state, p, (giver, learner), back, contact, terms)
        originate(state, p, (learner, back), mode, partnerships.reach[slot] * returned, engagement)
        partnerships.returned[slot] += returned
    partnerships.given[slot] += hours
    _remember_part(state, slot, giver, learner)
    _besides_the_practice(state, p, clock, place, (working, engagement, giving), terms)
    friends.hours[tie], friends.gain[tie], friends.engagement[tie] = hours, gain, engagement
    return gain, engagement, giving, working / hours


@compiled
def _partnership_works(state: State, p: Parameters, clock: Clock, slot: int) -> int:
    """A partnership's half-term.

    Returns:
        The pair whose dialogue has given birth to a practice, or -1.
    """
    teachers, ties, partnerships = state.teachers, state.ties, state.partnerships
    pairs, born, tie = partnerships.pairs[slot], NONE, partnerships.tie[slot]
    partnerships.working[slot] = 0.0
    prepare(state, p, clock, slot)
    terms = voiced_terms(terms_of(state, p, clock, slot), status_gap_felt(state, p, slot))
    invested = partnerships.given[slot] / pairs
    unlike = difference(state.schools, partnerships.originator[slot], partnerships.partner[slot])
    trust = mean_trust(ties, tie)
    for pair in range(PAIRS):
        if not both_in_post(teachers, partnerships, slot, pair):
            continue
        hours = spend_pair_hours(state, p, clock, slot, pair, terms)
        if hours <= 0.0:
            continue
        gain, engagement, giving, working = _pair_works(state, p, clock, (slot, pair), hours, terms)
        partnerships.hours[slot] += hours / pairs
        partnerships.working[slot] += working / pairs
        partnerships.gain[slot] += gain / pairs
        partnerships.engagement[slot] += engagement / pairs
        if partnerships.mode[slot] == CREATION:
            chance = creation_chance(hours * working, engagement * giving, trust, unlike, p) * creation_readiness(
                invested, p
            )
            if draws.uniform(clock.seed, draws.CREATE, clock.half_term, partnerships.uid[slot], pair) < chance:
                born = pair
    partnerships.learnt[slot] += partnerships.gain[slot]
    return born


@compiled
def work_together(state: State, p: Parameters, clock: Clock) -> None:
    """Every partnership works; new practices are born."""
    partnerships, ledger = state.partnerships, state.ledger
    born = np.full(partnerships.rows, NONE, dtype=np.int64)
    for slot in range(partnerships.rows):
        partnerships.hours[slot] = partnerships.gain[slot] = partnerships.engagement[slot] = 0.0
    order = alive_in_order(partnerships)
    # In the order of who they are: rounding aside, no slot of the table comes before another.
    for slot in order:
        own = levers_of(partnerships, slot, p)
        barters = p.exchange_barter and partnerships.mode[slot] == EXCHANGE
        if partnerships.pairs[slot] == 0 or (barters and not trade(state, own, clock, slot)):
            ledger.pounds[RETURNED] += partnerships.pounds[slot] - partnerships.common[slot]
            ledger.pounds[GIVEN_BACK] += partnerships.common[slot]
        else:
            born[slot] = _partnership_works(state, own, clock, slot)
    # Births are settled in an order of their own, so that no slot of the table takes precedence.
    for slot in order:
        if born[slot] >= 0:
            create(state, p, clock, slot, born[slot])
