"""The Dask executor: this machine's cluster, and one elsewhere whose workers die."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolsim.studies import StudyResult
from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.execution.worker import WorkerSetup
from schoolsim.studies.progress import Progress
from tests.studies.plans import run_study, spread, troubled
from tests.studies.test_faults import children

KilledWorker = pytest.importorskip("distributed.scheduler").KilledWorker
DaskExecutor = pytest.importorskip("schoolsim.studies.execution.on_dask").DaskExecutor
# Dask's own threads and sockets are closed a little after the client says they are.
pytestmark = pytest.mark.filterwarnings("default")


def test_the_cluster_of_this_machine_gives_the_same_bytes(tmp_path: Path) -> None:
    plan = spread(20)
    before = set(children(os.getpid()))
    assert run_study(plan, tmp_path / "a", executor="dask", workers=2) == run_study(plan, tmp_path / "b")
    assert set(children(os.getpid())) <= before  # it leaves no process behind


@pytest.mark.slow
def test_failures_and_limits_are_as_elsewhere(tmp_path: Path) -> None:
    plan = troubled("raise", "crash", "sleep", "print", replications=1)
    serially = run_study(plan, tmp_path / "b", executor="processes", workers=2, time_limit=2)
    assert run_study(plan, tmp_path / "a", executor="dask", workers=2, time_limit=2) == serially
    runs = StudyResult.open(tmp_path / "a").runs
    assert runs["status"].tolist() == ["ok", "failed", "failed", "timeout", "ok", "ok"]
    assert "a library says hello" in (tmp_path / "a" / "logs" / "study.log").read_text()


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolsim.studies.execution.on_dask.PATIENCE", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StudyError, match=f"no Dask scheduler answers at {address}"):
            run_study(spread(), tmp_path, executor="dask", scheduler=address)


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    executor = DaskExecutor(WorkerSetup("tests.studies.models:Gone", {}, "1"), 1, None)
    try:
        executor.submit([spread().task(0, 0)])
        with pytest.raises(ModelError, match='has no "Gone"'):
            executor.collect(30)
    finally:
        executor.close()


class Lost:
    """A chunk that the cluster gave up, having lost it with one worker after another."""

    def __init__(self, status: str) -> None:
        self.key, self.status = "lost", status

    def exception(self) -> BaseException:
        return KilledWorker("lost", SimpleNamespace(address="tcp://node1:8786"), 3)


@pytest.mark.parametrize("how", ["error", "cancelled"])
def test_a_chunk_the_cluster_gave_up_is_handed_over_again_and_not_for_ever(how: str) -> None:
    executor = DaskExecutor(WorkerSetup.of(spread().model, "1", None), 1, None)
    tasks = [spread().task(point, 0) for point in range(3)]
    try:
        executor._chunks["lost"] = (Lost(how), tasks, 2)
        assert executor._records_of(Lost(how)) == []
        assert [record.run for record in executor.collect(30)] == [task.run for task in tasks]
        executor._chunks["lost"] = (Lost(how), tasks, 1)
        with pytest.raises(StudyError, match="the Dask cluster lost 3 runs 3 times"):
            executor._records_of(Lost(how))
    finally:
        executor.close()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers in processes of their own, as on a cluster."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    place = folder / "scheduler.json"
    log = (folder / "dask.log").open("wb")

    def run(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--scheduler-file", str(place)],
            env=environment, cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip

    processes = [run("scheduler", "--port", "0", "--no-dashboard")]
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "30")
    processes += [run("worker", *options) for _ in range(workers)]
    try:
        until = time.monotonic() + 60
        while not place.exists() or (folder / "dask.log").read_text().count("Registered to") < workers:
            assert time.monotonic() < until, (folder / "dask.log").read_text()
            time.sleep(0.1)
        yield json.loads(place.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()
        log.close()


@pytest.mark.slow
@pytest.mark.faults
def test_a_worker_of_a_cluster_is_killed(tmp_path: Path) -> None:
    plan = spread(25, seconds=0.02)
    killed: list[int] = []
    with cluster(tmp_path, 2) as (address, workers):

        def kill(now: Progress) -> None:
            if now.made >= 40 and not killed:
                killed.append(now.made)
                threading.Thread(target=workers[0].send_signal, args=(signal.SIGKILL,)).start()

        folder = tmp_path / "a"
        on_cluster = run_study(plan, folder, executor="dask", scheduler=address, progress=kill)
        assert killed
        assert killed[0] < 200
        assert workers[0].wait(10) == -signal.SIGKILL
        assert not children(workers[1].pid)  # the process it kept for the study is gone
    assert on_cluster == run_study(plan, tmp_path / "b")
