"""Two figures of the made-up study; `python -m tests.figures.two_figures KIND FOLDER` draws one in its own process."""

from __future__ import annotations

import sys
from pathlib import Path

from schoolsim.figures import draw_figures
from tests.analysis.made_up_study import COLUMNS, PROVENANCE, made_up_runs, made_up_series

FIGURES = {
    "contrast": {"kind": "contrast", "outcomes": ["trust.mean"]},
    "series": {"kind": "series", "outcomes": ["trust.mean"], "panels": "", "width": "column"},
}


def draw_one(kind: str, folder: Path) -> None:
    """Write every file of a figure."""
    runs = made_up_runs(5)
    draw_figures(runs, made_up_series(runs, half_terms=8), COLUMNS, [FIGURES[kind]], PROVENANCE, folder)


if __name__ == "__main__":
    draw_one(sys.argv[1], Path(sys.argv[2]))
    assert "matplotlib.pyplot" not in sys.modules
