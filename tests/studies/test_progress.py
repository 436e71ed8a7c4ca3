"""What people are told while they wait, and before."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolsim.studies import Execution, Fixed, Precision, estimate, sweep
from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.progress import Pace, Progress, display, duration
from schoolsim.studies.provenance import commit, provenance
from tests.studies.plans import normal, spread, troubled


@pytest.mark.parametrize(("seconds", "words"), [(3.4, "3 s"), (89, "89 s"), (600, "10 min"), (7200, "2.0 h")])
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_how_far_it_is_in_words() -> None:
    now = Progress(done=120, total=1000, failed=2, made=100, seconds=25.0, rate=4.0)
    assert str(now) == "120 of 1000 runs, 2 failed, 4 runs a second, 4 min left"
    assert str(Progress(0, 10, 0, 0, 0.0)) == "0 of 10 runs"
    assert now.seconds_left == 220.0


@pytest.mark.slow
def test_the_time_left_is_right_from_the_first_line_on(tmp_path: Path) -> None:
    """Loading takes as long as eight runs here: what is left is reckoned from the runs, not from that."""
    told: list[Progress] = []
    plan = spread(4, seconds=0.1)
    slow = replace(plan, model=replace(plan.model, path="tests.studies.models:SlowToLoad"))
    sweep(slow, tmp_path, Execution("serial", progress=told.append))
    length = told[-1].seconds
    assert told[0].seconds_left is None
    ran = [now for now in told if now.made and now.done < now.total]
    assert ran[0].done == 1
    for now in ran:
        assert now.seconds_left == pytest.approx(length - now.seconds, rel=0.5, abs=0.3)


def test_a_pace_is_measured_anew_when_runs_are_made_in_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    pace = Pace()
    assert pace.rate(2) == 0.0
    for _ in range(100):
        pace.add(0.5)
        clock[0] += 1.0  # something else takes half of the time
    assert pace.rate(1) == pytest.approx(1.0)
    pace.restart()
    assert pace.rate(4) == pytest.approx(8.0)
    for _ in range(80):
        pace.add(0.5)
        clock[0] += 0.25
    assert pace.rate(4) == pytest.approx(4.0)


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with display(True) as report:
        for done in range(5):
            report(Progress(done, 4, 0, done, done / 10))
    assert "4 of 4 runs" in screen.getvalue()


@pytest.mark.parametrize("executor", ["serial", pytest.param("processes", marks=pytest.mark.slow)])
def test_on_a_real_terminal_the_bar_moves_and_nothing_else_is_seen(tmp_path: Path, executor: str) -> None:
    code = textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        import pandas as pd
        from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, sweep
        plan = StudyPlan(pd.DataFrame({{"x": [1.0]}}), ModelReference("tests.studies.models:loud"), Fixed(12))
        sweep(plan, {str(tmp_path)!r}, Execution({executor!r}, 1))
    """)
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", code], stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error
        while more := os.read(ours, 4096):
            seen += more
    os.close(ours)
    assert process.wait() == 0, seen.decode()
    assert len(set(re.findall(rb"(\d+) of 12 runs", seen))) >= 3  # the first, one on the way, the last
    assert b"shout" not in seen
    log = (tmp_path / "logs" / "study.log").read_text()
    assert log.count("| a library shouts\n") == log.count("| and C shouts too\n") == 12
    assert "of 12 runs" not in log


class Cell:
    """What a notebook's cell shows: the last of what was put in one place, as IPython keeps it."""

    def __init__(self) -> None:
        self.shown: list[object] = []

    def display(self, what: object, *, display_id: bool) -> Cell:
        assert display_id
        self.shown.append(what)
        return self

    def update(self, what: object) -> None:
        self.shown.append(what)


@pytest.mark.parametrize("kernel", [True, False])
def test_a_notebook_gets_a_bar_and_a_plain_session_of_ipython_does_not(
    kernel: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    cell = Cell()
    shell = SimpleNamespace(kernel=object()) if kernel else SimpleNamespace()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell, display=cell))
    with display(True) as report:
        for done in range(1, 1000):
            report(Progress(done, 999, 0, done, done / 10, 10.0))
    lines = capfd.readouterr().err
    if not kernel:
        assert (cell.shown, lines) == ([], "999 of 999 runs, 10 runs a second\n")
        return
    assert lines == ""
    assert 2 <= len(cell.shown) < 100, "four times a second is enough"
    html = cell.shown[-1]._repr_html_()  # type: ignore[attr-defined]  # whatever was shown
    assert '<progress value="999" max="999">' in html
    assert "999 of 999 runs, 10 runs a second" in html
    assert repr(cell.shown[-1]) == "999 of 999 runs, 10 runs a second"


