"""One look for every figure: readable in print, in grey, and to the colour-blind.

Colours are those of Okabe and Ito (2008), in an order whose greys differ; every level of a lever
also has its own marker and line style, so no figure rests on colour alone. Nothing here touches
Matplotlib's global state, but for the name of a font.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import matplotlib
import matplotlib.style
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.layout_engine import ConstrainedLayoutEngine

from schoolsim.analysis.quantities import number
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width

WIDTHS = {"column": 3.5, "page": 7.2}
"""Inches: one column (89 mm) and a page (183 mm) of most journals."""

DPI = 300
INK, MUTED, GRID, BAND = "#1a1a1a", "#5f5f5f", "#dcdcdc", "#f3f3f3"
SMALL, LEGEND_SIZE, TITLE_SIZE = 6.5, 7.5, 8
"""Points: the smallest text of a figure, its legend, the titles of its panels."""

FONT = "DejaVu Sans of Matplotlib"
"""The font that comes with Matplotlib, by a name of its own: the machine may have another release of DejaVu Sans."""

STYLE = {
    "font.family": FONT,
    "font.size": 7.5,
    "axes.titlesize": TITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 7.5,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7.5,
    "legend.fontsize": LEGEND_SIZE,
    "legend.frameon": False,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.4,
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "savefig.facecolor": "white",
    "pdf.fonttype": 42,  # TrueType: text in the file stays text
    "svg.fonttype": "path",  # outlines: the same picture where the font is missing
    "svg.hashsalt": "schoolsim",
}


@dataclass(frozen=True)
class Look:
    """How one level of a lever is drawn, wherever it is drawn."""

    colour: str
    marker: str
    line: str | tuple[int, tuple[float, ...]]
    filled: bool

    @property
    def face(self) -> str:
        """Colour inside the marker."""
        return self.colour if self.filled else "white"


BASELINE = Look("#000000", "x", "solid", True)
LEVELS = (
    Look("#0072B2", "o", "solid", True),
    Look("#D55E00", "s", (0, (5, 1.6)), False),
    Look("#009E73", "^", (0, (1.2, 1.2)), True),
    Look("#CC79A7", "D", (0, (6, 1.5, 1.2, 1.5)), False),
    Look("#56B4E9", "v", (0, (3, 1, 1, 1, 1, 1)), True),
    Look("#E69F00", "P", (0, (8, 2)), True),
)


def look(index: int) -> Look:
    """The look of the level at `index` after the baseline.

    Raises:
        FigureError: If there are more levels than can be told apart.
    """
    if index >= len(LEVELS):
        raise FigureError(f"a figure tells at most {len(LEVELS)} levels apart; choose fewer")
    return LEVELS[index]


@cache
def _name_font() -> None:
    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    for face in ("", "-Bold", "-Oblique", "-BoldOblique"):
        font = font_manager.ttfFontProperty(FT2Font(str(folder / f"DejaVuSans{face}.ttf")))
        font_manager.fontManager.ttflist.append(replace(font, name=FONT))


@contextmanager
def journal_style() -> Iterator[None]:
    """Matplotlib's own defaults with `STYLE` on top, whatever the user's settings are."""
    _name_font()
    with matplotlib.style.context(STYLE, after_reset=True):
        yield


def new_figure(width: Width, height: float) -> Figure:
    """An empty figure of a journal's width; call it inside `journal_style()`."""
    return Figure(
        figsize=(WIDTHS[width], height),
        layout=ConstrainedLayoutEngine(w_pad=0.05, h_pad=0.04, wspace=0.04),
    )


def own_axes() -> Axes:
    """Axes in a new figure one column wide; call it inside `journal_style()`."""
    return new_figure("column", 2.6).add_subplot()


def plain_numbers(axis: Axis) -> None:
    """Write thousands as 20,000 rather than 20000 or 2e4."""
    if max(abs(limit) for limit in axis.get_view_interval()) >= 1000:
        axis.set_major_formatter(lambda value, _: number(value, 0))


def characters(inches: float, size: float) -> int:
    """Letters of a size, in points, that fit into a width: the mean letter of the font is 0.58 of its size."""
    return int(inches * 72 / (0.58 * size))


def footnote(figure: Figure, text: str, width: Width) -> None:
    """A small line at the foot of the figure, such as what the bars are."""
    lines = textwrap.fill(text.replace("n = ", "n\u00a0=\u00a0"), characters(WIDTHS[width], SMALL))
    figure.supxlabel(lines, x=0.012, ha="left", fontsize=SMALL, color=MUTED, linespacing=1.3)
