"""Outcomes that can be kept of every school, beside those of a run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.columns import Float64Array, Int64Array

if TYPE_CHECKING:
    from schoolsim.system.state import Schools


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
    read: Callable[[Schools], Float64Array]


SCHOOL_OUTCOMES: Final[Mapping[str, SchoolOutcome]] = {
    "progress": SchoolOutcome("pupil sd", "What a school's teaching adds to pupils' results.", lambda s: s.progress),
    "published": SchoolOutcome("percentage points", "A school's published result.", lambda s: s.published),
    "standing": SchoolOutcome("school sd", "A school's published result within its phase.", lambda s: s.standing),
    "roll": SchoolOutcome("pupils", "Pupils on a school's roll.", lambda s: s.roll),
    "disadvantage": SchoolOutcome("share", "Pupils on free meals of a school's roll.", lambda s: s.poor / s.roll),
    "confidence": SchoolOutcome("level", "Mean confidence of a school's staff, 0 to 1.", lambda s: s.confidence),
    "tone": SchoolOutcome("level", "A head's tone toward learning from others, 0 to 1.", lambda s: s.tone),
    "hours": SchoolOutcome("hours", "A teacher's hours for work with other schools, a half-term.", lambda s: s.hours),
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


def read_of_schools(schools: Schools, names: Sequence[str]) -> list[Float64Array]:
    """Copies of the values of all schools, a name at a time."""
    return [np.array(SCHOOL_OUTCOMES[name].read(schools), dtype=np.float64) for name in names]
