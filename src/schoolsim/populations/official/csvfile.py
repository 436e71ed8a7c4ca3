"""Reads CSV files as official sites publish them: encoding detected, wanted columns kept, size bounded."""

from __future__ import annotations

import codecs
import csv
import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations.schools import PopulationError

#: Bytes of the largest file that is read: the register of England has 65 million, a ten-year school-level file of
#: Explore Education Statistics about a billion.
LARGEST_FILE: Final = 2 * 2**30
#: Rows of schools kept of one file: the register has 52,000, with all the schools that closed.
MOST_ROWS: Final = 250_000
MOST_COLUMNS: Final = 2_000
_HEAD_ROWS: Final = 12
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Args:
        line: Number of its last line in the file, from 1.
        cells: Text of its cells.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Columns:
    """The wanted columns of a file, as text.

    Args:
        cells: Text of every kept row, by the caller's name of the column.
        broken: Line numbers of rows with fewer or more cells than the header.
        dropped: Rows that the caller's filter left out.
        short: Columns at the end of the header that no row has.
    """

    cells: Mapping[str, list[str]]
    broken: tuple[int, ...]
    dropped: int
    short: int = 0


@dataclass(frozen=True)
class CsvFile:
    """A comma-separated text file, checked and not yet read.

    Args:
        path: The file.
        encoding: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252.
        sha256: Hash of its bytes, in hex.
        head: Its first rows that are not empty.
    """

    path: Path
    encoding: str
    sha256: str
    head: tuple[Row, ...] = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> CsvFile:
        """Check the file and read its first rows.

        Raises:
            PopulationError: It is no regular file, too large, no text, no CSV, or empty.
        """
        encoding, sha256 = _inspect(path)
        file = cls(path, encoding, sha256, ())
        head = []
        for row in file.rows():
            head.append(row)
            if len(head) == _HEAD_ROWS:
                break
        if not head:
            raise PopulationError(f"{path}: the file is empty, or its first line is.")
        if max(len(row.cells) for row in head) == 1:
            raise PopulationError(
                f"{path}: line 1 has one column; the columns must be separated by commas (not by semicolons or tabs)."
            )
        return cls(path, encoding, sha256, tuple(head))

    def rows(self) -> Iterator[Row]:
        """All rows that are not empty.

        Raises:
            PopulationError: The file is no well-formed CSV.
        """
        with (
            open_regular(self.path) as raw,
            io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline="") as text,
        ):
            lines = csv.reader(text)
            try:
                for cells in lines:
                    if any(cells):
                        yield Row(lines.line_num, cells)
            except csv.Error as fault:
                raise PopulationError(
                    f"{self.path}: line {lines.line_num}: this is no well-formed CSV ({fault})."
                ) from fault

    def read(
        self,
        header: Row,
        wanted: Mapping[str, int],
        keep: Callable[[Sequence[str]], bool] | None = None,
        *,
        most_rows: int | None = None,
    ) -> Columns:
        """Read columns of the rows below the header.

        Args:
            header: The row of column names; rows above it are passed over.
            wanted: The caller's name of each column -> its position.
            keep: Says of a row's cells whether it is kept; None keeps all.
            most_rows: Most rows that are kept; `MOST_ROWS` if None.

        Raises:
            PopulationError: The file is no well-formed CSV, or has more rows.
        """
        cells: dict[str, list[str]] = {name: [] for name in wanted}
        pairs = [(cells[name], position) for name, position in wanted.items()]
        most_rows = MOST_ROWS if most_rows is None else most_rows
        kept, dropped, broken = 0, 0, []
        width = self._width(header)
        blank = [""] * (len(header.cells) - width)
        for row in self.rows():
            if row.line <= header.line:
                continue
            row.cells.extend(blank)
            if len(row.cells) != len(header.cells):
                broken.append(row.line)
            elif keep is not None and not keep(row.cells):
                dropped += 1
            else:
                kept += 1
                if kept > most_rows:
                    raise PopulationError(f"{self.path}: more than {most_rows:,} rows; at most so many are read.")
                for column, position in pairs:
                    column.append(row.cells[position])
        return Columns(cells, tuple(broken), dropped, len(blank))

    def _width(self, header: Row) -> int:
        """Cells of a row: those of the header, or fewer where all rows end before its last columns."""
        widths = {len(row.cells) for row in self.head if row.line > header.line}
        rows = sum(row.line > header.line for row in self.head)
        shortest = min(widths, default=len(header.cells))
        return shortest if len(widths) == 1 and rows > 1 and shortest < len(header.cells) else len(header.cells)


def open_regular(path: Path, largest: int = LARGEST_FILE) -> BinaryIO:
    """Open a regular file of a bounded size; pipes, devices and folders are refused without waiting.

    Raises:
        PopulationError: There is no such file, or it is of another kind, too large or not readable.
    """
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError as fault:
        names = [entry.name for entry in path.parent.glob("*.csv")] if path.parent.is_dir() else []
        raise PopulationError(f"there is no file {path}.{did_you_mean(path.name, names)}") from fault
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise PopulationError(f"{path} cannot be read: {reason}.") from fault
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise PopulationError(f"{path} cannot be read: it is {_kind_of_entry(status.st_mode)}, not a regular file.")
        if status.st_size > largest:
            raise PopulationError(
                f"{path} cannot be read: it has {status.st_size:,} bytes; files of up to {largest:,} are read."
            )
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _kind_of_entry(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for test, name in kinds if test(mode)), "of another kind")


def _inspect(path: Path) -> tuple[str, str]:
    """Encoding and hash of a file, reading each byte once.

    Raises:
        PopulationError: The bytes are no text, or more than the file's size promised.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, size = "utf-8-sig", 0
    with open_regular(path) as raw:
        try:
            while block := raw.read(_BLOCK):
                if size == 0:
                    encoding = _from_first_bytes(block, path)
                size += len(block)
                if size > LARGEST_FILE:
                    raise PopulationError(f"{path} cannot be read: it grows beyond {LARGEST_FILE:,} bytes.")
                digest.update(block)
                if encoding != "utf-16" and b"\x00" in block:
                    raise PopulationError(f"{path}: this is no text file.")
                if encoding == "utf-8-sig":
                    encoding = _still_utf8(decoder, block)
        except OSError as fault:
            raise PopulationError(
                f"{path} cannot be read: {fault.strerror or errno.errorcode.get(fault.errno or 0)}."
            ) from fault
    if encoding == "utf-8-sig":
        encoding = _still_utf8(decoder, b"", final=True)
    return encoding, digest.hexdigest()


def _from_first_bytes(block: bytes, path: Path) -> str:
    if block.startswith(b"PK\x03\x04"):
        raise PopulationError(f"{path}: this is a spreadsheet or zip file; save it as CSV first.")
    return "utf-16" if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _still_utf8(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> str:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; they become a replacement character.
        return "cp1252"
    return "utf-8-sig"
