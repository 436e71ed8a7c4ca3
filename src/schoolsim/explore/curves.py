"""Curves of outcomes for the page: one of each scenario, and the difference between the two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from schoolsim.analysis.quantities import unit_words
from schoolsim.explore.side import Side
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.stories import names
from schoolsim.system.state.schema import HALF_TERMS

KEY: Final = ("effect.mean", "progress.mean", "progress.gap", "trust.mean", "partnerships.active", "hours.joint")
"""Outcomes whose curves are shown at first."""

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 340.0, 132.0, 46.0, 18.0, 8.0
"""Of a chart, in units of its drawing; left and bottom are for the axes."""

DIFFERENCE: Final = "A less B"
"""What the difference of the two is called."""

_DIGITS: Final = 3


def charts(sides: Mapping[str, Side], outcomes: Sequence[str], *, difference: bool) -> list[dict[str, Any]]:
    """A chart an outcome.

    Args:
        sides: The scenarios, by name.
        outcomes: Names of outcomes.
        difference: Draw the first scenario less the second, in place of both.

    Returns:
        One dictionary each: `name`, `label`, `unit`, `definition`; `lines`, each with the `side` and the path `d`;
        `zero`, the height of the line at 0 or null; `ticks` up the side and `years` along the foot, each with place and
        text; `now`, the last values in words, and `alt`, all of it in a sentence.
    """
    measured = {key: side.system.simulation.series for key, side in sides.items()}
    return [
        _chart(sides, {key: series[name] for key, series in measured.items()}, name, difference=difference)
        for name in outcomes
    ]


def differing(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The first scenario less the second, half-term by half-term, as far as both have run."""
    shared = min(len(first), len(second))
    return np.asarray(first[:shared] - second[:shared])


def _chart(
    sides: Mapping[str, Side], series: Mapping[str, np.ndarray], name: str, *, difference: bool
) -> dict[str, Any]:
    outcome = OUTCOMES[name]
    less = differing(*series.values()) if len(series) > 1 else None
    shown = series if less is None or not difference else {DIFFERENCE: less}
    start = min(-HALF_TERMS * side.config.burn_in_years for side in sides.values())
    end = max(side.end for side in sides.values())
    low, high = _bounds(list(shown.values()))
    seen = any(np.isfinite(values).any() for values in shown.values())
    heights = (low, (low + high) / 2, high) if seen else ()
    across = (WIDTH - LEFT) / max(end - start, 1)
    up = (HEIGHT - TOP - BOTTOM) / (high - low)

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - low) * up, 1)

    lines = [
        {"side": key, "d": _path([(LEFT + across * place, height(value)) if math.isfinite(value) else None
                                  for place, value in enumerate(values.tolist())])}
        for key, values in shown.items()
    ]  # fmt: skip
    unit = unit_words(outcome.unit)
    now = {key: _last(values) for key, values in series.items()}
    if less is not None:
        now[DIFFERENCE] = _last(less)
    told = ", ".join(f"{key} {value}" for key, value in now.items())
    reached = max(side.half_term for side in sides.values())
    when = names.when(reached - 1).lower() if reached > 0 else "before the policy begins"
    return {
        "name": name, "label": outcome.label, "unit": unit, "definition": outcome.definition, "lines": lines,
        "zero": height(0.0) if low < 0.0 < high else None,
        "ticks": [{"y": height(value), "text": short(value)} for value in heights],
        "years": [{"x": round(LEFT + across * (HALF_TERMS * year - start), 1), "text": str(year)}
                  for year in _years(start, end)],
        "now": now, "alt": f"{outcome.label}, {unit}: {told}, {when}.",
    }  # fmt: skip


def _years(start: int, end: int) -> list[int]:
    first, last = start // HALF_TERMS, end // HALF_TERMS
    step = max(1, math.ceil((last - first) / 10))
    return list(range(first, last + 1, step))


def _bounds(series: list[np.ndarray]) -> tuple[float, float]:
    """Lowest and highest value, a little apart where all are one value."""
    values = np.concatenate([one[np.isfinite(one)] for one in series]) if series else np.zeros(0)
    if not len(values):
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9 * max(abs(low), abs(high), 1.0):
        room = max(abs(low) * 0.1, 0.01)
        return low - room, high + room
    room = 0.05 * (high - low)
    return low - room, high + room


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """Line by line; it breaks off where there is no value, and a value alone is a dot."""
    parts, drawing = [], False
    for place, point in enumerate(points):
        if point is None:
            drawing = False
            continue
        x, y = point
        parts.append(f"{'L' if drawing else 'M'}{x:.1f} {y}")
        alone = not drawing and (place + 1 == len(points) or points[place + 1] is None)
        if alone:
            parts.append("h0.1")
        drawing = True
    return "".join(parts)


def _last(values: np.ndarray) -> str:
    return short(float(values[-1])) if len(values) and math.isfinite(values[-1]) else "–"


def short(value: float) -> str:
    """A number to three digits that count, with a true minus."""
    if abs(value) < 1e-9:
        return "0"
    size = math.floor(math.log10(abs(value)))
    text = f"{value:,.{max(0, _DIGITS - 1 - size)}f}" if size > -4 else f"{value:.1e}"
    return text.replace("-", "−")
