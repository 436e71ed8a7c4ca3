"""The account of a place: the fate of every establishment by name, and the source of each figure."""

from __future__ import annotations

from typing import Final

import pandas as pd

from schoolsim.populations.array_types import Int64Array, ObjectArray
from schoolsim.populations.official.dates import iso
from schoolsim.populations.official.eligibility import CLOSED, IMPLAUSIBLE_ROLL, NO_ROLL, OFF_MAP
from schoolsim.populations.official.establishments import IMPUTED, UNKNOWN
from schoolsim.populations.official.joining import Joined
from schoolsim.populations.official.schema import FIGURES

KEPT, FILLED_IN, LEFT_OUT = "kept", "kept, filled in", "left out"
#: Columns of the account.
COLUMNS: Final = ("urn", "name", "authority", "fate", "reason", "detail", *(f"{name}_from" for name in FIGURES))


def account_of(joined: Joined, rows: Int64Array, reason: ObjectArray, schools: pd.DataFrame) -> pd.DataFrame:
    """The fate of every establishment in `rows`.

    Args:
        joined: All establishments of the files.
        rows: Rows of those of the place's authorities.
        reason: Why each is left out, blank for the schools kept.
        schools: The schools kept.

    Returns:
        One row an establishment, with the columns `COLUMNS`.
    """
    kept = {urn: place for place, urn in enumerate(schools["urn"].tolist())}
    name_of = dict(zip(joined.urn.tolist(), joined.name, strict=True))
    origins = {name: _origins(schools, name) for name in FIGURES}
    filled = _filled_in(schools)
    table: dict[str, list[object]] = {name: [] for name in COLUMNS}
    for row, why in zip(rows.tolist(), reason, strict=True):
        urn = int(joined.urn[row])
        place = kept.get(urn)
        if place is None:
            fate, detail = LEFT_OUT, _left_out(joined, row, str(why), name_of)
        else:
            fate = FILLED_IN if filled[place] else KEPT
            detail = _kept(joined, row, filled[place])
        cells = (urn, joined.name[row], joined.authority[row], fate, why, detail)
        origin = (origins[name][place] if place is not None else "" for name in FIGURES)
        for column, cell in zip(COLUMNS, (*cells, *origin), strict=True):
            table[column].append(cell)
    return pd.DataFrame(table)


def _origins(schools: pd.DataFrame, name: str) -> list[str]:
    """Where each school's figure came from, in words."""
    origins = []
    for basis, source, code in zip(
        schools[f"{name}_basis"], schools[f"{name}_source"], schools[f"{name}_code"], strict=True
    ):
        text = source if basis != UNKNOWN else "unknown"
        if basis == IMPUTED:
            text = f"filled in: {source}"
        origins.append(f"{text} ({code or 'not listed'})" if basis in (IMPUTED, UNKNOWN) else text)
    return origins


def _filled_in(schools: pd.DataFrame) -> list[list[str]]:
    """The figures of each school that were filled in."""
    filled: list[list[str]] = [[] for _ in range(len(schools))]
    for name in FIGURES:
        for place in (schools[f"{name}_basis"] == IMPUTED).to_numpy().nonzero()[0]:
            filled[place].append(name)
    return filled


def _kept(joined: Joined, row: int, filled: list[str]) -> str:
    parts = []
    if filled:
        parts.append(f"filled in: {', '.join(filled)}")
    if givers := joined.givers.get(row):
        parts.append(f"figures taken from {', '.join(map(str, givers))}, which it followed")
    return "; ".join(parts)


def _left_out(joined: Joined, row: int, why: str, name_of: dict[int, str]) -> str:
    """What more is known of an establishment that is left out."""
    urn, parts = int(joined.urn[row]), []
    if why == CLOSED:
        day = iso(str(joined.closed_on[row]))
        parts.append(f"closed on {day}" if day else str(joined.status[row]) or "no status")
        for after in joined.succession.successors.get(urn, ()):
            name = name_of.get(after) or joined.succession.names.get(after, "")
            parts.append(f"followed by {after} {name}".rstrip() + ("" if after in name_of else ", which no file lists"))
    elif why == NO_ROLL:
        roll = joined.figures["roll"]
        known = roll.known[row]
        parts.append(f"0 pupils in {roll.source[row]}" if known else f"no roll ({roll.code[row] or 'not listed'})")
        before = joined.succession.predecessors.get(urn, ())
        if not known and before:
            parts.append(f"followed {', '.join(map(str, before))}, which passed none on")
    elif why == IMPLAUSIBLE_ROLL:
        roll = joined.figures["roll"]
        parts.append(f"{roll.value[row]:,.0f} pupils in {roll.source[row]}")
    elif why == OFF_MAP:
        code = joined.figures["easting"].code[row] or joined.figures["northing"].code[row]
        parts.append(f"no place in the files ({code or 'not listed, or beyond the grid'})")
    else:
        texts = [joined.texts[name][row] for name in ("census_type", "type_name", "type_code", "phase")]
        parts.append(", ".join(dict.fromkeys(str(text) for text in texts if text)) or "no type")
    return "; ".join(parts)
