"""The networks of ties between schools and between teachers as igraph graphs, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.columns import Int64Array
from schoolsim.populations import PHASES
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import TeacherTies, Ties
from schoolsim.system.trust.ties import miles_between

if TYPE_CHECKING:
    import igraph


def tie_graph(simulation: Simulation) -> igraph.Graph:
    """Ties between schools; see `SchoolSystem.network`."""
    state, table = simulation.state, simulation.table
    ties, partnerships = state.ties, state.partnerships
    rows = np.flatnonzero(ties.alive)
    working = set(partnerships.tie[partnerships.alive == 1].tolist())
    graph = _graph(ties, rows, len(table))
    graph.vs["name"] = [str(name) for name in table.name]
    graph.vs["urn"] = table.urn.tolist()
    _place(graph, simulation, np.arange(len(table)))
    graph.es["hostile"] = [bool(hostile) for hostile in ties.hostile[rows]]
    graph.es["partnership"] = [int(tie) in working for tie in rows]
    graph.es["miles"] = ties.miles[rows].tolist()
    graph.es["rivalry"] = ties.rivalry[rows].tolist()
    return graph


def teacher_graph(simulation: Simulation) -> igraph.Graph:
    """Ties between teachers of different schools; see `SchoolSystem.network`."""
    state, table = simulation.state, simulation.table
    teachers, ties = state.teachers, state.friends
    rows = np.flatnonzero(ties.alive)
    working = _pairs_at_work(simulation)
    graph = _graph(ties, rows, len(teachers))
    school = np.asarray(teachers.school)
    graph.vs["name"] = [str(uid) for uid in teachers.uid.tolist()]
    graph.vs["urn"] = table.urn[school].tolist()
    graph.vs["school"] = [str(urn) for urn in table.urn[school].tolist()]
    graph.vs["school_name"] = [str(name) for name in table.name[school]]
    _place(graph, simulation, school)
    ends = list(zip(ties.a[rows].tolist(), ties.b[rows].tolist(), strict=True))
    graph.es["partnership"] = [frozenset(pair) in working for pair in ends]
    graph.es["miles"] = [miles_between(state.schools, int(school[a]), int(school[b])) for a, b in ends]
    return graph


def _graph(ties: Ties | TeacherTies, rows: Int64Array, vertices: int) -> igraph.Graph:
    """A vertex a row, an edge a tie, with what both kinds of tie have."""
    import igraph

    a, b, trust_ab, trust_ba = ties.a[rows], ties.b[rows], ties.trust_ab[rows], ties.trust_ba[rows]
    forward = a < b  # of an undirected edge, igraph calls the end with the lower row its source
    graph = igraph.Graph(n=vertices, edges=np.column_stack([a, b]).tolist())
    graph.es["trust"] = (0.5 * (trust_ab + trust_ba)).tolist()
    graph.es["trust_of_source"] = np.where(forward, trust_ab, trust_ba).tolist()
    graph.es["trust_of_target"] = np.where(forward, trust_ba, trust_ab).tolist()
    graph.es["familiarity"] = ties.familiarity[rows].tolist()
    return graph


def _place(graph: igraph.Graph, simulation: Simulation, school: Int64Array) -> None:
    """What is known of each vertex's school."""
    table = simulation.table
    graph.vs["phase"] = [PHASES[int(phase)] for phase in table.phase[school]]
    graph.vs["authority"] = [table.authorities[int(row)] for row in table.authority[school]]
    graph.vs["easting"] = table.easting[school].tolist()
    graph.vs["northing"] = table.northing[school].tolist()


def _pairs_at_work(simulation: Simulation) -> set[frozenset[int]]:
    """Posts of the pairs of teachers in partnerships now, both people still in them."""
    uid, partnerships = simulation.state.teachers.uid, simulation.state.partnerships
    now = partnerships.alive == 1
    givers, learners = partnerships.giver[now].ravel(), partnerships.learner[now].ravel()
    same = (uid[givers] == partnerships.giver_uid[now].ravel()) & (
        uid[learners] == partnerships.learner_uid[now].ravel()
    )
    there = (givers >= 0) & (learners >= 0) & same
    return {frozenset(pair) for pair in zip(givers[there].tolist(), learners[there].tolist(), strict=True)}


NETWORKS: Final[Mapping[str, Callable[[Simulation], igraph.Graph]]] = {"schools": tie_graph, "teachers": teacher_graph}
"""Whose ties can be asked for."""
