"""Figures drawn from the tables of a study; nothing here runs a model.

Each name is imported when it is first used: kinds of figure and their options are known without Matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.figures.adoption import plot_adoption
    from schoolsim.figures.contrast import contrast_figure, plot_contrast
    from schoolsim.figures.convergence import plot_convergence
    from schoolsim.figures.distribution import plot_distribution
    from schoolsim.figures.errors import FigureError
    from schoolsim.figures.evaluation import evaluation_caption, evaluation_figure
    from schoolsim.figures.funnel import plot_funnel
    from schoolsim.figures.kinds import FIGURES
    from schoolsim.figures.life_line import life_line_figure, plot_life_line
    from schoolsim.figures.network_map import map_caption, map_figure, plot_map
    from schoolsim.figures.plane import plot_plane
    from schoolsim.figures.ranking import plot_ranking
    from schoolsim.figures.registry import draw, draw_figures
    from schoolsim.figures.response import plot_dose, plot_interaction
    from schoolsim.figures.save import PROVENANCE_KEYS, save_figure
    from schoolsim.figures.series import plot_series, series_figure
    from schoolsim.figures.style import journal_style
    from schoolsim.figures.tables import Drawn, Tables
    from schoolsim.figures.trust import plot_trust, trust_figure
    from schoolsim.figures.uses import plot_uses

_HOMES = {
    "FIGURES": "kinds",
    "PROVENANCE_KEYS": "save",
    "Drawn": "tables",
    "FigureError": "errors",
    "Tables": "tables",
    "contrast_figure": "contrast",
    "draw": "registry",
    "draw_figures": "registry",
    "evaluation_caption": "evaluation",
    "evaluation_figure": "evaluation",
    "journal_style": "style",
    "life_line_figure": "life_line",
    "map_caption": "network_map",
    "map_figure": "network_map",
    "plot_adoption": "adoption",
    "plot_contrast": "contrast",
    "plot_convergence": "convergence",
    "plot_distribution": "distribution",
    "plot_dose": "response",
    "plot_funnel": "funnel",
    "plot_interaction": "response",
    "plot_life_line": "life_line",
    "plot_map": "network_map",
    "plot_plane": "plane",
    "plot_ranking": "ranking",
    "plot_series": "series",
    "plot_trust": "trust",
    "plot_uses": "uses",
    "save_figure": "save",
    "series_figure": "series",
    "trust_figure": "trust",
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
    "life_line_figure",
    "map_caption",
    "map_figure",
    "plot_adoption",
    "plot_contrast",
    "plot_convergence",
    "plot_distribution",
    "plot_dose",
    "plot_funnel",
    "plot_interaction",
    "plot_life_line",
    "plot_map",
    "plot_plane",
    "plot_ranking",
    "plot_series",
    "plot_trust",
    "plot_uses",
    "save_figure",
    "series_figure",
    "trust_figure",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
