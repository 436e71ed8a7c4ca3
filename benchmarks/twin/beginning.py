"""The compiled model's first state, as objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from schoolsim.system.build import build

from benchmarks.twin.objects import Broker, Friendship, Hold, Practice, Tie
from benchmarks.twin.schools import School
from benchmarks.twin.teachers import Teacher
from schoolsim.populations import SchoolTable
from schoolsim.system.state import State, parameter_array

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin

_PRACTICE = ("kind", "tacit", "hours", "dependence", "home", "effect", "appeal", "born", "evidence")
_SCHOOL = (
    "uid", "phase", "authority", "east", "north", "roll", "poor", "capacity", "context", "intake", "value",
    "value_start", "published", "standing", "seen", "progress", "progress_start", "tone", "protection", "communication",
    "confidence", "transfer",
)  # fmt: skip
_TEACHER = ("confidence", "rest", "enterprise", "transfer", "learning", "values", "skill", "years", "focus_age")


def begin(model: Twin, record: np.record, seed: int, table: SchoolTable) -> None:
    """Fill an empty twin from a state built for the same scenario, seed and schools."""
    state = build(table, parameter_array(record), seed)
    model.practices = [
        Practice(number, bool(row["alive"]), *(row[name].tolist() for name in _PRACTICE))
        for number, row in enumerate(state.practices)
    ]
    model.schools = [_school(model, state, row) for row in range(len(state.schools))]
    for zone, (rows, miles) in enumerate(zip(state.market.choices.tolist(), state.market.miles.tolist(), strict=True)):
        near = zip(rows, miles, strict=True)
        model.schools[zone].choices = [(model.schools[row], far) for row, far in near if row >= 0]
    order, first = state.roster.order.tolist(), state.roster.first.tolist()
    model.roster = [
        [model.schools[row] for row in order[start:end]] for start, end in zip(first, first[1:], strict=False)
    ]
    posts = [_teacher(model, state, post) for post in range(len(state.teachers))]
    for row in state.ties[state.ties["alive"] == 1]:
        _tie(model, row)
    model.friendships = [
        Friendship(posts[row["a"]], posts[row["b"]], float(row["trust"]), float(row["familiarity"]))
        for row in state.friends[state.friends["alive"] == 1]
    ]
    model.brokers = [
        Broker(int(row["uid"]), int(row["authority"]), int(row["visits"]), float(row["skill"])) for row in state.brokers
    ]
    model.first_poor = float(state.market.first_poor[0])


def _school(model: Twin, state: State, row: int) -> School:
    school, columns = School(model), state.schools[row]
    for name in _SCHOOL:
        setattr(school, name, columns[name].tolist())
    school.closed = bool(columns["closed"])
    school.cohort, school.constant = state.market.cohort[row].tolist(), state.market.constant[row].tolist()
    school.mastery = state.repertoires.mastery[row].tolist()
    school.unfamiliar = state.repertoires.distance[row].tolist()
    return school


def _teacher(model: Twin, state: State, post: int) -> Teacher:
    columns, school = state.teachers[post], model.schools[state.teachers["school"][post]]
    teacher = Teacher(model, int(columns["uid"]), school, len(school.staff))
    school.staff.append(teacher)
    for name in _TEACHER:
        setattr(teacher, name, columns[name].tolist())
    levels = [grid[post].tolist() for grid in state.knowledge]
    for one, (mastery, tuning, ownership) in enumerate(zip(*levels, strict=True)):
        if mastery or tuning or ownership:
            teacher.holds[one] = Hold(mastery, tuning, ownership)
    return teacher


def _tie(model: Twin, row: np.void) -> None:
    a, b = model.schools[row["a"]], model.schools[row["b"]]
    trust = {a: float(row["trust_ab"]), b: float(row["trust_ba"])}
    rest, known, rivalry, miles = (float(row[name]) for name in ("rest", "familiarity", "rivalry", "miles"))
    a.ties[b] = b.ties[a] = Tie(a, b, trust, rest, known, rivalry, miles)
