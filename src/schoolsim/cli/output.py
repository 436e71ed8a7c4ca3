"""Prints answers (text, tables, JSON) to standard output, and notes on the work to standard error."""

from __future__ import annotations

import io
import json
import math
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 10_000
"""Columns where nobody looks: a table in a pipe or a file is not broken into lines."""


def say(text: str = "", *, bold: bool = False) -> None:
    """A line or a paragraph of the answer; broken at words only where there is a terminal."""
    if sys.stdout.isatty():
        _console(sys.stdout).print(text, style="bold" if bold else None)
    else:
        typer.echo(text)


def tell(text: str) -> None:
    """Something about the work rather than the answer itself: to standard error."""
    typer.echo(text, err=True)


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
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, show_header=any(headers), header_style="bold")
    if not any(headers):
        table.box = None
        table.padding = (0, 2, 0, 0)
    for place, header in enumerate(headers):
        justify: Literal["left", "right"] = "right" if header in right else "left"
        table.add_column(header, justify=justify, no_wrap=place < len(headers) - 1, overflow="fold")
    for row in rows:
        table.add_row(*row)
    page = io.StringIO()
    _console(page).print(table)
    for line in page.getvalue().splitlines():
        typer.echo(line.rstrip())


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


def _console(file: TextIO) -> Console:
    """As wide and as colourful as the terminal, where there is one."""
    from rich.console import Console

    seen = sys.stdout.isatty()
    # Names such as [levers] are text here, not markup.
    return Console(
        file=file,
        width=_room(),
        force_terminal=seen,
        markup=False,
        highlight=False,
        emoji=False,
    )
