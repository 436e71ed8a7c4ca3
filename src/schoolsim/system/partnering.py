"""How a partnership begins: its focus, its mode, and which teachers work together."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BEGUN, DISCLOSED, FOCUSES, MODES_BEGUN
from schoolsim.rules.accountability import measured_value
from schoolsim.rules.horizon import courtship, phase
from schoolsim.rules.identity import counter_offers, status_gap
from schoolsim.rules.modes import both_learn, settled_mode
from schoolsim.rules.search import chosen_mode, disclosure, joint_mode, matched_mode
from schoolsim.rules.words import FREE_MODE, SECONDARY
from schoolsim.system.arranging import plan, planned_jointly
from schoolsim.system.closeness import difference
from schoolsim.system.pairing import assign_pairs
from schoolsim.system.state import (
    Knowledge,
    Ledger,
    Partnerships,
    Practices,
    Repertoires,
    Schools,
    Teachers,
    Ties,
)
from schoolsim.system.tables import release, trust_of


@compiled
def partnership_uid(schools: Schools, partnerships: Partnerships, slot: int) -> int:
    """Stable number of a partnership: its two schools, in their roles."""
    return draws.pair(schools.uid[partnerships.originator[slot]], schools.uid[partnerships.partner[slot]])


@compiled
def gap_felt(schools: Schools, partner: int, originator: int, p: np.record) -> float:
    """The status gap a partner feels below an originator."""
    return status_gap(
        schools.badge[partner], schools.badge[originator], schools.seen[partner], schools.seen[originator], p
    )


@compiled
def worth_showing(schools: Schools, school: int, p: np.record, step: int) -> float:
    """Confidence with which a school offers what it does; an advanced skills teacher adds to it (M18, R11)."""
    return schools.confidence[school] + (p.ast_offers if schools.advanced[school] > 0 else 0.0)


@compiled
def favourite(practices: Practices, schools: Schools, repertoires: Repertoires, school: int) -> int:
    """What a school likes best to show: what it does well and what looks good."""
    best, found = -1.0, 0
    for one in range(practices.alive.shape[0]):
        pride = repertoires.mastery[school, one] * (0.5 + 0.5 * practices.appeal[one])
        if practices.alive[one] and pride > best:
            best, found = pride, one
    return found


@compiled
def _counter_offer(
    practices: Practices, schools: Schools, repertoires: Repertoires, giver: int, learner: int, focus: int, p: np.record
) -> int:
    """The practice `giver` could best offer `learner`, or -1 where it leads in none."""
    best, found = p.exchange_counter_gap, -1
    for one in range(practices.alive.shape[0]):
        lead = repertoires.mastery[giver, one] - repertoires.mastery[learner, one]
        if practices.alive[one] and one != focus and lead > best:
            best, found = lead, one
    return found


@compiled
def choose_focus(
    practices: Practices,
    schools: Schools,
    repertoires: Repertoires,
    ties: Ties,
    partnerships: Partnerships,
    ledger: Ledger,
    slot: int,
    p: np.record,
    seed: int,
    step: int,
) -> None:
    """Work on the partner's need if it is admitted and can be met, else on the originator's favourite (M13)."""
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    gap = gap_felt(schools, partner, originator, p)
    chance = disclosure(trust_of(ties, tie, partner), schools.felt[partner], gap, ties.rivalry[tie], p)
    if partnerships.programme[slot]:
        # Where own priorities are to be heard, they need not be confessed (R12).
        chance += p.priorities_own * (1.0 - chance)
    admitted = draws.uniform(seed, draws.DISCLOSE, step, partnerships.uid[slot], 0) < chance
    need = schools.need[partner]
    met = (
        need >= 0
        and repertoires.mastery[originator, need] > repertoires.mastery[partner, need] + p.exchange_counter_gap
    )
    own = admitted and met
    partnerships.focus[slot] = need if own else favourite(practices, schools, repertoires, originator)
    partnerships.own_need[slot] = 1 if partnerships.focus[slot] == need else 0
    partnerships.refocused[slot] = step
    ledger.counts[FOCUSES] += 1.0
    ledger.counts[DISCLOSED] += 1.0 if admitted else 0.0


@compiled
def _choose_mode(
    practices: Practices,
    schools: Schools,
    repertoires: Repertoires,
    ties: Ties,
    partnerships: Partnerships,
    slot: int,
    p: np.record,
    seed: int,
    step: int,
) -> None:
    originator, partner, tie = partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot]
    focus, uid = partnerships.focus[slot], partnerships.uid[slot]
    back = _counter_offer(practices, schools, repertoires, partner, originator, focus, p)
    chance = counter_offers(worth_showing(schools, partner, p, step), gap_felt(schools, partner, originator, p), p)
    offered = back >= 0 and draws.uniform(seed, draws.OFFER, step, uid, 0) < chance
    if partnerships.programme[slot] and p.programme_mode != FREE_MODE:
        mode = settled_mode(p.programme_mode - 1, p)
        # A programme that prescribes reciprocity also asks for the counter-offer.
        offered = back >= 0
    else:
        trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
        luck = draws.uniform(seed, draws.MODE, step, uid, 0)
        unlike = difference(schools, originator, partner)
        if planned_jointly(partnerships, slot, p, seed):
            offered, mode = back >= 0, joint_mode(unlike, luck, p)
        elif partnerships.programme[slot] and p.matching_kind:
            mode = matched_mode(trust, offered, practices.kind[focus], unlike, luck, p)
        else:
            mode = chosen_mode(trust, offered, practices.kind[focus], unlike, luck, p)
    partnerships.mode[slot] = mode
    partnerships.back[slot] = back if both_learn(mode) and offered else -1


@compiled
def begin(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, partnerships: Partnerships, ledger: Ledger,
    slot: int, originator: int, partner: int, tie: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    """Begin a partnership in a free slot whose `programme` and `imposed` are set."""
    partnerships.alive[slot] = 1
    partnerships.originator[slot], partnerships.partner[slot], partnerships.tie[slot] = originator, partner, tie
    ties.partnership[tie] = slot
    uid = partnership_uid(schools, partnerships, slot)
    partnerships.uid[slot] = uid
    partnerships.began[slot] = step
    least, most = p.end_task_least, max(p.end_task_least, p.end_task_most)
    partnerships.due[slot] = (
        step + least + int(draws.uniform(seed, draws.TASK_LENGTH, step, uid, 0) * (most - least + 1))
    )
    spread = p.time_demand_most - p.time_demand_least
    partnerships.demand[slot] = p.time_demand_least + spread * draws.uniform(seed, draws.DEMAND, step, uid, 0)
    partnerships.collegial[slot] = 0
    partnerships.given[slot] = partnerships.returned[slot] = 0.0
    partnerships.hours[slot] = partnerships.gain[slot] = partnerships.engagement[slot] = 0.0
    partnerships.worked[slot] = 0
    partnerships.courted[slot] = courtship(0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie]), ties.familiarity[tie], p)
    partnerships.phase[slot] = phase(0, partnerships.courted[slot], p)
    partnerships.foreboding[slot] = partnerships.prize[slot] = partnerships.learnt[slot] = 0.0
    # What a school's results are measured to be in a half-term is one number, whoever looks.
    luck = draws.normal(seed, draws.EVALUATE, step, schools.uid[partner], 0)
    partnerships.value_began[slot] = measured_value(schools.value[partner], luck, p)
    schools.commitments[originator] += 1
    schools.commitments[partner] += 1
    schools.originated[originator] = 1
    plan(partnerships, slot, p, seed)
    choose_focus(practices, schools, repertoires, ties, partnerships, ledger, slot, p, seed, step)
    _choose_mode(practices, schools, repertoires, ties, partnerships, slot, p, seed, step)
    if both_learn(partnerships.mode[slot]):
        schools.originated[partner] = 1
    assign_pairs(schools, teachers, knowledge, partnerships, slot, p, seed, step)
    ledger.counts[BEGUN] += 1.0
    ledger.counts[MODES_BEGUN + partnerships.mode[slot]] += 1.0


@compiled
def end(schools: Schools, partnerships: Partnerships, slot: int) -> None:
    """End a partnership; its tie stays."""
    release(partnerships, slot)
    partnerships.programme[slot] = 0
    partnerships.imposed[slot] = 0
    partnerships.network[slot] = 0
    partnerships.pounds[slot] = partnerships.prize[slot] = partnerships.foreboding[slot] = 0.0
    schools.commitments[partnerships.originator[slot]] -= 1
    schools.commitments[partnerships.partner[slot]] -= 1


@compiled
def partnership_on(ties: Ties, partnerships: Partnerships, tie: int) -> int:
    """The slot of the partnership of two schools by their tie (-1: they have none), or -1: they have one at a time."""
    if tie < 0:
        return -1
    slot = ties.partnership[tie]
    # The slot may be another's by now.
    return slot if partnerships.alive[slot] and partnerships.tie[slot] == tie else -1


@compiled
def most_partnerships(phase: int, p: np.record) -> int:
    """Partnerships a school can carry."""
    return p.search_most_secondary if phase == SECONDARY else p.search_most_primary
