"""CSV that means the same in R, a spreadsheet, JavaScript and here.

A CSV file has no types: each program guesses what a cell is. Where a guess would change a value, or
run it, the cell begins with an apostrophe, which is not part of the value:

- text that does not begin with a Latin letter, which a spreadsheet may take for a formula, and any
  program for a number or a date: `=1+1`, `3-4`, `1e5`;
- text that stands for something else somewhere: `TRUE`, `T`, `NA`, `NULL`, `inf`, `MAR 1`;
- ids of runs, whose hexadecimal digits may be those of a number: all of them;
- whole numbers beyond 2**53, which R, spreadsheets and JavaScript would round, and with them their
  whole column; seeds always.

Numbers have as many digits as give the same 64-bit number again; a spreadsheet keeps 15 of them. A
value that is missing, or not a number, is an empty cell; infinity is `Infinity`. Truth values are
`true` and `false`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schoolsim.studies.store.files import whole_file

APOSTROPHE = "'"

ALWAYS_TEXT = ("run", "seed")
"""Columns of every table that are written with an apostrophe, whatever is in them."""

LARGEST_EXACT = 1 << 53
"""Up to here every whole number is one of the numbers of R, spreadsheets and JavaScript."""

_MONTHS = (
    "jan(uary)?", "feb(ruary)?", "mar(ch)?", "apr(il)?", "may", "june?", "july?", "aug(ust)?", "sept?(ember)?",
    "oct(ober)?", "nov(ember)?", "dec(ember)?",
)  # fmt: skip
_WORDS = ("t", "f", "true", "false", "na", "n/a", "null", "nan", "inf", "infinity")
_CONFUSED = rf"(?i)^\s*(({'|'.join(_MONTHS)})[\s.,/-]*\d.*|{'|'.join(_WORDS)}|None)\s*$"
"""Text that begins with a letter and is something else to R, pandas, JavaScript or a spreadsheet."""

_LETTER = "^[A-Za-zÀ-ÖØ-öø-ɏ]"
"""Latin letters by name: what else is a letter differs between Python's table of Unicode and Arrow's."""

_KEPT_WORD = r"^none$"
"""The level of levers that means "no such thing"; pandas takes `None`, and no program takes `none`, for missing."""


def guarded(text: str) -> str:
    """A text as a cell of a CSV file: with an apostrophe where a program could take it for anything else."""
    clear = re.match(_CONFUSED, text) is None or re.match(_KEPT_WORD, text)
    safe = not text or (re.match(_LETTER, text) and clear)
    return text if safe else APOSTROPHE + text


def unguarded(cell: str) -> str:
    """The text of a cell, without the apostrophe it may begin with."""
    return cell.removeprefix(APOSTROPHE)


def csv_form(field: pa.Field, inexact: Collection[str]) -> str:
    """How a column is written: `number`, `whole number`, `true or false`, `text` or `text after an apostrophe`.

    Args:
        field: The column.
        inexact: Names of columns of whole numbers that hold one beyond `LARGEST_EXACT`.
    """
    if field.name in ALWAYS_TEXT or field.name in inexact:
        return "text after an apostrophe"
    if pa.types.is_boolean(field.type):
        return "true or false"
    if pa.types.is_integer(field.type):
        return "whole number"
    return "number" if pa.types.is_floating(field.type) else "text"


def csv_table(table: pa.Table, inexact: Collection[str] = ()) -> pa.Table:
    """A table as it is written to CSV; its names guarded too.

    Args:
        table: Columns of numbers, truth values and text.
        inexact: Names of columns of whole numbers that hold one beyond `LARGEST_EXACT`.
    """
    columns = [_csv_column(table[field.name], csv_form(field, inexact)) for field in table.schema]
    return pa.table(columns, names=[guarded(name) for name in table.column_names])


def inexact_columns(table: pa.Table) -> list[str]:
    """The columns of whole numbers that hold one beyond `LARGEST_EXACT`."""
    names = [field.name for field in table.schema if pa.types.is_integer(field.type)]
    ends = {name: pc.min_max(table[name]).as_py() for name in names}
    return [n for n, e in ends.items() if e["min"] is not None and max(-e["min"], e["max"]) > LARGEST_EXACT]


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a small table as CSV, whole or not at all.

    Args:
        path: The file.
        frame: The table; its index is not written.

    Raises:
        StoreError: If the disk will not have it.
    """
    plain = frame.copy()
    for name in plain.columns:
        if pd.api.types.is_bool_dtype(plain[name]) or not pd.api.types.is_numeric_dtype(plain[name]):
            plain[name] = plain[name].astype(object).map(_guarded_cell)
    plain.columns = [guarded(str(name)) for name in plain.columns]
    with whole_file(path) as draft:
        plain.to_csv(draft, index=False, lineterminator="\n")


def _guarded_cell(value: object) -> object:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _csv_column(column: pa.ChunkedArray, form: str) -> pa.ChunkedArray:
    if form == "text after an apostrophe":
        return pc.binary_join_element_wise(APOSTROPHE, column.cast(pa.string()), "")
    if form == "number":
        return _numbers(column)
    return _guarded_column(column) if form == "text" else column


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers, with nothing where there is none; with infinities, as the texts that they are written as."""
    known = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    infinite = pc.is_inf(known)
    if not pc.any(infinite).as_py():
        return known
    texts = known.cast(pa.string())
    word = pc.if_else(pc.greater(known, 0.0), "Infinity", "-Infinity")
    return pc.if_else(infinite, word, texts)


def _guarded_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    letter = pc.match_substring_regex(texts, _LETTER)
    confused = pc.match_substring_regex(texts, _CONFUSED)
    kept = pc.match_substring_regex(texts, _KEPT_WORD)
    safe = pc.or_(pc.equal(texts, ""), pc.and_(letter, pc.or_(pc.invert(confused), kept)))
    return pc.if_else(safe, texts, pc.binary_join_element_wise(APOSTROPHE, texts, ""))
