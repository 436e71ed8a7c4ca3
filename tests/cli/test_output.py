"""Numbers, tables and JSON as commands print them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.cli.output import number, plain


def test_what_is_no_number_is_null_in_json() -> None:
    given = {"a": float("nan"), "b": np.float64("inf"), "c": (np.int32(3), Path("x"), True), "d": 0.0}
    assert plain(given) == {"a": None, "b": None, "c": [3, "x", True], "d": 0.0}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (float("nan"), "–"),
        (-0.00676512, "−0.006765"),
        (63666.7, "63,667"),
        (16.874, "16.87"),
        (2e-9, "2e-09"),
    ],
)
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert number(value) == text
