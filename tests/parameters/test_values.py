"""Values as a message shows them: on one line, and no longer than a reader can use."""

from __future__ import annotations

import pytest

from schoolsim.parameters.values import accepted_number, printable, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (1.5, "1.5"),
        ("a b", '"a b"'),
        ([1, "a", [False]], '[1, "a", [false]]'),
        ({"low": 0.0, "a.b": 1, "c d": 2}, '{ low = 0.0, "a.b" = 1, "c d" = 2 }'),
        ({}, "{}"),
        (list(range(31)), f"[{', '.join(map(str, range(30)))}, ... (31 in all)]"),
        (["a" * 150, "b" * 50, "c"], f'["{"a" * 150}", ... (3 in all)]'),
        ([["a" * 190] * 9, "b"], f'[["{"a" * 190}", ... (9 in all)], ... (2 in all)]'),
        ([[[[[[1]]]]]], "[[[[...]]]]"),
        (10**400, "a whole number of about 401 digits"),
        (10**5000, "a whole number of about 5,001 digits"),
        ("a\nb\x1b[31m\u202e", r'"a\nb\u001B[31m\u202E"'),
        ("a" * 1000, f'"{"a" * 100}... (1,000 characters) ...{"a" * 100}"'),
    ],
    ids=map(str, range(14)),
)
def test_shown(value: object, text: str) -> None:
    assert shown(value) == text


def test_printable_text_is_left_alone() -> None:
    assert printable("Él niño — 5 €") == "Él niño — 5 €"
    assert printable("\U000e0001") == r"\U000E0001"


@pytest.mark.parametrize("value", [10**400, -(10**5000), float("inf"), float("nan")], ids="abcd")
def test_a_number_beyond_all_bounds_is_refused(value: float) -> None:
    assert accepted_number("real", value, (0.0, 1.0)) is None
    assert accepted_number("whole", value, (0, 1)) is None
