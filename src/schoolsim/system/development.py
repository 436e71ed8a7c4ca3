"""What staff do to grow besides joint work: scholarships, learning to learn, posts of their own (M21, M31, M42)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BOUGHT, COVER, DEVELOPING, GRANTED
from schoolsim.rules.words import CLASS_TEACHER, MIDDLE_LEADER, NEITHER, SECONDARY
from schoolsim.system.pairing import reaches_out
from schoolsim.system.state import (
    Events,
    Knowledge,
    Ledger,
    Parameters,
    Partnerships,
    Practices,
    Schools,
    Teachers,
    Ties,
)


@compiled
def first_posts(schools: Schools, teachers: Teachers, parameters: Parameters) -> None:
    """Departments of secondary schools, and who leads them; in other schools one post in six leads an area."""
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        first, secondary = schools.first[school], schools.phase[school] == SECONDARY
        for post in range(first, schools.past[school]):
            place = post - first
            teachers.department[post] = place % p.department_number if secondary else 0
            leads = place < p.department_number if secondary else place < max(1, schools.staff[school] // 6)
            teachers.role[post] = MIDDLE_LEADER if leads else CLASS_TEACHER


@compiled
def _guardians(schools: Schools, teachers: Teachers, school: int, p: np.record) -> float:
    """Share of a staff that has served very long (M31)."""
    long = 0
    for post in range(schools.first[school], schools.past[school]):
        long += teachers.years[post] >= p.guardians_years
    return long / schools.staff[school]


@compiled
def begin_year(
    schools: Schools, teachers: Teachers, knowledge: Knowledge, ledger: Ledger, parameters: Parameters,
    seed: int, step: int,
) -> None:  # fmt: skip
    """Scholarships, posts and the analysis of needs are settled once a year; levers from half-term 0 on."""
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        schools.guardians[school] = _guardians(schools, teachers, school, p)
        if step < 0:
            continue
        schools.analysed[school] = p.needs_analysis
        cost = min(0.5 * schools.hours[school], p.needs_analysis * p.needs_hours / schools.staff[school])
        schools.hours[school] -= cost
        ledger.hours[GRANTED] += cost * schools.staff[school]
        ledger.hours[DEVELOPING] += cost * schools.staff[school]
    if step < 0:
        return
    for post in range(teachers.uid.shape[0]):
        chance = p.enquiry_share * reaches_out(teachers, post, p.outreach_diffident, p)
        teachers.enquiring[post] = draws.uniform(seed, draws.ENQUIRY, step, teachers.uid[post], 0) < chance


@compiled
def learn_to_learn(schools: Schools, teachers: Teachers, ledger: Ledger, parameters: Parameters) -> None:
    """Staff of a programme's schools give formal hours to how they think about their practice (M42, R15)."""
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        if schools.role[school] == NEITHER:
            continue
        hours = min(0.5 * schools.hours[school], p.meta_training_hours)
        schools.hours[school] -= hours
        ledger.hours[GRANTED] += hours * schools.staff[school]
        ledger.hours[DEVELOPING] += hours * schools.staff[school]
        for post in range(schools.first[school], schools.past[school]):
            teachers.gain_learning[post] += p.meta_training * hours * (1.0 - teachers.learning[post])


@compiled
def old_partners(schools: Schools, ties: Ties) -> None:
    """How familiar each school's most familiar partner is, as the half-term finds it (M16)."""
    schools.cosy[:] = 0.0
    for tie in range(ties.alive.shape[0]):
        if ties.alive[tie]:
            for school in (ties.a[tie], ties.b[tie]):
                schools.cosy[school] = max(schools.cosy[school], ties.familiarity[tie])


@compiled
def enquire(teachers: Teachers, knowledge: Knowledge, events: Events, ledger: Ledger, parameters: Parameters) -> None:
    """Holders of a scholarship look into what they work on: slow, their own, and it teaches learning (M42, §2.41)."""
    p = parameters[0]
    for post in range(teachers.uid.shape[0]):
        one = teachers.focus[post]
        if not teachers.enquiring[post] or one < 0:
            continue
        hours = p.enquiry_hours
        ledger.pounds[GRANTED] += hours * p.funding_hour
        ledger.pounds[COVER] += hours * p.funding_hour
        ledger.hours[BOUGHT] += hours
        ledger.hours[DEVELOPING] += hours
        teachers.out[post] += p.time_in_class * hours
        teachers.gain_learning[post] += p.enquiry_learning * hours * (1.0 - teachers.learning[post])
        place, share = events.count[0], min(1.0, p.enquiry_deepens * hours)
        if place < events.teacher.shape[0] and knowledge.mastery[post, one] > 0.0:
            events.teacher[place], events.practice[place], events.mastery[place] = post, one, 0.0
            events.tuning[place] = share * (1.0 - knowledge.tuning[post, one])
            events.ownership[place] = share * (1.0 - knowledge.ownership[post, one])
            events.count[0] = place + 1


@compiled
def study(practices: Practices, partnerships: Partnerships, parameters: Parameters) -> None:
    """Universities add evidence on what partnerships work at (M42, R17)."""
    p = parameters[0]
    added = p.university_evidence * p.university_involvement
    for slot in range(partnerships.alive.shape[0]):
        if partnerships.alive[slot] and partnerships.programme[slot] and partnerships.hours[slot] > 0.0:
            focus = partnerships.focus[slot]
            practices.evidence[focus] += added * (1.0 - practices.evidence[focus])
