"""`schoolsim cite`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.citations import SOFTWARE, Software, works_named
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.cli.works import Work
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import REGISTRY

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig

Source = Annotated[
    str | None,
    typer.Argument(
        metavar="DIR|CONFIG",
        callback=options.possible_path,
        help="A results folder or a config; without it, the software alone.",
    ),
]
Bibtex = Annotated[bool, typer.Option("--bibtex", help="Print entries for BibTeX and nothing else.")]


@dataclass(frozen=True)
class Citations:
    """What to cite.

    Args:
        software: The software, of the version that was or would be run.
        works: Works that the config and what it sets are named after.
        background: Works behind the values that it leaves as they are.
        sources: The config's own sources, as it has them.
        parameters: What it sets: name, source and grade of each.
    """

    software: Software
    works: Sequence[Work] = ()
    background: Sequence[Work] = ()
    sources: Sequence[str] = ()
    parameters: Sequence[tuple[str, str, str]] = ()


def cite(source: Source = None, bibtex: Bibtex = False, json: options.Json = False) -> None:
    """Print what to cite: the software, the sources of a study, those of what it sets, and works behind the rest.

    Given a results folder, it is what was run there: schoolsim cite results/badging_funding --bibtex
    """
    citations = Citations(SOFTWARE) if source is None else citations_of(*_opened(source))
    if json:
        say_json(_plain(citations))
    elif bibtex:
        works = [work.bibtex() for work in (*citations.works, *citations.background)]
        say("\n\n".join([citations.software.bibtex(), *works]))
    else:
        _say(citations)


def citations_of(config: StudyConfig, software: Software) -> Citations:
    """What to cite for a config."""
    rows = [(name, REGISTRY[name].source, REGISTRY[name].grade) for name in (*config.settings, *config.axes())]
    rows = list(dict.fromkeys(rows))
    works = works_named([*config.sources, *(row[1] for row in rows)])
    background = works_named(REGISTRY[name].source for name in in_force(config))
    rest = [work for work in background if work not in works]
    return Citations(software, works, rest, config.sources, rows)


def in_force(config: StudyConfig) -> list[str]:
    """Parameters that a run of the config goes by: all but those of mechanisms it switches off."""
    fixed = config.fixed()
    off = {mechanism.id for mechanism in MECHANISMS.values() if fixed.get(f"mechanism.{mechanism.word}") is False}
    return [spec.name for spec in REGISTRY.values() if not spec.mechanisms or not off.issuperset(spec.mechanisms)]


def _opened(source: str) -> tuple[StudyConfig, Software]:
    """The config of a results folder with the software that ran it, or a config with this software."""
    folder = Path(source).expanduser()
    if not folder.is_dir():
        from schoolsim.cli.configs import load

        return load(source).config, SOFTWARE
    from schoolsim.config import load_config
    from schoolsim.studies.store.folder import Folder
    from schoolsim.studies.store.manifest import read_manifest

    place = Folder(folder)
    manifest = read_manifest(place)
    if manifest is None:
        raise UserError(f"there is no study in {folder}: no {place.manifest.name}")
    checkout = manifest["git"].get("schoolsim")
    commit = "" if checkout is None else checkout["commit"][:12] + (" with changes" if checkout["dirty"] else "")
    version = manifest["versions"].get("schoolsim", SOFTWARE.version)
    config = load_config(folder / "study.toml", must_exist=False)
    return config, replace(SOFTWARE, version=version, commit=commit)


def _plain(citations: Citations) -> dict[str, object]:
    columns = ("name", "source", "grade")
    return {
        "software": citations.software.text(),
        "works": [work.text() for work in citations.works],
        "works behind the rest": [work.text() for work in citations.background],
        "sources": citations.sources,
        "parameters": [dict(zip(columns, row, strict=True)) for row in citations.parameters],
    }


def _say(citations: Citations) -> None:
    lists = {
        "Software": [citations.software.text()],
        "Works": [work.text() for work in citations.works],
        "Works behind the values it leaves as they are": [work.text() for work in citations.background],
        "Sources of the study, as it has them": citations.sources,
    }
    for heading, lines in lists.items():
        if lines:
            if heading != "Software":
                say()
            say(heading, bold=True)
            for line in lines:
                say(f"- {line}")
    if citations.parameters:
        from schoolsim.analysis.words import parameter_words

        say()
        say("Sources of the defaults and bounds of what it sets", bold=True)
        rows = [
            (name if REGISTRY[name].role == "constant" else parameter_words(name).label, name, grade, source)
            for name, source, grade in citations.parameters
        ]
        say_table(["what", "name", "grade", "source"], rows, bracketed=True)
