"""Atomic writing, hashes of files, and messages for disk errors."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schoolsim.studies.errors import StoreError

TEMPORARY = ".tmp"

MOST_FILES = 10_000
"""Files of a folder that a study may read."""


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write a file; it takes its name when the block ends well.

    The content is on the disk before the name is, so a machine that stops leaves the old file or
    the new one.

    Args:
        path: The name it is to have; a file of that name is replaced.

    Yields:
        The temporary file to write, in the same folder.

    Raises:
        StoreError: If the disk is full, the folder is read-only, and so on.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        with disk_errors(path):
            yield draft
            _sync(draft)
            os.replace(draft, path)
            _sync(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` inside the block into a message that says what to do.

    Args:
        path: The file or folder being written, for the message.

    Raises:
        StoreError: If the block raises an `OSError`.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"{_reason(error, path)} {_ADVICE}") from error


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        StoreError: If the disk will not have it.
    """
    with disk_errors(path):
        path.unlink(missing_ok=True)


def set_aside(path: Path, ending: str) -> Path:
    """Give a file another ending more; returns the new path.

    Raises:
        StoreError: If the disk will not have it.
    """
    aside = path.with_name(path.name + ending)
    with disk_errors(path):
        path.rename(aside)
    return aside


def write_text(path: Path, text: str) -> None:
    """Write a small text file, whole or not at all."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8")


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, whole or not at all."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def read_bytes(path: Path, largest: int) -> bytes:
    """The content of a small regular file.

    Args:
        path: The file.
        largest: Bytes it may have.

    Raises:
        FileNotFoundError: If it is not there.
        StoreError: If it is no regular file, is larger, or cannot be read.
    """
    try:
        with _open_regular(path) as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(content) > largest:
        raise StoreError(f"{path} is larger than the {largest} bytes it may have")
    return content


def _open_regular(path: Path) -> BinaryIO:
    """Open a regular file; a pipe would wait for ever, and a device has no end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(descriptor, "rb")


def sha256(path: Path) -> str:
    """Hash of a regular file, in hex.

    Raises:
        OSError: If it cannot be read.
    """
    digest = hashlib.sha256()
    with _open_regular(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def content_hash(path: Path) -> str:
    """Hash of a file, or of the names and contents of all files in a folder.

    Raises:
        StoreError: If it is neither, cannot be read, or the folder holds over `MOST_FILES` files.
    """
    try:
        if path.is_file():
            return sha256(path)
        if not path.is_dir():
            what = "is not a regular file" if path.exists() else "is not there"
            raise StoreError(f"{path}, which the study reads, {what}")
        files = list(itertools.islice((file for file in path.rglob("*") if file.is_file()), MOST_FILES + 1))
        if len(files) > MOST_FILES:
            raise StoreError(f"{path}, which the study reads, holds over {MOST_FILES} files")
        inside = sorted((file.relative_to(path).as_posix(), file) for file in files)
        lines = [f"{name} {sha256(file)}\n" for name, file in inside]
    except OSError as error:
        raise StoreError(f"{path}, which the study reads, cannot be read: {error.strerror or error}") from error
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def remove_drafts(folder: Path) -> None:
    """Remove what a process that was killed left half written; hold the lock first."""
    for draft in folder.glob(f".*{TEMPORARY}"):
        remove(draft)


_ADVICE = "Nothing already written is lost: free or unlock the disk and run the same command again."


def _reason(error: OSError, path: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: {path} could not be written."
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{path.parent} may not be written to ({error.strerror})."
    return f"{path} could not be written: {error.strerror or error}."


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
