"""Figures drawn from the tables of a study; nothing here runs a model."""

from __future__ import annotations

from schoolsim.figures.contrast import contrast_figure, plot_contrast
from schoolsim.figures.registry import FIGURES, Drawn, Tables, draw, draw_figures
from schoolsim.figures.save import PROVENANCE_KEYS, save
from schoolsim.figures.series import plot_series, series_figure
from schoolsim.figures.style import FigureError, style

__all__ = [
    "FIGURES",
    "PROVENANCE_KEYS",
    "Drawn",
    "FigureError",
    "Tables",
    "contrast_figure",
    "draw",
    "draw_figures",
    "plot_contrast",
    "plot_series",
    "save",
    "series_figure",
    "style",
]
