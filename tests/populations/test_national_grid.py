from __future__ import annotations

import numpy as np
import pytest

from schoolsim.populations.official.national_grid import from_degrees, project


def degrees(whole: float, minutes: float, seconds: float) -> np.ndarray:
    return np.array([whole + minutes / 60 + seconds / 3600])


def test_the_ordnance_surveys_worked_example_to_the_millimetre() -> None:
    # "A guide to coordinate systems in Great Britain", annex C: the projection alone.
    east, north = project(np.radians(degrees(52, 39, 27.2531)), np.radians(degrees(1, 43, 4.5177)))
    assert east[0] == pytest.approx(651_409.903, abs=0.001)
    assert north[0] == pytest.approx(313_177.270, abs=0.001)


@pytest.mark.parametrize(
    ("latitude", "longitude", "east", "north"),
    [
        # Points of the OSTN15 test data (WGS84 to the grid, right to a centimetre there).
        (49.92226394, -6.29977753, 91_492.135, 11_318.801),
        (52.65800784, 1.71607397, 651_409.792, 313_177.448),
        (53.34480281, -2.64049321, 357_455.831, 383_290.434),
        (54.89542340, -2.93827741, 339_921.133, 556_034.759),
    ],
)
def test_degrees_are_right_to_about_five_metres(latitude: float, longitude: float, east: float, north: float) -> None:
    made = from_degrees(np.array([latitude]), np.array([longitude]))
    assert np.hypot(made[0][0] - east, made[1][0] - north) < 6.0


def test_an_unknown_place_stays_unknown() -> None:
    east, north = from_degrees(np.array([np.nan, 52.0]), np.array([0.0, np.nan]))
    assert np.isnan(east).all()
    assert np.isnan(north).all()
