"""Trust by distance and by rivalry: every tie between schools, and means of ties alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.style import GRID, footnote, journal_style, look, new_figure, own_axes
from schoolsim.parameters.errors import did_you_mean

RIVALS: Final = 0.1
"""Rivalry from which two schools count as rivals, as for the outcome `trust.rival`."""
GROUPS, FEWEST = 6, 5
"""Most groups of ties alike, and fewest ties of one."""
ALONG: Final[Mapping[str, str]] = {"miles": "Distance (miles)", "rivalry": "Rivalry (0 to 1)"}
"""What trust is drawn along: the column, and the words of its axis."""
NOTE: Final = (
    "Small marks: ties between schools; trust is the mean of both ways. Large marks: means of as many ties each, with "
    f"95% intervals. Rivals: rivalry of {RIVALS:g} or more."
)


def plot_trust(ties: pd.DataFrame, along: str = "miles", *, ax: Axes | None = None) -> Axes:
    """Draw trust on ties by distance, apart for rivals and others, or by rivalry, apart for partners and others.

    Args:
        ties: One row a tie, as `mapping.school_ties`: `miles`, `rivalry`, `trust`, `partnership`.
        along: A key of `ALONG`.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: There is nothing of that name to draw along, or no tie.
    """
    if along not in ALONG:
        raise FigureError(f'trust is not drawn by "{along}".{did_you_mean(along, ALONG)} There are: {", ".join(ALONG)}')
    if ties.empty:
        raise FigureError("no two schools are tied: nothing to draw")
    if ax is None:
        with journal_style():
            return plot_trust(ties, along, ax=own_axes())
    for place, (label, own) in enumerate(_kinds(ties, along).items()):
        shown = look(place)
        ax.plot(
            own[along], own["trust"], shown.marker, color=shown.colour, markerfacecolor=shown.face, markersize=1.8,
            markeredgewidth=0.4, alpha=0.35, linestyle="none", zorder=2,
        )  # fmt: skip
        means = group_means(own, along)
        ax.errorbar(
            means["at"], means["mean"], yerr=[means["mean"] - means["low"], means["high"] - means["mean"]],
            fmt=shown.marker, linestyle=shown.line, linewidth=0.9, color=shown.colour, markerfacecolor=shown.face,
            markersize=5.0, markeredgewidth=1.1, elinewidth=1.1, capsize=2, label=f"{label} ({len(own):,})", zorder=3,
        )  # fmt: skip
    ax.set_xlabel(ALONG[along])
    ax.set_ylabel("Trust on a tie (0 to 1)")
    ax.set_ylim(0.0, 1.0)
    ax.set_axisbelow(True)
    ax.grid(color=GRID, linewidth=0.5)
    return ax


def trust_figure(ties: pd.DataFrame, *, width: Width = "page") -> Figure:
    """Draw trust by distance and by rivalry.

    Args:
        ties: As for `plot_trust`.
        width: "page" puts the two panels side by side, "column" one under another.

    Raises:
        FigureError: There is no tie.
    """
    with journal_style():
        stacked = width == "column"
        figure = new_figure(width, 5.8 if stacked else 3.2)
        panels = figure.subplots(2, 1) if stacked else figure.subplots(1, 2, sharey=True)
        for letter, ax, along in zip("ab", panels, ALONG, strict=True):
            plot_trust(ties, along, ax=ax)
            ax.set_title(f"({letter}) By {'distance' if along == 'miles' else along}", pad=16)
            ax.legend(loc="lower left", bbox_to_anchor=(0.0, 0.985), ncols=2, borderaxespad=0.2, columnspacing=1.0)
            if letter == "b" and not stacked:
                ax.set_ylabel("")
        footnote(figure, NOTE, width)
    return figure


def trust_caption(ties: pd.DataFrame, title: str) -> str:
    """What the figure shows, in words, for those who do not see it."""
    rivals = ties["rivalry"] >= RIVALS
    near = ties["miles"] <= ties["miles"].median()
    said = [
        f"{words} {_mean(ties[chosen])}"
        for words, chosen in (
            ("between rivals", rivals), ("between others", ~rivals), ("on the nearer half of ties", near),
            ("on the farther", ~near), ("between partners at work", ties["partnership"].astype(bool)),
        )
    ]  # fmt: skip
    return f"{title}. Trust by distance and rivalry, {len(ties):,} ties. Mean trust: {'; '.join(said)}. {NOTE}"


def group_means(ties: pd.DataFrame, along: str) -> pd.DataFrame:
    """Means of ties alike, in up to `GROUPS` groups of as many ties each; those that are none (0) are one of their own.

    Returns:
        One row a group: `at`, its mean place; `mean`, `low`, `high` of trust (Student t, 95%); `n`.
    """
    ordered = ties.sort_values(along, kind="stable")
    none = ordered[ordered[along] == 0.0]
    some = ordered[ordered[along] != 0.0]
    number = max(1, min(GROUPS, len(some) // FEWEST))
    parts = [none, *(some.iloc[rows] for rows in np.array_split(np.arange(len(some)), number))]
    rows = [
        {"at": float(part[along].mean()), "n": len(part), **_interval(part["trust"].to_numpy(dtype=float))}
        for part in parts
        if len(part) >= min(FEWEST, len(ties))
    ]
    return pd.DataFrame(rows, columns=["at", "n", "mean", "low", "high"])


def _kinds(ties: pd.DataFrame, along: str) -> dict[str, pd.DataFrame]:
    """Ties that are drawn apart, by what they are called; none that has no tie."""
    apart = ties["rivalry"] >= RIVALS if along == "miles" else ties["partnership"].astype(bool)
    words = ("rivals", "not rivals") if along == "miles" else ("working together", "acquainted")
    found = {word: ties[apart == flag] for word, flag in zip(words, (True, False), strict=True)}
    return {word: part for word, part in found.items() if len(part)}


def _interval(values: np.ndarray) -> dict[str, float]:
    mean = float(values.mean())
    half = float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)) if len(values) > 1 else 0.0
    return {"mean": mean, "low": mean - half, "high": mean + half}


def _mean(ties: pd.DataFrame) -> str:
    return f"{ties['trust'].mean():.2f}" if len(ties) else "no tie"
