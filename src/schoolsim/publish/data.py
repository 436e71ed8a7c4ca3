"""The numbers of a page, as its script reads them: plain values, and arrays of 64-bit numbers in base 64."""

from __future__ import annotations

import base64
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from scipy import stats

from schoolsim.analysis.quantities import decimals_for
from schoolsim.publish.answering import CONFIDENCE, NORMAL, Cells, Emulation, units
from schoolsim.publish.controls import Control
from schoolsim.publish.emulator import NINE_OF_TEN, Emulator
from schoolsim.publish.process import PLANE, Process
from schoolsim.publish.quantities import Criterion, Quantity

MOST_WORLDS: Final = 200
"""Worlds over which a spread is told."""
MOST_POLICIES: Final = 60
"""Policies that are ranked."""
QUARTERS: Final = (0.25, 0.5, 0.75)
"""Where on the range of a lever the policies lie that are ranked, where levers are ranges."""


def page_data(
    answers: Cells | Emulation, quantities: Sequence[Quantity], shown: int, criteria: Sequence[Criterion]
) -> dict[str, Any]:
    """All that the page's script needs to answer.

    Args:
        answers: What answers.
        quantities: What the numbers are of.
        shown: How many of them, from the first, are shown; the others are there to rank by.
        criteria: What policies may be ranked by; each one's quantity is among `quantities`.
    """
    policies, worlds = policies_of(answers), worlds_of(answers)
    most = answers.values.shape[2]
    return {
        "kind": answers.kind,
        "controls": [_control(one) for one in answers.controls],
        "quantities": [
            {"label": one.label, "phrase": one.phrase, "text": one.text, "definition": one.definition,
             "columns": list(one.parts), "axis": _axis(answers, place)}
            for place, one in enumerate(quantities)
        ],
        "shown": shown,
        "replications": most,
        "normal": NORMAL,
        "nineOfTen": NINE_OF_TEN,
        # Student's t by the number of runs.
        "t": [0.0, 0.0, *(float(stats.t.ppf(0.5 + CONFIDENCE / 2, number - 1)) for number in range(2, most + 1))],
        "policies": policies.tolist(),
        "worlds": worlds.tolist(),
        "criteria": list(_criteria(answers, quantities, criteria, policies, worlds)),
        "cells": _cells(answers) if isinstance(answers, Cells) else None,
        "emulator": None if isinstance(answers, Cells) else _emulation(answers),
    }  # fmt: skip


def policies_of(answers: Cells | Emulation) -> np.ndarray:
    """(policies, levers) that are ranked; one of no levers where there is none."""
    levers = [place for place, one in enumerate(answers.controls) if one.role == "policy"]
    if isinstance(answers, Emulation) and answers.policies is not None:
        return answers.policies[:MOST_POLICIES]
    rows = list(dict.fromkeys(tuple(row) for row in answers.settings[:, levers].tolist()))
    if any(answers.controls[place].is_range for place in levers):
        rows = list(_quarters([answers.controls[place] for place in levers], rows))
    return np.array(rows[:MOST_POLICIES]).reshape(min(len(rows), MOST_POLICIES), len(levers))


def _quarters(levers: Sequence[Control], rows: Sequence[tuple[float, ...]]) -> Iterator[tuple[float, ...]]:
    """Every combination of choices that was run, with every range a quarter, a half and three quarters of the way."""
    chosen = [place for place, one in enumerate(levers) if not one.is_range]
    combinations = list(dict.fromkeys(tuple(row[place] for place in chosen) for row in rows))
    ranges = [one for one in levers if one.is_range]
    # Where there would be too many, all ranges go together.
    apart = len(combinations) * len(QUARTERS) ** len(ranges) <= MOST_POLICIES
    ways = itertools.product(QUARTERS, repeat=len(ranges)) if apart else ((one,) * len(ranges) for one in QUARTERS)
    for way, combination in itertools.product(list(ways), combinations):
        numbers, places = iter(way), iter(combination)
        yield tuple(_along(one, next(numbers)) if one.is_range else next(places) for one in levers)


def _along(control: Control, share: float) -> float:
    value = control.low + share * (control.high - control.low)
    return float(round(value)) if control.whole else value


def worlds_of(answers: Cells | Emulation) -> np.ndarray:
    """(worlds, controls of worlds) that were run, `MOST_WORLDS` at most."""
    places = [place for place, one in enumerate(answers.controls) if one.role == "world"]
    rows = list(dict.fromkeys(tuple(row) for row in answers.settings[:, places].tolist()))[:MOST_WORLDS]
    return np.array(rows).reshape(len(rows), len(places))


def means_of(answers: Cells | Emulation, quantity: int, policies: np.ndarray, worlds: np.ndarray) -> np.ndarray:
    """(policies, worlds) means of a quantity; NaN where there is no number."""
    means = np.full((len(policies), len(worlds)), np.nan)
    for row, policy in enumerate(policies):
        for column, world in enumerate(worlds):
            setting = [*policy, *world]
            if not answers.fault(setting):
                means[row, column] = answers.level(quantity, setting).mean
    return means


