"""Figures drawn from the tables of a study; nothing here runs a model.

Each name is imported when it is first used: kinds of figure and their options are known without Matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.figures.contrast import contrast_figure, plot_contrast
    from schoolsim.figures.errors import FigureError
    from schoolsim.figures.evaluation import evaluation_caption, evaluation_figure
    from schoolsim.figures.kinds import FIGURES
    from schoolsim.figures.network_map import map_caption, map_figure, plot_map
    from schoolsim.figures.registry import Drawn, Tables, draw, draw_figures
    from schoolsim.figures.save import PROVENANCE_KEYS, save_figure
    from schoolsim.figures.series import plot_series, series_figure
    from schoolsim.figures.style import journal_style

_HOMES = {
    "FIGURES": "kinds",
    "PROVENANCE_KEYS": "save",
    "Drawn": "registry",
    "FigureError": "errors",
    "Tables": "registry",
    "contrast_figure": "contrast",
    "draw": "registry",
    "draw_figures": "registry",
    "evaluation_caption": "evaluation",
    "evaluation_figure": "evaluation",
    "journal_style": "style",
    "map_caption": "network_map",
    "map_figure": "network_map",
    "plot_contrast": "contrast",
    "plot_map": "network_map",
    "plot_series": "series",
    "save_figure": "save",
    "series_figure": "series",
}
__all__ = [
    "FIGURES",
    "PROVENANCE_KEYS",
    "Drawn",
    "FigureError",
    "Tables",
    "contrast_figure",
    "draw",
    "draw_figures",
    "evaluation_caption",
    "evaluation_figure",
    "journal_style",
    "map_caption",
    "map_figure",
    "plot_contrast",
    "plot_map",
    "plot_series",
    "save_figure",
    "series_figure",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
