"""The picture of a mapped network: groups, hubs, brokers, the isolated and who could be introduced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from schoolsim.figures.errors import FigureError
from schoolsim.figures.style import INK, LEVELS, MUTED, SMALL, footnote, journal_style, new_figure
from schoolsim.mapping.layout import GEOGRAPHIC, positions, usual_layout
from schoolsim.mapping.network_map import NetworkMap
from schoolsim.mapping.words import first_introductions

NAMED: Final = 5  # hubs and brokers marked
NAMED_IN_A_CROWD: Final = 3
INTRODUCED: Final = 3  # introductions drawn
MOST_PANELS: Final = 4
WIDE: Final = 32  # letters of an entry of the legend from which two stand side by side, and not three
PLAIN: Final = "#a8a8a8"  # nodes of smaller groups
TIE: Final = "#8c8c8c"
_BROKER: Final = 2.3  # a broker's ring to its mark
_CROWDED: Final = 200  # nodes from which marks are smaller
_OFFSETS: Final = ((0, 6), (0, -6), (6, 3), (-6, 3), (6, -4), (-6, -4), (0, 11), (0, -11), (11, 8), (-11, 8), (11, -9),
                   (-11, -9))  # fmt: skip
Positions = Mapping[str, tuple[float, float]]


def plot_map(found: NetworkMap, places: Positions, *, ax: Axes, groups: Mapping[str, int] | None = None) -> Axes:
    """Draw one map.

    Args:
        found: The map.
        places: x and y of every node, by id.
        ax: Where to draw.
        groups: Number of each node's group, by id, which its mark shows; the map's own when None.

    Returns:
        The axes.
    """
    at = np.array([places[name] for name in found.graph.vs["name"]]).reshape(-1, 2)
    _draw_ties(found, at, ax)
    scale = 0.35 if len(at) > _CROWDED else 1.0
    sizes = scale * (10.0 + 5.0 * found.nodes["ties"].to_numpy(float))
    own = group_of(found) if groups is None else groups
    shown = np.array([own.get(name, 0) for name in found.nodes["id"]])
    alone = found.nodes["ties"].to_numpy() == 0
    for number in sorted(set(shown[~alone].tolist())):
        rows = np.flatnonzero((shown == number) & ~alone)
        look = LEVELS[number - 1] if 1 <= number <= len(LEVELS) else None
        ax.scatter(
            at[rows, 0], at[rows, 1], s=sizes[rows], marker=look.marker if look else "o",
            facecolor=look.face if look else PLAIN, edgecolor=look.colour if look else PLAIN, linewidth=0.9, zorder=3,
        )  # fmt: skip
    ax.scatter(at[alone, 0], at[alone, 1], s=scale * 16.0, marker="x", color=INK, linewidth=0.8, zorder=3)
    brokers = found.brokers.head(NAMED).index.to_numpy()
    ax.scatter(at[brokers, 0], at[brokers, 1], s=_BROKER * sizes[brokers] + 12, marker="o", facecolor="none",
               edgecolor=INK, linewidth=0.9, zorder=4)  # fmt: skip
    row = {name: place for place, name in enumerate(found.graph.vs["name"])}
    for _, pair in first_introductions(found, INTRODUCED).iterrows():
        ends = at[[row[pair["first"]], row[pair["second"]]]]
        ax.plot(ends[:, 0], ends[:, 1], color=INK, linewidth=1.1, linestyle=(0, (3, 2)), zorder=2)
    ax.set_aspect("equal")
    ax.margins(0.06)
    return ax


def group_of(found: NetworkMap) -> dict[str, int]:
    """Number of each node's group, by id."""
    return dict(zip(found.nodes["id"], found.nodes["group"].tolist(), strict=True))


