"""Results folders are sealed: what is not as it was written is refused, set aside and made again, and told."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schoolsim.studies import StudyResult, read_status, resume, verify
from schoolsim.studies.errors import DamagedError, DamageWarning, StoreError
from schoolsim.studies.store.export import export_csv
from schoolsim.studies.store.parts import part_files
from tests.studies import models
from tests.studies.plans import normal, run_study, spread, tables
from tests.studies.resealing import flip, renamed, reseal
from tests.studies.test_reproduction import QUIET
from tests.studies.test_sweep import RULE, interrupted


@pytest.fixture(scope="module")
def _complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("complete") / "study"
    run_study(normal(RULE), folder)
    return folder


@pytest.fixture
def complete(_complete: Path, tmp_path: Path) -> Path:
    """A complete study with every file a study can have, but for a design; a copy that may be changed."""
    return Path(shutil.copytree(_complete, tmp_path / "study"))


READERS: dict[str, Callable[[Path], object]] = {
    "points.parquet": lambda folder: StudyResult.open(folder).points,
    "runs.parquet": lambda folder: StudyResult.open(folder).runs,
    "series.parquet": lambda folder: StudyResult.open(folder).series,
    "replications.parquet": lambda folder: StudyResult.open(folder).replications,
    "columns.json": lambda folder: StudyResult.open(folder).columns,
    "study.toml": lambda folder: StudyResult.open(folder).config,
    "manifest.json": StudyResult.open,
}


@pytest.mark.parametrize("name", READERS)
def test_no_flipped_bit_is_read(complete: Path, name: str) -> None:
    path = complete / name
    path.write_bytes(path.read_bytes() or b"title = 'x'\n")
    reseal(complete)
    whole, size = path.read_bytes(), 8 * path.stat().st_size
    chance = random.Random(name)
    for bit in [0, -1, *(chance.randrange(size) for _ in range(30))]:
        flip(path, bit)
        with pytest.raises(DamagedError, match=name):
            READERS[name](complete)
        path.write_bytes(whole)


@pytest.mark.parametrize("name", sorted(set(READERS) - {"manifest.json", "study.toml"}))
def test_an_export_refuses_what_is_not_as_it_was_written(complete: Path, name: str) -> None:
    flip(complete / name, 100)
    with pytest.raises(DamagedError, match=f"{name} is not the file that was written"):
        export_csv(complete, complete / "csv")


def test_an_effect_added_by_hand_is_no_effect(complete: Path) -> None:
    runs = pd.read_parquet(complete / "runs.parquet")
    runs.loc[runs["point"] == 1, "value"] += 5
    runs.to_parquet(complete / "runs.parquet")
    for read in (lambda: StudyResult.open(complete).runs, lambda: StudyResult.open(complete).dataset("runs")):
        with pytest.raises(DamagedError, match=r"runs\.parquet is not the file that was written.*schoolsim verify"):
            read()


def test_a_file_that_is_gone_is_told(complete: Path) -> None:
    (complete / "series.parquet").unlink()
    with pytest.raises(DamagedError, match=r"series\.parquet is missing"):
        _ = StudyResult.open(complete).series


def test_a_file_without_a_hash_is_not_believed(complete: Path) -> None:
    reseal(complete, lambda manifest: manifest["files"].pop("runs.parquet"))
    with pytest.raises(DamagedError, match=r"runs\.parquet has no hash in the manifest"):
        _ = StudyResult.open(complete).runs


def test_a_pipe_in_place_of_a_file_keeps_nobody_waiting(complete: Path) -> None:
    import os

    for name in ("runs.parquet", "manifest.json"):
        (complete / name).unlink()
        os.mkfifo(complete / name)
        with pytest.raises(StoreError, match="not a regular file"):
            _ = StudyResult.open(complete).runs


def test_tables_of_other_shape_are_refused_though_their_hashes_fit(complete: Path) -> None:
    cases = {
        'column 2 is not "point"': lambda table: table.drop_columns(["point"]),
        'column "seed" is of type double': lambda table: table.set_column(
            3, "seed", table["seed"].cast(pa.float64(), safe=False)
        ),
    }
    whole = pq.read_table(complete / "runs.parquet")
    for message, change in cases.items():
        pq.write_table(change(whole), complete / "runs.parquet")
        reseal(complete)
        with pytest.raises(DamagedError, match=message):
            _ = StudyResult.open(complete).runs
        assert any(message in line for line in verify(complete).differences)


def test_verification_says_all_that_differs_and_changes_nothing(complete: Path) -> None:
    assert verify(complete).sound
    assert verify(complete).checked == 7
    flip(complete / "runs.parquet", -9)
    (complete / "columns.json").unlink()
    (complete / "figures").mkdir()
    before = {path: path.stat().st_mtime_ns for path in complete.rglob("*")}
    verification = verify(complete)
    assert verification.differences == (
        f"{complete / 'runs.parquet'} is not the file that was written",
        f"{complete / 'columns.json'} is missing",
    )
    assert not verification.sound
    assert verification.unsealed == ("figures", "logs")
    assert {path: path.stat().st_mtime_ns for path in complete.rglob("*")} == before


def test_verification_of_a_damaged_manifest_is_a_difference(complete: Path) -> None:
    flip(complete / "manifest.json", 5000)
    assert len(verify(complete).differences) == 1
    assert "manifest.json is damaged" in verify(complete).differences[0]
    with pytest.raises(StoreError, match="there is no study"):
        verify(complete / "nowhere")


def test_verification_of_a_study_under_way_looks_at_its_parts(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 10)
    interrupted(spread(), tmp_path, 10)
    assert verify(tmp_path).sound
    assert verify(tmp_path).checked == 1 + 2 + 2  # the manifest, the config and points, two parts
    first, second = part_files(tmp_path / "parts")
    flip(first, 77)
    flip(tmp_path / "points.parquet", -1)
    assert verify(tmp_path).differences == (
        f"{tmp_path / 'points.parquet'} is not the file that was written",
        f"{first} is not the file that was written; its runs are made again by schoolsim resume {tmp_path}",
    )
    assert read_status(tmp_path).damaged == (first,)
    assert read_status(tmp_path).done == 10
    with pytest.warns(DamageWarning):
        run_study(spread(), tmp_path)
    assert verify(tmp_path).differences == (f"{first}.damaged was damaged and set aside",)
    assert read_status(tmp_path).damaged == (Path(f"{first}.damaged"),)
    assert second.name not in str(verify(tmp_path).differences)


def test_every_bit_of_a_part_is_under_its_hash(tmp_path: Path) -> None:
    """The footer too, which no checksum of a page covers: its metadata, its lengths, the last magic number."""
    whole = run_study(spread(), tmp_path / "whole")
    interrupted(spread(), tmp_path / "cut", 20)
    (part,) = part_files(tmp_path / "cut" / "parts")
    size = 8 * part.stat().st_size
    chance = random.Random(3)
    for bit in [*range(-64, 0, 9), *(chance.randrange(size - 30_000, size) for _ in range(15))]:
        folder = Path(shutil.copytree(tmp_path / "cut", tmp_path / "again"))
        flip(folder / "parts" / part.name, bit)
        assert read_status(folder).done == 0
        with pytest.warns(DamageWarning, match=f"{part.name}.damaged, its runs are made again"):
            resume(folder, QUIET, model=models.Spread)
        assert tables(folder) == whole
        assert (folder / "parts" / f"{part.name}.damaged").is_file()
        shutil.rmtree(folder)


def without(name: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.drop_columns([name])


def with_column(name: str, values: Callable[[pa.Table], pa.Array]) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(table.column_names.index(name), name, values(table))


FOREIGN: dict[str, Callable[[pa.Table], pa.Table]] = {
    "no seed": without("seed"),
    "no series": without("series_values"),
    "a point that is none": with_column("point", lambda t: pa.array([99] * len(t), pa.int32())),
    "points below 0": with_column("point", lambda t: pa.array([-1] * len(t), pa.int32())),
    "text as points": with_column("point", lambda t: pa.array(["x"] * len(t))),
    "a status that is none": with_column("status", lambda t: pa.array(["fine"] * len(t))),
    "no status": with_column("status", lambda t: pa.nulls(len(t), pa.string())),
    "short series": with_column("series_values", lambda t: pa.array([[1.0]] * len(t), pa.list_(pa.float64()))),
    "text as outcome": lambda t: t.append_column("outcome/x", pa.array(["x"] * len(t))),
    "a column of its own": lambda t: t.append_column("x", pa.array([1.0] * len(t))),
    "no column": lambda t: t.select([]),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_part_of_other_shape_is_set_aside_though_its_hash_fits(tmp_path: Path, case: str) -> None:
    interrupted(spread(), tmp_path / "cut", 20)
    (part,) = part_files(tmp_path / "cut" / "parts")
    table = pq.read_table(part)
    pq.write_table(FOREIGN[case](table).replace_schema_metadata(table.schema.metadata), part)
    part = renamed(part)
    assert read_status(tmp_path / "cut").damaged == (part,)
    assert verify(tmp_path / "cut").differences
    with pytest.warns(DamageWarning, match=r"\.damaged, its runs are made again"):
        again = run_study(spread(), tmp_path / "cut")
    assert again == run_study(spread(), tmp_path / "whole")


def test_bytes_that_are_no_part_are_set_aside_though_their_hash_fits(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 20)
    (part,) = part_files(tmp_path / "parts")
    content = part.read_bytes()
    chance = random.Random(5)
    for _ in range(20):
        damaged = bytearray(content)
        for _ in range(3):
            damaged[chance.randrange(len(damaged) - 3000, len(damaged))] ^= 1 << chance.randrange(8)
        part.write_bytes(damaged)
        part = renamed(part)
        read_status(tmp_path)  # whatever Arrow makes of it, it is an answer
        part.write_bytes(content)
        part = renamed(part)
    assert read_status(tmp_path).done == 20


def test_parts_of_an_older_version_are_made_again(tmp_path: Path) -> None:
    interrupted(spread(), tmp_path, 20)
    (part,) = part_files(tmp_path / "parts")
    part.rename(part.with_name("part-00000001.parquet"))
    with pytest.warns(DamageWarning, match=r"part-00000001\.parquet is damaged"):
        run_study(spread(), tmp_path)


def test_a_new_title_is_sealed_too(tmp_path: Path) -> None:
    from dataclasses import replace

    run_study(replace(spread(), config='title = "one"\n'), tmp_path)
    run_study(replace(spread(), config='title = "two"\n'), tmp_path)
    assert verify(tmp_path).sound
    assert StudyResult.open(tmp_path).config.title == "two"
    flip(tmp_path / "study.toml", 3)
    assert not verify(tmp_path).sound
    run_study(replace(spread(), config='title = "two"\n'), tmp_path)  # the config is at hand: it is written anew
    assert verify(tmp_path).sound


def test_inputs_of_a_study_under_way_are_sealed(tmp_path: Path) -> None:
    whole = run_study(spread(), tmp_path / "whole")
    for name in ("points.parquet", "study.toml"):
        folder = tmp_path / name
        interrupted(spread(), folder, 10)
        (folder / name).write_bytes((folder / name).read_bytes() + b"#")
        with pytest.raises(DamagedError, match=f"{name} is not the file that was written"):
            resume(folder, QUIET, model=models.Spread)
        assert run_study(spread(), folder) == whole  # its own plan at hand, a sweep writes it anew


def test_tables_without_a_manifest_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    whole = run_study(spread(), tmp_path)
    (tmp_path / "manifest.json").unlink()
    flip(tmp_path / "runs.parquet", 5000)
    with pytest.warns(DamageWarning, match=r"kept as runs\.parquet\.damaged, the runs are made again"):
        assert run_study(spread(), tmp_path) == whole
    assert (tmp_path / "series.parquet.damaged").is_file()


def test_a_seal_does_not_depend_on_how_the_file_is_laid_out(complete: Path) -> None:
    path = complete / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(dict(reversed(manifest.items())), indent=7))
    assert StudyResult.open(complete).complete
    assert np.isfinite(StudyResult.open(complete).runs["value"]).all()
