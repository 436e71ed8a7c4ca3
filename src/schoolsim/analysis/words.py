"""Labels and phrases of outcomes, levers and settings, shared by sentences, axes, captions and tables.

An outcome's words stand in its own entry of the catalogue, a parameter's in `reader_parameters`. A name that is in
neither, as of a study of another model, is shown as it is; an outcome's unit comes from the study's `columns` first.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from schoolsim.analysis.reader_parameters import LEVERS, UNCERTAINTIES, ParameterWords
from schoolsim.outcomes import catalog
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, is_flag

if TYPE_CHECKING:
    import pandas as pd

Columns: TypeAlias = "Mapping[str, Mapping[str, object]] | Sequence[Mapping[str, object]] | pd.DataFrame"
"""What a study says of its columns: the rows of `columns.json`, as a list or a frame, or a mapping
from the name of a column to its `unit`, `definition` and `role`."""

HALF_TERM = "half_term"
"""The column of half-terms, where a table has one row for each."""


@dataclass(frozen=True)
class Wording:
    """How an outcome is said in a sentence, written beside an axis, and measured.

    Args:
        phrase: In a sentence: "progress in partner schools".
        label: Beside an axis or over a column.
        unit: As the catalogue or the study has it.
    """

    phrase: str
    label: str
    unit: str = ""

    @property
    def sentence_unit(self) -> str:
        """The unit that a sentence needs: none where the phrase says what is counted."""
        return "" if self.phrase.startswith("the number of ") else self.unit


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


def columns_by_name(columns: Columns | None) -> Mapping[str, Mapping[str, object]]:
    """What a study says of its columns, by name."""
    if columns is None or isinstance(columns, Mapping):
        return columns or {}
    rows = columns if isinstance(columns, Sequence) else columns.to_dict("records")
    return {str(row["name"]): row for row in rows}


def outcome_words(name: str, columns: Columns | None = None) -> Wording:
    """Words for an outcome; the unit is the study's own where it gives one, else the catalogue's."""
    given = columns_by_name(columns).get(name, {}).get("unit")
    outcome = catalog.OUTCOMES.get(name)
    if outcome is None:
        return Wording(name, name, str(given or ""))
    return Wording(outcome.phrase, outcome.label, str(given or outcome.unit))


def parameter_words(name: str) -> ParameterWords:
    """Words for a parameter: for a constant what it means, for the switch of a mechanism its title."""
    if name in LEVERS:
        return LEVERS[name]
    if name in UNCERTAINTIES:
        return UNCERTAINTIES[name]
    if name in SWITCHES:
        title = SWITCHES[name]
        levels: dict[Value, str] = {True: f'the mechanism "{title}"', False: f'no mechanism "{title}"'}
        return ParameterWords(title, f'the mechanism "{title}"', levels)
    if name == HALF_TERM:
        return ParameterWords("Half-term", "the half-term")
    if name in REGISTRY:
        meaning = REGISTRY[name].meaning.partition(".")[0].partition(":")[0]
        return ParameterWords(meaning, f"{meaning[:1].lower()}{meaning[1:]}")
    return ParameterWords(name, name)


SWITCHES: Mapping[str, str] = {f"mechanism.{mechanism.word}": mechanism.title for mechanism in MECHANISMS.values()}
"""Titles of the mechanisms, by the flag that switches them."""


def parameter_label(name: str) -> str:
    """A parameter as a heading, with its name in brackets: `Who carries the badge (badging.scope)`."""
    label = parameter_words(name).label
    return label if label == name or name == HALF_TERM else f"{label} ({name})"


def has_scale(column: str) -> bool:
    """Whether the lowest and highest of a swept column have words: `low competition`."""
    return bool(parameter_words(column).scale)


def level_words(column: str, level: Any) -> str:
    """Words for one level: `a badge on the whole partnership`, `3 brokers an authority`."""
    words = parameter_words(column).levels
    if level in words:
        return words[level]
    if column in REGISTRY:
        return value_words(level, REGISTRY[column].unit)
    if is_flag(level):
        return f"{column} {'on' if level else 'off'}"
    if isinstance(level, str):
        return in_sentence(level)
    return f"{column} = {plain(level)}"


def in_sentence(text: str) -> str:
    """A title within a sentence: its first letter is small unless it holds a name."""
    return text if any(letter.isupper() for letter in text[1:]) else f"{text[:1].lower()}{text[1:]}"


def value_words(value: object, unit: str) -> str:
    """A value with its unit, where that adds something: `£10,000 a year`, `6 hours a half-term`, `0.3`."""
    if not isinstance(value, numbers.Real) or is_flag(value):
        return plain(value)
    text = f"{int(value):,}" if isinstance(value, numbers.Integral) else f"{float(value):,g}"
    return with_unit(text.replace("-", "−"), unit)


def comparison(lever: str, level: object, baseline: object, *, acts: bool = False) -> str:
    """A level and what it is compared with: `a badge on the whole partnership rather than no badge`.

    Args:
        lever: The lever.
        level: The level.
        baseline: What it is compared with.
        acts: Whether it is the subject of the sentence.
    """
    words = parameter_words(lever)
    if words.levels or lever not in REGISTRY:
        return f"{level_words(lever, level)} rather than {level_words(lever, baseline)}"
    setting = f"{_fixed(lever, level)} rather than {_amount(lever, baseline)}"
    return f"setting {setting}" if acts else setting


def setting_words(column: str, level: object, levels: Sequence[Any]) -> str:
    """Words for one level of a setting, as `low competition`, given all its levels."""
    words = parameter_words(column)
    if not words.scale or len(levels) < 2:
        return _fixed(column, level)
    ordered = sorted(levels, key=float)
    if level in (ordered[0], ordered[-1]):
        return f"{'low' if level == ordered[0] else 'high'} {words.scale}"
    return f"middling {words.scale}" if len(levels) == 3 else f"{words.scale} {plain(level)}"


def place_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A setting with its preposition: `under low competition`, `with a badge on the whole partnership`."""
    if column == HALF_TERM:
        return f"in half-term {level}"
    words = setting_words(column, level, levels)
    if has_scale(column) and len(levels) > 1:
        return f"under {words}"
    if isinstance(level, str) and column not in REGISTRY:
        return f"where the {column} is {words}"
    return f"with {words}" if column in REGISTRY else f"where {words}"


def heading_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A setting as the heading of a panel: `Low competition`, `Brokers in each authority: 3 brokers an authority`."""
    words = parameter_words(column)
    if words.levels or column not in REGISTRY or (words.scale and len(levels) > 1):
        text = setting_words(column, level, levels)
        return f"{text[:1].upper()}{text[1:]}"
    return f"{words.label}: {level_words(column, level)}"


def _fixed(column: str, level: object) -> str:
    """One level by itself: `the number of brokers in each authority at 3`."""
    if column == HALF_TERM:
        return f"half-term {level}"
    words = parameter_words(column)
    if words.levels or column not in REGISTRY:
        return level_words(column, level)
    return f"{words.phrase} at {_amount(column, level)}"


def _amount(column: str, level: object) -> str:
    """A number after the phrase of its parameter, without a unit where the phrase says what is counted."""
    counts = parameter_words(column).phrase.startswith("the number of ")
    return value_words(level, "" if counts else REGISTRY[column].unit)


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
