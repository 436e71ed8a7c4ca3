from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.populations.official.missing_codes import numbers

CODES = (
    "", " ", "NA", "SUPP", "NE", "NP", "LOWCOV", "NEW", "DNS", "SP", "x", "z", "c", "u", ":",
    "..", "n/a", "Not applicable", "Not Applicable", "[x]", "[c]", "[z]", "(u)", "supp",
)  # fmt: skip
SMALL = ("low", "k", "~", "[low]", "(k)", "LOW")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_no_number_and_no_zero(code: str) -> None:
    read = numbers([code, "5"])
    assert np.isnan(read.value[0])
    assert not read.small[0]
    assert not read.unreadable[0]
    assert read.reason.tolist() == [code.strip() or "blank", ""]


@pytest.mark.parametrize("code", SMALL)
def test_rounding_to_zero_is_told_from_missing_and_from_zero(code: str) -> None:
    read = numbers([code])
    assert np.isnan(read.value[0])
    assert read.small[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", 0.0), ("0%", 0.0), ("45%", 45.0), ("66.2%", 66.2), (" 12.5 ", 12.5), ("-0.11", -0.11),
        ("+3", 3.0), (".5", 0.5), ("1,234", 1234.0), ("1,234,567.5", 1234567.5), ("2.1e2", 210.0),
    ],
)  # fmt: skip
def test_numbers_are_read(cell: str, value: float) -> None:
    read = numbers([cell])
    assert read.value[0] == value
    assert read.reason[0] == ""


@pytest.mark.parametrize("cell", ["abc", "12 pupils", "1,23", "£45,421", "%", "1e999", "inf", "--", "e0", "E0%", "+."])
def test_anything_else_is_unreadable_and_missing(cell: str) -> None:
    read = numbers([cell])
    assert np.isnan(read.value[0])
    assert read.unreadable[0]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_what_python_writes_is_read_back(values: list[float]) -> None:
    assert numbers([repr(value) for value in values]).value.tolist() == values


@given(st.lists(st.text(max_size=6)))
def test_any_text_is_read_without_failing(cells: list[str]) -> None:
    read = numbers(cells)
    assert np.array_equal(np.isnan(read.value), read.reason != "")
