"""The status gap a school feels below another, and the confidence with which it shows what it does (M18, M19)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.identity import status_gap
from schoolsim.system.state import Parameters, Schools


@compiled
def status_gap_felt(schools: Schools, school: int, other: int, p: Parameters) -> float:
    """The status gap a school feels below another, 0..1."""
    return status_gap(
        schools.badge[school], schools.badge[other], schools.known_standing[school], schools.known_standing[other], p
    )


@compiled
def confidence_to_share(schools: Schools, school: int, p: Parameters) -> float:
    """Confidence with which a school offers what it does; an advanced skills teacher adds to it (M18, R11)."""
    return schools.confidence[school] + (p.ast_offers if schools.advanced[school] > 0 else 0.0)
