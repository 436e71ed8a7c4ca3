"""Plans of a partnership, and the terms on which it works this half-term (M11, M16, M24, R1, R10, R17)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import TEACHERS
from schoolsim.rules.modes import Terms, mode_terms, remote_terms
from schoolsim.rules.partnerships import (
    acquaintance_factor,
    jointly_led_terms,
    paced_terms,
    programme_terms,
    share_reaching_learners,
    terms_after_handover,
)
from schoolsim.rules.trust import challenge_factor
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, Partnerships, State
from schoolsim.system.state.adjacency import mean_trust
from schoolsim.system.trust.ties import difference


@compiled
def remote_share(state: State, slot: int, p: Parameters) -> float:
    """Share of a partnership's contact that is remote: none until it has outlived its first task (M15, §3.24)."""
    partnerships = state.partnerships
    here = levers_at(state.schools, partnerships.partner[slot], p)
    return here.remote_contact if partnerships.collegial[slot] else 0.0


@compiled
def planned_jointly(partnerships: Partnerships, slot: int, p: Parameters, clock: Clock) -> bool:
    """Whether a programme's partnership was planned as joint practice development (R1)."""
    if not partnerships.programme[slot]:
        return False
    return draws.uniform(clock.seed, draws.PLAN, 0, partnerships.uid[slot], 0) < p.joint_practice_share


@compiled
def plan(partnerships: Partnerships, slot: int, p: Parameters) -> None:
    """Set a new partnership's level of contact and follow-up; only programmes plan either."""
    in_programme = bool(partnerships.programme[slot])
    partnerships.contact[slot] = p.contact_level if in_programme else TEACHERS
    partnerships.follow_up[slot] = p.followup_hours if in_programme else 0.0
    partnerships.following_up[slot] = 0


@compiled
def handed_over(partnerships: Partnerships, slot: int, p: Parameters, clock: Clock) -> bool:
    """Whether the originator has handed over, half-way through the task (M11)."""
    began, due = partnerships.began[slot], partnerships.due[slot]
    half_way = 2 * (clock.half_term - began) >= due - began
    return bool(p.withdrawal_planned and partnerships.programme[slot] and half_way)


@compiled
def prepare(state: State, p: Parameters, clock: Clock, slot: int) -> None:
    """Set the hours a partnership would use this half-term, its visits, training, and how much contact counts."""
    partnerships = state.partnerships
    partner, focus = partnerships.partner[slot], partnerships.focus[slot]
    in_programme = bool(partnerships.programme[slot])
    partnerships.wanted[slot] = partnerships.demand[slot]
    partnerships.visits[slot] = acquaintance_factor(p.channel_programme) if in_programme else 1.0
    partnerships.training[slot] = 0.0
    if in_programme and clock.half_term - partnerships.began[slot] < p.end_settled:
        partnerships.training[slot] = p.training_transfer_hours
    if handed_over(partnerships, slot, p, clock):
        partnerships.wanted[slot] *= 0.5
    if partnerships.following_up[slot]:
        partnerships.wanted[slot], partnerships.visits[slot] = partnerships.follow_up[slot], 0.0
        partnerships.training[slot] = 0.0
    level, scope = partnerships.contact[slot], state.practices.scope[focus]
    partnerships.reach[slot] = share_reaching_learners(level, scope, state.schools.communication[partner], p)


@compiled
def terms_of(state: State, p: Parameters, clock: Clock, slot: int) -> Terms:
    """The terms of a partnership's mode, as this partnership has arranged them."""
    ties, partnerships = state.ties, state.partnerships
    terms = remote_terms(mode_terms(partnerships.mode[slot], p), remote_share(state, slot, p))
    hours = 0.0
    if partnerships.programme[slot]:
        terms = programme_terms(terms, p)
        here = levers_at(state.schools, partnerships.partner[slot], p)
        hours = here.university_involvement * p.university_hours
        if p.leading_joint:
            terms = jointly_led_terms(terms, p)
    if handed_over(partnerships, slot, p, clock):
        terms = terms_after_handover(terms)
    tie = partnerships.tie[slot]
    unlike = difference(state.schools, partnerships.originator[slot], partnerships.partner[slot])
    pace = partnerships.reach[slot] * challenge_factor(mean_trust(ties, tie), ties.familiarity[tie], unlike, p)
    if partnerships.following_up[slot]:
        # Who know each other need not arrange anything to ring each other up.
        hours = -(p.time_arranging + terms.overhead)
    return paced_terms(terms, pace, hours)
