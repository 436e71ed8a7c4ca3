"""Workers: what they run, what they survive, what they keep apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from schoolsim.studies import Execution, ModelReference, sweep
from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.execution.processes import ProcessExecutor
from schoolsim.studies.execution.serial import SerialExecutor
from schoolsim.studies.execution.time_limit import ONE_THREAD, RunTimeout, deadline
from schoolsim.studies.execution.worker import KILLED_TRIES, TRIES, Worker, WorkerSetup
from schoolsim.studies.run_request import FAILED, OK, TIMEOUT, RunRecord, RunTask
from tests.studies.plans import HERE, run_study, spread, troubled


def setup(model: str, *, limit: float | None = None, version: str = "unversioned") -> WorkerSetup:
    return WorkerSetup.of(ModelReference(f"{HERE}:{model}"), version, limit)


def tasks(*troubles: str) -> list[RunTask]:
    return [RunTask(f"{n:016x}", n, 0, n, {"trouble": t}) for n, t in enumerate(troubles)]


def run(worker: Worker, given: list[RunTask]) -> list[RunRecord]:
    try:
        return [record for records in worker.run(given) for record in records]
    finally:
        worker.close()


def test_a_worker_makes_every_run_in_order_with_what_it_prints(capfd: pytest.CaptureFixture[str]) -> None:
    """All of it comes with the run's record, none on the display; what is long is cut."""
    records = run(Worker(setup("troubled")), tasks("none", "raise", "print", "log", "none", "shout"))
    assert [record.status for record in records] == [OK, FAILED, OK, OK, OK, OK]
    assert records[1].error == "ValueError: no luck with <object object at 0x...>"
    assert "in troubled" in records[1].traceback
    assert [record.output for record in records[:5]] == [
        "",
        "",
        "a library says hello\nand so does C\n",
        "WARNING mesa.model: deprecated\n",
        "",
    ]
    assert len(records[5].output) < 70_000
    assert records[5].output.endswith("bytes left out]")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("trouble", "error", "starts"),
    [
        pytest.param("exit", "exit code 3", 4, marks=pytest.mark.slow),
        ("crash", "SIGABRT", 4),
        ("killed", "SIGKILL", 5),
    ],
)
def test_a_crash_is_put_down_to_the_run_that_made_it(
    trouble: str, error: str, starts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others in the same chunk, before and after, are made. One killed from outside is tried more often."""
    assert KILLED_TRIES > TRIES
    monkeypatch.setattr("schoolsim.studies.execution.worker.KILLED_TRIES", TRIES + 1)
    started = []
    launched = Worker._launched
    monkeypatch.setattr(Worker, "_launched", lambda self: (started.append(1), launched(self))[1])
    records = run(Worker(setup("troubled")), tasks("none", trouble, "none"))
    assert [record.status for record in records] == [OK, FAILED, OK]
    assert records[1].error == f"the worker process was ended by {error}"
    assert len(started) == starts
    if trouble == "crash":
        assert "in troubled" in records[1].output  # where it crashed, from the fault handler


def test_a_run_over_its_limit_is_stopped_and_the_next_is_made() -> None:
    started = time.monotonic()
    records = run(Worker(setup("troubled", limit=0.3)), tasks("none", "sleep", "none"))
    assert [record.status for record in records] == [OK, TIMEOUT, OK]
    assert records[1].error == "over the time limit of 0.3 s"
    assert time.monotonic() - started < 10


def test_a_compiled_call_is_stopped_too() -> None:
    """It holds the interpreter, so no signal handler of Python's would ever run."""
    records = run(Worker(setup("stuck", limit=0.3)), tasks("none"))
    assert [record.status for record in records] == [TIMEOUT]


def test_in_this_process_the_alarm_stops_a_run() -> None:
    plan = troubled("sleep")
    executor = SerialExecutor(plan.model.load(), time_limit=0.2)
    executor.submit(tasks("sleep"))
    (record,) = executor.collect(None)
    executor.close()
    assert record.status == TIMEOUT
    assert record.error == "over the time limit of 0.2 s"


def test_the_alarm_is_not_caught_by_a_broad_except() -> None:
    def careless() -> None:
        with deadline(0.05):
            try:
                time.sleep(5)
            except Exception:
                pytest.fail("caught")

    with pytest.raises(RunTimeout):
        careless()


def test_the_alarm_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_limit_in_another_thread_is_refused_with_advice() -> None:
    told: list[str] = []

    def work() -> None:
        try:
            with deadline(1):
                pass
        except StudyError as error:
            told.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert told
    assert 'executor="processes"' in told[0]


def test_what_a_run_prints_is_kept_from_the_display_in_this_process_too(
    capfd: pytest.CaptureFixture[str],
) -> None:
    executor = SerialExecutor(ModelReference(f"{HERE}:troubled").load())
    executor.submit(tasks("print", "log", "none", "shout"))
    outputs = [executor.collect(None)[0].output for _ in range(4)]
    assert outputs[:3] == ["a library says hello\nand so does C\n", "WARNING mesa.model: deprecated\n", ""]
    assert outputs[3].endswith("bytes left out]")
    assert capfd.readouterr() == ("", "")
    print("after")
    os.write(2, b"and after")
    assert capfd.readouterr() == ("after\n", "and after")
    executor.close()


@pytest.mark.slow
def test_a_process_without_standard_output_captures_all_the_same(tmp_path: Path) -> None:
    code = textwrap.dedent(f"""
        import os, sys
        sys.path[:] = {sys.path!r}
        os.close(1), os.close(2)
        from tests.studies.test_execution import HERE, SerialExecutor, ModelReference, tasks
        executor = SerialExecutor(ModelReference(f"{{HERE}}:chatty").load())
        executor.submit(tasks("print"))
        open({str(tmp_path / "out")!r}, "w").write(executor.collect(None)[0].output)
    """)
    subprocess.run([sys.executable, "-c", code])
    assert (tmp_path / "out").read_text() == "a library says hello\n"


def test_threads_do_not_multiply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "16")
    (record,) = run(Worker(setup("environment")), tasks(*["none"]))
    assert record.outcomes == dict.fromkeys(ONE_THREAD, 1.0)
    assert os.environ["OMP_NUM_THREADS"] == "16"


