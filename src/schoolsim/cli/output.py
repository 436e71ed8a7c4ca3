"""Prints answers (text, tables, JSON) to standard output, and notes on the work to standard error."""

from __future__ import annotations

import json
import math
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import typer

WIDEST = 10_000
"""Columns where nobody looks: a table in a pipe or a file is not broken into lines."""


def say(text: str = "", *, bold: bool = False) -> None:
    """A line or a paragraph of the answer; broken at words only where there is a terminal."""
    for line in _lines(text, sys.stdout):
        typer.echo(typer.style(line, bold=True) if bold and sys.stdout.isatty() else line)


def tell(text: str) -> None:
    """Something about the work rather than the answer itself: to standard error."""
    for line in _lines(text, sys.stderr):
        typer.echo(line, err=True)


def say_file(text: str) -> None:
    """The text of a file, such as an entry for BibTeX: never broken, so that it can be copied as it is."""
    typer.echo(text)


def say_page(markdown: str) -> None:
    """A page of Markdown: laid out where there is a terminal, as it is where there is none."""
    if not sys.stdout.isatty():
        typer.echo(markdown)
        return
    from rich.console import Console

    from schoolsim.cli.markdown import Page

    Console(file=sys.stdout, width=_room(), force_terminal=True).print(Page(markdown, hyperlinks=False))


def _lines(text: str, stream: TextIO) -> list[str]:
    """A text in lines that a terminal has room for; whole where there is none."""
    if not stream.isatty():
        return [text]
    room = shutil.get_terminal_size().columns
    return [piece for line in text.split("\n") for piece in _folded(line, room)]


def _folded(line: str, room: int) -> list[str]:
    """A line broken at spaces, what follows an item set in; paths and addresses stay in one piece."""
    if len(line) <= room:
        return [line]
    margin = "  " if line.startswith("- ") else " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, room, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)


def say_json(data: object) -> None:
    """The answer as JSON, and nothing else."""
    typer.echo(json.dumps(plain(data), indent=2, ensure_ascii=False, allow_nan=False))


def say_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[str] = (),
    bracketed: bool = False,
    spare: Sequence[str] = (),
) -> None:
    """A table with a line of headers, or what a narrow terminal has room for.

    Where there is a terminal and the table is wider, columns of `spare` are left out, then its last column is broken
    at words; where that leaves too little room every row becomes a paragraph. Names are never broken.

    Args:
        headers: A word a column; all empty for a table without a line of headers.
        rows: A text or number a column.
        right: Headers of the columns that are aligned at the right, such as numbers.
        bracketed: Whether a row that becomes a paragraph begins with its first column and the second in brackets.
        spare: Headers of the columns that a narrow terminal does without.
    """
    cells = [[str(cell) for cell in row] for row in rows]
    room = _room()
    if _width(headers, cells) > room:
        kept = [place for place, header in enumerate(headers) if header not in spare]
        headers, cells = [headers[place] for place in kept], [[row[place] for place in kept] for row in cells]
    if not cells or _width(headers, cells, prose=LEAST_PROSE) <= room:
        _grid(headers, cells, right)
    else:
        for row in cells:
            _paragraph(headers, row, 2 if bracketed else 1, room)


LEAST_PROSE = 30
"""Letters of the last column below which it is not worth being a column."""

GAP = 3
"""Letters between two columns, at the most."""


def _width(headers: Sequence[str], rows: Sequence[Sequence[str]], *, prose: int | None = None) -> int:
    """Letters that a table takes across; its last column no more than `prose`, where that is given."""
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    if prose is not None and widths:
        widths[-1] = min(widths[-1], prose)
    return sum(widths) + GAP * len(widths)


def _grid(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str]) -> None:
    """A table in columns; Rich would make the same, and takes longer to load than most tables take to write."""
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    margin, gap = (" ", " " * GAP) if any(headers) else ("", " " * (GAP - 1))
    before = sum(widths[:-1]) + len(gap) * (len(widths) - 1) + 2 * len(margin)
    widths[-1] = max(1, min(widths[-1], _room() - before))

    def written(cells: Sequence[str]) -> Iterator[str]:
        pieces = textwrap.wrap(cells[-1], widths[-1], break_on_hyphens=False) or [""]
        for place, piece in enumerate(pieces):
            line = [*cells[:-1], piece] if place == 0 else [*[""] * (len(cells) - 1), piece]
            aligned = (
                cell.rjust(width) if header in right else cell.ljust(width)
                for header, cell, width in zip(headers, line, widths, strict=True)
            )
            yield (margin + gap.join(aligned)).rstrip()

    if any(headers):
        for line in written(headers):
            typer.echo(typer.style(line, bold=True) if sys.stdout.isatty() else line)
        typer.echo("─" * (before + widths[-1]))
    for row in rows:
        for line in written(row):
            typer.echo(line)


def _paragraph(headers: Sequence[str], row: Sequence[str], leading: int, room: int) -> None:
    """A row under its first cell: short cells with their headers in a line, the last by itself where it is long."""
    title = f"{row[0]} ({row[1]})" if leading == 2 and row[1] != row[0] else row[0]
    typer.echo(typer.style(title, bold=True) if sys.stdout.isatty() else title)
    pairs = list(zip(headers, row, strict=True))[leading:]
    prose = pairs.pop()[1] if pairs and (len(pairs[-1][1]) > LEAST_PROSE or not pairs[-1][0]) else ""
    facts = "; ".join(f"{header} {cell}" for header, cell in pairs if cell)
    for text in (facts, prose):
        if text:
            typer.echo(indented(text, room))


def indented(text: str, room: int) -> str:
    """A text in lines of so many letters, set in; names and options are not broken at their hyphens."""
    margin = " " * 4
    return textwrap.fill(
        text, room, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def plain(value: object) -> Any:
    """A value as JSON has it: no NaN (null), no paths, no NumPy."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(value: float) -> str:
    """A number to four digits that count, as people write it; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    decimals = max(0, 3 - math.floor(math.log10(abs(value))))
    if decimals > 7:
        return f"{value:.4g}"
    return f"{value:,.{decimals}f}".replace("-", "−")


def counted(count: int, word: str, words: str | None = None) -> str:
    """A number of things: `1 year`, `10 years`, `1 authority`."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def _room() -> int:
    """Letters across: of the terminal, where there is one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDEST
