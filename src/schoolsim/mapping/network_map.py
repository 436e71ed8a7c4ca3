"""`map_network`: everything that is told of a network of schools or teachers, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schoolsim.mapping.errors import MapError
from schoolsim.mapping.introductions import introduction_table
from schoolsim.mapping.measures import COMMUNITIES, group_numbers, group_table, hole_table, node_table
from schoolsim.mapping.sources import graph_of, source_of
from schoolsim.populations import SchoolTable
from schoolsim.populations.ties import TieTable
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Simulation

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True, eq=False)
class NetworkMap:
    """A network that was mapped.

    Args:
        title: What it is a map of.
        of: "schools" or "teachers".
        graph: The undirected graph: vertices in the order of `nodes` with its measures, edges with `strength`, `kind`.
        nodes: One row a school or teacher: `id`, `name`, `phase`, `authority`, `group`; `ties` (degree) and `strength`
            (their sum); `betweenness`, the share of pairs of others whose shortest path goes through it, 0..1;
            `constraint` (Burt), NaN without a tie: 1 with one contact only, low where contacts do not know one another,
            which is where its holder spans holes; `other_groups`, in how many other groups it has a tie;
            `reachable`, others it can reach along ties at all.
        groups: One row a group: `group`, `name`, `members`. Nodes without ties are in no community (0).
        holes: One row a pair of groups with fewer ties than chance would give: `first`, `second`, `ties`, `expected`
            by chance, `missing`; the widest first.
        introductions: One row an untied pair of different groups with a third that both are tied to: `first`,
            `second`, `introducer` (ids; of several thirds the one whose weaker tie with the two is strongest),
            `others` (further thirds), `strength` of that weaker tie, `miles` between the two; `constraint_relieved`, by
            how much the constraint of the two falls together if they get a tie of that strength, which ranks the rows;
            `betweenness_relieved`, by how much the betweenness of the introducer falls then.
        strength: What a strength is, in words.
        notes: Sentences on what was left out.
    """

    title: str
    of: str
    graph: igraph.Graph
    nodes: pd.DataFrame
    groups: pd.DataFrame
    holes: pd.DataFrame
    introductions: pd.DataFrame
    strength: str
    notes: tuple[str, ...] = ()

    @property
    def hubs(self) -> pd.DataFrame:
        """The nodes with a tie, those with most ties first."""
        return self._ranked(self.nodes["ties"] > 0, ["ties", "strength"])

    @property
    def brokers(self) -> pd.DataFrame:
        """The nodes with a tie into another group that stand on paths, the greatest betweenness first."""
        between = (self.nodes["other_groups"] > 0) & (self.nodes["betweenness"] > 0)
        return self._ranked(between, ["betweenness", "other_groups"])

    @property
    def isolated(self) -> pd.DataFrame:
        """The nodes without a tie."""
        return self.nodes[self.nodes["ties"] == 0]

    @property
    def has_places(self) -> bool:
        """Whether nodes have a place on a map."""
        return "easting" in self.graph.vs.attributes()

    def places(self) -> np.ndarray:
        """Easting and northing of every node, km; shape (nodes, 2).

        Raises:
            MapError: They have none.
        """
        if not self.has_places:
            raise MapError("these ties have no places on a map: give their schools too.")
        return np.column_stack([self.graph.vs["easting"], self.graph.vs["northing"]]).astype(float)

    def lines(self) -> list[str]:
        """What the map shows, a paragraph a subject, in plain words."""
        from schoolsim.mapping.words import told

        return told(self)

    def to_dict(self) -> dict[str, object]:
        """Everything but the graph, as JSON can hold it."""
        from schoolsim.mapping.export import as_dict

        return as_dict(self)

    def to_geojson(self) -> dict[str, object]:
        """Nodes as points and ties as lines (RFC 7946: degrees of longitude and latitude, WGS84).

        Raises:
            MapError: There are no places.
        """
        from schoolsim.mapping.export import geojson

        return geojson(self)

    def write(self, folder: str | PathLike[str]) -> list[Path]:
        """Write the tables as CSV, everything as JSON, the graph as GraphML, and with places as GeoJSON.

        Returns:
            The files.

        Raises:
            StoreError: The disk will not have them.
        """
        from schoolsim.mapping.export import write

        return write(self, Path(folder))

    def _ranked(self, chosen: pd.Series, by: list[str]) -> pd.DataFrame:
        order = [*by, "id"]
        return self.nodes[chosen].sort_values(order, ascending=[False] * len(by) + [True])


def map_network(
    source: SchoolSystem | Simulation | TieTable,
    *,
    of: str | None = None,
    schools: SchoolTable | None = None,
    kind: str | None = None,
    least: float = 0.0,
    groups: str = COMMUNITIES,
    most: int = 20,
    title: str = "",
) -> NetworkMap:
    """Map the ties of a system as it stands, or of a tie list: hubs, brokers, holes, the isolated, introductions.

    Ties are mapped without direction, both ways' strength put together. Of a system, schools that have fallen out
    count as untied.

    Args:
        source: A system, or ties as `read_ties` reads them.
        of: "schools", or "teachers": of a system their ties with teachers of other schools. Of a tie list, what it has.
        schools: Schools of a tie list: with them, those without a tie are seen, and places are known.
        kind: Only ties of this kind; of a system "partnership" (two that work together) or "acquaintance".
        least: Strength below which a pair counts as untied.
        groups: "communities" found in the ties, or what else makes a group: "authority", "phase", "school_name".
        most: Introductions that are listed.
        title: What it is a map of.

    Raises:
        MapError: There is no such network, kind of tie or group.
    """
    if not 0.0 <= least < np.inf:
        raise MapError(f"least = {least} is no strength: a number from 0.")
    if most < 0:
        raise MapError(f"most = {most} is no number of introductions.")
    found = source_of(source, of, schools)
    graph = graph_of(found, kind=kind, least=least)
    numbers, names = group_numbers(graph, groups)
    nodes = node_table(graph, numbers)
    for column in ("group", "betweenness", "constraint", "other_groups"):
        graph.vs[column] = nodes[column].tolist()
    return NetworkMap(
        title=title,
        of=found.of,
        graph=graph,
        nodes=nodes,
        groups=group_table(nodes, names),
        holes=hole_table(graph, numbers),
        introductions=introduction_table(graph, numbers, most),
        strength=found.strength,
        notes=found.notes,
    )
