"""Nodes stand where they stood, at every time and on every run."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.mapping import MapError, map_network
from schoolsim.mapping.layout import positions, usual_layout
from tests.mapping.planted import FIRST, barbell, schools, star, ties, two_towns


def test_places_by_force_are_those_of_all_times() -> None:
    early = map_network(ties([(0, 1), (1, 2), (2, 3)]), schools=schools(6))
    late = map_network(ties([(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]), schools=schools(6))
    both = positions([early, late], "force")
    assert both == positions([late, early], "force")
    assert both == positions([early, late], "force")
    assert set(both) == {str(FIRST + school) for school in range(6)}
    assert positions([early], "force") != both
    lowest = min(both, key=lambda name: both[name][1])
    assert lowest == str(FIRST + 5)  # who is never tied stands below


def test_force_puts_the_tied_near_each_other() -> None:
    places = positions([map_network(barbell(), schools=schools(9))], "force")
    at = {int(name) - FIRST: np.array(place) for name, place in places.items()}
    within = np.linalg.norm(at[0] - at[1])
    assert within < np.linalg.norm(at[0] - at[4]) * 1.5 < np.linalg.norm(at[1] - at[7])
    assert len({tuple(np.round(place, 6)) for place in places.values()}) == 9


def test_geographic_places_are_the_schools() -> None:
    found = map_network(two_towns(), schools=schools(23))
    assert usual_layout(found) == "geographic"
    assert positions([found], "geographic")[str(FIRST + 2)] == (437.0, 387.0)


def test_no_two_nodes_share_a_place() -> None:
    found = map_network(two_towns(), schools=schools(23))
    places = np.array(list(positions([found], "force").values()))
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2) + np.eye(23)
    assert apart.min() > 0.05


def test_a_layout_that_is_none_is_refused() -> None:
    with pytest.raises(MapError, match='Did you mean "force"'):
        positions([map_network(star(3))], "forces")
    with pytest.raises(MapError, match="no places"):
        positions([map_network(star(3))], "geographic")
