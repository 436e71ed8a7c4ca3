"""Converts latitude and longitude (WGS84) to the British National Grid, and back."""

from __future__ import annotations

from typing import Final

import numpy as np

from schoolsim.populations.array_types import Float64Array

# Ellipsoids (semi-axes, metres), the Airy 1830 transverse Mercator of the grid, and the seven parameters of the
# transformation from WGS84: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C.
_WGS84: Final = (6_378_137.0, 6_356_752.314_2)
_AIRY: Final = (6_377_563.396, 6_356_256.909)
_SCALE: Final = 0.999_601_271_7
_ORIGIN: Final = (np.radians(49.0), np.radians(-2.0))
_FALSE_EASTING, _FALSE_NORTHING = 400_000.0, -100_000.0
_SHIFT: Final = (-446.448, 125.157, -542.060)
_TURN: Final = tuple(np.radians(seconds / 3600.0) for seconds in (-0.1502, -0.2470, -0.8421))
_STRETCH: Final = 1.0 + 20.4894e-6
_METRES_A_DEGREE: Final = 111_200.0
_TURNS: Final = 30


def from_degrees(latitude: Float64Array, longitude: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Easting and northing in metres, right to about 5 m in Great Britain.

    Args:
        latitude: Degrees north, WGS84.
        longitude: Degrees east, WGS84.

    Source:
        Ordnance Survey, "A guide to coordinate systems in Great Britain", sections 6.2 and 6.6 and annex C.
    """
    x, y, z = _cartesian(np.radians(latitude), np.radians(longitude))
    turn_x, turn_y, turn_z = _TURN
    airy_x = _SHIFT[0] + _STRETCH * x - turn_z * y + turn_y * z
    airy_y = _SHIFT[1] + turn_z * x + _STRETCH * y - turn_x * z
    airy_z = _SHIFT[2] - turn_y * x + turn_x * y + _STRETCH * z
    return project(*_geodetic(airy_x, airy_y, airy_z))


def to_degrees(easting: Float64Array, northing: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Latitude and longitude (degrees, WGS84) of places on the grid: what `from_degrees` has there.

    Args:
        easting: Metres, -1,000 km to 1,700 km.
        northing: Metres, the same.
    """
    latitude = 49.0 + (northing - _FALSE_NORTHING) / _METRES_A_DEGREE
    longitude = -2.0 + (easting - _FALSE_EASTING) / (_METRES_A_DEGREE * np.cos(np.radians(latitude)))
    for _ in range(_TURNS):  # the grid's north and true north differ by a few degrees: each turn takes most of the rest
        east, north = from_degrees(latitude, longitude)
        latitude = latitude + (northing - north) / _METRES_A_DEGREE
        longitude = longitude + (easting - east) / (_METRES_A_DEGREE * np.cos(np.radians(latitude)))
    return latitude, longitude


def project(latitude: Float64Array, longitude: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Easting and northing in metres of a place on the Airy 1830 ellipsoid (radians)."""
    a, b = _AIRY
    squared = 1.0 - (b / a) ** 2
    n = (a - b) / (a + b)
    sine, cosine, tangent = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    nu = a * _SCALE / np.sqrt(1.0 - squared * sine**2)
    rho = a * _SCALE * (1.0 - squared) * (1.0 - squared * sine**2) ** -1.5
    eta = nu / rho - 1.0
    below, above = latitude - _ORIGIN[0], latitude + _ORIGIN[0]
    arc = b * _SCALE * (
        (1.0 + n + 1.25 * n**2 + 1.25 * n**3) * below
        - (3.0 * n + 3.0 * n**2 + 2.625 * n**3) * np.sin(below) * np.cos(above)
        + (1.875 * n**2 + 1.875 * n**3) * np.sin(2.0 * below) * np.cos(2.0 * above)
        - 35.0 / 24.0 * n**3 * np.sin(3.0 * below) * np.cos(3.0 * above)
    )  # fmt: skip
    east = longitude - _ORIGIN[1]
    north_2 = nu / 2.0 * sine * cosine
    north_4 = nu / 24.0 * sine * cosine**3 * (5.0 - tangent**2 + 9.0 * eta)
    north_6 = nu / 720.0 * sine * cosine**5 * (61.0 - 58.0 * tangent**2 + tangent**4)
    east_1 = nu * cosine
    east_3 = nu / 6.0 * cosine**3 * (nu / rho - tangent**2)
    east_5 = nu / 120.0 * cosine**5 * (5.0 - 18.0 * tangent**2 + tangent**4 + 14.0 * eta - 58.0 * tangent**2 * eta)
    northing = _FALSE_NORTHING + arc + north_2 * east**2 + north_4 * east**4 + north_6 * east**6
    easting = _FALSE_EASTING + east_1 * east + east_3 * east**3 + east_5 * east**5
    return np.asarray(easting), np.asarray(northing)


def _cartesian(latitude: Float64Array, longitude: Float64Array) -> tuple[Float64Array, Float64Array, Float64Array]:
    a, b = _WGS84
    nu = a / np.sqrt(1.0 - (1.0 - (b / a) ** 2) * np.sin(latitude) ** 2)
    level = nu * np.cos(latitude)
    return level * np.cos(longitude), level * np.sin(longitude), (b / a) ** 2 * nu * np.sin(latitude)


def _geodetic(x: Float64Array, y: Float64Array, z: Float64Array) -> tuple[Float64Array, Float64Array]:
    a, b = _AIRY
    squared = 1.0 - (b / a) ** 2
    level = np.hypot(x, y)
    latitude = np.arctan2(z, level * (1.0 - squared))
    for _ in range(6):  # converges to below a millimetre in four
        nu = a / np.sqrt(1.0 - squared * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + squared * nu * np.sin(latitude), level)
    return latitude, np.arctan2(y, x)
