"""References in full: the software, and the works that sources of parameters name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolsim import __version__
from schoolsim.cli.works import WORKS, Work


@dataclass(frozen=True)
class Software:
    """schoolsim as a reference; `CITATION.cff` says the same.

    Args:
        authors: Who wrote it.
        title: Its title.
        version: Its version.
        commit: Of the source that was run, where it is known.
    """

    authors: str
    title: str
    version: str
    commit: str = ""

    def text(self) -> str:
        """For a list of references."""
        commit = f", commit {self.commit}" if self.commit else ""
        return f"{self.authors}. {self.title}. Version {self.version}{commit}. Computer software."

    def bibtex(self) -> str:
        """For BibTeX."""
        note = f",\n  note = {{Commit {self.commit}}}" if self.commit else ""
        return (
            f"@software{{schoolsim,\n  author = {{{{{self.authors}}}}},\n  title = {{{{{self.title}}}}},\n"
            f"  version = {{{self.version}}}{note}\n}}"
        )


SOFTWARE = Software(
    "The schoolsim developers", "schoolsim: how schools learn from one another while they compete", __version__
)


def works_named(sources: Iterable[str]) -> list[Work]:
    """The works that any of these sources names, each once."""
    text = " ".join(sources).replace(" and ", " & ")
    return [work for work in WORKS if any(name in text for name in work.named)]
