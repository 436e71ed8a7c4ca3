"""Describes a config in words, and estimates what running it costs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from schoolsim.analysis.notes import categories, design_words, replication_words
from schoolsim.analysis.sentences import level_words, outcome_words
from schoolsim.cli.configs import Asked, school_notes
from schoolsim.cli.output import counted, say, say_json, say_table, tell
from schoolsim.parameters.catalog.setting import MOST_OF_ONE_AUTHORITY
from schoolsim.parameters.registry import parameter
from schoolsim.parameters.values import shown

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import Estimate

HEADINGS = {
    "lever": "Policy: levers it sets",
    "uncertainty": "World: uncertainties it sets",
    "constant": "Constants it sets",
}


def say_plan(request: Asked, workers: int | None, *, json: bool) -> None:
    """Print what a config means, then make a probe run and print what it will cost.

    Args:
        request: The config.
        workers: Processes the times are for; as many as a sweep would take when None.
        json: Whether to print it as JSON.

    Raises:
        StudyError: The probe fails: so would the study.
    """
    description = describe(request)
    if json:
        say_json({**description, "cost": asdict(_estimate(request, workers))})
        return
    say_description(description)
    say()
    cost = _estimate(request, workers)
    say("What it costs, from a run made just now", bold=True)
    say(str(cost))


NOTICE_SECONDS = 4.0
"""A probe that takes longer says why it takes so long."""


def _estimate(request: Asked, workers: int | None) -> Estimate:
    """The cost; where that takes a while, with a word of why."""
    notice = threading.Timer(
        NOTICE_SECONDS, tell, ["Making a run to see how long one takes; the first of a version compiles the model too."]
    )
    notice.daemon = True
    notice.start()
    try:
        return request.study().estimate(workers=workers)
    finally:
        notice.cancel()


def describe(request: Asked) -> dict[str, Any]:
    """Everything a config says, as plain values; no run is made."""
    config = request.config
    return {
        "name": request.name,
        "title": config.title,
        "description": " ".join(config.description.split()),
        "schools": _schools(config),
        "years": config.years,
        "burn_in_years": config.burn_in_years,
        "seed": config.seed,
        "set": _settings(config),
        "swept": _swept(config),
        "without_effect": [
            {"name": idle.lever, "label": _label(idle.lever), "because": idle.because} for idle in config.idle_levers()
        ],
        "design": design_words(config),
        "points": request.study().size,
        "replications": replication_words(config),
        "report": list(config.outcomes.report),
        "figures": [figure.kind for figure in config.figures],
        "expects": [{**dict(one), "label": outcome_words(one.outcome).label} for one in config.expects],
        "sources": list(config.sources),
    }


def say_description(description: Mapping[str, Any]) -> None:
    """Print what `describe` returns."""
    say(description["title"], bold=True)
    if description["description"]:
        say(description["description"])
    say()
    burn_in = description["burn_in_years"]
    before = f", after {counted(burn_in, 'year')} without the policy" if burn_in else ""
    points = description["points"]
    design = "1 point" if points == 1 else f"{points} points, {description['design']}"
    reported = [f"{outcome_words(name).label} ({name})" for name in description["report"]]
    say_table(["", ""], [
        ("schools", description["schools"][0]),
        *[("", note) for note in description["schools"][1:]],
        ("length", counted(description["years"], "year") + before),
        ("design", design),
        ("replications", description["replications"]),
        ("seed", description["seed"]),
        ("reported", "; ".join(reported) or "every outcome"),
        ("figures", ", ".join(description["figures"]) or "none"),
    ])  # fmt: skip
    for role, heading in HEADINGS.items():
        rows = [row for row in description["set"] if row["role"] == role]
        _say_rows(heading, ("label", "name", "value", "default", "meaning"), rows)
    _say_rows("Swept", ("label", "name", "levels", "meaning"), description["swept"])
    _say_rows("Can have no effect in this study", ("label", "name", "because"), description["without_effect"])
    _say_rows("What its sources expect", ("label", "outcome", "change", "because"), description["expects"])
    if description["sources"]:
        say()
        say("Sources", bold=True)
        for source in description["sources"]:
            say(f"- {source}")


def _say_rows(heading: str, keys: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    if rows:
        say()
        say(heading, bold=True)
        headers = ["what" if key == "label" else "name" if key == "outcome" else key for key in keys]
        say_table(headers, [[row[key] for key in keys] for row in rows], bracketed=True)


def _schools(config: StudyConfig) -> list[str]:
    """Which schools there are; for real ones also what was left out and filled in."""
    notes = school_notes(config)
    if notes:
        return notes
    number = config.population.schools or config.settings.get("setting.schools", parameter("setting.schools").default)
    if isinstance(number, int) and number > MOST_OF_ONE_AUTHORITY:
        from schoolsim.populations import authorities_of  # which loads what draws schools

        authorities = authorities_of(number)
        return [f"{number} schools of {authorities} made-up authorities, drawn anew for every replication"]
    return [f"a made-up authority of {_levels(number)} schools, drawn anew for every replication"]


def _settings(config: StudyConfig) -> list[dict[str, str]]:
    """Parameters set to one value."""
    return [
        {
            "name": name,
            "label": _label(name),
            "role": parameter(name).role,
            "value": _level(name, value),
            "unit": parameter(name).unit,
            "default": _levels(parameter(name).default),
            "meaning": parameter(name).meaning,
        }
        for name, value in config.fixed().items()
    ]


def _swept(config: StudyConfig) -> list[dict[str, str]]:
    """Parameters that vary between points, each with its levels."""
    swept: dict[str, object] = dict(config.swept())
    sampled = categories(config)
    for group in config.linked:
        rows = zip(*group.values, strict=True)
        swept |= {name: tuple(column) for name, column in zip(group.parameters, rows, strict=True)}
    return [
        {
            "name": name,
            "label": _label(name),
            "role": parameter(name).role,
            "levels": _named_levels(name, swept[name]) + (" (as likely as one another)" if name in sampled else ""),
            "unit": parameter(name).unit,
            "meaning": parameter(name).meaning,
        }
        for name in config.axes()
    ]


def _label(name: str) -> str:
    """A constant has no words of its own but its meaning, which stands beside it."""
    return name if parameter(name).role == "constant" else parameter(name).label


def _level(name: str, value: object) -> str:
    """A value in words, with what is typed for it where that is another word: `no badge (none)`."""
    words = level_words(name, value)
    return f"{words} ({_levels(value)})" if parameter(name).levels else words


def _named_levels(name: str, setting: object) -> str:
    """What a parameter is swept over, in words."""
    if isinstance(setting, tuple):
        return ", ".join(_level(name, value) for value in setting)
    return _levels(setting)


def _levels(value: object) -> str:
    """A value, a list of them or a range as people read it."""
    from schoolsim.config import Range

    if isinstance(value, tuple):
        return ", ".join(_levels(item) for item in value)
    if isinstance(value, Range):
        levels = "" if value.levels is None else f" in {value.levels} levels"
        return f"{value.low:g} to {value.high:g}{levels}"
    return f"{value:,g}" if isinstance(value, float) else shown(value).strip('"')
