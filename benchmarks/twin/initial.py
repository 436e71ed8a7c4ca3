"""The compiled model's first state, as objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.twin.objects import Broker, Friendship, Holding, Practice, Tie
from benchmarks.twin.schools import School
from benchmarks.twin.teachers import Teacher
from schoolsim.parameters.record import Parameters
from schoolsim.populations import SchoolTable
from schoolsim.system.initial.build import build
from schoolsim.system.state import State

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin

_PRACTICE = ("kind", "tacit", "hours", "dependence", "home", "effect", "appeal", "born", "evidence")
_SCHOOL = (
    "uid", "phase", "authority", "east", "north", "roll", "poor", "capacity", "context", "intake", "value",
    "value_start", "published", "standing", "known_standing", "progress", "progress_start", "tone", "protection",
    "communication", "confidence", "transfer",
)  # fmt: skip
_TEACHER = (
    "confidence", "resting_confidence", "enterprise", "transfer", "learning", "values", "skill", "years", "focus_age",
)  # fmt: skip
_TIE = ("resting_trust", "familiarity", "rivalry", "miles")


def begin(model: Twin, p: Parameters, seed: int, table: SchoolTable) -> None:
    """Fill an empty twin from a state built for the same parameters, seed and schools."""
    state = build(table, p, seed)
    practices, authorities, friends, brokers = state.practices, state.authorities, state.friends, state.brokers
    model.practices = [
        Practice(row, bool(practices.alive[row]), *(getattr(practices, name)[row].tolist() for name in _PRACTICE))
        for row in range(practices.rows)
    ]
    model.schools = [_school(model, state, row) for row in range(state.schools.rows)]
    for zone, (rows, miles) in enumerate(zip(state.market.choices.tolist(), state.market.miles.tolist(), strict=True)):
        near = zip(rows, miles, strict=True)
        model.schools[zone].choices = [(model.schools[row], far) for row, far in near if row >= 0]
    order = state.roster.order.tolist()
    bounds = zip(authorities.first.tolist(), authorities.past.tolist(), strict=True)
    model.roster = [[model.schools[row] for row in order[first:past]] for first, past in bounds]
    posts = [_teacher(model, state, post) for post in range(state.teachers.rows)]
    for row in state.ties.alive.nonzero()[0]:
        _tie(model, state, row)
    model.friendships = [
        Friendship(posts[a], posts[b], trust, familiarity)
        for alive, a, b, trust, familiarity in zip(
            *(getattr(friends, name).tolist() for name in ("alive", "a", "b", "trust", "familiarity")), strict=True
        )
        if alive
    ]
    model.brokers = [
        Broker(int(brokers.uid[row]), int(brokers.authority[row]), int(brokers.visits[row]), float(brokers.skill[row]))
        for row in range(brokers.rows)
    ]
    model.poor_start = float(state.run.poor_start[0])


def _school(model: Twin, state: State, row: int) -> School:
    school = School(model)
    for name in _SCHOOL:
        setattr(school, name, getattr(state.schools, name)[row].tolist())
    school.closed = bool(state.schools.closed[row])
    school.cohort, school.constant = state.market.cohort[row].tolist(), state.market.constant[row].tolist()
    school.mastery = state.repertoires.mastery[row].tolist()
    school.unfamiliar = state.repertoires.distance[row].tolist()
    return school


def _teacher(model: Twin, state: State, post: int) -> Teacher:
    school = model.schools[state.teachers.school[post]]
    teacher = Teacher(model, int(state.teachers.uid[post]), school, len(school.staff))
    school.staff.append(teacher)
    for name in _TEACHER:
        setattr(teacher, name, getattr(state.teachers, name)[post].tolist())
    knowledge = state.knowledge
    levels = [grid[post].tolist() for grid in (knowledge.mastery, knowledge.tuning, knowledge.ownership)]
    for practice, (mastery, tuning, ownership) in enumerate(zip(*levels, strict=True)):
        if mastery or tuning or ownership:
            teacher.holdings[practice] = Holding(mastery, tuning, ownership)
    return teacher


def _tie(model: Twin, state: State, row: int) -> None:
    ties = state.ties
    a, b = model.schools[ties.a[row]], model.schools[ties.b[row]]
    trust = {a: float(ties.trust_ab[row]), b: float(ties.trust_ba[row])}
    a.ties[b] = b.ties[a] = Tie(a, b, trust, *(float(getattr(ties, name)[row]) for name in _TIE))