def test_a_worker_ends_with_its_parent(tmp_path: Path) -> None:
    """Even in the middle of a run, when the parent is killed and can tell it nothing."""
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        from tests.studies.test_execution import setup, tasks
        from schoolsim.studies.execution.processes import ProcessExecutor
        executor = ProcessExecutor(setup("troubled"), 1)
        executor.submit(tasks("none"))
        executor.collect(None)
        executor.submit(tasks("sleep"))
        print(executor.pids[0], flush=True)
        executor.collect(None)
        """)
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert _gone(child, seconds=5)


def test_closing_ends_workers_in_the_middle_of_a_run() -> None:
    executor = ProcessExecutor(setup("troubled"), 2)
    executor.submit(tasks("none"))
    executor.collect(None)
    executor.submit(tasks("sleep"))
    time.sleep(0.2)
    pids, started = executor.pids, time.monotonic()
    executor.close()
    assert time.monotonic() - started < 2
    assert all(_gone(pid, seconds=5) for pid in pids)


def test_a_light_start(package: Path) -> None:
    """A worker loads no tables, nor the compiler before a model asks for it: a second in each would be too much."""
    code = (
        "import sys, tests.studies.models, schoolsim.studies.execution.run_one;"
        " print({'pandas', 'numba'} & {*sys.modules})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(package.parent), str(package.parents[1])])}
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert answer.stdout == b"set()\n", answer.stderr


def test_a_model_that_does_not_load_stops_the_sweep() -> None:
    for model, message in [("Gone", 'has no "Gone"'), ("Demanding", "cannot be built")]:
        executor = ProcessExecutor(setup(model), 1)
        executor.submit(tasks("none"))
        with pytest.raises(ModelError, match=message):
            executor.collect(10)
        executor.close()


def test_a_worker_that_dies_at_once_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolsim.studies.execution.worker.STARTS", 2)
    started, launched = [], Worker._launched
    monkeypatch.setattr(Worker, "_launched", lambda self: (started.append(1), launched(self))[1])
    worker = Worker(WorkerSetup("tests.studies.deadly:model", {}, "1"))
    with pytest.raises(StudyError, match="end before their first run: .* exit code 7"):
        run(worker, tasks("none"))
    assert len(started) == 2


def test_a_model_changed_under_way_is_refused() -> None:
    with pytest.raises(ModelError, match="has version 1 there, 0.9 here"):
        run(Worker(setup("Spread", version="0.9")), tasks("none"))


def test_a_model_in_a_notebook_is_told_where_to_go() -> None:
    plan = ModelReference.of(lambda parameters, seed: {"x": 1.0})
    with pytest.raises(ModelError, match="Move it into a module"):
        WorkerSetup.of(plan, "1", None)


@pytest.mark.parametrize(
    "typed", [pytest.param(False, id="script"), pytest.param(True, id="typed", marks=pytest.mark.slow)]
)
def test_a_script_without_a_guard_works(tmp_path: Path, typed: bool) -> None:
    """Under spawn, `multiprocessing` would run the script again in every worker, or not find it.

    The start method is left alone, whether it was chosen (by Mesa, when it is imported) or not.
    """
    code = textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        print("once")
        import multiprocessing
        from schoolsim.studies import Execution, sweep
        from tests.studies.plans import spread
        sweep(spread(), {str(tmp_path / "before")!r}, Execution("processes", 1, progress=False))
        assert multiprocessing.get_start_method(allow_none=True) is None
        import mesa
        assert multiprocessing.get_start_method() == "spawn"
        for executor in ("processes", "auto"):
            sweep(spread(), {str(tmp_path)!r} + "/" + executor, Execution(executor, 2, progress=False))
        assert multiprocessing.get_start_method() == "spawn"
        """)
    script = tmp_path / "script.py"
    script.write_text(code)
    command = [sys.executable, "-"] if typed else [sys.executable, str(script)]
    done = subprocess.run(command, input=code if typed else "", capture_output=True, text=True)
    assert done.stdout == "once\n", done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_works(tmp_path: Path) -> None:
    """With worker processes for a model that lives in a module; one of its own is told where to go."""
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    cells = [
        f"import sys; sys.path[:] = {sys.path!r}",
        "from schoolsim.studies import Execution, ModelReference, StudyResult, sweep\n"
        "from tests.studies.plans import spread",
        f"StudyResult.open(sweep(spread(), {str(tmp_path / 'out')!r}, Execution('processes', 2))).counts",
        "from dataclasses import replace\n"
        "def mine(parameters, seed):\n    return {'x': 1.0}\n"
        "plan = replace(spread(), model=ModelReference.of(mine))",
        f"StudyResult.open(sweep(plan, {str(tmp_path / 'mine')!r}, Execution())).counts",
        f"try:\n    sweep(plan, {str(tmp_path / 'mine2')!r}, Execution('processes', 2))\n"
        "except Exception as error:\n    print(error)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    last = [cell["outputs"][-1] for cell in notebook.cells if cell["outputs"]]
    assert [output["data"]["text/plain"] for output in last[:2]] == ["{'ok': 40}"] * 2
    assert "Move it into a module" in last[2]["text"]


def test_a_tiny_study_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(Worker, "_start", refuse)
    run_study(spread(), tmp_path / "out", executor="auto", workers=2)


def test_a_longer_study_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolsim.studies.execution.executors.SECONDS_ALONE", 0.05)
    plan, started = spread(3, seconds=0.02), []
    start = Worker._start
    monkeypatch.setattr(Worker, "_start", lambda self: (started.append(1), start(self)))
    assert run_study(plan, tmp_path / "a", executor="auto", workers=2) == run_study(plan, tmp_path / "b")
    assert len(started) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"executor": "threads"}, 'executor "threads" is not one of auto, serial'),
        ({"workers": 0}, "1 or more"),
        ({"time_limit": 0.0}, "from 1e-06 to"),
    ],
)
def test_what_cannot_be_done_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        Execution(**options)


def test_a_local_model_runs_in_this_process(tmp_path: Path) -> None:
    from dataclasses import replace

    local = ModelReference.of(lambda parameters, seed: {"x": float(seed % 7)})
    sweep(replace(spread(), model=local), tmp_path / "a", Execution(workers=2, progress=False))


def _gone(pid: int, *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
