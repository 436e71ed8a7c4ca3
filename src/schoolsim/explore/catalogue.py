"""Lists programmes and settings with their sources, and levers by subject, for the screen."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from schoolsim.analysis.quantities import unit_words
from schoolsim.config import list_configs
from schoolsim.parameters import REGISTRY, Parameter, catalog

NO_PROGRAMME: Final = "programmes/no_programme"
ROLES: Final = ("lever", "uncertainty")
"""Roles of the parameters that can be set on the screen; a constant is nobody's to set."""

_TITLES: Final = {"time_money": "Time and money"}
_STEPS: Final = 100  # of a slider over a real number


@dataclass(frozen=True)
class Entry:
    """A programme or a setting, as it stands in a list.

    Args:
        name: By which it is loaded.
        title: What it is called.
        text: The first line of what it is.
        sources: Where its values come from.
    """

    name: str
    title: str
    text: str
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As the page takes it."""
        return {"name": self.name, "title": self.title, "text": self.text, "sources": list(self.sources)}


def programmes() -> list[Entry]:
    """The programmes there are, but for the one that is none."""
    return [entry for entry in _entries("programmes") if entry.name != NO_PROGRAMME]


def settings() -> list[Entry]:
    """The settings there are."""
    return _entries("settings")


def _entries(kind: str) -> list[Entry]:
    return [
        Entry(one.name, one.title, one.description, one.sources)
        for one in list_configs(kind)
        if not one.problem
    ]  # fmt: skip


@cache
def subject_of() -> dict[str, str]:
    """The title of the subject that each parameter of the catalogue belongs to, by its name."""
    found = {}
    for module in pkgutil.iter_modules(catalog.__path__):
        title = _TITLES.get(module.name, module.name.replace("_", " ").capitalize())
        for spec in importlib.import_module(f"{catalog.__name__}.{module.name}").PARAMETERS:
            found[spec.name] = title
    return found


def levers() -> list[dict[str, Any]]:
    """Every lever and uncertainty as the page shows it, in the order of the catalogue.

    Returns:
        One dictionary each: `name`, `role`, `subject`, `label`, `meaning`, `unit`, `range`, `source`, `kind`; of a
        number `low`, `high` and the slider's `step`; of a choice or a flag its `options`, each with `value` and
        `label`; and whether one `programme` may have its own.
    """
    return [_shown(spec) for spec in REGISTRY.values() if spec.role in ROLES]


def _shown(spec: Parameter) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": spec.name, "role": spec.role, "subject": subject_of()[spec.name], "label": spec.label,
        "meaning": spec.meaning, "unit": unit_words(spec.unit), "range": spec.range, "source": spec.source,
        "kind": spec.kind, "programme": spec.scope != "system",
    }  # fmt: skip
    if spec.kind in ("real", "whole"):
        low, high = spec.bounds
        step = 1 if spec.kind == "whole" else (high - low) / _STEPS
        return shown | {"low": low, "high": high, "step": step, "options": []}
    if spec.kind == "flag":
        return shown | {"options": [{"value": True, "label": "yes"}, {"value": False, "label": "no"}]}
    options = [{"value": one, "label": spec.levels.get(one, one.replace("_", " "))} for one in spec.options]
    return shown | {"options": options}
