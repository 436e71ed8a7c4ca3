"""Tables with free slots, whole-column helpers, and orders that no row or slot decides."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim.columns import AnyArray, Float64Array, Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE


@compiled
def free_slot(table: Any) -> int:
    """The first free slot of a group with `alive` and `free`, or -1 where all are in use.

    The table remembers up to where all are in use; else filling it would take time as the square of its length.
    """
    if table.rows == 0:
        return NONE
    slot = table.free[0]
    while slot < table.rows and table.alive[slot]:
        slot += 1
    table.free[0] = slot
    return slot if slot < table.rows else NONE


@compiled
def release(table: Any, slot: int) -> None:
    """Free a slot of a group with `alive` and `free`."""
    table.alive[slot] = 0
    table.free[0] = min(table.free[0], slot)


@compiled
def fill(column: AnyArray, value: float) -> None:
    """Set every cell of a column."""
    for row in range(column.shape[0]):
        column[row] = value


@compiled
def total(column: AnyArray) -> float:
    """Sum of a column, in the order of its rows."""
    found = 0.0
    for row in range(column.shape[0]):
        found += column[row]
    return found


@compiled
def in_order(values: AnyArray) -> Int64Array:
    """Places of `values`, smallest first and equal ones as they stand: a merge sort, which compiles quickly."""
    number = values.shape[0]
    order, merged = np.arange(number), np.empty(number, dtype=np.int64)
    width = 1
    while width < number:
        for begin in range(0, number, 2 * width):
            middle, end = min(begin + width, number), min(begin + 2 * width, number)
            left, right = begin, middle
            for place in range(begin, end):
                if left < middle and (right >= end or values[order[left]] <= values[order[right]]):
                    merged[place] = order[left]
                    left += 1
                else:
                    merged[place] = order[right]
                    right += 1
        order, merged = merged, order
        width *= 2
    return order


@compiled
def alive_in_order(table: Any) -> Int64Array:
    """Rows in use of a group with `alive` and `uid`, lowest uid first: so that no slot decides."""
    number = 0
    rows, uids = np.empty(table.rows, dtype=np.int64), np.empty(table.rows, dtype=np.int64)
    for row in range(table.rows):
        if table.alive[row]:
            rows[number], uids[number] = row, table.uid[row]
            number += 1
    found = np.empty(number, dtype=np.int64)
    order = in_order(uids[:number])
    for place in range(number):
        found[place] = rows[order[place]]
    return found


@compiled
def in_reverse_order(values: Float64Array) -> Int64Array:
    """Places of `values`, largest first and equal ones as they stand."""
    negative = np.empty(values.shape[0])
    for place in range(values.shape[0]):
        negative[place] = -values[place]
    return in_order(negative)
