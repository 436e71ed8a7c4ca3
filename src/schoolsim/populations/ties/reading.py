"""Reads ties of schools or teachers, matches them with the schools of a table, and says what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING

from schoolsim.populations.schools import PopulationError, SchoolTable
from schoolsim.populations.ties.edges import MOST_TIES
from schoolsim.populations.ties.matching import Matching
from schoolsim.populations.ties.sources import read_edges
from schoolsim.populations.ties.table import TieTable

if TYPE_CHECKING:
    import igraph
    import networkx as nx


def read_ties(
    source: str | PathLike[str] | nx.Graph | igraph.Graph,
    schools: SchoolTable,
    *,
    columns: Mapping[str, str] | None = None,
    aliases: Mapping[str, str | int] | None = None,
) -> TieTable:
    """Read ties between schools, or between teachers of schools, into a checked table.

    A CSV file has one row a tie (`from` and `to`, `source` and `target`, `sender` and `receiver` ...) or one row a
    respondent with columns of nominees (`respondent`, `nominee1`, `nominee2` ...), and where it has them a kind
    (`kind`, `type`, `question` ...), a strength (`strength`, `weight`, `frequency`, `outcome` ...) and a date
    (`since`, `date`, `year` ...). Ends are URNs or names of schools; they are teachers where there is a column of
    their schools (`from_school` and `to_school`, or `school` for both). A GraphML file, a graph of networkx or one of
    igraph has the same as attributes: nodes a `urn` or `name`, teachers a `school`.

    A strength of 0 is no tie; ties without a strength have 1. Of ties there several times, the newest is kept, of
    those of one day the strongest. Left out and told are ties to oneself, to schools that are not in the table or
    whose name several have, of unreadable strength, and of more teachers than a school has (those with fewest ties).

    Args:
        source: Path of a `.csv` or `.graphml` file, or a graph.
        schools: The schools.
        columns: Names of columns of a CSV file that are called otherwise: "from", "to", "from_school", "to_school",
            "kind", "strength", "since" -> the file's name.
        aliases: Names of schools in the source -> their URN.

    Returns:
        The ties by school, teacher and kind; their notes say what was left out.

    Raises:
        PopulationError: No such file, one of another kind or too large, no columns of ends, or no tie left.
    """
    edges = read_edges(source, columns or {})
    if len(edges.source) > MOST_TIES:
        raise PopulationError(f"{edges.label}: {len(edges.source):,} ties; at most {MOST_TIES:,} are read.")
    return Matching(edges, schools, aliases or {}).table()
