"""Tables with free slots: finding, adding and linking ties and partnerships."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.system.state import Schools, Ties, Wholes

NONE = -1


@compiled
def free_slot(table: np.ndarray) -> int:
    """The first free slot of a table, or -1: a full table refuses rather than grows.

    Where all slots are in use is remembered, or filling a table would take the square of its length.
    """
    number = table.alive.shape[0]
    if number == 0:
        return NONE
    slot = table.free[0]
    while slot < number and table.alive[slot]:
        slot += 1
    table.free[0] = slot
    return slot if slot < number else NONE


@compiled
def release(table: np.ndarray, slot: int) -> None:
    """Free a slot of a table."""
    table.alive[slot] = 0
    table.free[0] = min(table.free[0], slot)


@compiled
def link(ties: Ties, adjacency: Wholes) -> None:
    """Rebuild each school's list of ties: O(ties)."""
    adjacency[:] = NONE
    for tie in range(ties.alive.shape[0] - 1, -1, -1):
        if ties.alive[tie]:
            ties.next_a[tie] = adjacency[ties.a[tie]]
            adjacency[ties.a[tie]] = tie
            ties.next_b[tie] = adjacency[ties.b[tie]]
            adjacency[ties.b[tie]] = tie


@compiled
def following(ties: Ties, tie: int, school: int) -> int:
    """The tie after `tie` in `school`'s list, or -1."""
    return ties.next_a[tie] if ties.a[tie] == school else ties.next_b[tie]


@compiled
def other_end(ties: Ties, tie: int, school: int) -> int:
    """The school at the tie's other end."""
    return ties.b[tie] if ties.a[tie] == school else ties.a[tie]


@compiled
def find_tie(ties: Ties, adjacency: Wholes, school: int, other: int) -> int:
    """The tie between two schools, or -1."""
    tie = adjacency[school]
    while tie != NONE:
        if other_end(ties, tie, school) == other:
            return tie
        tie = following(ties, tie, school)
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
def add_tie(
    schools: Schools,
    ties: Ties,
    adjacency: Wholes,
    one: int,
    two: int,
    trust: float,
    familiarity: float,
    rest: float,
    rival: float,
    miles: float,
) -> int:
    """Add a tie between two schools that have none; returns its slot, or -1 where the table is full."""
    tie = free_slot(ties)
    if tie == NONE:
        return NONE
    low, high = (one, two) if schools.uid[one] < schools.uid[two] else (two, one)
    ties.alive[tie] = 1
    ties.a[tie], ties.b[tie] = low, high
    ties.trust_ab[tie] = ties.trust_ba[tie] = trust
    ties.rest[tie] = rest
    ties.familiarity[tie] = familiarity
    ties.balance[tie] = 0.0
    ties.worked[tie] = 0.0
    ties.hostile[tie] = 0
    ties.rivalry[tie], ties.miles[tie] = rival, miles
    ties.next_a[tie], ties.next_b[tie] = adjacency[low], adjacency[high]
    adjacency[low] = adjacency[high] = tie
    return tie