def map_figure(maps: Sequence[NetworkMap], *, titles: Sequence[str] = (), layout: str | None = None) -> Figure:
    """The whole figure: a panel a map; all nodes stand at the same place in every panel, in the last map's groups.

    Args:
        maps: Maps of one network at several times; or one.
        titles: Of the panels.
        layout: "geographic" or "force"; what suits the network when None.

    Raises:
        FigureError: There are no maps, or more than a page holds.
        MapError: Of the layout.
    """
    if not 1 <= len(maps) <= MOST_PANELS:
        raise FigureError(f"a figure shows 1 to {MOST_PANELS} maps; not {len(maps)}")
    chosen = layout or usual_layout(maps[0])
    places = positions(maps, chosen)
    with journal_style():
        across = 1 if len(maps) == 1 else 2
        down = -(-len(maps) // across)
        figure = new_figure("page", 0.9 + down * (5.4 if across == 1 else 3.7))
        panels = figure.subplots(down, across, squeeze=False).ravel()
        for ax in panels:
            ax.set(xticks=[], yticks=[])
            ax.spines[:].set_visible(False)
        for number, found in enumerate(maps):
            plot_map(found, places, ax=panels[number], groups=group_of(maps[-1]))
            panels[number].set_title(titles[number] if number < len(titles) else found.title)
            if chosen == GEOGRAPHIC:
                _scale_bar(panels[number])
        handles = _legend(maps[-1], len(maps) > 1)
        _place_legend(figure, handles)
        footnote(figure, _note(maps[-1], chosen), "page")
        figure.draw_without_rendering()
        for number, found in enumerate(maps):
            _label(found, places, panels[number])
        return figure


def map_caption(maps: Sequence[NetworkMap], layout: str | None = None) -> str:
    """What the figure shows, in words, for those who do not see it."""
    chosen = layout or usual_layout(maps[0])
    last = maps[-1]
    return f"{last.title}. {_note(last, chosen)} " + " ".join(last.lines())


def _draw_ties(found: NetworkMap, at: np.ndarray, ax: Axes) -> None:
    edges = np.array(found.graph.get_edgelist()).reshape(-1, 2)
    if not len(edges):
        return
    strength = np.array(found.graph.es["strength"])
    share = strength / strength.max()
    crowded = len(edges) > 2 * _CROWDED
    ax.add_collection(LineCollection(
        list(at[edges]), colors=TIE, linewidths=0.25 + (0.25 if crowded else 0.75) * share,
        alpha=0.55, zorder=1,
    ))  # fmt: skip


def _note(found: NetworkMap, layout: str) -> str:
    where = (
        "Where the schools are on the ground"
        if layout == GEOGRAPHIC
        else "Tied nodes stand near each other (Kamada and Kawai's layout of all ties of all panels); parts without "
        "a tie to the largest stand in rows below"
    )
    return f"{where}. Marks grow with the number of ties, lines with their strength ({found.strength})."


def _legend(found: NetworkMap, several: bool) -> list[Line2D]:
    handles = []
    for _, group in found.groups.head(len(LEVELS)).iterrows():
        look = LEVELS[int(group["group"]) - 1]
        label = f"group {'at the end ' if several else ''}{group['name']} ({group['members']})"
        handles.append(_mark(look.marker, look.face, look.colour, label))
    if len(found.groups) > len(LEVELS):
        handles.append(_mark("o", PLAIN, PLAIN, "smaller groups"))
    handles.append(Line2D([], [], linestyle="none", marker="o", markersize=8, markerfacecolor="none",
                          markeredgecolor=INK, label="leading broker between groups"))  # fmt: skip
    if len(found.isolated):
        handles.append(_mark("x", INK, INK, "isolated: no tie"))
    if len(found.introductions):
        handles.append(Line2D([], [], color=INK, linewidth=1.1, linestyle=(0, (3, 2)), label="could be introduced"))
    return handles


def _place_legend(figure: Figure, handles: list[Line2D]) -> None:
    """Put the legend above the panels, in as many columns as the page is wide enough for."""
    wide = max(len(str(handle.get_label())) for handle in handles) > WIDE
    for columns in (2, 1) if wide else (3, 2, 1):
        legend = figure.legend(handles=handles, loc="outside upper center", ncols=columns)
        if columns == 1 or legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def _mark(marker: str, face: str, edge: str, label: str) -> Line2D:
    return Line2D([], [], linestyle="none", marker=marker, markersize=5, markerfacecolor=face, markeredgecolor=edge,
                  label=label)  # fmt: skip


def _scale_bar(ax: Axes) -> None:
    """A bar of a round number of kilometres at the foot of the panel."""
    left, right = ax.get_xlim()
    width = right - left
    length = max(size for size in (0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200) if size <= max(0.1, width / 4))
    bottom, top = ax.get_ylim()
    base = bottom - 0.02 * (top - bottom)
    ax.plot([left, left + length], [base, base], color=MUTED, linewidth=1.2, clip_on=False)
    ax.text(left + length + 0.01 * width, base, f"{length:g} km", fontsize=SMALL, color=MUTED, va="center")


def _label(found: NetworkMap, places: Positions, ax: Axes) -> None:
    """Name the leading hubs and brokers and those to be introduced, where there is room."""
    introduced = first_introductions(found, INTRODUCED)
    names = dict(zip(found.nodes["id"], found.nodes["name"], strict=True))
    wanted = [*found.hubs.head(NAMED)["id"], *found.brokers.head(NAMED)["id"], *introduced["first"],
              *introduced["second"]]  # fmt: skip
    wanted = wanted[:NAMED_IN_A_CROWD] if len(names) > _CROWDED else wanted
    figure = ax.get_figure(root=True)
    if figure is None:
        raise FigureError("the axes are in no figure")
    pixels = figure.dpi / 72
    frame = ax.get_window_extent()
    taken: list[Bbox] = [text.get_window_extent() for text in ax.texts]
    for name in dict.fromkeys(wanted):
        x, y = ax.transData.transform(places[name])
        width, height = 0.6 * SMALL * len(names[name]) * pixels, 1.25 * SMALL * pixels
        for across, up in _OFFSETS:
            side = "center" if across == 0 else "left" if across > 0 else "right"
            left = x + across * pixels - {"center": width / 2, "left": 0, "right": width}[side]
            box = Bbox.from_bounds(left, y + up * pixels - height / 2, width, height)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in taken):
                text = ax.annotate(names[name], places[name], xytext=(across, up), textcoords="offset points",
                                   ha=side, va="center", fontsize=SMALL, color=INK, zorder=5)  # fmt: skip
                text.set_in_layout(False)
                text.set_bbox({"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.4})
                taken.append(box)
                break
