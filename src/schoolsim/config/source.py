"""Config files as read: their data, and the line of every key."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import Any
from unicodedata import category

from pydantic import BaseModel

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError, first_issues, joined_messages, key_label
from schoolsim.config.locate import find_data_file
from schoolsim.config.names import FILE_KEYS, POSTERIOR, POSTERIOR_FILE, SECTIONS, is_file
from schoolsim.config.parsing import MOST_BYTES, read_toml
from schoolsim.config.positions import DEEPEST, MOST_VALUES, KeyPath
from schoolsim.config.schema import ConfigFile
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.files import FileError, display_path, user_path
from schoolsim.parameters.values import shown

KEYS = frozenset({"base", *ConfigFile.model_fields})
"""Top-level keys of a config file."""


@dataclass(frozen=True)
class ConfigSource:
    """The data of one config file, or of a mapping made in Python.

    Args:
        data: What it holds, in one spelling (see `make_source`).
        path: The file; None for a mapping.
        lines: Line of every key.
        size: Bytes of the file.
    """

    data: dict[str, Any]
    path: Path | None = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    size: int = 0

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


def read_source(path: Path, *, quote: bool = True, limit: int = MOST_BYTES) -> ConfigSource:
    """Read one config file.

    Args:
        path: The file.
        quote: Whether messages may repeat what is in the file; not where it may be something else than a
            config.
        limit: Largest number of bytes.

    Raises:
        ConfigError: It cannot be read, is too large, is not text, is not TOML, or is no config.
    """
    file = read_toml(path, quote=quote, limit=limit)
    if not quote and not set(file.data) <= KEYS:
        raise ConfigError(f"{display_path(path)}: is no config: it holds keys that no config has.")
    return replace(make_source(file.data, path, file.lines), size=file.size)


def make_source(
    data: Mapping[str, Any], path: Path | None = None, lines: dict[KeyPath, int] | None = None
) -> ConfigSource:
    """A source in one spelling, where TOML lets a user write several.

    `badging.scope = ...` becomes `"badging.scope" = ...`, and file paths become absolute.

    Raises:
        ConfigError: A parameter is set in two spellings, or the data are larger or deeper than any config.
    """
    data = {
        key: value.model_dump(exclude_unset=True) if isinstance(value, BaseModel) else value
        for key, value in data.items()
    }
    if path is None:
        data = {key: _with_years_as_text(value) for key, value in data.items()}
    raw = ConfigSource(data, path, {} if lines is None else lines)
    try:
        if issues := first_issues(_data_issues(data)):
            raise ConfigIssuesError(issues)
        return ConfigSource(_normalised(data, raw.folder), path, raw.lines)
    except ConfigIssuesError as error:
        raise ConfigError(joined_messages(raw.located(issue) for issue in error.issues)) from None


def _with_years_as_text(value: Any, depth: int = 1) -> Any:
    """A value given in Python with the years of its timetables as a file has them, which are its only whole keys."""
    if depth >= DEEPEST or not isinstance(value, Mapping | list | tuple):
        return value
    if isinstance(value, Mapping):
        whole = bool(value) and all(isinstance(key, int) and not isinstance(key, bool) for key in value)
        return {str(key) if whole else key: _with_years_as_text(item, depth + 1) for key, item in value.items()}
    return [_with_years_as_text(item, depth + 1) for item in value]


def _data_issues(data: Mapping[str, Any]) -> Iterator[ConfigIssue]:
    """Data that are larger or deeper than any config, keys that are no text, and control characters in texts."""
    rest: list[tuple[KeyPath, object]] = [((), data)]
    for count in range(MOST_VALUES + 1):
        if not rest:
            return
        path, value = rest.pop()
        if isinstance(value, str):
            if (character := _control_character(value)) is not None:
                yield ConfigIssue(path, f"{key_label(path)} holds {character}, which no text of a config may.")
        elif isinstance(value, Mapping | list | tuple):
            if len(path) >= DEEPEST:
                yield ConfigIssue(path, f"{key_label(path)} nests lists and tables more than {DEEPEST} deep.")
                return
            if len(value) > MOST_VALUES - count:
                break
            for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
                if isinstance(value, Mapping) and not isinstance(key, str):
                    yield ConfigIssue(path, f"{shown(key)} is no key: keys are texts.")
                    continue
                if isinstance(key, str) and (character := _control_character(key)) is not None:
                    yield ConfigIssue(path, f"the key {shown(key)} holds {character}, which no text of a config may.")
                rest.append(((*path, key), item))
        elif path[0] == "figures" and not _in_toml(value):
            message = f"cannot be of type {type(value).__name__}, or so large: no config can hold it."
            yield ConfigIssue(path, f"{key_label(path)} {message}")
    yield ConfigIssue((), f"a config may hold at most {MOST_VALUES:,} values.")


def _in_toml(value: object) -> bool:
    """Whether TOML has a value for it; what figures are asked for is stored as it is."""
    if isinstance(value, int):
        return isinstance(value, bool) or -(2**63) <= value < 2**63
    return isinstance(value, float | date | time)


def _control_character(text: str) -> str | None:
    """The first character of `text` that is neither text nor a line break, in words."""
    if text.isprintable():
        return None
    for character in text:
        if category(character) in ("Cc", "Cs") and character not in "\n\r\t":
            return f"the control character {shown(character)}"
    return None


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
        if isinstance(table, Mapping) and isinstance(value, str) and is_file(key, value):
            try:
                path = os.path.realpath(user_path(value, folder))
            except FileError as error:
                raise ConfigIssuesError([ConfigIssue((section, key), f"[{section}] {key}: {error}")]) from None
            normal[section] = {**table, key: path}
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
    try:
        sample = find_data_file(POSTERIOR_FILE, folder)
    except ConfigError as error:
        raise ConfigIssuesError([ConfigIssue(("uncertainties",), f"[uncertainties] {error}")]) from None
    return {**rest, "design": {**design, "kind": "file", "file": str(sample)}}


def _dotted_names(table: object, *above: str) -> object:
    """A section of parameters with the tables inside it replaced by dotted names."""
    if not isinstance(table, Mapping):
        return table
    flat: dict[str, object] = {}
    for key, value in table.items():
        subject = isinstance(value, Mapping) and "." not in key
        words = {f"{key}.{word}": item for word, item in value.items()} if subject else {key: value}
        for name in words.keys() & flat.keys():
            message = f"{shown(name)} is set twice, with quotes and without: keep one."
            raise ConfigIssuesError([ConfigIssue((*above, name), message)])
        flat.update(words)
    return flat


def _spellings(path: KeyPath) -> list[KeyPath]:
    """A path, and the same with its dotted names in parts, as TOML may hold them."""
    parts: list[str | int] = []
    for part in path:
        parts += part.split(".") if isinstance(part, str) else [part]
    return [path, tuple(parts)]
