"""`schoolsim show`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.parameters.errors import ConfigError, UserError, did_you_mean
from schoolsim.parameters.registry import REGISTRY

if TYPE_CHECKING:
    from schoolsim.parameters.declare import Parameter

GRADES: Mapping[str, str] = {
    "seed": "stated by the report the model is built on",
    "published": "a published figure",
    "derived": "worked out from published figures",
    "memory": "from memory of the literature; check before citing",
    "assumed": "assumed; no source gives it",
    "calibrated": "fitted, so that the model meets an observed pattern",
}
"""How well founded a value is, in words."""


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A parameter, mechanism, outcome, figure or config.")],
    json: options.Json = False,
) -> None:
    """Show what a name stands for: meaning, unit, range, default, source and how well founded it is.

    Examples: badging.scope, M19, progress.partner, contrast, programmes/beacon.
    """
    for describe in (_parameter, _mechanism, _outcome, _figure, _config):
        entry = describe(name)
        if entry is not None:
            say_json(entry) if json else _say(entry)
            return
    raise UserError(f'nothing is called "{name}".{did_you_mean(name, _known())} schoolsim list shows what there is.')


def _parameter(name: str) -> dict[str, Any] | None:
    spec = REGISTRY.get(name)
    if spec is None:
        return None
    from schoolsim.parameters.values import shown

    return {
        "name": name,
        "label": spec.label if spec.role != "constant" else name,
        "is": spec.a_role,
        "meaning": spec.meaning,
        "levels": {shown(level).strip('"'): text for level, text in spec.levels.items()},
        "allowed": spec.allowed,
        "default": shown(spec.default),
        "unit": spec.unit,
        "by years": _timetable(spec),
        "source": spec.source,
        "grade": f"{spec.grade}: {GRADES[spec.grade]}",
        "mechanisms": [_titled(identity) for identity in spec.mechanisms],
        "set it with": f"-p {name}={shown(spec.default).strip(chr(34))}",
    }


def _timetable(spec: Parameter) -> str:
    """Whether its value may change from year to year; nothing of what no policy sets."""
    if spec.role != "lever":
        return ""
    return "it may have a timetable" if spec.may_change else f"no: it is read once, {spec.read_once}"


def _mechanism(name: str) -> dict[str, Any] | None:
    from schoolsim.parameters.mechanisms import MECHANISMS

    named = [entry for entry in MECHANISMS.values() if name in (entry.id, entry.id.lower(), entry.word)]
    if not named:
        return None
    mechanism = named[0]
    return {
        "name": mechanism.id,
        "label": mechanism.id,
        "is": "a mechanism",
        "meaning": mechanism.title,
        "source": mechanism.source,
        "parameters": [spec.name for spec in REGISTRY.values() if mechanism.id in spec.mechanisms],
        "switched off with": f"-p mechanism.{mechanism.word}=false",
        "which sets": dict(mechanism.neutral),
    }


def _outcome(name: str) -> dict[str, Any] | None:
    from schoolsim.analysis.quantities import unit_words
    from schoolsim.outcomes.catalog import OUTCOMES
    from schoolsim.outcomes.outcome import TIME_BASES

    if name not in OUTCOMES:
        return None
    outcome = OUTCOMES[name]
    return {
        "name": name,
        "label": outcome.label,
        "is": "an outcome",
        "meaning": outcome.definition,
        "unit": unit_words(outcome.unit),
        "number of a run": TIME_BASES[outcome.over],
        "in a sentence": f"{outcome.phrase} rises",
    }


def _figure(name: str) -> dict[str, Any] | None:
    from schoolsim.figures.kinds import FIGURES

    if name not in FIGURES:
        return None
    return {
        "name": name,
        "label": name,
        "is": "a kind of figure",
        "meaning": FIGURES[name].summary,
        "options": [option for option in FIGURES[name].options.model_fields if option != "kind"],
        "asked for with": f'[[figures]] kind = "{name}"',
    }


def _config(name: str) -> dict[str, Any] | None:
    from schoolsim.cli.configs import Asked, checked
    from schoolsim.cli.explain import describe
    from schoolsim.config import find_config
    from schoolsim.config.locate import full_name

    full = full_name(name, Path.cwd())
    try:
        path = find_config(full, Path.cwd())
    except ConfigError:
        return None
    return {**describe(Asked(path.stem, checked(full))), "is": "a config", "name": full, "path": path}


def _known() -> list[str]:
    from schoolsim.config.locate import list_configs
    from schoolsim.figures.kinds import FIGURES
    from schoolsim.outcomes.catalog import OUTCOMES
    from schoolsim.parameters.mechanisms import MECHANISMS

    words = [mechanism.word for mechanism in MECHANISMS.values()]
    configs = [entry.name for entry in list_configs()]
    return [*REGISTRY, *OUTCOMES, *MECHANISMS, *words, *FIGURES, *configs]


def _titled(identity: str) -> str:
    from schoolsim.parameters.mechanisms import MECHANISMS

    return f"{identity} {MECHANISMS[identity].title}" if identity in MECHANISMS else identity


def _say(entry: dict[str, Any]) -> None:
    if entry["is"] == "a config":
        from schoolsim.cli.explain import say_description

        say(f"{entry['name']}: {entry['path']}")
        say_description(entry)
        return
    name, label = entry["name"], entry["label"]
    say(f"{name if label == name else f'{label} ({name})'}: {entry['is']}", bold=True)
    rows = [(key, _text(value)) for key, value in entry.items() if key not in ("name", "label", "is")]
    say_table(["", ""], [(key, text) for key, text in rows if text])


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
