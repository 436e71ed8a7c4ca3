"""What schools publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.twin.rules import market
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School


def pupil_mean(schools: list[School], value: Callable[[School], float]) -> float:
    """Mean over pupils."""
    return sum(value(school) * school.roll for school in schools) / sum(school.roll for school in schools)


def publish(model: Twin) -> None:
    """Value added follows teaching; results follow value added, intake and luck."""
    start = pupil_mean(model.schools, lambda school: school.value_start)
    for school in model.schools:
        school.value += (school.progress - school.value) / model.p.result_memory
        luck = model.chance.normal(draws.RESULT_NOISE, model.half_term, school.uid, 0)
        poor = school.poor / school.roll - model.first_poor
        school.published = market.published_result(school.intake, poor, school.value - start, luck, model.p)


def measure_standing(model: Twin) -> None:
    """Published results standardised within phase."""
    for phase in {school.phase for school in model.schools}:
        schools = [school for school in model.schools if school.phase == phase]
        results = [school.published for school in schools]
        mean, spread = float(np.mean(results)), max(1e-6, float(np.std(results)))
        for school in schools:
            school.standing = (school.published - mean) / spread if len(schools) > 1 else 0.0
