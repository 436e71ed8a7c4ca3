"""A CSV file as official sites publish it: encoding found out, only the columns wanted kept."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations.schools import PopulationError


@dataclass(frozen=True)
class CsvFile:
    """The wanted columns of a file, as text.

    Args:
        path: The file.
        header: All column names, white space in them made single.
        columns: Text of each wanted column that the file has, by the caller's word for it.
        names: The file's own name of each of those columns.
        broken: Line numbers of rows with fewer or more cells than the header.
    """

    path: Path
    header: tuple[str, ...]
    columns: Mapping[str, list[str]]
    names: Mapping[str, str]
    broken: tuple[int, ...]


def read_csv(path: Path, wanted: Mapping[str, Sequence[str]]) -> CsvFile:
    """Read the wanted columns.

    Args:
        path: A comma-separated file in UTF-8 (with or without mark), UTF-16 or Windows-1252.
        wanted: Word of the caller -> names the column may have, best first.

    Raises:
        PopulationError: No such file, no table, or no comma-separated one.
    """
    text = decode(_bytes(path), path)
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header = tuple(" ".join(name.split()) for name in next(lines, []))
        _check_header(path, header)
        place = {name: position for position, name in reversed(list(enumerate(header)))}
        names = {
            word: next(name for name in choices if name in place)
            for word, choices in wanted.items()
            if any(name in place for name in choices)
        }
        columns: dict[str, list[str]] = {word: [] for word in names}
        pairs = [(columns[word], place[name]) for word, name in names.items()]
        broken = []
        for cells in lines:
            if len(cells) == len(header):
                for column, position in pairs:
                    column.append(cells[position])
            elif cells:
                broken.append(lines.line_num)
    except csv.Error as fault:
        raise PopulationError(f"{path}: line {lines.line_num}: this is no well-formed CSV ({fault}).") from fault
    return CsvFile(path, header, columns, names, tuple(broken))


def decode(raw: bytes, path: Path) -> str:
    """Text of a file: by its byte-order mark, else UTF-8 if it is that, else Windows-1252.

    Raises:
        PopulationError: The bytes are no text.
    """
    if raw[:4] == b"PK\x03\x04":
        raise PopulationError(f"{path}: this is a spreadsheet or zip file; save it as CSV first.")
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        if b"\x00" in raw:
            raise PopulationError(f"{path}: this is no text file.")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; they become a replacement character.
        return raw.decode("cp1252", errors="replace")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        near = [other.name for other in path.parent.glob("*.csv")]
        hint = did_you_mean(path.name, near)
        raise PopulationError(f"there is no file {path}.{hint}") from fault
    except OSError as fault:
        raise PopulationError(f"{path} cannot be read: {fault.strerror}.") from fault


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    if not any(header):
        raise PopulationError(f"{path}: the file is empty, or its first line is.")
    if len(header) == 1:
        raise PopulationError(
            f"{path}: line 1 has one column; the columns must be separated by commas (not by semicolons or tabs)."
        )
