from __future__ import annotations

import numpy as np
import pytest

from schoolsim.populations import SchoolTable
from schoolsim.populations.geography import (
    clark_evans,
    nearest_same_phase,
    neighbour_correlation,
    same_phase_within,
)


def at(places: list[tuple[float, float]], phase: list[int], share: list[float]) -> SchoolTable:
    n = len(places)
    return SchoolTable(
        urn=np.arange(1, n + 1), name=np.full(n, "x"), phase=np.array(phase),
        easting=np.array([east for east, _ in places]),
        northing=np.array([north for _, north in places]),
        roll=np.ones(n), capacity=np.ones(n), disadvantage=np.array(share),
        attainment=np.zeros(n), teachers=np.ones(n), authority=np.zeros(n),
        authorities=("Here",),
    )  # fmt: skip


def test_nearest_looks_at_the_same_phase_only_and_past_itself() -> None:
    table = at([(0, 0), (3, 4), (0, 0), (0, 1), (9, 9)], [0, 0, 0, 1, 2], [0.1] * 5)
    distance, row = nearest_same_phase(table)
    assert distance[:3].tolist() == [0, 5, 0]
    assert row[[0, 2]].tolist() == [2, 0]
    assert row[1] in (0, 2)
    assert np.isnan(distance[3:]).all()
    assert row[3:].tolist() == [-1, -1]
    assert same_phase_within(table, 5.0).tolist() == [2, 2, 2, 0, 0]
    assert same_phase_within(table, 4.9).tolist() == [1, 0, 1, 0, 0]


def test_alternating_neighbours_correlate_perfectly() -> None:
    pairs = [(0.0, 0.0), (0.1, 0.0), (5.0, 0.0), (5.1, 0.0)]
    assert neighbour_correlation(at(pairs, [0] * 4, [0.1, 0.1, 0.4, 0.4]), 0) == pytest.approx(1)
    assert neighbour_correlation(at(pairs, [0] * 4, [0.1, 0.4, 0.1, 0.4]), 0) == pytest.approx(-1)


def test_clark_evans_is_2_on_a_square_lattice() -> None:
    lattice = [(float(east), float(north)) for east in range(10) for north in range(10)]
    table = at(lattice, [0] * 100, [0.1] * 100)
    assert clark_evans(table, 0, area=100.0) == pytest.approx(2.0)
    # The edge correction makes what chance would give larger.
    assert clark_evans(table, 0, area=100.0, perimeter=40.0) < 2.0


def test_clark_evans_is_1_by_chance() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    places = [(east, north) for east, north in rng.uniform(0, 30, (900, 2))]
    table = at(places, [0] * 900, [0.1] * 900)
    assert clark_evans(table, 0, area=900.0, perimeter=120.0) == pytest.approx(1.0, abs=0.06)
