"""Gives objects a face: a few lines of facts in a terminal, a small table in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Facts = Sequence[tuple[str, str]]
"""What there is to say: a word, and what it is."""


def as_text(title: str, facts: Facts) -> str:
    """The title, and a line a fact."""
    width = max((len(word) for word, _ in facts), default=0)
    return "\n".join([f"<{title}>", *(f"  {word:<{width}}  {what}" for word, what in facts)])


def as_html(title: str, facts: Facts) -> str:
    """The title, and a row a fact."""
    rows = "".join(
        f'<tr><th style="text-align:left">{escape(word)}</th><td style="text-align:left">{escape(what)}</td></tr>'
        for word, what in facts
    )
    return f"<p><b>{escape(title)}</b></p><table>{rows}</table>"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 school`, `1,204 teachers`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
