"""The store: files that are whole or not there, damage that is told and made good."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from schoolsim.studies import StudyResult, read_status
from schoolsim.studies.errors import (
    DamagedError,
    DamageWarning,
    FormatError,
    StoreError,
    StudyBusyError,
    StudyChangedError,
)
from schoolsim.studies.run_request import FAILED, RunRecord
from schoolsim.studies.store import files, parts
from schoolsim.studies.store.files import whole_file, write_text
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.parts import PartWriter, part_files, part_table, read_part
from schoolsim.studies.store.reopen import parts_from_tables
from schoolsim.studies.store.tables import write_tables
from tests.studies.plans import normal, run_study, spread, tables, troubled
from tests.studies.resealing import reseal
from tests.studies.test_sweep import RULE, interrupted


def record(point: int, replication: int, value: float = 1.0, *, length: int = 3) -> RunRecord:
    half_terms = np.arange(length, dtype=np.int32)
    series = np.array([half_terms * value, half_terms + value])
    return RunRecord(
        f"{point:08x}{replication:08x}", point, replication, 5, outcomes={"a": value, "b": 2.0},
        half_terms=half_terms,
        series_names=("a", "b"), series=series,
    )  # fmt: skip


def points(count: int) -> pd.DataFrame:
    return pd.DataFrame({"x": np.arange(count, dtype=float)})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "parts").mkdir()
    return Folder(tmp_path)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_text(path, "old")

    def fail() -> None:
        with whole_file(path) as draft:
            draft.write_text("half of the n")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["x"]


def test_the_content_is_on_the_disk_before_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, move = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append("sync"), sync(fd)))
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("name"), move(a, b)))
    write_text(tmp_path / "x", "new")
    assert done == ["sync", "name", "sync"]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "may not be written to"),
        (errno.EACCES, "may not be written to"),
        (errno.EIO, "could not be written"),
    ],
)
def test_a_disk_that_refuses_is_told_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    interrupted(spread(9), tmp_path, 15)
    with monkeypatch.context() as patch:
        sync = os.fsync

        def refuse(descriptor: int) -> None:
            if "part-" in os.readlink(f"/proc/self/fd/{descriptor}"):
                raise OSError(number, os.strerror(number))
            sync(descriptor)

        patch.setattr(files.os, "fsync", refuse)
        with pytest.raises(StoreError, match=message) as told:
            run_study(spread(9), tmp_path)
    assert "run the same command again" in str(told.value)
    assert read_status(tmp_path).done == 15
    assert run_study(spread(9), tmp_path) == run_study(spread(9), tmp_path / "other")


def test_what_a_killed_process_left_half_written_is_removed(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 15)
    for name in (".manifest.json.99.tmp", "parts/.part-00000009.parquet.99.tmp"):
        (tmp_path / name).write_bytes(b"PAR1 half")
    run_study(spread(), tmp_path)
    assert not list(tmp_path.rglob("*.tmp"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".lock", "columns.json", "logs", "manifest.json", "points.parquet", "runs.parquet",
        "series.parquet", "study.toml",
    ]  # fmt: skip


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_part_is_set_aside_and_its_runs_are_made_again(tmp_path: Path, damage: str) -> None:
    for after in (10, 10, 10):
        interrupted(spread(), tmp_path, after)
    victim = part_files(tmp_path / "parts")[1]
    content = bytearray(victim.read_bytes())
    if damage == "flipped":
        content[len(content) // 3] ^= 0xFF
    victim.write_bytes({"cut": content[:200], "flipped": content, "empty": b""}[damage])
    reports: list[object] = []
    with pytest.warns(DamageWarning, match=r"part-00000002\.\w+\.parquet is damaged.*made again"):
        again = run_study(spread(), tmp_path, progress=reports.append)
    assert reports[0].done == 20
    assert again == run_study(spread(), tmp_path / "other")
    assert (tmp_path / "parts" / f"{victim.name}.damaged").is_file()


def test_reading_a_study_changes_nothing_in_it(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 10)
    victim = part_files(tmp_path / "parts")[0]
    victim.write_bytes(b"no")
    assert read_status(tmp_path).done == 0
    assert StudyResult.open(tmp_path).runs.empty
    assert victim.read_bytes() == b"no"


@pytest.mark.parametrize("content", ["", '{"schema": 1, "ident', "[]", "{}"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_manifest_is_told_and_written_anew(tmp_path: Path, content: str, whole: bool) -> None:
    if whole:
        run_study(normal(RULE), tmp_path)
    else:
        interrupted(normal(RULE), tmp_path, 10)
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(DamagedError, match=r"manifest\.json is damaged.*run the study again"):
        StudyResult.open(tmp_path)
    reports: list[object] = []
    with pytest.warns(DamageWarning, match=r"kept as manifest\.json\.damaged"):
        again = run_study(normal(RULE), tmp_path, progress=reports.append)
    assert reports[0].done == (reports[0].total if whole else 10)
    assert again == run_study(normal(RULE), tmp_path / "other")
    assert (tmp_path / "manifest.json.damaged").read_text() == content


def test_a_damaged_manifest_does_not_let_another_study_in(tmp_path: Path) -> None:
    for fill in (lambda: run_study(spread(), tmp_path / "a"), lambda: interrupted(
        spread(), tmp_path / "b", 10
    )):  # fmt: skip
        fill()
    for folder in (tmp_path / "a", tmp_path / "b"):
        (folder / "manifest.json").unlink()
        before = tables(folder), len(part_files(folder / "parts"))
        with pytest.raises(StoreError, match="another study"):
            run_study(spread(seed=8), folder)
        assert (tables(folder), len(part_files(folder / "parts"))) == before


def test_a_table_that_was_changed_is_noticed(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    content = bytearray((tmp_path / "runs.parquet").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "runs.parquet").write_bytes(content)
    with pytest.raises(StoreError, match=r"runs\.parquet is not the file that was written"):
        run_study(spread(), tmp_path)
    (tmp_path / "runs.parquet").unlink()
    with pytest.raises(StoreError, match=r"runs\.parquet is missing"):
        run_study(spread(), tmp_path)


def test_a_folder_without_a_study_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no study in"):
        StudyResult.open(tmp_path)
    with pytest.raises(StoreError, match="there is no study in"):
        read_status(tmp_path / "nowhere")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    before = tables(tmp_path)
    for version, told in ((3, "newer schoolsim"), (1, "older schoolsim")):
        reseal(tmp_path, lambda manifest, version=version: manifest.update(schema=version))
        manifest = (tmp_path / "manifest.json").read_bytes()
        for action in (lambda: StudyResult.open(tmp_path), lambda: run_study(spread(), tmp_path)):
            with pytest.raises(FormatError, match=told):
                action()
        # It is no damage: nothing is set aside, nothing is written over.
        assert (tmp_path / "manifest.json").read_bytes() == manifest
        assert tables(tmp_path) == before


def test_a_lock_goes_with_its_process_however_that_ends(tmp_path: Path) -> None:
    code = textwrap.dedent(f"""
        import sys, time
        sys.path[:] = {sys.path!r}
        from pathlib import Path
        from schoolsim.studies.store.folder import Folder
        with Folder(Path({str(tmp_path)!r})).writing():
            print("locked", flush=True)
            time.sleep(60)
    """)
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    holder.stdout.readline()
    with pytest.raises(StudyBusyError, match=f"process {holder.pid} on"):
        run_study(spread(), tmp_path)
    holder.kill()
    holder.communicate()
    run_study(spread(), tmp_path)


def test_parts_are_written_when_full_or_old(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(parts.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(parts, "RUNS_A_PART", 50)
    writer = PartWriter(folder.parts, "id")
    for replication in range(49):
        writer.add(record(0, replication))
    assert part_files(folder.parts) == []
    writer.add(record(0, 49))
    assert len(part_files(folder.parts)) == 1
    writer.add(record(1, 0))
    clock[0] = 0.9
    assert writer.due() == pytest.approx(0.1)
    clock[0] = 1.1
    writer.add(record(1, 1))
    assert [len(read_part(path, "id")) for path in part_files(folder.parts)] == [50, 2]
    assert writer.due() == float("inf")
    monkeypatch.setattr(parts, "VALUES_A_PART", 100)  # a record has six
    for replication in range(17):
        writer.add(record(2, replication))
    assert [len(read_part(path, "id")) for path in part_files(folder.parts)] == [50, 2, 17]


def test_runs_that_could_not_be_written_are_tried_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = PartWriter(folder.parts, "id")
    writer.add(record(0, 0))

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", refuse)
        with pytest.raises(StoreError, match="The disk is full"):
            writer.flush()
    writer.add(record(0, 1))
    writer.flush()
    assert PartIndex.of(folder.parts, "id", 100).replication.tolist() == [0, 1]


def test_small_parts_are_joined(folder: Folder) -> None:
    writer = PartWriter(folder.parts, "id")
    for replication in range(70):
        writer.add(record(0, replication))
        writer.flush()
    assert len(part_files(folder.parts)) == 1 + 70 - parts.SMALL_PARTS
    index = PartIndex.of(folder.parts, "id", 100)
    assert index.replication.tolist() == list(range(70))


def test_joining_half_way_counts_no_run_twice(folder: Folder) -> None:
    """The joined part is there, what it was joined from is not yet gone."""
    writer = PartWriter(folder.parts, "id")
    for replication in range(3):
        writer.add(record(0, replication))
        writer.flush()
    originals = {path: path.read_bytes() for path in part_files(folder.parts)}
    writer._join()
    assert len(part_files(folder.parts)) == 1
    for path, content in originals.items():
        path.write_bytes(content)
    index = PartIndex.of(folder.parts, "id", 100)
    assert len(part_files(folder.parts)) == 4
    assert index.replication.tolist() == [0, 1, 2]


def test_of_a_run_that_stands_twice_the_later_counts(folder: Folder) -> None:
    writer = PartWriter(folder.parts, "id")
    writer.add(RunRecord("a", 0, 0, 5, status=FAILED, error="x"))
    writer.flush()
    writer.add(record(0, 0, 7.0))
    writer.flush()
    index = PartIndex.of(folder.parts, "id", 100)
    assert index.counts() == {"ok": 1, "failed": 0, "timeout": 0}
    (batch,) = index.batches()
    assert batch["outcome/a"].to_pylist() == [7.0]


def test_parts_of_another_study_are_refused(folder: Folder) -> None:
    writer = PartWriter(folder.parts, "id")
    writer.add(record(0, 0))
    writer.flush()
    with pytest.raises(StudyChangedError, match="belongs to another study"):
        PartIndex.of(folder.parts, "other", 100)


def test_runs_may_differ_in_outcomes_and_length(folder: Folder) -> None:
    writer = PartWriter(folder.parts, "id")
    short = record(0, 0, length=2)
    bare = RunRecord("b", 0, 1, 5, outcomes={"c": 3.0})
    failed = RunRecord("c", 1, 0, 5, status=FAILED, error="x")
    for one in (failed, bare, short):
        writer.add(one)
        writer.flush()
    write_tables(folder, PartIndex.of(folder.parts, "id", 100), points(2), outcomes=["b"])
    runs = pq.read_table(folder.runs).to_pandas()
    assert runs.columns.tolist()[6:] == ["x", "b", "a", "c"]
    assert runs[["a", "b", "c"]].isna().to_numpy().tolist() == [
        [False, False, True],
        [True, True, False],
        [True, True, True],
    ]
    series = pq.read_table(folder.series).to_pandas()
    assert series["outcome"].tolist() == ["b", "b", "a", "a"]
    assert series["value"].tolist() == [1.0, 2.0, 0.0, 1.0]


def test_tables_go_back_into_parts_and_out_again(tmp_path: Path) -> None:
    plan = troubled("raise", replications=3)
    for name, study in (("a", spread(9)), ("b", plan), ("c", normal(RULE))):
        before = run_study(study, tmp_path / name)
        folder = Folder(tmp_path / name)
        folder.parts.mkdir()
        identity = json.loads(folder.manifest.read_text())["identity"]
        parts_from_tables(folder, PartWriter(folder.parts, identity))
        index = PartIndex.of(folder.parts, identity, 100)
        outcomes = ["final", "area"] if name == "a" else ["value"]
        write_tables(folder, index, study.points, outcomes=outcomes)
        assert tables(tmp_path / name) == before


def test_row_groups_are_fixed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolsim.studies.store.index.RUNS_A_GROUP", 10)
    writer = PartWriter(folder.parts, "id")
    for replication in np.random.default_rng(1).permutation(35):
        writer.add(record(0, int(replication)))
    writer.flush()
    write_tables(folder, PartIndex.of(folder.parts, "id", 100), points(1), outcomes=[])
    file = pq.ParquetFile(folder.runs)
    assert [file.metadata.row_group(k).num_rows for k in range(4)] == [10, 10, 10, 5]
    assert pq.read_table(folder.series).num_rows == 35 * 2 * 3


def test_a_table_is_read_in_pieces(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    dataset = StudyResult.open(tmp_path).dataset("series")
    import pyarrow.dataset as ds

    some = dataset.to_table(filter=ds.field("point") == 3, columns=["value"])
    assert some.num_rows == 5 * 2 * 12
    found = duckdb.query("select outcome, count(*) n from dataset group by 1 order by 1")
    assert found.fetchall() == [("area", 480), ("final", 480)]


def test_tables_as_csv(tmp_path: Path) -> None:
    run_study(spread(), tmp_path / "study")
    result = StudyResult.open(tmp_path / "study")
    written = result.export_csv(tmp_path / "csv")
    assert [path.name for path in written] == [
        "points.csv", "runs.csv", "series.csv", "columns.csv",
    ]  # fmt: skip
    runs = pd.read_csv(tmp_path / "csv" / "runs.csv")
    labels = {"run": runs["run"].str.removeprefix("'"), "seed": runs["seed"].str.removeprefix("'").astype("int64")}
    pd.testing.assert_frame_equal(runs.assign(**labels), result.runs, check_dtype=False)
    zipped = result.export_csv(tmp_path / "zip", compress=True)[2]
    series = pd.read_csv(zipped)
    assert series["value"].tolist() == result.series["value"].tolist()
    assert zipped.name == "series.csv.gz"


def test_a_part_holds_a_run_in_every_detail() -> None:
    table = part_table([record(3, 4, 0.1)])
    row = table.to_pylist()[0]
    assert row["series_names"] == ["a", "b"]
    assert row["series_values"] == [0.0, 0.1, 0.2, 0.1, 1.1, 2.1]
    assert row["half_terms"] == [0, 1, 2]
    assert (row["point"], row["replication"], row["seed"], row["error"]) == (3, 4, 5, None)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.faults
def test_a_disk_that_fills_up(small_disk: Path, tmp_path: Path) -> None:
    """With a real full disk: what is there stays, and once there is room the study goes on."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 250_000)
    with pytest.raises(StoreError, match="The disk is full"):
        run_study(spread(150), small_disk / "out")
    kept = read_status(small_disk / "out").done
    assert kept >= 50
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    reports: list[object] = []
    again = run_study(spread(150), small_disk / "out", progress=reports.append)
    assert reports[0].done == kept
    assert again == run_study(spread(150), tmp_path / "roomy")


@pytest.mark.faults
def test_a_disk_that_may_not_be_written(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    interrupted(spread(), small_disk / "out", 10)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for folder in (small_disk / "out", small_disk / "new"):
        with pytest.raises(StoreError, match="may not be written to"):
            run_study(spread(), folder)
    assert len(StudyResult.open(small_disk / "out").runs) == 10


@pytest.mark.faults
@pytest.mark.parametrize("code", [errno.EROFS, errno.EIO, errno.EACCES])
def test_a_disk_that_will_not_remove_a_part_is_a_message_and_nothing_is_lost(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_study(spread(2), tmp_path / "whole")
    real = os.unlink

    def refusing(path: object, *given: Any, **more: Any) -> None:
        if "part-" in str(path):
            raise OSError(code, os.strerror(code), str(path))
        real(path, *given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refusing)
        with pytest.raises(StoreError, match="Nothing already written is lost"):
            run_study(spread(2), tmp_path / "study")
    assert run_study(spread(2), tmp_path / "study") == whole
    assert not list((tmp_path / "study").glob("parts/part-*"))
