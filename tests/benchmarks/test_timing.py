"""The benchmarks time what they say, in turns, and tell whether a promise was kept."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pytest

import benchmarks.__main__ as told
from benchmarks import batches, sections
from benchmarks.timing import Arm, Figure, MeasurementError, Seconds, in_turns, ratio_of, time_of, timed
from schoolsim.populations import synthetic_authority


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


def test_model_and_twin_are_timed_over_the_same_half_terms() -> None:
    found = sections._side_by_side(synthetic_authority(1, schools=12), 2, 2, 1)
    model, plain, keyed = (found[name][0].cpu for name in ("model", "plain", "keyed"))
    assert model < plain < keyed


def test_a_child_that_fails_is_not_timed(tmp_path) -> None:
    with pytest.raises(sections.MeasurementError, match="ZeroDivisionError"):
        sections._child([sys.executable, "-c", "1 / 0"], str(tmp_path))


@pytest.mark.parametrize("tool", ["bare", "schoolsim", "mesa", "workbench"])
def test_every_batch_runner_makes_the_same_kind_of_runs(tool: str) -> None:
    """A walk of ten steps with drifts of 0 to 0.9: its mean and its spread are known."""
    told = batches.in_a_process(tool, 1, 2000)
    drift_sd = float(np.std(batches.DRIFTS))
    expected_sd = np.hypot(np.sqrt(batches.STEPS), batches.STEPS * drift_sd)
    assert told["results"] == 2000
    assert told["mean"] == pytest.approx(batches.STEPS * np.mean(batches.DRIFTS), abs=5 * expected_sd / 2000**0.5)
    assert told["sd"] == pytest.approx(expected_sd, rel=0.1)
    assert 0 < told["seconds"] < 60
    assert 20 < told["megabytes"] < 2000


def test_what_a_batch_runner_adds_is_what_the_bare_loop_does_not_take() -> None:
    loop = {"seconds": 2.0, "processor": 2.0, "megabytes": 90.0}
    whole = [{"seconds": seconds, "processor": 1.0, "megabytes": 400.0 + seconds} for seconds in (3.0, 5.0, 9.0)]
    found = {("bare", 1): [loop] * 3, ("schoolsim", 2): whole, ("mesa", 2): [loop | {"seconds": 15.0}] * 3}
    added = batches._added(found, "schoolsim", 2, 1000)
    assert (added.wall, added.low, added.high) == pytest.approx((4000, 2000, 8000))
    assert added.kept is False
    assert batches._beside(found, "mesa", 2).wall == pytest.approx(3.0)
    memory = batches._memory(whole, "schoolsim", 1000)
    assert (memory.wall, memory.kept) == (405.0, True)


def test_a_tool_that_does_not_work_or_loses_runs_is_not_measured() -> None:
    with pytest.raises(MeasurementError, match="KeyError"):
        batches.in_a_process("nobody", 1, 10)
    with pytest.raises(MeasurementError, match="made 20 of 25 runs"):
        batches.in_a_process("bare", 1, 25)
