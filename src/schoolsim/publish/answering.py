"""Answers a study at any setting of its levers and worlds: from the runs of that very setting, or from an emulator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from schoolsim.analysis.run_table import AnalysisError
from schoolsim.publish.controls import Control, controls_of, numbered
from schoolsim.publish.emulator import Emulator, emulate, points_needed
from schoolsim.publish.support import Support, support_of

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.analysis.answers import Answer

CONFIDENCE: Final = 0.95
Setting = Sequence[float]
"""A place for each control: a number of a range, the place of a choice."""


@dataclass(frozen=True)
class Level:
    """An outcome at one setting.

    Args:
        mean: Of runs at it.
        low: Lower end of the 95% interval of that mean; NaN where one run cannot have one.
        high: Upper end.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Cells:
    """A study of few settings: each is answered from its own runs.

    Args:
        controls: What can be set.
        settings: (cells, controls) the settings that were run.
        values: (cells, quantities, replications) what runs gave; NaN where there is none.
        points: The first point of the study with each setting.
        too_few: Points that an emulator would have needed; 0 where none was wanted.
    """

    controls: Sequence[Control]
    settings: np.ndarray
    values: np.ndarray
    points: np.ndarray
    too_few: int = 0

    kind = "cells"

    @cached_property
    def _place(self) -> Mapping[tuple[float, ...], int]:
        return {tuple(row): place for place, row in enumerate(self.settings.tolist())}

    def fault(self, setting: Setting) -> str:
        """Why there is no number: `together` where this combination was not run; empty where it was."""
        return "" if tuple(map(float, setting)) in self._place else "together"

    def level(self, quantity: int, setting: Setting) -> Level:
        """A quantity at a setting, with Student's t interval over replications."""
        return _interval(self._runs(quantity, setting))

    def difference(self, quantity: int, setting: Setting, other: Setting) -> Level:
        """By how much it is more than at another setting, paired by seed."""
        return _interval(self._runs(quantity, setting) - self._runs(quantity, other))

    def spread(self, quantity: int, setting: Setting) -> tuple[float, float]:
        """Between which values nine of ten runs lie."""
        runs = self._runs(quantity, setting)
        low, high = np.nanquantile(runs, (0.05, 0.95))
        return float(low), float(high)

    def _runs(self, quantity: int, setting: Setting) -> np.ndarray:
        found: np.ndarray = self.values[self._place[tuple(map(float, setting))], quantity]
        return found


@dataclass(frozen=True, eq=False)
class Emulation:
    """A study with ranges: an emulator answers within its runs, and nothing does outside them.

    Args:
        controls: What can be set.
        settings: (points, controls) the settings that were run.
        values: (points, quantities, replications) what runs gave; NaN where there is none.
        emulators: One a quantity.
        support: Where the runs are.
        policies: Of a study whose policies all met the same worlds, (policies, levers) choices, the first what others
            are compared with; None where levers are emulated with the rest.
    """

    controls: Sequence[Control]
    settings: np.ndarray
    values: np.ndarray
    emulators: Sequence[Emulator]
    support: Support
    policies: np.ndarray | None

    @property
    def kind(self) -> str:
        """`crossed` where policies met the same worlds, else `joint`."""
        return "joint" if self.policies is None else "crossed"

    def fault(self, setting: Setting) -> str:
        """Why there is no number at a setting; see `Support.fault`."""
        return self.support.fault(setting)

    def level(self, quantity: int, setting: Setting) -> Level:
        """A quantity at a setting, with what the emulator may be out by."""
        mean, deviation = self.emulators[quantity].level(*self.place(setting))
        return _normal(mean, deviation)

    def difference(self, quantity: int, setting: Setting, other: Setting) -> Level:
        """By how much it is more than at another setting of the same world."""
        mean, deviation = self.emulators[quantity].difference(*self.place(setting), *self.place(other))
        return _normal(mean, deviation)

    def place(self, setting: Setting) -> tuple[int, np.ndarray]:
        """The policy and the place that the emulators know a setting by."""
        if self.policies is None:
            return 0, units(self.controls, np.array([setting], dtype=float))[0]
        levers = [float(place) for one, place in zip(self.controls, setting, strict=True) if one.role == "policy"]
        policy = int(np.flatnonzero((self.policies == levers).all(axis=1))[0])
        worlds = [place for place, one in enumerate(self.controls) if one.role == "world"]
        inputs = units([self.controls[place] for place in worlds], np.array([[setting[place] for place in worlds]]))
        return policy, inputs[0]


def units(controls: Sequence[Control], settings: np.ndarray) -> np.ndarray:
    """(settings, inputs) of an emulator for (settings, controls) places."""
    return np.hstack([one.units(settings[:, place]) for place, one in enumerate(controls)])


