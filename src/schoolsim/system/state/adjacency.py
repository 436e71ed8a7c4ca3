"""Each school's list of ties: finding, adding and walking them, and what is read or written from one end."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.system.state.schema import Partnerships, State, Ties
from schoolsim.system.state.slots import fill, free_slot


@compiled
def rebuild_adjacency(state: State) -> None:
    """Link every school's ties anew: O(ties)."""
    schools, ties = state.schools, state.ties
    fill(schools.first_tie, NONE)
    for tie in range(ties.rows - 1, -1, -1):
        if ties.alive[tie]:
            ties.next_a[tie] = schools.first_tie[ties.a[tie]]
            schools.first_tie[ties.a[tie]] = tie
            ties.next_b[tie] = schools.first_tie[ties.b[tie]]
            schools.first_tie[ties.b[tie]] = tie


@compiled
def next_tie(ties: Ties, tie: int, school: int) -> int:
    """The tie after `tie` in `school`'s list, or -1."""
    return ties.next_a[tie] if ties.a[tie] == school else ties.next_b[tie]


@compiled
def other_end(ties: Ties, tie: int, school: int) -> int:
    """The school at the tie's other end."""
    return ties.b[tie] if ties.a[tie] == school else ties.a[tie]


@compiled
def find_tie(state: State, school: int, other: int) -> int:
    """The tie between two schools, or -1."""
    ties = state.ties
    tie = state.schools.first_tie[school]
    while tie != NONE:
        if other_end(ties, tie, school) == other:
            return tie
        tie = next_tie(ties, tie, school)
    return NONE


@compiled
def trust_of(ties: Ties, tie: int, school: int) -> float:
    """Trust that `school` has in the other."""
    return ties.trust_ab[tie] if ties.a[tie] == school else ties.trust_ba[tie]


@compiled
def set_trust(ties: Ties, tie: int, school: int, trust: float) -> None:
    """Change the trust that `school` has in the other."""
    if ties.a[tie] == school:
        ties.trust_ab[tie] = trust
    else:
        ties.trust_ba[tie] = trust


@compiled
def mean_trust(ties: Ties, tie: int) -> float:
    """Mean of the trust each way."""
    return 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])


@compiled
def add_tie(state: State, school: int, other: int, trust: float, familiarity: float) -> int:
    """Add a tie between two schools that have none, with what rests on their distance still to be set.

    Returns:
        Its slot, or -1 where the table is full.
    """
    schools, ties = state.schools, state.ties
    tie = free_slot(ties)
    if tie == NONE:
        return NONE
    low, high = (school, other) if schools.uid[school] < schools.uid[other] else (other, school)
    ties.alive[tie] = 1
    ties.a[tie], ties.b[tie] = low, high
    ties.trust_ab[tie] = ties.trust_ba[tie] = trust
    ties.familiarity[tie] = familiarity
    ties.balance[tie] = 0.0
    ties.hours[tie] = 0.0
    ties.hostile[tie] = 0
    ties.news[tie] = 0.0
    ties.next_a[tie], ties.next_b[tie] = schools.first_tie[low], schools.first_tie[high]
    schools.first_tie[low] = schools.first_tie[high] = tie
    return tie


@compiled
def partnership_on(ties: Ties, partnerships: Partnerships, tie: int) -> int:
    """Slot of the partnership of two schools by their tie (-1 where they have none), or -1: they have one at a time."""
    if tie < 0:
        return NONE
    slot = ties.partnership[tie]
    # The slot may be another's by now.
    return slot if partnerships.alive[slot] and partnerships.tie[slot] == tie else NONE
