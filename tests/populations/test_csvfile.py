"""Only regular text files of a bounded size are read, and what is read is what stands in them."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from schoolsim.populations import PopulationError, read_schools
from schoolsim.populations.official import csvfile
from schoolsim.populations.official.csvfile import CsvFile, open_regular


def read(path: Path, *wanted: str) -> csvfile.Columns:
    file = CsvFile.open(path)
    header = file.head[0]
    return file.read(header, {name: header.cells.index(name) for name in wanted})


def test_wanted_columns_are_read_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("URN,HeadLastName,Roll\n1,Someone,200\n2,Else,\n")
    columns = read(path, "URN", "Roll")
    assert columns.cells == {"URN": ["1", "2"], "Roll": ["200", ""]}
    assert "Someone" not in repr(columns)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    os.mkfifo(path)
    start = time.monotonic()
    with pytest.raises(PopulationError, match="it is a pipe, not a regular file"):
        read_schools(path)
    assert time.monotonic() - start < 5


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_an_endless_device_is_refused_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(PopulationError, match="/dev/zero cannot be read: it is a device"):
        read_schools("/dev/zero")
    assert time.monotonic() - start < 5


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no sockets with names")
def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may be short only
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("schools.csv")
        with pytest.raises(PopulationError, match="cannot be read"):
            read_schools("schools.csv")


def test_a_file_larger_than_any_of_its_kind_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    with path.open("wb") as file:
        file.truncate(csvfile.LARGEST_FILE + 1)  # takes no room on the disk
    start = time.monotonic()
    with pytest.raises(PopulationError, match="2,147,483,649 bytes; files of up to 2,147,483,648"):
        read_schools(path)
    assert time.monotonic() - start < 5


def test_more_rows_than_any_list_of_schools_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("URN,Roll\n" + "1,2\n" * 12)
    monkeypatch.setattr(csvfile, "MOST_ROWS", 11)
    with pytest.raises(PopulationError, match="more than 11 rows"):
        read(path, "URN")
    monkeypatch.setattr(csvfile, "MOST_ROWS", 12)
    assert len(read(path, "URN").cells["URN"]) == 12


@pytest.mark.parametrize("name", ["\0", "x" * 300, "no/such/folder/schools.csv"])
def test_a_name_that_cannot_be_is_a_message(name: str, tmp_path: Path) -> None:
    with pytest.raises(PopulationError):
        read_schools(tmp_path / name)


def test_a_program_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 64)
    with pytest.raises(PopulationError, match="no text file"):
        CsvFile.open(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_past_the_first_block(encoding: str, tmp_path: Path) -> None:
    rows = "".join(f"{number},{'x' * 50}\n" for number in range(30_000))
    path = tmp_path / "a.csv"
    path.write_bytes(f"URN,Name\n{rows}30000,Boys\u2019 École\n".encode(encoding))
    assert read(path, "Name").cells["Name"][-1] == "Boys\u2019 École"


def test_rows_that_all_end_before_the_last_columns_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("URN,Name,Type,Last\n1,A,x\n2,B,y\n3,C\n4,D,z\n")
    assert read(path, "URN").broken == (2, 3, 4, 5)  # nothing tells which of them are whole
    path.write_text("URN,Name,Type,Last\n1,A,x\n2,B,y\n4,D,z\n" + "5,E,w\n" * 20 + "6,F\n")
    columns = read(path, "URN", "Last")
    assert columns.short == 1
    assert columns.cells["URN"][:3] == ["1", "2", "4"]
    assert set(columns.cells["Last"]) == {""}
    assert columns.broken == (25,)


def test_a_single_short_row_is_broken_and_not_padded(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("URN,Name,Roll\n1,A\n")
    columns = read(path, "URN")
    assert columns.broken == (2,)
    assert columns.cells == {"URN": []}


def test_a_filter_sees_whole_rows_and_what_it_drops_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("URN,Level\n1,School\n2,National\n3,School\n")
    file = CsvFile.open(path)
    columns = file.read(file.head[0], {"URN": 0}, lambda cells: cells[1] == "School")
    assert (columns.cells["URN"], columns.dropped) == (["1", "3"], 1)


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert CsvFile.open(path).sha256 == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"


def test_a_link_to_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with open_regular(tmp_path / "b.csv") as file:
        assert file.read() == b"a,b\n1,2\n"
