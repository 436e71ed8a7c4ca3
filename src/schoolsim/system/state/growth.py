"""Tables that grow: what comes into being in a run is never turned away for want of a row."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np

from schoolsim.columns import Group
from schoolsim.system.state.schema import State

#: Groups whose rows come and go.
_TABLES: Final = ("ties", "friends", "partnerships")

Table = TypeVar("Table", bound=Group)
#: Rows that are free at least.
ROOM: Final = 512
#: New ties of each teacher that there is room for in a half-term: more than any corner of the bounds was seen to make.
NEW_FRIENDS: Final = 5


def rows_in_use(table: Group) -> int:
    """How many rows of a table are in use."""
    return int(np.count_nonzero(table.alive))  # type: ignore[attr-defined]  # of tables alone


def is_full(table: Group) -> bool:
    """Whether every row of a table is in use."""
    return bool(len(table)) and rows_in_use(table) == len(table)


def grown(table: Table) -> Table:
    """A table with twice the rows, the same in those there were."""
    larger = type(table)(2 * len(table), table.width)
    for name in table.layout:
        getattr(larger, name)[: len(table)] = getattr(table, name)
    return larger


def with_room(table: Table, rows: int) -> Table:
    """A table with at least so many free rows: the same one where it has them."""
    return _with_free(table, rows, rows_in_use(table))


def _with_free(table: Table, rows: int, used: int) -> Table:
    while len(table) - used < rows:
        table = grown(table)
    return table


def make_room(state: State) -> None:
    """Let every table grow that has less room than is in use, or than a busy half-term of a few schools takes."""
    for name in _TABLES:
        table = getattr(state, name)
        used = rows_in_use(table)
        room = max(used, ROOM, NEW_FRIENDS * len(state.teachers) if name == "friends" else 0)
        larger = _with_free(table, room, used)
        # Setting a table costs more than counting its rows.
        if larger is not table:
            setattr(state, name, larger)


def check_room(state: State) -> None:
    """See that no table was filled in a half-term, and something turned away.

    Raises:
        RuntimeError: One was.
    """
    for name in _TABLES:
        if is_full(getattr(state, name)):
            raise RuntimeError(f"the table of {name} was filled within one half-term; the run cannot be trusted")