@pytest.mark.slow
def test_a_fresh_kernel_shows_the_bar(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient").NotebookClient
    code = f"""
        import sys
        sys.path[:] = {sys.path!r}
        import pandas as pd
        from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, sweep
        plan = StudyPlan(pd.DataFrame({{"x": [1.0]}}), ModelReference("tests.studies.models:loud"), Fixed(12))
        sweep(plan, "out", Execution("serial", 1));
    """
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(textwrap.dedent(code))])
    client(book, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output["data"]["text/html"] for output in book.cells[0].outputs if "data" in output]
    assert any('<progress value="12" max="12">' in html for html in shown), book.cells[0].outputs


def test_no_terminal_gets_few_lines(capfd: pytest.CaptureFixture[str]) -> None:
    with display(True) as report:
        for done in range(1000):
            report(Progress(done, 999, 0, done, done / 10, 10.0))
    assert capfd.readouterr().err == "999 of 999 runs, 10 runs a second\n"


def test_silence_and_a_function(capfd: pytest.CaptureFixture[str]) -> None:
    heard: list[Progress] = []
    for progress in (False, heard.append):
        with display(progress) as report:
            report(Progress(1, 1, 0, 1, 1.0))
    assert len(heard) == 1
    assert capfd.readouterr() == ("", "")


def test_an_estimate_counts_and_measures(tmp_path: Path) -> None:
    found = estimate(spread(50, seconds=0.05), workers=4)
    assert (found.points, found.fewest_runs, found.most_runs) == (8, 400, 400)
    assert 0.05 <= found.run_seconds < 0.2
    assert found.start_seconds > found.run_seconds
    assert found.most_seconds == pytest.approx(found.start_seconds + found.run_seconds * 100)
    folder = sweep(spread(50), tmp_path, Execution("serial", progress=False))
    kept = sum((folder / f"{table}.parquet").stat().st_size for table in ("runs", "series"))
    assert kept / 2 < found.disk_bytes < 2 * kept
    assert 100e6 < found.memory_bytes < 2e9
    text = str(found)
    assert "runs     400" in text
    assert "with 4 workers" in text


def test_an_estimate_of_a_rule_has_two_ends() -> None:
    found = estimate(normal(Precision(0.1, ("value",), initial=4, maximum=50)), workers=1)
    assert (found.fewest_runs, found.most_runs) == (12, 150)
    assert "runs     12 to 150" in str(found)
    assert "with 1 worker\n" in str(found)


def test_an_estimate_of_what_does_not_work_says_so() -> None:
    plan = replace(troubled(), points=troubled("raise").points.iloc[1:2], replications=Fixed(9))
    with pytest.raises(StudyError, match="first run of the study does not work: ValueError"):
        estimate(plan)
    with pytest.raises(ModelError):
        estimate(replace(plan, model=replace(plan.model, path="tests.studies.models:Gone")))


def test_provenance_of_a_repository(tmp_path: Path) -> None:
    import subprocess

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)

    assert commit(tmp_path) is None
    git("init")
    assert commit(tmp_path) is None
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "b.py").write_text("1")
    git("add", "a.py")
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-m", "x")
    clean = commit(tmp_path, tracks="a.py")
    assert len(clean["commit"]) == 40
    assert clean["dirty"] is False
    assert commit(tmp_path, tracks="b.py") is None
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "answer.txt").write_text("1")
    git("add", "results")
    assert commit(tmp_path) == clean
    (tmp_path / "a.py").write_text("2")
    assert commit(tmp_path) == {"commit": clean["commit"], "dirty": True}


def test_a_repository_too_large_to_look_through_is_called_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(words: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if "status" in words:
            raise subprocess.TimeoutExpired(words, 10)
        return subprocess.CompletedProcess(words, 0, "f" * 40 + "\n")

    monkeypatch.setattr(subprocess, "run", slow)
    assert commit(Path(__file__).parent) == {"commit": "f" * 40, "dirty": True}


def test_provenance_is_plain() -> None:
    import json

    found = json.loads(json.dumps(provenance()))
    assert {"versions", "python", "platform", "git", "argv"} <= set(found)
