"""The picture of a network shows what its map holds, and nothing covers anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib.colors
import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection

from schoolsim.figures import FigureError, map_caption, map_figure, save_figure
from schoolsim.figures.style import INK
from schoolsim.mapping import NetworkMap, map_network
from tests.figures.overlaps import faults
from tests.mapping.planted import FIRST, schools, star, ties, two_towns

PROVENANCE = {"title": "t", "study": "s", "config_sha256": None, "version": "0", "commit": None}


@pytest.fixture(scope="module")
def towns() -> NetworkMap:
    return map_network(two_towns(), schools=schools(23), title="Two towns")


@pytest.mark.parametrize("layout", ["geographic", "force"])
def test_nothing_covers_anything(towns: NetworkMap, layout: str) -> None:
    assert faults(map_figure([towns], layout=layout)) == []


@pytest.mark.parametrize("several", [1, 2])
def test_long_names_of_schools_leave_the_legend_on_the_page(several: int) -> None:
    plain = schools(16)
    names = np.array([f"{name} Church of England Voluntary Aided Primary School" for name in plain.name], dtype=object)
    circles = [pair for first in range(0, 16, 4) for pair in combinations(range(first, first + 4), 2)]
    found = map_network(ties([*circles, (0, 4), (4, 8), (8, 12)]), schools=replace(plain, name=names))
    assert len(found.groups) == 4
    figure = map_figure([found] * several, titles=["early", "late"] if several > 1 else ())
    figure.draw_without_rendering()
    (legend,) = figure.legends
    box = legend.get_window_extent()
    assert figure.bbox.x0 <= box.x0
    assert box.x1 <= figure.bbox.x1
    assert any(len(text.get_text()) > 60 for text in legend.get_texts())


def test_hubs_brokers_the_isolated_and_ties_are_drawn(towns: NetworkMap) -> None:
    figure = map_figure([towns], layout="force")
    (axes,) = figure.axes
    (lines,) = [one for one in axes.collections if isinstance(one, LineCollection)]
    assert len(lines.get_segments()) == towns.graph.ecount()
    marks = [one for one in axes.collections if isinstance(one, PathCollection)]
    hollow = [one for one in marks if not len(one.get_facecolor())]
    assert sum(len(one.get_offsets()) for one in marks) == 23 + len(towns.brokers.head(5))
    assert any(len(one.get_offsets()) == len(towns.brokers.head(5)) for one in hollow)
    written = {text.get_text() for text in axes.texts}
    assert {"S3", "S20"} <= written
    sizes = {tuple(at): size for one in marks for at, size in zip(one.get_offsets(), _sizes(one), strict=True)}
    assert len(sizes) == 23


def _sizes(marks: PathCollection) -> np.ndarray:
    return np.broadcast_to(marks.get_sizes(), (len(marks.get_offsets()),))


def test_a_node_stands_at_one_place_and_keeps_its_mark_at_all_times() -> None:
    early = map_network(ties([(0, 1), (1, 2), (3, 4)]), schools=schools(5))
    late = map_network(ties([(0, 1), (1, 2), (3, 4), (4, 2), (0, 2)]), schools=schools(5))
    figure = map_figure([early, late], titles=["early", "late"], layout="force")
    seen = []
    for axes in figure.axes[:2]:
        marks = [one for one in axes.collections if isinstance(one, PathCollection) and len(one.get_edgecolor())]
        seen.append({
            (tuple(np.round(at, 9)), colour)
            for one in marks for at in one.get_offsets()
            if (colour := matplotlib.colors.to_hex(one.get_edgecolor()[0])) != INK
        })  # fmt: skip
    assert seen[0] == seen[1]
    assert len(seen[0]) == 5
    assert [axes.get_title(loc="left") for axes in figure.axes[:2]] == ["early", "late"]


def test_the_same_map_is_the_same_picture(towns: NetworkMap, tmp_path: Path) -> None:
    files = [save_figure(map_figure([towns]), tmp_path / f"{name}.svg", PROVENANCE) for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_caption_says_what_is_seen(towns: NetworkMap) -> None:
    caption = map_caption([towns])
    assert caption.startswith("Two towns.")
    assert "S3 (9 ties)" in caption
    assert "on the ground" in caption


def test_too_many_maps_are_refused() -> None:
    with pytest.raises(FigureError, match="1 to 4 maps"):
        map_figure([map_network(star(3))] * 5)
    with pytest.raises(FigureError, match="1 to 4 maps"):
        map_figure([])
    assert str(FIRST) in map_caption([map_network(star(3))])
