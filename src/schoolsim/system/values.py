"""Values drift toward those of colleagues and friends (M14, M22)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.imitation import anchored, drifted
from schoolsim.system.state import Parameters, Schools, Teachers, TeacherTies


@compiled
def drift_values(schools: Schools, teachers: Teachers, friends: TeacherTies, parameters: Parameters) -> None:
    """Move every teacher's values, all from the values as found."""
    p = parameters[0]
    number = teachers.uid.shape[0]
    staff = np.zeros(schools.uid.shape[0])
    for post in range(number):
        staff[teachers.school[post]] += teachers.values[post] / schools.staff[teachers.school[post]]
    total, weight = np.zeros(number), np.zeros(number)
    for tie in range(friends.alive.shape[0]):
        if friends.alive[tie]:
            one, two, trust = friends.a[tie], friends.b[tie], friends.trust[tie]
            total[one] += trust * teachers.values[two]
            total[two] += trust * teachers.values[one]
            weight[one] += trust
            weight[two] += trust
    for post in range(number):
        own = teachers.values[post]
        heard = total[post] / weight[post] if weight[post] > 0.0 else own
        moved = drifted(own, staff[teachers.school[post]], heard, p)
        # Both means are of values as found: only this teacher's own are written.
        teachers.values[post] = anchored(moved, teachers.values_start[post], teachers.anchor[post])
