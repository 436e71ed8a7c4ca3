from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations.official.establishments import Figure
from schoolsim.populations.official.source_files import read_files
from schoolsim.populations.official.succession import Rule, Succession, inherit, read_succession
from tests.populations import official_files as files


def links(tmp_path: Path, *rows: tuple[object, object, str]) -> Succession:
    table = [dict(zip(("URN", "LinkURN", "LinkType"), row, strict=True)) for row in rows]
    return read_succession(read_files([files.write(tmp_path / "links.csv", files.LINKS, table)]).files)


def figure(*values: float) -> Figure:
    made = Figure.empty(len(values))
    made.value[:] = values
    made.source[np.isfinite(made.value)] = "a.csv: A"
    return made


NAN = float("nan")
URN = np.array([1, 2, 3, 4, 5])


def given(succession: Succession, roll: Figure, *, shut: list[bool], rule: str = "sum") -> dict[int, tuple[int, ...]]:
    return inherit({"roll": roll}, {"roll": Rule(rule)}, URN, np.array(shut), succession)


@pytest.mark.parametrize(
    ("row", "pair"),
    [
        ((1, 2, "Successor"), (1, 2)),
        ((2, 1, "Predecessor"), (1, 2)),
        ((1, 2, "Successor - amalgamated"), (1, 2)),
        ((1, 2, "Successor - merged"), (1, 2)),
        ((2, 1, "Predecessor - merged"), (1, 2)),
        ((1, 2, "Result of Amalgamation"), (1, 2)),
        ((1, 2, "Successor - Split School"), (1, 2)),
    ],
)
def test_links_of_either_direction(tmp_path: Path, row: tuple[int, int, str], pair: tuple[int, int]) -> None:
    assert set(links(tmp_path, row).kinds) == {pair}


@pytest.mark.parametrize(
    "row",
    [
        (1, 2, "Sixth Form Centre Link"), (1, 2, "Other"), (1, 2, ""), (1, 2, "Closure"), (1, 1, "Successor"),
        (1, "", "Successor"), (1, "none", "Successor"), (1, 2, "Merged - change in age range"),
    ],
)  # fmt: skip
def test_other_links_are_counted_and_not_followed(tmp_path: Path, row: tuple[object, object, str]) -> None:
    found = links(tmp_path, row)
    assert found.kinds == {}
    assert "1" in found.notes[0]


def test_a_chain_is_followed_to_its_end(tmp_path: Path) -> None:
    roll = figure(200, NAN, NAN, NAN, NAN)
    found = links(tmp_path, (1, 2, "Successor"), (3, 2, "Predecessor"), (3, 4, "Successor"))
    givers = given(found, roll, shut=[True, True, True, False, False])
    assert roll.value[:4].tolist() == [200] * 4
    assert givers == {1: (1,), 2: (2,), 3: (3,)}
    assert roll.source[3] == "a.csv: A of predecessor 1 of predecessor 2 of predecessor 3"
    assert np.isnan(roll.value[4])


def test_a_circle_ends(tmp_path: Path) -> None:
    roll = figure(NAN, NAN, NAN, NAN, NAN)
    assert given(links(tmp_path, (1, 2, "Successor"), (2, 1, "Successor")), roll, shut=[True] * 5) == {}


@pytest.mark.parametrize(
    ("rows", "values", "shut", "reason"),
    [
        ([(1, 2, "Successor")], [200, NAN], [False, False], "the predecessor is open"),
        ([(9, 2, "Successor")], [200, NAN], [True, False], "no file lists the predecessor"),
        ([(1, 2, "Successor - Split School")], [200, NAN], [True, False], "it was split"),
        ([(1, 2, "Successor"), (1, 3, "Successor")], [200, NAN], [True, False], "it has two successors"),
        ([(1, 2, "Successor"), (3, 2, "Successor")], [200, NAN], [True, False], "another predecessor has none"),
        ([(1, 2, "Successor")], [NAN, NAN], [True, False], "the predecessor has none"),
    ],
)
def test_nothing_passes_on_where(
    tmp_path: Path, rows: list[tuple[int, int, str]], values: list[float], shut: list[bool], reason: str
) -> None:
    roll = figure(*values, NAN, NAN, NAN)
    assert given(links(tmp_path, *rows), roll, shut=[*shut, True, True, True]) == {}, reason
    assert np.isnan(roll.value[1])


def test_a_successor_keeps_what_it_has(tmp_path: Path) -> None:
    roll = figure(200, 250, NAN, NAN, NAN)
    assert given(links(tmp_path, (1, 2, "Successor")), roll, shut=[True, False, True, True, True]) == {}
    assert roll.value[1] == 250


def test_what_cannot_be_added_is_not_passed_on_by_several(tmp_path: Path) -> None:
    found = links(tmp_path, (1, 3, "Successor - merged"), (2, 3, "Successor - merged"))
    for rule, expected in (("sum", 300.0), ("mean", (100 * 100 + 200 * 200) / 300), ("", NAN)):
        roll = figure(100, 200, NAN, NAN, NAN)
        given(found, roll, shut=[True, True, False, True, True], rule=rule)
        assert roll.value[2] == pytest.approx(expected, nan_ok=True)
