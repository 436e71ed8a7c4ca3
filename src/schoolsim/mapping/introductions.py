"""Finds possible introductions: a third person to whom two of different groups, with no tie, are both tied."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import igraph

KM_A_MILE = 1.609344
COLUMNS = (
    "first", "second", "introducer", "others", "strength", "miles", "constraint_relieved", "betweenness_relieved",
)  # fmt: skip


def introduction_table(graph: igraph.Graph, groups: list[int], most: int) -> pd.DataFrame:
    """One row a pair that could be introduced, best first; see `NetworkMap.introductions`.

    Args:
        graph: As of `graph_of`.
        groups: Number of each node's group.
        most: Rows at most.
    """
    ties = strengths(graph)
    best = _candidates(ties, groups)
    rows = []
    now = [constraint(ties, node) for node in range(len(ties))]
    for (first, second), (weight, third, common) in best.items():
        ties[first][second] = ties[second][first] = weight
        after = constraint(ties, first) + constraint(ties, second)
        del ties[first][second], ties[second][first]
        rows.append((now[first] + now[second] - after, first, second, third, common - 1, weight))
    rows.sort(key=lambda row: (-round(row[0], 12), -row[5], row[1], row[2]))
    rows = rows[:most]
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS))
    relieved = _betweenness_relieved(graph, rows)
    names = graph.vs["name"]
    records = [
        (names[first], names[second], names[third], others, weight, _miles(graph, first, second), relief, less)
        for (relief, first, second, third, others, weight), less in zip(rows, relieved, strict=True)
    ]
    return pd.DataFrame(records, columns=list(COLUMNS))


def strengths(graph: igraph.Graph) -> list[dict[int, float]]:
    """Of each vertex, its neighbours and the strength of the tie with each."""
    found: list[dict[int, float]] = [{} for _ in range(graph.vcount())]
    for (one, other), strength in zip(graph.get_edgelist(), graph.es["strength"], strict=True):
        found[one][other] = found[other][one] = float(strength)
    return found


def constraint(ties: list[dict[int, float]], ego: int) -> float:
    """Burt's constraint of one node; NaN without a tie.

    Args:
        ties: As of `strengths`.
        ego: The node.

    Source:
        Burt 1992, Structural Holes, chapter 2, equation 2.7: the sum over contacts j of (p_ij + sum_q p_iq p_qj)^2,
        where p_ij is the share that the tie with j has in the strength of all ties of i.
    """
    own = ties[ego]
    if not own:
        return float(np.nan)
    total = sum(own.values())
    invested = {contact: weight / total for contact, weight in own.items()}
    for between, weight in own.items():
        theirs = ties[between]
        through = weight / total / sum(theirs.values())
        for contact, further in theirs.items():
            if contact in own:
                invested[contact] += through * further
    return sum(share * share for share in invested.values())


def _candidates(ties: list[dict[int, float]], groups: list[int]) -> dict[tuple[int, int], tuple[float, int, int]]:
    """Of each untied pair of two groups, its best third (weaker tie, the third, how many thirds there are)."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for third, contacts in enumerate(ties):
        for first, second in combinations(sorted(contacts), 2):
            if groups[first] == groups[second] or second in ties[first]:
                continue
            weight = min(contacts[first], contacts[second])
            before = best.get((first, second))
            if before is None:
                best[first, second] = (weight, third, 1)
            else:
                strongest = (weight, third) if weight > before[0] else before[:2]
                best[first, second] = (*strongest, before[2] + 1)
    return best


def _betweenness_relieved(graph: igraph.Graph, rows: list[tuple[float, int, int, int, int, float]]) -> list[float]:
    """By how much the third's betweenness falls, as a share of all pairs of others, once each pair is tied."""
    count = graph.vcount()
    pairs = (count - 1) * (count - 2) / 2
    thirds = sorted({row[3] for row in rows})
    now = dict(zip(thirds, graph.betweenness(vertices=thirds, directed=False), strict=True))
    relieved = []
    for _, first, second, third, *_ in rows:
        after = graph.copy()
        after.add_edge(first, second)
        relieved.append((now[third] - after.betweenness(vertices=[third], directed=False)[0]) / pairs)
    return relieved


def _miles(graph: igraph.Graph, first: int, second: int) -> float:
    if "easting" not in graph.vs.attributes():
        return float(np.nan)
    one, other = graph.vs[first], graph.vs[second]
    return float(np.hypot(one["easting"] - other["easting"], one["northing"] - other["northing"])) / KM_A_MILE
