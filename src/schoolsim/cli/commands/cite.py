"""`schoolsim cite`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.citations import SOFTWARE, works_named
from schoolsim.cli.configs import load
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import REGISTRY

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig

Optional = Annotated[str | None, typer.Argument(metavar="CONFIG", help="A config; without it, the software alone.")]
Bibtex = Annotated[bool, typer.Option("--bibtex", help="Print the software's entry for BibTeX and nothing else.")]


def cite(config: Optional = None, bibtex: Bibtex = False, json: options.Json = False) -> None:
    """Print what to cite: the software, the sources of a config, those of what it sets, and works behind the rest."""
    if bibtex:
        say(SOFTWARE.bibtex())
        return
    asked = None if config is None else load(config).config
    sources = () if asked is None else asked.sources
    names = () if asked is None else dict.fromkeys((*asked.settings, *asked.axes()))
    rows = [(name, REGISTRY[name].source, REGISTRY[name].grade) for name in names]
    works = works_named([*sources, *(source for _, source, _ in rows)])
    rest = (
        [] if asked is None else works_named(source for name in in_force(asked) for source in (REGISTRY[name].source,))
    )
    rest = [work for work in rest if work not in works]
    if json:
        say_json({
            "software": SOFTWARE.text(), "works": works, "works behind the rest": rest, "sources": sources,
            "parameters": [dict(zip(("name", "source", "grade"), row, strict=True)) for row in rows],
        })  # fmt: skip
        return
    _say("Software", [SOFTWARE.text()])
    _say("Works", works)
    _say("Works behind the values it leaves as they are", rest)
    _say("Sources of the config", sources)
    if rows:
        say()
        say("Sources of the defaults and bounds of what it sets", bold=True)
        say_table(["parameter", "source", "grade"], rows)


def in_force(config: StudyConfig) -> list[str]:
    """Parameters that a run of the config goes by: all but those of mechanisms it switches off."""
    fixed = config.fixed()
    off = {one.id for one in MECHANISMS.values() if fixed.get(f"mechanism.{one.word}") is False}
    return [spec.name for spec in REGISTRY.values() if not spec.mechanisms or not off.issuperset(spec.mechanisms)]


def _say(heading: str, lines: list[str] | tuple[str, ...]) -> None:
    if not lines:
        return
    if heading != "Software":
        say()
    say(heading, bold=True)
    for line in lines:
        say(f"- {line}")
