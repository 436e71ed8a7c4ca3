"""8. Classroom: colleagues teach each other, practices are used, tuned and dropped, pupils respond."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.colleagues import concerted, guardians_skill, room_to_learn, spared
from schoolsim.rules.initiative import initiative
from schoolsim.rules.learning import access, ceiling, dose, taken_up, zone
from schoolsim.rules.practice import heartened, kept_up, realised, response
from schoolsim.rules.shapes import toward, unit
from schoolsim.rules.words import ADVANCED
from schoolsim.system.imitation import imitate
from schoolsim.system.inside import best_advanced, coaching_hours
from schoolsim.system.staffroom import class_effects, school_means
from schoolsim.system.state import (
    Clock,
    Events,
    Knowledge,
    Parameters,
    Practices,
    Repertoires,
    Schools,
    State,
    Teachers,
)

AT_HOME = 0.5  # engagement in talk with colleagues, which nobody imposes


@compiled
def _teacher_to_learn_from(
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    post: int,
    focus: int,
    p: np.record,
    seed: int,
    step: int,
) -> int:
    """The best of the colleagues who come to mind."""
    school = teachers.school[post]
    first, staff = schools.first[school], schools.staff[school]
    best = post
    # Through somebody who knows who is good at what, more colleagues come to mind (M32).
    minds = p.home_colleagues + int(p.internal_broker_colleagues * schools.internal_knows[school] + 0.5)
    for attempt in range(minds):
        seen = first + int(draws.uniform(seed, draws.COLLEAGUE, step, teachers.uid[post], attempt) * staff)
        if knowledge.mastery[seen, focus] > knowledge.mastery[best, focus]:
            best = seen
    if schools.advanced[school] > 0:
        coach = best_advanced(schools, teachers, knowledge, school, focus)
        if coach >= 0 and knowledge.mastery[coach, focus] > knowledge.mastery[best, focus]:
            best = coach
    return best


@compiled
def _colleagues(
    practices: Practices,
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """In-school learning of every teacher, from the state as found; settled with the rest."""
    p = parameters[0]
    for post in range(teachers.uid.shape[0]):
        teachers.gain_mastery[post] = teachers.gain_tuning[post] = teachers.gain_ownership[post] = 0.0
        focus = teachers.focus[post]
        if focus < 0:
            continue
        if p.home_talk < 1.0 and draws.uniform(seed, draws.TALK, step, teachers.uid[post], 0) >= p.home_talk:
            continue
        other = _teacher_to_learn_from(schools, teachers, knowledge, post, focus, p, seed, step)
        mastery, source = float(knowledge.mastery[post, focus]), float(knowledge.mastery[other, focus])
        if other == post or source <= mastery:
            continue
        school, tacit = teachers.school[post], practices.tacit[focus]
        tone = p.home_tone_base + (1.0 - p.home_tone_base) * schools.tone[school]
        hours = (p.home_hours + schools.home_hours[school]) * tone
        if teachers.role[other] == ADVANCED:
            hours += coaching_hours(teachers, other, p) / schools.staff[school]
        hours *= initiative(teachers.dependence[post], p) * room_to_learn(float(teachers.strain[post]), p)
        near = zone(source - mastery, 0.5 * (teachers.confidence[post] + AT_HOME), p)
        skill = guardians_skill(teachers.transfer[other], teachers.years[other], p)
        ease = near * access(tacit, p.home_face, p.home_familiarity, skill, p)
        amount = dose(hours, practices.hours[focus], AT_HOME, teachers.learning[post], p)
        share = taken_up(ease * amount)
        gained = toward(mastery, ceiling(source, tacit, p.home_face, p), share) - mastery
        teachers.gain_mastery[post] = gained
        # What a colleague has already tuned to this school comes tuned.
        tuned, own = float(knowledge.tuning[post, focus]), float(knowledge.ownership[post, focus])
        teachers.gain_tuning[post] = toward(tuned, float(knowledge.tuning[other, focus]), share) - tuned
        teachers.gain_ownership[post] = toward(own, 0.6, share) - own
        if gained > 0.0 and mastery + gained < 0.5:
            teachers.load[post] += 1


@compiled
def _settle(teachers: Teachers, knowledge: Knowledge, events: Events) -> None:
    """Add what joint work and colleagues gave; several lessons in one practice add up, to full at most."""
    for place in range(events.count[0]):
        post, one = events.teacher[place], events.practice[place]
        knowledge.mastery[post, one] = unit(knowledge.mastery[post, one] + events.mastery[place])
        knowledge.tuning[post, one] = unit(knowledge.tuning[post, one] + events.tuning[place])
        knowledge.ownership[post, one] = unit(knowledge.ownership[post, one] + events.ownership[place])
    for post in range(teachers.uid.shape[0]):
        one = teachers.focus[post]
        if one >= 0:
            knowledge.mastery[post, one] = unit(knowledge.mastery[post, one] + teachers.gain_mastery[post])
            knowledge.tuning[post, one] = unit(knowledge.tuning[post, one] + teachers.gain_tuning[post])
            knowledge.ownership[post, one] = unit(knowledge.ownership[post, one] + teachers.gain_ownership[post])
        teachers.transfer[post] = unit(teachers.transfer[post] + teachers.gain_transfer[post])
        teachers.learning[post] = unit(teachers.learning[post] + teachers.gain_learning[post])
        teachers.gain_transfer[post] = teachers.gain_learning[post] = 0.0


@compiled
def _use(
    schools: Schools, teachers: Teachers, repertoires: Repertoires, knowledge: Knowledge, parameters: Parameters
) -> None:
    """Use and disuse of every practice (M02b); guardians spare what the school holds some fading (M31).

    It touches every cell every half-term, so it is single precision and free of branches, and vectorises.
    """
    p = parameters[0]
    decay, keep = np.float32(p.practice_decay), np.float32(p.practice_keep)
    forgotten, use = np.float32(p.practice_forgotten), np.float32(p.practice_tuning_by_use)
    nothing, full = np.float32(0.0), np.float32(1.0)
    for post in range(knowledge.mastery.shape[0]):
        school = teachers.school[post]
        held_here = repertoires.mastery[school]
        spare = np.float32(2.0 * spared(schools.guardians[school], p)) * decay
        most = np.float32(0.5) * spare
        mastery, tuning, ownership = knowledge.mastery[post], knowledge.tuning[post], knowledge.ownership[post]
        for one in range(mastery.shape[0]):
            level = kept_up(mastery[one], ownership[one], decay - min(most, spare * held_here[one]), keep)
            held = level >= forgotten
            level = full if level > full else level
            mastery[one] = level if held else nothing
            tuned = tuning[one] + use * level - use * level * tuning[one]
            tuning[one] = tuned if held else nothing
            ownership[one] = ownership[one] if held else nothing


@compiled
def _pupils_respond(
    practices: Practices,
    schools: Schools,
    repertoires: Repertoires,
    teachers: Teachers,
    knowledge: Knowledge,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Each teacher watches one practice in the own class, and keeps it or drops it by what they see (M05, M23)."""
    p = parameters[0]
    number = practices.alive.shape[0]
    for post in range(teachers.uid.shape[0]):
        uid, school = teachers.uid[post], teachers.school[post]
        one = int(draws.uniform(seed, draws.OBSERVE, step, uid, 0) * number)
        mastery = float(knowledge.mastery[post, one])
        if mastery <= 0.0:
            continue
        y = realised(
            mastery,
            float(knowledge.tuning[post, one]),
            practices.dependence[one],
            float(repertoires.distance[school, one]),
        )
        if practices.scope[one] > 0:
            y *= concerted(float(repertoires.mastery[school, one]), p)
        seen = practices.effect[one] * y + p.practice_response_noise * draws.normal(seed, draws.OBSERVE, step, uid, 1)
        change = response(seen, p.practice_response, p.practice_response_scale)
        knowledge.ownership[post, one] = heartened(float(knowledge.ownership[post, one]), change)
        if seen < p.practice_dropped_below:
            knowledge.mastery[post, one] = 0.5 * mastery


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Settle what was learnt, use it, watch pupils, and measure what teaching gives."""
    practices, schools, teachers = state.practices, state.schools, state.teachers
    repertoires, knowledge = state.repertoires, state.knowledge
    _colleagues(practices, schools, teachers, knowledge, p, clock.seed, clock.half_term)
    _settle(teachers, knowledge, state.events)
    if p["home_copying"][0] > 0.0:
        imitate(practices, schools, teachers, knowledge, p, clock.seed, clock.half_term)
    _use(schools, teachers, repertoires, knowledge, p)
    _pupils_respond(practices, schools, repertoires, teachers, knowledge, p, clock.seed, clock.half_term)
    school_means(schools, repertoires, teachers, knowledge)
    class_effects(schools, repertoires, teachers, knowledge, practices, p)
