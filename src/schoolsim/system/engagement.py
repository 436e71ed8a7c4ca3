"""Engagement of the people in a pair: what the task, the school and the relation add up to (M22, §2.31)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules import engagement as rules
from schoolsim.rules.modes import Terms
from schoolsim.rules.practice import effect_on_appeal_scale, judged_appeal
from schoolsim.rules.teaching import room_to_learn
from schoolsim.rules.trust import permeability
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Parameters, State
from schoolsim.system.state.adjacency import trust_of

WHOLE_SCHOOL = 2  # scope of a practice that takes all of a staff


@compiled
def learners_engagement(state: State, p: Parameters, slot: int, task: tuple[int, int, float], terms: Terms) -> float:
    """Engagement with learning a practice in a partnership, 0..1.

    Args:
        state: The state.
        p: Parameters.
        slot: The partnership.
        task: Post of the learner, practice, and 1 if it is their school's own need (0 if not, between if unknown).
        terms: On which the partnership works.
    """
    practices, schools, teachers = state.practices, state.schools, state.teachers
    ties, partnerships = state.ties, state.partnerships
    post, practice, own_need = task
    if teachers.focus[post] == practice and practices.scope[practice] < WHOLE_SCHOOL:
        # A need is the teacher's own; the school's counts for what takes the whole school.
        own_need = 1.0
    elif practices.scope[practice] < WHOLE_SCHOOL:
        own_need *= 0.5
    school = teachers.school[post]
    appeal = judged_appeal(
        practices.appeal[practice],
        effect_on_appeal_scale(practices.effect[practice], p),
        practices.evidence[practice],
        teachers.learning[post],
    )
    fit = 1.0 - abs(teachers.values[post] - practices.kind[practice])
    pull = rules.task_pull(own_need, terms.say, practices.kind[practice], appeal, fit, p)
    pull += rules.school_push(
        schools.tone[school],
        schools.protection[school],
        schools.felt_stakes[school],
        float(schools.commitments[school]),
        levers_at(schools, school, p).pupils_asked,
        p,
    )
    tie = partnerships.tie[slot]
    pull += rules.relation_pull(trust_of(ties, tie, school), float(partnerships.imposed[slot]), p)
    pull -= p.horizon_anticipation * partnerships.foreboding[slot]
    open_to_it = permeability(schools.closest_familiarity[school], ties.familiarity[tie], p)
    return rules.engagement(pull, p) * open_to_it * room_to_learn(float(teachers.load_before[post]), p)


@compiled
def originators_engagement(state: State, p: Parameters, slot: int) -> float:
    """An originator's engagement in a partnership, 0..1."""
    ties, partnerships = state.ties, state.partnerships
    originator = partnerships.originator[slot]
    return rules.originators_engagement(
        state.schools.tone[originator],
        trust_of(ties, partnerships.tie[slot], originator),
        float(partnerships.imposed[slot]),
        partnerships.foreboding[slot],
        p,
    )
