"""Draws the pictures of docs/explanation/model.md: what there is, a half-term, the four modes, one partnership."""

from __future__ import annotations

import textwrap
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from schoolsim.figures.style import BAND, GRID, INK, LEVELS, MUTED, journal_style, new_figure
from schoolsim.parameters import Scenario
from schoolsim.rules.codes import MODES
from schoolsim.rules.modes import mode_terms
from schoolsim.system.phases import PHASES
from schoolsim.system.state.schema import HALF_TERMS

BLUE, ORANGE, GREEN, PINK = (look.colour for look in LEVELS[:4])
SMALL: Final = 6.5

#: What each phase does, for somebody who has not read the code.
PHASE_WORDS: Final = {
    "policy": "Programmes begin and end, badges are awarded, money is paid.",
    "market": "Once a year: parents choose among the schools near them.",
    "leadership": "Heads say how many hours their staff may spend with others.",
    "needs": "Schools and teachers settle on what they want to be better at.",
    "brokerage": "Brokers visit and introduce; networks meet.",
    "matching": "Schools that look for help ask, and are accepted or refused.",
    "joint_work": "Partners meet; pairs of teachers spend their hours; practice passes.",
    "classroom": "What was learnt is tried, made routine or dropped; pupils respond.",
    "relations": "Trust grows where work went well, and wears where there is none.",
    "outcomes": "Once a year: results are published.",
    "careers": "Partnerships end or go on; once a year people leave, move and arrive.",
}
#: Phases that are idle in most half-terms: they belong to the school year.
YEARLY: Final = ("market", "outcomes")

#: What passes in each mode, in a sentence.
MODE_WORDS: Final = {
    "replication": "The practice is copied as it is. It is quick to pass on, and remains the other school's.",
    "adaptation": "The learners change it until it fits their school. It is slower, and becomes theirs.",
    "exchange": "Both schools give and both learn; each improves what the other does.",
    "creation": "Nobody has it yet. Two who differ make something that neither had.",
}
#: Terms of a mode that the picture shows: keys of the catalogue, and what they are called here.
TERMS: Final = {
    "pace": "mastery an hour",
    "say": "say of the learner",
    "familiarity": "acquaintance an hour",
    "overhead": "hours to agree",
}


def _canvas(height: float, width: float, rows: float) -> tuple[Figure, Axes]:
    """A page-wide drawing board without axes, `width` by `rows` units."""
    figure = new_figure("page", height)
    axes = figure.add_subplot()
    axes.set_xlim(0, width)
    axes.set_ylim(0, rows)
    axes.axis("off")
    return figure, axes


def _box(axes: Axes, x: float, y: float, width: float, height: float, colour: str, face: str = "white") -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x, y), width, height, boxstyle="round,pad=0,rounding_size=0.12", edgecolor=colour, facecolor=face,
            linewidth=1.1,
        )
    )  # fmt: skip


def _arrow(
    axes: Axes, begin: tuple[float, float], end: tuple[float, float], colour: str, *, both: bool = False,
    line: str = "solid", bend: float = 0.0,
) -> None:  # fmt: skip
    axes.add_patch(
        FancyArrowPatch(
            begin, end, arrowstyle="<|-|>" if both else "-|>", mutation_scale=8, color=colour, linewidth=1.2,
            linestyle=line, connectionstyle=f"arc3,rad={bend}", shrinkA=1, shrinkB=1,
        )
    )  # fmt: skip


def _school(axes: Axes, x: float, y: float, name: str, *, badge: bool = False) -> None:
    """A school with its head above and six teachers, at its lower left corner."""
    _box(axes, x, y, 2.3, 1.5, INK, BAND)
    axes.text(x + 1.15, y + 1.27, name, ha="center", va="center", fontsize=7, fontweight="bold")
    axes.add_patch(Circle((x + 0.3, y + 0.85), 0.12, facecolor=MUTED, edgecolor=INK, linewidth=0.6))
    axes.text(x + 0.5, y + 0.85, "head", fontsize=SMALL, va="center")
    for place in range(6):
        axes.add_patch(
            Circle((x + 0.3 + 0.34 * place, y + 0.35), 0.12, facecolor="white", edgecolor=INK, linewidth=0.8)
        )
    if badge:
        axes.plot(x + 2.05, y + 0.87, "*", color=ORANGE, markersize=9)


