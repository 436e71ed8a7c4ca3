"""Places schools in the drawing and draws the ties between them: numbers for a picture, none of the model's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from schoolsim.mapping import map_network
from schoolsim.mapping.layout import FORCE, GEOGRAPHIC, positions
from schoolsim.parameters.errors import UserError
from schoolsim.populations import PHASES
from schoolsim.rules.codes import MODES
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.state import State

WIDTH, HEIGHT, MARGIN = 1000.0, 760.0, 40.0
APART: Final = 30.0  # units of the drawing that two schools of a small authority stand apart, at least
MOST_APART: Final = 400  # schools up to which they are set apart
_ROUNDS: Final = 60
BANDS: Final = (0.15, 0.3, 0.45, 0.6, 0.8, 1.01)
"""Upper ends of the bands of trust in which ties are drawn."""
WIDTHS: Final = (0.5, 0.9, 1.4, 2.1, 3.0, 4.2)
"""Of a tie in each band, in units of the drawing."""
MODE_COLOURS: Final = ("#0072b2", "#009e73", "#b35900", "#a8327d")
MODE_DASHES: Final = ("", "14 5", "4 5", "16 5 4 5")
"""Of the modes, from replication to creation: no mode is told by its colour alone."""


def usual_layout(system: SchoolSystem) -> str:
    """On the ground where every school's place is known, by ties elsewhere."""
    table = system.simulation.table
    known = np.isfinite(table.easting).all() and np.isfinite(table.northing).all()
    return GEOGRAPHIC if known else FORCE


def places_of(system: SchoolSystem, layout: str = "") -> np.ndarray:
    """Where each school stands: on the ground where places are known, by its first ties elsewhere.

    Args:
        system: Before or after it runs; places are found once and kept.
        layout: "geographic" or "force"; what suits the schools when empty.

    Returns:
        x and y of each school within the drawing, (schools, 2), y downwards.

    Raises:
        UserError: A layout of the ground is asked for, and some school's place is not known.
    """
    table = system.simulation.table
    ground = np.column_stack([table.easting, table.northing]).astype(float)
    usual = usual_layout(system)
    if (layout or usual) == GEOGRAPHIC:
        if usual != GEOGRAPHIC:
            raise UserError("Not every school's place on the ground is known: schools stand by their ties.")
        return _apart(_fitted(ground, square=True))
    found = positions([map_network(system, most=0)], FORCE)
    ids = [str(urn) for urn in table.urn.tolist()]
    return _apart(_fitted(np.array([found[one] for one in ids]), square=False))


def _fitted(places: np.ndarray, *, square: bool) -> np.ndarray:
    """Places in the drawing's units, y downwards; `square` keeps a kilometre east as long as one north."""
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    room = np.array([WIDTH, HEIGHT]) - 2 * MARGIN
    scale = room / span
    if square:
        scale = np.full(2, scale.min())
    middle = (low + high) / 2
    return np.asarray(np.array([WIDTH, HEIGHT]) / 2 + (places - middle) * scale * np.array([1.0, -1.0]))


