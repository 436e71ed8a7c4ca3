"""Judges a programme's partnerships: formally by value added, or informally by what is seen (M40)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import FORMAL, INFORMAL, NONE
from schoolsim.rules.evaluation import measured_value
from schoolsim.system.partnerships.end import end
from schoolsim.system.partnerships.pairs import assign_pairs
from schoolsim.system.partnerships.start import choose_focus
from schoolsim.system.programmes.levers import levers_of
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import EVALUATED, JUDGED, STOPPED, STOPPED_WRONGLY, TURNED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.trust.hostility import may_fall_out


@compiled
def _judged_now(kind: int, clock: Clock) -> bool:
    """Whether this kind of judgement falls in this half-term: informal in each, formal at the end of the year."""
    return kind == INFORMAL or (kind == FORMAL and clock.half_term % HALF_TERMS == HALF_TERMS - 1)


@compiled
def claim_evaluation_hours(state: State, p: Parameters, clock: Clock) -> None:
    """Claim the hours and pounds this half-term's evaluation takes."""
    schools, partnerships = state.schools, state.partnerships
    for slot in range(partnerships.rows):
        kind = levers_of(partnerships, slot, p).evaluation_kind
        formal = kind == FORMAL
        if not partnerships.alive[slot] or not _judged_now(kind, clock):
            continue
        hours = p.evaluation_hours if formal else p.informal_hours
        schools.evaluation_hours[partnerships.originator[slot]] += hours
        schools.evaluation_hours[partnerships.partner[slot]] += hours
        if formal:
            cost = min(partnerships.pounds[slot], p.evaluation_pounds)
            partnerships.pounds[slot] -= cost
            state.ledger.pounds[EVALUATED] += cost


@compiled
def _judge_formally(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """Stop a partnership whose partner's measured value added has not risen, with some chance."""
    schools, partnerships, counts = state.schools, state.partnerships, state.ledger.counts
    partner, step = partnerships.partner[slot], clock.half_term
    if step + 1 - partnerships.began[slot] < max(HALF_TERMS, p.programme_patience):
        return
    luck = draws.normal(clock.seed, draws.EVALUATE, step, schools.uid[partner], 0)
    rise = measured_value(schools.value[partner], luck, p) - partnerships.value_start[slot]
    counts[JUDGED] += 1.0
    stops = draws.uniform(clock.seed, draws.EVALUATION_STOP, step, partnerships.uid[slot], 0) < p.evaluation_stops
    if rise < 0.0 and stops:
        counts[STOPPED] += 1.0
        counts[STOPPED_WRONGLY] += 1.0 if partnerships.learnt[slot] >= p.refocus_room else 0.0
        # Who was judged by what the other passed upward does not forget it (§4.3).
        may_fall_out(state, p, clock, partnerships.tie[slot], 1.0)
        end(state, slot)


@compiled
def _judge_informally(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """Turn a partnership in which little is seen to be gained to another focus."""
    partnerships, step = state.partnerships, clock.half_term
    if step - partnerships.refocused[slot] < p.end_settled:
        return
    if partnerships.gain[slot] < p.trust_success_level:
        state.ledger.counts[TURNED] += 1.0
        choose_focus(state, p, clock, slot, NONE)
        assign_pairs(state, p, clock, slot)


@compiled
def judge(state: State, p: Parameters, clock: Clock) -> None:
    """Formally, stop what has not raised measured value added; informally, turn to what is seen to be of more use."""
    partnerships = state.partnerships
    for slot in range(partnerships.rows):
        own = levers_of(partnerships, slot, p)
        if not partnerships.alive[slot] or not _judged_now(own.evaluation_kind, clock):
            continue
        if own.evaluation_kind == FORMAL:
            _judge_formally(state, own, clock, slot)
        else:
            _judge_informally(state, own, clock, slot)
