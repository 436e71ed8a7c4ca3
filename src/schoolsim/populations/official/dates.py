"""Reads the dates of official files: `31-08-2018`, `31/08/2018`, `2018-08-31`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_FORMS: Final = (
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?:[ T].*)?"),
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[ T].*)?"),
)


def read_date(text: str) -> date | None:
    """The day a cell tells; None where it is blank, a code or no day of the calendar."""
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None


def iso(text: str) -> str:
    """The day as `2018-08-31`, or nothing where the cell tells none."""
    day = read_date(text)
    return day.isoformat() if day else ""