def _apart(places: np.ndarray) -> np.ndarray:
    """The same places, those pushed apart that would cover one another; the same every time."""
    number = len(places)
    if number > MOST_APART:
        return places
    least = min(APART, 0.7 * np.sqrt(WIDTH * HEIGHT / max(number, 1)))
    # Schools on one spot part in directions of their own.
    angles = np.arange(number) * np.pi * (3.0 - np.sqrt(5.0))
    moved = places + 0.01 * np.column_stack([np.cos(angles), np.sin(angles)])
    for _ in range(_ROUNDS):
        away = moved[:, None, :] - moved[None, :, :]
        distance = np.sqrt((away**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        short = np.maximum(0.0, least - distance)
        if not short.any():
            break
        moved = moved + 0.5 * ((short / distance)[:, :, None] * away).sum(axis=1)
        moved = np.clip(moved, MARGIN / 2, np.array([WIDTH, HEIGHT]) - MARGIN / 2)
    return moved


def node_list(system: SchoolSystem, places: np.ndarray, called: Sequence[str]) -> list[dict[str, Any]]:
    """The schools as the page draws them.

    Args:
        system: Of which they are.
        places: Where they stand, (schools, 2).
        called: Their names in stories.

    Returns:
        One dictionary each: `id` (the URN), `name`, `x`, `y`, `phase`, and `size`, half the width of its mark.
    """
    table = system.simulation.table
    roll = np.array(table.roll)
    size = 5.0 + 6.0 * np.sqrt(roll / max(float(roll.max()), 1.0))
    return [
        {
            "id": str(urn), "name": shown_name(str(table.name[row]), called[row]), "x": round(float(places[row, 0]), 1),
            "y": round(float(places[row, 1]), 1), "phase": PHASES[int(table.phase[row])],
            "size": round(float(size[row]), 1),
        }
        for row, urn in enumerate(table.urn.tolist())
    ]  # fmt: skip


def shown_name(own: str, called: str) -> str:
    """A school's name in its story; of a real school its own name before it."""
    return called if _is_numbered(own) else f"{own} (in stories: {called})"


def _is_numbered(name: str) -> bool:
    """Whether the table has only a phase and a number for a name, as a made-up authority has."""
    phase, _, number = name.partition(" ")
    return number.isdigit() and phase.lower() in PHASES


def mark_list(state: State) -> list[list[int]]:
    """What changes of each school's mark, row by row: whether it wears a badge, and its role in a programme."""
    badge, role = (np.array(state.schools.badge) > 0).astype(int), np.array(state.schools.role)
    return [list(pair) for pair in zip(badge.tolist(), role.tolist(), strict=True)]


def acquaintance_paths(state: State, places: np.ndarray) -> list[dict[str, Any]]:
    """Ties as a few paths, one a band of trust and one for those who have fallen out: `d`, `width`, `kind`."""
    ties = state.ties
    rows = np.flatnonzero(ties.alive == 1)
    trust = 0.5 * (ties.trust_ab[rows] + ties.trust_ba[rows])
    hostile = ties.hostile[rows] == 1
    ends = np.rint(np.concatenate([places[ties.a[rows]], places[ties.b[rows]]], axis=1)).astype(int)
    band = np.searchsorted(np.array(BANDS), trust, side="right")
    paths = [
        {"d": _lines(ends[(band == number) & ~hostile]), "width": WIDTHS[number], "kind": "tie"}
        for number in range(len(BANDS))
    ]
    return [path for path in [*paths, {"d": _lines(ends[hostile]), "width": 2.0, "kind": "hostile"}] if path["d"]]


def _lines(ends: np.ndarray) -> str:
    return "".join(f"M{a} {b}L{c} {d}" for a, b, c, d in ends.tolist())


def partnership_lines(state: State, places: np.ndarray, called: Sequence[str]) -> list[dict[str, Any]]:
    """Partnerships at work, each a line: `id`, its ends, `mode` (its number), `width` by trust, and a `label`."""
    table, ties = state.partnerships, state.ties
    lines = []
    for slot in np.flatnonzero(table.alive == 1):
        lead, partner, tie, mode = (int(table.originator[slot]), int(table.partner[slot]), int(table.tie[slot]),
                                    int(table.mode[slot]))  # fmt: skip
        trust = 0.5 * float(ties.trust_ab[tie] + ties.trust_ba[tie])
        (x1, y1), (x2, y2) = places[lead], places[partner]
        lines.append({
            "id": str(int(table.uid[slot])), "x1": round(float(x1)), "y1": round(float(y1)), "x2": round(float(x2)),
            "y2": round(float(y2)), "mode": mode, "width": round(2.0 + 5.0 * trust, 1),
            "label": f"{called[lead]} and {called[partner]}: {MODES[mode]}, trust {trust:.2f}",
        })  # fmt: skip
    return lines
