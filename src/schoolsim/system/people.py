"""Teachers: a new one in a post, and two who swap posts."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.shapes import unit
from schoolsim.system.state import Knowledge, Schools, Teachers


@compiled
def new_person(teachers: Teachers, knowledge: Knowledge, post: int, uid: int, p: np.record, seed: int) -> None:
    """Put a person who holds no practice yet in a post; who they are follows from their uid."""
    teachers.uid[post] = uid
    teachers.rest[post] = unit(p.confidence_mean + p.confidence_sd * draws.normal(seed, draws.PERSON, 0, uid, 0))
    teachers.confidence[post] = teachers.rest[post]
    teachers.enterprise[post] = draws.uniform(seed, draws.PERSON, 0, uid, 1)
    teachers.transfer[post] = unit(0.3 + 0.15 * draws.normal(seed, draws.PERSON, 0, uid, 2))
    teachers.learning[post] = unit(0.5 + 0.12 * draws.normal(seed, draws.PERSON, 0, uid, 3))
    teachers.values[post] = draws.uniform(seed, draws.PERSON, 0, uid, 4)
    teachers.values_start[post], teachers.anchor[post] = teachers.values[post], p.values_anchor
    teachers.skill[post] = p.careers_new_skill + p.careers_skill_sd * draws.normal(seed, draws.PERSON, 0, uid, 8)
    teachers.years[post] = 0.0
    teachers.focus[post] = -1
    teachers.focus_age[post] = 0
    teachers.dependence[post] = 0.0
    teachers.enquiring[post] = 0
    knowledge.mastery[post, :] = 0.0
    knowledge.tuning[post, :] = 0.0
    knowledge.ownership[post, :] = 0.0


@compiled
def _swap(column: np.ndarray, one: int, two: int) -> None:
    held = column[one]
    column[one] = column[two]
    column[two] = held


@compiled
def _swap_rows(grid: np.ndarray, one: int, two: int) -> None:
    for column in range(grid.shape[1]):
        held = grid[one, column]
        grid[one, column] = grid[two, column]
        grid[two, column] = held


@compiled
def swap_posts(
    schools: Schools, teachers: Teachers, knowledge: Knowledge, one: int, two: int, unfamiliar: float
) -> None:
    """Two people change places, with all they hold; what was tuned to the old school fits the new one less.

    Args:
        schools: Columns of schools.
        teachers: Columns of teachers.
        knowledge: How each teacher holds each practice.
        one: Post.
        two: Post.
        unfamiliar: How foreign the two schools' contexts are to each other, 0..1.
    """
    _swap(teachers.uid, one, two)
    _swap(teachers.department, one, two)
    _swap(teachers.enquiring, one, two)
    _swap_rows(knowledge.mastery, one, two)
    _swap_rows(knowledge.tuning, one, two)
    _swap_rows(knowledge.ownership, one, two)
    for column in (
        teachers.confidence, teachers.rest, teachers.enterprise, teachers.transfer, teachers.learning,
        teachers.values, teachers.values_start, teachers.anchor, teachers.skill, teachers.dependence,
    ):  # fmt: skip
        _swap(column, one, two)
    for post in (one, two):
        teachers.years[post] = 0.0
        teachers.focus[post] = -1
        teachers.focus_age[post] = 0
        for column in range(knowledge.tuning.shape[1]):
            knowledge.tuning[post, column] *= np.float32(1.0 - unfamiliar)


@compiled
def length_of_service(draw: float) -> float:
    """Years in post of a teacher met at random: exponential, mean 12."""
    return math.floor(-12.0 * math.log(1.0 - draw))
