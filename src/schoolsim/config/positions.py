"""Line numbers of the keys in a TOML file.

The standard library's parser gives values without positions, and a message to the user needs
the line. This scans text that has already parsed, so it need not look for mistakes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")


def find_lines(text: str) -> dict[KeyPath, int]:
    """Line (from 1) of every table, key and list item in valid TOML `text`.

    Args:
        text: TOML that parses.

    Returns:
        Line by path; a path is keys and list positions from the root, such as
        `("levers", "badging.scope", 1)` or `("figures", 0, "kind")`.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


@dataclass
class _Scanner:
    """A position in the text, and the lines of the keys before it."""

    text: str
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    counts: dict[KeyPath, int] = field(default_factory=dict)

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
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        keys = self.key()
        self.at += 2 if many else 1
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self.inside((*path, key))
            self.mark(path, start)
        path = (*path, keys[-1])
        if many:
            self.counts[path] = self.counts.get(path, 0) + 1
            self.mark(path, start)
        path = self.inside(path)
        self.mark(path, start)
        return path

    def inside(self, path: KeyPath) -> KeyPath:
        """The path itself, or its last table when it is an array of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def pair(self, table: KeyPath) -> None:
        start = self.at
        keys = self.key()
        for depth in range(1, len(keys)):
            self.mark((*table, *keys[:depth]), start)
        self.at += 1
        self.blank()
        self.value((*table, *keys), start)

    def value(self, path: KeyPath, start: int) -> None:
        self.mark(path, start)
        opening = self.text[self.at]
        if opening in "\"'":
            self.string()
        elif opening in "[{":
            self.at += 1
            self.blank()
            self.items(path, "]" if opening == "[" else "}")
        else:
            self.match(_SCALAR)

    def items(self, path: KeyPath, closing: str) -> None:
        """The inside of a list or an inline table, up to and with its closing bracket."""
        place = 0
        while self.text[self.at] != closing:
            if closing == "]":
                self.value((*path, place), self.at)
                place += 1
            else:
                self.pair(path)
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.blank()
        self.at += 1

    def key(self) -> list[str]:
        """A key such as `a."b.c"`, as its parts; stops at what follows it."""
        parts = []
        while True:
            self.blank()
            quoted = self.text[self.at] in "\"'"
            parts.append(_plain(self.string()) if quoted else self.match(_BARE))
            self.blank()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def string(self) -> str:
        return self.match(_STRING)

    def blank(self) -> None:
        self.match(_BLANK)

    def match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None, f"not TOML at character {self.at}"
        self.at = match.end()
        return match.group()

    def mark(self, path: KeyPath, start: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, start) + 1)


def _plain(quoted: str) -> str:
    """A quoted key without its quotes; escapes are rare in keys and read by the parser itself."""
    return str(tomllib.loads(f"key = {quoted}")["key"]) if "\\" in quoted else quoted[1:-1]
