"""People inside a school with the task of passing practice on: internal brokers and advanced skills teachers (M32)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import AT_HOME, GRANTED
from schoolsim.rules.brokering import talent_spotted
from schoolsim.system.state import Clock, Knowledge, Ledger, Parameters, Practices, Schools, State, Teachers


@compiled
def has_ast(schools: Schools, school: int) -> bool:
    """Whether a school has an advanced skills teacher now."""
    return schools.ast_uid[school] != 0


@compiled
def asts_hours(p: np.record) -> float:
    """Hours of an advanced skills teacher's half-term for passing practice on."""
    return p.ast_time * p.ast_working_hours


@compiled
def _longest_serving(schools: Schools, teachers: Teachers, school: int) -> int:
    best = schools.first[school]
    for post in range(schools.first[school], schools.past[school]):
        longer = teachers.years[post] - teachers.years[best]
        if longer > 0.0 or (longer == 0.0 and teachers.uid[post] < teachers.uid[best]):
            best = post
    return best


@compiled
def _most_skilled(schools: Schools, teachers: Teachers, knowledge: Knowledge, practices: Practices, school: int) -> int:
    """Who is best at teaching; skill in passing it on was often not what they were recognised for (§3.32)."""
    best, found = -9.0, schools.first[school]
    for post in range(schools.first[school], schools.past[school]):
        effect = teachers.skill[post]
        for one in range(practices.alive.shape[0]):
            effect += practices.effect[one] * knowledge.mastery[post, one]
        if effect > best:
            best, found = effect, post
    return found


@compiled
def _internal_broker(schools: Schools, teachers: Teachers, school: int, p: np.record, seed: int, step: int) -> None:
    post = schools.internal_post[school]
    if post >= 0 and teachers.uid[post] != schools.internal_uid[school]:
        # What they knew was in their head, and goes with them.
        schools.internal_post[school], schools.internal_uid[school], schools.internal_knows[school] = -1, 0, 0.0
    if schools.internal_post[school] < 0 and step % 6 == 0:
        if draws.uniform(seed, draws.INTERNAL_BROKER, 0, schools.uid[school], 0) < p.internal_broker_share:
            post = _longest_serving(schools, teachers, school)
            schools.internal_post[school], schools.internal_uid[school] = post, teachers.uid[post]


@compiled
def _ast(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge,
    school: int, p: np.record, seed: int, step: int,
) -> None:  # fmt: skip
    post = schools.ast_post[school]
    if post >= 0 and teachers.uid[post] != schools.ast_uid[school]:
        schools.ast_post[school], schools.ast_uid[school] = -1, 0
    if schools.ast_post[school] < 0 and step % 6 == 0:
        if draws.uniform(seed, draws.AST_SCHOOL, 0, schools.uid[school], 0) < p.ast_share:
            post = _most_skilled(schools, teachers, knowledge, practices, school)
            schools.ast_post[school], schools.ast_uid[school] = post, teachers.uid[post]


@compiled
def _appoint(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        _internal_broker(schools, teachers, school, p, seed, step)
        _ast(practices, schools, teachers, knowledge, school, p, seed, step)


@compiled
def _work_inside(schools: Schools, ledger: Ledger, parameters: Parameters) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        if schools.internal_post[school] >= 0:
            schools.internal_knows[school] = talent_spotted(schools.internal_knows[school], schools.slack[school], p)
        if has_ast(schools, school):
            hours = asts_hours(p) * (1.0 - p.ast_outreach)
            ledger.hours[GRANTED] += hours
            ledger.hours[AT_HOME] += hours
            schools.home_hours[school] += hours / schools.staff[school]


def _any(p: Parameters, clock: Clock) -> bool:
    return clock.half_term >= 0 and bool(p["internal_broker_share"][0] > 0.0 or p["ast_share"][0] > 0.0)


def appoint(state: State, p: Parameters, clock: Clock) -> None:
    """Note who has gone, and fill both posts at the start of the year, from half-term 0 on."""
    if _any(p, clock):
        _appoint(state.practices, state.schools, state.teachers, state.knowledge, p, clock.seed, clock.half_term)


def work_inside(state: State, p: Parameters, clock: Clock) -> None:
    """Internal brokers find out who is good at what; advanced skills teachers spend their hours at home."""
    if _any(p, clock):
        _work_inside(state.schools, state.ledger, p)
