"""Reads cells of official tables: numbers, and the codes that stand where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.populations.array_types import BoolArray, Float64Array, ObjectArray

# Codes of the performance tables, the workforce census, EduBase extracts and the Government
# Statistical Service. Each says why there is no number; none of them is ever read as 0.
MISSING: Final = frozenset(
    "na n/a supp ne np lowcov new dns sp x z c u : .. . - nan null none".split()
) | {"", "not applicable", "not available"}  # fmt: skip
#: Rounds to zero but is not zero.
SMALL: Final = frozenset({"low", "k", "~"})

_NUMBER: Final = re.compile(r"[-+]?(?=\.?\d)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?%?", re.IGNORECASE)
_BRACKETS: Final = {"[": "]", "(": ")"}


@dataclass(frozen=True)
class Numbers:
    """A column of numbers read from text.

    Args:
        value: The numbers, NaN where there is none.
        small: Where the cell says that the number rounds to 0 but is not 0.
        reason: Text of the cell where there is no number ("blank" for nothing).
        unreadable: Where the cell is neither a number nor a known code.
    """

    value: Float64Array
    small: BoolArray
    reason: ObjectArray
    unreadable: BoolArray


def numbers(cells: Iterable[str]) -> Numbers:
    """Read cells as numbers: `45%` is 45, `1,234` is 1234; a code is neither a number nor zero."""
    texts = [cell.strip() for cell in cells]
    parsed = {text: _read(text) for text in set(texts)}
    value = np.array([parsed[text][0] for text in texts], dtype=np.float64)
    kind = np.array([parsed[text][1] for text in texts], dtype=np.object_)
    reason = [(text or "blank") if parsed[text][1] != "number" else "" for text in texts]
    return Numbers(
        value=value,
        small=np.asarray(kind == "small"),
        reason=np.array(reason, dtype=np.object_),
        unreadable=np.asarray(kind == "unreadable"),
    )


def _read(text: str) -> tuple[float, str]:
    bare = _unbracketed(text).casefold()
    if bare in MISSING:
        return np.nan, "missing"
    if bare in SMALL:
        return np.nan, "small"
    if _NUMBER.fullmatch(bare):
        value = float(bare.rstrip("%").replace(",", ""))
        if np.isfinite(value):
            return value, "number"
    return np.nan, "unreadable"


def _unbracketed(text: str) -> str:
    if len(text) > 1 and _BRACKETS.get(text[0]) == text[-1]:
        return text[1:-1].strip()
    return text
