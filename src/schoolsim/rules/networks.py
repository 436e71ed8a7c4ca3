"""Networks of schools and those who lead them (M34)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit

HALF_TERMS = 6  # a year


@inlined
def meeting_trust_gain(rival: float, facilitated: float, p: Parameters) -> float:
    """Share of missing trust that a meeting makes good: more with somebody impartial, less between rivals (M34)."""
    return unit(p.trust_change * p.network_trust * (1.0 + p.network_facilitator_trust * facilitated) * (1.0 - rival))


@inlined
def arranging_hours(members: float, leads: bool, shared: bool, facilitated: bool, p: Parameters) -> float:
    """Hours a meeting's arranging costs a member: all of it if it leads alone, an equal part if shared (M34).

    A facilitator takes the whole load from the members.
    """
    if facilitated:
        return 0.0
    if shared:
        return p.network_arranging
    return p.network_arranging * members if leads else 0.0


@inlined
def hours_for_networks(formal: float, p: Parameters) -> float:
    """Hours that a school's formal ones leave for networks beside partnerships: they limit how many it is in (M34)."""
    return (1.0 - p.time_committed) * formal


@inlined
def leader_stops_chance(head_gone: bool, p: Parameters) -> float:
    """Chance in a half-term that a network loses its leader (M34)."""
    tired = 1.0 - (1.0 - p.network_leader_stops) ** (1.0 / HALF_TERMS)
    return 1.0 - (1.0 - tired) * (1.0 - p.network_leader_leaves * head_gone)
