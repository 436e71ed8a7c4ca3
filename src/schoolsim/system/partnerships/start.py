"""Begins a partnership: its focus, its mode, its length (M06-M09, M13, M29)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import CREATION, FIRST_MODE, FORMAL, FREE_MODE, NONE
from schoolsim.rules.evaluation import measured_value
from schoolsim.rules.identity import counter_offer_chance
from schoolsim.rules.modes import both_learn, chosen_mode, joint_mode, matched_mode, settled_mode
from schoolsim.rules.partnerships import disclosure_chance, less_ready, working_share
from schoolsim.system.identity.status import confidence_to_share, status_gap_felt
from schoolsim.system.partnerships.pairs import assign_pairs
from schoolsim.system.partnerships.terms import plan, planned_jointly
from schoolsim.system.practice.needs import favourite
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import mean_trust, trust_of
from schoolsim.system.state.ledger import BEGUN, CHANGED_MODE, DISCLOSED, FOCUSES, MODES_BEGUN
from schoolsim.system.trust.ties import difference

ONE_STEP, ANY_STEPS = 1, 3  # modes by which a partnership may change: once it works, and as it begins


@compiled
def _counter_offer(state: State, p: Parameters, giver: int, learner: int, focus: int) -> int:
    """The practice `giver` could best offer `learner`, or -1 where it leads in none."""
    practices, mastery = state.practices, state.repertoires.mastery
    best, found = p.exchange_counter_gap, NONE
    for practice in range(practices.rows):
        lead = mastery[giver, practice] - mastery[learner, practice]
        if practices.alive[practice] and practice != focus and lead > best:
            best, found = lead, practice
    return found


@compiled
def choose_focus(state: State, p: Parameters, clock: Clock, slot: int, agreed: int) -> None:
    """Work on the partner's need if it is admitted and can be met, else on the originator's favourite (M13).

    A need that a broker was told and brought the two together for (`agreed`, else -1) need not be admitted again.
    """
    schools, mastery, ties = state.schools, state.repertoires.mastery, state.ties
    partnerships, counts = state.partnerships, state.ledger.counts
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    gap = status_gap_felt(state, p, slot)
    trust = trust_of(ties, tie, partner)
    chance = disclosure_chance(trust, schools.felt_stakes[partner], gap, ties.rivalry[tie], p)
    if p.evaluation_kind == FORMAL:
        chance = less_ready(chance, p.disclosure_threat)
    if partnerships.programme[slot]:
        # Where own priorities are to be heard, they need not be confessed (R12).
        chance += p.priorities_own * (1.0 - chance)
    admitted = draws.uniform(clock.seed, draws.DISCLOSE, clock.half_term, partnerships.uid[slot], 0) < chance
    need = schools.need[partner]
    admitted = admitted or agreed >= 0
    met = need >= 0 and mastery[originator, need] > mastery[partner, need] + p.exchange_counter_gap
    partnerships.focus[slot] = need if admitted and met else favourite(state, originator)
    partnerships.own_need[slot] = 1 if partnerships.focus[slot] == need else 0
    partnerships.refocused[slot] = clock.half_term
    counts[FOCUSES] += 1.0
    counts[DISCLOSED] += 1.0 if admitted else 0.0


@compiled
def choose_mode(state: State, p: Parameters, clock: Clock, slot: int, steps: int) -> bool:
    """Choose a partnership's mode from the trust, confidence and counter-offers the two have now.

    Args:
        state: The state.
        p: With the levers of its programme.
        clock: Now.
        slot: The partnership.
        steps: How many modes deeper or shallower it may go at once: what grows grows step by step.

    Returns:
        Whether it changed.
    """
    schools, ties, partnerships = state.schools, state.ties, state.partnerships
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    focus, uid, in_programme = partnerships.focus[slot], partnerships.uid[slot], bool(partnerships.programme[slot])
    seed, step, before = clock.seed, clock.half_term, partnerships.mode[slot]
    back = _counter_offer(state, p, partner, originator, focus)
    gap = status_gap_felt(state, p, slot)
    chance = counter_offer_chance(confidence_to_share(schools, partner, p), gap, p)
    offered = back >= 0 and draws.uniform(seed, draws.OFFER, step, uid, 0) < chance
    if in_programme and p.programme_mode != FREE_MODE:
        mode = settled_mode(p.programme_mode - FIRST_MODE, p)
        # A programme that prescribes reciprocity also asks for the counter-offer.
        offered = back >= 0
    else:
        # Two schools keep their bent: only what has grown between them changes their choice.
        luck = draws.uniform(seed, draws.MODE, partnerships.began[slot], uid, 0)
        unlike = difference(schools, originator, partner)
        kind = state.practices.kind[focus]
        if planned_jointly(partnerships, slot, p, clock):
            offered, mode = back >= 0, joint_mode(unlike, luck, p)
        elif in_programme and p.matching_kind:
            mode = matched_mode(mean_trust(ties, tie), offered, kind, unlike, luck, p)
        else:
            mode = chosen_mode(mean_trust(ties, tie), offered, kind, unlike, luck, p)
    if abs(mode - before) > steps:
        nearer = before + steps if mode > before else before - steps
        mode = settled_mode(nearer, p)
    if steps == ONE_STEP and mode != before:
        state.ledger.counts[CHANGED_MODE] += 1.0
    partnerships.mode[slot] = mode
    partnerships.back[slot] = back if both_learn(mode) and offered else NONE
    if mode == CREATION:
        # There is no originator and no exemplar: each brings what it does best (App D).
        partnerships.focus[slot], partnerships.back[slot] = favourite(state, originator), favourite(state, partner)
        partnerships.own_need[slot] = 0
    return mode != before


@compiled
def task_length(uid: int, p: Parameters, clock: Clock) -> int:
    """Half-terms that two schools give a task, drawn when they take it on."""
    most = max(p.end_task_least, p.end_task_most)
    luck = draws.uniform(clock.seed, draws.TASK_LENGTH, clock.half_term, uid, 0)
    return p.end_task_least + int(luck * (most - p.end_task_least + 1))


@compiled
def begin(
    state: State, p: Parameters, clock: Clock, place: tuple[int, int], ends: tuple[int, int], agreed: int
) -> None:
    """Begin a partnership in a free slot whose `programme` and `imposed` are set.

    Args:
        state: The state.
        p: Parameters.
        clock: Now.
        place: Free slot, and the tie of the two.
        ends: Rows of the originator and of the partner.
        agreed: The partner's need, where it brought the two together (M33, §3.42); else -1.
    """
    schools, ties, partnerships = state.schools, state.ties, state.partnerships
    seed, step = clock.seed, clock.half_term
    slot, tie = place
    originator, partner = ends
    partnerships.alive[slot] = 1
    partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot] = originator, partner, tie
    ties.partnership[tie] = slot
    uid = draws.pair(schools.uid[originator], schools.uid[partner])
    partnerships.uid[slot] = uid
    partnerships.began[slot] = step
    partnerships.due[slot] = step + task_length(uid, p, clock)
    spread = p.time_demand_most - p.time_demand_least
    partnerships.demand[slot] = p.time_demand_least + spread * draws.uniform(seed, draws.DEMAND, step, uid, 0)
    partnerships.collegial[slot] = 0
    partnerships.given[slot] = partnerships.returned[slot] = 0.0
    partnerships.hours[slot] = partnerships.gain[slot] = partnerships.engagement[slot] = 0.0
    partnerships.pairs[slot] = 0
    partnerships.working[slot] = working_share(mean_trust(ties, tie), ties.familiarity[tie], p)
    partnerships.foreboding[slot] = partnerships.prize[slot] = partnerships.learnt[slot] = 0.0
    # What a school's results are measured to be in a half-term is one number, whoever looks.
    luck = draws.normal(seed, draws.EVALUATE, step, schools.uid[partner], 0)
    partnerships.value_start[slot] = measured_value(schools.value[partner], luck, p)
    schools.commitments[originator] += 1
    schools.commitments[partner] += 1
    schools.originated[originator] = 1
    plan(partnerships, slot, p)
    choose_focus(state, p, clock, slot, agreed)
    choose_mode(state, p, clock, slot, ANY_STEPS)
    if both_learn(partnerships.mode[slot]):
        schools.originated[partner] = 1
    assign_pairs(state, p, clock, slot)
    state.ledger.counts[BEGUN] += 1.0
    state.ledger.counts[MODES_BEGUN + partnerships.mode[slot]] += 1.0
