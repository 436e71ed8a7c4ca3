"""Hubs, brokers between groups, structural holes and the isolated, measured on a graph by igraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schoolsim.mapping.errors import MapError
from schoolsim.parameters.errors import did_you_mean

if TYPE_CHECKING:
    import igraph

#: Groups that are found in the ties themselves.
COMMUNITIES: Final = "communities"
#: Number of the group of a node that has no ties, where groups are found in them.
NO_GROUP: Final = 0
#: What else may be taken for a group: what is known of nodes.
ATTRIBUTES: Final = ("authority", "phase", "school_name")


def group_numbers(graph: igraph.Graph, groups: str) -> tuple[list[int], dict[int, str]]:
    """Number of each node's group, from 1, the largest group first; and names of groups that have one.

    Communities are those of greatest modularity that fast greedy merging finds, ties weighed by strength: a method
    without chance, so the same ties give the same groups. A node without ties is in none of them.

    Raises:
        MapError: Nodes have no such attribute.

    Source:
        Clauset, Newman & Moore 2004, Finding community structure in very large networks.
    """
    names: dict[int, str] = {}
    if groups == COMMUNITIES:
        found = graph.community_fastgreedy(weights="strength").as_clustering().membership
    else:
        allowed = (COMMUNITIES, *(key for key in ATTRIBUTES if key in graph.vs.attributes()))
        if groups not in allowed:
            raise MapError(f'groups = "{groups}" is none of {", ".join(allowed)}.{did_you_mean(groups, allowed)}')
        values = [str(value) for value in graph.vs[groups]]
        number = {value: place for place, value in enumerate(dict.fromkeys(values))}
        found = [number[value] for value in values]
        names = {place: value for value, place in number.items()}
    sizes = np.bincount(found) if found else np.array([], dtype=int)
    order = sorted(range(len(sizes)), key=lambda group: (-sizes[group], found.index(group)))
    new = {group: place + 1 for place, group in enumerate(order)}
    numbers = [new[group] for group in found]
    if groups == COMMUNITIES:
        numbers = [group if degree else NO_GROUP for group, degree in zip(numbers, graph.degree(), strict=True)]
    return numbers, {new[group]: name for group, name in names.items()}


def node_table(graph: igraph.Graph, groups: list[int]) -> pd.DataFrame:
    """One row a node; see `NetworkMap.nodes`."""
    count = graph.vcount()
    pairs = (count - 1) * (count - 2) / 2
    between = np.array(graph.betweenness(directed=False)) / pairs if pairs > 0 else np.zeros(count)
    weighted = graph.es["strength"] if graph.ecount() else None
    components = graph.connected_components()
    sizes = components.sizes()
    reached = [len({groups[other] for other in graph.neighbors(node)} - {groups[node]}) for node in range(count)]
    columns = {
        "id": graph.vs["name"],
        "name": graph.vs["label"],
        **{key: graph.vs[key] for key in ("school_name", "phase", "authority") if key in graph.vs.attributes()},
        "group": groups,
        "ties": graph.degree(),
        "strength": graph.strength(weights=weighted) if weighted else [0.0] * count,
        "betweenness": between,
        "constraint": graph.constraint(weights=weighted) if weighted else [np.nan] * count,
        "other_groups": reached,
        "reachable": [sizes[part] - 1 for part in components.membership],
    }
    return pd.DataFrame(columns)


def group_table(nodes: pd.DataFrame, names: dict[int, str]) -> pd.DataFrame:
    """One row a group: its number, name and size; one without a name is called after its best connected member."""
    ranked = nodes[nodes["group"] > NO_GROUP].sort_values(["ties", "strength", "id"], ascending=[False, False, True])
    best = ranked.drop_duplicates("group").sort_values("group")
    numbers = best["group"].tolist()
    called = [names.get(group, f"around {name}") for group, name in zip(numbers, best["name"], strict=True)]
    members = nodes["group"].value_counts().reindex(numbers, fill_value=0)
    return pd.DataFrame({"group": numbers, "name": called, "members": members.to_numpy()})


def hole_table(graph: igraph.Graph, groups: list[int]) -> pd.DataFrame:
    """One row a pair of groups with fewer ties between them than chance would give, the widest hole first.

    Chance is the expectation of modularity: the ties of one group times those of the other, over twice all ties.
    """
    degrees: dict[int, int] = {}
    for group, degree in zip(groups, graph.degree(), strict=True):
        degrees[group] = degrees.get(group, 0) + degree
    ties: dict[tuple[int, int], int] = {}
    for one, other in graph.get_edgelist():
        first, second = sorted((groups[one], groups[other]))
        ties[first, second] = ties.get((first, second), 0) + 1
    rows = []
    tied = sorted(group for group, degree in degrees.items() if degree)
    for place, first in enumerate(tied):
        for second in tied[place + 1 :]:
            expected = degrees[first] * degrees[second] / (2 * graph.ecount())
            found = ties.get((first, second), 0)
            if found < expected:
                rows.append((first, second, found, expected, expected - found))
    table = pd.DataFrame(rows, columns=["first", "second", "ties", "expected", "missing"])
    return table.sort_values(["missing", "first", "second"], ascending=[False, True, True], ignore_index=True)
