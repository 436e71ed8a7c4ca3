"""Reading of users' files: paths as typed, and regular files of a bounded size."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path

from schoolsim.parameters.errors import UserError
from schoolsim.parameters.values import printable

LONGEST_NAME = 255
"""Largest number of bytes of a file's name, on every common file system."""

LONGEST_PATH = 4096
"""Largest number of bytes of a path."""

_UNITS = ("kB", "MB", "GB", "TB")
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FileError(UserError):
    """A file or path that cannot be used.

    Attributes:
        path: The path, as text.
        reason: What is wrong, as words that follow the path: `is a pipe, not a regular file`.
    """

    def __init__(self, path: str | Path, reason: str) -> None:
        """Keep path and reason beside the message."""
        self.path, self.reason = str(path), reason
        super().__init__(f"{printable(str(path))} {reason}.")


class MissingFileError(FileError):
    """A file that is not there."""


def user_path(text: str, folder: Path | None = None) -> Path:
    """The path a user typed, `~` expanded.

    Args:
        text: The path.
        folder: A relative path starts here; it stays relative when None.

    Raises:
        FileError: No file can have this path: it is empty, holds a null character or bytes that are no text, is too
            long, or names a user there is not.
    """
    if not text.strip():
        raise FileError('""', "is no path")
    if "\0" in text:
        raise FileError(text, "holds a null character, which no path may")
    try:
        longest = max(len(os.fsencode(part)) for part in Path(text).parts or (text,))
        length = len(os.fsencode(text))
    except UnicodeEncodeError:
        raise FileError(text, "holds half a character, which no path may") from None
    if any("\ud800" <= char <= "\udfff" for char in text):  # as Python shows bytes that are no UTF-8
        raise FileError(text, "holds bytes that are no text, and results name their paths in text")
    if longest > LONGEST_NAME or length > LONGEST_PATH:
        raise FileError(text, f"is too long: a name has at most {LONGEST_NAME} bytes, a path {LONGEST_PATH}")
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise FileError(text, f'names a user there is not, "{printable(Path(text).parts[0][1:])}"') from None
    return path if folder is None else folder / path


def regular_file_error(path: Path) -> FileError | None:
    """The reason that `path` cannot be read as a regular file, or None when it can.

    Returns:
        A `MissingFileError` where there is nothing; a `FileError` for folders, pipes, sockets, devices and
        paths that may not be looked at.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return MissingFileError(path, "is not there")
    except ValueError:
        return FileError(path, "holds a null character, which no path may")
    except OSError as error:
        return FileError(path, f"cannot be read ({error.strerror})")
    return None if stat.S_ISREG(mode) else _irregular(path, mode)


def read_regular_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    Nothing but a regular file is read: a pipe would block and a device may never end.

    Args:
        path: The file.
        limit: Largest number of bytes; no more than that are ever read.

    Raises:
        MissingFileError: There is no such file.
        FileError: It is no regular file, is larger than `limit`, or may not be read.
    """
    error = regular_file_error(path)
    if error is not None:
        raise error
    try:
        # Not blocking, in case a pipe has taken the file's place since it was looked at.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise _irregular(path, status.st_mode)
            data = file.read(limit + 1) if status.st_size <= limit else b""
    except FileNotFoundError:
        raise MissingFileError(path, "is not there") from None
    except OSError as fault:
        raise FileError(path, f"cannot be read ({fault.strerror})") from None
    if len(data) > limit or status.st_size > limit:
        size = max(status.st_size, len(data))
        raise FileError(path, f"is too large: {size_words(size)}, and at most {size_words(limit)} are read")
    return data


def size_words(size: int) -> str:
    """A number of bytes as people write it: `812 bytes`, `4.2 MB`."""
    if size < 1000:
        return f"{size} bytes"
    power = min(4, (len(str(size)) - 1) // 3)
    return f"{size / 1000**power:.1f} {_UNITS[power - 1]}"


def _irregular(path: Path, mode: int) -> FileError:
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
    return FileError(path, f"is {kind}, not a regular file")


def folder_names(folder: Path, most: int) -> list[str]:
    """Names of what is in a folder, at most so many, in order; none where it cannot be looked into."""
    try:
        with os.scandir(folder) as listing:
            return sorted(entry.name for entry in itertools.islice(listing, most))
    except (OSError, ValueError):
        return []


def display_path(path: Path) -> str:
    """A path for a message: relative to the current folder when it is below it."""
    current = Path.cwd()
    return printable(path.relative_to(current).as_posix() if path.is_relative_to(current) else str(path))
