"""Writes a study file to start from, of the levers, outcomes, programme and setting that a question speaks of."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolsim.analysis.quantities import unit_words
from schoolsim.cli.lookup import ranked, speaks
from schoolsim.config.locate import find_config, list_configs
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, shown

USUAL_LEVER, USUAL_WORLD, USUAL_PROGRAMME = "badging.scope", "market.choice_weight", "programmes/beacon"
"""What a study varies, meets and builds on where the question speaks of nothing that is known."""

USUAL_OUTCOMES = ("progress.partner", "progress.neediest", "trust.partner")
NETWORKS = "programmes/networked_learning_communities"
"""The programme to build on where a lever of networks is varied: others have none."""

WORLDS = {USUAL_WORLD: (0.2, 1.0)}
"""Levels that have names: those of settings/low_competition and settings/high_competition."""

MOST_OPTIONS, MOST_SUGGESTED, MOST_OUTCOMES = 4, 4, 3
COMMON = frozenset(
    "does do did help helps more less than what when where which that this with from into about school schools "
    "teacher teachers policy effect effects should would could better worse best make makes their they there have has "
    "and the for are how why who much many while between among them over under year years".split()
)
"""Words of a question that speak of no lever in particular."""


@dataclass(frozen=True)
class Draft:
    """What a study to start from varies and reports.

    Args:
        question: As asked.
        lever: The lever that is varied.
        levels: Its levels, the baseline first.
        world: The uncertainty that is varied.
        world_levels: Its levels.
        outcomes: What is reported.
        bases: The programme and setting it is built on.
        settings: Two or more settings that are compared, a factor of the study; none where one will do.
        more_levers: Further levers the question may be about.
        more_bases: Further settings and programmes it may be about.
    """

    question: str
    lever: str
    levels: Sequence[Value]
    world: str
    world_levels: Sequence[Value]
    outcomes: Sequence[str]
    bases: Sequence[str]
    settings: Sequence[str]
    more_levers: Sequence[str]
    more_bases: Sequence[str]


def draft(question: str) -> Draft:
    """The study that a question seems to ask for."""
    words = [word for word in re.findall(r"[a-z]+", question.lower()) if word not in COMMON]
    levers = _levers_in(words) or [USUAL_LEVER]
    outcomes = [row["name"] for row in ranked(_outcome_rows(), words, dict.values)][: MOST_OUTCOMES - 1]
    programmes = _configs("programmes", words)
    settings = [name for name in _configs("settings", words) if USUAL_WORLD not in _set_by(name)]
    compared = _spoken_of(settings, words)
    bases = [programmes[0] if programmes else _usual_programme(levers[0]), *([] if compared else settings[:1])]
    # What the question says beside its lever and its outcomes may be about the world it is asked in.
    said = " ".join((levers[0], REGISTRY[levers[0]].label, *outcomes, *settings, *programmes))
    worlds = _worlds_in([word for word in words if not speaks(said, word)])
    worlds = [name for name in worlds if not any(name in _set_by(setting) for setting in compared)] or [USUAL_WORLD]
    reported = dict.fromkeys((*outcomes, *USUAL_OUTCOMES))
    return Draft(
        question=question,
        lever=levers[0],
        levels=levels_of(REGISTRY[levers[0]]),
        world=worlds[0],
        world_levels=WORLDS.get(worlds[0]) or _ends(REGISTRY[worlds[0]]),
        outcomes=list(reported)[:MOST_OUTCOMES],
        bases=bases,
        settings=compared,
        more_levers=levers[1 : MOST_SUGGESTED + 1],
        more_bases=[*programmes[1:3], *([] if compared else settings[1:3])],
    )


def study_file(study: Draft, file: Path) -> str:
    """The TOML of a study, with comments.

    Args:
        study: What it varies and reports.
        file: Where it will be written.
    """
    question = study.question.replace("\\", "\\\\").replace('"', '\\"')
    title = textwrap.shorten(question, 80, placeholder="...")
    path, results = str(file), f"results/{file.stem}"
    lines = [
        f"# What it means and how long it takes:  schoolsim explain {path}",
        f"# A first try:                          schoolsim sweep {path} --years 2 --replications 4",
        f"# All of it:                            schoolsim sweep {path}",
        f"# What it says:                         schoolsim answer {results}",
        f'title = "{title}"',
        f'description = """\n{textwrap.fill(question, 100)}"""',
        "# What the values rest on, one a line, with the page; schoolsim cite repeats it.",
        'sources = ["a first draft; no source yet"]',
        "",
        "# What it is built on, the later over the earlier: schoolsim list programmes, schoolsim list settings",
        "base = [",
        *(f"  {shown(name)}," for name in study.bases),
        *(f"  # {shown(name)}," for name in study.more_bases),
        "]",
        "years = 6            # years of the policy",
        "burn_in_years = 2    # years before it begins, in which schools find their ties",
        "replications = 20    # runs a point; or { precision = 0.05, max = 200 }",
        "seed = 1             # of all chance: the same file and seed give the same numbers",
        "",
        "# What policy sets. A list is varied, one value is fixed: schoolsim list levers, schoolsim show badging.scope",
        "[levers]",
        *_setting(REGISTRY[study.lever], study.levels),
        *(f"# {_setting(REGISTRY[name], levels_of(REGISTRY[name]))[-1]}" for name in study.more_levers),
        "",
        "# What nobody sets: the worlds in which the policy is tried: schoolsim list uncertainties",
        "[uncertainties]",
        *_setting(REGISTRY[study.world], study.world_levels),
        "",
        *_factor(study.settings),
        "# What is measured (schoolsim list outcomes), and the level that others are compared with",
        "[outcomes]",
        "report = [",
        *(f"  {shown(name)},  # {OUTCOMES[name].label}" for name in study.outcomes),
        "]",
        f"baseline = {{ {shown(study.lever)} = {shown(study.levels[0])} }}",
        "window = 2           # last years that an outcome is averaged over",
        "",
        f"# What is drawn: schoolsim list figures, schoolsim figures {results}",
        "[[figures]]",
        'kind = "contrast"',
        "",
        "[[figures]]",
        'kind = "series"',
    ]
    return "\n".join(lines) + "\n"


def _factor(settings: Sequence[str]) -> list[str]:
    """The settings that are compared, with what says so; nothing where none are."""
    if not settings:
        return []
    return [
        "# Whole settings that are compared, each as it stands: schoolsim list settings",
        "[factors]",
        f"setting = {shown(tuple(name.partition('/')[2] for name in settings))}",
        "",
    ]


def levels_of(spec: Parameter) -> tuple[Value, ...]:
    """Levels to start from, the baseline first: off and on, the options, or none and what programmes had."""
    if spec.kind == "flag":
        return (False, True)
    if spec.kind == "choice":
        rest = [option for option in spec.options if option != spec.default]
        return (spec.default, *rest[: MOST_OPTIONS - 1])
    low, high = spec.bounds
    if spec.default != low:
        return (spec.check(int(low) if spec.kind == "whole" else low), spec.default)
    used = [value for value in _programme_values(spec.name) if value != spec.default]
    if used:
        return (spec.default, max(used, key=float))
    share = 0.5 if high <= 1 else 0.1
    value = low + share * (high - low)
    return (spec.default, spec.check(max(round(value), int(low) + 1) if spec.kind == "whole" else value))


def _ends(spec: Parameter) -> tuple[Value, ...]:
    """Two levels of an uncertainty: half the usual value and half as much again, or both values of a flag."""
    if spec.kind == "flag":
        return (False, True)
    low, high = spec.bounds
    usual = float(spec.default)
    around = (usual / 2, usual * 1.5) if usual > 0 else (low, low + (high - low) / 4)
    first, last = (min(max(value, low), high) for value in around)
    return (spec.check(round(first, 6)), spec.check(round(last, 6)))


def _setting(spec: Parameter, levels: Sequence[Value]) -> list[str]:
    """One parameter: a comment that says what it is, and its levels."""
    unit = unit_words(spec.unit)
    allowed = f"{spec.range} ({unit})" if unit else spec.range
    return [f"# {allowed}; usually {shown(spec.default)}", f"{shown(spec.name)} = {shown(levels)}  # {spec.label}"]


def _levers_in(words: Sequence[str]) -> list[str]:
    """Levers that the words speak of, by their labels first, then by names and levels, then by their meaning."""
    levers = [spec for spec in REGISTRY.values() if spec.role == "lever"]
    for texts in (_label, _names, _meaning):
        found = ranked([{"name": spec.name, "text": texts(spec)} for spec in levers], words, lambda row: [row["text"]])
        if found:
            return [row["name"] for row in found]
    return []


def _worlds_in(words: Sequence[str]) -> list[str]:
    """Uncertainties that the words speak of, by their labels."""
    rows = [{"name": spec.name, "text": _label(spec)} for spec in REGISTRY.values() if spec.role == "uncertainty"]
    return [row["name"] for row in ranked(rows, words, lambda row: [row["text"]])]


def _label(spec: Parameter) -> str:
    return spec.label


def _names(spec: Parameter) -> str:
    return " ".join((spec.name, *spec.levels.values()))


def _meaning(spec: Parameter) -> str:
    return spec.meaning


def _usual_programme(lever: str) -> str:
    """A programme in which a lever has something to act on."""
    networks = lever.startswith("network.") or lever in ("programme.networks", "programme.members")
    return NETWORKS if networks else USUAL_PROGRAMME


def _outcome_rows() -> list[dict[str, str]]:
    return [{"name": name, "label": OUTCOMES[name].label} for name in OUTCOMES]


def _configs(kind: str, words: Sequence[str]) -> list[str]:
    """Configs of a kind whose name or title the words speak of; high and low alone speak of none."""
    rows = [
        {"name": entry.name, "text": f"{entry.name.partition('/')[2]} {entry.title}"}
        for entry in list_configs(kind)
        if not entry.problem
    ]
    telling = [word for word in words if word not in ("high", "low")]
    found = [row["name"] for row in ranked(rows, telling, lambda row: [row["text"]])]
    return sorted(found, key=lambda name: not any(word in name for word in words if word not in telling))


def _spoken_of(settings: Sequence[str], words: Sequence[str]) -> list[str]:
    """Of settings those whose own name the question says, where it says two or more: it compares them."""
    said = [name for name in settings if set(name.partition("/")[2].split("_")) <= set(words)]
    said.sort(key=lambda name: min(words.index(word) for word in name.partition("/")[2].split("_")))
    return said if len(said) > 1 else []


def _set_by(config: str) -> Mapping[str, object]:
    """The parameters that a shipped programme or setting sets."""
    path = find_config(config, Path.cwd())
    data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return {**data.get("levers", {}), **data.get("uncertainties", {})}


def _programme_values(name: str) -> Iterable[Value]:
    """What shipped programmes set a lever to."""
    for entry in list_configs("programmes"):
        if not entry.problem and name in (values := _set_by(entry.name)):
            yield REGISTRY[name].check(values[name])
