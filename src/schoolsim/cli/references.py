"""What to cite: the software, and the works that sources of parameters are named after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolsim import __version__


@dataclass(frozen=True)
class Software:
    """schoolsim as a reference; `CITATION.cff` says the same.

    Args:
        authors: Who wrote it.
        title: Its title.
        version: Its version.
    """

    authors: str
    title: str
    version: str

    def text(self) -> str:
        """For a list of references."""
        return f"{self.authors}. {self.title}. Version {self.version}. Computer software."

    def bibtex(self) -> str:
        """For BibTeX."""
        return (
            f"@software{{schoolsim,\n  author = {{{{{self.authors}}}}},\n  title = {{{self.title}}},\n"
            f"  version = {{{self.version}}}\n}}"
        )


SOFTWARE = Software(
    "The schoolsim developers", "schoolsim: how schools learn from one another while they compete", __version__
)

WORKS: Mapping[str, str] = {
    "Fielding 2005": "Fielding, M., Bragg, S., Craig, J., Cunningham, I., Eraut, M., Gillinson, S., Horne, M., "
    "Robinson, C. and Thorp, J. (2005). Factors Influencing the Transfer of Good Practice. University of Sussex and "
    "Demos, Research Report RR615, ISBN 1 84478 393 6.",
}
"""The works that sources call by author and year."""


def works_named(sources: Iterable[str]) -> list[str]:
    """In full, the works that any of these sources names."""
    told = " ".join(sources).replace("Fielding et al. 2005", "Fielding 2005")
    return [full for short, full in WORKS.items() if short in told]
