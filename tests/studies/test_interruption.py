"""Nothing that is finished is lost: not by a run that fails oddly, nor by a signal that ends the process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, read_status
from schoolsim.studies.errors import DesignError, StudyError
from schoolsim.studies.interruption import Interrupted, exit_code, interruptible, raise_if_interrupted
from schoolsim.studies.progress import Progress
from schoolsim.studies.run_request import FAILED, OK
from schoolsim.studies.store.parts import part_files
from tests.studies.plans import run_study, spread, tables

UNRULY = "tests.studies.unruly_models"
TROUBLES = (
    "surrogate error", "surrogate name", "surrogate series", "control name", "long name", "empty name",
    "one name twice", "mute", "exit", "huge", "half-terms",
)  # fmt: skip


def unruly(*troubles: str) -> StudyPlan:
    points = pd.DataFrame({"trouble": ["none", *troubles, "surrogate print"]})
    return StudyPlan(points, ModelReference(f"{UNRULY}:unruly"), Fixed(2))


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_run_that_fails_oddly_is_a_row_and_nothing_else_is_lost(tmp_path: Path, executor: str) -> None:
    hashes = run_study(unruly(*TROUBLES), tmp_path / executor, executor=executor, workers=2)
    runs = StudyResult.open(tmp_path / executor).runs
    assert runs.groupby("trouble")["status"].unique().map(list).to_dict() == {
        "none": [OK], "surrogate print": [OK], **dict.fromkeys(TROUBLES, [FAILED]),
    }  # fmt: skip
    errors = runs.groupby("trouble")["error"].first()
    assert errors["surrogate error"] == r"ValueError: caf\udce9"
    assert r"'caf\udce9'" in errors["surrogate name"]
    assert errors["mute"] == "MuteError: (its message cannot be shown)"
    assert errors["exit"] == "SystemExit: 3"
    assert all(path.read_text(encoding="utf-8") for path in (tmp_path / executor / "failures").iterdir())
    assert hashes == run_study(unruly(*TROUBLES), tmp_path / "again")


def test_texts_that_no_file_can_hold_are_refused_before_the_first_run(tmp_path: Path) -> None:
    model = ModelReference(f"{UNRULY}:unruly")
    points = pd.DataFrame({"trouble": ["none"]})
    for fault in ({"title": "caf\udce9"}, {"cite": ("\ud800",)}, {"fixed": {"x": "\ud800"}}, {"fixed": {"a\nb": 1}}):
        with pytest.raises(StudyError, match="cannot be written|is no name"):
            StudyPlan(points, model, **fault)
    with pytest.raises(DesignError, match="cannot be written"):
        StudyPlan(pd.DataFrame({"trouble": ["caf\udce9"]}, dtype=object), model)
    with pytest.raises(StudyError, match="is no name"):
        StudyPlan(pd.DataFrame({"a\x00": [1.0]}), model)
    plan = StudyPlan(points, ModelReference(f"{UNRULY}:Undecodable"))
    with pytest.raises(StudyError, match="cannot be written"):
        run_study(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "option",
    [
        {"workers": 0}, {"workers": -1}, {"workers": 10**9}, {"time_limit": float("inf")}, {"time_limit": 1e-300},
        {"time_limit": float("nan")}, {"time_limit": -1.0}, {"time_limit": 0.0},
    ],
    ids=str,
)  # fmt: skip
def test_executions_that_cannot_be_are_refused(option: dict[str, float]) -> None:
    with pytest.raises(StudyError, match="must be"):
        Execution(**option)


def start(folder: Path, model: str = "", *, executor: str = "serial") -> subprocess.Popen[str]:
    """The study in a process of its own, each run a twentieth of a second."""
    code = textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        from dataclasses import replace
        from schoolsim.studies import Execution, ModelReference, sweep
        from tests.studies.plans import spread
        plan = spread(40)
        if {model!r}:
            plan = replace(plan, model=ModelReference({model!r}))
        sweep(plan, {str(folder)!r}, Execution({executor!r}, 2, progress=False))
    """)
    environment = {**os.environ, "SPREAD_SECONDS": "0.05"}
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env=environment)


def wait_for_runs(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        with contextlib.suppress(StudyError):
            if read_status(folder).done >= count:
                return
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_what_is_in_memory_is_written_before_the_process_ends(tmp_path: Path, name: str) -> None:
    """Parts are written every second; these runs take milliseconds."""

    def signalled(now: Progress) -> None:
        if now.made == 7:
            assert not part_files(tmp_path / "parts")
            signal.raise_signal(getattr(signal, name))

    with pytest.raises(Interrupted, match=name), interruptible():
        run_study(spread(5), tmp_path, progress=signalled)
    assert read_status(tmp_path).done == 7
    assert run_study(spread(5), tmp_path) == run_study(spread(5), tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_loses_no_finished_run(tmp_path: Path, name: str) -> None:
    """Of runs of a twentieth of a second, those since the last part was written are kept too."""
    process = start(tmp_path)
    wait_for_runs(tmp_path, 1, process)
    time.sleep(0.6)  # parts are written every second: some ten runs are in memory only
    before = read_status(tmp_path).done
    process.send_signal(getattr(signal, name))
    _, error = process.communicate(timeout=20)
    assert process.returncode == -getattr(signal, name), error
    assert "Traceback" not in error
    assert read_status(tmp_path).done > before
    manifest = StudyResult.open(tmp_path).manifest
    assert manifest["sessions"][-1]["runs"] == read_status(tmp_path).done
    assert run_study(spread(40), tmp_path) == run_study(spread(40), tmp_path / "whole")


@pytest.mark.slow
def test_a_model_that_drops_the_interruption_does_not_go_on_for_ever(tmp_path: Path) -> None:
    process = start(tmp_path, f"{UNRULY}:stubborn")
    wait_for_runs(tmp_path, 5, process)
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=10)
    assert process.returncode == -signal.SIGTERM, error
    assert 5 <= read_status(tmp_path).done < 320


def test_later_signals_wait_until_what_is_finished_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[bytes] = []
    ended: list[int] = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, text: said.append(text) if fd == 2 else write(fd, text))
    monkeypatch.setattr(os, "_exit", ended.append)
    written = False
    try:
        with interruptible():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGINT)
                assert said == [b"Writing what is finished; once more to end at once.\n"]
                assert ended == []
                signal.raise_signal(signal.SIGHUP)
                assert ended == [129]
                with pytest.raises(Interrupted):
                    raise_if_interrupted()
                written = True
    except KeyboardInterrupt as interruption:
        assert exit_code(interruption) == 143  # noqa: PT017
    assert written
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    raise_if_interrupted()


def test_signals_somebody_handles_are_left_alone() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: heard.append(number))
    hangup = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        with interruptible():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGHUP, hangup)
    assert heard == [signal.SIGTERM]


@pytest.mark.slow
def test_the_tables_after_a_signal_are_those_of_a_study_never_disturbed(tmp_path: Path) -> None:
    """In a session of one process and then in one of two."""
    process = start(tmp_path, executor="processes")
    wait_for_runs(tmp_path, 20, process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    run_study(spread(40), tmp_path, executor="processes", workers=2)
    assert tables(tmp_path) == run_study(replace(spread(40)), tmp_path / "whole")
