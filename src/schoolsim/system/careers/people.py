"""A new person in a post, and two who change places."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.columns import AnyArray, Float32Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import CLASS_TEACHER, NONE
from schoolsim.rules.shapes import unit
from schoolsim.system.state import Clock, Parameters, State

MASTERY, OWNERSHIP, TUNING, DRAWS_A_PRACTICE = 0, 1, 2, 3  # draws of the levels at which a practice is held
#: Years for which somebody met for the first time has used what they hold: longer than any practice needs to ripen.
LONG_USED = np.float32(10.0)
# Draws of who a person is.
CONFIDENCE, ENTERPRISE, TRANSFER, LEARNING, VALUES, OPENNESS, SKILL, SERVICE = 0, 1, 2, 3, 4, 5, 8, 9


@compiled
def new_person(state: State, p: Parameters, clock: Clock, post: int, uid: int) -> None:
    """Put a person who holds no practice yet in a post; who they are follows from their uid."""
    teachers, knowledge, seed = state.teachers, state.knowledge, clock.seed
    teachers.uid[post] = uid
    luck = draws.normal(seed, draws.PERSON, 0, uid, CONFIDENCE)
    teachers.resting_confidence[post] = unit(p.confidence_mean + p.careers_sd * luck)
    teachers.confidence[post] = teachers.resting_confidence[post]
    teachers.enterprise[post] = draws.uniform(seed, draws.PERSON, 0, uid, ENTERPRISE)
    teachers.openness[post] = draws.uniform(seed, draws.PERSON, 0, uid, OPENNESS)
    luck = draws.normal(seed, draws.PERSON, 0, uid, TRANSFER)
    teachers.transfer[post] = unit(p.careers_transfer_mean + p.careers_sd * luck)
    luck = draws.normal(seed, draws.PERSON, 0, uid, LEARNING)
    teachers.learning[post] = unit(p.careers_learning_mean + p.careers_sd * luck)
    teachers.values[post] = draws.uniform(seed, draws.PERSON, 0, uid, VALUES)
    teachers.values_start[post], teachers.anchor[post] = teachers.values[post], p.values_anchor
    luck = draws.normal(seed, draws.PERSON, 0, uid, SKILL)
    teachers.skill[post] = p.careers_new_skill + p.careers_skill_sd * luck
    teachers.years[post] = 0.0
    teachers.role[post] = CLASS_TEACHER
    teachers.focus[post] = teachers.topic[post] = NONE
    teachers.focus_age[post] = 0
    teachers.dependence[post] = 0.0
    teachers.enquiring[post] = teachers.learnt_in[post] = teachers.gave_in[post] = 0
    for practice in range(knowledge.width):
        knowledge.mastery[post, practice] = 0.0
        knowledge.tuning[post, practice] = 0.0
        knowledge.ownership[post, practice] = 0.0
        knowledge.years[post, practice] = 0.0


@compiled
def draw_level(state: State, p: Parameters, clock: Clock, post: int, practice: int, tradition_of: int) -> None:
    """How somebody holds a practice when first met: schools have traditions, practices that most of a staff hold.

    Args:
        state: The state.
        p: Parameters.
        clock: For the seed.
        post: Of the person.
        practice: Row.
        tradition_of: Number of the school whose traditions count: the own one, or one outside.
    """
    teachers, knowledge, seed = state.teachers, state.knowledge, clock.seed
    school, uid = teachers.school[post], teachers.uid[post]
    tradition = draws.uniform(seed, draws.TRADITION, 0, tradition_of, practice) < p.practice_tradition_share
    foreign = state.practices.dependence[practice] * state.repertoires.distance[school, practice]
    chance = p.practice_held_base + p.practice_held_tradition * tradition * (1.0 - p.practice_held_fit * foreign)
    if draws.uniform(seed, draws.HOLDER, 0, uid, practice) < chance:
        first = DRAWS_A_PRACTICE * practice
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + MASTERY)
        knowledge.mastery[post, practice] = unit(p.practice_first_mastery + p.practice_first_sd * luck)
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + OWNERSHIP)
        knowledge.ownership[post, practice] = unit(p.practice_first_ownership + p.practice_first_sd * luck)
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + TUNING)
        knowledge.tuning[post, practice] = unit(p.practice_first_mastery + p.practice_first_sd * luck)
        knowledge.years[post, practice] = LONG_USED


@compiled
def _swap(column: AnyArray, post: int, other: int) -> None:
    held = column[post]
    column[post] = column[other]
    column[other] = held


@compiled
def _swap_rows(grid: Float32Array, post: int, other: int) -> None:
    for cell in range(grid.shape[1]):
        held = grid[post, cell]
        grid[post, cell] = grid[other, cell]
        grid[other, cell] = held


@compiled
def swap_posts(state: State, post: int, other: int, unfamiliar: float) -> None:
    """Two people change places, with all they hold; what was tuned to the old school fits the new one less.

    Args:
        state: The state.
        post: Row.
        other: Row.
        unfamiliar: How foreign the two schools' contexts are to each other, 0..1.
    """
    teachers, knowledge = state.teachers, state.knowledge
    _swap(teachers.uid, post, other)
    _swap(teachers.department, post, other)
    _swap(teachers.role, post, other)
    _swap(teachers.enquiring, post, other)
    _swap(teachers.learnt_in, post, other)
    _swap(teachers.gave_in, post, other)
    _swap_rows(knowledge.mastery, post, other)
    _swap_rows(knowledge.tuning, post, other)
    _swap_rows(knowledge.ownership, post, other)
    _swap_rows(knowledge.years, post, other)
    _swap(teachers.confidence, post, other)
    _swap(teachers.resting_confidence, post, other)
    _swap(teachers.enterprise, post, other)
    _swap(teachers.openness, post, other)
    _swap(teachers.transfer, post, other)
    _swap(teachers.learning, post, other)
    _swap(teachers.values, post, other)
    _swap(teachers.values_start, post, other)
    _swap(teachers.anchor, post, other)
    _swap(teachers.skill, post, other)
    _swap(teachers.dependence, post, other)
    for row in (post, other):
        teachers.years[row] = 0.0
        teachers.focus[row] = teachers.topic[row] = NONE
        teachers.focus_age[row] = 0
        for practice in range(knowledge.width):
            knowledge.tuning[row, practice] *= np.float32(1.0 - unfamiliar)


@compiled
def length_of_service(draw: float, p: Parameters) -> float:
    """Years in post of a teacher met at random: exponential, by the chance in a year of leaving or moving."""
    return math.floor(-math.log(1.0 - draw) / max(1e-6, p.careers_leave + p.careers_move))
