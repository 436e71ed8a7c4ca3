"""Networks whose hubs, brokers and holes are known because they were put there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from schoolsim.populations import SchoolTable
from schoolsim.populations.ties import TieTable

FIRST = 100001  # URN of school 0


def schools(number: int, *, authority: Sequence[int] | None = None) -> SchoolTable:
    """Schools called S0, S1 ... on a line, a kilometre apart, east of Sheffield."""
    return SchoolTable(
        urn=FIRST + np.arange(number), name=np.array([f"S{row}" for row in range(number)], dtype=object),
        phase=np.zeros(number), easting=435.0 + np.arange(number), northing=np.full(number, 387.0),
        roll=np.full(number, 200.0), capacity=np.full(number, 240.0), disadvantage=np.full(number, 0.1),
        attainment=np.full(number, np.nan), teachers=np.full(number, 10),
        authority=np.zeros(number) if authority is None else np.array(authority),
        authorities=("North", "South"),
    )  # fmt: skip


def ties(
    pairs: Sequence[tuple[int, int]],
    *,
    strength: Sequence[float] | None = None,
    kind: Sequence[str] | None = None,
    directed: bool = False,
) -> TieTable:
    """Ties between schools by their number."""
    number = len(pairs)
    return TieTable(
        source=np.array([FIRST + one for one, _ in pairs]), target=np.array([FIRST + other for _, other in pairs]),
        source_teacher=np.full(number, -1), target_teacher=np.full(number, -1),
        kind=np.array(kind or [""] * number, dtype=object),
        strength=np.array(strength or [1.0] * number), since=np.full(number, np.datetime64("NaT"), dtype="M8[D]"),
        directed=directed,
    )  # fmt: skip


def star(points: int) -> TieTable:
    """School 0 tied to all others."""
    return ties([(0, point) for point in range(1, points + 1)])


def barbell() -> TieTable:
    """Two cliques of four, 0 to 3 and 5 to 8, and school 4 between 0 and 5."""
    return ties([*combinations(range(4), 2), *combinations(range(5, 9), 2), (0, 4), (4, 5)])


def two_towns() -> TieTable:
    """Rings of ten, 0 to 9 and 10 to 19, each with its neighbours but one tied too; a hub, a broker, two isolated.

    School 3 is tied to all of its town; school 20 to two schools of each town, and nothing else joins the towns;
    21 and 22 have no tie.
    """
    pairs = set[tuple[int, int]]()
    for start in (0, 10):
        for place in range(10):
            for step in (1, 2):
                one, other = start + place, start + (place + step) % 10
                pairs.add((min(one, other), max(one, other)))
    pairs |= {(min(3, other), max(3, other)) for other in range(10) if other != 3}
    pairs |= {(0, 20), (7, 20), (12, 20), (15, 20)}
    return ties(sorted(pairs))
