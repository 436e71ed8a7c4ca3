"""Real processes, killed at random moments: what comes out in the end is the same bytes.

The moments differ from run to run on purpose; a test that fails prints the seed it drew.
"""

from __future__ import annotations

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

from schoolsim.studies import StudyResult, status
from schoolsim.studies.errors import StoreError
from tests.studies.plans import made, spread, tables

pytestmark = pytest.mark.faults
SECONDS = 0.01
REPLICATIONS = 25


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables of a study nobody disturbed; its runs take no time but are the same."""
    plan = spread(REPLICATIONS, seconds=SECONDS)
    return made(plan, tmp_path_factory.mktemp("whole"), executor="processes", workers=2)


def drawn() -> random.Random:
    """A generator whose seed is told if the test fails."""
    seed = random.randrange(10**6)
    print("seed", seed)
    return random.Random(seed)


def start(folder: Path, workers: int, executor: str = "processes") -> subprocess.Popen[str]:
    """The study in a process of its own, as a user's script would run it."""
    code = textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        from schoolsim.studies import Execution, sweep
        from tests.studies.plans import spread
        plan = spread({REPLICATIONS}, seconds={SECONDS})
        sweep(plan, {str(folder)!r}, Execution({executor!r}, {workers}, progress=False))
    """)
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)


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


def kept(folder: Path) -> int:
    """Runs that are in the folder; none before there is a manifest."""
    try:
        return status(folder).done
    except StoreError:
        return 0


def wait_for(folder: Path, runs: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and kept(folder) < runs:
        time.sleep(0.02)


def kill_at_random(folder: Path, chance: random.Random, workers: int) -> bool:
    """Start or go on with the study and kill it after a while; whether it was still running."""
    process = start(folder, workers)
    try:
        process.wait(chance.uniform(0.3, 2.0))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("_", range(4))
def test_a_killed_parent(tmp_path: Path, whole: dict[str, str], _: int) -> None:
    chance, killed = drawn(), 0
    for _kill in range(12):
        if not kill_at_random(tmp_path, chance, chance.choice([1, 2, 4])):
            break
        killed += 1
    process = start(tmp_path, 2)
    assert process.wait(60) == 0, process.stderr.read()
    process.communicate()
    assert killed > 0
    assert tables(tmp_path) == whole
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.slow
@pytest.mark.parametrize("_", range(3))
def test_killed_workers(tmp_path: Path, whole: dict[str, str], _: int) -> None:
    """The sweep itself notices, replaces them, and goes on; no run is lost or failed."""
    chance, killed = drawn(), 0
    process = start(tmp_path, 2)
    while process.poll() is None:
        time.sleep(chance.uniform(0.1, 0.5))
        victims = children(process.pid)
        if victims and killed < 8:
            os.kill(chance.choice(victims), signal.SIGKILL)
            killed += 1
    _, error = process.communicate()
    assert process.returncode == 0, error
    assert killed > 1
    assert tables(tmp_path) == whole


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
    again = start(tmp_path, 2)
    assert again.wait(60) == 0, again.stderr.read()
    again.communicate()
    assert tables(tmp_path) == whole
    sessions = json.loads((tmp_path / "manifest.json").read_text())["sessions"]
    assert sessions[-1]["runs"] == 8 * REPLICATIONS - before


def test_little_is_lost_when_runs_are_slow(tmp_path: Path) -> None:
    """Runs of 0.4 s are kept within a second or two, not fifty at a time."""
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
    assert status(tmp_path).done >= 9 - 6  # at most a second's and what was just coming in


@pytest.mark.slow
def test_ctrl_c_keeps_everything_and_says_where_to_go_on(tmp_path: Path) -> None:
    process = start(tmp_path, 2)
    wait_for(tmp_path, 50, process)
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT or "KeyboardInterrupt" in error
    result = StudyResult.open(tmp_path)
    assert result.manifest["sessions"][0]["runs"] == status(tmp_path).done >= 50
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


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
