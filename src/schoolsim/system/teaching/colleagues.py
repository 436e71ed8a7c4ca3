"""In-school learning: a teacher learns what they work on from a colleague (M03, M04, M31, M32)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import ADVANCED, NONE
from schoolsim.rules.learning import access, ceiling, dose, share_learned, zone
from schoolsim.rules.shapes import toward
from schoolsim.rules.teaching import guardians_skill, room_to_learn
from schoolsim.system.brokers.internal import best_advanced_teacher, coaching_hours
from schoolsim.system.learning.friends import HALF_ENGAGED
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import AT_HOME, LEARNT_HOME
from schoolsim.system.time_money.budgets import own_time


@compiled
def _who_comes_to_mind(state: State, p: Parameters, clock: Clock) -> Float64Array:
    """The draws by which colleagues come to mind (look, post), all at once: so they are made several at a time."""
    teachers = state.teachers
    drawn = np.empty((p.home_colleagues, teachers.rows))
    for look in range(drawn.shape[0]):
        for post in range(teachers.rows):
            drawn[look, post] = draws.uniform(clock.seed, draws.COLLEAGUE, clock.half_term, teachers.uid[post], look)
    return drawn


@compiled
def _colleague_to_learn_from(
    state: State, p: Parameters, clock: Clock, drawn: Float64Array, post: int, focus: int
) -> int:
    """The best of the colleagues who come to mind; `drawn` is of `_who_comes_to_mind`."""
    schools, teachers, mastery = state.schools, state.teachers, state.knowledge.mastery
    school = teachers.school[post]
    first, staff = schools.first[school], schools.staff[school]
    best = post
    # Through somebody who knows who is good at what, more colleagues come to mind (M32).
    looks = p.home_colleagues + int(p.home_colleagues * schools.internal_knowledge[school] + 0.5)
    for look in range(looks):
        if look < drawn.shape[0]:
            luck = drawn[look, post]
        else:
            luck = draws.uniform(clock.seed, draws.COLLEAGUE, clock.half_term, teachers.uid[post], look)
        seen = first + int(luck * staff)
        if mastery[seen, focus] > mastery[best, focus]:
            best = seen
    if schools.advanced[school] > 0:
        coach = best_advanced_teacher(state, school, focus)
        if coach >= 0 and mastery[coach, focus] > mastery[best, focus]:
            best = coach
    return best


@compiled
def _learn_at_home(state: State, p: Parameters, post: int, other: int, focus: int) -> None:
    """What a teacher gains from a colleague who is ahead; settled with the rest."""
    schools, teachers, knowledge = state.schools, state.teachers, state.knowledge
    mastery, source = float(knowledge.mastery[post, focus]), float(knowledge.mastery[other, focus])
    school, tacit = teachers.school[post], state.practices.tacit[focus]
    tone = p.home_tone_base + (1.0 - p.home_tone_base) * schools.tone[school]
    hours = (p.home_hours + schools.home_hours[school]) * tone
    if teachers.role[other] == ADVANCED:
        hours += coaching_hours(teachers, other, p) / schools.staff[school]
    hours *= (1.0 - teachers.dependence[post]) * room_to_learn(float(teachers.load_before[post]), p)
    near = zone(source - mastery, 0.5 * (teachers.confidence[post] + HALF_ENGAGED), p)
    skill = guardians_skill(teachers.transfer[other], teachers.years[other], p)
    ease = near * access(tacit, p.channel_own_face, p.home_familiarity, skill, p)
    amount = dose(hours, state.practices.hours[focus], HALF_ENGAGED, teachers.learning[post], p)
    share = share_learned(ease * amount)
    gained = toward(mastery, ceiling(source, tacit, p.channel_own_face, p), share) - mastery
    teachers.gain_mastery[post] = gained
    state.ledger.counts[LEARNT_HOME] += gained
    own_time(state.ledger, 2.0 * p.home_hours * tone, AT_HOME)
    # What a colleague has already tuned to this school comes tuned.
    tuned, own = float(knowledge.tuning[post, focus]), float(knowledge.ownership[post, focus])
    teachers.gain_tuning[post] = toward(tuned, float(knowledge.tuning[other, focus]), share) - tuned
    teachers.gain_ownership[post] = toward(own, p.adaptation_say, share) - own
    if gained > 0.0 and mastery + gained < p.learning_routine:
        teachers.load[post] += 1


@compiled
def learn_from_colleagues(state: State, p: Parameters, clock: Clock) -> None:
    """In-school learning of every teacher, from the state as found; settled with the rest.

    Talk is of what a teacher works on or, where nobody who comes to mind knows more of that, of their usual topic.
    """
    teachers, mastery = state.teachers, state.knowledge.mastery
    drawn = _who_comes_to_mind(state, p, clock)
    for post in range(teachers.rows):
        teachers.gain_mastery[post] = teachers.gain_tuning[post] = teachers.gain_ownership[post] = 0.0
        teachers.talked_of[post] = NONE
        focus = teachers.focus[post]
        if focus < 0:
            continue
        if p.home_talk < 1.0:
            luck = draws.uniform(clock.seed, draws.TALK, clock.half_term, teachers.uid[post], 0)
            if luck >= p.home_talk:
                continue
        other = _colleague_to_learn_from(state, p, clock, drawn, post, focus)
        if mastery[other, focus] <= mastery[post, focus] and teachers.topic[post] >= 0:
            focus = teachers.topic[post]
            other = _colleague_to_learn_from(state, p, clock, drawn, post, focus)
        teachers.talked_of[post] = focus
        if other != post and mastery[other, focus] > mastery[post, focus]:
            _learn_at_home(state, p, post, other, focus)
