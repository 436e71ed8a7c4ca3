"""Describes a config in words, and estimates what running it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from schoolsim.cli.configs import Asked, school_notes
from schoolsim.cli.output import counted, say, say_json, say_table
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import shown

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig

HEADINGS = {
    "lever": "Policy: levers it sets",
    "uncertainty": "World: uncertainties it sets",
    "constant": "Constants it sets",
}


def say_plan(asked: Asked, workers: int | None, *, json: bool) -> None:
    """Print what a config means, then make a probe run and print what it will cost.

    Args:
        asked: The config.
        workers: Processes the times are for; as many as a sweep would take when None.
        json: Whether to print it as JSON.

    Raises:
        StudyError: The probe fails: so would the study.
    """
    told = describe(asked)
    if json:
        say_json({**told, "cost": asdict(asked.study().estimate(workers=workers))})
        return
    say_description(told)
    say()
    say("What it costs, from a run made just now", bold=True)
    say(str(asked.study().estimate(workers=workers)))


def describe(asked: Asked) -> dict[str, Any]:
    """Everything a config says, as plain values; no run is made."""
    config = asked.config
    return {
        "name": asked.name,
        "title": config.title,
        "description": " ".join(config.description.split()),
        "schools": _schools(config),
        "years": config.years,
        "burn_in_years": config.burn_in_years,
        "seed": config.seed,
        "set": _settings(config),
        "swept": _swept(config),
        "design": _design(config),
        "points": asked.study().size,
        "replications": _replications(config),
        "report": list(config.outcomes.report),
        "figures": [figure.kind for figure in config.figures],
        "expects": [dict(expected) for expected in config.expects],
        "sources": list(config.sources),
    }


def say_description(told: Mapping[str, Any]) -> None:
    """Print what `describe` returns."""
    say(told["title"], bold=True)
    if told["description"]:
        say(told["description"])
    say()
    before = f", after {counted(told['burn_in_years'], 'year')} without the policy" if told["burn_in_years"] else ""
    points = "1 point" if told["points"] == 1 else f"{told['points']} points, {told['design']}"
    say_table(["", ""], [
        ("schools", told["schools"][0]),
        *[("", note) for note in told["schools"][1:]],
        ("length", counted(told["years"], "year") + before),
        ("design", points),
        ("replications", told["replications"]),
        ("seed", told["seed"]),
        ("reported", ", ".join(told["report"]) or "every outcome"),
        ("figures", ", ".join(told["figures"]) or "none"),
    ])  # fmt: skip
    for role, heading in HEADINGS.items():
        _say_rows(heading, ("name", "value", "unit", "default", "meaning"), told["set"], role)
    _say_rows("Swept", ("name", "levels", "unit", "meaning"), told["swept"])
    _say_rows("What its sources expect", ("outcome", "change", "because"), told["expects"])
    if told["sources"]:
        say()
        say("Sources", bold=True)
        for source in told["sources"]:
            say(f"- {source}")


def _say_rows(heading: str, keys: tuple[str, ...], rows: list[dict[str, str]], role: str | None = None) -> None:
    chosen = [row for row in rows if role is None or row["role"] == role]
    if chosen:
        say()
        say(heading, bold=True)
        say_table(keys, [[row[key] for key in keys] for row in chosen])


def _schools(config: StudyConfig) -> list[str]:
    """Which schools there are; for real ones also what was left out and filled in."""
    notes = school_notes(config)
    if notes:
        return notes
    number = config.population.schools or config.settings.get("setting.schools", REGISTRY["setting.schools"].default)
    return [f"a made-up authority of {_levels(number)} schools, drawn anew for every replication"]


def _settings(config: StudyConfig) -> list[dict[str, str]]:
    """Parameters set to one value."""
    return [
        {
            "name": name,
            "role": REGISTRY[name].role,
            "value": _levels(value),
            "unit": REGISTRY[name].unit,
            "default": _levels(REGISTRY[name].default),
            "meaning": REGISTRY[name].meaning,
        }
        for name, value in config.fixed().items()
    ]


def _swept(config: StudyConfig) -> list[dict[str, str]]:
    """Parameters that vary between points, each with its levels."""
    swept: dict[str, object] = dict(config.swept())
    for group in config.linked:
        rows = zip(*group.values, strict=True)
        swept |= {name: tuple(column) for name, column in zip(group.parameters, rows, strict=True)}
    return [
        {
            "name": name,
            "role": REGISTRY[name].role,
            "levels": _levels(swept[name]),
            "unit": REGISTRY[name].unit,
            "meaning": REGISTRY[name].meaning,
        }
        for name in config.axes()
    ]


def _design(config: StudyConfig) -> str:
    kind, cross = config.design.kind, config.design.cross
    how = {"grid": "every combination", "file": f"read from {config.design.file}"}.get(kind, f"sampled by {kind}")
    return f"{how}; every policy meets every world" if cross and kind != "grid" else how


def _replications(config: StudyConfig) -> str:
    rule = config.replications
    if isinstance(rule, int):
        return f"{rule} a point, the same {rule} seeds at every point"
    absolute = "".join(f", or that of {name} within {width:g} of it" for name, width in rule.absolute.items())
    return (
        f"{rule.min} to {rule.max} a point, until the {100 * rule.confidence:g}% interval of every reported outcome is "
        f"within {100 * rule.precision:g}% of its mean either way{absolute}"
    )


def _levels(value: object) -> str:
    """A value, a list of them or a range as people read it."""
    from schoolsim.config import Range

    if isinstance(value, tuple):
        return ", ".join(_levels(item) for item in value)
    if isinstance(value, Range):
        levels = "" if value.levels is None else f" in {value.levels} levels"
        return f"{value.low:g} to {value.high:g}{levels}"
    return f"{value:,g}" if isinstance(value, float) else shown(value).strip('"')
