"""Ends partnerships: with their task, in distrust, for want of hours, with their money; or lets them go on (M11)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.rules.headship import gate_chance
from schoolsim.rules.partnerships import depth, reciprocity, renewal_chance, wear_out_chance
from schoolsim.rules.programmes import held_by_money, renewed_with_money
from schoolsim.system.partnerships.pairs import assign_pairs, part, refill_pairs, room_left
from schoolsim.system.partnerships.start import ONE_STEP, choose_focus, choose_mode, task_length
from schoolsim.system.programmes.grants import is_granted
from schoolsim.system.programmes.levers import levers_of, paid_in
from schoolsim.system.programmes.roles import leave
from schoolsim.system.state import Clock, Parameters, Partnerships, State
from schoolsim.system.state.adjacency import mean_trust
from schoolsim.system.state.ledger import ENDED, OUTLIVED, RENEWED, TASKS_DONE
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import release


@compiled
def end(state: State, slot: int) -> None:
    """End a partnership, for whatever reason; its tie stays."""
    schools, partnerships = state.schools, state.partnerships
    if partnerships.programme[slot] > 0 and partnerships.network[slot] == 0:
        leave(state, partnerships.programme[slot], partnerships.partner[slot])
    part(state, slot)
    release(partnerships, slot)
    partnerships.programme[slot] = 0
    partnerships.imposed[slot] = 0
    partnerships.network[slot] = 0
    partnerships.pounds[slot] = partnerships.common[slot] = 0.0
    partnerships.prize[slot] = partnerships.foreboding[slot] = 0.0
    schools.commitments[partnerships.originator[slot]] -= 1
    schools.commitments[partnerships.partner[slot]] -= 1
    state.ledger.counts[ENDED] += 1.0


@compiled
def _turns_to_follow_up(state: State, p: Parameters, clock: Clock, slot: int) -> bool:
    """Turn a partnership whose task is done, or whose money has stopped, to its planned follow-up (M11)."""
    partnerships = state.partnerships
    if partnerships.following_up[slot] or partnerships.follow_up[slot] <= 0.0:
        return False
    step, programmes, row = clock.half_term, state.programmes, partnerships.programme[slot]
    stopped = is_granted(partnerships, slot, p) and p.funding_years > 0 and paid_in(programmes, row, step + 1, p) < 1.0
    if step < partnerships.due[slot] and not stopped:
        return False
    partnerships.following_up[slot] = 1
    partnerships.due[slot] = step + 1 + p.followup_length
    return True


@compiled
def paid_share_of(state: State, p: Parameters, slot: int, half_term: int) -> float:
    """Share of a partnership's full grant that is paid in a half-term; 0 where it has none."""
    partnerships = state.partnerships
    if not is_granted(partnerships, slot, p):
        return 0.0
    return paid_in(state.programmes, partnerships.programme[slot], half_term, p)


@compiled
def anniversary(partnerships: Partnerships, slot: int, clock: Clock) -> bool:
    """Whether a partnership has been at work for a whole number of years, one at least."""
    age = clock.half_term - partnerships.began[slot]
    return age > 0 and age % HALF_TERMS == 0


