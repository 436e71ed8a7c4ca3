"""`schoolsim calibrate` as typed."""

from __future__ import annotations

from tests.cli.conftest import Type


def test_an_unknown_calibration_is_one_clear_message(typed: Type) -> None:
    said = typed("calibrate", "magnitude")
    assert said.code == 2
    assert 'Did you mean "calibration/magnitudes"?' in said.err
