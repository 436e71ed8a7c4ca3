"""Reading patterns from `configs/patterns`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from schoolsim.config.locate import config_folders
from schoolsim.evidence.patterns.pattern import (
    BUILT_IN,
    EMERGENT,
    EXPECTED,
    NOTHING,
    USES,
    WITHOUT,
    Cause,
    Claim,
    Pattern,
)
from schoolsim.evidence.runs.effects import Term
from schoolsim.evidence.runs.validation import check_keys, check_values
from schoolsim.parameters import ConfigError, UserError
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.mechanisms import MECHANISMS

_KEYS = tuple(field.name for field in fields(Pattern))
_CLAIM_KEYS = tuple(field.name for field in fields(Claim))
_CAUSE_KEYS = tuple(field.name for field in fields(Cause))
_NEEDED = ("id", "title", "seed", "section", "statement", "varies", "kind", "use")


def pattern_files() -> dict[str, Path]:
    """The file of each pattern, by id; a user's own hides a shipped one of that name."""
    found: dict[str, Path] = {}
    for folder in config_folders():
        for path in sorted((folder / "patterns").glob("P*.toml")):
            found.setdefault(path.stem.partition("_")[0], path)
    return dict(sorted(found.items()))


def pattern_ids() -> list[str]:
    """Ids of all patterns."""
    return list(pattern_files())


def read_patterns(ids: Sequence[str] | None = None) -> list[Pattern]:
    """Patterns by id; all when None.

    Raises:
        UserError: There is no such pattern, or its file is not right.
    """
    files = pattern_files()
    for name in ids or ():
        if name not in files:
            padded = f"P{name.upper().removeprefix('P').zfill(2)}"
            near = did_you_mean(padded, files)
            raise UserError(f'there is no pattern "{name}".{near} There are: {", ".join(files)}.')
    return [read_pattern(files[name]) for name in (files if ids is None else ids)]


def read_pattern(path: Path) -> Pattern:
    """One pattern from its file.

    Raises:
        ConfigError: Something in it is not right; the message says where.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path.name}: {fault}") from fault
    check_keys(path, data, _KEYS, "key")
    for key in _NEEDED:
        if not data.get(key):
            raise ConfigError(f'{path.name}: "{key}" is missing.')
    _one_of(path, data["kind"], (EMERGENT, BUILT_IN), "kind")
    _one_of(path, data["use"], USES, "use")
    _taken_out(path, data)
    check_values(path, data.get("setting", {}))
    for name in data.get("disputed", {}):
        if name.startswith(WITHOUT):
            raise ConfigError(f'{path.name}: a disputed variant cannot begin with "{WITHOUT.strip()}": "{name}".')
    for named in (data.get("cells", {}), data.get("disputed", {})):
        for group in named.values():
            check_values(path, group)
    claims = [_claim(path, given, data.get("cells", {})) for given in data.pop("claims", [])]
    pattern = Pattern(**{**data, "claims": claims})
    if not pattern.cannot and not (claims and pattern.cells):
        raise ConfigError(f'{path.name}: a pattern has [cells] and [[claims]], or says why the model "cannot" show it.')
    return pattern


def _claim(path: Path, given: Mapping[str, Any], cells: Mapping[str, Any]) -> Claim:
    check_keys(path, given, _CLAIM_KEYS, "key of a claim")
    _one_of(path, given.get("expect"), EXPECTED, "expect")
    terms = [Term(float(weight), cell, measure) for weight, cell, measure in given["terms"]]
    for term in terms:
        _one_of(path, term.cell, tuple(cells), "cell")
    if given["expect"] == NOTHING and not given.get("smallest"):
        raise ConfigError(f'{path.name}: a claim of no effect says what is too small to matter: "smallest".')
    causes = [_cause(path, one) for one in given.get("causes", [])]
    if len({cause.name for cause in causes}) < len(causes):
        raise ConfigError(f"{path.name}: two causes of a claim have one name.")
    return Claim(**{**given, "terms": terms, "causes": causes})


def _cause(path: Path, given: Mapping[str, Any]) -> Cause:
    check_keys(path, given, _CAUSE_KEYS, "key of a cause")
    _taken_out(path, given)
    if not given.get("name") or not (given.get("mechanisms") or given.get("off")):
        raise ConfigError(f'{path.name}: a cause has a "name", and "mechanisms" or "off" that take it out.')
    return Cause(**given)


def _taken_out(path: Path, given: Mapping[str, Any]) -> None:
    """Check what an ablation switches off or sets."""
    for name in given.get("mechanisms", []):
        _one_of(path, name, tuple(MECHANISMS), "mechanisms")
    check_values(path, given.get("off", {}))


def _one_of(path: Path, value: object, allowed: tuple[str, ...], key: str) -> None:
    if value not in allowed:
        near = did_you_mean(str(value), allowed)
        raise ConfigError(f'{path.name}: {key} is one of {", ".join(allowed)}, not "{value}".{near}')
