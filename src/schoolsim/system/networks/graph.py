"""The network of ties as an igraph graph, made when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.populations import PHASES
from schoolsim.system.simulation import Simulation

if TYPE_CHECKING:
    import igraph


def tie_graph(simulation: Simulation) -> igraph.Graph:
    """See `SchoolSystem.network`."""
    import igraph

    state, table = simulation.state, simulation.table
    ties, partnerships = state.ties, state.partnerships
    rows = np.flatnonzero(ties.alive)
    working = set(partnerships.tie[partnerships.alive == 1].tolist())
    graph = igraph.Graph(n=len(table), edges=np.column_stack([ties.a[rows], ties.b[rows]]).tolist())
    graph.vs["name"] = [str(name) for name in table.name]
    graph.vs["urn"] = table.urn.tolist()
    graph.vs["phase"] = [PHASES[int(phase)] for phase in table.phase]
    graph.es["trust"] = (0.5 * (ties.trust_ab[rows] + ties.trust_ba[rows])).tolist()
    graph.es["familiarity"] = ties.familiarity[rows].tolist()
    graph.es["hostile"] = [bool(hostile) for hostile in ties.hostile[rows]]
    graph.es["partnership"] = [int(tie) in working for tie in rows]
    return graph
