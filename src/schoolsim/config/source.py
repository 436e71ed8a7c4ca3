"""One config file as read: its data, and the line of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolsim.config.errors import Fault, FaultError
from schoolsim.config.locate import find_config, shown_path
from schoolsim.config.names import FILE_KEYS, POSTERIOR, POSTERIOR_FILE, SECTIONS, SYNTHETIC
from schoolsim.config.positions import KeyPath, find_lines
from schoolsim.parameters.errors import ConfigError

_PLACE = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_PLAINER = (
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


@dataclass(frozen=True)
class Sheet:
    """The data of one config file, or of a mapping made in Python (`path` is then None)."""

    data: dict[str, Any]
    path: Path | None = None
    lines: dict[KeyPath, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that relative paths in it start from."""
        return Path.cwd() if self.path is None else self.path.parent

    def told(self, fault: Fault) -> str:
        """The fault with file and line in front of it."""
        if self.path is None:
            return fault.message
        line = self.line(fault.path)
        place = "" if line == 0 else f":{line}"
        return f"{shown_path(self.path)}{place}: {fault.message}"

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest thing around it; 0 when there is none."""
        for end in range(len(path), 0, -1):
            for spelling in _spellings(path[:end]):
                if spelling in self.lines:
                    return self.lines[spelling]
        return 0


def read_sheet(path: Path) -> Sheet:
    """Read one config file.

    Raises:
        ConfigError: It cannot be read, is not text, or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except OSError as fault:
        raise ConfigError(f"{shown_path(path)}: cannot be read ({fault.strerror}).") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{shown_path(path)}: is not text in UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(_syntax(path, text, str(fault))) from None
    return make_sheet(data, path, find_lines(text))


def make_sheet(data: Mapping[str, Any], path: Path | None = None, lines: dict[KeyPath, int] | None = None) -> Sheet:
    """A sheet with one spelling for things TOML lets a user write in several.

    `badging.scope = ...` becomes `"badging.scope" = ...`, and file paths become absolute.

    Raises:
        ConfigError: A parameter is set in two spellings.
    """
    raw = Sheet(dict(data), path, {} if lines is None else lines)
    try:
        return Sheet(_tidied(data, raw.folder), path, raw.lines)
    except FaultError as found:
        raise ConfigError("\n".join(raw.told(fault) for fault in found.faults)) from None


def _tidied(data: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    tidy = _calibrated(dict(data), folder)
    for section in SECTIONS:
        if section in tidy:
            tidy[section] = _dotted(tidy[section], section)
    outcomes = tidy.get("outcomes")
    if isinstance(outcomes, Mapping) and "baseline" in outcomes:
        baseline = _dotted(outcomes["baseline"], "outcomes", "baseline")
        tidy["outcomes"] = {**outcomes, "baseline": baseline}
    for section, key in FILE_KEYS:
        table = tidy.get(section)
        value = table.get(key) if isinstance(table, Mapping) else None
        if isinstance(table, Mapping) and isinstance(value, str) and value not in ("", SYNTHETIC):
            path = (folder / Path(value).expanduser()).resolve()
            tidy[section] = {**table, key: str(path)}
    return tidy


def _calibrated(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`uncertainties = "posterior"` as what it stands for."""
    if data.get("uncertainties") != POSTERIOR:
        return data
    design = data.get("design", {})
    if not isinstance(design, Mapping) or set(design) & {"kind", "file"}:
        message = 'uncertainties = "posterior" takes them from the calibrated sample: leave out [design] kind and file.'
        raise FaultError([Fault(("design",), message)])
    rest = {key: value for key, value in data.items() if key != "uncertainties"}
    return {**rest, "design": {**design, "kind": "file", "file": str(find_config(POSTERIOR_FILE, folder))}}


def _dotted(table: object, *above: str) -> object:
    """A section of parameters with tables inside it turned into dotted names."""
    if not isinstance(table, Mapping):
        return table
    flat: dict[str, object] = {}
    for key, value in table.items():
        subject = isinstance(value, Mapping) and "." not in key
        words = {f"{key}.{word}": item for word, item in value.items()} if subject else {key: value}
        for name in words.keys() & flat.keys():
            message = f'"{name}" is set twice, with quotes and without: keep one.'
            raise FaultError([Fault((*above, name), message)])
        flat.update(words)
    return flat


def _spellings(path: KeyPath) -> list[KeyPath]:
    """A path, and the same with its dotted names in parts, as TOML may hold them."""
    parts: list[str | int] = []
    for part in path:
        parts += part.split(".") if isinstance(part, str) else [part]
    return [path, tuple(parts)]


def _syntax(path: Path, text: str, message: str) -> str:
    """A parser's message in plain words, with file, line and column in front."""
    found = _PLACE.fullmatch(message)
    what, line, column = found.groups() if found else (message, None, None)
    plain = next((words for start, words in _PLAINER if what.startswith(start)), what)
    if line is None:
        ended = text.rstrip().split("\n")
        line, column = str(len(ended)), str(len(ended[-1]) + 1)
        if not what.startswith("Cannot"):
            plain = "the file ends before this value does"
    source = text.split("\n")[int(line) - 1].strip()
    quoted = f"\n    {source}" if source else ""
    return f"{shown_path(path)}:{line}:{column}: not TOML: {plain}.{quoted}"
