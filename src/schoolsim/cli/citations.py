"""References in full: the software, and the works that sources of parameters name."""

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
    "Ainscow in the": "Ainscow, M. (2003). Market for collaboration. Times Educational Supplement.",
    "Armstrong & Ainscow 2018": "Armstrong, P. W. and Ainscow, M. (2018). School-to-school support within a "
    "competitive education system: views from the inside. School Effectiveness and School Improvement 29(4), 614-633. "
    "doi 10.1080/09243453.2018.1499534.",
    "Headteacher's account of two": "A headteacher's account of two Manchester networks (the author of Mishwood1): A "
    "self-improving school system? The value of challenge and support from peers in school improvement. Blog.",
    "Rudduck, Berry, Brown and Frost 2000": "Rudduck, J., Berry, M., Brown, N. and Frost, D. (2000). Schools learning "
    "from other schools: cooperation in a climate of competition. Research Papers in Education 15(3), 259-274.",
    "Burgess, Wilson & Worth 2013": "Burgess, S., Wilson, D. and Worth, J. (2013). A natural experiment in school "
    "accountability: the impact of school performance information on pupil progress. Journal of Public Economics 106, "
    "57-67.",
    "Cowan & Jonard 2004": "Cowan, R. and Jonard, N. (2004). Network structure and the diffusion of knowledge. "
    "Journal of Economic Dynamics and Control 28(8), 1557-1575.",
    "DeGroot 1974": "DeGroot, M. H. (1974). Reaching a consensus. Journal of the American Statistical Association "
    "69(345), 118-121.",
    "Friedkin & Johnsen 1990": "Friedkin, N. E. and Johnsen, E. C. (1990). Social influence and opinions. Journal of "
    "Mathematical Sociology 15(3-4), 193-206.",
    "Kraft et al. 2018": "Kraft, M. A., Blazar, D. and Hogan, D. (2018). The effect of teacher coaching on instruction "
    "and achievement: a meta-analysis of the causal evidence. Review of Educational Research 88(4), 547-588.",
    "Miller, Murnane & Willett 2008": "Miller, R. T., Murnane, R. J. and Willett, J. B. (2008). Do teacher absences "
    "impact student achievement? Educational Evaluation and Policy Analysis 30(2), 181-200.",
    "Smithers & Robinson 2004": "Smithers, A. and Robinson, P. (2004). Teacher Turnover, Wastage and Destinations. "
    "Department for Education and Skills, Research Report RR553.",
}
"""The works that sources call by author and year."""


def works_named(sources: Iterable[str]) -> list[str]:
    """In full, the works that any of these sources names."""
    told = " ".join(sources).replace("Fielding et al. 2005", "Fielding 2005").replace(" and ", " & ")
    return [full for short, full in WORKS.items() if short.replace(" and ", " & ") in told]
