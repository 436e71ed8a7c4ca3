"""`schoolsim cite`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.citations.references import SOFTWARE, Citations, Software, citations_of, software_of
from schoolsim.cli import options
from schoolsim.cli.output import say, say_file, say_json, say_table
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.registry import parameter

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


def cite(source: Source = None, bibtex: Bibtex = False, json: options.Json = False) -> None:
    """Print what to cite: the software, the sources of a study, those of what it sets, and works behind the rest.

    Given a results folder, it is what was run there: schoolsim cite results/badging_funding --bibtex
    """
    citations = Citations(SOFTWARE) if source is None else citations_of(*_opened(source))
    if json:
        say_json(_plain(citations))
    elif bibtex:
        works = [work.bibtex() for work in (*citations.works, *citations.background)]
        say_file("\n\n".join([citations.software.bibtex(), *works]))
    else:
        _say(citations)


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
    config = load_config(folder / "study.toml", must_exist=False)
    return config, software_of(manifest["versions"], manifest["git"]["schoolsim"])


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
        say()
        say("Sources of the defaults and bounds of what it sets", bold=True)
        rows = [(parameter(name).label, name, grade, source) for name, source, grade in citations.parameters]
        say_table(["what", "name", "grade", "source"], rows, bracketed=True)
