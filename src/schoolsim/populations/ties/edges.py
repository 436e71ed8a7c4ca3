"""Edges of a source as text, before they are matched with schools; from tables, graphs and survey nominations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from schoolsim.parameters.errors import nearest
from schoolsim.populations.official.csvfile import CsvFile
from schoolsim.populations.official.recognition import TIE_ENDS, canonical
from schoolsim.populations.schools import PopulationError

if TYPE_CHECKING:
    import igraph
    import networkx as nx

#: Names that a column may have, best first; pairs of ends belong together.
_SCHOOLS: Final = (
    ("from_school", "to_school"), ("source_school", "target_school"), ("sender_school", "receiver_school"),
    ("ego_school", "alter_school"), ("respondent_school", "nominee_school"), ("school", "school"),
    ("school_urn", "school_urn"), ("school_id", "school_id"),
)  # fmt: skip
_RESPONDENT: Final = ("respondent", "ego", "nominator", "from", "sender", "urn", "school", "teacher", "name")
_KIND: Final = ("kind", "type", "relation", "question", "layer", "tie")
_STRENGTH: Final = ("strength", "weight", "frequency", "outcome", "value")
_SINCE: Final = ("since", "date", "start", "year", "established", "wave")
_NOMINEE: Final = re.compile(r"(?:nominee|nomination|nominated|choice|alter|name|colleague)\D?(\d{1,2})")
_MOST_NOMINEES: Final = 50
#: Most ties, or respondents, that are read.
MOST_TIES: Final = 2_000_000


@dataclass(frozen=True)
class Edges:
    """Edges as text.

    Args:
        label: What messages call the source.
        source: Name of each edge's first end.
        target: Name of its second.
        source_school: School of the first end where it is a teacher; empty lists where schools are tied.
        target_school: The same of the second.
        kind: Kind of each edge.
        strength: Its strength; blank if not given.
        since: When it began; blank if not given.
        directed: Whether edges are one-way.
        respondents: Who answered a survey, whether they nominated somebody or not; empty for other sources.
        notes: Sentences on what was left out.
    """

    label: str
    source: list[str]
    target: list[str]
    source_school: list[str]
    target_school: list[str]
    kind: list[str]
    strength: list[str]
    since: list[str]
    directed: bool = True
    respondents: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)


def from_table(file: CsvFile, own: Mapping[str, str]) -> Edges:
    """Edges of a CSV file: one row an edge, or one row a respondent with columns of nominees.

    Args:
        file: The file.
        own: The caller's names of columns: "from", "to", "from_school", "to_school", "kind", "strength", "since".

    Raises:
        PopulationError: No columns that could be the ends of an edge.
    """
    header = file.head[0]
    places = {canonical(name): place for place, name in reversed(list(enumerate(header.cells)))}
    for word, name in own.items():
        if canonical(name) not in places:
            like = nearest(name, header.cells)
            hint = f' (there is "{like}")' if like else ""
            raise PopulationError(f'{file.path}: line {header.line}: no column "{name}"{hint} for "{word}".')
    ends = _pair(places, TIE_ENDS, own, ("from", "to"))
    nominees = {} if ends else _nominee_columns(header.cells)
    wanted: dict[str, int] = {}
    if ends:
        wanted |= {"from": ends[0], "to": ends[1]}
    elif nominees and (respondent := _first(places, _RESPONDENT, own.get("from"))) is not None:
        wanted |= {"from": respondent, **nominees}
    else:
        raise PopulationError(
            f'{file.path}: line {header.line}: no columns of the two ends of a tie, such as "from" and "to", or '
            '"respondent" and "nominee1", "nominee2"; name them with columns={"from": ..., "to": ...}.'
        )
    schools = _pair(places, _SCHOOLS, own, ("from_school", "to_school"))
    if schools and not set(schools) & set(wanted.values()):
        wanted |= {"from_school": schools[0], "to_school": schools[1]}
    for word, names in (("kind", _KIND), ("strength", _STRENGTH), ("since", _SINCE)):
        place = _first(places, names, own.get(word))
        if place is not None and place not in wanted.values():
            wanted[word] = place
    columns = file.read(header, wanted, most_rows=MOST_TIES)
    cells = {name: [cell.strip() for cell in column] for name, column in columns.cells.items()}
    notes = []
    if columns.broken:
        lines = ", ".join(map(str, columns.broken[:3]))
        notes.append(f"{len(columns.broken):,} rows with too few or too many cells left out (line {lines} ...).")
    return _edges(file.path.name, cells, sorted(nominees), notes)


def from_networkx(graph: nx.Graph, label: str) -> Edges:
    """Edges of a graph of networkx; nodes are known by `urn`, else their name, and teachers have a `school`."""
    name_of, school_of = _nodes(label, {node: dict(data) for node, data in graph.nodes(data=True)})
    pairs = [(source, target, dict(data)) for source, target, data in graph.edges(data=True)]
    return _from_graph(label, pairs, name_of, school_of, directed=graph.is_directed())


def from_igraph(graph: igraph.Graph, label: str) -> Edges:
    """Edges of a graph of igraph; vertices are known by `urn`, else `name`, and teachers have a `school`."""
    name_of, school_of = _nodes(label, {vertex.index: vertex.attributes() for vertex in graph.vs})
    pairs = [(*edge.tuple, edge.attributes()) for edge in graph.es]
    return _from_graph(label, pairs, name_of, school_of, directed=graph.is_directed())


def _edges(label: str, cells: Mapping[str, list[str]], nominees: Sequence[str], notes: list[str]) -> Edges:
    rows = len(cells["from"])
    blank = [""] * rows
    lists: dict[str, list[str]] = {
        name: [] for name in ("from", "to", "from_school", "to_school", "kind", "strength", "since")
    }
    between_teachers = "from_school" in cells
    for row in range(rows):
        for column in nominees or ["to"]:
            target = cells[column][row]
            if nominees and not target:
                continue  # a question left blank
            values = {"to": target} | {name: cells.get(name, blank)[row] for name in lists if name != "to"}
            for name, value in values.items():
                if between_teachers or not name.endswith("_school"):
                    lists[name].append(value)
    return Edges(
        label, lists["from"], lists["to"], lists["from_school"], lists["to_school"], lists["kind"], lists["strength"],
        lists["since"], respondents=frozenset(cells["from"]) if nominees else frozenset(), notes=notes,
    )  # fmt: skip


def _from_graph(
    label: str,
    pairs: Sequence[tuple[Any, Any, Mapping[str, Any]]],
    name_of: Mapping[Any, str],
    school_of: Mapping[Any, str],
    *,
    directed: bool,
) -> Edges:
    def attribute(data: Mapping[str, Any], names: Sequence[str]) -> str:
        return next((_text(data[name]) for name in names if name in data), "")

    return Edges(
        label,
        [name_of[source] for source, _, _ in pairs],
        [name_of[target] for _, target, _ in pairs],
        [school_of[source] for source, _, _ in pairs] if school_of else [],
        [school_of[target] for _, target, _ in pairs] if school_of else [],
        [attribute(data, _KIND) for *_, data in pairs],
        [attribute(data, _STRENGTH) for *_, data in pairs],
        [attribute(data, _SINCE) for *_, data in pairs],
        directed=directed,
    )


def _nodes(label: str, nodes: Mapping[Any, Mapping[str, Any]]) -> tuple[dict[Any, str], dict[Any, str]]:
    """Name of each node; and its school, where nodes are teachers."""
    teachers = [node for node, data in nodes.items() if _text(data.get("school"))]
    if teachers and len(teachers) < len(nodes):
        lacking = next(node for node in nodes if node not in set(teachers))
        raise PopulationError(
            f'{label}: node {lacking} has no "school", and others have; ties are between schools or teachers.'
        )
    keys = ("teacher", "name", "label") if teachers else ("urn", "name", "label")
    name_of = {
        node: next((_text(data[key]) for key in keys if _text(data.get(key))), _text(node))
        for node, data in nodes.items()
    }
    return name_of, {node: _text(nodes[node]["school"]) for node in teachers}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if value != value:
            return ""
        return f"{value:.0f}" if value.is_integer() else repr(float(value))
    return str(value).strip()


def _pair(
    places: Mapping[str, int], pairs: Sequence[tuple[str, str]], own: Mapping[str, str], words: tuple[str, str]
) -> tuple[int, int] | None:
    named = tuple(own[word] for word in words if word in own)
    options = [(named[0], named[-1])] if named else list(pairs)
    for first, second in options:
        if canonical(first) in places and canonical(second) in places:
            return places[canonical(first)], places[canonical(second)]
    return None


def _first(places: Mapping[str, int], names: Sequence[str], own: str | None) -> int | None:
    return next((places[canonical(name)] for name in ((own,) if own else names) if canonical(name) in places), None)


def _nominee_columns(header: Sequence[str]) -> dict[str, int]:
    """Columns of nominees, as `nominee 1`, `nominee 2`; named in their order."""
    numbered = {}
    for place, name in enumerate(header):
        if (match := _NOMINEE.fullmatch(canonical(name))) and int(match[1]) <= _MOST_NOMINEES:
            numbered[f"nominee {int(match[1]):02d}"] = place
    return numbered
