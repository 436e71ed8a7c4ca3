"""Numbers and units as people write them: decimals worth showing, minus signs, `£1,200 a year`."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping

from schoolsim.parameters.values import is_flag

UNITS: Mapping[str, str] = {
    "pp": "percentage points",
    "£": "pounds",
    "count": "number",
    "1": "",
    "0 to 1": "scale from 0 to 1",
    "level": "scale from 0 to 1",
    "trust": "scale from 0 to 1",
    "Gini": "Gini coefficient",
    "logit": "logits",
    "sd": "standard deviations",
    "pupil sd": "standard deviations of pupils' results",
    "schools/km2": "schools a square kilometre",
}
"""Units in words, where they are not the words themselves."""

BARE = frozenset(
    ("1 count share level trust Gini weight chance status correlation utility logit confidence mastery").split()
) | {"", "0 to 1"}
"""Units, or what stands before their stroke, of numbers that are said by themselves."""

AN = ("authority", "hour", "episode", "element")
"""Words of units that take "an"."""


def value_words(value: object, unit: str) -> str:
    """A value with its unit, where that adds something: `£10,000 a year`, `6 hours a half-term`, `0.3`.

    An option that nobody named is itself, with blanks for `_`; true and false are yes and no.
    """
    if is_flag(value):
        return "yes" if value else "no"
    if not isinstance(value, numbers.Real):
        return plain(value).replace("_", " ")
    text = f"{int(value):,}" if isinstance(value, numbers.Integral) else f"{float(value):,g}"
    return with_unit(text.replace("-", "−"), unit)


def unit_words(unit: str) -> str:
    """The unit in words, for an axis or a heading: `hours a half-term`."""
    if unit in UNITS or "/" not in unit:
        return UNITS.get(unit, unit)
    first, *rest = unit.split("/")
    over = " ".join(f"{'an' if word in AN else 'a'} {word}" for word in rest)
    return f"{UNITS.get(first, first)} {over}".strip()


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
    """A number and its unit in words: `0.21 percentage points`, `£1,200 a year`; a share or scale is bare."""
    first, _, over = unit.partition("/")
    if first in ("£", "pounds"):
        amount = f"−£{text[1:]}" if text.startswith("−") else f"£{text}"
        return f"{amount} {unit_words(f'1/{over}')}" if over else amount
    if first in BARE:
        return text
    words = unit_words(unit)
    singular = text == "1" and first not in UNITS and first.endswith("s")
    return f"{text} {words.replace(first, first[:-1], 1)}" if singular else f"{text} {words}"
