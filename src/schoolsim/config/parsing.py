"""Parsing of TOML files within limits, with the parser's messages in plain words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from schoolsim.config.positions import KeyPath, LimitError, find_lines
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.files import FileError, display_path, read_regular_file
from schoolsim.parameters.values import printable

MOST_BYTES = 4_000_000
"""Largest size of a config file, and of a config with all its bases."""

SUFFIX = ".toml"
"""Ending of the name of every config file."""

_POSITION = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_PLAIN_WORDS = (
    ("Cannot overwrite a value", "this key is set twice"),
    ("Cannot declare", "this table stands here twice: put its keys together"),
    (
        "Invalid value",
        'a value must be a number, true, false, "text in quotes", [a list] or {a table}',
    ),
    ("Expected '=' after a key", "after a key there must be = and a value"),
    ("Unclosed array", "this list has no closing ]"),
    (
        "Expected newline or end of document after a statement",
        "one key a line, and text needs quotes",
    ),
    ("Illegal character '\\n'", "this text has no closing quote"),
)


class TomlFile(NamedTuple):
    """A TOML file as read: its data, the line of every key, and its size in bytes."""

    data: dict[str, Any]
    lines: dict[KeyPath, int]
    size: int


def read_toml(path: Path, *, quote: bool = True, limit: int = MOST_BYTES) -> TomlFile:
    """Read a TOML file.

    Args:
        path: The file.
        quote: Whether the message for a syntax error may repeat the line it is in; not where the file
            may be something else than a config.
        limit: Largest number of bytes.

    Raises:
        ConfigError: It cannot be read, is too large, is not text, or is not TOML.
    """
    name = display_path(path)
    try:
        content = read_regular_file(path, limit)
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except FileError as error:
        raise ConfigError(f"{name}: {error.reason}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: is not text in UTF-8; save it as UTF-8.") from None
    return parse_toml(text, name, quote=quote)


def parse_toml(text: str, name: str, *, quote: bool = True) -> TomlFile:
    """Parse the text of a TOML file.

    Args:
        text: With line feeds as its only line breaks.
        name: What messages call the file.
        quote: As of `read_toml`.

    Raises:
        ConfigError: It is not TOML.
    """
    try:
        lines = find_lines(text)
        return TomlFile(tomllib.loads(text), lines, len(text.encode()))
    except LimitError as error:
        raise ConfigError(f"{name}:{error.line}: {error.message}.") from None
    except (ValueError, RecursionError) as error:  # tomllib lets a few other errors of conversion through
        raise ConfigError(_syntax_message(name, text, str(error), quote=quote)) from None


def _syntax_message(name: str, text: str, message: str, *, quote: bool) -> str:
    """The parser's message in plain words, with file, line and column in front."""
    match = _POSITION.fullmatch(message)
    problem, line, column = match.groups() if match else (message, None, None)
    plain = next((words for start, words in _PLAIN_WORDS if problem.startswith(start)), problem)
    if line is None:
        lines = text.rstrip().split("\n")
        line, column = str(len(lines)), str(len(lines[-1]) + 1)
        if not problem.startswith("Cannot"):
            plain = "the file ends before this value does"
    if not quote:
        return f"{name}:{line}: not TOML."
    excerpt = text.split("\n")[int(line) - 1].strip()
    quoted = f"\n    {printable(excerpt)}" if excerpt else ""
    return f"{name}:{line}:{column}: not TOML: {printable(plain)}.{quoted}"
