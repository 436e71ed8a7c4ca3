"""Places nodes in a picture: on the map, or by forces; in the same place at every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.mapping.errors import MapError
from schoolsim.mapping.network_map import NetworkMap
from schoolsim.parameters.errors import did_you_mean

if TYPE_CHECKING:
    import igraph

GEOGRAPHIC: Final = "geographic"
FORCE: Final = "force"
LAYOUTS: Final = (GEOGRAPHIC, FORCE)
TEACHERS_APART_KM: Final = 0.35  # radius of the ring in which teachers stand around their school
_GOLDEN: Final = np.pi * (3.0 - np.sqrt(5.0))


def usual_layout(of: NetworkMap) -> str:
    """Geographic for schools with places, by forces for others."""
    return GEOGRAPHIC if of.has_places and of.of == "schools" else FORCE


def positions(maps: Sequence[NetworkMap], layout: str) -> dict[str, tuple[float, float]]:
    """One place a node, whatever the time.

    By forces, the places are those of Kamada and Kawai for all ties of all maps together, found once from a circle
    without chance, so that a node that has other ties later stands where it stood. Parts that no tie
    links to the largest, and nodes that are never tied, stand in rows below it.

    Args:
        maps: Maps of one network at several times.
        layout: One of `LAYOUTS`.

    Returns:
        Id of each node -> x and y; km on the ground where geographic.

    Raises:
        MapError: There is no such layout, or there are no places.
    """
    if layout not in LAYOUTS:
        raise MapError(f'layout "{layout}" is none of {", ".join(LAYOUTS)}.{did_you_mean(layout, LAYOUTS)}')
    return _on_the_ground(maps) if layout == GEOGRAPHIC else _by_forces(maps)


def _on_the_ground(maps: Sequence[NetworkMap]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for one in maps:
        places = one.places()
        nth: dict[int, int] = {}
        for row, (name, urn) in enumerate(zip(one.graph.vs["name"], one.graph.vs["urn"], strict=True)):
            east, north = places[row]
            if one.of == "teachers":
                angle = _GOLDEN * nth.get(urn, 0)
                nth[urn] = nth.get(urn, 0) + 1
                east, north = east + TEACHERS_APART_KM * np.cos(angle), north + TEACHERS_APART_KM * np.sin(angle)
            found.setdefault(name, (float(east), float(north)))
    return found


def _by_forces(maps: Sequence[NetworkMap]) -> dict[str, tuple[float, float]]:
    import igraph

    names = sorted({name for one in maps for name in one.graph.vs["name"]})
    ties: set[tuple[str, str]] = set()
    for one in maps:
        own = one.graph.vs["name"]
        for first, second in one.graph.get_edgelist():
            ties.add((min(own[first], own[second]), max(own[first], own[second])))
    tied = sorted({name for tie in ties for name in tie})
    row = {name: place for place, name in enumerate(tied)}
    union = igraph.Graph(n=len(tied), edges=[(row[first], row[second]) for first, second in sorted(ties)])
    parts = sorted(union.connected_components(), key=lambda part: (-len(part), part))
    blocks = [_block(union.subgraph(part)) for part in parts]
    alone = [name for name in names if name not in row]
    order = [tied[node] for part in parts for node in part] + alone
    blocks += [np.zeros((1, 2))] * len(alone)
    packed = _shelves(blocks)
    return {name: (float(x), float(y)) for name, (x, y) in zip(order, packed, strict=True)}


def _block(part: igraph.Graph) -> np.ndarray:
    """Places of the nodes of one connected part, a tie about 1 long; its lowest and leftmost at 0."""
    angles = 2 * np.pi * np.arange(part.vcount()) / part.vcount()
    start = np.column_stack([np.cos(angles), np.sin(angles)]).tolist()
    places = np.array(part.layout_kamada_kawai(seed=start).coords)
    # Angles are free in such a layout: the widest side lies across the page.
    places = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(places.T @ places)
    places = places @ axes[:, ::-1]
    return np.asarray(places - places.min(axis=0))


def _shelves(blocks: list[np.ndarray]) -> np.ndarray:
    """Blocks side by side in rows as wide as the first, which stands above all others."""
    if not blocks:
        return np.zeros((0, 2))
    gap = 0.8 if len(blocks[0]) > 1 else 1.0
    width = max(float(blocks[0][:, 0].max()), np.sqrt(2.0 * len(blocks)))
    placed = [blocks[0]]
    left, top, depth = 0.0, -gap, 0.0
    for block in blocks[1:]:
        across, down = block.max(axis=0)
        if left > 0 and left + across > width:
            left, top, depth = 0.0, top - depth - gap, 0.0
        placed.append(block + [left, top - down])
        left, depth = left + float(across) + gap, max(depth, float(down))
    return np.concatenate(placed)
