"""Mistakes in a config: the path each one stands at, and its message."""

from __future__ import annotations

import itertools
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from schoolsim.config.names import LISTED_TABLES, TABLES, section_of
from schoolsim.config.positions import KeyPath
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import printable, shown

Key = TypeVar("Key", str, int)
Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_ISSUES = 100
"""Mistakes looked for in one table, list or file; each costs a search for the nearest name."""

MOST_MESSAGES = 30
"""Mistakes that one error message lists."""


@dataclass(frozen=True)
class ConfigIssue:
    """One mistake.

    Args:
        path: Keys and list positions from the root of the config to the key that is wrong.
        message: What is wrong, what is allowed and the nearest name, as one line.
    """

    path: KeyPath
    message: str

    def under(self, *above: str | int) -> ConfigIssue:
        """The same issue with `above` put before its path."""
        return ConfigIssue((*above, *self.path), self.message)


class ConfigIssuesError(ValueError):
    """The issues that a check collected; a ValueError, so that pydantic carries it along."""

    def __init__(self, issues: Iterable[ConfigIssue]) -> None:
        """Keep the issues, and have their messages as text."""
        self.issues = tuple(issues)
        super().__init__("\n".join(issue.message for issue in self.issues))


def first_issues(issues: Iterable[ConfigIssue]) -> list[ConfigIssue]:
    """The first `MOST_ISSUES` of them; the others are not even looked for."""
    return list(itertools.islice(issues, MOST_ISSUES))


def checked_each(pairs: Iterable[tuple[Key, Item]], check: Callable[[Key, Item], Result]) -> list[Result]:
    """Apply `check` to every key and item of a table, or position and item of a list.

    Raises:
        ConfigIssuesError: The issues of all of them, up to about `MOST_ISSUES`, each under its key.
    """
    results: list[Result] = []
    issues: list[ConfigIssue] = []
    for key, item in pairs:
        try:
            results.append(check(key, item))
        except ConfigIssuesError as error:
            issues += [issue.under(key) for issue in error.issues]
            if len(issues) >= MOST_ISSUES:
                break
    if issues:
        raise ConfigIssuesError(issues)
    return results


def joined_messages(messages: Iterable[str]) -> str:
    """One message a line, each once; those beyond `MOST_MESSAGES` are counted, not listed."""
    lines = list(dict.fromkeys(messages))
    if len(lines) > MOST_MESSAGES:
        lines = [*lines[:MOST_MESSAGES], f"... and more, {len(lines) - MOST_MESSAGES} at least."]
    return "\n".join(lines)


def key_label(path: KeyPath) -> str:
    """A key as the user wrote it: `"years"`, `[design]`, `[design] points`, `[[figures]] kind`."""
    words = [printable(part) for part in path if isinstance(part, str)]
    section = words[0] if words else ""
    if section in LISTED_TABLES:
        words[0] = f"[[{section}]]"
    elif section in TABLES:
        words[0] = f"[{section}]"
    else:
        words[0] = f'"{section}"'
    return " ".join(words)


def issues_from_pydantic(error: ValidationError, data: Mapping[str, Any], root: type[BaseModel]) -> list[ConfigIssue]:
    """Pydantic's errors as issues, one a key.

    Args:
        error: What pydantic raised.
        data: The data that were validated.
        root: The model they were validated against; a field's description says what is allowed.
    """
    issues: dict[KeyPath, ConfigIssue] = {}
    for detail in error.errors(include_url=False)[:MOST_ISSUES]:
        path = _data_path(detail["loc"], data)
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, ConfigIssuesError):
            for issue in cause.issues[:MOST_ISSUES]:
                issues[(*path, *issue.path, len(issues))] = issue.under(*path)
        else:
            issue = _issue(detail, path, data, root)
            issues.setdefault(issue.path, issue)
    return list(issues.values())


def _issue(detail: ErrorDetails, path: KeyPath, data: Mapping[str, Any], root: type[BaseModel]) -> ConfigIssue:
    """One error that pydantic itself raised."""
    *above, key = path
    if detail["type"] == "extra_forbidden":
        return ConfigIssue(path, _unknown_key(str(key), tuple(above), root))
    if detail["type"] == "missing":
        return ConfigIssue(path, f"{key_label(tuple(above))} needs {key}: it must be {_allowed(path, root)}.")
    while (allowed := _allowed(path, root)) is None and len(path) > 1:
        path = path[:-1]
    return ConfigIssue(path, f"{key_label(path)} cannot be {shown(_value(path, data))}: it must be {allowed}.")


def _unknown_key(key: str, above: KeyPath, root: type[BaseModel]) -> str:
    """The message for a key that the table `above` does not have."""
    if not above:
        known = ["base", *root.model_fields]
        spec = REGISTRY.get(key)
        if spec is not None:
            return f"{shown(key)} is {spec.a_role}: it belongs under [{section_of(spec)}]."
        table = "a config"
    else:
        field = _field(above, root)
        model = None if field is None else _model_in(field.annotation)
        known = [] if model is None else list(model.model_fields)
        table = key_label(above)
    hint = did_you_mean(key, known)
    return f"{shown(key)} is not a key of {table}.{hint} The keys are {', '.join(known)}."


def _data_path(loc: tuple[int | str, ...], data: Any) -> KeyPath:
    """Pydantic's location of an error without the names it gives to the arms of a union."""
    path: list[int | str] = []
    for depth, part in enumerate(loc):
        inside = isinstance(data, Mapping) and part in data
        if inside or (isinstance(data, list | tuple) and isinstance(part, int)):
            data = data[part]
        elif not (isinstance(data, Mapping) and depth == len(loc) - 1):
            continue
        path.append(part)
    return tuple(path)


def _value(path: KeyPath, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data


def _allowed(path: KeyPath, root: type[BaseModel]) -> str | None:
    """What the key at `path` may hold, in words."""
    field = _field(path, root)
    return None if field is None else field.description


def _field(path: KeyPath, root: type[BaseModel]) -> FieldInfo | None:
    """The declaration of the key at `path`; list positions are stepped over."""
    model: type[BaseModel] | None = root
    field = None
    for part in path:
        if isinstance(part, int):
            continue
        field = None if model is None else model.model_fields.get(part)
        if field is None:
            return None
        model = _model_in(field.annotation)
    return field


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Figure, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = (_model_in(part) for part in typing.get_args(annotation))
    return next((model for model in models if model is not None), None)
