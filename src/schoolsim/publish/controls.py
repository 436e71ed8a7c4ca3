"""Controls of a page: each lever and each uncertainty of the study, as named choices or as a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from schoolsim.analysis.factors import Factor
from schoolsim.analysis.policies import words
from schoolsim.analysis.quantities import plain, with_unit
from schoolsim.analysis.sentences import has_scale, level_words, setting_words
from schoolsim.config.settings import Range
from schoolsim.parameters.declare import in_sentence
from schoolsim.parameters.registry import parameter
from schoolsim.report.labels import sentence_case

if TYPE_CHECKING:
    from schoolsim.analysis.answers import Answer

Role = Literal["policy", "world"]

MOST_CHOICES: Final = 8
"""Different numbers of a column that a file gives which are still named one by one."""
STEPS: Final = 100
"""Steps of a slider."""
NUMBER: Final = "{}"
"""What stands for the number in a text with its unit."""


@dataclass(frozen=True)
class Control:
    """One thing that can be set.

    Args:
        name: As it is typed; what it is in words where it stands for several parameters.
        label: In words.
        role: Whether policy sets it, or it is the world.
        values: Its levels as the tables have them; empty for a range.
        levels: The same in words.
        low: Of a range, the lowest value.
        high: The highest.
        whole: Whether a range has whole numbers only.
        text: A number with its unit: `£{} a year`.
        start: Where it stands when the page is opened: the place of a level, or a number.
        compared: Where it stands for what is compared with.
    """

    name: str
    label: str
    role: Role
    values: tuple[Any, ...] = ()
    levels: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    text: str = NUMBER
    start: float = 0.0
    compared: float = 0.0

    @property
    def is_range(self) -> bool:
        """Whether it is set by a slider."""
        return not self.values

    @property
    def step(self) -> float:
        """Of its slider."""
        return float(max(1, round((self.high - self.low) / STEPS))) if self.whole else (self.high - self.low) / STEPS

    def places(self, column: Sequence[Any]) -> np.ndarray:
        """Where the values of a column are: the place of each level, or the numbers themselves."""
        if self.is_range:
            return np.asarray(column, dtype=float)
        place = {value: float(number) for number, value in enumerate(self.values)}
        return np.array([place[value] for value in column])

    def units(self, places: np.ndarray) -> np.ndarray:
        """(places, inputs) of an emulator: a range from 0 to 1; an input a choice, or one where there are two."""
        if self.is_range:
            return ((places - self.low) / (self.high - self.low))[:, None]
        if len(self.values) == 2:
            return places[:, None].astype(float)
        one = places[:, None] == np.arange(len(self.values))[None, :]
        return one * math.sqrt(0.5)


def controls_of(answer: Answer) -> list[Control]:
    """The controls of a study, levers first; none where nothing varies."""
    table = answer.result.named_points
    names = [str(name) for name in table if table[name].nunique() > 1]
    found = [_control(answer, name, table[name]) for name in names]
    return _started(sorted(found, key=lambda one: one.role == "world"))


def numbered(table: pd.DataFrame, controls: Sequence[Control], role: Role, label: str) -> tuple[Control, pd.Series]:
    """Several controls as one whose levels are the combinations that were run, and which of them each point has.

    Args:
        table: The points.
        controls: What is put together.
        role: Of the new one.
        label: Of it.
    """
    rows = list(zip(*(table[one.name].tolist() for one in controls), strict=True))
    values = list(dict.fromkeys(rows))
    texts = tuple(f"{number}: {_combination(controls, row)}" for number, row in enumerate(values, 1))
    control = Control("+".join(one.name for one in controls), label, role, tuple(values), texts)
    return control, pd.Series(rows, index=table.index, dtype=object)


def _combination(controls: Sequence[Control], row: Sequence[Any]) -> str:
    return ", ".join(f"{in_sentence(one.label)} {_said(one, value)}" for one, value in zip(controls, row, strict=True))


def _said(control: Control, value: Any) -> str:
    if control.is_range:
        return control.text.replace(NUMBER, f"{value:,.4g}".replace("-", "−"))
    return control.levels[control.values.index(value)]


def _control(answer: Answer, name: str, column: pd.Series) -> Control:
    factor = next((one for one in answer.factors if one.name == name), None)
    lever = factor.lever if factor is not None else parameter(name).role == "lever"
    role: Role = "policy" if lever else "world"
    values = list(dict.fromkeys(column))
    setting = answer.config.swept().get(name)
    numbers = all(isinstance(value, int | float | np.number) and not isinstance(value, bool) for value in values)
    few = setting is None and len(values) <= MOST_CHOICES
    if not numbers or isinstance(setting, tuple) or few or answer.config.design.kind == "grid":
        return _choice(answer, name, role, values, factor)
    low, high = (setting.low, setting.high) if isinstance(setting, Range) else (min(values), max(values))
    spec = parameter(name)
    default = float(spec.default) if not isinstance(spec.default, str) else float("nan")
    middle = (low + high) / 2
    start = default if low <= default <= high else round(middle) if spec.kind == "whole" else middle
    unit = "" if spec.phrase.startswith("the number of ") else spec.unit
    return Control(
        name, words(name), role, (), (), float(low), float(high), spec.kind == "whole", with_unit(NUMBER, unit),
        float(start), float(start),
    )  # fmt: skip


def _choice(answer: Answer, name: str, role: Role, values: list[Any], factor: Factor | None) -> Control:
    """The levels in the order of the config; numbers that nobody listed are sorted."""
    setting, given = answer.config.swept().get(name), answer.config.outcomes.baseline
    listed = setting if isinstance(setting, tuple) else () if factor is None else tuple(factor.levels.values())
    ordered = [level for level in listed if level in values] or values
    if not listed and all(isinstance(value, int | float | np.number) for value in values):
        ordered = sorted(values)
    compared = given.get(name, ordered[0])
    for one in factor.parameters if factor is not None else ():
        compared = factor.level_with(one, given[one]) if factor is not None and one in given else compared
    place = float(ordered.index(compared)) if compared in ordered else 0.0
    texts = tuple(_level_text(name, level, ordered) for level in ordered)
    return Control(name, words(name), role, tuple(ordered), texts, start=place, compared=place)


def _level_text(name: str, level: object, levels: Sequence[object]) -> str:
    """A level in words: `A badge on the whole partnership`, `Low competition (0.2)`."""
    if has_scale(name) and len(levels) > 1:
        text = setting_words(name, level, levels)
        return sentence_case(text) if text.endswith(plain(level)) else f"{sentence_case(text)} ({plain(level)})"
    return sentence_case(level_words(name, level))


def _started(controls: Sequence[Control]) -> list[Control]:
    """The controls, the first lever set to another level than it is compared with, so that there is a difference."""
    found, moved = [], False
    for one in controls:
        if not moved and one.role == "policy":
            moved = True
            one = _moved(one)
        found.append(one)
    return found


def _moved(control: Control) -> Control:
    if control.is_range:
        farther = control.high if control.high - control.compared >= control.compared - control.low else control.low
        start = (control.compared + farther) / 2
        start = round(start) if control.whole else start
    else:
        last = len(control.values) - 1
        start = last if control.compared != last else 0
    return replace(control, start=float(start))
