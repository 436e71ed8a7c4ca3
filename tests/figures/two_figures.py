"""Two figures of the made-up study; `python -m tests.figures.two_figures FOLDER` draws them in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from schoolsim.figures import draw_figures
from tests.analysis.made_up_study import COLUMNS, PROVENANCE, made_up_runs, made_up_series

KINDS = (
    {"kind": "contrast", "outcomes": ["trust.mean"]},
    {"kind": "series", "outcomes": ["trust.mean"], "panels": "", "width": "column"},
)


def draw_two(folder: Path) -> None:
    """Write every file of both."""
    runs = made_up_runs(5)
    draw_figures(runs, made_up_series(runs, half_terms=8), COLUMNS, KINDS, PROVENANCE, folder)


if __name__ == "__main__":
    draw_two(Path(sys.argv[1]))
    assert "matplotlib.pyplot" not in sys.modules
