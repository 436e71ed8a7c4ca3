"""Texts that files can hold: no half of a character, and names that are printable."""

from __future__ import annotations

LONGEST_NAME = 200
"""Characters of the name of a parameter or an outcome."""


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: lone surrogates, which come from bytes that are no text, are written out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def is_encodable(text: str) -> bool:
    """Whether UTF-8 can hold the text."""
    return encodable(text) == text


def is_name(text: str) -> bool:
    """Whether a column can be called so: printable, not empty, not over `LONGEST_NAME` characters."""
    return bool(text) and len(text) <= LONGEST_NAME and text.isprintable()
