"""Markdown tables and numbers for the page of evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {line}" for line in lines)


def number(value: float) -> str:
    """Three digits that count; a dash where there is no number."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.3g}".replace("-", "−")


def interval(low: float, high: float) -> str:
    """Two ends."""
    return f"{number(low)} to {number(high)}"
