"""The benchmarks time what they say, in turns, and tell whether a promise was kept."""

from __future__ import annotations

import json
import time

import pytest

import benchmarks.__main__ as told
from benchmarks import sections
from benchmarks.timing import Arm, Figure, Seconds, in_turns, ratio_of, time_of, timed


def test_arms_take_turns_and_change_places_each_round() -> None:
    order: list[str] = []

    def arm(name: str) -> Arm:
        return Arm(name, lambda: lambda: order.append(name))

    found = in_turns([arm("a"), arm("b"), arm("c")], 3)
    assert "".join(order) == "abccbaabc"
    assert {name: len(rounds) for name, rounds in found.items()} == {"a": 3, "b": 3, "c": 3}


def test_only_the_run_is_timed_and_repeats_are_divided_by() -> None:
    def prepare() -> object:
        time.sleep(0.2)
        return lambda: time.sleep(0.05)

    seconds = timed(Arm("slow to prepare", prepare, repeats=5))
    assert 0.01 <= seconds.wall < 0.03
    assert seconds.cpu < seconds.wall


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    slow = [Seconds(10.0, 8.0), Seconds(100.0, 8.0), Seconds(30.0, 8.0)]
    fast = [Seconds(1.0, 1.0), Seconds(50.0, 2.0), Seconds(10.0, 4.0)]
    figure = ratio_of("slow / fast", slow, fast, ">= 4")
    assert (figure.wall, figure.cpu, figure.low, figure.high) == (3.0, 4.0, 2.0, 10.0)
    assert figure.kept is False


@pytest.mark.parametrize(("limit", "kept"), [("<= 50", True), ("<= 19", False), (">= 20", True), ("", None)])
def test_a_promise_is_judged_by_the_median(limit: str, kept: bool | None) -> None:
    figure = time_of("decade", [Seconds(0.020, 0.018), Seconds(0.9, 0.019), Seconds(0.001, 0.001)], "ms", limit)
    assert figure.wall == pytest.approx(20.0)
    assert figure.kept is kept


def test_the_table_says_when_a_promise_is_not_kept(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def slow(effort: object) -> list[Figure]:
        return [Figure("decade", "ms", 1234.0, None, 1.0, 2000.0, 3, "<= 50")]

    def broken(effort: object) -> list[Figure]:
        raise sections.MeasurementError("no scheduler here")

    monkeypatch.setattr(told, "SECTIONS", {"slow": slow, "broken": broken})
    told.main([])
    out = capsys.readouterr().out
    assert "1,234 ms" in out
    assert "NOT KEPT" in out
    assert "broken was not measured: no scheduler here" in out
    told.main(["--json", "--only", "slow"])
    read = json.loads(capsys.readouterr().out)
    assert read["figures"][0]["kept"] is False
    assert {"processor", "numba", "load"} <= set(read["machine"])
