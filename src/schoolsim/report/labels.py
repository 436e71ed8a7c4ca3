"""Words of a report: labels, levels and numbers, all from the one place that has them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from schoolsim.analysis.quantities import decimals_for, number, unit_words, with_unit
from schoolsim.analysis.sentences import (
    Columns,
    columns_by_name,
    level_words,
    outcome_words,
    parameter_label,
    parameter_words,
    setting_words,
)
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters.registry import is_parameter


def sentence_case(text: str) -> str:
    """A text whose first letter is large."""
    return f"{text[:1].upper()}{text[1:]}"


def outcome_label(name: str, columns: Columns | None) -> str:
    """An outcome with its unit: `Progress, partner schools (percentage points)`."""
    words = outcome_words(name, columns)
    unit = unit_words(words.unit)
    return f"{words.label} ({unit})" if unit else words.label


def outcome_phrase(name: str) -> str:
    """An outcome in a sentence."""
    return outcome_words(name).phrase


def factor_label(name: str) -> str:
    """What varies, with the name it is typed by in brackets: `Who carries the badge (badging.scope)`."""
    return parameter_label(name) if is_parameter(name) else sentence_case(name)


def factor_heading(name: str) -> str:
    """The same over a column, where its name would take too much room."""
    return parameter_words(name).label if is_parameter(name) else sentence_case(name)


def outcome_definition(name: str, columns: Columns | None) -> str:
    """What an outcome is, as the study's own columns say; else as the catalogue says."""
    given = columns_by_name(columns).get(name, {}).get("definition")
    return str(given or (OUTCOMES[name].definition if name in OUTCOMES else ""))


def level_label(name: str, level: object) -> str:
    """One level in words."""
    return level_words(name, level)


def level_heading(name: str, level: object) -> str:
    """One level as the heading of a column: `A badge on the whole partnership`, `At 0.2`."""
    text = level_words(name, level)
    return sentence_case(text) if any(letter.isalpha() for letter in text) else f"At {text}"


def setting_label(name: str, level: object, levels: Sequence[object]) -> str:
    """One level of a setting in words, given all its levels: `low competition`."""
    return setting_words(name, level, levels)


def interval(row: Mapping[str, float]) -> str:
    """The ends of an interval: `−0.03 to 0.12`; a dash where there is none."""
    low, high = float(row["low"]), float(row["high"])
    if not math.isfinite(low + high):
        return "–"
    digits = decimals_for(low, high)
    return f"{number(low, digits)} to {number(high, digits)}"


def estimate(row: Mapping[str, float], name: str = "mean", *, unit: str = "", signed: bool = False) -> str:
    """The middle of an interval, to the digits that the interval is worth; a dash where there is no value."""
    value, low, high = (float(row[key]) for key in (name, "low", "high"))
    if not math.isfinite(value):
        return "–"
    # Where there is no interval, two digits of the number itself.
    text = number(value, decimals_for(low, high) if math.isfinite(low + high) else decimals_for(0.0, 2.0 * value))
    sign = "+" if signed and value > 0 and text.strip("0.") else ""
    return with_unit(f"{sign}{text}", unit) if unit else f"{sign}{text}"


def outcome_unit(name: str, columns: Columns | None) -> str:
    """The unit that a number of an outcome is said with."""
    return outcome_words(name, columns).sentence_unit
