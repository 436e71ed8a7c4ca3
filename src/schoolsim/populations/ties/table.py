"""The checked table of ties: who is tied to whom, of which kind, how strongly and since when."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.populations.array_types import BoolArray, Float64Array, Int32Array, Int64Array, ObjectArray
from schoolsim.populations.schools import PopulationError

if TYPE_CHECKING:
    import igraph
    import networkx as nx

#: What stands for "no teacher" in ties between schools.
NO_TEACHER: Final = -1
_COLUMNS: Final[dict[str, Any]] = {
    "source": np.int64, "target": np.int64, "source_teacher": np.int32, "target_teacher": np.int32,
    "kind": np.object_, "strength": np.float64, "since": "datetime64[D]",
}  # fmt: skip
_Rule = tuple[str, Callable[[NDArray[Any]], NDArray[Any]]]
_RULES: Final[dict[str, _Rule]] = {
    "source": ("a URN above 0", lambda x: x > 0),
    "target": ("a URN above 0", lambda x: x > 0),
    "source_teacher": ("a number of a teacher, or -1", lambda x: x >= NO_TEACHER),
    "target_teacher": ("a number of a teacher, or -1", lambda x: x >= NO_TEACHER),
    "strength": ("a finite number above 0", lambda x: np.isfinite(x) & (x > 0)),
}


@dataclass(frozen=True, eq=False)
class TieTable:
    """One row a tie, every column a read-only array of the same length.

    Args:
        source: URN of the school that the tie goes out from.
        target: URN of the school that it goes to.
        source_teacher: Number of the teacher in the source school, from 0; -1 where schools are tied.
        target_teacher: The same in the target school.
        kind: Kind of tie, such as "advice"; blank if not given.
        strength: Strength as it was given, above 0; 1 where none was.
        since: Day on which it began, NaT if not given.
        directed: Whether a tie is one-way; else each row stands for both ways.
        teachers: URN -> names of its teachers in the source, by number; empty for ties between schools.
        notes: Sentences on what was left out.

    Raises:
        PopulationError: Columns of different lengths, a value out of range, a tie to oneself, one end that is a
            teacher and one that is a school, or a tie that is there twice.
    """

    source: Int64Array
    target: Int64Array
    source_teacher: Int32Array
    target_teacher: Int32Array
    kind: ObjectArray
    strength: Float64Array
    since: NDArray[np.datetime64]
    directed: bool = True
    teachers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Bring every column to its type, lock it, and check it."""
        for column, dtype in _COLUMNS.items():
            values = np.array(getattr(self, column), dtype=dtype)
            values.setflags(write=False)
            object.__setattr__(self, column, values)
        lengths = {column: getattr(self, column).shape for column in _COLUMNS}
        if len(set(lengths.values())) > 1 or len(self.source.shape) != 1:
            raise PopulationError(f"the columns of ties have different shapes: {lengths}.")
        for column, (rule, holds) in _RULES.items():
            self._refuse(~holds(getattr(self, column)), f'"{column}" must be {rule}')
        same_teacher = self.source_teacher == self.target_teacher
        self._refuse((self.source == self.target) & same_teacher, "it ties somebody to themselves")
        mixed = (self.source_teacher == NO_TEACHER) != (self.target_teacher == NO_TEACHER)
        self._refuse(mixed, "it ties a teacher to a school")
        keys = list(zip(*self._ends(), self.kind.tolist(), strict=True))
        first = {key: row for row, key in reversed(list(enumerate(keys)))}
        self._refuse(np.array([first[key] != row for row, key in enumerate(keys)], dtype=bool), "it is there twice")

    def __len__(self) -> int:
        """Number of ties."""
        return len(self.source)

    @property
    def between_teachers(self) -> bool:
        """Whether teachers are tied, and not schools."""
        return bool(len(self)) and bool((self.source_teacher != NO_TEACHER).all())

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of ties, in order."""
        return tuple(sorted({str(kind) for kind in self.kind}))

    def relative_strength(self) -> Float64Array:
        """Strength over the greatest of its kind: above 0, 1 at most."""
        relative = np.ones(len(self))
        for kind in self.kinds:
            rows = self.kind == kind
            relative[rows] = self.strength[rows] / self.strength[rows].max()
        return relative

    def records(self) -> list[dict[str, object]]:
        """The ties as rows, in words that `read_ties` understands."""
        rows = []
        for row in range(len(self)):
            record: dict[str, object] = {"from": self._name(row, "source"), "to": self._name(row, "target")}
            if self.between_teachers:
                record |= {"from_school": int(self.source[row]), "to_school": int(self.target[row])}
            since = self.since[row]
            record |= {
                "kind": str(self.kind[row]),
                "strength": float(self.strength[row]),
                "since": "" if np.isnat(since) else str(since),
            }
            rows.append(record)
        return rows

    def to_networkx(self) -> nx.DiGraph | nx.Graph:
        """The ties as a graph of networkx; several kinds between a pair make a multigraph."""
        import networkx as nx

        graph = (nx.MultiDiGraph if self.directed else nx.MultiGraph)()
        for record in self.records():
            ends = []
            for end in ("from", "to"):
                name, school = str(record[end]), record.get(f"{end}_school")
                node = name if school is None else f"{school}/{name}"
                graph.add_node(node, **({"urn": name} if school is None else {"teacher": name, "school": str(school)}))
                ends.append(node)
            graph.add_edge(*ends, **{key: record[key] for key in ("kind", "strength", "since")})
        return graph

    def to_igraph(self) -> igraph.Graph:
        """The ties as a graph of igraph, with the same attributes."""
        import igraph

        graph = self.to_networkx()
        number = {node: place for place, node in enumerate(graph.nodes)}
        edges = [(number[source], number[target]) for source, target in graph.edges()]
        copy = igraph.Graph(n=len(number), edges=edges, directed=self.directed)
        copy.vs["name"] = list(graph.nodes)
        for key in ("teacher", "school") if self.between_teachers else ("urn",):
            copy.vs[key] = [data[key] for _, data in graph.nodes(data=True)]
        for key in ("kind", "strength", "since"):
            copy.es[key] = [data[key] for *_, data in graph.edges(data=True)]
        return copy

    def write(self, path: str | PathLike[str]) -> Path:
        """Write the ties as CSV or GraphML, by the ending of the name; `read_ties` reads them back.

        Raises:
            PopulationError: The name has another ending, or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() == ".graphml":
            import networkx as nx

            text = "\n".join(nx.generate_graphml(self.to_networkx()))
        elif path.suffix.lower() == ".csv":
            text = _csv(self.records(), self.between_teachers)
        else:
            raise PopulationError(f"{path}: ties are written as .csv or .graphml.")
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except OSError as fault:
            raise PopulationError(f"{path} cannot be written: {fault.strerror}.") from fault
        return path

    def _name(self, row: int, end: str) -> object:
        urn = int(getattr(self, end)[row])
        teacher = int(getattr(self, f"{end}_teacher")[row])
        return urn if teacher == NO_TEACHER else self.teachers[urn][teacher]

    def _ends(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """School and teacher of both ends; in order where a tie has no direction."""
        source = list(zip(self.source.tolist(), self.source_teacher.tolist(), strict=True))
        target = list(zip(self.target.tolist(), self.target_teacher.tolist(), strict=True))
        if self.directed:
            return source, target
        pairs = [(min(pair), max(pair)) for pair in zip(source, target, strict=True)]
        return [first for first, _ in pairs], [second for _, second in pairs]

    def _refuse(self, wrong: BoolArray, rule: str) -> None:
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            more = int(wrong.sum()) - 1
            raise PopulationError(
                f"tie {row} from {self.source[row]} to {self.target[row]}: {rule}"
                + (f" ({more} more such)." if more else ".")
            )


def _csv(records: list[dict[str, object]], between_teachers: bool) -> str:
    schools = ("from_school", "to_school") if between_teachers else ()
    out = io.StringIO()
    writer = csv.DictWriter(out, ("from", "to", *schools, "kind", "strength", "since"), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()
