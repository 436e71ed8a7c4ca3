"""11. Careers: partnerships end or go on; once a year heads and teachers leave or move."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ENDED, OUTLIVED, TASKS_DONE
from schoolsim.rules.endings import goes_on, outlives_money, reciprocity, wears_out
from schoolsim.rules.headship import gate_shut
from schoolsim.rules.horizon import paid_share
from schoolsim.rules.words import NO_EVALUATION
from schoolsim.system.arranging import follows_up
from schoolsim.system.covered import is_granted
from schoolsim.system.evaluating import judge
from schoolsim.system.headship import heads_change
from schoolsim.system.pairing import assign_pairs
from schoolsim.system.partnering import choose_focus, end
from schoolsim.system.staffing import replace_leavers, swap_movers
from schoolsim.system.state import (
    PAIRS,
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
)
from schoolsim.system.tables import release


@compiled
def _ends_now(
    schools: Schools, ties: Ties, partnerships: Partnerships, slot: int, p: np.record, seed: int, step: int
) -> bool:
    """Whether distrust, want of progress, hours or an open gate, or the end of its money ends a partnership."""
    tie, uid = partnerships.tie[slot], partnerships.uid[slot]
    if ties.hostile[tie] and not partnerships.imposed[slot]:
        return True
    given = max(p.end_settled, p.programme_patience) if partnerships.programme[slot] else p.end_settled
    if step - partnerships.began[slot] < given:
        return False
    trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
    chance = wears_out(trust, partnerships.gain[slot], p)
    if partnerships.hours[slot] <= 0.0:
        chance += p.end_no_hours
    shut = 0.0
    for school in (partnerships.originator[slot], partnerships.partner[slot]):
        if schools.closed[school]:
            shut = max(shut, gate_shut(schools.distributed[school], p))
    if not partnerships.imposed[slot]:
        chance += p.end_closed_head * shut
    if draws.uniform(seed, draws.END, step, uid, 0) < chance:
        return True
    had_money = is_granted(partnerships, slot, p) and p.funding_years > 0
    gone = 1.0 - paid_share(step, p)
    if had_money and gone > 0.0 and not partnerships.following[slot]:
        even = reciprocity(partnerships.given[slot], partnerships.returned[slot])
        loose = gone * p.end_money_stops * (1.0 - outlives_money(trust, ties.familiarity[tie], even))
        return draws.uniform(seed, draws.WITHDRAW, step, uid, 0) < loose
    return False


@compiled
def _task_done(
    ties: Ties, partnerships: Partnerships, ledger: Ledger, slot: int, p: np.record, seed: int, step: int
) -> bool:
    """Whether the partnership ends with its task; otherwise it goes on as a collegial tie, for a while (M11)."""
    if step < partnerships.due[slot]:
        return False
    tie, uid = partnerships.tie[slot], partnerships.uid[slot]
    trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
    even = reciprocity(partnerships.given[slot], partnerships.returned[slot])
    ledger.counts[TASKS_DONE] += 1.0
    if draws.uniform(seed, draws.RENEW, step, uid, 0) >= goes_on(trust, ties.familiarity[tie], even, p):
        return True
    ledger.counts[OUTLIVED] += 1.0
    partnerships.collegial[slot] = 1
    partnerships.follow[slot], partnerships.following[slot] = 0.0, 0
    partnerships.due[slot] = step + 6 + int(6.0 * draws.uniform(seed, draws.RENEW, step, uid, 1))
    return False


@compiled
def _room_left(teachers: Teachers, knowledge: Knowledge, partnerships: Partnerships, slot: int) -> float:
    """Mean mastery the learners still lack of their partners'."""
    room, pairs = 0.0, 0
    for pair in range(PAIRS):
        giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
        if giver >= 0 and learner >= 0:
            room += max(
                0.0,
                knowledge.mastery[giver, partnerships.focus[slot]]
                - knowledge.mastery[learner, partnerships.focus[slot]],
            )
            pairs += 1
    return room / max(1, pairs)


@compiled
def _partnerships(
    practices: Practices, schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge,
    ties: Ties, partnerships: Partnerships, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    for slot in range(partnerships.alive.shape[0]):
        if not partnerships.alive[slot]:
            continue
        if follows_up(partnerships, slot, p, step):
            continue
        if _ends_now(schools, ties, partnerships, slot, p, seed, step) or _task_done(
            ties, partnerships, ledger, slot, p, seed, step
        ):
            end(schools, partnerships, slot)
            ledger.counts[ENDED] += 1.0
        elif (
            step - partnerships.refocused[slot] >= 3
            and _room_left(teachers, knowledge, partnerships, slot) < p.refocus_room
        ):
            choose_focus(practices, schools, repertoires, ties, partnerships, ledger, slot, p, seed, step)
            assign_pairs(schools, teachers, knowledge, partnerships, slot, p, seed, step)


@compiled
def _forget_unused(practices: Practices, schools: Schools, repertoires: Repertoires, step: int) -> None:
    """A created practice that nobody holds any more frees its place."""
    for one in range(practices.alive.shape[0]):
        if practices.alive[one] and practices.born[one] > -100 and step - practices.born[one] >= 6:
            if np.max(repertoires.mastery[:, one]) <= 0.0:
                release(practices, one)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """End or renew partnerships; in the last half-term of the year, people leave and move."""
    schools, teachers, seed, step = state.schools, state.teachers, clock.seed, clock.half_term
    repertoires, knowledge, roster = state.repertoires, state.knowledge, state.roster
    _partnerships(
        state.practices,
        schools,
        repertoires,
        teachers,
        knowledge,
        state.ties,
        state.partnerships,
        state.ledger,
        p,
        seed,
        step,
    )
    if p["evaluation_kind"][0] != NO_EVALUATION:
        judge(
            state.practices, schools, repertoires, teachers, knowledge, state.ties, state.partnerships, state.ledger,
            p, seed, step,
        )  # fmt: skip
    if step % 6 == 5:
        replace_leavers(schools, teachers, knowledge, state.friends, state.practices, p, seed, step)
        swap_movers(schools, roster, teachers, knowledge, state.ties, state.adjacency, state.friends, p, seed, step)
        heads_change(schools, roster, state.ties, state.adjacency, state.ledger, p, seed, step)
        _forget_unused(state.practices, schools, repertoires, step)
