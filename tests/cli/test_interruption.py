"""Signals to a command in a process of its own: what is said, the exit code, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from schoolsim.studies import read_status
from schoolsim.studies.errors import StoreError
from tests.cli.conftest import Type

MAIN = f"import sys; sys.path[:] = {sys.path!r}; from schoolsim.cli import main; main()"


def start(tiny: Path, elsewhere: Path, *words: str) -> subprocess.Popen[str]:
    """A sweep that takes longer than any test waits."""
    command = [sys.executable, "-c", MAIN, "sweep", str(tiny), "--replications", "3000", "--out", "results", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=elsewhere, start_new_session=True
    )


def wait_for_runs(folder: Path, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        try:
            if read_status(folder).done:
                return
        except StoreError:
            pass
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_sweep_asked_to_end_says_what_is_kept(
    typed: Type, tiny: Path, elsewhere: Path, name: str, code: int, executor: str
) -> None:
    folder = elsewhere / "results" / "tiny"
    sweep = start(tiny, elsewhere, "--executor", executor, "--workers", "2")
    wait_for_runs(folder, sweep)
    sweep.send_signal(getattr(signal, name))
    out, err = sweep.communicate(timeout=60)
    assert (sweep.returncode, out) == (code, "")
    kept = read_status(folder).done
    assert (
        err.splitlines()[-1]
        == f"Ended by {name}. {kept} of 6000 runs are kept. To go on: schoolsim resume results/tiny"
    )
    assert "Traceback" not in err


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_second_ctrl_c_shows_no_traceback(tiny: Path, elsewhere: Path, executor: str) -> None:
    folder = elsewhere / "results" / "tiny"
    sweep = start(tiny, elsewhere, "--executor", executor, "--workers", "2")
    wait_for_runs(folder, sweep)
    for _ in range(2):
        os.killpg(sweep.pid, signal.SIGINT)
        time.sleep(0.02)
    _, err = sweep.communicate(timeout=60)
    assert sweep.returncode == 130, err
    assert "Traceback" not in err
    assert "KeyboardInterrupt" not in err


@pytest.mark.slow
@pytest.mark.faults
def test_a_terminal_that_was_closed_loses_no_finished_run(tiny: Path, elsewhere: Path) -> None:
    """The hang-up comes when nothing can be written to the terminal any more."""
    import pty

    parent, child = pty.openpty()
    command = [sys.executable, "-c", MAIN, "sweep", str(tiny), "--replications", "3000", "--out", "results"]
    sweep = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, cwd=elsewhere, start_new_session=True)
    os.close(child)
    folder = elsewhere / "results" / "tiny"
    wait_for_runs(folder, sweep)  # type: ignore[arg-type]  # of bytes, not text
    os.close(parent)
    sweep.send_signal(signal.SIGHUP)
    assert sweep.wait(60) == 129
    assert read_status(folder).done > 0
