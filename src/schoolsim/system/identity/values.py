"""Values drift toward those of colleagues and friends (M14, M22)."""

from __future__ import annotations

import numpy as np

from schoolsim.jit import compiled
from schoolsim.rules.identity import anchored_values, drifted_values
from schoolsim.system.state import Parameters, State


@compiled
def drift_values(state: State, p: Parameters) -> None:
    """Move every teacher's values, all from the values as found."""
    schools, teachers, friends = state.schools, state.teachers, state.friends
    number = teachers.rows
    staff_mean = np.zeros(schools.rows)
    for post in range(number):
        staff_mean[teachers.school[post]] += teachers.values[post] / schools.staff[teachers.school[post]]
    heard, weight = np.zeros(number), np.zeros(number)
    for tie in range(friends.rows):
        if friends.alive[tie]:
            post, friend = friends.a[tie], friends.b[tie]
            heard[post] += friends.trust_ab[tie] * teachers.values[friend]
            heard[friend] += friends.trust_ba[tie] * teachers.values[post]
            weight[post] += friends.trust_ab[tie]
            weight[friend] += friends.trust_ba[tie]
    for post in range(number):
        own = teachers.values[post]
        friends_mean = heard[post] / weight[post] if weight[post] > 0.0 else own
        moved = drifted_values(own, staff_mean[teachers.school[post]], friends_mean, p)
        # Both means are of values as found: only this teacher's own are written.
        teachers.values[post] = anchored_values(moved, teachers.values_start[post], teachers.anchor[post])
