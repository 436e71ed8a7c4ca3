"""Staff's confidence after a half-term: what happened, and the level it relaxes to (M18, M20)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.identity import resting_confidence
from schoolsim.rules.shapes import unit
from schoolsim.system.state import Parameters, State


@compiled
def settle_confidence(state: State, p: Parameters) -> None:
    """Add what the half-term gave and took, and relax toward rest; dependency fades."""
    schools, teachers = state.schools, state.teachers
    for post in range(teachers.rows):
        school = teachers.school[post]
        rest = resting_confidence(teachers.resting_confidence[post], schools.badge[school], p)
        confidence = teachers.confidence[post] + teachers.gain_confidence[post]
        teachers.confidence[post] = unit(confidence + p.confidence_settle * (rest - confidence))
        teachers.gain_confidence[post] = 0.0
        teachers.dependence[post] *= p.memory_kept
