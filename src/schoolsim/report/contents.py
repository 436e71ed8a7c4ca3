"""Gathers what a report says of a study, as texts, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from schoolsim.analysis.answers import Answer
from schoolsim.analysis.notes import (
    design_words,
    measurement_note,
    replication_words,
    school_words,
    unfinished_note,
)
from schoolsim.citations.references import citations_of, software_of
from schoolsim.config.names import SYNTHETIC
from schoolsim.config.settings import Range
from schoolsim.parameters.registry import parameter
from schoolsim.report.labels import factor_label, level_label, sentence_case
from schoolsim.report.pictures import Picture, pictures
from schoolsim.report.tables import (
    Table,
    effect_tables,
    expectation_table,
    glance_table,
    level_tables,
    outcome_table,
)

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import StudyResult

MOST_LEVELS: Final = 20
"""Levels of a factor that are listed."""
ROLES: Final = {"lever": "policy", "uncertainty": "world", "constant": "held constant"}


@dataclass(frozen=True)
class Passage:
    """A paragraph, and the list that follows it if any."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """What a report says.

    Args:
        title: Of the study.
        made: With what it was made, and when.
        question: What it asks, paragraph by paragraph.
        missing: That runs are still to be made; empty if none are.
        glance: Which way each outcome went.
        answer: What was found.
        more: How effects differ with the settings and with one another.
        measured: What the numbers are of.
        design: Facts of the design: a term and what is said of it.
        outcomes: What was measured.
        varied: What was varied.
        fixed: What was set to another value than the default.
        pictures: The figures.
        expected: What was expected beside what was found.
        effects: Tables of effects.
        levels: Tables of levels.
        origin: Facts of versions, times and hashes.
        files: Hashes of the files.
        commands: What to type to have it again, and what that does.
        config: The resolved config.
        sources: The study's own sources.
        works: Works behind what it sets, and the software.
        background: Works behind the values it leaves as they are.
    """

    title: str
    made: str
    question: tuple[str, ...]
    missing: str
    glance: Table | None
    answer: tuple[Passage, ...]
    more: tuple[Passage, ...]
    measured: str
    design: tuple[tuple[str, str], ...]
    outcomes: Table | None
    varied: Table | None
    fixed: Table | None
    pictures: tuple[Picture, ...]
    expected: Table | None
    effects: tuple[Table, ...]
    levels: tuple[Table, ...]
    origin: tuple[tuple[str, str], ...]
    files: Table
    commands: tuple[tuple[str, str], ...]
    config: str
    sources: tuple[str, ...]
    works: tuple[str, ...]
    background: tuple[str, ...]


def contents_of(result: StudyResult) -> Contents:
    """What a report says of a study, finished or not.

    Raises:
        StoreError: A file of the study is not as it was written.
        AnalysisError: There are too few runs to say anything.
    """
    config, manifest = result.config, result.manifest
    answer = Answer(result)
    told = answer.findings()
    whole = Answer(result, whole=True).findings() if answer.leaves_out else told
    cited = citations_of(config, software_of(manifest["versions"], checkout(result)))
    return Contents(
        title=config.title or result.folder.resolve().name,
        made=made_line(result),
        question=tuple(" ".join(part.split()) for part in config.description.split("\n\n") if part.strip()),
        missing=unfinished_note(result),
        glance=glance_table(answer),
        answer=tuple(map(passage, told)),
        more=tuple(passage(line) for line in whole if line not in told),
        measured=measurement_note(config),
        design=tuple(design_facts(result)),
        outcomes=outcome_table(answer),
        varied=varied_table(answer),
        fixed=fixed_table(config),
        pictures=tuple(pictures(result)),
        expected=expectation_table(answer),
        effects=tuple(effect_tables(answer)),
        levels=tuple(level_tables(answer)),
        origin=tuple(origin_facts(result)),
        files=file_table(result),
        commands=tuple(_commands(result.folder.resolve().name)),
        config=result.config_text,
        sources=tuple(config.sources),
        works=(cited.software.text(), *(work.text() for work in cited.works)),
        background=tuple(work.text() for work in cited.background),
    )


def made_line(result: StudyResult) -> str:
    """One line over the title: `Simulation study, made with schoolsim 0.2.0 on 2026-11-27`."""
    version, day = result.manifest["versions"].get("schoolsim", ""), _day(result.manifest["started"])
    return f"Simulation study, made with schoolsim {version} on {day}"


def passage(line: str) -> Passage:
    """A line of an answer, and the list that follows it where lines begin with a dash."""
    text, *items = line.split("\n- ")
    return Passage(text, tuple(map(sentence_case, items)))


def design_facts(result: StudyResult) -> Iterator[tuple[str, str]]:
    """Facts of the design: a term and what is said of it."""
    config, design = result.config, result.design
    number = config.population.schools or config.settings.get("setting.schools", parameter("setting.schools").default)
    made_up = config.population.source == SYNTHETIC
    size = f"{_levels_text('setting.schools', number)}; " if made_up else ""
    yield "Schools", sentence_case(f"{size}{school_words(config)}.")
    before = f", after {_counted(config.burn_in_years, 'year')} without the policy" if config.burn_in_years else ""
    yield "Length", f"{_counted(config.years, 'year')}{before}."
    points = len(result.points)
    how = f", {design_words(config)}" if points > 1 else ""
    yield "Points", f"{_counted(points, 'point')}{how}."
    policies, worlds = design["policy"].nunique(), design["world"].nunique()
    if points > 1:
        yield "Policies and worlds", f"{_counted(policies, 'policy', 'policies')} in {_counted(worlds, 'world')}."
    yield "Replications", f"{replication_words(config)}."
    yield "Runs", _runs(result.counts)


def _runs(counts: Mapping[str, int]) -> str:
    total, lost = sum(counts.values()), {name: n for name, n in counts.items() if name != "ok" and n}
    text = "none failed" if not lost else ", ".join(
        f"{n} {'took too long' if name == 'timeout' else name}" for name, n in sorted(lost.items())
    )  # fmt: skip
    return f"{_counted(total, 'run')} made, {text}."


def varied_table(answer: Answer) -> Table | None:
    """Each factor with its levels, and whether it is policy or world."""
    config = answer.config
    rows = []
    for factor in answer.factors:
        role = "policy" if factor.lever else "world"
        rows.append((factor_label(factor.name), role, _listed([str(level) for level in factor.levels.values()])))
    for name, setting in config.swept().items():
        rows.append((factor_label(name), ROLES[parameter(name).role], _levels_text(name, setting)))
    linked = {name for factor in answer.factors for name in factor.parameters}
    for name in answer.result.points:  # those of a file
        if name not in linked and name not in config.swept():
            values = answer.result.points[name]
            words = _listed([level_label(str(name), value) for value in dict.fromkeys(values)])
            rows.append((factor_label(str(name)), ROLES[parameter(str(name)).role], words))
    return Table("What was varied", ("Factor", "Part of", "Levels"), tuple(rows)) if rows else None


def fixed_table(config: StudyConfig) -> Table | None:
    """What is the same in every run and is not the default."""
    rows = tuple(
        (factor_label(name), ROLES[parameter(name).role], level_label(name, value),
         level_label(name, parameter(name).default))
        for name, value in config.fixed().items()
        if value != parameter(name).default
    )  # fmt: skip
    headers = ("Parameter", "Part of", "Set to", "Default")
    return Table("What was set throughout, where it is not the default", headers, rows) if rows else None


def _levels_text(name: str, setting: object) -> str:
    if isinstance(setting, Range):
        levels = f", in {setting.levels} levels" if setting.levels else ""
        return f"{level_label(name, setting.low)} to {level_label(name, setting.high)}{levels}"
    return _listed([level_label(name, level) for level in (setting if isinstance(setting, tuple) else (setting,))])


def _listed(levels: Sequence[str]) -> str:
    shown = "; ".join(levels[:MOST_LEVELS])
    return shown if len(levels) <= MOST_LEVELS else f"{shown}; and {len(levels) - MOST_LEVELS} more"


def origin_facts(result: StudyResult) -> Iterator[tuple[str, str]]:
    """Where the numbers come from; the clock of the one who reads them is not in it."""
    manifest, git = result.manifest, checkout(result)
    commit = "unknown" if git is None else f"{git['commit']}{' with changes' if git['dirty'] else ''}"
    yield "schoolsim", f"version {manifest['versions'].get('schoolsim', 'unknown')}, commit {commit}"
    yield "Model", f"{manifest['study']['model']}, version {manifest['study']['version']}"
    yield "Python", manifest["python"]
    others = (f"{name} {version}" for name, version in manifest["versions"].items() if name != "schoolsim")
    yield "Packages", ", ".join(others)
    yield "System", manifest["platform"]
    begun, ended = (_day(manifest[key]) for key in ("started", "ended"))
    yield "Runs made", "not finished" if not ended else f"on {begun}" if begun == ended else f"{begun} to {ended}"
    yield "Command", " ".join(manifest["argv"])
    yield "Seed", str(manifest["study"]["seed"])
    yield "Identity of the study", manifest["identity"]
    yield "Config (SHA-256)", manifest["files"].get("study.toml", "unknown")


def checkout(result: StudyResult) -> Mapping[str, object] | None:
    """The `commit` of schoolsim that the study was run with, and whether it was `dirty`; None where nobody knows."""
    return result.manifest["git"]["schoolsim"]


def _day(time: object) -> str:
    """The day of a time in the manifest; empty where there is none yet."""
    return str(datetime.fromisoformat(time).date()) if isinstance(time, str) else ""


def file_table(result: StudyResult) -> Table:
    """The files of the study, each with its hash."""
    rows = tuple((name, digest) for name, digest in sorted(result.manifest["files"].items()))
    return Table("Files that the page was made from", ("File", "SHA-256"), rows)


def _commands(name: str) -> Iterator[tuple[str, str]]:
    folder = f"results/{name}"
    yield f"schoolsim verify {folder}", "compares every file with its hash"
    yield f"schoolsim reproduce {folder}", "makes every run again and compares the tables byte for byte"
    yield f"schoolsim sweep {folder}/study.toml --out again", "makes the study anew, in a folder of its own"
    yield f"schoolsim answer {folder} --all", "says in words what the tables hold"
    yield f"schoolsim figures {folder}", "draws the figures again"
    yield f"schoolsim report {folder}", "writes this page again"


def _counted(number: int, word: str, words: str = "") -> str:
    return f"{number:,} {word if number == 1 else words or word + 's'}"
