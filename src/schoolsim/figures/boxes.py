"""The figure of scenario discovery: the worlds of interest, the boxes that hold them, and what each box costs."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from schoolsim.analysis.discovery import Box, Discovery, Limit
from schoolsim.analysis.policies import words
from schoolsim.analysis.quantities import number
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.style import BAND, GRID, INK, LEVELS, MUTED, footnote, journal_style, new_figure, own_axes

ROW_INCHES, BOX_STEP = 0.42, 0.26
NARROW, HALF = 32, 0.5
EDGE = 0.03
"""Share of an axis that a box without a limit on one side goes beyond the worlds."""


def plot_worlds(found: Discovery, *, ax: Axes | None = None) -> Axes:
    """Draw the worlds by the two numbers that the first box limits most clearly, and the box.

    Args:
        found: What was found, with a box that limits a number.
        ax: Where to draw; a new figure if None.

    Raises:
        FigureError: There is no such box.
    """
    if ax is None:
        with journal_style():
            return plot_worlds(found, ax=own_axes())
    across, up = _two_inputs(found)
    x, y = (found.inputs[name].to_numpy(dtype=float) for name in (across, up))
    ax.set_axisbelow(True)
    ax.grid(color=GRID, linewidth=0.5)
    for flag, look, label in ((False, LEVELS[0], "other worlds"), (True, LEVELS[1], "worlds of interest")):
        chosen = found.interest == flag
        ax.plot(
            x[chosen], y[chosen], look.marker, color=look.colour, markerfacecolor=look.colour if flag else "none",
            markersize=3.2, markeredgewidth=0.7, linestyle="none", label=label, zorder=3 if flag else 2,
        )  # fmt: skip
    limits = {limit.name: limit for limit in found.boxes[0].limits}
    left, right = _ends(limits.get(across), x)
    bottom, top = _ends(limits.get(up), y)
    ax.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, linewidth=1.3, zorder=4)
    )
    ax.set_xlabel(textwrap.fill(words(across), 40))
    ax.set_ylabel(textwrap.fill(words(up), 32))
    return ax


def plot_trajectory(found: Discovery, *, ax: Axes | None = None) -> Axes:
    """Draw coverage against density along the peeling of the first box, and the boxes that were chosen."""
    if ax is None:
        with journal_style():
            return plot_trajectory(found, ax=own_axes())
    steps = found.trajectory
    ax.set_axisbelow(True)
    ax.grid(color=GRID, linewidth=0.5)
    ax.plot(steps["coverage"], steps["density"], color=MUTED, marker="o", markersize=2.4, linewidth=0.8, zorder=2)
    for place, box in enumerate(found.boxes):
        look = LEVELS[place]
        ax.plot(box.coverage, box.density, look.marker, color=look.colour, markersize=6.5, zorder=3, linestyle="none")
        ax.annotate(
            f"box {place + 1}", (box.coverage, box.density), xytext=(-7 if box.coverage > HALF else 7, 0),
            textcoords="offset points", va="center", ha="right" if box.coverage > HALF else "left",
        )  # fmt: skip
    ax.set_xlim(-EDGE, 1.0 + EDGE)
    ax.set_ylim(-EDGE, 1.0 + EDGE)
    ax.set_xlabel("Coverage (share of the worlds of interest)")
    ax.set_ylabel("Density (share of the box)")
    return ax


def plot_limits(found: Discovery, *, ax: Axes | None = None, letters: int = 60) -> Axes:
    """Draw a row an uncertainty that a box limits: its whole range, and the part inside each box.

    Args:
        found: What was found.
        ax: Where to draw; a new figure if None.
        letters: How many of a level's words stand in a line; a third of them is left for names.
    """
    if ax is None:
        with journal_style():
            return plot_limits(found, ax=own_axes(), letters=NARROW)
    names = list(dict.fromkeys(limit.name for box in found.boxes for limit in box.limits))
    ax.set_axisbelow(True)
    for row, name in enumerate(names):
        ax.barh(row, 1.0, height=0.8, color=BAND, zorder=1)
        for place, box in enumerate(found.boxes):
            limit = next((one for one in box.limits if one.name == name), None)
            if limit is not None:
                at = row + BOX_STEP * (place - (len(found.boxes) - 1) / 2)
                _draw_limit(ax, limit, found.inputs[name], at, place, letters)
    ax.set_yticks(range(len(names)), [textwrap.fill(words(name), letters // 2) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(-0.08, 1.08)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return ax


def boxes_figure(found: Discovery, *, width: Width = "page", yardstick: str = "") -> Figure:
    """Draw what was found: worlds and the first box, its trajectory where PRIM found it, and the limits of all boxes.

    Args:
        found: What `discover` returns.
        width: Of a page or a column.
        yardstick: What makes sizes known to a reader, after the note.

    Raises:
        FigureError: No box was found, so there is nothing to draw.
    """
    if not found.boxes:
        raise FigureError(f"no box was found ({found.question}): nothing to draw")
    rows = len({limit.name for box in found.boxes for limit in box.limits})
    scatter, peeled = bool(_numbers(found.boxes[0])), not found.trajectory.empty
    with journal_style():
        low = ROW_INCHES * rows + 0.3
        high = 2.3 if scatter or peeled else 0.0
        stacked = width == "column" and scatter and peeled
        figure = new_figure(width, low + high * (2 if stacked else 1) + 0.8)
        upper = [draw for draw, wanted in ((plot_worlds, scatter), (plot_trajectory, peeled)) if wanted]
        across = 1 if stacked or not upper else len(upper)
        above = len(upper) if stacked else bool(upper)
        grid = figure.add_gridspec(above + 1, across, height_ratios=[high] * above + [low])
        for place, plot in enumerate(upper):
            ax = figure.add_subplot(grid[place, 0] if stacked else grid[0, place])
            plot(found, ax=ax)
            if place == 0 and scatter:
                handles, labels = ax.get_legend_handles_labels()
                figure.legend(handles, labels, loc="outside upper left", ncols=2, borderaxespad=0.2)
        letters = NARROW if width == "column" else 2 * NARROW
        plot_limits(found, ax=figure.add_subplot(grid[above, :]), letters=letters)
        footnote(figure, f"{boxes_note(found)} {yardstick}".strip(), width)
    return figure


def boxes_note(found: Discovery) -> str:
    """What is of interest, and what the frames and bars are."""
    cases, total = int(found.interest.sum()), len(found.interest)
    told = "; ".join(
        f"box {number}: coverage {box.coverage:.0%}, density {box.density:.0%}, {box.worlds} worlds"
        for number, box in enumerate(found.boxes, 1)
    )
    return (
        f"Worlds of interest: {found.question} ({cases} of {total}). Frame: the first box. Bars: the part of the range "
        "that is in a box, with its limits; pale where the limit may be chance (quasi-p above 0.05). "
        f"{told[:1].upper()}{told[1:]}."
    )


def boxes_seen(found: Discovery) -> str:
    """What the figure shows, in words, for those who do not see it."""
    told = "; ".join(
        f"box {place}, where {' and '.join(map(str, box.limits))}, holds {box.coverage:.0%} of them, and "
        f"{box.density:.0%} of its {box.worlds} worlds are of interest"
        for place, box in enumerate(found.boxes, 1)
    )
    cases, total = int(found.interest.sum()), len(found.interest)
    return f"A mark a world, and a frame round a box. {cases} of {total} worlds are of interest; {told}."


def _draw_limit(ax: Axes, limit: Limit, column: pd.Series, at: float, place: int, letters: int) -> None:
    """A bar from limit to limit with their values, or the levels as words."""
    look = LEVELS[place]
    alpha = 1.0 if limit.clear else 0.35
    if limit.levels is not None:
        text = " or ".join(words(limit.name, level) for level in limit.levels)
        ax.text(
            0.5,
            at,
            textwrap.fill(text, letters),
            ha="center",
            va="center",
            color=look.colour,
            alpha=alpha,
            fontweight="bold",
        )
        return
    values = column.to_numpy(dtype=float)
    bottom, size = float(values.min()), float(np.ptp(values)) or 1.0
    low, high = (
        ((one - bottom) / size) if one is not None else end for one, end in ((limit.low, 0.0), (limit.high, 1.0))
    )
    ax.barh(at, high - low, left=low, height=BOX_STEP * 0.8, color=look.colour, alpha=alpha, zorder=2)
    for one, end, shift, side in ((limit.low, low, -3, "right"), (limit.high, high, 3, "left")):
        if one is not None:
            ax.annotate(
                number(one, _decimals(size)), (end, at), xytext=(shift, 0), textcoords="offset points", va="center",
                ha=side, fontsize=6.5,
            )  # fmt: skip


def _decimals(size: float) -> int:
    """Decimals that tell hundredths of a range apart."""
    return max(0, 2 - int(np.floor(np.log10(size)))) if size < 100 else 0


def _numbers(box: Box) -> list[str]:
    """The numbers that a box limits, the clearest first."""
    limits = [limit for limit in box.limits if limit.levels is None]
    return [
        limit.name for limit in sorted(limits, key=lambda one: min(p for p in (one.p_low, one.p_high) if p is not None))
    ]


def _two_inputs(found: Discovery) -> tuple[str, str]:
    limited = _numbers(found.boxes[0]) if found.boxes else []
    if not limited:
        raise FigureError("the box limits no number: there is no plane to draw it in")
    others = [
        str(name)
        for name in found.inputs
        if pd.api.types.is_numeric_dtype(found.inputs[name]) and not pd.api.types.is_bool_dtype(found.inputs[name])
    ]
    first, *rest = list(dict.fromkeys([*limited, *others]))
    return first, rest[0] if rest else first


def _ends(limit: Limit | None, values: np.ndarray) -> tuple[float, float]:
    """Where a box ends on an axis: a little beyond the worlds where it has no limit."""
    size = float(np.ptp(values)) * EDGE
    low = None if limit is None else limit.low
    high = None if limit is None else limit.high
    return (float(values.min()) - size if low is None else low, float(values.max()) + size if high is None else high)
