"""`schoolsim cite`."""

from __future__ import annotations

from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import load
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.cli.references import SOFTWARE, works_named
from schoolsim.parameters.registry import REGISTRY

Optional = Annotated[str | None, typer.Argument(metavar="CONFIG", help="A config; without it, the software alone.")]
Bibtex = Annotated[bool, typer.Option("--bibtex", help="Print the software's entry for BibTeX and nothing else.")]


def cite(config: Optional = None, bibtex: Bibtex = False, json: options.Json = False) -> None:
    """Print what to cite: the software, the sources of a config, and those of every parameter it sets."""
    if bibtex:
        say(SOFTWARE.bibtex())
        return
    asked = None if config is None else load(config).config
    sources = () if asked is None else asked.sources
    names = () if asked is None else dict.fromkeys((*asked.settings, *asked.axes()))
    rows = [(name, REGISTRY[name].source, REGISTRY[name].grade) for name in names]
    works = works_named([*sources, *(source for _, source, _ in rows)])
    if json:
        say_json({
            "software": SOFTWARE.text(), "works": works, "sources": sources,
            "parameters": [dict(zip(("name", "source", "grade"), row, strict=True)) for row in rows],
        })  # fmt: skip
        return
    _say("Software", [SOFTWARE.text()])
    _say("Works", works)
    _say("Sources of the config", sources)
    if rows:
        say()
        say("Sources of the defaults and bounds of what it sets", bold=True)
        say_table(["parameter", "source", "grade"], rows)


def _say(heading: str, lines: list[str] | tuple[str, ...]) -> None:
    if not lines:
        return
    if heading != "Software":
        say()
    say(heading, bold=True)
    for line in lines:
        say(f"- {line}")
