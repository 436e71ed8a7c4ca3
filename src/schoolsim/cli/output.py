"""Prints answers (text, tables, JSON) to standard output, and notes on the work to standard error."""

from __future__ import annotations

import io
import json
import math
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

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


def say_table(headers: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """A table with a line of headers.

    Args:
        headers: A word a column; all empty for a table without a line of headers.
        rows: A text or number a column.
        right: Headers of the columns that are aligned at the right, such as numbers.
    """
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, show_header=any(headers), header_style="bold")
    if not any(headers):
        table.box = None
        table.padding = (0, 2, 0, 0)
    for place, header in enumerate(headers):
        # The first column holds names, which are typed again: never cut.
        table.add_column(header, justify="right" if header in right else "left", no_wrap=place == 0, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    page = io.StringIO()
    _console(page).print(table)
    for line in page.getvalue().splitlines():
        typer.echo(line.rstrip())


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


def _console(file: TextIO) -> Console:
    """As wide and as colourful as the terminal, where there is one."""
    from rich.console import Console

    seen = sys.stdout.isatty()
    # Names such as [levers] are text here, not markup.
    return Console(
        file=file,
        width=shutil.get_terminal_size().columns if seen else WIDEST,
        force_terminal=seen,
        markup=False,
        highlight=False,
        emoji=False,
    )