@compiled
def _breaks_off(state: State, p: Parameters, clock: Clock, slot: int) -> bool:
    """Whether distrust, want of progress, hours or an open gate, or the end of its money ends a partnership."""
    schools, ties, partnerships = state.schools, state.ties, state.partnerships
    tie, uid, step = partnerships.tie[slot], partnerships.uid[slot], clock.half_term
    if ties.hostile[tie] and not partnerships.imposed[slot]:
        return True
    settled = max(p.end_settled, p.programme_patience) if partnerships.programme[slot] else p.end_settled
    if step - partnerships.began[slot] < settled:
        return False
    trust = mean_trust(ties, tie)
    paid = (
        paid_in(state.programmes, partnerships.programme[slot], step, p) if is_granted(partnerships, slot, p) else 0.0
    )
    chance = held_by_money(wear_out_chance(trust, partnerships.gain[slot], p), paid, p)
    if partnerships.hours[slot] <= 0.0:
        chance += p.end_money_stops
    shut = 0.0
    for school in (partnerships.originator[slot], partnerships.partner[slot]):
        if schools.closed[school]:
            shut = max(shut, gate_chance(schools.distributed[school], p))
    if not partnerships.imposed[slot]:
        chance += p.end_closed_head * shut
    if draws.uniform(clock.seed, draws.END, step, uid, 0) < chance:
        return True
    had_money = is_granted(partnerships, slot, p) and p.funding_years > 0
    gone = 1.0 - paid_in(state.programmes, partnerships.programme[slot], step, p)
    if had_money and gone > 0.0 and not partnerships.following_up[slot]:
        even = reciprocity(partnerships.given[slot], partnerships.returned[slot])
        loose = gone * p.end_money_stops * (1.0 - depth(trust, ties.familiarity[tie], even, p))
        return draws.uniform(clock.seed, draws.WITHDRAW, step, uid, 0) < loose
    return False


@compiled
def _ends_with_task(state: State, p: Parameters, clock: Clock, slot: int) -> bool:
    """Whether the partnership ends with its task; otherwise it goes on as a collegial tie, for a while (M11)."""
    ties, partnerships, counts = state.ties, state.partnerships, state.ledger.counts
    step = clock.half_term
    if step < partnerships.due[slot]:
        return False
    tie, uid = partnerships.tie[slot], partnerships.uid[slot]
    even = reciprocity(partnerships.given[slot], partnerships.returned[slot])
    counts[TASKS_DONE] += 1.0
    goes_on = renewal_chance(mean_trust(ties, tie), ties.familiarity[tie], even, p)
    paid = (
        paid_in(state.programmes, partnerships.programme[slot], step + 1, p)
        if is_granted(partnerships, slot, p)
        else 0.0
    )
    luck = draws.uniform(clock.seed, draws.RENEW, step, uid, 0)
    if luck >= renewed_with_money(goes_on, paid, p):
        return True
    if paid > 0.0:
        counts[RENEWED] += 1.0
        focus = partnerships.focus[slot]
        partnerships.follow_up[slot], partnerships.following_up[slot] = 0.0, 0
        partnerships.due[slot] = step + task_length(uid, p, clock)
        choose_focus(state, p, clock, slot, NONE)
        choose_mode(state, p, clock, slot, ONE_STEP)
        # Nobody who is in the middle of it is taken out of it.
        if partnerships.focus[slot] == focus:
            refill_pairs(state, p, clock, slot)
        else:
            assign_pairs(state, p, clock, slot)
        return False
    counts[OUTLIVED] += 1.0
    partnerships.collegial[slot] = 1
    partnerships.follow_up[slot], partnerships.following_up[slot] = 0.0, 0
    longer = int(p.end_collegial_spread * draws.uniform(clock.seed, draws.RENEW, step, uid, 1))
    partnerships.due[slot] = step + p.end_collegial_least + longer
    return False


@compiled
def end_or_go_on(state: State, p: Parameters, clock: Clock) -> None:
    """Every partnership ends, turns to its follow-up, finds a new focus, or goes on as it is."""
    partnerships = state.partnerships
    for slot in range(partnerships.rows):
        own = levers_of(partnerships, slot, p)
        if not partnerships.alive[slot] or _turns_to_follow_up(state, own, clock, slot):
            continue
        if _breaks_off(state, own, clock, slot) or _ends_with_task(state, own, clock, slot):
            end(state, slot)
        elif (
            clock.half_term - partnerships.refocused[slot] >= p.end_settled and room_left(state, slot) < p.refocus_room
        ):
            choose_focus(state, own, clock, slot, NONE)
            choose_mode(state, own, clock, slot, ONE_STEP)
            assign_pairs(state, own, clock, slot)
        elif (
            clock.half_term > partnerships.began[slot]
            and (clock.half_term - partnerships.began[slot]) % HALF_TERMS == 0
        ):
            choose_mode(state, own, clock, slot, ONE_STEP)
