"""The works that sources of parameters, mechanisms and configs name, as references have them.

Digital object identifiers and addresses are those of the publishers' or libraries' own records; a work without one has
none that was found.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """One work.

    Args:
        key: Its key in BibTeX.
        named: What sources call it; a source that holds one of these names it.
        authors: Of each, family name and initials: `Fielding, M.`.
        year: Of publication.
        title: Its title.
        kind: Type of the entry in BibTeX: article, book, techreport or misc.
        container: The journal, newspaper or website it is in.
        volume: Of the journal.
        number: Of the issue or the report.
        pages: First and last.
        publisher: Of a book or report.
        doi: Digital object identifier.
        url: Address.
        isbn: Of a book or report.
    """

    key: str
    named: tuple[str, ...]
    authors: tuple[str, ...]
    year: int
    title: str
    kind: str = "article"
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    isbn: str = ""

    def text(self) -> str:
        """For a list of references."""
        place = self.container
        if self.volume:
            place += f" {self.volume}" + (f"({self.number})" if self.number else "")
        if self.pages:
            place += f", {self.pages}"
        report = ", ".join(filter(None, (self.publisher, self.number if self.kind == "techreport" else "")))
        ends = [f"doi {self.doi}" if self.doi else self.url, f"ISBN {self.isbn}" if self.isbn else ""]
        parts = [f"{_listed(self.authors)} ({self.year})", self.title.rstrip("."), place, report, *ends]
        return ". ".join(part for part in parts if part) + "."

    def bibtex(self) -> str:
        """For BibTeX."""
        holder = {"article": "journal", "misc": "howpublished"}.get(self.kind, "series")
        issuer = "institution" if self.kind == "techreport" else "publisher"
        fields = {
            "author": " and ".join(self.authors),
            "title": f"{{{self.title}}}",
            "year": str(self.year),
            holder: self.container,
            "volume": self.volume,
            "number": self.number,
            "pages": self.pages.replace("-", "--"),
            issuer: self.publisher,
            "isbn": self.isbn,
            "doi": self.doi,
            "url": self.url or (f"https://doi.org/{self.doi}" if self.doi else ""),
        }
        lines = [f"  {name} = {{{_escaped(value)}}}" for name, value in fields.items() if value]
        return f"@{self.kind}{{{self.key},\n" + ",\n".join(lines) + "\n}"


WORKS: tuple[Work, ...] = (
    Work(
        "fielding2005", ("Fielding 2005", "Fielding et al. 2005"),
        ("Fielding, M.", "Bragg, S.", "Craig, J.", "Cunningham, I.", "Eraut, M.", "Gillinson, S.", "Horne, M.",
         "Robinson, C.", "Thorp, J."),
        2005, "Factors Influencing the Transfer of Good Practice", "techreport",
        publisher="University of Sussex and Demos, for the Department for Education and Skills",
        number="Research Report RR615", isbn="1 84478 393 6", url="https://dera.ioe.ac.uk/21001/1/RR615.pdf",
    ),
    Work(
        "ainscow2003", ("Ainscow in the",),
        ("Ainscow, M.",), 2003, "Market for collaboration", container="Times Educational Supplement",
    ),
    Work(
        "armstrong2018", ("Armstrong & Ainscow 2018",),
        ("Armstrong, P. W.", "Ainscow, M."), 2018,
        "School-to-school support within a competitive education system: views from the inside",
        container="School Effectiveness and School Improvement", volume="29", number="4", pages="614-633",
        doi="10.1080/09243453.2018.1499534",
    ),
    Work(
        "isherwood2014", ("Headteacher's account of two",),
        ("Isherwood, M.",), 2014,
        "A self-improving school system? The value of challenge and support from peers in school improvement", "misc",
        container="Blog of a headteacher (@Mishwood1)",
        url="https://maryisherwood.wordpress.com/2014/08/15/"
        "a-self-improving-school-system-the-value-of-challenge-and-support-from-peers-in-school-improvement/",
    ),
    Work(
        "rudduck2000", ("Rudduck, Berry, Brown & Frost 2000",),
        ("Rudduck, J.", "Berry, M.", "Brown, N.", "Frost, D."), 2000,
        "Schools learning from other schools: cooperation in a climate of competition",
        container="Research Papers in Education", volume="15", number="3", pages="259-274",
    ),
    Work(
        "howson2002", ("Howson 2002",), ("Howson, J.",), 2002,
        "The Relationship between Headteachers' Length of Service in Primary and Secondary Schools and Selected PANDA "
        "Grades", "techreport", publisher="National College for School Leadership",
    ),
    Work(
        "hovland1957", ("Hovland, Harvey & Sherif 1957",), ("Hovland, C. I.", "Harvey, O. J.", "Sherif, M."), 1957,
        "Assimilation and contrast effects in reactions to communication and attitude change",
        container="Journal of Abnormal and Social Psychology", volume="55", number="2", pages="244-252",
        doi="10.1037/h0048480",
    ),
    Work(
        "burgess2013", ("Burgess, Wilson & Worth 2013",),
        ("Burgess, S.", "Wilson, D.", "Worth, J."), 2013,
        "A natural experiment in school accountability: the impact of school performance information on pupil progress",
        container="Journal of Public Economics", volume="106", pages="57-67", doi="10.1016/j.jpubeco.2013.06.005",
    ),
    Work(
        "burgess2021", ("Burgess et al. 2021", "Burgess, Rawal & Taylor 2021"),
        ("Burgess, S.", "Rawal, S.", "Taylor, E. S."), 2021,
        "Teacher peer observation and student test scores: evidence from a field experiment in English secondary "
        "schools",
        container="Journal of Labor Economics", volume="39", number="4", pages="1155-1186", doi="10.1086/712997",
    ),
    Work(
        "boyd1985", ("Boyd & Richerson 1985",),
        ("Boyd, R.", "Richerson, P. J."), 1985, "Culture and the Evolutionary Process", "book",
        publisher="University of Chicago Press",
    ),
    Work(
        "cavalli1981", ("Cavalli-Sforza & Feldman 1981",),
        ("Cavalli-Sforza, L. L.", "Feldman, M. W."), 1981,
        "Cultural Transmission and Evolution: A Quantitative Approach", "book", publisher="Princeton University Press",
        doi="10.1515/9780691209357",
    ),
    Work(
        "cowan2004", ("Cowan & Jonard 2004",),
        ("Cowan, R.", "Jonard, N."), 2004, "Network structure and the diffusion of knowledge",
        container="Journal of Economic Dynamics and Control", volume="28", number="8", pages="1557-1575",
        doi="10.1016/j.jedc.2003.04.002",
    ),
    Work(
        "degroot1974", ("DeGroot 1974",),
        ("DeGroot, M. H.",), 1974, "Reaching a consensus",
        container="Journal of the American Statistical Association", volume="69", number="345", pages="118-121",
        doi="10.1080/01621459.1974.10480137",
    ),
    Work(
        "fletcherwood2020", ("Fletcher-Wood & Zuccollo 2020",),
        ("Fletcher-Wood, H.", "Zuccollo, J."), 2020,
        "The effects of high-quality professional development on teachers and students: a rapid review and "
        "meta-analysis",
        "techreport", publisher="Education Policy Institute",
        url="https://epi.org.uk/wp-content/uploads/2020/02/EPI-Wellcome_CPD-Review__2020.pdf",
    ),
    Work(
        "friedkin1990", ("Friedkin & Johnsen 1990",),
        ("Friedkin, N. E.", "Johnsen, E. C."), 1990, "Social influence and opinions",
        container="Journal of Mathematical Sociology", volume="15", number="3-4", pages="193-206",
        doi="10.1080/0022250X.1990.9990069",
    ),
    Work(
        "kraft2018", ("Kraft et al. 2018",),
        ("Kraft, M. A.", "Blazar, D.", "Hogan, D."), 2018,
        "The effect of teacher coaching on instruction and achievement: a meta-analysis of the causal evidence",
        container="Review of Educational Research", volume="88", number="4", pages="547-588",
        doi="10.3102/0034654318759268",
    ),
    Work(
        "miller2008", ("Miller, Murnane & Willett 2008",),
        ("Miller, R. T.", "Murnane, R. J.", "Willett, J. B."), 2008,
        "Do teacher absences impact student achievement? Longitudinal evidence from one urban school district",
        container="Educational Evaluation and Policy Analysis", volume="30", number="2", pages="181-200",
        doi="10.3102/0162373708318019",
    ),
    Work(
        "smithers2004", ("Smithers & Robinson 2004",),
        ("Smithers, A.", "Robinson, P."), 2004, "Teacher Turnover, Wastage and Destinations", "techreport",
        publisher="University of Liverpool, for the Department for Education and Skills",
        number="Research Report RR553",
    ),
)  # fmt: skip
"""The works, the report that the model rests on first."""


def _listed(authors: tuple[str, ...]) -> str:
    return authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])} and {authors[-1]}"


def _escaped(value: str) -> str:
    """Signs that BibTeX reads as commands; those of an address are left, as its field is read word for word."""
    return value if value.startswith("http") else value.replace("&", r"\&").replace("%", r"\%").replace("_", r"\_")
