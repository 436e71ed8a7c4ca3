"""Real processes, killed at random moments: what comes out in the end is the same bytes.

The moments differ from run to run on purpose; a test that fails prints the seed it drew.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from schoolsim.studies import StudyResult, read_status
from schoolsim.studies.errors import StoreError
from tests.studies.plans import run_study, spread, tables

pytestmark = pytest.mark.faults
REPLICATIONS = 25
KILLS = 10


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables of a study nobody disturbed; its runs take no time but are the same."""
    return run_study(spread(REPLICATIONS), tmp_path_factory.mktemp("whole"))


def drawn() -> random.Random:
    """A generator whose seed is told if the test fails."""
    seed = random.randrange(10**6)
    print("seed", seed)
    return random.Random(seed)


def start(
    folder: Path, workers: int, executor: str = "processes", *, seconds: float = 0.01, before: str = ""
) -> subprocess.Popen[str]:
    """The study in a process of its own, as a user's script would run it, each run so long."""
    code = f"""
import sys
sys.path[:] = {sys.path!r}
{textwrap.dedent(before)}
from schoolsim.studies import Execution, sweep
from tests.studies.plans import spread
sweep(spread({REPLICATIONS}), {str(folder)!r}, Execution({executor!r}, {workers}, progress=False))
"""
    environment = {**os.environ, "SPREAD_SECONDS": str(seconds)}
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env=environment)


def children(pid: int) -> list[int]:
    """The worker processes of a process."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
            int(word)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            if thread.name != str(pid)
            for word in (thread / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kept(folder: Path) -> int:
    """Runs that are in the folder; none before there is a manifest."""
    try:
        return read_status(folder).done
    except StoreError:
        return 0


def wait_for(folder: Path, runs: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and kept(folder) < runs:
        time.sleep(0.02)


@pytest.mark.slow
def test_a_parent_killed_at_ten_random_moments(tmp_path: Path, whole: dict[str, str]) -> None:
    """While it starts, before the first run, in the middle, while a part is written: wherever it falls."""
    chance, killed, workers = drawn(), 0, []
    for number in range(KILLS):
        process = start(tmp_path, chance.choice([1, 2, 4]), seconds=0.25)
        if number % 2:  # however slow the machine is, some of them come after new runs were kept
            wait_for(tmp_path, kept(tmp_path) + 1, process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.5) if number % 2 else chance.uniform(0.1, 2.0))
        workers += children(process.pid)
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
    assert killed == KILLS
    assert 0 < kept(tmp_path) < 8 * REPLICATIONS
    process = start(tmp_path, 2)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert tables(tmp_path) == whole
    assert not list(tmp_path.rglob("*.tmp"))
    assert len(workers) > KILLS / 2
    assert not any(is_alive(pid) for pid in workers)


@pytest.mark.slow
@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_workers_killed_at_ten_random_moments(tmp_path: Path, whole: dict[str, str], executor: str) -> None:
    """The sweep itself notices, replaces them, and goes on; no run is lost or failed."""
    chance, killed = drawn(), 0
    process = start(tmp_path, 2, executor, seconds=0.08)
    while killed < KILLS and process.poll() is None:
        time.sleep(chance.uniform(0.3, 0.6))  # a run that dies twice counts as failed
        victims = children(process.pid)
        if victims:
            os.kill(chance.choice(victims), signal.SIGKILL)
            killed += 1
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert killed == KILLS
    assert tables(tmp_path) == whole


STEPS = """
    import os, signal
    step, stop = 0, {stop}
    def stopping(act):
        def acted(*given, **more):
            global step
            step += 1
            if step == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            act(*given, **more)
            step += 1
            if step == stop:
                os.kill(os.getpid(), signal.SIGKILL)
        return acted
    os.replace, os.unlink = stopping(os.replace), stopping(os.unlink)
    from schoolsim.studies.store import parts
    parts.RUNS_A_PART = 50
"""


@pytest.mark.slow
@pytest.mark.timeout(900)  # some forty processes, one after another
def test_killed_before_and_after_every_file_that_takes_or_loses_its_name(tmp_path: Path, whole: dict[str, str]) -> None:
    """Random moments seldom fall into the last milliseconds, when parts become tables; these all do."""
    before = 0
    for stop in range(1, 200):
        folder = tmp_path / str(stop)
        process = start(folder, 1, seconds=0.0, before=STEPS.format(stop=stop))
        _, error = process.communicate(timeout=60)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, error
        assert kept(folder) >= before, stop  # a later moment loses nothing that an earlier one had
        before = kept(folder)
        assert run_study(spread(REPLICATIONS), folder) == whole, stop
        assert StudyResult.open(folder).complete
        assert not list(folder.rglob("*.tmp"))
    assert 20 < stop < 199


@pytest.mark.slow
def test_a_worker_killed_and_then_the_parent(tmp_path: Path, whole: dict[str, str]) -> None:
    """Once each, at a moment that is sure to be in the middle: the fast form of the two above."""
    process = start(tmp_path, 2)
    wait_for(tmp_path, 50, process)
    victims = children(process.pid)
    os.kill(victims[0], signal.SIGKILL)
    wait_for(tmp_path, 100, process)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    before = kept(tmp_path)
    assert 100 <= before < 8 * REPLICATIONS
    assert run_study(spread(REPLICATIONS), tmp_path) == whole
    sessions = json.loads((tmp_path / "manifest.json").read_text())["sessions"]
    assert sessions[-1]["runs"] == 8 * REPLICATIONS - before


@pytest.mark.slow
def test_little_is_lost_when_runs_are_slow(tmp_path: Path) -> None:
    """Runs of 0.4 s are kept within a second or two, not hundreds at a time."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(f"""
            import sys
            sys.path[:] = {sys.path!r}
            from schoolsim.studies import Execution, sweep
            from tests.studies.plans import spread
            report = lambda now: print(now.made, flush=True)
            sweep(spread(5, seconds=0.4), {str(tmp_path)!r}, Execution("processes", 2, progress=report))
        """),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if int(line) >= 9:
            break
    process.kill()
    process.communicate()
    assert read_status(tmp_path).done >= 9 - 6  # at most a second's and what was just coming in


@pytest.mark.slow
def test_ctrl_c_keeps_everything_and_says_where_to_go_on(tmp_path: Path) -> None:
    process = start(tmp_path, 2)
    wait_for(tmp_path, 50, process)
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT or "Interrupted: SIGINT" in error
    result = StudyResult.open(tmp_path)
    assert result.manifest["sessions"][0]["runs"] == read_status(tmp_path).done >= 50
    assert not any(is_alive(pid) for pid in workers)


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_runs(tmp_path: Path) -> None:
    """Ten thousand short runs with series: the parent stays below 500 MB, and grows little."""
    used = {}
    for replications in (100, 1250):
        code = textwrap.dedent(f"""
            import resource, sys
            sys.path[:] = {sys.path!r}
            from schoolsim.studies import Execution, sweep
            from tests.studies.plans import spread
            sweep(spread({replications}), {str(tmp_path / str(replications))!r},
                  Execution("processes", 2, progress=False))
            lines = open("/proc/self/status").read().splitlines()
            print(next(l.split()[1] for l in lines if l.startswith("VmHWM")))
        """)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        used[replications] = int(done.stdout) / 1024
    print(used)
    assert used[1250] < 500
    assert used[1250] - used[100] < 60
