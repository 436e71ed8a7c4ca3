"""Finding text that covers other text, or leaves the figure."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

TOLERANCE = 1.0
"""Pixels that two boxes may share: boxes of letters are a little larger than their ink."""


def text_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every visible text and where it is drawn, in pixels."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes, hidden = [], _ticks_out_of_view(figure)
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            boxes.append((text.get_text(), text.get_window_extent(renderer)))
    return boxes


def faults(figure: Figure) -> list[str]:
    """Pairs of texts that overlap, and texts that are not whole inside the figure."""
    boxes = text_boxes(figure)
    width, height = figure.canvas.get_width_height()
    found = [
        f"{name!r} leaves the figure"
        for name, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    for (one, a), (two, b) in combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > TOLERANCE and down > TOLERANCE:
            found.append(f"{one!r} covers {two!r}")
    return found


def _ticks_out_of_view(figure: Figure) -> set[Text]:
    """Labels that Matplotlib keeps beyond the ends of an axis and never draws."""
    hidden: set[Text] = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = (high - low) * 1e-9
            for tick in axis.get_major_ticks():
                if not low - slack <= tick.get_loc() <= high + slack:
                    hidden |= {tick.label1, tick.label2}
    return hidden
