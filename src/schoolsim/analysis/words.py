"""Labels and phrases of outcomes, levels and settings, shared by sentences, axes and captions.

A name that is not here is shown as it is; the unit of an outcome comes from the study's own
`columns` table first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from schoolsim.parameters.values import is_flag

if TYPE_CHECKING:
    import pandas as pd

Columns: TypeAlias = "Mapping[str, Mapping[str, object]] | Sequence[Mapping[str, object]] | pd.DataFrame"
"""What a study says of its columns: the rows of `columns.json`, as a list or a frame, or a mapping
from the name of a column to its `unit`, `definition` and `role`."""


@dataclass(frozen=True)
class Wording:
    """How an outcome is said in a sentence, written beside an axis, and measured."""

    phrase: str
    label: str
    unit: str = ""


OUTCOMES: Mapping[str, Wording] = {
    "progress.mean": Wording("all schools' progress", "Progress, all schools", "pp"),
    "progress.partner": Wording("partner schools' progress", "Progress, partner schools", "pp"),
    "progress.originator": Wording("originators' progress", "Progress, originators", "pp"),
    "progress.neither": Wording("other schools' progress", "Progress, other schools", "pp"),
    "progress.neediest": Wording("the neediest schools' progress", "Progress, neediest schools", "pp"),
    "progress.gap": Wording("the gap in progress", "Gap in progress", "pp"),
    "progress.spread": Wording("the spread of progress", "Spread of progress", "pp"),
    "attainment.mean": Wording("mean attainment", "Attainment, all schools", "pp"),
    "attainment.partner": Wording("partner schools' published results", "Published results, partner schools", "pp"),
    "attainment.gap": Wording("the attainment gap", "Gap in attainment", "pp"),
    "attainment.spread": Wording("the spread of attainment", "Spread of attainment", "pp"),
    "gain.partner": Wording("partner schools' gain", "Gain, partner schools", "pp"),
    "gain.originator": Wording("originators' gain", "Gain, originators", "pp"),
    "trust.mean": Wording("mean trust", "Trust", "0 to 1"),
    "trust.rival": Wording("trust between rivals", "Trust between rivals", "0 to 1"),
    "confidence.mean": Wording("teachers' confidence", "Confidence, all schools", "0 to 1"),
    "trust.partner": Wording("partners' trust in their originators", "Trust in originators, partner schools", "0 to 1"),
    "confidence.partner": Wording("partner teachers' confidence", "Confidence, partner schools", "0 to 1"),
    "partnerships.active": Wording("the number of active partnerships", "Active partnerships", "count"),
    "transfers.year": Wording("the number of transfers a year", "Transfers a year", "count"),
    "practices.used": Wording("the number of practices in use", "Practices in use", "count"),
    "originated.ever": Wording("the share of schools that ever originate", "Ever originated", "share"),
    "hours.joint": Wording("time spent in joint work", "Joint work", "hours"),
    "pounds.spent": Wording("spending", "Spending", "£"),
}

LEVELS: Mapping[tuple[str, object], str] = {
    ("badging.scope", "none"): "no badges",
    ("badging.scope", "individual"): "individual badges",
    ("badging.scope", "collective"): "collective badges",
    ("funding.purse", "originator"): "payment to the originator",
    ("funding.purse", "partnership"): "payment to the whole partnership",
}

SETTINGS: Mapping[str, str] = {"market.choice_weight": "competition"}
"""Swept uncertainties whose lowest and highest levels are called low and high."""

UNITS: Mapping[str, str] = {
    "pp": "percentage points",
    "£": "pounds",
    "count": "number",
    "0 to 1": "scale from 0 to 1",
}


def columns_by_name(columns: Columns | None) -> Mapping[str, Mapping[str, object]]:
    """What a study says of its columns, told by name."""
    if columns is None or isinstance(columns, Mapping):
        return columns or {}
    rows = columns if isinstance(columns, Sequence) else columns.to_dict("records")
    return {str(row["name"]): row for row in rows}


def outcome_words(name: str, columns: Columns | None = None) -> Wording:
    """Words for an outcome; the unit is the study's own where it gives one."""
    known = OUTCOMES.get(name, Wording(name, name))
    given = columns_by_name(columns).get(name, {}).get("unit")
    return Wording(known.phrase, known.label, str(given)) if given else known


def level_words(column: str, level: object) -> str:
    """Words for one level of a lever, as `individual badges`."""
    if (column, level) in LEVELS:
        return LEVELS[column, level]
    if is_flag(level):
        return f"{column} {'on' if level else 'off'}"
    return f"{column} = {plain(level)}"


def setting_words(column: str, level: object, levels: Sequence[object]) -> str:
    """Words for one level of a setting, as `low competition`, given all its levels."""
    if column == "half_term":
        return f"it is half-term {level}"
    if column not in SETTINGS or len(levels) < 2:
        return level_words(column, level)
    name, ordered = SETTINGS[column], sorted(levels, key=float)  # type: ignore[arg-type]
    if level in (ordered[0], ordered[-1]):
        return f"{'low' if level == ordered[0] else 'high'} {name}"
    return f"middling {name}" if len(levels) == 3 else f"{name} {plain(level)}"


def place_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A setting with its preposition: `under low competition`, `with individual badges`."""
    words = setting_words(column, level, levels)
    if column in SETTINGS:
        return f"under {words}"
    return f"with {words}" if (column, level) in LEVELS else f"where {words}"


def unit_words(unit: str) -> str:
    """The unit spelt out for an axis."""
    return UNITS.get(unit, unit)


def plain(value: object) -> str:
    """A level as people write it: 0 rather than 0.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def decimals_for(low: float, high: float) -> int:
    """Decimals worth showing: one digit of the half-width, two where that digit is a 1.

    A bound that differs from 0 is never rounded to 0, so that the numbers shown agree with the
    words. Negative for large numbers: -2 rounds to hundreds.
    """
    half, size = (high - low) / 2, max(abs(low), abs(high))
    # A width within the rounding of the numbers is none: three digits of the number then.
    scale = half / 2 if half > 1e-9 * size else size / 100
    if not (math.isfinite(scale) and scale > 0):
        return 2
    decimals = -math.floor(math.log10(scale))
    bounds = [b for b in (low, high) if b != 0]
    while decimals < 12 and any(round(b, decimals) == 0 for b in bounds):
        decimals += 1
    return decimals


def number(value: float, decimals: int) -> str:
    """A number with a true minus sign, separated thousands and no negative zero."""
    rounded = round(value, decimals) + 0.0
    return f"{rounded:,.{max(decimals, 0)}f}".replace("-", "−")


def with_unit(text: str, unit: str) -> str:
    """A number and its unit: `0.21 pp`, `£1,200`, and nothing added to a count or a scale."""
    if unit == "£":
        return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
    return text if unit in ("", "1", "count", "share", "0 to 1") else f"{text} {unit}"
