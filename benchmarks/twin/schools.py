"""Schools: their hours, needs and ties, the schools they ask and those they agree to work with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from benchmarks.twin.headship import gate_blocks
from benchmarks.twin.objects import Practice, Tie
from benchmarks.twin.rules import identity, partnerships, practice, time_money, trust, unit
from schoolsim import draws
from schoolsim.rules.codes import NEITHER, SECONDARY

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.teachers import Teacher

KM_A_MILE = 1.609344


class School(mesa.Agent):
    """One school; what it starts with is given by `initial.begin`."""

    model: Twin
    uid: int
    phase: int
    authority: int
    east: float
    north: float
    roll: float
    poor: float
    capacity: float
    context: list[float]
    intake: float
    value: float
    value_start: float
    published: float
    standing: float
    known_standing: float  # as it was when the year began
    progress: float
    progress_start: float
    tone: float
    protection: float
    communication: float
    closed: bool
    confidence: float
    transfer: float
    cohort: list[float]  # pupils of its zone who start school each year: better off, poor
    constant: list[float]  # of parents' choice: better off, poor
    choices: list[tuple[School, float]]  # schools its zone's families choose among, and miles

    def __init__(self, model: Twin) -> None:
        """Begin with nobody in it, and in nothing."""
        super().__init__(model)
        self.staff: list[Teacher] = []
        self.ties: dict[School, Tie] = {}
        self.badge, self.hours, self.home_hours = 0.0, 0.0, 0.0
        self.role, self.commitments = NEITHER, 0
        self.guardians = 0.0
        self.neediest = self.originated = False
        self.need: int | None = None
        self.mastery: list[float] = []  # staff mean of each practice
        self.unfamiliar: list[float] = []  # how foreign each practice's home is

    # --- what two schools are to each other --------------------------------------------------------

    def miles_to(self, other: School) -> float:
        """Straight miles."""
        return math.hypot(self.east - other.east, self.north - other.north) / KM_A_MILE

    def rivalry_with(self, other: School) -> float:
        """How far the two are rivals."""
        p = self.model.p
        return trust.rivalry(p.market_choice_weight, self.miles_to(other), self.phase, other.phase, p)

    def difference_from(self, other: School) -> float:
        """How foreign the two contexts are to each other."""
        return practice.unfamiliarity(math.dist(self.context, other.context))

    def status_gap_below(self, other: School) -> float:
        """The status gap this school feels."""
        return identity.status_gap(self.badge, other.badge, self.known_standing, other.known_standing, self.model.p)

    def strangers_trust(self, other: School) -> float:
        """Trust in a school there is no tie with."""
        return self.model.p.trust_stranger * (1.0 - 0.5 * self.rivalry_with(other))

    @property
    def full(self) -> bool:
        """Whether it carries as many partnerships as it can."""
        p = self.model.p
        return self.commitments >= (p.search_most_secondary if self.phase == SECONDARY else p.search_most_primary)

    def tie_to(self, other: School, level: float, familiarity: float) -> Tie:
        """Make a tie; where unused trust settles is drawn for the two once and for all."""
        p, source = self.model.p, self.model.draws
        a, b = (self, other) if self.uid < other.uid else (other, self)
        luck = source.normal(draws.TIE_LEVELS, 0, source.pair(a.uid, b.uid), 9)
        rest = unit(p.trust_rest + p.trust_rest_sd * luck)
        tie = Tie(a, b, {a: level, b: level}, rest, familiarity, a.rivalry_with(b), a.miles_to(b))
        self.ties[other] = other.ties[self] = tie
        return tie

    # --- hours and staff ---------------------------------------------------------------------------

    def grant_hours(self) -> None:
        """Grant the hours that money and tone allow."""
        p = self.model.p
        self.hours = time_money.formal_hours(time_money.slack(self.roll, self.capacity, p), self.tone, p)
        self.home_hours = 0.0

    def count_guardians(self) -> None:
        """Share of staff who have served very long."""
        years = self.model.p.guardians_years
        self.guardians = sum(teacher.years >= years for teacher in self.staff) / len(self.staff)

    # --- needs -------------------------------------------------------------------------------------

    def choose_need(self) -> None:
        """Settle on the practice it would most like to be better at."""
        source, best = self.model.draws, -1.0
        self.need = None
        for each in self.model.practices:
            if each.alive:
                number = each.number
                wish = practice.wish_for_practice(
                    each.appeal, self.mastery[number], each.dependence, self.unfamiliar[number]
                )
                luck = source.uniform(draws.NEED, self.model.half_term, self.uid, number)
                wish += self.model.p.need_noise * luck
                if wish > best:
                    best, self.need = wish, number

    def choose_teachers_focus(self, agenda: set[int]) -> None:
        """Weigh practices by tradition, and by what is on the school's agenda with others."""
        communicated = self.model.p.home_agenda * self.communication
        weights = [
            each.appeal * (self.mastery[each.number] + communicated * (each.number in agenda)) if each.alive else 0.0
            for each in self.model.practices
        ]
        for teacher in self.staff:
            teacher.choose_focus(weights)

    # --- matching ----------------------------------------------------------------------------------

    def favoured(self) -> School | None:
        """The school to ask for help this half-term, if any."""
        p, source, step = self.model.p, self.model.draws, self.model.half_term
        if self.need is None or self.full:
            return None
        rate = p.search_rate * self.tone * (1.0 - self.mastery[self.need])
        if source.uniform(draws.SEEK, step, self.uid, 0) >= rate or gate_blocks(self):
            return None
        known = list(self.ties)
        for attempt in range(p.search_strangers):
            if source.uniform(draws.STRANGERS, step, self.uid, 2 * attempt) < 2.0 * self.confidence:
                draw = source.uniform(draws.STRANGERS, step, self.uid, 2 * attempt + 1)
                other = self.model.drawn_school(self.authority, draw)
                if other is not self and other not in self.ties:
                    known.append(other)
        return max(known, key=self.utility_of, default=None)

    def utility_of(self, other: School) -> float:
        """Utility of asking another school."""
        p, source, tie = self.model.p, self.model.draws, self.ties.get(other)
        level, familiarity = (tie.trust[self], tie.familiarity) if tie else (self.strangers_trust(other), 0.0)
        quality = partnerships.perceived_quality(
            other.mastery[self.need], familiarity, other.known_standing, other.badge, p
        )
        utility = partnerships.partner_utility(
            quality, level, familiarity, self.rivalry_with(other), self.miles_to(other), p
        )
        key = source.pair(self.uid, other.uid)
        return utility + p.search_noise * source.normal(draws.CHOICE_NOISE, self.model.half_term, key, 0)

    def agrees_to_help(self, asker: School) -> bool:
        """Whether it says yes: gate, confidence to share, and how it likes the asker."""
        p, source, tie = self.model.p, self.model.draws, self.ties.get(asker)
        if gate_blocks(self):
            return False
        level, familiarity = (tie.mean_trust, tie.familiarity) if tie else (self.strangers_trust(asker), 0.0)
        miles, rival = self.miles_to(asker), self.rivalry_with(asker)
        chance = partnerships.acceptance_chance(level, familiarity, rival, miles, 0.0, 0.0, p)
        chance *= identity.offer_chance(self.confidence, self.badge, p)
        return source.uniform(draws.ACCEPT, self.model.half_term, source.pair(asker.uid, self.uid), 0) < chance

    # --- classroom ---------------------------------------------------------------------------------

    def average_staff(self) -> None:
        """What teaching gives, and what staff hold on average."""
        number = len(self.staff)
        self.progress = sum(teacher.effect for teacher in self.staff) / number
        self.confidence = sum(teacher.confidence for teacher in self.staff) / number
        self.transfer = sum(teacher.transfer for teacher in self.staff) / number
        self.mastery = [0.0] * len(self.model.practices)
        for teacher in self.staff:
            for held, holding in teacher.holdings.items():
                self.mastery[held] += holding.mastery / number

    def note_distance_to(self, new: Practice) -> None:
        """Note how foreign a new practice's home is."""
        self.unfamiliar[new.number] = practice.unfamiliarity(math.dist(new.home, self.context))
