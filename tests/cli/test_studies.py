"""A study from `explain` to `answer`, as one would type it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.studies import Execution, Study, StudyPlan, StudyResult, read_status
from schoolsim.studies.errors import StoreError
from schoolsim.studies.reproduction import Reproduction
from tests.cli.conftest import TINY, Type

SERIAL = ("--executor", "serial", "--quiet")


def hashes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_explain_says_what_will_be_run_and_what_it_costs(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("explain", tiny, "--workers", 1)
    assert said.code == 0, said.err
    for line in ("2 points", "2 a point", "a made-up authority of 12 schools", "Does a badge help?", "1 year"):
        assert line in said.out
    assert "individual, none" in said.out
    assert "runs     4" in said.out
    assert "with 1 worker\n" in said.out
    assert not (elsewhere / "results").exists()


def test_a_dry_run_is_the_explanation(typed: Type, tiny: Path, elsewhere: Path) -> None:
    said = typed("sweep", tiny, "--dry-run", "--replications", 7, "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert (told["points"], told["cost"]["most_runs"]) == (2, 14)
    assert told["swept"] == [
        {
            "name": "badging.scope",
            "role": "lever",
            "levels": "individual, none",
            "unit": "",
            "meaning": told["swept"][0]["meaning"],
        }
    ]
    assert {row["name"]: row["value"] for row in told["set"]}["programme.originators"] == "2"
    assert not (elsewhere / "results").exists()


def test_a_sweep_says_where_its_tables_are(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 0, said.err
    assert "4 runs of 2 points, none failed" in said.out
    assert "results/tiny/runs.parquet" in said.out
    assert len(pd.read_parquet("results/tiny/runs.parquet")) == 4


def test_a_sweep_as_json_is_json_and_nothing_else(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, "--executor", "serial", "--json")
    told = json.loads(said.out)
    assert told["counts"] == {"ok": 4}
    assert told["failed"] == []
    assert Path(told["tables"]["runs.parquet"]).is_file()
    assert "4 of 4 runs" in said.err  # progress goes elsewhere


def test_the_python_face_makes_the_same_tables(once: Path, tiny: Path) -> None:
    Study.load(tiny).run(1, out="python", executor="serial", progress=False)
    for name in ("runs.parquet", "series.parquet", "columns.json", "points.parquet", "study.toml"):
        assert Path("python", name).read_bytes() == (once / name).read_bytes(), name


def test_every_option_of_a_sweep_reaches_the_runs(typed: Type, tiny: Path, once: Path) -> None:
    options = {"seed": ["--seed", 4], "years": ["--years", 2], "more": ["--replications", 3]}
    options |= {"set": ["-p", "market.choice_weight=1.5"], "fixed": ["-p", "badging.scope=individual"]}
    made = {}
    for name, words in options.items():
        said = typed("sweep", tiny, *SERIAL, "--out", name, *words)
        assert said.code == 0, said.err
        made[name] = StudyResult.open(f"{name}/tiny")
    before = StudyResult.open(once)
    assert set(made["seed"].runs["seed"]).isdisjoint(before.runs["seed"])
    assert made["years"].series["half_term"].max() == 11
    assert made["more"].counts == {"ok": 6}
    assert made["set"].config.uncertainties == {"market.choice_weight": 1.5}
    assert not made["set"].runs["attainment.mean"].equals(before.runs["attainment.mean"])
    assert list(made["fixed"].points.columns) == []


def test_a_second_sweep_makes_nothing_anew(typed: Type, swept: Path, tiny: Path) -> None:
    before = hashes(swept)
    assert typed("sweep", tiny, *SERIAL).code == 0
    assert hashes(swept) == before


def test_an_interrupted_sweep_is_resumed_to_the_same_bytes(
    typed: Type, tiny: Path, once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolsim.studies.execution import serial

    made = serial.run_one

    def interrupted_at_the_third(model: object, task: object, *, time_limit: float | None) -> object:
        if task.point == 1:  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return made(model, task, time_limit=time_limit)  # type: ignore[arg-type]

    monkeypatch.setattr(serial, "run_one", interrupted_at_the_third)
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 130
    assert "2 of 4 runs are kept. To go on: schoolsim resume results/tiny" in said.err
    standing = json.loads(typed("status", "results/tiny", "--json").out)
    assert (standing["state"], standing["done"], standing["total"]) == ("running", 2, 4)
    for command in ("figures", "answer"):
        unfinished = typed(command, "results/tiny")
        assert unfinished.code == 2
        assert "2 of 4 runs are made" in unfinished.err
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


def test_fail_fast_stops_at_the_first(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, *SERIAL, "--time-limit", 0.000001, "--fail-fast", "--json")
    assert (said.code, said.out) == (1, "")
    assert "schoolsim resume results/tiny --retry-failed" in said.err
    assert json.loads(typed("status", "results/tiny", "--json").out)["done"] == 1


def test_figures_are_the_same_bytes_from_the_folder_and_from_the_config(typed: Type, swept: Path, tiny: Path) -> None:
    said = typed("figures", swept)
    assert said.code == 0, said.err
    first = hashes(swept / "figures")
    assert set(first) == {f"{name}.{end}" for name in ("badge", "years") for end in ("png", "svg", "pdf", "txt", "csv")}
    shutil.rmtree(swept / "figures")
    assert json.loads(typed("figures", tiny, "--json").out)["files"]
    assert hashes(swept / "figures") == first
    # What is drawn is what the config reports, against the baseline it names.
    drawn = pd.read_csv(swept / "figures" / "badge.csv")
    assert list(drawn["outcome"]) == ["progress.partner", "trust.mean"]
    assert set(drawn["baseline"]) == {"none"}


def test_a_figure_can_be_changed_after_the_runs(typed: Type, swept: Path, tiny: Path) -> None:
    tiny.write_text(TINY.replace('name = "badge"', 'name = "other"\nbaseline = "individual"'), encoding="utf-8")
    assert typed("figures", tiny).code == 0
    assert set(pd.read_csv(swept / "figures" / "other.csv")["level"]) == {"none"}


def test_an_answer_is_in_sentences_with_intervals(typed: Type, swept: Path) -> None:
    said = typed("answer", swept)
    assert said.code == 0, said.err
    assert "for made-up schools" in said.out
    assert "Does a badge help?" in said.out
    assert "ndividual badges rather than no badges" in said.out
    assert "95% interval" in said.out
    assert "2 paired replications" in said.out
    assert "over the last year of 1 year" in said.out
    assert f"schoolsim figures {swept}" in said.out
    told = json.loads(typed("answer", swept, "--json").out)
    assert len(told["answer"]) == 2


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


def test_tables_as_csv(typed: Type, swept: Path) -> None:
    said = typed("export", swept, "--out", "csv")
    assert said.code == 0, said.err
    assert len(pd.read_csv("csv/runs.csv")) == 4
    assert typed("export", swept, "--compress", "--json").code == 0
    assert (swept / "csv" / "series.csv.gz").is_file()


def test_real_schools_have_a_folder_of_their_own_and_their_notes(typed: Type, tiny: Path, register: Path) -> None:
    said = typed("sweep", tiny, *SERIAL, "--schools", register, "--authority", "Thornshire", "--replications", 2)
    assert said.code == 0, said.err
    assert "Schools: 14 schools of Thornshire." in said.err
    assert "Left out" in said.err
    result = StudyResult.open("results/tiny_thornshire")
    assert result.config.population.source == str(register)
    assert result.config.population.authority == "Thornshire"
    assert "for the schools of Thornshire" in typed("answer", "results/tiny_thornshire").out
    assert result.counts == {"ok": 4}


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


def test_the_question_of_badging_and_funding_is_answered_as_such(typed: Type) -> None:
    small = ("-p", "setting.schools=12", "-p", "programme.originators=2", "-p", "programme.partners_each=1")
    said = typed("sweep", "badging_funding", *SERIAL, *small, "--years", 1, "--replications", 2)
    assert said.code == 0, said.err
    told = json.loads(typed("answer", "results/badging_funding", "--json").out)
    assert [line.split(",")[0] for line in told["answer"]] == [
        "With individual badges rather than no badges",
        "With collective badges rather than no badges",
        "Where schools are badged individually",
    ]
    assert told["question"].startswith("Does badging schools, and paying the badged,")
    assert typed("figures", "results/badging_funding").code == 0
    years = pd.read_csv("results/badging_funding/figures/badging_through_the_years.csv")
    # Before the policy nobody is a partner: nothing is drawn there.
    assert sorted(set(years["half_term"])) == list(range(6))


def test_a_precision_that_was_not_reached_is_told_and_can_be_gone_on_for(typed: Type, tiny: Path) -> None:
    rule = "{{ precision = 1e-9, absolute = {{ 'trust.mean' = {} }}, min = 2, max = {}, look_ahead = 0 }}"
    few, more = (TINY.replace("replications = 2", f"replications = {rule.format(*ends)}") for ends in ((9, 3), (9, 4)))
    tiny.write_text(few, encoding="utf-8")
    explained = typed("explain", tiny).out
    assert "within 1e-07% of its mean either way, or that of trust.mean within 9 of it" in explained
    assert "runs     4 to 6" in explained
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 0, said.err
    assert "Not precise enough after the most replications: progress.partner, at 2 points." in said.out
    assert "trust.mean, at" not in said.out
    first = StudyResult.open("results/tiny").runs
    tiny.write_text(more, encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0
    grown = StudyResult.open("results/tiny")
    assert grown.manifest["sessions"][-1]["runs"] == 2
    assert set(first["run"]) < set(grown.runs["run"])
    tiny.write_text(few, encoding="utf-8")
    fewer = typed("sweep", tiny, *SERIAL)
    assert fewer.code == 2
    assert "replications maximum: 4 there, 3 now" in fewer.err


def test_any_other_study_is_answered_lever_by_lever_and_setting_by_setting(typed: Type, tiny: Path) -> None:
    tiny.write_text(f'{TINY}\n[uncertainties]\n"market.choice_weight" = [0.0, 1.5]\n', encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0
    told = json.loads(typed("answer", "results/tiny", "--json").out)
    assert [line.split(",")[0] for line in told["answer"]] == ["Under low competition", "Under high competition"] * 2


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


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.parametrize("executor", ["processes", "auto", "dask"])
def test_ctrl_c_in_a_terminal(typed: Type, tiny: Path, elsewhere: Path, executor: str) -> None:
    """Real processes: the interrupt goes to all of them, as a terminal sends it."""
    # Enough that the interrupt finds it at work, however fast the machine.
    replications, runs = 1500, 3000
    words = ["--executor", executor, "--workers", "2", "--replications", str(replications)]
    words += ["--out", str(elsewhere / "results")]
    code = f"import sys; sys.path[:] = {sys.path!r}; from schoolsim.cli import main; main()"
    sweep = subprocess.Popen(
        [sys.executable, "-c", code, "sweep", str(tiny), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=elsewhere,
    )  # fmt: skip
    folder = elsewhere / "results" / "tiny"
    while sweep.poll() is None and done(folder) < 60:
        time.sleep(0.05)
    group = [int(path.name) for path in Path("/proc").glob("[0-9]*") if session(path) == sweep.pid]
    os.killpg(sweep.pid, signal.SIGINT)
    out, err = sweep.communicate(timeout=60)
    assert sweep.returncode == 130, err
    assert out == ""
    kept = done(folder)
    assert 60 <= kept < runs
    assert err.splitlines()[-1] == f"Interrupted. {kept} of {runs} runs are kept. To go on: schoolsim resume {folder}"
    assert "Traceback" not in err
    assert len(group) > 1 or executor == "auto"
    assert not [pid for pid in group if session(Path(f"/proc/{pid}")) == sweep.pid]
    manifest = (folder / "manifest.json").read_text()
    # The command is kept as it could have been typed there, with nothing of this machine in it.
    assert json.loads(manifest)["argv"][1:3] == ["sweep", "tiny.toml"]
    assert str(elsewhere) not in manifest
    resumed = typed("resume", "results/tiny", "--workers", 2, "--json")
    assert resumed.code == 0, resumed.err
    assert StudyResult.open(folder).manifest["sessions"][-1]["runs"] == runs - kept
    assert typed("sweep", tiny, *SERIAL, "--replications", replications, "--out", "whole").code == 0
    for name in ("runs.parquet", "series.parquet", "columns.json", "study.toml"):
        assert (folder / name).read_bytes() == (Path("whole/tiny") / name).read_bytes(), name


def done(folder: Path) -> int:
    try:
        return read_status(folder).done
    except StoreError:
        return 0


def session(process: Path) -> int:
    """The session of a process that runs; 0 for one that does not."""
    try:
        state, _, _, number = (process / "stat").read_text().rpartition(")")[2].split()[:4]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state == "Z" else int(number)


@pytest.mark.slow
def test_two_workers_make_the_same_bytes(typed: Type, tiny: Path, once: Path) -> None:
    said = typed("sweep", tiny, "--executor", "processes", "--workers", 2, "--quiet")
    assert said.code == 0, said.err
    assert Path("results/tiny/runs.parquet").read_bytes() == (once / "runs.parquet").read_bytes()
