"""Ties that a run can begin with: read from whatever was given, and held to the schools of the run."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.populations.array_types import BoolArray, Int64Array
from schoolsim.populations.official.recognition import canonical
from schoolsim.populations.schools import PopulationError, SchoolTable
from schoolsim.populations.ties.reading import read_ties
from schoolsim.populations.ties.table import TieTable

if TYPE_CHECKING:
    import igraph
    import networkx as nx

#: Kinds of ties of schools that one academy trust runs, as their names are compared.
OF_TRUSTS: Final = frozenset({"trust", "multiacademytrust", "mat"})
#: Kinds of ties of schools that are run as one.
JOINED: Final = OF_TRUSTS | {"federation"}


def first_ties(given: TieTable | str | PathLike[str] | nx.Graph | igraph.Graph, schools: SchoolTable) -> TieTable:
    """The ties that a run of these schools begins with.

    Args:
        given: Checked ties, the path of a file of ties, or a graph; see `read_ties`.
        schools: The schools of the run.

    Returns:
        Ties between schools, or between teachers of different schools: a run has none between colleagues, so these
        are left out, which the notes say. Ties that fit as they are come back as the same object.

    Raises:
        PopulationError: They cannot be read, name a school that is not in the run or a teacher whom a school does not
            have, or none is left.
    """
    ties = given if isinstance(given, TieTable) else read_ties(given, schools)
    if not len(ties):
        raise PopulationError("the ties are none: leave them out, and first ties are drawn.")
    _require_ends(ties, schools)
    colleagues = ties.source == ties.target
    if not colleagues.any():
        return ties
    number = int(colleagues.sum())
    note = f"Left out: {number:,} between teachers of one school; a run begins with ties between schools."
    if colleagues.all():
        raise PopulationError(f"no tie is left. {note}")
    return replace(_kept(ties, ~colleagues), notes=(*ties.notes, note))


def joins_schools(ties: TieTable) -> BoolArray:
    """Which ties are of schools that are run as one: of a trust or a federation."""
    return _of_kinds(ties, JOINED)


def in_trusts(ties: TieTable) -> BoolArray:
    """Which ties are of schools of one academy trust."""
    return _of_kinds(ties, OF_TRUSTS)


def _of_kinds(ties: TieTable, kinds: frozenset[str]) -> BoolArray:
    """Which ties are of one of these kinds, and between schools."""
    if ties.between_teachers:
        return np.zeros(len(ties), dtype=np.bool_)
    return np.array([canonical(str(kind)) in kinds for kind in ties.kind], dtype=np.bool_)


def rows_of(urns: Int64Array, schools: SchoolTable) -> Int64Array:
    """Row of each school in the table, -1 for those that are not in it."""
    row = {urn: place for place, urn in enumerate(schools.urn.tolist())}
    return np.array([row.get(urn, -1) for urn in urns.tolist()], dtype=np.int64)


def _require_ends(ties: TieTable, schools: SchoolTable) -> None:
    for urns, teachers in ((ties.source, ties.source_teacher), (ties.target, ties.target_teacher)):
        rows = rows_of(urns, schools)
        if (rows < 0).any():
            strangers = np.unique(urns[rows < 0])
            more = f" and {len(strangers) - 1:,} more" if len(strangers) > 1 else ""
            raise PopulationError(
                f"ties name school {strangers[0]}{more}, which the run does not have: read them against its schools, "
                "read_ties(source, schools)."
            )
        beyond = np.flatnonzero(teachers >= schools.teachers[rows])
        if len(beyond):
            urn, place = int(urns[beyond[0]]), int(teachers[beyond[0]])
            raise PopulationError(
                f"ties name teacher {place} of school {urn}, which has {int(schools.teachers[rows[beyond[0]]])}: they "
                "are numbered from 0."
            )


def _kept(ties: TieTable, kept: BoolArray) -> TieTable:
    columns = ("source", "target", "source_teacher", "target_teacher", "kind", "strength", "since")
    return replace(ties, **{name: getattr(ties, name)[kept] for name in columns})
