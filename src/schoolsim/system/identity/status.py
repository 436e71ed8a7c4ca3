"""The status gap a school feels below another, and the confidence with which it shows what it does (M18, M19)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.identity import status_gap, status_gap_in_context
from schoolsim.rules.partnerships import reciprocity
from schoolsim.system.state import Parameters, Schools, State
from schoolsim.system.state.adjacency import trust_of


@compiled
def status_gap_felt(state: State, p: Parameters, slot: int) -> float:
    """The status gap that the partner in a partnership feels below the originator, 0..1."""
    schools, ties, partnerships = state.schools, state.ties, state.partnerships
    partner, originator, tie = partnerships.partner[slot], partnerships.originator[slot], partnerships.tie[slot]
    gap = status_gap(
        schools.badge[partner],
        schools.badge[originator],
        schools.known_standing[partner],
        schools.known_standing[originator],
        p,
    )
    even = reciprocity(partnerships.given[slot], partnerships.returned[slot])
    other_phase = schools.phase[partner] != schools.phase[originator]
    return status_gap_in_context(gap, trust_of(ties, tie, partner), ties.familiarity[tie], even, other_phase)


@compiled
def confidence_to_share(schools: Schools, school: int, p: Parameters) -> float:
    """Confidence with which a school offers what it does; an advanced skills teacher adds to it (M18, R11)."""
    return schools.confidence[school] + (p.ast_offers if schools.advanced[school] > 0 else 0.0)
