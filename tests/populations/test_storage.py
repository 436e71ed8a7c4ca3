"""A place on disk comes back as it went in, gives the same bytes, and is checked whenever it is read."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schoolsim.populations import Place, PopulationError, build_place, draw_place, read_place, read_schools, write_place
from schoolsim.populations.official.schema import BASES, FIGURES, schema
from tests.populations import official_files as files


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return build_place(files.write_all(tmp_path_factory.mktemp("thornshire")), seed=3)


@pytest.fixture
def stored(place: Place, tmp_path: Path) -> Path:
    return write_place(place, tmp_path / "place")


def test_a_place_comes_back_as_it_went_in(place: Place, stored: Path) -> None:
    again = read_place(stored)
    pd.testing.assert_frame_equal(again.schools, place.schools)
    pd.testing.assert_frame_equal(again.fates, place.fates, check_dtype=False)
    assert (again.files, again.notes, again.seed) == (place.files, place.notes, 3)


def test_the_same_place_gives_the_same_bytes(place: Place, stored: Path, tmp_path: Path) -> None:
    again = write_place(place, tmp_path / "again")
    assert sorted(path.name for path in stored.iterdir()) == ["fates.csv", "place.json", "schools.parquet"]
    for name in ("fates.csv", "place.json", "schools.parquet"):
        assert (stored / name).read_bytes() == (again / name).read_bytes()
    assert str(tmp_path) not in (stored / "place.json").read_text()


def test_the_model_reads_a_place(place: Place, stored: Path) -> None:
    table, built = read_schools(stored), place.table()
    for column in ("urn", "name", "phase", "roll", "capacity", "disadvantage", "teachers", "authority", "easting"):
        assert getattr(table, column).tolist() == getattr(built, column).tolist()
    assert np.array_equal(table.attainment, built.attainment, equal_nan=True)
    assert (table.authorities, table.notes) == (built.authorities, built.notes)


def test_some_authorities_of_a_place(tmp_path: Path) -> None:
    oak = {"LA (name)": "Oakham", "LA (code)": "998"}
    rows = [*files.REGISTER_ROWS, files.establishment(200001, "Oak", roll=100, fsm="5", **oak)]
    place = build_place(files.write(tmp_path / "register.csv", files.GIAS_2019, rows))
    stored = write_place(place, tmp_path / "place")
    table = read_schools(stored, "OAKHAM")
    assert table.urn.tolist() == [200001]
    assert table.notes[0] == "1 of the place's 7 schools taken: Oakham."
    # What was filled in for this school, and not for the six others.
    assert table.notes[1:] == (
        "Of these schools' figures are filled in: places of 1, teachers of 1; unknown: attainment of 1.",
        f"{len(place.notes)} notes more are on the whole place: see `schoolsim schools PLACE`, or its place.json.",
    )
    assert len(read_schools(stored, ["Oakham", 999])) == 7
    with pytest.raises(PopulationError, match='no authority "Oakhan". Did you mean "Oakham"'):
        read_schools(stored, "Oakhan")


def test_of_many_authorities_a_message_lists_the_nearest(tmp_path: Path) -> None:
    stored = write_place(draw_place(1, authorities=13), tmp_path / "many")
    with pytest.raises(PopulationError, match="Nearest: Authority 13, ") as fault:
        read_schools(stored, "autority 13")
    assert str(fault.value).count("Authority") == 5
    assert str(fault.value).endswith("There are 13: `schoolsim schools FILE|PLACE --json` lists them.")


def test_a_place_takes_no_seed(stored: Path) -> None:
    with pytest.raises(PopulationError, match="filled in with seed 3"):
        read_schools(stored, seed=1)


# --- where it is written -----------------------------------------------------------------------


def test_a_place_is_not_replaced_unasked(place: Place, stored: Path) -> None:
    with pytest.raises(PopulationError, match="holds a place already; replace it with --force"):
        write_place(place, stored)
    write_place(place, stored, replace=True)
    assert len(read_place(stored).schools) == len(place.schools)


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_place_is_never_replaced(place: Place, tmp_path: Path, replace: bool) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(PopulationError, match="is no place"):
        write_place(place, tmp_path / "thesis", replace=replace)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"
    (tmp_path / "file").write_text("x")
    with pytest.raises(PopulationError, match="is no place"):
        write_place(place, tmp_path / "file", replace=replace)


def test_an_empty_folder_is_used_and_missing_ones_are_made(place: Place, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_place(place, tmp_path / "empty")
    write_place(place, tmp_path / "a" / "b" / "c")
    assert len(read_schools(tmp_path / "a" / "b" / "c")) == len(place.schools)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "empty"]


@pytest.mark.faults
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything may be written here")
def test_a_folder_that_cannot_be_written_is_a_message(place: Place, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PopulationError, match="cannot be written"):
        write_place(place, tmp_path / "place")


@pytest.mark.faults
def test_a_fault_while_writing_leaves_nothing_behind(
    place: Place, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in stored.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(PopulationError, match="No space left on device"):
        write_place(place, stored, replace=True)
    assert {path.name: path.read_bytes() for path in stored.iterdir()} == before
    assert [path.name for path in stored.parent.iterdir()] == ["place"]


# --- nothing stored is trusted -----------------------------------------------------------------


def change(stored: Path, edit: Callable[[pd.DataFrame], object]) -> None:
    frame = pd.read_parquet(stored / "schools.parquet")
    edit(frame)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    strings = [field.name for field in table.schema if pa.types.is_large_string(field.type)]
    for name in strings:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table.column(name).cast(pa.string()))
    pq.write_table(table, stored / "schools.parquet")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("roll", -5.0, "school 100001"),
        ("roll", float("nan"), '"roll"'),
        ("roll", 4_000.0, "more pupils than a school of its phase"),
        ("teachers", 0, '"teachers" cannot be 0'),
        ("disadvantage", 1.5, '"disadvantage" cannot be 1.5'),
        ("easting", 900.0, '"easting" cannot be 900'),
        ("phase", "nursery", '"phase" cannot be'),
        ("name", "", "it must not be blank"),
        ("urn", 100006, '"urn" cannot be 100006'),
        ("roll_basis", "guessed", '"roll_basis" cannot be'),
        ("roll_basis", "imputed", '"roll_basis" cannot be'),
        ("roll_source", "", "has a figure without a source"),
        ("attainment", 2.0, "a score but no published result"),
        ("opened_on", "yesterday", "must be a day"),
    ],
)
def test_a_changed_figure_that_cannot_be_is_refused(stored: Path, column: str, value: object, told: str) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[0, column] = value

    change(stored, edit)
    with pytest.raises(PopulationError, match=told) as fault:
        read_schools(stored)
    assert "schools.parquet" in str(fault.value)


def test_a_changed_figure_that_can_be_is_told(stored: Path) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[0, "roll"] = 211.0

    change(stored, edit)
    table = read_schools(stored)
    assert table.roll[0] == 211
    assert "was changed after the place was built" in table.notes[0]


def test_a_column_less_of_another_type_or_with_gaps_is_refused(stored: Path) -> None:
    whole = (stored / "schools.parquet").read_bytes()
    for edit, told in (
        (lambda frame: frame.__delitem__("roll"), 'there is no column "roll"'),
        (
            lambda frame: frame.__setitem__("roll", frame["roll"].astype(str)),
            '"roll" holds string; it must hold double',
        ),
        (lambda frame: frame.loc.__setitem__((0, "name"), None), '"name" has empty cells'),
    ):
        (stored / "schools.parquet").write_bytes(whole)
        change(stored, edit)
        with pytest.raises(PopulationError, match=told):
            read_schools(stored)


@pytest.mark.faults
@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 400 + b"PAR1", b"x" * 1000])
def test_a_damaged_parquet_file_is_a_message(stored: Path, content: bytes) -> None:
    (stored / "schools.parquet").write_bytes(content)
    with pytest.raises(PopulationError, match="no readable Parquet file"):
        read_schools(stored)


@pytest.mark.faults
def test_a_name_that_is_no_text_is_a_message(stored: Path) -> None:
    file = stored / "schools.parquet"
    table = pq.read_table(file)
    name = table["name"][0].as_py().encode()
    pq.write_table(table, file, compression="none", use_dictionary=False)
    file.write_bytes(file.read_bytes().replace(name, b"\xff" * len(name)))
    with pytest.raises(PopulationError, match="no readable Parquet file"):
        read_schools(stored)


@pytest.mark.faults
def test_no_flipped_bit_of_the_parquet_file_is_a_traceback(stored: Path) -> None:
    whole = (stored / "schools.parquet").read_bytes()
    read = 0
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        (stored / "schools.parquet").write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            table = read_schools(stored)
        except PopulationError:
            continue
        read += 1
        assert "was changed" in table.notes[0]
    assert read < 40


@pytest.mark.faults
@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda text: "", "no readable JSON"),
        (lambda text: text[:-20], "no readable JSON"),
        (lambda text: "[" * 100_000, "no readable JSON"),
        (lambda text: "[]", "no place of format 1"),
        (lambda text: text.replace('"format": 1', '"format": 2'), "no place of format 1"),
        (lambda text: json.dumps({**json.loads(text), "notes": "none"}), "keys are missing"),
        (lambda text: json.dumps({**json.loads(text), "sha256": []}), "keys are missing"),
        (lambda text: json.dumps({**json.loads(text), "files": [{"file": "a"}]}), "keys are missing"),
        (lambda text: json.dumps({"format": 1}), "keys are missing"),
    ],
)
def test_a_manifest_of_another_shape_is_a_message(stored: Path, edit: Callable[[str], str], told: str) -> None:
    manifest = stored / "place.json"
    manifest.write_text(edit(manifest.read_text(encoding="utf-8")), encoding="utf-8")
    for read in (read_schools, read_place):
        with pytest.raises(PopulationError, match=told):
            read(stored)


@pytest.mark.parametrize("name", ["schools.parquet", "fates.csv"])
def test_a_missing_part_is_a_message(stored: Path, name: str) -> None:
    (stored / name).unlink()
    with pytest.raises(PopulationError, match=f"there is no file .*{name}"):
        read_place(stored)


def test_a_pipe_in_place_of_the_schools_is_refused(stored: Path) -> None:
    (stored / "schools.parquet").unlink()
    os.mkfifo(stored / "schools.parquet")
    with pytest.raises(PopulationError, match="it is a pipe"):
        read_schools(stored)


# --- for people ----------------------------------------------------------------------------------


def test_no_name_is_run_as_a_formula_by_a_spreadsheet(tmp_path: Path) -> None:
    rows = [
        files.establishment(100001 + n, name, roll=100, fsm="5") for n, name in enumerate(("=1+1", "@x", "-y", "'z"))
    ]
    place = build_place(files.write(tmp_path / "register.csv", files.GIAS_2019, rows))
    stored = write_place(place, tmp_path / "place")
    with (stored / "fates.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert names == ["'=1+1", "'@x", "'-y", "''z"]
    assert read_schools(stored).name.tolist() == ["=1+1", "@x", "-y", "'z"]
    assert read_place(stored).fates["name"].tolist() == ["=1+1", "@x", "-y", "'z"]


def test_every_figure_has_its_three_columns_and_every_column_its_meaning() -> None:
    columns = schema().columns
    for figure in FIGURES:
        assert {f"{figure}_basis", f"{figure}_source", f"{figure}_code"} <= set(columns)
    assert all(column.description for column in columns.values())
    assert set(BASES) == {"read", "computed", "predecessor", "imputed", "drawn", "unknown"}


def test_the_page_on_places_documents_every_column(repository: Path) -> None:
    from schoolsim.populations.official.schema import document

    assert document() in (repository / "docs" / "places.md").read_text(encoding="utf-8")
