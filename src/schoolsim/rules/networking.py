"""Networks of schools, those who carry them, and ties that break for good (M12, M15, M34)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.shapes import unit


@compiled
def drawn_closer(level: float, weight: float, gain: float) -> float:
    """A level 0..1 after contact worth `weight` meetings, each of which closes `gain` of what is left."""
    return level + (1.0 - level) * (1.0 - (1.0 - unit(gain)) ** weight)


@compiled
def meetings_trust(rival: float, facilitated: float, p: np.record) -> float:
    """Share of missing trust that a meeting makes good: more with somebody impartial, less between rivals (M34)."""
    return unit(p.trust_change * p.network_trust * (1.0 + p.network_facilitator_trust * facilitated) * (1.0 - rival))


@compiled
def arranging_hours(members: float, leads: bool, shared: bool, facilitated: bool, p: np.record) -> float:
    """Hours a meeting's arranging costs a member: all of it if it leads alone, an equal part if shared (M34).

    A facilitator takes the whole load from the members.
    """
    if facilitated:
        return 0.0
    if shared:
        return p.network_arranging
    return p.network_arranging * members if leads else 0.0


@compiled
def stops_leading(head_gone: bool, p: np.record) -> float:
    """Chance in a half-term that who leads a network no longer does (M34)."""
    tired = 1.0 - (1.0 - p.network_leader_stops) ** (1.0 / 6.0)
    return 1.0 - (1.0 - tired) * (1.0 - p.network_leader_leaves * head_gone)


@compiled
def falls_out(poached: float, trust: float, familiarity: float, rival: float, p: np.record) -> float:
    """Chance in a half-term that a tie turns to lasting hostility (M12, §2.11).

    It takes a breach (poaching, worst by a rival) or the collapse of trust between those who know each other well.

    Args:
        poached: 1 if practice was just taken without credit, else 0.
        trust: The lower of the two sides'.
        familiarity: On the tie.
        rival: How far they are rivals.
        p: Parameters.
    """
    collapse = familiarity * max(0.0, 1.0 - trust / 0.15)
    return unit(
        p.hostility_breach * p.trust_change * max(poached * (0.2 + 0.8 * rival) * (0.5 + familiarity), collapse)
    )


@compiled
def makes_up(new_head: bool, p: np.record) -> float:
    """Chance in a half-term that hostility ends without anybody's help, likelier under a new head (M12, §2.11)."""
    return 1.0 - (1.0 - p.hostility_repair) * (1.0 - p.hostility_new_head * new_head)


@compiled
def kept_in_touch(familiarity: float, kept: float, remote: float) -> float:
    """Familiarity after a half-term without joint work: contact at a distance keeps old ties up, new ones barely (M15).

    Args:
        familiarity: Now.
        kept: Share kept without any contact.
        remote: How far old partners keep in touch at a distance, 0..1.
    """
    return familiarity * (kept + (1.0 - kept) * remote * unit(familiarity / 0.25))
