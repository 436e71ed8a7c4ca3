"""Numbers, tables and JSON as commands print them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.cli.output import number, plain, say_table


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


ROWS = [
    ("Brokers in each authority", "broker.number", 1, "Brokers who bring schools together, in each authority."),
    ("Schools each broker visits", "broker.visits", 3, "Schools."),
]
HEADERS = ("what", "name", "default", "meaning")


def table(room: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **options: object) -> str:
    monkeypatch.setattr("schoolsim.cli.output._room", lambda: room)
    say_table(HEADERS, ROWS, **options)
    return capsys.readouterr().out


def test_a_table_is_as_wide_as_it_has_room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    wide = table(200, monkeypatch, capsys)
    assert len(wide.splitlines()) == 4
    folded = table(110, monkeypatch, capsys)
    assert len(folded.splitlines()) == 5
    assert "together, in each\n" in folded


def test_a_table_without_room_is_paragraphs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert table(50, monkeypatch, capsys, bracketed=True).splitlines() == [
        "Brokers in each authority (broker.number)",
        "    default 1",
        "    Brokers who bring schools together, in each",
        "    authority.",
        "Schools each broker visits (broker.visits)",
        "    default 3; meaning Schools.",
    ]
    assert table(50, monkeypatch, capsys).splitlines()[1] == "    name broker.number; default 1"


def test_a_narrow_terminal_does_without_what_can_be_spared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spared = table(80, monkeypatch, capsys, spare=["meaning"])
    assert "meaning" not in spared
    assert len(spared.splitlines()) == 4
    assert "meaning" in table(200, monkeypatch, capsys, spare=["meaning"])
