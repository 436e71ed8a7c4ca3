"""Ties that a system began with, as arrays and plain text for its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schoolsim.columns import AnyArray

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable

_ARRAYS: Final = ("source", "target", "source_teacher", "target_teacher", "strength")


def arrays_of_ties(ties: TieTable) -> dict[str, AnyArray]:
    """The columns that are numbers, under names of their own; days as counted from 1970."""
    arrays = {f"ties.{name}": getattr(ties, name) for name in _ARRAYS}
    return {**arrays, "ties.since": ties.since.astype(np.int64)}


def words_of_ties(ties: TieTable) -> dict[str, Any]:
    """The rest of them, as values that JSON can hold."""
    return {
        "kind": [str(kind) for kind in ties.kind],
        "directed": ties.directed,
        "teachers": {str(urn): list(names) for urn, names in ties.teachers.items()},
        "notes": list(ties.notes),
    }


def ties_of(words: Mapping[str, Any], arrays: Mapping[str, AnyArray]) -> TieTable:
    """The ties that were saved.

    Raises:
        PopulationError: They are no ties.
    """
    from schoolsim.populations.ties import TieTable

    return TieTable(
        **{name: arrays[f"ties.{name}"] for name in _ARRAYS},
        since=arrays["ties.since"].astype("datetime64[D]"),
        kind=np.array(words["kind"], dtype=object),
        directed=bool(words["directed"]),
        teachers={int(urn): tuple(names) for urn, names in words["teachers"].items()},
        notes=tuple(words["notes"]),
    )
