"""Brings a system's ties, or those of a tie list, to one undirected graph with a strength on each tie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schoolsim.mapping.errors import MapError
from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations import PHASES, SchoolTable
from schoolsim.populations.ties import TieTable
from schoolsim.populations.ties.table import NO_TEACHER
from schoolsim.system.networks.graph import NETWORKS
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Simulation

if TYPE_CHECKING:
    import igraph

#: Kinds of tie of a system: two that work together now, and two that only know each other.
PARTNERSHIP: Final = "partnership"
ACQUAINTANCE: Final = "acquaintance"

Node = tuple[int, str]  # URN of the school, and the teacher in it; blank where schools are tied
Tie = tuple[Node, Node, float, str]  # two ends, strength, kind


@dataclass(frozen=True)
class Source:
    """Nodes and ties of a source.

    Args:
        of: "schools" or "teachers".
        nodes: What is known of each node: `label`, `phase` and `authority` (blank where unknown), of a teacher
            `school` (URN) and `school_name`, and where known `easting` and `northing` (km).
        ties: Ties in any order; several of one pair are put together.
        strength: What a strength is, in words.
        notes: Sentences on what was left out.
    """

    of: str
    nodes: Mapping[Node, Mapping[str, Any]]
    ties: Iterable[Tie]
    strength: str
    notes: tuple[str, ...] = ()


def source_of(given: object, of: str | None, schools: SchoolTable | None) -> Source:
    """The nodes and ties of whatever is given.

    Args:
        given: A `SchoolSystem`, a `Simulation` or a `TieTable`.
        of: "schools" or "teachers"; of a tie list those that are tied in it.
        schools: The schools of a tie list: those without a tie are nodes too.

    Raises:
        MapError: It is none of these, or has no such network.
    """
    if of is not None and of not in NETWORKS:
        raise MapError(f'no network of "{of}".{did_you_mean(of, NETWORKS)} There are: {", ".join(NETWORKS)}.')
    if isinstance(given, TieTable):
        found = _of_ties(given, schools)
        if of is not None and of != found.of:
            raise MapError(f"these ties are between {found.of}, not between {of}.")
        return found
    if schools is not None:
        raise MapError("schools are given with a tie list; a system has its own.")
    if isinstance(given, SchoolSystem):
        given = given.simulation
    if isinstance(given, Simulation):
        return _of_system(given, of or "schools")
    raise MapError(f"a map is of a SchoolSystem or of ties as read_ties reads them, not of {type(given).__name__}.")


def graph_of(source: Source, *, kind: str | None = None, least: float = 0.0) -> igraph.Graph:
    """The undirected graph of a source, a pair of nodes at most one edge.

    Args:
        source: Nodes and ties.
        kind: Kind of tie to keep; all when None.
        least: Strength below which a pair counts as untied.

    Returns:
        Vertices in order of URN and teacher: `name` (unique), `label`, `urn`, `phase`, `authority`, and where known
        `school`, `teacher`, `easting`, `northing`. Edges: `strength` above 0, `kind`.

    Raises:
        MapError: There is no tie of that kind.
    """
    import igraph

    ties = list(source.ties)
    kinds = sorted({tie[3] for tie in ties})
    if kind is not None and kind not in kinds:
        listed = ", ".join(f'"{one}"' for one in kinds) or "none"
        raise MapError(f'no tie of the kind "{kind}".{did_you_mean(kind, kinds)} There are: {listed}.')
    strength: dict[tuple[Node, Node], float] = {}
    named: dict[tuple[Node, Node], set[str]] = {}
    for one, other, weight, what in ties:
        if kind is None or what == kind:
            pair = (min(one, other), max(one, other))
            strength[pair] = strength.get(pair, 0.0) + weight
            named.setdefault(pair, set()).add(what)
    order = sorted(source.nodes)
    row = {node: place for place, node in enumerate(order)}
    pairs = sorted(pair for pair, weight in strength.items() if weight > 0 and weight >= least)
    graph = igraph.Graph(n=len(order), edges=[(row[one], row[other]) for one, other in pairs])
    graph.vs["name"] = [f"{urn}/{teacher}" if teacher else str(urn) for urn, teacher in order]
    graph.vs["urn"] = [urn for urn, _ in order]
    if source.of == "teachers":
        graph.vs["teacher"] = [teacher for _, teacher in order]
    for key in dict.fromkeys(key for node in order for key in source.nodes[node]):
        graph.vs[key] = [source.nodes[node].get(key, "") for node in order]
    graph.es["strength"] = [strength[pair] for pair in pairs]
    graph.es["kind"] = [" and ".join(sorted(named[pair])) for pair in pairs]
    return graph


def _of_system(simulation: Simulation, of: str) -> Source:
    graph = NETWORKS[of](simulation)
    teachers = of == "teachers"
    keys = ("phase", "authority", "easting", "northing", *(["school", "school_name"] if teachers else []))
    names: list[Node] = [(vertex["urn"], vertex["name"] if teachers else "") for vertex in graph.vs]
    nodes: dict[Node, dict[str, Any]] = {}
    posts: Counter[str] = Counter()  # so far, by school: a person's number would be nobody's name
    for name, vertex in zip(names, graph.vs, strict=True):
        label = vertex["name"]
        if teachers:
            posts[vertex["school"]] += 1
            label = f"teacher {posts[vertex['school']]} of {vertex['school_name']}"
        nodes[name] = {"label": label, **{key: vertex[key] for key in keys}}
    hostile = [not teachers and edge["hostile"] for edge in graph.es]
    ties = [
        (
            names[edge.source], names[edge.target], edge["trust"],
            PARTNERSHIP if edge["partnership"] else ACQUAINTANCE,
        )
        for edge, apart in zip(graph.es, hostile, strict=True)
        if not apart
    ]  # fmt: skip
    notes = []
    if teachers:
        notes.append("Ties are those with teachers of other schools; colleagues in one school are not tied here.")
    if any(hostile):
        number = sum(hostile)
        notes.append(f"{number} {'tie' if number == 1 else 'ties'} of schools that have fallen out left out.")
    return Source(of, nodes, ties, "trust, the mean of both ways, 0 to 1", tuple(notes))


def _of_ties(ties: TieTable, schools: SchoolTable | None) -> Source:
    teachers = ties.between_teachers
    known = {} if schools is None else _schools(schools)
    nodes: dict[Node, dict[str, Any]] = {}
    if teachers:
        for urn, names in ties.teachers.items():
            place = known.get(urn, {"label": f"school {urn}", "phase": "", "authority": ""})
            for name in names:
                own = {"label": f"{name} of {place['label']}", "school": str(urn), "school_name": place["label"]}
                nodes[urn, name] = {**place, **own}
    elif schools is None:
        urns = sorted({*ties.source.tolist(), *ties.target.tolist()})
        nodes = {(urn, ""): {"label": str(urn), "phase": "", "authority": ""} for urn in urns}
    else:
        nodes = {(urn, ""): place for urn, place in known.items()}
    share = 0.5 if ties.directed else 1.0
    strengths = share * ties.relative_strength()
    found = [
        (_end(ties, row, "source"), _end(ties, row, "target"), float(strengths[row]), str(ties.kind[row]))
        for row in range(len(ties))
    ]
    words = "strength over the greatest of its kind" + (", the mean of both ways" if ties.directed else "")
    words += ", kinds added up" if len(ties.kinds) > 1 else ""
    return Source("teachers" if teachers else "schools", nodes, found, words, ties.notes)


def _schools(table: SchoolTable) -> dict[int, dict[str, Any]]:
    return {
        int(table.urn[row]): {
            "label": str(table.name[row]),
            "phase": PHASES[int(table.phase[row])],
            "authority": table.authorities[int(table.authority[row])],
            "easting": float(table.easting[row]),
            "northing": float(table.northing[row]),
        }
        for row in range(len(table))
    }


def _end(ties: TieTable, row: int, end: str) -> Node:
    urn, teacher = int(getattr(ties, end)[row]), int(getattr(ties, f"{end}_teacher")[row])
    return urn, "" if teacher == NO_TEACHER else ties.teachers[urn][teacher]
