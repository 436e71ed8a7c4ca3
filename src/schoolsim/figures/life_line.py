"""The life line of one partnership: trust, mastery and hours, half-term by half-term, and what happened when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.series import HALF_TERMS
from schoolsim.figures.style import (
    GRID,
    INK,
    LEVELS,
    MUTED,
    SMALL,
    footnote,
    journal_style,
    new_figure,
    own_axes,
)
from schoolsim.parameters.errors import did_you_mean
from schoolsim.stories import Story
from schoolsim.stories.names import when

SHOWN: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "trust": (
        "Trust (0 to 1)", {"trust_partner": "the partner's in the originator", "trust_originator": "the other way"},
    ),
    "mastery": (
        "Mastery of what\nthey work on (0 to 1)", {"ahead": "those who pass it on", "mastery": "those who learn it"},
    ),
    "hours": ("Hours of each pair\n(a half-term)", {"hours": "all", "together": "of them, on getting together"}),
}  # fmt: skip
"""What a panel shows: the words of its axis, and columns with their words."""
PANEL_HEIGHT: Final = 1.35


def plot_life_line(path: pd.DataFrame, show: str = "trust", *, ax: Axes | None = None) -> Axes:
    """Draw one side of a partnership's life, a line for each column, and numbered lines where something happened.

    Args:
        path: One row a half-term in which the two schools worked together, as `Story.path`: `half_term`, the columns of
            `SHOWN`, and `events`, in words, joined by "; " and empty where nothing happened.
        show: A key of `SHOWN`.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes; its horizontal one is in years of policy.

    Raises:
        FigureError: There is no such side, or no half-term.
    """
    if show not in SHOWN:
        raise FigureError(f'no side "{show}" of a life line.{did_you_mean(show, SHOWN)} There are: {", ".join(SHOWN)}')
    if path.empty:
        raise FigureError("no half-term of the partnership was seen: nothing to draw")
    if ax is None:
        with journal_style():
            return plot_life_line(path, show, ax=own_axes())
    label, columns = SHOWN[show]
    # Where the two schools did not work together there is no line.
    whole = path.set_index("half_term").reindex(range(int(path["half_term"].min()), int(path["half_term"].max()) + 1))
    years = (whole.index.to_numpy() + 0.5) / HALF_TERMS
    for look, (column, words) in zip(LEVELS, columns.items(), strict=False):
        ax.plot(
            years, whole[column].astype(float), color=look.colour, linestyle=look.line, marker=look.marker,
            markerfacecolor=look.face, markersize=3.6, markeredgewidth=0.9, label=words, zorder=3,
        )  # fmt: skip
    for number, (half_term, _) in enumerate(happenings(path), 1):
        at = (half_term + 0.5) / HALF_TERMS
        ax.axvline(at, color=MUTED, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
        ax.annotate(
            str(number), (at, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1), textcoords="offset points",
            ha="center", va="bottom", fontsize=SMALL, color=INK,
        )  # fmt: skip
    ax.set_ylabel(label)
    ax.set_xlabel("Years of policy")
    ax.set_ylim(0.0, 1.0 if show != "hours" else None)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    return ax


def life_line_figure(story: Story, *, width: Width = "page") -> Figure:
    """Draw the life of a partnership: a panel for trust, mastery and hours, and below them what happened.

    Args:
        story: The story of a partnership.
        width: Of a page or a column.

    Raises:
        FigureError: The story is of no partnership.
    """
    path = path_of(story)
    note = life_line_note(path)
    with journal_style():
        lines = len(note) / (120 if width == "page" else 56) + 1
        figure = new_figure(width, 0.6 + (PANEL_HEIGHT + 0.3) * len(SHOWN) + 0.11 * lines)
        panels = figure.subplots(len(SHOWN), 1, sharex=True)
        for ax, show in zip(panels, SHOWN, strict=True):
            plot_life_line(path, show, ax=ax)
            ax.legend(
                loc="lower right", bbox_to_anchor=(1.0, 1.06), ncols=2, borderaxespad=0.0, columnspacing=1.2,
                handletextpad=0.5,
            )  # fmt: skip
            if ax is not panels[-1]:
                ax.set_xlabel("")
        footnote(figure, note, width)
    return figure


def life_line_caption(story: Story) -> str:
    """What the figure shows, in words, for those who do not see it."""
    path = path_of(story)
    first, last = path.iloc[0], path.iloc[-1]
    change = "; ".join(
        f"{words} from {first[column]:.2f} to {last[column]:.2f}"
        for words, column in (
            ("the partner's trust in the originator", "trust_partner"),
            ("the originator's in the partner", "trust_originator"),
            ("the learners' mastery", "mastery"),
        )
    )
    return f"{story.title}, seed {story.seed}; {story.picked}. {change[:1].upper()}{change[1:]}. {life_line_note(path)}"


def life_line_note(path: pd.DataFrame) -> str:
    """What happened, by the numbers that stand over the panels."""
    told = [
        f"{number}: {when(half_term).lower()}, {events}"
        for number, (half_term, events) in enumerate(happenings(path), 1)
    ]
    return f"{'. '.join(told)}." if told else "Nothing changed while they worked together."


def happenings(path: pd.DataFrame) -> list[tuple[int, str]]:
    """The half-terms in which something happened, and what."""
    rows = path[path["events"] != ""]
    return [(int(half_term), str(events)) for half_term, events in zip(rows["half_term"], rows["events"], strict=True)]


def path_of(story: Story) -> pd.DataFrame:
    """The path of a partnership as a table.

    Raises:
        FigureError: The story is of no partnership.
    """
    if not story.path:
        raise FigureError(f"a life line is drawn of a partnership, and {story.title} is none")
    return pd.DataFrame(list(story.path))
