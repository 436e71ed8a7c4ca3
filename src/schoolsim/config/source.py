"""Config files as read: their data, and the line of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError
from schoolsim.config.locate import display_path, find_config
from schoolsim.config.names import FILE_KEYS, POSTERIOR, POSTERIOR_FILE, SECTIONS, SYNTHETIC
from schoolsim.config.positions import KeyPath, find_lines
from schoolsim.parameters.errors import ConfigError

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


@dataclass(frozen=True)
class ConfigSource:
    """The data of one config file, or of a mapping made in Python (`path` is then None)."""

    data: dict[str, Any]
    path: Path | None = None
    lines: dict[KeyPath, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that relative paths in it start from."""
        return Path.cwd() if self.path is None else self.path.parent

    def located(self, issue: ConfigIssue) -> str:
        """The message of an issue with file and line in front of it."""
        if self.path is None:
            return issue.message
        line = self.line(issue.path)
        suffix = "" if line == 0 else f":{line}"
        return f"{display_path(self.path)}{suffix}: {issue.message}"

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest key or table around it; 0 when there is none."""
        for end in range(len(path), 0, -1):
            for spelling in _spellings(path[:end]):
                if spelling in self.lines:
                    return self.lines[spelling]
        return 0


def read_source(path: Path) -> ConfigSource:
    """Read one config file.

    Raises:
        ConfigError: It cannot be read, is not text, or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{display_path(path)}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{display_path(path)}: is not text in UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax_message(path, text, str(error))) from None
    return make_source(data, path, find_lines(text))


def make_source(
    data: Mapping[str, Any], path: Path | None = None, lines: dict[KeyPath, int] | None = None
) -> ConfigSource:
    """A source in one spelling, where TOML lets a user write several.

    `badging.scope = ...` becomes `"badging.scope" = ...`, and file paths become absolute.

    Raises:
        ConfigError: A parameter is set in two spellings.
    """
    raw = ConfigSource(dict(data), path, {} if lines is None else lines)
    try:
        return ConfigSource(_normalised(data, raw.folder), path, raw.lines)
    except ConfigIssuesError as error:
        raise ConfigError("\n".join(raw.located(issue) for issue in error.issues)) from None


def _normalised(data: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    normal = _with_posterior_design(dict(data), folder)
    for section in SECTIONS:
        if section in normal:
            normal[section] = _dotted_names(normal[section], section)
    outcomes = normal.get("outcomes")
    if isinstance(outcomes, Mapping) and "baseline" in outcomes:
        baseline = _dotted_names(outcomes["baseline"], "outcomes", "baseline")
        normal["outcomes"] = {**outcomes, "baseline": baseline}
    for section, key in FILE_KEYS:
        table = normal.get(section)
        value = table.get(key) if isinstance(table, Mapping) else None
        if isinstance(table, Mapping) and isinstance(value, str) and value not in ("", SYNTHETIC):
            path = (folder / Path(value).expanduser()).resolve()
            normal[section] = {**table, key: str(path)}
    return normal


def _with_posterior_design(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`uncertainties = "posterior"` written out as the design from a file that it stands for."""
    if data.get("uncertainties") != POSTERIOR:
        return data
    design = data.get("design", {})
    if not isinstance(design, Mapping) or set(design) & {"kind", "file"}:
        message = 'uncertainties = "posterior" takes them from the calibrated sample: leave out [design] kind and file.'
        raise ConfigIssuesError([ConfigIssue(("design",), message)])
    rest = {key: value for key, value in data.items() if key != "uncertainties"}
    return {**rest, "design": {**design, "kind": "file", "file": str(find_config(POSTERIOR_FILE, folder))}}


def _dotted_names(table: object, *above: str) -> object:
    """A section of parameters with the tables inside it replaced by dotted names."""
    if not isinstance(table, Mapping):
        return table
    flat: dict[str, object] = {}
    for key, value in table.items():
        subject = isinstance(value, Mapping) and "." not in key
        words = {f"{key}.{word}": item for word, item in value.items()} if subject else {key: value}
        for name in words.keys() & flat.keys():
            message = f'"{name}" is set twice, with quotes and without: keep one.'
            raise ConfigIssuesError([ConfigIssue((*above, name), message)])
        flat.update(words)
    return flat


def _spellings(path: KeyPath) -> list[KeyPath]:
    """A path, and the same with its dotted names in parts, as TOML may hold them."""
    parts: list[str | int] = []
    for part in path:
        parts += part.split(".") if isinstance(part, str) else [part]
    return [path, tuple(parts)]


def _syntax_message(path: Path, text: str, message: str) -> str:
    """The parser's message in plain words, with file, line and column in front."""
    match = _POSITION.fullmatch(message)
    problem, line, column = match.groups() if match else (message, None, None)
    plain = next((words for start, words in _PLAIN_WORDS if problem.startswith(start)), problem)
    if line is None:
        lines = text.rstrip().split("\n")
        line, column = str(len(lines)), str(len(lines[-1]) + 1)
        if not problem.startswith("Cannot"):
            plain = "the file ends before this value does"
    excerpt = text.split("\n")[int(line) - 1].strip()
    quoted = f"\n    {excerpt}" if excerpt else ""
    return f"{display_path(path)}:{line}:{column}: not TOML: {plain}.{quoted}"
