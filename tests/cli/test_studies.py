"""Studies as typed: taken up again, and reproduced."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.studies import Execution, StudyPlan
from schoolsim.studies.reproduction import Reproduction
from tests.cli.conftest import SERIAL, Type


def test_an_interrupted_sweep_is_resumed_to_the_same_bytes(
    typed: Type, tiny: Path, once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolsim.studies.execution import serial

    made = serial.run_one

    def interrupted(model: object, task: object, *, time_limit: float | None) -> object:
        if (task.point, task.replication) == last:  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return made(model, task, time_limit=time_limit)  # type: ignore[arg-type]

    monkeypatch.setattr(serial, "run_one", interrupted)
    last = (1, 0)
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 130
    assert "1 of 4 runs are kept. To go on: schoolsim resume results/tiny" in said.err
    # An answer is given from what is there, and says so.
    partial = typed("answer", "results/tiny")
    assert partial.code == 0
    assert "Only 1 of 4 runs are made" in partial.out
    last = (1, 1)
    assert typed("resume", "results/tiny", *SERIAL).code == 130
    standing = json.loads(typed("status", "results/tiny", "--json").out)
    assert (standing["state"], standing["done"], standing["total"]) == ("running", 3, 4)
    unfinished = typed("figures", "results/tiny")
    assert unfinished.code == 2
    assert "3 of 4 runs are made" in unfinished.err
    monkeypatch.undo()
    monkeypatch.chdir(tiny.parent)
    assert typed("resume", "results/tiny", *SERIAL).code == 0
    for name in ("runs.parquet", "series.parquet", "columns.json"):
        assert Path("results/tiny", name).read_bytes() == (once / name).read_bytes(), name


def test_runs_that_take_too_long_are_told_and_made_again(typed: Type, tiny: Path, once: Path) -> None:
    said = typed("sweep", tiny, *SERIAL, "--time-limit", 0.000001)
    assert said.code == 1
    assert "4 timeout" in said.out
    assert "schoolsim resume results/tiny --retry-failed" in said.out
    assert json.loads(typed("status", "results/tiny", "--json").out)["counts"]["timeout"] == 4
    again = typed("resume", "results/tiny", *SERIAL, "--retry-failed")
    assert again.code == 0, again.err
    assert Path("results/tiny/runs.parquet").read_bytes() == (once / "runs.parquet").read_bytes()


def test_a_study_reproduced_is_the_same(typed: Type, swept: Path) -> None:
    said = typed("reproduce", swept, *SERIAL)
    assert said.code == 0, said.err
    assert "the same, byte for byte" in said.out


def test_a_table_that_was_touched_is_not(typed: Type, swept: Path) -> None:
    runs = pd.read_parquet(swept / "runs.parquet")
    runs["trust.mean"] += 0.5
    runs.to_parquet(swept / "runs.parquet")
    said = typed("reproduce", swept, *SERIAL, "--json")
    told = json.loads(said.out)
    assert (said.code, told["same"]) == (1, False)
    assert "runs.parquet" in told["differences"][0]


def test_a_study_of_real_schools_is_the_same_wherever_it_lies(
    typed: Type, tiny: Path, register: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines: other folders, the same names below them. Then the folder is moved."""
    files = {}
    for name in ("one", "two"):
        place = elsewhere / name
        (place / "data").mkdir(parents=True)
        shutil.copy(tiny, place)
        schools = Path(shutil.copy(register, place / "data"))
        monkeypatch.chdir(place)
        said = typed("sweep", "tiny.toml", *SERIAL, "--schools", schools)
        assert said.code == 0, said.err
        results = place / "results" / f"tiny_{register.stem}"
        files[name] = {path.name: path.read_bytes() for path in sorted(results.iterdir()) if path.is_file()}
    for name, content in files["one"].items():
        assert str(elsewhere).encode() not in content, name
        if name != "manifest.json":
            assert content == files["two"][name], name
    assert {"study.toml", "runs.parquet", "columns.json"} <= set(files["one"])
    monkeypatch.chdir(elsewhere)
    moved = Path(shutil.move(elsewhere / "one", elsewhere / "three"))
    results = moved / "results" / f"tiny_{register.stem}"
    assert "the same, byte for byte" in typed("reproduce", results, *SERIAL).out
    (moved / "data" / register.name).write_text("URN\n1\n")
    assert "has changed since" in typed("reproduce", results, *SERIAL).err
    (moved / "data" / register.name).unlink()
    gone = typed("reproduce", results, *SERIAL)
    assert gone.code == 2
    assert f"reads {moved / 'data' / register.name}, which is not there" in gone.err


ALL = ("--workers", 3, "--executor", "dask", "--scheduler", "tcp://x:1", "--time-limit", 9, "--retry-failed")
ALL_IN_ORDER = Execution("dask", 3, 9.0, "tcp://x:1", fail_fast=True, retry_failed=True, progress=False)


@pytest.mark.parametrize("command", ["sweep", "resume"])
def test_how_to_run_reaches_the_sweep(
    command: str, typed: Type, swept: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def sweep(plan: StudyPlan, folder: Path, execution: Execution) -> Path:
        given.extend([plan.identity, folder, execution])
        return folder

    monkeypatch.setattr("schoolsim.studies.sweep", sweep)
    source = tiny if command == "sweep" else Path("results/tiny")
    assert typed(command, source, *ALL, "--fail-fast", "--quiet").code == 0
    assert given[1:] == [Path("results/tiny"), ALL_IN_ORDER]
    given.clear()
    assert typed(command, source).code == 0
    assert given[2] == Execution()
    given.clear()
    # An address alone asks for Dask.
    assert typed(command, source, "--scheduler", "tcp://x:1").code == 0
    assert given[2] == Execution("dask", scheduler="tcp://x:1")


def test_how_to_run_reaches_a_reproduction(typed: Type, swept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def reproduce(folder: Path, execution: Execution, *, model: list[str] | None) -> Reproduction:
        given.extend([folder, execution, model])
        return Reproduction(folder, True, (), ())

    monkeypatch.setattr("schoolsim.studies.reproduce", reproduce)
    words = ("--workers", 3, "--executor", "dask", "--scheduler", "tcp://x:1", "--quiet")
    assert typed("reproduce", swept, *words, "--model", "a:B", "--model", "c:D").code == 0
    assert given == [swept, Execution("dask", 3, scheduler="tcp://x:1", progress=False), ["a:B", "c:D"]]
