"""Outcomes that can be kept of every school, beside those of a run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.columns import Float64Array, Int64Array

if TYPE_CHECKING:
    from schoolsim.system.state import State


@dataclass(frozen=True)
class SchoolOutcome:
    """What is read of each school.

    Args:
        unit: Of a value.
        definition: One sentence.
        read: The values of all schools, by row.
    """

    unit: str
    definition: str
    read: Callable[[State], Float64Array]


def _first_joined(state: State) -> Float64Array:
    """The half-term in which each school first joined any programme."""
    joined = np.array(state.programmes.joined[1:], dtype=np.float64)
    first = np.where(joined < 0, np.inf, joined).min(axis=0, initial=np.inf)
    return np.where(np.isinf(first), -1.0, first)


SCHOOL_OUTCOMES: Final[Mapping[str, SchoolOutcome]] = {
    "progress": SchoolOutcome(
        "pupil sd", "What a school's teaching adds to pupils' results.", lambda s: s.schools.progress
    ),
    "published": SchoolOutcome("percentage points", "A school's published result.", lambda s: s.schools.published),
    "standing": SchoolOutcome(
        "school sd", "A school's published result within its phase.", lambda s: s.schools.standing
    ),
    "roll": SchoolOutcome("pupils", "Pupils on a school's roll.", lambda s: s.schools.roll),
    "disadvantage": SchoolOutcome(
        "share", "Pupils on free meals of a school's roll.", lambda s: s.schools.poor / s.schools.roll
    ),
    "confidence": SchoolOutcome(
        "level", "Mean confidence of a school's staff, 0 to 1.", lambda s: s.schools.confidence
    ),
    "tone": SchoolOutcome("level", "A head's tone toward learning from others, 0 to 1.", lambda s: s.schools.tone),
    "hours": SchoolOutcome(
        "hours", "A teacher's hours for work with other schools, a half-term.", lambda s: s.schools.hours
    ),
    "joined": SchoolOutcome(
        "half-term", "When a school first joined a programme; -1 where it never did.", _first_joined
    ),
}
"""By the name under which a study asks for it: `[outcomes] schools`."""


@dataclass(frozen=True)
class SchoolValues:
    """What was read of every school of a run.

    Args:
        urn: Number of each school, shape (schools,).
        half_terms: After which half-terms it was read, shape (times,); -1 is as the policy begins.
        values: Name to values, shape (times, schools).
    """

    urn: Int64Array
    half_terms: Int64Array
    values: Mapping[str, Float64Array]


def read_of_schools(state: State, names: Sequence[str]) -> list[Float64Array]:
    """Copies of the values of all schools, a name at a time."""
    return [np.array(SCHOOL_OUTCOMES[name].read(state), dtype=np.float64) for name in names]
