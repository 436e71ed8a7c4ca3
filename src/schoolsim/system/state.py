"""The state of a run: columns, one per attribute, grouped by whom they belong to.

A group is one NumPy structured array: `schools["roll"]` (in compiled code `schools.roll`) is a column, and one
argument carries the whole group into a compiled loop. What has a cell for every teacher or school and practice
is a two-dimensional array of its own.

Rows: a school keeps its row for the whole run; a teacher's row is a post, in which people follow one another,
and the posts of one school lie side by side (`schools.first`). `uid` is the stable identity by which draws are
keyed; a row number never is. Ties and partnerships are tables with free slots (`alive`).
"""

from __future__ import annotations

from typing import NamedTuple

from schoolsim.system.columns import Columns, Levels, Reals, Wholes
from schoolsim.system.columns import Parameters as Parameters
from schoolsim.system.columns import columns as columns
from schoolsim.system.columns import parameter_array as parameter_array
from schoolsim.system.network_columns import MEMBERS as MEMBERS
from schoolsim.system.network_columns import REMEMBERED as REMEMBERED
from schoolsim.system.network_columns import Introductions, Networks
from schoolsim.system.school_columns import Practices as Practices
from schoolsim.system.school_columns import Schools as Schools
from schoolsim.system.school_columns import Teachers as Teachers

PAIRS = 16  # teacher pairs at most in one partnership
NEAREST = 10  # schools a family can choose among


class Ties(Columns):
    """Between schools' heads and staff as a whole: `a` and `b` are rows, `a` of the lower uid."""

    alive: Wholes
    free: Wholes  # of row 0: all slots before this one are in use
    a: Wholes
    b: Wholes
    partnership: Wholes  # slot of the last one begun on it
    trust_ab: Reals  # of a in b
    trust_ba: Reals
    rest: Reals  # level an unused tie settles at
    familiarity: Reals
    balance: Reals  # hours a has given b beyond what b gave a
    rivalry: Reals
    miles: Reals
    worked: Reals  # hours this half-term
    hostile: Wholes  # fallen out for good
    next_a: Wholes  # adjacency lists, rebuilt each half-term
    next_b: Wholes


class TeacherTies(Columns):
    """Between two people in different schools."""

    alive: Wholes
    free: Wholes  # of row 0, as of ties
    a: Wholes
    b: Wholes
    trust: Reals
    familiarity: Reals


class Partnerships(Columns):
    """Two schools at joint work."""

    shapes = dict.fromkeys(("giver", "giver_uid", "learner", "learner_uid"), PAIRS)
    alive: Wholes
    free: Wholes  # of row 0, as of ties
    uid: Wholes
    originator: Wholes
    partner: Wholes
    tie: Wholes
    mode: Wholes
    focus: Wholes
    back: Wholes  # practice offered in return, or -1
    own_need: Wholes  # the focus is the need the partner has
    began: Wholes
    due: Wholes  # half-term in which the task ends
    refocused: Wholes
    imposed: Wholes
    programme: Wholes
    network: Wholes  # it is a strand of: its row plus one, 0 for none
    collegial: Wholes
    pounds: Reals  # granted this half-term
    demand: Reals  # hours a pair would use
    given: Reals  # originator's hours so far
    returned: Reals
    hours: Reals  # a pair, this half-term
    gain: Reals  # partner's mean mastery gain, this half-term
    engagement: Reals
    worked: Wholes  # pairs that met
    contact: Wholes  # level: 0 teachers, 1 middle leaders, 2 heads
    follow: Reals  # hours of follow-up planned, a pair and half-term
    following: Wholes  # the task is done, follow-up goes on
    wanted: Reals  # hours a pair would use this half-term
    journeys: Reals  # relative to those of its mode
    training: Reals  # hours each giver is trained this half-term
    reach: Reals  # share of the contact that gets to those who would change
    giver: Wholes  # (partnership, pair) row
    giver_uid: Wholes
    learner: Wholes
    learner_uid: Wholes
    courted: Wholes  # half-terms it takes to get together
    phase: Wholes  # courtship, planning, early use, settled
    foreboding: Reals  # share of the grant that will stop within a year
    prize: Reals  # grants won with this year's bid
    learnt: Reals  # mastery gained by a learner since it began, sum of half-terms' means
    value_began: Reals  # partner's value added as it was measured at the beginning


class Brokers(Columns):
    """Who bring schools together in an authority."""

    uid: Wholes
    authority: Wholes
    visits: Reals  # each half-term
    skill: Reals
    introduced: Wholes  # pairs brought together so far
    hours: Reals  # to spend this half-term
    spent: Reals
    untold: Wholes  # visits at which the need was kept from them, so far


class Market(NamedTuple):
    """Zones (one around each school) and the schools their families choose among."""

    choices: Wholes  # (zone, NEAREST) rows, -1 where there is none
    miles: Reals  # (zone, NEAREST)
    cohort: Reals  # (zone, group) pupils who start school each year; group 0 better off, 1 on free meals
    constant: Reals  # (school, group) fitted so that the observed rolls are reproduced
    first_poor: Reals  # (1,) share of pupils on free meals as the run begins


class Events(NamedTuple):
    """Learning of one joint-work phase, computed from the state as found and settled together."""

    count: Wholes  # (1,)
    teacher: Wholes
    practice: Wholes
    mastery: Reals
    tuning: Reals
    ownership: Reals


class Knowledge(NamedTuple):
    """How each teacher holds each practice: arrays (teacher, practice), each level 0..1."""

    mastery: Levels
    tuning: Levels
    ownership: Levels


class Repertoires(NamedTuple):
    """What each school's staff hold on average, and how foreign its context is: arrays (school, practice), 0..1."""

    mastery: Levels
    distance: Levels


class Roster(NamedTuple):
    """Rows of schools in order of authority and uid: a drawn place means a school, whatever its row."""

    order: Wholes
    first: Wholes  # first place of each authority; one entry more than authorities


class Ledger(NamedTuple):
    """Hours and pounds of the half-term, by use (rows are named in `outcomes.ledger`)."""

    hours: Reals
    pounds: Reals
    counts: Reals  # of events: transfers, partnerships begun and ended, practices created ...


class State(NamedTuple):
    """Everything a phase may read or write."""

    practices: Practices
    schools: Schools
    repertoires: Repertoires
    roster: Roster
    teachers: Teachers
    knowledge: Knowledge
    ties: Ties
    adjacency: Wholes  # first tie of each school
    friends: TeacherTies
    partnerships: Partnerships
    brokers: Brokers
    broker_knows: Reals  # (broker, school) 0..1, what it is good at
    broker_relations: Reals  # (broker, school) 0..1, whom it trusts
    introductions: Introductions
    networks: Networks
    market: Market
    events: Events
    ledger: Ledger


class Clock(NamedTuple):
    """Where in time a phase runs; half-term 0 is when the policy begins."""

    seed: int
    half_term: int

    @property
    def year_begins(self) -> bool:
        """Whether this half-term is the first of a school year."""
        return self.half_term % 6 == 0
