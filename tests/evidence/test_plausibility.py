"""Twelve things a headteacher would say: how numbers are judged, and what the stored table says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from schoolsim.evidence.plausibility import ROWS, Number, plausibility, verdict_of
from schoolsim.parameters import UserError

STORED = Path(__file__).parents[2] / "docs" / "evidence" / "plausibility.csv"
NUMBER = Number("share", plausible=(0.2, 0.4), not_absurd=(0.1, 0.8))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(0.2, "plausible"), (0.4, "plausible"), (0.41, "strained"), (0.1, "strained"), (0.81, "absurd"), (0.09, "absurd"),
     (float("nan"), "absurd")],
)  # fmt: skip
def test_a_number_is_judged_by_its_ranges(value: float, verdict: str) -> None:
    assert verdict_of(NUMBER, value) == verdict


def test_ranges_lie_inside_one_another() -> None:
    for row in ROWS:
        for number in row.numbers:
            (low, high), (least, most) = number.plausible, number.not_absurd
            assert least <= low < high <= most, (row.id, number.name)


def test_every_row_was_read_and_none_is_absurd() -> None:
    table = pd.read_csv(STORED)
    assert set(table["row"]) == {row.id for row in ROWS}
    for row in ROWS:
        assert set(table[table["row"] == row.id]["number"]) == {number.name for number in row.numbers}
    verdicts = table.groupby("row")["row_verdict"].first()
    assert (verdicts != "absurd").all()
    # Judged anew from the stored means: a verdict is no more than that.
    known = {(row.id, number.name): number for row in ROWS for number in row.numbers}
    for line in table.to_dict("records"):
        assert verdict_of(known[line["row"], line["number"]], line["mean"]) == line["verdict"]


def test_failures_stand_first() -> None:
    ranks = pd.read_csv(STORED)["row_verdict"].map({"absurd": 0, "strained": 1, "plausible": 2})
    assert ranks.is_monotonic_increasing


def test_a_row_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match='no row "F13"'):
        plausibility(["F13"], range(1))
