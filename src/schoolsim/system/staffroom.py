"""Passes over all posts: what staff know on average, and what their teaching gives."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.practice import cover_harm, dip, realised
from schoolsim.system.state import Knowledge, Parameters, Practices, Repertoires, Schools, Teachers


@compiled
def school_means(schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge) -> None:
    """Staff means of mastery, confidence and transfer skill, in every school."""
    practices = knowledge.mastery.shape[1]
    for school in range(schools.uid.shape[0]):
        repertoires.mastery[school, :] = np.float32(0.0)
        confidence, transfer = 0.0, 0.0
        for post in range(schools.first[school], schools.past[school]):
            confidence += teachers.confidence[post]
            transfer += teachers.transfer[post]
            for one in range(practices):
                repertoires.mastery[school, one] += knowledge.mastery[post, one]
        share = 1.0 / schools.staff[school]
        schools.confidence[school], schools.transfer[school] = confidence * share, transfer * share
        for one in range(practices):
            repertoires.mastery[school, one] *= np.float32(share)


@compiled
def class_effects(
    schools: Schools,
    repertoires: Repertoires,
    teachers: Teachers,
    knowledge: Knowledge,
    practices: Practices,
    parameters: Parameters,
) -> None:
    """Each teacher's effect on pupils this half-term, and each school's mean of it (outcome link, model §4)."""
    p = parameters[0]
    number = knowledge.mastery.shape[1]
    for school in range(schools.uid.shape[0]):
        total = 0.0
        for post in range(schools.first[school], schools.past[school]):
            effect = teachers.skill[post]
            for one in range(number):
                mastery = knowledge.mastery[post, one]
                if mastery > 0.0:
                    effect += practices.effect[one] * realised(
                        mastery,
                        knowledge.tuning[post, one],
                        practices.dependence[one],
                        repertoires.distance[school, one],
                    )
            effect -= dip(teachers.load[post], p.practice_dip, p.practice_swamp)
            effect -= cover_harm(teachers.out[post], p.cover_harm)
            teachers.effect[post] = effect
            total += effect
        # Pressure makes everybody teach a little harder, or less well (M38).
        schools.progress[school] = total / schools.staff[school] + schools.effort[school]
