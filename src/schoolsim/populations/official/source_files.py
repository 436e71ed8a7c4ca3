"""Finds the files of a place, recognises each and reads its rows, one establishment each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from schoolsim.populations.array_types import Int64Array
from schoolsim.populations.official import statistics_rows
from schoolsim.populations.official.csvfile import CsvFile, Row
from schoolsim.populations.official.file_kinds import GROUP_LINKS, GROUPS, LINKS, STATISTICS, FileKind
from schoolsim.populations.official.recognition import (
    describe_missing,
    likeliest,
    may_be_ties,
    missing_columns,
    personal_columns,
    positions,
    recognise,
)
from schoolsim.populations.schools import PopulationError

# Record types of the performance tables that are totals of authorities and of England.
_TOTALS: Final = frozenset({"3", "4", "5", "7"})
_URN: Final = re.compile(r"0*([1-9]\d{0,8})(\.0+)?")
_MOST_FILES: Final = 500
_SHOWN: Final = 8  # columns of an unknown file that a message names


@dataclass(frozen=True)
class SourceFile:
    """The rows of one official file, as text.

    Args:
        label: What messages and tables call it: its name, or its folder and name where two files share it.
        kind: Kind of file.
        year: School year its figures are of (2019 for 2018/19), or None where neither its columns nor its name say.
        sha256: Hash of its bytes.
        header: Names of its columns.
        urn: URN of each row; ascending and unique unless rows are ties (`LINKS`, `GROUP_LINKS`, `GROUPS`).
        cells: Field -> text of each row.
        names: Field -> the file's own name of the column.
        rows: Rows below the header.
        notes: Sentences on rows left out.
    """

    label: str
    kind: FileKind
    year: int | None
    sha256: str
    header: tuple[str, ...]
    urn: Int64Array
    cells: Mapping[str, list[str]]
    names: Mapping[str, str]
    rows: int
    notes: tuple[str, ...] = ()

    def column_label(self, field_name: str) -> str:
        """The file and column of a field, as `schools.csv: NumberOfPupils`."""
        return f"{self.label}: {self.names[field_name]}"


@dataclass(frozen=True)
class Findings:
    """The files of a place.

    Args:
        files: Those recognised, in the order of their label.
        unread: Sentences on files of a folder that were not read.
    """

    files: tuple[SourceFile, ...]
    unread: tuple[str, ...] = field(default=())


def read_files(paths: Sequence[Path]) -> Findings:
    """Read official files, given by name or by their folder (not the folders inside it).

    Raises:
        PopulationError: A path does not exist, or a file given by name is of no known kind or cannot be read, or no
            file of a folder is of a known kind.
    """
    named, from_folders, unread = _list(paths)
    labels = _labels([*named, *from_folders])
    files = []
    for path in [*named, *from_folders]:
        source = CsvFile.open(path)
        header, kind = _header(source)
        if kind is not None:
            files.append(_read(source, header, kind, labels[path]))
        elif path in named:
            raise PopulationError(_unrecognised(source))
        else:
            unread.append(f"{labels[path]} was not read: its columns are of no known kind.")
    if not files:
        places = ", ".join(str(path) for path in paths)
        raise PopulationError(" ".join([f"{places}: there is no official file of schools.", *unread]))
    return Findings(tuple(sorted(files, key=lambda file: file.label)), tuple(unread))


def _list(paths: Sequence[Path]) -> tuple[list[Path], list[Path], list[str]]:
    """Files given by name, CSV files of given folders, and sentences on what else the folders hold."""
    named: list[Path] = []
    inside: list[Path] = []
    unread: list[str] = []
    for path in paths:
        if not os.path.isdir(path):  # unlike Path.is_dir, false for names that cannot be
            named.append(path)
            continue
        try:
            entries = sorted(path.iterdir())
        except OSError as fault:
            raise PopulationError(f"{path} cannot be read: {fault.strerror}.") from fault
        if len(entries) > _MOST_FILES:
            raise PopulationError(f"{path} holds {len(entries):,} files; a folder of up to {_MOST_FILES} is read.")
        for entry in entries:
            is_csv = entry.suffix.lower() == ".csv" and not entry.name.lower().endswith(".meta.csv")
            if entry.name.startswith("."):
                continue
            if is_csv and entry.is_file():
                inside.append(entry)
            else:
                kind = "a folder" if entry.is_dir() else "no CSV file of data"
                unread.append(f"{entry.name} was not read: it is {kind}.")
    files = list(dict.fromkeys(named))
    return files, [path for path in dict.fromkeys(inside) if path not in files], unread


def _labels(paths: Sequence[Path]) -> dict[Path, str]:
    names = [path.name for path in paths]
    return {path: path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}" for path in paths}


def _header(source: CsvFile) -> tuple[Row, FileKind | None]:
    """The row of column names and the kind they make; rows of titles may stand above it."""
    for row in source.head:
        kind = recognise(_names(row))
        if kind is not None:
            return row, kind
    return source.head[0], None


def _names(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in row.cells)


def _unrecognised(source: CsvFile) -> str:
    header = _names(source.head[0])
    where = f"{source.path}: line {source.head[0].line}:"
    kind = likeliest(header)
    if kind is None:
        shown = ", ".join(header[:_SHOWN]) + (" ..." if len(header) > _SHOWN else "")
        ties = " These may be ties, which a study takes as [population] ties." if may_be_ties(header) else ""
        return f"{where} its columns ({shown}) are of no known kind of official file.{ties}"
    missing = missing_columns(header, kind)
    fault = f"missing column {missing}" if missing else "columns of two kinds of file in one"
    return f"{where} {fault}. It would be a {kind.title}."


def _read(source: CsvFile, header: Row, kind: FileKind, label: str) -> SourceFile:
    names = _names(header)
    wanted = positions(names, kind)
    keep, period = None, None
    if kind is STATISTICS:
        selection = statistics_rows.selection(source, header, wanted)
        keep, period = selection.keeps, selection.period
    columns = source.read(header, wanted, keep)
    cells = {name: [cell.strip() for cell in column] for name, column in columns.cells.items()}
    rows = len(cells[next(iter(cells))])
    notes = _broken_note(label, columns.broken)
    if columns.short:
        notes.append(
            f"{label}: no row has the last columns ({', '.join(names[-columns.short :])}); they were read as blank."
        )
    if kind is STATISTICS:
        notes += statistics_rows.notes(label, selection, columns.dropped)
    urn = np.zeros(rows, dtype=np.int64)
    if "urn" in cells:
        urn = np.array([_urn(text) for text in cells["urn"]], dtype=np.int64)
    if kind not in (LINKS, GROUP_LINKS, GROUPS):
        urn, cells, more = _one_row_each(label, urn, cells)
        notes += more
    personal = personal_columns(names)
    if personal:
        notes.append(f"{label}: columns about persons were not read: {', '.join(personal)}.")
    return SourceFile(
        label=label, kind=kind, year=period or year_of_name(source.path.name), sha256=source.sha256, header=names,
        urn=urn, cells=cells, names={name: names[position] for name, position in wanted.items()},
        rows=rows + columns.dropped + len(columns.broken), notes=tuple(notes),
    )  # fmt: skip


def _one_row_each(
    label: str, urn: Int64Array, cells: dict[str, list[str]]
) -> tuple[Int64Array, dict[str, list[str]], list[str]]:
    """Leave out totals and repeated establishments; the rest in the order of their URN."""
    records = cells.get("record")
    if records is not None:
        urn = np.where([record in _TOTALS for record in records], 0, urn)
    order = np.argsort(urn, kind="stable")
    ordered = urn[order]
    single = ordered > 0
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(ordered) else single
    kept = order[single & first]
    notes = []
    totals, repeated = int((~single).sum()), int((single & ~first).sum())
    if totals:
        notes.append(f"{label}: {_rows(totals)} of totals or without a URN left out.")
    if repeated:
        notes.append(f"{label}: {_rows(repeated)} repeating a URN left out; the first of each was kept.")
    return urn[kept], {name: [column[row] for row in kept] for name, column in cells.items()}, notes


def _urn(text: str) -> int:
    """The URN, or 0 where the cell holds none (blank, a code, `NAT` of a total)."""
    match = _URN.fullmatch(text)
    return int(match[1]) if match else 0


def year_of_name(name: str) -> int | None:
    """The school year that a file's name tells: `2018-19` and `201819` are 2019, `20190601` is 2019.

    A day from September on belongs to the school year that ends in the next.
    """
    if match := re.search(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)", name):
        return int(match[1]) + (int(match[2]) >= 9)
    if match := re.search(r"(?<!\d)(20\d\d)[-_/ ]?(\d\d)(?!\d)", name):
        return _ends_in(int(match[1]), int(match[2]))
    if match := re.search(r"(?<!\d)(20\d\d)[-_ ](20\d\d)(?!\d)", name):
        return int(match[2])
    match = re.search(r"(?<!\d)(20\d\d)(?!\d)", name)
    return int(match[1]) if match else None


def _ends_in(start: int, end: int) -> int:
    return start + 1 if (start + 1) % 100 == end else start


def _broken_note(label: str, broken: Sequence[int]) -> list[str]:
    if not broken:
        return []
    lines = ", ".join(str(line) for line in broken[:3])
    more = " ..." if len(broken) > 3 else ""
    return [
        f"{label}: {_rows(len(broken))} with too few or too many cells left out (line {lines}{more}); "
        "is the file cut off?"
    ]


def require(files: Iterable[SourceFile], needed: Mapping[str, tuple[str, Callable[[SourceFile], bool]]]) -> None:
    """Refuse files that together lack something a place cannot be without.

    Args:
        files: The files.
        needed: Name of a register's column -> (what it is in words, whether a file can give it).

    Raises:
        PopulationError: Names all that is lacking.
    """
    files = list(files)
    lacking = {name: words for name, (words, gives) in needed.items() if not any(gives(file) for file in files)}
    if not lacking:
        return
    if len(files) == 1:
        (file,) = files
        raise PopulationError(
            f"{file.label}: line 1: missing column {describe_missing(list(lacking), file.header)}. "
            "A place needs the columns of Get Information About Schools, in this file or in others beside it."
        )
    listed = ", ".join(f'{words} ("{name}" of a register)' for name, words in lacking.items())
    raise PopulationError(
        f"No file has {listed}. Read: {', '.join(f'{file.label} ({file.kind.title})' for file in files)}."
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
