"""`schoolsim show`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.parameters.errors import ConfigError, UserError, did_you_mean
from schoolsim.parameters.registry import REGISTRY

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
    for find in (_parameter, _mechanism, _outcome, _figure, _config):
        found = find(name)
        if found is not None:
            say_json(found) if json else _say(found)
            return
    raise UserError(f'nothing is called "{name}".{did_you_mean(name, _known())} schoolsim list shows what there is.')


def _parameter(name: str) -> dict[str, Any] | None:
    spec = REGISTRY.get(name)
    if spec is None:
        return None
    from schoolsim.parameters.values import shown

    return {
        "name": name,
        "is": spec.a_role,
        "meaning": spec.meaning,
        "allowed": spec.allowed,
        "default": shown(spec.default),
        "unit": spec.unit,
        "source": spec.source,
        "grade": f"{spec.grade}: {GRADES[spec.grade]}",
        "mechanisms": [_titled(identity) for identity in spec.mechanisms],
        "set it with": f"-p {name}={shown(spec.default).strip(chr(34))}",
    }


def _mechanism(name: str) -> dict[str, Any] | None:
    from schoolsim.parameters.mechanisms import MECHANISMS

    found = [one for one in MECHANISMS.values() if name in (one.id, one.id.lower(), one.word)]
    if not found:
        return None
    one = found[0]
    return {
        "name": one.id,
        "is": "a mechanism",
        "meaning": one.title,
        "source": one.source,
        "parameters": [spec.name for spec in REGISTRY.values() if one.id in spec.mechanisms],
        "switched off with": f"-p mechanism.{one.word}=false",
        "which sets": dict(one.neutral),
    }


def _outcome(name: str) -> dict[str, Any] | None:
    from schoolsim.outcomes.catalog import OUTCOMES

    if name not in OUTCOMES:
        return None
    one = OUTCOMES[name]
    over = {
        "window": "mean over the last years of the run, as many as [outcomes] window says",
        "years": "sum over the years of policy, divided by them",
        "last": "its last value",
    }
    return {
        "name": name,
        "is": "an outcome",
        "meaning": one.definition,
        "unit": one.unit,
        "number of a run": over[one.over],
    }


def _figure(name: str) -> dict[str, Any] | None:
    from schoolsim.figures.kinds import FIGURES

    if name not in FIGURES:
        return None
    return {
        "name": name,
        "is": "a kind of figure",
        "meaning": FIGURES[name].summary,
        "options": [option for option in FIGURES[name].options.model_fields if option != "kind"],
        "asked for with": f'[[figures]] kind = "{name}"',
    }


def _config(name: str) -> dict[str, Any] | None:
    from schoolsim.cli.configs import Asked, checked, full_name
    from schoolsim.cli.explain import describe
    from schoolsim.config import find_config

    full = full_name(name)
    try:
        path = find_config(full, Path.cwd())
    except ConfigError:
        return None
    told = describe(Asked(path.stem, checked(full)))
    return {**told, "is": "a config", "name": full, "path": path}


def _known() -> list[str]:
    from schoolsim.config.locate import list_configs
    from schoolsim.figures.kinds import FIGURES
    from schoolsim.outcomes.catalog import OUTCOMES
    from schoolsim.parameters.mechanisms import MECHANISMS

    words = [one.word for one in MECHANISMS.values()]
    configs = [entry.name for entry in list_configs()]
    return [*REGISTRY, *OUTCOMES, *MECHANISMS, *words, *FIGURES, *configs]


def _titled(identity: str) -> str:
    from schoolsim.parameters.mechanisms import MECHANISMS

    return f"{identity} {MECHANISMS[identity].title}" if identity in MECHANISMS else identity


def _say(found: dict[str, Any]) -> None:
    if found["is"] == "a config":
        from schoolsim.cli.explain import say_description

        say(f"{found['name']}: {found['path']}")
        say_description(found)
        return
    say(f"{found['name']}: {found['is']}", bold=True)
    rows = [(key, _text(value)) for key, value in found.items() if key not in ("name", "is")]
    say_table(["", ""], [(key, text) for key, text in rows if text])


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
