"""A study from start to end: the same bytes however it is run, and nothing lost on the way."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from schoolsim.studies import (
    Execution,
    Fixed,
    ModelReference,
    Precision,
    StudyPlan,
    StudyResult,
    read_status,
    resume,
    sweep,
)
from schoolsim.studies.errors import (
    RunFailedError,
    StoreError,
    StudyBusyError,
    StudyChangedError,
    StudyError,
)
from schoolsim.studies.progress import Progress
from schoolsim.studies.run_request import FAILED, TIMEOUT
from schoolsim.studies.store.folder import Folder
from tests.studies import models
from tests.studies.plans import HERE, normal, run_study, spread, tables, troubled

RULE = Precision(0.05, ("value",), maximum=40)


class Interrupt:
    """Stops a sweep as Ctrl-C would, once so many runs have been made."""

    def __init__(self, after: int) -> None:
        self._after = after

    def __call__(self, now: Progress) -> None:
        if now.made >= self._after:
            raise KeyboardInterrupt


def interrupted(plan: StudyPlan, folder: Path, after: int, **options: object) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_study(plan, folder, progress=Interrupt(after), **options)


@pytest.mark.parametrize(
    ("plan", "workers"),
    [
        pytest.param(spread(6), 2, id="fixed"),
        pytest.param(normal(RULE), 2, id="precision"),
        pytest.param(spread(6), 1, id="fixed, one worker", marks=pytest.mark.slow),
        pytest.param(spread(6), 3, id="fixed, three workers", marks=pytest.mark.slow),
        pytest.param(normal(RULE), 1, id="precision, one worker", marks=pytest.mark.slow),
        pytest.param(normal(RULE), 3, id="precision, three workers", marks=pytest.mark.slow),
    ],
)
def test_workers_and_executors_do_not_change_a_byte(plan: StudyPlan, workers: int, tmp_path: Path) -> None:
    serial = run_study(plan, tmp_path / "serial")
    assert len(serial) >= 3
    assert run_study(plan, tmp_path / "many", executor="processes", workers=workers) == serial
    assert (tmp_path / "many" / "columns.json").read_bytes() == (tmp_path / "serial" / "columns.json").read_bytes()


@pytest.mark.parametrize("plan", [spread(6), normal(RULE)], ids=["fixed", "precision"])
def test_interruptions_do_not_change_a_byte(plan: StudyPlan, tmp_path: Path) -> None:
    whole = run_study(plan, tmp_path / "whole")
    folder = tmp_path / "cut"
    for after in (1, 7, 3):
        interrupted(plan, folder, after)
        assert not StudyResult.open(folder).complete
    assert run_study(plan, folder) == whole
    assert len(json.loads((folder / "manifest.json").read_text())["sessions"]) == 4


def test_an_interrupted_study_makes_only_what_is_missing(tmp_path: Path) -> None:
    plan, reports = spread(6), []
    interrupted(plan, tmp_path, 11)
    assert read_status(tmp_path).counts == {"ok": 11, "failed": 0, "timeout": 0}
    run_study(plan, tmp_path, progress=reports.append)
    assert reports[0].done == 11
    assert reports[-1].made == 48 - 11
    assert str(reports[-1]).startswith("48 of 48 runs")


def test_running_a_complete_study_again_does_nothing(tmp_path: Path) -> None:
    first = run_study(spread(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.*")}
    assert run_study(spread(), tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.*")} == before


def test_the_tables_hold_what_the_model_gave(tmp_path: Path) -> None:
    plan = spread(3)
    run_study(plan, tmp_path)
    result = StudyResult.open(tmp_path)
    runs = result.runs
    assert list(runs.columns) == [
        "run", "point", "replication", "seed", "status", "error", "spread.rate", "spread.badge",
        "final", "area",
    ]  # fmt: skip
    assert list(zip(runs["point"], runs["replication"], strict=True)) == [
        (point, replication) for point in range(8) for replication in range(3)
    ]
    series = result.series.set_index(["point", "replication", "outcome"]).sort_index()
    for row in runs.itertuples():
        task = plan.task(row.point, row.replication)
        expected = models.Spread().run(task.parameters, task.seed)
        assert (row.seed, row.final, row.area) == (task.seed, *expected.outcomes.values())
        for name, values in expected.series.items():
            stored = series.loc[(row.point, row.replication, name)]
            assert stored["half_term"].tolist() == list(range(12))
            assert stored["value"].tolist() == values.tolist()
    assert [str(runs[name].dtype) for name in ("point", "replication", "seed", "final")] == [
        "int32", "int32", "int64", "float64",
    ]  # fmt: skip


def test_tables_are_sorted_and_nothing_in_them_tells_the_time(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    series = StudyResult.open(tmp_path).series
    keys = ["point", "replication", "outcome", "half_term"]
    ordered = series.assign(outcome=series["outcome"].cat.codes).sort_values(keys)
    assert ordered.index.tolist() == list(range(len(series)))
    for path in tmp_path.glob("*.parquet"):
        metadata = pq.read_schema(path).metadata
        assert set(metadata) == {b"schoolsim.study"}


@pytest.mark.parametrize("executor", ["serial", pytest.param("processes", marks=pytest.mark.slow)])
def test_a_failed_run_is_a_row(tmp_path: Path, executor: str) -> None:
    run_study(troubled("raise", "print"), tmp_path, executor=executor, workers=2)
    runs = StudyResult.open(tmp_path).runs
    failed = runs[runs["trouble"] == "raise"]
    assert failed["status"].tolist() == [FAILED] * 2
    assert failed["error"].tolist() == ["ValueError: no luck with <object object at 0x...>"] * 2
    assert failed["value"].isna().all()
    assert (runs.drop(failed.index)["status"] == "ok").all()
    assert runs.drop(failed.index)["error"].isna().all()


def test_failures_are_the_same_bytes_everywhere(tmp_path: Path) -> None:
    plan = troubled("raise")
    serial = run_study(plan, tmp_path / "a")
    assert run_study(plan, tmp_path / "b", executor="processes", workers=2) == serial


def test_a_failure_file_says_all_that_is_needed(tmp_path: Path) -> None:
    run_study(troubled("raise"), tmp_path, executor="processes", workers=1)
    result = StudyResult.open(tmp_path)
    row = result.runs[result.runs["status"] == FAILED].iloc[0]
    text = (tmp_path / "failures" / f"{row['run']}.txt").read_text()
    for needed in (row["run"], str(row["seed"]), "no luck with", "in troubled", '"raise"'):
        assert needed in text
    assert f'StudyResult.open("{tmp_path}").rerun("{row["run"]}", model="{HERE}:troubled")' in text
    with pytest.raises(ValueError, match="no luck"):
        result.rerun(row["run"], model=f"{HERE}:troubled")


def test_one_run_can_be_made_again(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    result = StudyResult.open(tmp_path)
    row = result.runs.iloc[11]
    assert result.rerun(row["run"], model=models.Spread).outcomes == {"final": row["final"], "area": row["area"]}
    assert result.rerun(row["run"][:9], model=models.Spread).outcomes["final"] == row["final"]
    with pytest.raises(StudyError, match="no run in"):
        result.rerun("zz")
    with pytest.raises(StudyError, match="more than one run"):
        result.rerun("")


def test_failed_runs_are_made_again_when_asked(tmp_path: Path) -> None:
    plan = replace(troubled("raise"), fixed={"switch": str(tmp_path / "mended")})
    plan = replace(plan, model=replace(plan.model, path="tests.studies.models:mendable"))
    run_study(plan, tmp_path / "out")
    assert StudyResult.open(tmp_path / "out").counts == {"ok": 4, "failed": 2}
    before = tables(tmp_path / "out")
    assert run_study(plan, tmp_path / "out") == before
    (tmp_path / "mended").touch()
    reports: list[Progress] = []
    after = run_study(plan, tmp_path / "out", retry_failed=True, progress=reports.append)
    assert reports[-1].made == 2
    assert StudyResult.open(tmp_path / "out").counts == {"ok": 6}
    assert after == run_study(plan, tmp_path / "never_failed")
    assert read_status(tmp_path / "out").failures == ()


def test_a_retry_can_be_interrupted(tmp_path: Path) -> None:
    plan = replace(troubled("raise", replications=4), fixed={"switch": str(tmp_path / "mended")})
    plan = replace(plan, model=replace(plan.model, path="tests.studies.models:mendable"))
    run_study(plan, tmp_path / "out")
    (tmp_path / "mended").touch()
    interrupted(plan, tmp_path / "out", 2, retry_failed=True)
    assert read_status(tmp_path / "out").counts == {"ok": 10, "failed": 2, "timeout": 0}
    assert run_study(plan, tmp_path / "out", retry_failed=True) == run_study(plan, tmp_path / "other")


def test_runs_that_a_mended_failure_makes_superfluous_are_left_out(tmp_path: Path) -> None:
    """A rule asks for more runs in place of failed ones; mended, they are too many."""
    plan = StudyPlan(
        pd.DataFrame({"trouble": ["raise"]}),
        ModelReference("tests.studies.models:mendable_now_and_then"),
        Precision(0.2, ("value",), maximum=80),
        fixed={"switch": str(tmp_path / "mended")},
    )
    run_study(plan, tmp_path / "out")
    counts = StudyResult.open(tmp_path / "out").counts
    assert counts["failed"] > 0
    (tmp_path / "mended").touch()
    after = run_study(plan, tmp_path / "out", retry_failed=True)
    assert after == run_study(plan, tmp_path / "never_failed")
    assert len(StudyResult.open(tmp_path / "out").runs) < sum(counts.values())


def test_fail_fast_stops_and_keeps_what_was_made(tmp_path: Path) -> None:
    with pytest.raises(RunFailedError, match="point 1, replication 0.*no luck.*retry_failed"):
        run_study(troubled("raise"), tmp_path, fail_fast=True)
    assert read_status(tmp_path).counts == {"ok": 2, "failed": 1, "timeout": 0}


@pytest.mark.parametrize("executor", ["serial", "processes", pytest.param("auto", marks=pytest.mark.slow)])
def test_a_run_over_the_limit_is_a_row(tmp_path: Path, executor: str) -> None:
    plan = troubled("sleep", replications=1)
    run_study(plan, tmp_path, executor=executor, workers=2, time_limit=0.3)
    runs = StudyResult.open(tmp_path).runs
    assert runs["status"].tolist() == ["ok", TIMEOUT, "ok"]
    assert runs["error"].tolist()[1] == "over the time limit of 0.3 s"


def test_another_study_in_the_folder_is_refused_and_told_apart(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    before = tables(tmp_path)
    changes = {
        "seed: 7 there, 8 now": replace(spread(), seed=8),
        'fixed x: "not set" there, 1 now': replace(spread(), fixed={"x": 1}),
        "design: other points there": replace(spread(), points=spread().points * 2),
        "arguments seconds: 0.0 there, 0.1 now": spread(seconds=0.1),
    }
    for message, plan in changes.items():
        with pytest.raises(StudyChangedError) as told:
            run_study(plan, tmp_path)
        assert message.replace("there, these", "there") in str(told.value)
        assert "runs of two studies are not mixed" in str(told.value)
    assert tables(tmp_path) == before


@pytest.mark.parametrize(
    ("few", "many"),
    [
        (spread(4), spread(13)),
        (normal(Precision(0.2, ("value",), maximum=40)), normal(Precision(0.05, ("value",), maximum=60))),
    ],
    ids=["fixed", "precision"],
)
def test_more_replications_go_on_from_those_that_are_there(few: StudyPlan, many: StudyPlan, tmp_path: Path) -> None:
    """Also after an interruption, and with the same bytes as if they had been asked for at once."""
    run_study(few, tmp_path / "grown")
    first = StudyResult.open(tmp_path / "grown").runs
    reports: list[Progress] = []
    interrupted(many, tmp_path / "grown", 3)
    assert read_status(tmp_path / "grown").done == len(first) + 3
    assert run_study(many, tmp_path / "grown", progress=reports.append) == run_study(many, tmp_path / "at_once")
    assert reports[0].done == len(first) + 3
    grown = StudyResult.open(tmp_path / "grown")
    assert set(first["run"]) < set(grown.runs["run"])
    assert grown.manifest["study"] == StudyResult.open(tmp_path / "at_once").manifest["study"]
    assert not (tmp_path / "grown" / "parts").exists()


def test_half_a_study_may_grow_too(tmp_path: Path) -> None:
    interrupted(spread(3), tmp_path / "grown", 5)
    assert run_study(spread(8), tmp_path / "grown") == run_study(spread(8), tmp_path / "at_once")


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (Fixed(5), Fixed(4), "replications count: 5 there, 4 now"),
        (Fixed(5), RULE, 'replications rule: "fixed" there, "precision" now'),
        (RULE, replace(RULE, precision=0.1), "replications precision: 0.05 there, 0.1 now"),
        (RULE, replace(RULE, absolute={"value": 1.0}), 'replications absolute value: "not set" there, 1.0 now'),
        (RULE, replace(RULE, maximum=30), "replications maximum: 40 there, 30 now"),
    ],
)
def test_runs_that_were_made_are_not_dropped(
    before: Fixed | Precision, now: Fixed | Precision, told: str, tmp_path: Path
) -> None:
    first = run_study(normal(before), tmp_path)
    with pytest.raises(StudyChangedError, match="go on from what is there; for these, give") as refused:
        run_study(normal(now), tmp_path)
    assert told in str(refused.value)
    (tmp_path / "manifest.json").unlink()
    if now == Fixed(4):
        with pytest.raises(StudyChangedError, match="holds 5 replications where this study wants 4"):
            run_study(normal(now), tmp_path)
        assert run_study(normal(before), tmp_path) == first


def test_another_version_of_the_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(spread(), tmp_path, 5)
    monkeypatch.setattr(models.Spread, "version", "2")
    with pytest.raises(StudyChangedError, match='version: "1" there, "2" now'):
        run_study(spread(), tmp_path)


def test_a_changed_config_is_told_in_the_words_of_the_config(tmp_path: Path) -> None:
    texts = (
        'title = "a"\nseed = 1\n[levers]\n"x.y" = ["none", "one"]\n',
        'title = "b"\nseed = 1\n[levers]\n"x.y" = ["none", "two"]\n',
    )
    old, new = spread(), replace(spread(), points=spread().points.iloc[:4])
    run_study(replace(old, config=texts[0]), tmp_path)
    with pytest.raises(StudyChangedError) as told:
        run_study(replace(new, config=texts[1]), tmp_path)
    lines = str(told.value).splitlines()[1:-1]
    assert lines == ['  levers x.y: ["none", "one"] there, ["none", "two"] now']
    assert (tmp_path / "study.toml").read_text() == texts[0]


def test_a_folder_is_enough_to_go_on(tmp_path: Path) -> None:
    for plan in (spread(6), normal(RULE)):
        folder = tmp_path / plan.model.path.partition(":")[2]
        interrupted(plan, folder, 9)
        resume(folder, Execution("serial", progress=False), model=plan.model)
        assert tables(folder) == run_study(plan, folder.with_suffix(".other"))
    with pytest.raises(StoreError, match="there is no study in"):
        resume(tmp_path / "nowhere")


def test_a_new_title_is_not_another_study(tmp_path: Path) -> None:
    first = run_study(replace(spread(), config="title = 'one'\n"), tmp_path)
    assert run_study(replace(spread(), config="title = 'two'\n"), tmp_path) == first
    assert (tmp_path / "study.toml").read_text() == "title = 'two'\n"


def test_two_cannot_write_one_study(tmp_path: Path) -> None:
    with Folder(tmp_path).writing():
        with pytest.raises(StudyBusyError, match=r"process \d+ on .* is already running"):
            run_study(spread(), tmp_path)
    run_study(spread(), tmp_path)


def test_an_outcome_may_not_hide_a_column(tmp_path: Path) -> None:
    plan = StudyPlan(pd.DataFrame({"value": [1.0]}), spread().model, Fixed(1))
    plan = replace(plan, model=replace(plan.model, path="tests.studies.models:echo", arguments={}))
    with pytest.raises(StudyError, match="may not be called value"):
        run_study(plan, tmp_path)


def test_the_log_has_what_runs_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_study(troubled("print", "log", replications=1), tmp_path, executor="processes", workers=2)
    log = (tmp_path / "logs" / "study.log").read_text()
    for line in ("a library says hello", "and so does C", "WARNING mesa.model: deprecated"):
        assert f" | {line}\n" in log
    assert "point 1 replication 0 | a library" in log
    assert capfd.readouterr() == ("", "")


def test_progress_is_plain_lines_without_a_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sweep(troubled("raise", replications=1), tmp_path, Execution("serial"))
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines()[-1].startswith("3 of 3 runs, 1 failed, ")
    assert "\x1b" not in err


def test_the_manifest_says_what_made_the_results(tmp_path: Path) -> None:
    plan = replace(troubled("raise", replications=1), cite=("Somebody (2020)",), title="T")
    hashes = run_study(plan, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["schema"] == 2
    assert manifest["state"] == "complete"
    assert manifest["counts"] == {"ok": 2, "failed": 1, "timeout": 0}
    assert manifest["cite"] == ["Somebody (2020)"]
    assert manifest["study"]["seed"] == 0
    assert manifest["study"]["model"] == "tests.studies.models:troubled"
    assert {name: manifest["files"][name] for name in hashes} == hashes
    assert set(manifest["files"]) - set(hashes) == {"study.toml", "columns.json"}
    for key in ("python", "platform", "argv", "git", "versions", "started", "ended"):
        assert manifest[key]
    assert {"numpy", "pyarrow", "pandas"} <= set(manifest["versions"])
    assert manifest["wall_seconds"] > 0


def test_columns_are_described(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    columns = StudyResult.open(tmp_path).columns.set_index("name")
    assert columns.loc["final", "unit"] == "share"
    assert columns.loc["final", "definition"] == "Share who know at the end"
    assert columns.loc["spread.rate", "role"] == "parameter"
    runs, series = StudyResult.open(tmp_path).runs, StudyResult.open(tmp_path).series
    assert set(columns.index) == {*runs.columns, *series.columns}


def test_a_study_under_way_can_be_read(tmp_path: Path) -> None:
    interrupted(spread(6), tmp_path, 20)
    result = StudyResult.open(tmp_path)
    assert len(result.runs) == 20
    assert len(result.series) == 20 * 2 * 12
    run_study(spread(6), tmp_path)
    whole = StudyResult.open(tmp_path)
    merged = whole.runs.merge(result.runs[["run", "final"]], on="run", suffixes=("", "_then"))
    assert (merged["final"] == merged["final_then"]).all()
    assert len(merged) == 20


def test_the_curve_is_kept(tmp_path: Path) -> None:
    run_study(normal(RULE), tmp_path)
    result = StudyResult.open(tmp_path)
    curve = result.replications
    assert curve.groupby("point")["replications"].max().tolist() == (result.runs.groupby("point").size().tolist())
    last = curve.groupby("point").last()
    assert last["settled"].tolist()[0]
    assert (result.runs.groupby("point")["value"].mean() - last["mean"]).abs().max() < 1e-9
    run_study(spread(), tmp_path / "fixed")
    assert StudyResult.open(tmp_path / "fixed").replications.empty


def test_a_precision_that_was_not_reached_is_told(tmp_path: Path) -> None:
    run_study(normal(Precision(0.05, ("value",), maximum=9)), tmp_path / "a")
    run_study(normal(Precision(0.5, ("value",), maximum=90)), tmp_path / "b")
    assert StudyResult.open(tmp_path / "a").manifest["unsettled"] == {"value": 2}
    assert StudyResult.open(tmp_path / "b").manifest["unsettled"] == {}


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_model_is_prepared_outside_the_limit(tmp_path: Path, executor: str) -> None:
    plan = StudyPlan(pd.DataFrame({"x": [1.0]}), ModelReference("tests.studies.models:Slow"), Fixed(2))
    run_study(plan, tmp_path, executor=executor, workers=1, time_limit=0.3)
    assert StudyResult.open(tmp_path).runs["value"].tolist() == [1.0, 1.0]


def test_no_warnings_on_the_way(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run_study(spread(), tmp_path, executor="processes", workers=2)