def _criteria(
    answers: Cells | Emulation, quantities: Sequence[Quantity], criteria: Sequence[Criterion], policies: np.ndarray,
    worlds: np.ndarray,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The criteria, each with its worst and best mean over worlds among the policies."""
    if len(policies) < 2:
        return
    for one in criteria:
        place = list(quantities).index(one.quantity)
        means = means_of(answers, place, policies, worlds)
        met = means[np.isfinite(means).any(axis=1)]
        overall = np.nanmean(met, axis=1)
        ends = float(overall.min()), float(overall.max())
        known = np.flatnonzero(np.isfinite(means).any(axis=1))
        least, most = policies[known[overall.argmin()]], policies[known[overall.argmax()]]
        # What differs by rounding alone does not differ.
        same = ends[1] - ends[0] <= 1e-9 * max(abs(ends[0]), abs(ends[1]))
        worst, best = ends if one.more_is_better else ends[::-1]
        decimals = min(12, decimals_for(*ends) + 1) if not same else decimals_for(0.0, 2 * ends[1])
        yield {
            "key": one.key, "quantity": place, "worst": worst, "best": worst if same else best, "decimals": decimals,
            "counts": ends[1] - ends[0] >= one.least and _clear(answers, place, most, least, worlds),
        }  # fmt: skip


def _clear(answers: Cells | Emulation, quantity: int, most: np.ndarray, least: np.ndarray, worlds: np.ndarray) -> bool:
    """Whether two policies clearly differ in at least half of the worlds in which both have a number."""
    pairs = [([*most, *world], [*least, *world]) for world in worlds]
    found = [
        answers.difference(quantity, one, other).low > 0.0
        for one, other in pairs
        if not answers.fault(one) and not answers.fault(other)
    ]
    return bool(found) and 2 * sum(found) >= len(found)


def _control(control: Control) -> dict[str, Any]:
    return {
        "name": control.name, "label": control.label, "role": control.role, "levels": list(control.levels),
        "low": control.low, "high": control.high, "step": control.step, "whole": control.whole, "text": control.text,
        "start": control.start, "compared": control.compared, "isRange": control.is_range,
    }  # fmt: skip


def _axis(answers: Cells | Emulation, quantity: int) -> list[float]:
    """From where to where the quantity is drawn: nine of ten runs of the settings with the least and the most."""
    runs = answers.values[:, quantity]
    runs = runs[np.isfinite(runs).any(axis=1)]
    if isinstance(answers, Emulation):
        seeds = answers.emulators[quantity].seeds
        reach = 0.0 if math.isnan(seeds) else NINE_OF_TEN * seeds
        means = np.nanmean(runs, axis=1)
        low, high = float(means.min() - reach), float(means.max() + reach)
    else:
        quantiles = np.nanquantile(runs, (0.05, 0.95), axis=1)
        low, high = float(quantiles[0].min()), float(quantiles[1].max())
    room = 0.04 * (high - low) or 0.5 * abs(low) or 1.0
    return [low - room, high + room]


def _cells(answers: Cells) -> dict[str, Any]:
    return {
        "settings": answers.settings.tolist(), "points": answers.points.tolist(), "values": encoded(answers.values),
        "tooFew": answers.too_few, "runs": np.isfinite(answers.values).any(axis=1).sum(axis=1).tolist(),
    }  # fmt: skip


def _emulation(answers: Emulation) -> dict[str, Any]:
    sampled = [one for one in answers.controls if answers.policies is None or one.role == "world"]
    inputs = answers.emulators[0].levels.inputs
    return {
        "inputs": encoded(inputs), "number": len(inputs), "dimensions": inputs.shape[1],
        "policies": None if answers.policies is None else answers.policies.tolist(),
        "parts": [_emulator(one) for one in answers.emulators],
        "support": encoded(answers.support.runs), "radius": answers.support.radius,
        "together": sorted(answers.support.together),
        "points": len(answers.settings), "runs": int(np.isfinite(answers.values[:, 0]).sum()),
        "inputsOf": [units([one], np.zeros((1, 1))).shape[1] for one in sampled],
    }  # fmt: skip


def _emulator(emulator: Emulator) -> dict[str, Any]:
    return {
        "levels": _process(emulator.levels),
        "effects": None if emulator.effects is None else _process(emulator.effects),
        "widened": list(emulator.widened),
        "seeds": _finite(emulator.seeds), "shared": _finite(emulator.shared),
        "check": {name: _finite(value) for name, value in asdict(emulator.check).items()},
        "effectCheck": emulator.effect_check
        and {name: _finite(value) for name, value in asdict(emulator.effect_check).items()},
    }  # fmt: skip


def _process(process: Process) -> dict[str, Any]:
    return {
        "lengths": process.lengths.tolist(), "amplitude": process.amplitude, "offPlane": PLANE, "noise": process.noise,
        "plane": process.plane.tolist(), "scale": process.scale, "weights": encoded(process.weights),
    }  # fmt: skip


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def encoded(numbers: np.ndarray) -> str:
    """An array, row by row, as base 64 of little-endian 64-bit numbers."""
    return base64.b64encode(np.ascontiguousarray(numbers, dtype="<f8").tobytes()).decode("ascii")