def entities_figure() -> Figure:
    """What there is: an authority's schools, their people, ties and partnerships, a programme, a broker, families."""
    with journal_style():
        figure, axes = _canvas(3.9, 12, 6.5)
        _box(axes, 0.15, 0.15, 11.7, 4.75, GRID)
        axes.text(0.35, 4.62, "an authority", fontsize=7, color=MUTED, va="center")
        _school(axes, 0.6, 2.6, "school A", badge=True)
        _school(axes, 4.9, 2.6, "school B")
        _school(axes, 9.1, 2.6, "school C")
        for place, giver in enumerate((2, 5)):
            begin, end = (0.9 + 0.34 * giver, 2.83), (5.2 + 0.34 * (1 + 2 * place), 2.83)
            _arrow(axes, begin, end, BLUE, bend=0.25)
        axes.text(3.9, 3.55, "partnership:\npairs of teachers\npass a practice on", ha="center", va="center",
                  fontsize=SMALL, color=BLUE)  # fmt: skip
        axes.plot([7.2, 9.1], [3.7, 3.7], color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
        axes.text(8.15, 3.85, "tie: trust each way", ha="center", fontsize=SMALL)
        _box(axes, 4.45, 5.3, 3.2, 0.95, ORANGE)
        axes.text(6.05, 5.77, "programme\nplaces, money, badges, an end", ha="center", va="center", fontsize=SMALL)
        _arrow(axes, (4.45, 5.6), (2.1, 4.15), ORANGE)
        _arrow(axes, (6.05, 5.3), (6.05, 4.15), ORANGE)
        _box(axes, 8.3, 0.45, 2.9, 0.95, GREEN)
        axes.text(9.75, 0.92, "broker\nknows schools, introduces them", ha="center", va="center", fontsize=SMALL)
        _arrow(axes, (9.9, 1.4), (10.2, 2.55), GREEN)
        _arrow(axes, (8.7, 1.4), (6.6, 2.55), GREEN)
        _box(axes, 0.6, 0.45, 2.9, 0.95, PINK)
        axes.text(2.05, 0.92, "families\nchoose among schools nearby", ha="center", va="center", fontsize=SMALL)
        _arrow(axes, (1.6, 1.4), (1.6, 2.55), PINK)
        _arrow(axes, (3.5, 0.95), (5.5, 2.55), PINK, line="dotted")
        axes.text(11.75, 6.2, "★ badge", ha="right", fontsize=SMALL, color=ORANGE)
        return figure


def half_term_figure() -> Figure:
    """A half-term: its phases in order, with what each does."""
    with journal_style():
        rows = len(PHASES)
        figure, axes = _canvas(0.31 * rows + 0.25, 10, rows + 0.4)
        for place, (name, _) in enumerate(PHASES):
            y = rows - place - 0.75
            colour = MUTED if name in YEARLY else BLUE
            _box(axes, 0.2, y, 2.5, 0.72, colour, BAND)
            axes.text(1.45, y + 0.35, f"{place + 1}. {name.replace('_', ' ')}", ha="center", va="center", fontsize=7)
            axes.text(3.0, y + 0.35, PHASE_WORDS.get(name, ""), va="center", fontsize=7)
            if place:
                _arrow(axes, (1.45, y + 1.0), (1.45, y + 0.72), MUTED)
        return figure


def modes_figure() -> Figure:
    """The four modes: what passes between two teachers, and what an hour of it does by the catalogue's defaults."""
    with journal_style():
        figure = new_figure("page", 3.5)
        drawn = figure.subplots(2, len(MODES), height_ratios=(1.15, 1), sharey="row")
        for column, mode in enumerate(MODES):
            _passing(drawn[0][column], mode)
            _terms(drawn[1][column], mode)
        drawn[1][0].set_yticks(range(len(TERMS)), TERMS.values(), fontsize=SMALL)
        drawn[1][0].invert_yaxis()
        return figure


def _passing(axes: Axes, mode: str) -> None:
    """Two teachers and what passes between them."""
    axes.set_xlim(0, 4)
    axes.set_ylim(0, 3.3)
    axes.axis("off")
    axes.set_title(mode)
    originator, learner = (0.7, 2.5), (3.3, 2.5)
    shapes = {"replication": ("o", "o"), "adaptation": ("o", "s"), "exchange": ("o", "s"), "creation": ("o", "s")}[mode]
    colours = (BLUE, {"replication": BLUE, "adaptation": BLUE}.get(mode, ORANGE))
    for (x, y), shape, colour in zip((originator, learner), shapes, colours, strict=True):
        axes.plot(x, y, shape, color=colour, markersize=11)
    if mode == "creation":
        axes.plot(2, 1.75, "D", color=GREEN, markersize=10)
        for begin in (originator, learner):
            _arrow(axes, (begin[0], begin[1] - 0.3), (2, 1.85), MUTED)
    else:
        _arrow(axes, (1.15, 2.5), (2.85, 2.5), INK, both=mode == "exchange")
    axes.text(2, 1.2, textwrap.fill(MODE_WORDS[mode], 29), ha="center", va="top", fontsize=SMALL)


def _terms(axes: Axes, mode: str) -> None:
    """Bars of what the catalogue sets for a mode."""
    terms = mode_terms(MODES.index(mode), Scenario.of({}).as_one())
    for row, key in enumerate(TERMS):
        value = float(getattr(terms, key))
        axes.barh(row, value, height=0.6, color=BLUE)
        axes.text(value + 0.04, row, f"{value:g}", va="center", fontsize=SMALL)
    axes.set_xlim(0, 3.0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(left=False)


def partnership_figure(table: pd.DataFrame) -> Figure:
    """One partnership, half-term by half-term: what was mastered, trusted, and spent.

    Args:
        table: As `measure_partnership.followed` gives it.
    """
    originator, partner = table["originator"].iloc[0], table["partner"].iloc[0]
    with journal_style():
        figure = new_figure("page", 5.6)
        mastery, trust, hours = figure.subplots(3, 1, sharex=True)
        half_terms = table["half_term"]
        for practice, rows in table.groupby("focus", sort=False):
            mastery.plot(rows["half_term"], rows["ahead"], color=ORANGE, linestyle=LEVELS[1].line, marker="s",
                         markersize=3, markerfacecolor="white")  # fmt: skip
            mastery.plot(rows["half_term"], rows["mastery"], color=BLUE, marker="o", markersize=3)
            late = rows["half_term"].iloc[0] > half_terms.max() - 3
            mastery.text(rows["half_term"].iloc[0], 0.97, f"practice {practice}", fontsize=SMALL, color=MUTED,
                         ha="right" if late else "left")  # fmt: skip
        mastery.set_title("Mastery of the practice they work on")
        trust.plot(half_terms, table["partners_trust"], color=BLUE, marker="o", markersize=3)
        trust.plot(half_terms, table["originators_trust"], color=ORANGE, linestyle=LEVELS[1].line, marker="s",
                   markersize=3, markerfacecolor="white")  # fmt: skip
        trust.set_title("Trust in the other school")
        for axes, first, second in (
            (mastery, "those who pass it on", "those who learn it"),
            (trust, f"{originator}'s", f"{partner}'s"),
        ):
            axes.set_ylim(-0.04, 1.08)
            axes.set_ylabel("0 to 1")
            axes.plot([], [], color=ORANGE, linestyle=LEVELS[1].line, marker="s", markersize=3, markerfacecolor="white",
                      label=first)  # fmt: skip
            axes.plot([], [], color=BLUE, marker="o", markersize=3, label=second)
            axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        together = table["hours"] - table["work_hours"]
        hours.bar(half_terms, table["work_hours"], color=BLUE, width=0.7, label="on the practice")
        hours.bar(half_terms, together, bottom=table["work_hours"], color=GRID, edgecolor=MUTED, linewidth=0.6,
                  width=0.7, label="getting together")  # fmt: skip
        hours.set_title("Hours of each pair in a half-term")
        hours.set_ylabel("hours")
        hours.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        for half_term in half_terms[table["pairs"].diff().lt(0) & table["focus"].diff().eq(0)]:
            mastery.axvline(half_term, color=MUTED, linewidth=0.7, linestyle="dotted")
        for axes in (mastery, trust, hours):
            for year in range(1, int(half_terms.max() - 1) // HALF_TERMS + 1):
                axes.axvline(year * HALF_TERMS + 0.5, color=GRID, linewidth=0.8, zorder=0)
        hours.set_xticks(half_terms)
        hours.set_xlabel(
            "half-term of the programme; a grey line ends a year, a dotted one says that a pair came apart"
        )
        return figure
