"""Opens the sources of ties: CSV and GraphML files, graphs of networkx and igraph."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations.official.csvfile import CsvFile, open_regular
from schoolsim.populations.schools import PopulationError
from schoolsim.populations.ties.edges import Edges, from_igraph, from_networkx, from_table

if TYPE_CHECKING:
    import networkx as nx

_LARGEST_GRAPH: Final = 256 * 2**20
_WORDS: Final = ("from", "to", "from_school", "to_school", "kind", "strength", "since")


def read_edges(source: object, columns: Mapping[str, str]) -> Edges:
    """Edges of a file or of a graph.

    Args:
        source: Path of a `.graphml` file or of a CSV file, or a graph.
        columns: The caller's names of columns of a CSV file, by word.

    Raises:
        PopulationError: No such file, one of another kind or too large, or no columns of ends.
    """
    unknown = set(columns) - set(_WORDS)
    if unknown:
        word = min(unknown)
        raise PopulationError(f'columns: "{word}" is none of {", ".join(_WORDS)}.{did_you_mean(word, _WORDS)}')
    if not isinstance(source, str | PathLike):
        if columns:
            raise PopulationError("columns are those of a CSV file; a graph has attributes.")
        return _graph_edges(source)
    path = Path(source)
    if path.suffix.lower() != ".graphml":
        return from_table(CsvFile.open(path), columns)
    if columns:
        raise PopulationError(f"{path}: columns are those of a CSV file; a graph has attributes.")
    return from_networkx(_read_graphml(path), path.name)


def _graph_edges(graph: Any) -> Edges:
    name = type(graph).__module__.partition(".")[0]
    if name == "igraph":
        return from_igraph(graph, "the graph")
    if name == "networkx":
        return from_networkx(graph, "the graph")
    raise PopulationError(
        f"ties cannot be read of {type(graph).__name__}: give a .csv or .graphml file, or a networkx or igraph graph."
    )


def _read_graphml(path: Path) -> nx.Graph:
    from xml.etree.ElementTree import ParseError

    import networkx as nx

    with open_regular(path, _LARGEST_GRAPH) as file:
        content = file.read()
    # An entity may stand for gigabytes of text, or for another file.
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise PopulationError(f"{path}: a GraphML file with a DOCTYPE or entities is not read.")
    try:
        graph: nx.Graph = nx.read_graphml(io.BytesIO(content))
    except (ParseError, nx.NetworkXError, ValueError, KeyError, TypeError, AttributeError, LookupError) as fault:
        raise PopulationError(f"{path}: this is no readable GraphML ({fault}).") from fault
    return graph
