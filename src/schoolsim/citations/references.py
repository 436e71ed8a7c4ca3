"""Lists what to cite: the software, and the works behind a config and what it sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schoolsim import __version__
from schoolsim.citations.works import WORKS, Work
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import REGISTRY, parameter

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig


@dataclass(frozen=True)
class Software:
    """schoolsim as a reference; `CITATION.cff` says the same.

    Args:
        authors: Who wrote it.
        title: Its title.
        version: Its version.
        commit: Of the source that was run, where it is known.
        year: In which the version was made, where that is known.
    """

    authors: str
    title: str
    version: str
    commit: str = ""
    year: int | None = None

    def text(self) -> str:
        """For a list of references."""
        commit = f", commit {self.commit}" if self.commit else ""
        year = f" ({self.year})" if self.year else ""
        return f"{self.authors}{year}. {self.title}. Version {self.version}{commit}. Computer software."

    def bibtex(self) -> str:
        """For BibTeX."""
        fields = {
            "author": f"{{{self.authors}}}",
            "title": f"{{{self.title}}}",
            "year": str(self.year or ""),
            "version": self.version,
            "note": f"Commit {self.commit}" if self.commit else "",
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "@software{schoolsim,\n" + ",\n".join(lines) + "\n}"


SOFTWARE = Software(
    "The schoolsim developers",
    "schoolsim: how schools learn from one another while they compete",
    __version__,
    year=2026,
)


def works_named(sources: Iterable[str]) -> list[Work]:
    """The works that any of these sources names, each once."""
    text = " ".join(sources).replace(" and ", " & ")
    return [work for work in WORKS if any(name in text for name in work.named)]


def software_of(versions: Mapping[str, str], checkout: Mapping[str, object] | None) -> Software:
    """The software that a study was run with.

    Args:
        versions: Of packages, as the manifest has them.
        checkout: `commit` and `dirty` of its source, where that was a repository.
    """
    commit = "" if checkout is None else f"{checkout['commit']}"[:12] + (" with changes" if checkout["dirty"] else "")
    version = versions.get("schoolsim", SOFTWARE.version)
    year = SOFTWARE.year if version == SOFTWARE.version else None
    return replace(SOFTWARE, version=version, commit=commit, year=year)


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


def citations_of(config: StudyConfig, software: Software) -> Citations:
    """What to cite for a config."""
    rows = [(name, parameter(name).source, parameter(name).grade) for name in (*config.settings, *config.axes())]
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
