"""Only regular files of a bounded size are read, and a path that no file can have is told."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from schoolsim.parameters.files import (
    FileError,
    MissingFileError,
    display_path,
    folder_names,
    read_regular_file,
    regular_file_error,
    size_words,
    user_path,
)


def refused(path: Path, limit: int = 10) -> FileError:
    with pytest.raises(FileError) as caught:
        read_regular_file(path, limit)
    return caught.value


def test_a_file_up_to_the_limit_is_read_and_a_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    assert read_regular_file(path, 10) == b"0123456789"
    assert refused(path, 9).reason == "is too large: 10 bytes, and at most 9 bytes are read"


def test_a_file_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert refused(path).reason == "is too large: 1.0 TB, and at most 10 bytes are read"


def test_a_file_without_a_size_is_read_no_further_than_the_limit() -> None:
    """Files of /proc say that they are empty."""
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("this system has no /proc")
    assert path.stat().st_size == 0
    assert refused(path).reason == "is too large: 11 bytes, and at most 10 bytes are read"


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        monkeypatch.setattr(os, "open", None)
        assert refused(tmp_path / "pipe").reason == "is a pipe, not a regular file"
        assert refused(tmp_path / "socket").reason == "is a socket, not a regular file"
        assert refused(tmp_path).reason == "is a folder, not a regular file"
        assert refused(Path("/dev/zero")).reason == "is a device, not a regular file"


def test_a_pipe_that_takes_the_place_of_a_file_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr("schoolsim.parameters.files.regular_file_error", lambda path: None)
    assert refused(tmp_path / "pipe").reason == "is a pipe, not a regular file"


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path / "nothing"), MissingFileError)
    (tmp_path / "file").touch()
    assert isinstance(regular_file_error(tmp_path / "file" / "below"), MissingFileError)
    assert regular_file_error(tmp_path / "file") is None
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    error = regular_file_error(tmp_path / "loop")
    assert error is not None
    assert error.reason.startswith("cannot be read (")
    assert str(error) == f"{tmp_path / 'loop'} {error.reason}."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "file").touch()
    monkeypatch.setattr(os, "open", refuse)
    assert refused(tmp_path / "file").reason == "cannot be read (Permission denied)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no path"),
        ("  ", "is no path"),
        ("a\0b", "holds a null character, which no path may"),
        ("a/" + "b" * 256, "is too long: a name has at most 255 bytes, a path 4096"),
        ("é" * 128, "is too long: a name has at most 255 bytes, a path 4096"),
        ("a/" * 2049, "is too long: a name has at most 255 bytes, a path 4096"),
        ("~nobody-of-this-name/x", 'names a user there is not, "nobody-of-this-name"'),
        ("a\ud800", "holds half a character, which no path may"),
        ("a\udcff", "holds bytes that are no text, and results name their paths in text"),
    ],
)
def test_a_path_no_file_can_have(text: str, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        user_path(text)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 500


def test_a_path_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_path("~/a", Path("b")) == tmp_path / "a"
    assert user_path("a", Path("b")) == Path("b/a")
    assert user_path("a" * 255) == Path("a" * 255)


def test_paths_and_sizes_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert display_path(tmp_path / "a" / "b") == "a/b"
    assert display_path(tmp_path.parent) == str(tmp_path.parent)
    assert [size_words(size) for size in (0, 999, 1000, 4_200_000, 10**9, 10**12, 10**16)] == [
        "0 bytes", "999 bytes", "1.0 kB", "4.2 MB", "1.0 GB", "1.0 TB", "10000.0 TB",
    ]  # fmt: skip


def test_names_of_a_folder(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / name).touch()
    assert folder_names(tmp_path, 9) == ["a", "b", "c"]
    assert len(folder_names(tmp_path, 2)) == 2
    assert folder_names(tmp_path / "nothing", 9) == []
