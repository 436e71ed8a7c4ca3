"""Panels of a figure: layout, shared scales, titles and the legend."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from schoolsim.analysis.sentences import heading_words, level_words, parameter_words
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import MOST_SIDE_BY_SIDE, Width
from schoolsim.figures.style import (
    LEGEND_SIZE,
    TITLE_SIZE,
    WIDTHS,
    characters,
    footnote,
    journal_style,
    new_figure,
)

ROW_LABELS, HANDLE, LINE_HEIGHT = 1.1, 0.45, 0.14
"""Inches: of the labels of rows, of a key in the legend with the space beside it, and of a line of text."""


@dataclass(frozen=True)
class Panels:
    """Panels of a figure: `rows` of things drawn apart, once for every level of a setting.

    On a page the levels stand side by side; in a column all panels are one under another.

    Args:
        figure: The figure they are in.
        axes: The panel of each row and level.
        column: The column of the setting, or None where there is only one panel a row.
        levels: Its levels.
        width: The figure's width.
    """

    figure: Figure
    axes: dict[tuple[int, int], Axes]
    column: str | None
    levels: Sequence[object]
    width: Width

    @property
    def stacked(self) -> bool:
        """Whether all panels are one under another."""
        return self.width == "column"

    def row(self, index: int) -> list[Axes]:
        """The panels of one row, in the order of the levels."""
        return [ax for (row, _), ax in self.axes.items() if row == index]

    def part(self, table: pd.DataFrame, level: int) -> pd.DataFrame:
        """The rows of a table that belong to a level of the setting."""
        return table if self.column is None else table[table[self.column] == self.levels[level]]

    def title(self) -> None:
        """Write (a), (b) … and the setting over each panel, or over each column of panels."""
        if self.column is None:
            return
        for (row, level), ax in self.axes.items():
            number = row * len(self.levels) + level if self.stacked else level
            if row == 0 or self.stacked:
                ax.set_title(panel_title(self.column, self.levels, level, number, self.width))

    def share(self, axis: str) -> None:
        """Give the panels of each row the same limits, so that settings can be compared."""
        for index in {row for row, _ in self.axes}:
            panels = self.row(index)
            limits = [getattr(ax, f"get_{axis}lim")() for ax in panels]
            low, high = min(a for a, _ in limits), max(b for _, b in limits)
            for ax in panels:
                getattr(ax, f"set_{axis}lim")(low, high)

    def ticks(self) -> None:
        """Leave room between the numbers on the x axes, the more so the more panels in a row."""
        side_by_side = 1 if self.stacked else len(self.levels)
        for ax in self.axes.values():
            bins = {1: 6, 2: 5, 3: 4}[side_by_side]
            ax.xaxis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10]))

    def inner_labels(self) -> None:
        """Keep labels on the outer panels only: left on a page, last of its row in a column."""
        for (_, level), ax in self.axes.items():
            if self.stacked and level < len(self.levels) - 1:
                ax.set_xlabel("")
            if not self.stacked and level > 0:
                ax.set_ylabel("")
                ax.tick_params(axis="y", labelleft=False)


def panel_levels(table: pd.DataFrame, column: str | None, width: Width) -> list[object]:
    """The levels that make a panel each, in the order of the table.

    Raises:
        FigureError: If the column is missing, or there are too many to stand side by side.
    """
    if column is None:
        return [None]
    if column not in table:
        raise FigureError(f"the table has no column {column} to make panels of")
    levels = list(dict.fromkeys(table[column]))
    if width == "page" and len(levels) > MOST_SIDE_BY_SIDE:
        raise FigureError(
            f"{column} has {len(levels)} levels; at most {MOST_SIDE_BY_SIDE} panels stand side "
            'by side: choose width = "column" or another column for panels'
        )
    return levels


def make_panels(
    figure: Figure, table: pd.DataFrame, column: str | None, width: Width, *, heights: list[float]
) -> Panels:
    """Lay out a row of panels for each of `heights`, and a panel in it for each level."""
    levels = panel_levels(table, column, width)
    pairs = [(row, level) for row in range(len(heights)) for level in range(len(levels))]
    if width == "column":
        ratios = [heights[row] for row, _ in pairs]
        grid = figure.subplots(len(pairs), 1, squeeze=False, height_ratios=ratios)
    else:
        grid = figure.subplots(len(heights), len(levels), squeeze=False, height_ratios=heights)
    return Panels(figure, dict(zip(pairs, grid.flat, strict=True)), column, levels, width)


def panel_title(column: str, levels: Sequence[object], level: int, number: int, width: Width) -> str:
    """`(a) Low competition`, in as many lines as the panel's width asks for."""
    side_by_side = 1 if width == "column" else len(levels)
    inches = (WIDTHS[width] - ROW_LABELS) / side_by_side
    words = heading_words(column, levels[level], levels)
    return textwrap.fill(f"({chr(ord('a') + number)}) {words}", characters(inches, TITLE_SIZE))


