"""The shape of the network of ties, from objects: the second coding of `schoolsim.outcomes.measuring_networks`."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin


def measure_net(model: Twin) -> dict[str, float]:
    """Density, reach, clustering, hubs, holes and isolation."""
    near = {school: set(school.ties) for school in model.schools}
    mates = {school: len(model.roster[school.authority]) - 1 for school in model.schools}
    number = len(near)
    degrees = sorted(len(found) for found in near.values())
    reach = sum(len(found.union(*(near[one] for one in found)) - {who}) / mates[who] for who, found in near.items())
    corners = {who: list(combinations(found, 2)) for who, found in near.items()}
    closed = {who: sum(two in near[one] for one, two in pairs) for who, pairs in corners.items()}
    pairs = sum(map(len, corners.values()))
    holes = [1.0 - 2.0 * closed[who] / len(found) ** 2 for who, found in near.items() if found]
    uneven = sum(abs(one - two) for one in degrees for two in degrees)
    trusted = {school for tie in model.ties() if tie.mean_trust >= 0.5 for school in (tie.a, tie.b)}
    return {
        "network.density": sum(degrees) / sum(mates.values()),
        "network.reach": reach / number,
        "network.clustering": sum(closed.values()) / pairs if pairs else 0.0,
        "network.hubs": uneven / (2.0 * number * sum(degrees)) if sum(degrees) else 0.0,
        "network.holes": sum(holes) / len(holes) if holes else math.nan,
        "network.isolated": sum(not (school.commitments or school in trusted) for school in near) / number,
    }
