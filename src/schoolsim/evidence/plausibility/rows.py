"""Twelve things a headteacher would say, each with the numbers that would make it true, strained or absurd.

Ranges and their sources: Fielding et al. 2005 and the shorter sources by section; figures of Beacon schools and Leading
Edge from the Times Educational Supplement; NAO; Smithers & Robinson 2004; TALIS 2013; Howson 2002. Where no figure is
published, the range is a guess, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from schoolsim.evidence.plausibility import readings

INF: Final = float("inf")
Grade = Literal["source", "reading", "guess"]


@dataclass(frozen=True)
class Number:
    """One number of a row.

    Args:
        name: As the reading calls it.
        plausible: Lowest and highest plausible value.
        not_absurd: Lowest and highest value that is not absurd; between the two it is strained.
    """

    name: str
    plausible: tuple[float, float]
    not_absurd: tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One thing a headteacher would say.

    Args:
        id: F1 to F12.
        says: In a headteacher's words.
        read: Function of a seed to numbers by name.
        numbers: What is expected of each.
        source: Where the ranges come from.
        grade: How well founded they are.
    """

    id: str
    says: str
    read: Callable[[int], Mapping[str, float]]
    numbers: tuple[Number, ...]
    source: str
    grade: Grade


ROWS: Final = (
    Row("F1", "We had money, so we always had schools to work with. If one dropped out we took another.", readings.paid_places,
        (Number("places filled, least of the paid years", (0.8, 1.0), (0.5, 1.0)), Number("partners an originator", (3.0, 8.0), (1.5, 15.0)),
         Number("at work a year after the money, of those paid", (0.2, 0.6), (0.001, 0.8))),
        "Leading Edge: 200 partnerships, 1,100 schools; Beacon: about 15 partnerships, loose ones counted; §3.23", "guess"),
    Row("F2", "Our ICT Innovators were out of class a morning or an afternoon a week.", readings.innovators,
        (Number("hours a teacher and year", (95.0, 175.0), (50.0, 250.0)), Number("teachers in it", (12.0, 15.0), (6.0, 30.0))),
        "§3.13: one and a half to three hours a week; fortnightly meetings; twelve to fifteen teachers", "source"),
    Row("F3", "Most of my staff never set foot in another school last year.", readings.ordinary_year,
        (Number("teachers in joint work", (0.03, 0.12), (0.01, 0.30)), Number("primary schools at work with another", (0.3, 0.7), (0.05, 0.95)),
         Number("secondary schools at work with another", (0.5, 0.9), (0.05, 0.98))),
        "NAO: 87% of secondary schools partner in some way; TALIS 2013; §2.22", "reading"),
    Row("F4", "These networks run for two or three years; then somebody leaves or the money goes.", readings.networks_led,
        (Number("volunteer's networks led after three years", (0.2, 0.65), (0.02, 0.9)), Number("facilitated networks led after three years", (0.75, 1.0), (0.3, 1.0))),
        "Headteacher's account of two networks", "guess"),
    Row("F5", "She put me in touch with ten people. I met half of them; two came to something.", readings.introductions,
        (Number("introductions that met", (0.4, 0.7), (0.1, 0.95)), Number("introductions that became joint work", (0.1, 0.3), (0.03, 0.5)),
         Number("cold calls accepted", (0.02, 0.05), (0.0, 0.15))),
        "§2.11: cold calling does not work very well; §3.42, §4.4", "guess"),
    Row("F6", "What my teachers know they got from the teacher next door.", readings.where_from,
        (Number("learnt at home", (0.80, 0.95), (0.5, 0.99)), Number("learnt from other schools", (0.04, 0.15), (0.01, 0.4)),
         Number("learnt by reading, beside what Beacon schools pass on", (0.0, 0.1), (0.0, 1.0))),
        "Reynolds in the TES: more likely to happen within a school than between schools; §3.33", "guess"),
    Row("F7", "Five years on, two of the four heads who began this are still there.", readings.heads,
        (Number("changes a year", (0.09, 0.13), (0.05, 0.2)), Number("schools with a new head after five years", (0.38, 0.50), (0.2, 0.7)),
         Number("four schools with all four heads after two years", (0.33, 0.47), (0.1, 0.8))),
        "Schools Week 2022: one in ten schools welcoming a new head; Howson 2002", "source"),
    Row("F8", "It came to about the price of a good photocopier.", readings.pounds,
        (Number("pounds a school and year", (2000.0, 12000.0), (300.0, 40000.0)),),
        "TES: Beacon £30,000 to £35,000 over three to fifteen partners; Leading Edge £60,000", "reading"),
    Row("F9", "Of every ten pairs I set up, six were still the same two people two years on. So I set up new ones.", readings.pairs_that_stay,
        (Number("pairs unchanged after 1 year", (0.72, 0.80), (0.5, 0.95)), Number("pairs unchanged after 2 years", (0.52, 0.64), (0.3, 0.85)),
         Number("pairs unchanged after 4 years", (0.27, 0.40), (0.1, 0.6)), Number("broken pairs filled again", (0.5, 0.9), (0.01, 1.0))),
        "Smithers & Robinson 2004: 13% of teachers leave their school in a year; §3.31", "reading"),
    Row("F10", "For a teacher in it, two evenings a term and a couple of days.", readings.hours_of_people,
        (Number("unpaid partner's teacher", (6.0, 15.0), (3.0, 120.0)), Number("paid teacher", (15.0, 45.0), (5.0, 120.0)),
         Number("coaching of an advanced skills teacher at home", (115.0, 270.0), (50.0, 300.0))),
        "§3.45: two get-togethers each term; §3.21: a fifth of an advanced skills teacher's time", "reading"),
    Row("F11", "In the primary, everybody does it now; here, it is still her department.", readings.staff_who_use_it,
        (Number("primary staff who use it", (0.2, 0.5), (0.02, 0.9)), Number("secondary staff who use it", (0.04, 0.12), (0.005, 0.4)),
         Number("years of use before it is shown elsewhere", (2.0, 5.0), (1.0, 10.0))),
        "§2.41: three years until they felt confident; §4.11: primary schools have no departments", "guess"),
    Row("F12", "You would not see it in the tables for years; they go up and down by themselves.", readings.results_that_jump,
        (Number("secondaries that rise by ten points in a year", (0.05, 0.12), (0.02, 0.25)), Number("a test tells partners apart after one year", (0.0, 0.3), (0.0, 0.6)),
         Number("points a year that supported schools gain, in the third", (0.0, 1.5), (-1.5, 4.0))),
        "TES 1997: 278 of 3,100 schools rose by ten points in a year, many had returned; §4.2", "source"),
)  # fmt: skip
