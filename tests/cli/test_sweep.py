"""`schoolsim sweep`: results, options, real schools, interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.studies import Study, StudyResult, read_status
from schoolsim.studies.errors import StoreError
from tests.cli.conftest import SERIAL, TINY, Type, hashes


def test_a_sweep_says_where_its_tables_are(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 0, said.err
    assert "4 runs of 2 points, none failed" in said.out
    assert "results/tiny/runs.parquet" in said.out
    assert len(pd.read_parquet("results/tiny/runs.parquet")) == 4


def test_a_folder_may_be_named_like_an_address(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, *SERIAL, "--replications", 2, "--out", "tcp://x:1")
    assert said.code == 0, said.err
    assert len(StudyResult.open("tcp:/x:1/tiny").runs) == 4


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


def test_fail_fast_stops_at_the_first(typed: Type, tiny: Path) -> None:
    said = typed("sweep", tiny, *SERIAL, "--time-limit", 0.000001, "--fail-fast", "--json")
    assert (said.code, said.out) == (1, "")
    assert "schoolsim resume results/tiny --retry-failed" in said.err
    assert json.loads(typed("status", "results/tiny", "--json").out)["done"] == 1


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


@pytest.mark.slow
def test_a_precision_that_was_not_reached_is_told_and_can_be_gone_on_for(typed: Type, tiny: Path) -> None:
    rule = "{{ precision = 1e-9, absolute = {{ 'trust.mean' = {} }}, min = 2, max = {}, look_ahead = 0 }}"
    few, more = (TINY.replace("replications = 2", f"replications = {rule.format(*ends)}") for ends in ((9, 3), (9, 4)))
    tiny.write_text(few, encoding="utf-8")
    explained = typed("explain", tiny).out
    assert "within 1e-07% of its mean either way, or that of trust.mean within 9 of it" in explained
    assert "runs     4 to 6" in explained
    said = typed("sweep", tiny, *SERIAL)
    assert said.code == 0, said.err
    told = (
        "Not precise enough after the most replications: Progress, partner schools (progress.partner), in 1 difference"
    )
    assert f"{told} (schoolsim status results/tiny)." in said.out
    assert "trust.mean, in" not in said.out
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