def answering(answer: Answer, values: np.ndarray, tell: Callable[[str], None]) -> Cells | Emulation:
    """What answers for a study.

    Args:
        answer: Of the study.
        values: (points, quantities, replications); NaN where there is no finished run.
        tell: Called with a line before what takes seconds.

    Raises:
        AnalysisError: No run has ended well, or scikit-learn is wanted and not installed.
    """
    if not np.isfinite(values).any():
        raise AnalysisError("no run of the study has ended well, so there is nothing to publish")
    controls, table = controls_of(answer), answer.result.named_points
    if not any(one.is_range for one in controls):
        return _cells(controls, _settings(controls, table, len(values)), values, 0)
    crossed = _is_crossed(answer, controls)
    sampled = [one for one in controls if not (crossed and one.role == "policy")]
    inputs = sum(1 if one.is_range or len(one.values) == 2 else len(one.values) for one in sampled)
    settings = _settings(controls, table, len(values))
    finished = np.isfinite(values).any(axis=(1, 2))
    apart = {tuple(row) for row in settings[finished][:, [controls.index(one) for one in sampled]].tolist()}
    needed = points_needed(inputs)
    if len(apart) < needed:
        return _too_small(answer, controls, sampled, values, needed)
    return _emulation(controls, settings, values, crossed, tell)


def _settings(controls: Sequence[Control], table: pd.DataFrame, points: int) -> np.ndarray:
    columns = [one.places(table[one.name].tolist()) for one in controls]
    return np.column_stack(columns) if columns else np.zeros((points, 0))


def _is_crossed(answer: Answer, controls: Sequence[Control]) -> bool:
    """Whether every policy met every world, and policies are choices."""
    design = answer.result.design
    levers = [one for one in controls if one.role == "policy"]
    if not levers or any(one.is_range for one in levers):
        return False
    policies, worlds = design["policy"].nunique(), design["world"].nunique()
    return policies > 1 and policies * worlds == len(design)


def _cells(controls: Sequence[Control], settings: np.ndarray, values: np.ndarray, needed: int) -> Cells:
    """The cells of a study; points of a sample that coincide are the same runs, and one cell."""
    rows = settings.tolist()
    first = np.array(sorted({tuple(row): place for place, row in reversed(list(enumerate(rows)))}.values()))
    kept = first[np.isfinite(values[first]).any(axis=(1, 2))]
    return Cells(controls, settings[kept], values[kept], kept, needed)


def _too_small(
    answer: Answer, controls: Sequence[Control], sampled: Sequence[Control], values: np.ndarray, needed: int
) -> Cells:
    """A sample of so few points that it is answered point by point."""
    table = answer.result.named_points
    levers = [one for one in controls if one not in sampled]
    lever_among = any(one.role == "policy" for one in sampled)
    label = "Which of the points that were run" if lever_among else "Which of the worlds that were run"
    world, column = numbered(table, sampled, "world", label)
    together = [*levers, world]
    return _cells(together, _settings(together, table.assign(**{world.name: column}), len(values)), values, needed)


def _emulation(
    controls: Sequence[Control], settings: np.ndarray, values: np.ndarray, crossed: bool, tell: Callable[[str], None]
) -> Emulation:
    levers = [place for place, one in enumerate(controls) if crossed and one.role == "policy"]
    others = [place for place in range(len(controls)) if place not in levers]
    policies, tensor, inputs = None, values[:, None], settings
    if crossed:
        policies, tensor, inputs = _by_world(controls, settings, values, levers, others)
    emulators = []
    for quantity in range(values.shape[1]):
        tell(f"Fitting the emulator of quantity {quantity + 1} of {values.shape[1]}.")
        emulators.append(emulate(units([controls[place] for place in others], inputs), tensor[:, :, quantity]))
    finished = settings[np.isfinite(values).any(axis=(1, 2))]
    return Emulation(controls, settings, values, emulators, support_of(controls, finished), policies)


def _by_world(
    controls: Sequence[Control], settings: np.ndarray, values: np.ndarray, levers: list[int], others: list[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Policies, (worlds, policies, quantities, replications) and (worlds, controls of worlds)."""
    compared = tuple(controls[place].compared for place in levers)
    policies = sorted({tuple(row) for row in settings[:, levers].tolist()}, key=lambda row: (row != compared, row))
    worlds = list(dict.fromkeys(tuple(row) for row in settings[:, others].tolist()))
    tensor = np.full((len(worlds), len(policies), *values.shape[1:]), np.nan)
    at_policy = {row: place for place, row in enumerate(policies)}
    at_world = {row: place for place, row in enumerate(worlds)}
    for row, runs in zip(settings.tolist(), values, strict=True):
        policy, world = tuple(row[place] for place in levers), tuple(row[place] for place in others)
        tensor[at_world[world], at_policy[policy]] = runs
    return np.array(policies), tensor, np.array(worlds)


def _interval(runs: np.ndarray) -> Level:
    """Mean and t interval; where nothing varies, or one run is left, both ends are the mean or NaN."""
    runs = runs[np.isfinite(runs)]
    if len(runs) == 0:
        return Level(float("nan"), float("nan"), float("nan"))
    mean = float(runs.mean())
    if len(runs) == 1:
        return Level(mean, float("nan"), float("nan"))
    half = float(stats.t.ppf(0.5 + CONFIDENCE / 2, len(runs) - 1) * runs.std(ddof=1) / np.sqrt(len(runs)))
    return Level(mean, mean - half, mean + half)


def _normal(mean: float, deviation: float) -> Level:
    half = NORMAL * deviation
    return Level(mean, mean - half, mean + half)


NORMAL: Final = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))
"""Standard deviations to either side of the mean within which 95% of a normal distribution lie."""