def title_height(column: str | None, levels: Sequence[object], width: Width, rows: int) -> float:
    """Inches that titles of more than one line take, of all panels that stand one under another.

    Args:
        column: The column that makes the panels, if any.
        levels: Its levels.
        width: The figure's width.
        rows: Rows of panels.
    """
    if column is None:
        return 0.0
    lines = [panel_title(column, levels, level, 0, width).count("\n") for level in range(len(levels))]
    return LINE_HEIGHT * (rows * sum(lines) if width == "column" else max(lines))


@dataclass(frozen=True)
class Key:
    """The words of a legend.

    Args:
        labels: Of what is drawn, in the order in which it was.
        title: Over them.
        width: The figure's width.
    """

    labels: Sequence[str]
    title: str | None
    width: Width

    @property
    def columns(self) -> int:
        """Labels that fit beside one another."""
        widest = max(len(line) for label in self.labels for line in label.splitlines())
        inches = HANDLE + widest * 0.58 * LEGEND_SIZE / 72
        return max(1, min(len(self.labels), int(WIDTHS[self.width] / inches)))

    @property
    def height(self) -> float:
        """Inches beyond those of a legend of two lines."""
        rows = -(-len(self.labels) // self.columns) * max(label.count("\n") + 1 for label in self.labels)
        title = 0 if self.title is None else self.title.count("\n") + 1
        return LINE_HEIGHT * max(0, rows + title - 2)

    def draw(self, figure: Figure, ax: Axes) -> None:
        """Draw it over the panels, with the looks of one of them."""
        handles, _ = ax.get_legend_handles_labels()
        figure.legend(
            handles,
            self.labels,
            title=self.title,
            loc="outside upper left",
            ncols=self.columns,
            alignment="left",
            columnspacing=1.4,
            handletextpad=0.5,
            borderaxespad=0.2,
        )


@dataclass(frozen=True)
class Legend:
    """What stands over a figure: the levels of a lever, and what they are compared with.

    Args:
        lever: The lever.
        levels: The levels drawn.
        baseline: What they are compared with; None where levels themselves are drawn.
        width: The figure's width.
    """

    lever: str
    levels: Sequence[object]
    baseline: object | None
    width: Width

    @property
    def title(self) -> str | None:
        """`Compared with no badge:`, with the lever's name where the levels are numbers."""
        words = parameter_words(self.lever)
        if self.baseline is None:
            return None if words.levels else f"{words.label}:"
        lead = "Compared" if words.levels else f"{words.label}, compared"
        text = f"{lead} with {level_words(self.lever, self.baseline)}:"
        return textwrap.fill(text, characters(WIDTHS[self.width], LEGEND_SIZE))

    @property
    def labels(self) -> list[str]:
        """The levels in words, broken where one is wider than the figure."""
        most = characters(WIDTHS[self.width] - HANDLE, LEGEND_SIZE)
        return [textwrap.fill(level_words(self.lever, level), most) for level in self.levels]

    @property
    def key(self) -> Key:
        """What is written."""
        return Key(self.labels, self.title, self.width)

    @property
    def height(self) -> float:
        """Inches beyond those of a legend of two lines."""
        return self.key.height


@contextmanager
def laid_out(
    table: pd.DataFrame,
    column: str | None,
    width: Width,
    *,
    heights: list[float],
    frame: float,
    room: float = 0.0,
    key: Key | None = None,
    note: str = "",
) -> Iterator[Panels]:
    """Panels to draw in, in a figure as high as they need; when they are drawn, titles, legend and footnote are added.

    Args:
        table: What is drawn, with `column` among its columns.
        column: The column that makes the panels, if any.
        width: "page" puts its levels side by side, "column" one under another.
        heights: Inches of each row of panels.
        frame: Inches of what stands around the panels, with a legend of two lines where there is one.
        room: Inches that the panels of one level take beside their heights.
        key: The legend, if any.
        note: The footnote.

    Yields:
        The panels, inside the style of a journal.

    Raises:
        FigureError: If the column is missing, or its levels are too many to stand side by side.
    """
    levels = panel_levels(table, column, width)
    stacked = len(levels) if width == "column" else 1
    height = frame + (sum(heights) + room) * stacked + title_height(column, levels, width, len(heights))
    with journal_style():
        figure = new_figure(width, height + (key.height if key else 0.0))
        grid = make_panels(figure, table, column, width, heights=heights)
        yield grid
        grid.title()
        grid.inner_labels()
        if key:
            key.draw(figure, next(iter(grid.axes.values())))
        footnote(figure, note, width)


def wrap(label: str, characters: int) -> str:
    """Break a label that is too long, at its comma if it has one."""
    if len(label) <= characters:
        return label
    return "\n".join(textwrap.fill(part, characters) for part in label.replace(", ", ",|").split("|"))
