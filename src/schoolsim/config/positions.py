"""Line numbers of the keys in a TOML file, and limits on its size.

The standard library's parser gives values without positions, and a message to the user needs
the line. It also sets no limits, so that a small file may take it very long; this scan comes first and
stops where a limit is passed. It does not look for mistakes, which the parser reports better.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

MOST_VALUES = 100_000
"""Keys, tables and list items of one file."""

DEEPEST = 16
"""Tables, dotted keys and lists inside one another."""

LONGEST_NUMBER = 100
"""Characters of a number or a date."""

_TOO_DEEP = f"nests lists and tables more than {DEEPEST} deep, and no config does"

# Every repetition is possessive (++, *+): a match takes time in proportion to its length.
_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_STRING = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"(?!"")(?:[^"\\\n]++|\\.)*+"'
    r"|'(?!'')[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_SCALAR = re.compile(r"[^,\]}\n#]++")


class LimitError(ValueError):
    """A limit that a file passes.

    Attributes:
        line: The line it is passed on, from 1.
        message: The limit, as words that follow the name of the file.
    """

    def __init__(self, line: int, message: str) -> None:
        """Keep line and message apart."""
        self.line, self.message = line, message
        super().__init__(message)


class _NotTomlError(ValueError):
    """The text is not TOML from here on."""


def find_lines(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every table, key and list item in TOML `text`.

    Args:
        text: TOML; where it is not, the lines of the keys before the mistake are found.

    Returns:
        Line by path; a path is keys and list positions from the root, such as
        `("levers", "badging.scope", 1)` or `("figures", 0, "kind")`.

    Raises:
        LimitError: The file is larger or deeper than any config.
    """
    scanner = _Scanner(text)
    try:
        scanner.document()
    except _NotTomlError:
        pass
    return scanner.lines


@dataclass
class _Scanner:
    """A position in the text, and the lines of the keys before it."""

    text: str
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    tables: dict[KeyPath, int] = field(default_factory=dict)
    values: int = 0

    def __post_init__(self) -> None:
        self.line_ends = [match.start() for match in re.finditer("\n", self.text)]

    def document(self) -> None:
        table: KeyPath = ()
        self.blank()
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.blank()

    def header(self) -> KeyPath:
        """A `[table]` or one of an array, `[[table]]`; returns its path."""
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        keys = self.key()
        self.skip("]]" if is_array else "]")
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self.inside((*path, key))
            self.mark(path, start)
        path = (*path, keys[-1])
        if is_array:
            self.tables[path] = self.tables.get(path, 0) + 1
            self.mark(path, start)
        path = self.inside(path)
        self.mark(path, start)
        return path

    def inside(self, path: KeyPath) -> KeyPath:
        """The path itself, or its last table when it is an array of tables."""
        return (*path, self.tables[path] - 1) if path in self.tables else path

    def pair(self, table: KeyPath) -> None:
        """A key, = and a value."""
        start = self.at
        keys = self.key()
        for end in range(1, len(keys)):
            self.mark((*table, *keys[:end]), start)
        self.skip("=")
        self.blank()
        self.value((*table, *keys), start)

    def value(self, path: KeyPath, start: int) -> None:
        """A value, marked as starting at `start`."""
        self.mark(path, start)
        opening = self.here()
        if opening in "\"'":
            self.match(_STRING)
        elif opening in "[{":
            self.at += 1
            self.blank()
            self.items(path, "]" if opening == "[" else "}")
        else:
            scalar = self.match(_SCALAR).strip()
            if len(scalar) > LONGEST_NUMBER and scalar[0] in "+-0123456789":
                message = f"holds a number of {len(scalar):,} characters; one of at most {LONGEST_NUMBER} is read"
                raise LimitError(self.line(start), message)

    def items(self, path: KeyPath, closing: str) -> None:
        """The inside of a list or an inline table, up to and with its closing bracket."""
        place = 0
        while self.here() != closing:
            if closing == "]":
                self.value((*path, place), self.at)
                place += 1
            else:
                self.pair(path)
            self.blank()
            if self.here() == ",":
                self.at += 1
                self.blank()
        self.at += 1

    def key(self) -> list[str]:
        """A key such as `a."b.c"`, as its parts; stops at what follows it."""
        parts: list[str] = []
        while True:
            self.blank()
            quoted = self.here() in "\"'"
            parts.append(_unquoted(self.match(_STRING)) if quoted else self.match(_BARE))
            if len(parts) > DEEPEST:
                raise LimitError(self.line(self.at), _TOO_DEEP)
            self.blank()
            if self.here() != ".":
                return parts
            self.at += 1

    def skip(self, text: str) -> None:
        if not self.text.startswith(text, self.at):
            raise _NotTomlError
        self.at += len(text)

    def here(self) -> str:
        """The character at the position."""
        if self.at >= len(self.text):
            raise _NotTomlError
        return self.text[self.at]

    def blank(self) -> None:
        self.match(_BLANK)

    def match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _NotTomlError
        self.at = match.end()
        return match.group()

    def line(self, position: int) -> int:
        return bisect_left(self.line_ends, position) + 1

    def mark(self, path: KeyPath, start: int) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            message = f"holds more than {MOST_VALUES:,} values; a table of points belongs in a file of its own, "
            raise LimitError(self.line(start), message + 'named by [design] kind = "file"')
        if len(path) > DEEPEST:
            raise LimitError(self.line(start), _TOO_DEEP)
        self.lines.setdefault(path, self.line(start))


def _unquoted(quoted: str) -> str:
    """A quoted key without its quotes; escapes are rare in keys and read by the parser itself."""
    if "\\" not in quoted:
        return quoted[1:-1]
    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except ValueError:
        raise _NotTomlError from None
