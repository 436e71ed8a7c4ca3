"""People inside a school with the task of passing practice on: internal brokers and advanced skills teachers (M32)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import COACHING, COVER, GRANTED
from schoolsim.rules.brokering import talent_spotted
from schoolsim.rules.words import ADVANCED, CLASS_TEACHER
from schoolsim.system.state import Clock, Knowledge, Ledger, Parameters, Practices, Schools, State, Teachers


@compiled
def has_ast(schools: Schools, school: int) -> bool:
    """Whether a school has an advanced skills teacher now."""
    return schools.advanced[school] > 0


@compiled
def asts_hours(p: np.record) -> float:
    """Hours of an advanced skills teacher's half-term for passing practice on."""
    return p.ast_time * p.ast_working_hours


@compiled
def coaching_hours(teachers: Teachers, post: int, p: np.record) -> float:
    """Those of them spent on colleagues at home: who is not out with partners gives them all (§3.21)."""
    return asts_hours(p) * (1.0 - p.ast_outreach if teachers.pairs[post] > 0 else 1.0)


@compiled
def best_advanced(schools: Schools, teachers: Teachers, knowledge: Knowledge, school: int, focus: int) -> int:
    """The advanced skills teacher of a school who holds `focus` best, or -1."""
    best, found = 0.0, -1
    for post in range(schools.first[school], schools.past[school]):
        if teachers.role[post] == ADVANCED and knowledge.mastery[post, focus] > best:
            best, found = float(knowledge.mastery[post, focus]), post
    return found


@compiled
def _longest_serving(schools: Schools, teachers: Teachers, school: int) -> int:
    best = schools.first[school]
    for post in range(schools.first[school], schools.past[school]):
        longer = teachers.years[post] - teachers.years[best]
        if longer > 0.0 or (longer == 0.0 and teachers.uid[post] < teachers.uid[best]):
            best = post
    return best


@compiled
def _name_advanced(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge, school: int, p: np.record
) -> None:
    """Put the best at teaching into a school's posts; skill in passing it on was often not what counted (§3.32)."""
    for _ in range(schools.advanced[school], p.ast_each_school):
        best, found = -9.0, -1
        for post in range(schools.first[school], schools.past[school]):
            effect = teachers.skill[post]
            for one in range(practices.alive.shape[0]):
                effect += practices.effect[one] * knowledge.mastery[post, one]
            if teachers.role[post] == CLASS_TEACHER and effect > best:
                best, found = effect, post
        if found >= 0:
            teachers.role[found] = ADVANCED
            schools.advanced[school] += 1


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
def _appoint(
    practices: Practices, schools: Schools, teachers: Teachers, knowledge: Knowledge,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        _internal_broker(schools, teachers, school, p, seed, step)
        if step % 6 == 0 and draws.uniform(seed, draws.AST_SCHOOL, 0, schools.uid[school], 0) < p.ast_share:
            _name_advanced(practices, schools, teachers, knowledge, school, p)


@compiled
def _work_inside(schools: Schools, parameters: Parameters) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        if schools.internal_post[school] >= 0:
            schools.internal_knows[school] = talent_spotted(schools.internal_knows[school], schools.slack[school], p)


@compiled
def _coach(teachers: Teachers, ledger: Ledger, parameters: Parameters) -> None:
    p = parameters[0]
    for post in range(teachers.uid.shape[0]):
        if teachers.role[post] == ADVANCED:
            pounds, at_home = asts_hours(p) * p.funding_hour, coaching_hours(teachers, post, p)
            ledger.pounds[GRANTED] += pounds
            ledger.pounds[COVER] += pounds
            ledger.hours[GRANTED] += at_home
            ledger.hours[COACHING] += at_home


def _any(p: Parameters, clock: Clock) -> bool:
    return clock.half_term >= 0 and bool(p["internal_broker_share"][0] > 0.0 or p["ast_share"][0] > 0.0)


def appoint(state: State, p: Parameters, clock: Clock) -> None:
    """Note who has gone, and fill both posts at the start of the year, from half-term 0 on."""
    if _any(p, clock):
        _appoint(state.practices, state.schools, state.teachers, state.knowledge, p, clock.seed, clock.half_term)


def work_inside(state: State, p: Parameters, clock: Clock) -> None:
    """Internal brokers find out who is good at what."""
    if _any(p, clock):
        _work_inside(state.schools, p)


def coach(state: State, p: Parameters, clock: Clock) -> None:
    """The time of advanced skills teachers is paid for, and their hours at home are spent (M21, §3.21)."""
    if clock.half_term >= 0 and p["ast_share"][0] > 0.0:
        _coach(state.teachers, state.ledger, p)
