"""The picture of an evaluation: how often an effect is found, by size of sample, and how far estimates are off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator, PercentFormatter

from schoolsim.evaluations import Evaluation, design_words
from schoolsim.figures.style import BASELINE, GRID, LEVELS, MUTED, SMALL, footnote, journal_style, look, new_figure
from schoolsim.showing import counted

if TYPE_CHECKING:
    import pandas as pd

SPREAD: Final = 1.96
"""Standard deviations either side of the mean that hold 95% of samples."""
_ABOVE: Final = 32
"""Points between a panel and its title, where its legend stands."""
_BESIDE: Final = 0.06
"""Years by which estimates stand beside the true effect, so that neither hides the other."""


def evaluation_figure(found: Evaluation) -> Figure:
    """Draw an evaluation: on the left power by authorities, on the right estimates of the largest sample by years.

    With several numbers of schools, the power is that of the last year, a line a number of schools; otherwise a line
    a year, the last `len(LEVELS)` of them where there are more.
    """
    with journal_style():
        figure = new_figure("page", 3.6)
        left, right = figure.subplots(1, 2)
        _draw_power(left, found)
        _draw_estimates(right, _of_the_largest(found.table))
        footnote(figure, _note(found), "page")
        return figure


def evaluation_caption(found: Evaluation) -> str:
    """What the figure shows, in words, for those who do not see it."""
    return f"{found.title}. {_note(found)} " + " ".join(found.lines())


def _draw_power(ax: Axes, found: Evaluation) -> None:
    table, last = found.table, int(found.table["years"].max())
    by_schools = table["schools"].nunique() > 1
    column, table = ("schools", table[table["years"] == last]) if by_schools else ("years", table)
    for index, level in enumerate(sorted(set(table[column]), key=lambda n: n or float("inf"))[-len(LEVELS) :]):
        own, shown = table[table[column] == level], look(index)
        if by_schools:
            label = "all schools" if level == 0 else f"{level} schools of each"
        else:
            label = f"after {counted(int(level), 'year')}"
        ax.fill_between(
            own["authorities"], own["power_low"], own["power_high"], color=shown.colour, alpha=0.12, linewidth=0
        )
        ax.plot(own["authorities"], own["power"], color=shown.colour, linestyle=shown.line, marker=shown.marker,
                markerfacecolor=shown.face, markersize=4, label=label)  # fmt: skip
    # Power counts effects of the true sign, of which chance alone brings half of those that the level allows.
    for share, words in ((found.design.power, "wanted"), (found.design.level / 2, "by chance")):
        ax.axhline(share, color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        ax.annotate(words, (1, share), xycoords=("axes fraction", "data"), xytext=(3, 0), textcoords="offset points",
                    va="center", color=MUTED, fontsize=SMALL)  # fmt: skip
    numbers = sorted(set(table["authorities"]))
    if len(numbers) > 1:
        ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(numbers))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set(ylim=(0, 1.03), xlabel="Authorities in the sample", ylabel="Samples that find the effect")
    ax.set_title(f"Power after {counted(last, 'year')}" if by_schools else "Power", pad=_ABOVE)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.98), ncols=3, columnspacing=1.0, handlelength=1.8)


def _draw_estimates(ax: Axes, table: pd.DataFrame) -> None:
    ax.axhline(0, color=GRID, linewidth=0.9, zorder=1)
    years, shown = table["years"], LEVELS[1]
    ax.errorbar(years + _BESIDE, table["estimate"], yerr=SPREAD * table["spread"], color=shown.colour,
                linestyle="none", marker=shown.marker, markerfacecolor=shown.face, markersize=4, capsize=2,
                label="estimates: mean, and 95% of samples")  # fmt: skip
    ax.plot(years - _BESIDE, table["effect"], color=BASELINE.colour, linestyle="none", marker=BASELINE.marker,
            markersize=6, label="true effect on teaching")  # fmt: skip
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.margins(x=0.15, y=0.25)
    ax.set(xlabel="Years of policy read", ylabel="Effect (percentage points)")
    ax.set_title("Estimates of the largest sample", pad=_ABOVE)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.98))


def _of_the_largest(table: pd.DataFrame) -> pd.DataFrame:
    last = table.iloc[-1]
    return table[(table["authorities"] == last["authorities"]) & (table["schools"] == last["schools"])]


def _note(found: Evaluation) -> str:
    last = found.table.iloc[-1]
    schools = "all their schools" if last["schools"] == 0 else f"{int(last['schools'])} schools of each"
    return (
        f"{design_words(found.design)[:1].upper()}{design_words(found.design)[1:]}. {int(last['samples'])} samples of "
        f"each size; bands are 95% intervals of the share that finds an "
        f"effect of the true sign. The largest sample: "
        f"{counted(int(last['authorities']), 'authority', 'authorities')}, {schools}."
    )
