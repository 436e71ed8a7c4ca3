"""What is planned for a partnership, and the terms on which it works this half-term (M11, M16, M24, R1, R10, R17)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.arrangements import (
    as_planned,
    handed_over,
    journeys,
    led_together,
    passed_on,
    quickened,
)
from schoolsim.rules.horizon import in_phase, paid_share
from schoolsim.rules.initiative import challenge
from schoolsim.rules.modes import Terms, remotely, terms
from schoolsim.rules.words import TEACHERS
from schoolsim.system.closeness import difference
from schoolsim.system.covered import is_granted
from schoolsim.system.state import Partnerships, Practices, Schools, Ties


@compiled
def at_a_distance(partnerships: Partnerships, slot: int, p: np.record) -> float:
    """Share of a partnership's contact that is remote: none until it has outlived its first task (M15, §3.24)."""
    return p.remote_contact if partnerships.collegial[slot] else 0.0


@compiled
def planned_jointly(partnerships: Partnerships, slot: int, p: np.record, seed: int) -> bool:
    """Whether a programme's partnership was planned as joint practice development (R1)."""
    if not partnerships.programme[slot]:
        return False
    return draws.uniform(seed, draws.PLAN, 0, partnerships.uid[slot], 0) < p.joint_practice_share


@compiled
def plan(partnerships: Partnerships, slot: int, p: np.record, seed: int) -> None:
    """Set a new partnership's level of contact and follow-up; only programmes plan either."""
    told = bool(partnerships.programme[slot])
    partnerships.contact[slot] = p.contact_level if told else TEACHERS
    partnerships.follow[slot] = p.followup_hours if told else 0.0
    if planned_jointly(partnerships, slot, p, seed):
        partnerships.follow[slot] = max(p.followup_hours, p.joint_practice_followup)
    partnerships.following[slot] = 0


@compiled
def follows_up(partnerships: Partnerships, slot: int, p: np.record, step: int) -> bool:
    """Turn a partnership whose task is done, or whose money has stopped, to its planned follow-up (M11)."""
    if partnerships.following[slot] or partnerships.follow[slot] <= 0.0:
        return False
    stopped = is_granted(partnerships, slot, p) and p.funding_years > 0 and paid_share(step + 1, p) < 1.0
    if step < partnerships.due[slot] and not stopped:
        return False
    partnerships.following[slot] = 1
    partnerships.due[slot] = step + 1 + p.followup_length
    return True


@compiled
def withdrawn(partnerships: Partnerships, slot: int, step: int, p: np.record) -> bool:
    """Whether the originator has handed over, half-way through the task (M11)."""
    began, due = partnerships.began[slot], partnerships.due[slot]
    return bool(p.withdrawal_planned and partnerships.programme[slot] and 2 * (step - began) >= due - began)


@compiled
def prepare(
    practices: Practices, schools: Schools, ties: Ties, partnerships: Partnerships, slot: int, p: np.record, step: int
) -> None:
    """Set what a partnership would use this half-term, its journeys, training, and the share of contact that counts."""
    partner, focus = partnerships.partner[slot], partnerships.focus[slot]
    told = bool(partnerships.programme[slot])
    partnerships.wanted[slot] = partnerships.demand[slot]
    partnerships.journeys[slot] = journeys(p.channel_programme) if told else 1.0
    partnerships.training[slot] = 0.0
    if told and step - partnerships.began[slot] < p.training_length:
        partnerships.training[slot] = p.training_transfer_hours
    if withdrawn(partnerships, slot, step, p):
        partnerships.wanted[slot] *= 0.5
    if partnerships.following[slot]:
        partnerships.wanted[slot], partnerships.journeys[slot] = partnerships.follow[slot], 0.0
        partnerships.training[slot] = 0.0
    level, scope = partnerships.contact[slot], practices.scope[focus]
    partnerships.reach[slot] = passed_on(level, scope, schools.communication[partner], p)


@compiled
def arranged(schools: Schools, ties: Ties, partnerships: Partnerships, slot: int, p: np.record, step: int) -> Terms:
    """The terms of a partnership's mode, as this partnership has arranged them."""
    how = remotely(terms(partnerships.mode[slot], p), at_a_distance(partnerships, slot, p), p)
    how = in_phase(how, partnerships.phase[slot], p)
    hours = 0.0
    if partnerships.programme[slot]:
        how = as_planned(how, p)
        hours = p.university_involvement * p.university_hours
        if p.leading_joint:
            how = led_together(how, p)
    if withdrawn(partnerships, slot, step, p):
        how = handed_over(how)
    tie = partnerships.tie[slot]
    unlike = difference(schools, partnerships.originator[slot], partnerships.partner[slot])
    trust = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
    pace = partnerships.reach[slot] * challenge(trust, ties.familiarity[tie], unlike, p)
    if partnerships.following[slot]:
        # Who know each other need not arrange anything to ring each other up.
        hours = -(p.time_arranging + how.overhead)
    return quickened(how, pace, hours)


@compiled
def gap_left(partnerships: Partnerships, slot: int, p: np.record) -> float:
    """Share of the status gap that is left in a partnership: less where both lead (R10)."""
    return p.leading_gap if p.leading_joint and partnerships.programme[slot] else 1.0
