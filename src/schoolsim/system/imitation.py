"""Copying without judging: a teacher takes over a colleague's repertoire as it is (M05)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.imitation import copied_weight
from schoolsim.system.state import Knowledge, Parameters, Practices, Schools, Teachers


@compiled
def _whom(weights: np.ndarray, draw: float) -> int:
    """The place at which the running sum of `weights` passes `draw` of the whole."""
    left = draw * np.sum(weights)
    for place in range(weights.shape[0]):
        left -= weights[place]
        if left < 0.0:
            return place
    return weights.shape[0] - 1


@compiled
def imitate(
    practices: Practices,
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Some teachers copy a colleague, each from the staff room as it was before anyone copied."""
    p = parameters[0]
    mastery, tuning, ownership = knowledge.mastery.copy(), knowledge.tuning.copy(), knowledge.ownership.copy()
    for school in range(schools.uid.shape[0]):
        first, staff = schools.first[school], schools.staff[school]
        weights = np.empty(staff)
        for place in range(staff):
            weights[place] = copied_weight(mastery[first + place], practices.appeal, p)
        for post in range(first, first + staff):
            uid = teachers.uid[post]
            if draws.uniform(seed, draws.COPY, step, uid, 0) >= p.home_copying:
                continue
            seen = first + _whom(weights, draws.uniform(seed, draws.COPY, step, uid, 1))
            for one in range(mastery.shape[1]):
                knowledge.mastery[post, one] = mastery[seen, one]
                knowledge.tuning[post, one] = tuning[seen, one]
                knowledge.ownership[post, one] = ownership[seen, one]
