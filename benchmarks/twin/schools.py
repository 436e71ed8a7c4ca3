"""Schools: their hours, needs and ties, whom they ask and whom they agree to work with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa
from schoolsim.rules.words import NEITHER, SECONDARY

from benchmarks.twin.objects import Practice, Tie
from benchmarks.twin.rules import identity, practice, search, time_money, trust, unit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.teachers import Teacher

KM_A_MILE = 1.609344


class School(mesa.Agent):
    """One school; what it starts with is given by `beginning.begin`."""

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
    seen: float  # standing as it was known when the year began
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
        self.needy = self.originated = False
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
        return identity.status_gap(self.badge, other.badge, self.seen, other.seen, self.model.p)

    def first_impression(self, other: School) -> tuple[float, float]:
        """Trust in and familiarity with a school there is no tie with."""
        return self.model.p.trust_stranger * (1.0 - 0.5 * self.rivalry_with(other)), 0.0

    @property
    def full(self) -> bool:
        """Whether it carries as many partnerships as it can."""
        p = self.model.p
        return self.commitments >= (p.search_most_secondary if self.phase == SECONDARY else p.search_most_primary)

    def tie_to(self, other: School, level: float, familiarity: float) -> Tie:
        """Make a tie; where unused trust settles is drawn for the two once and for all."""
        p, chance = self.model.p, self.model.chance
        a, b = (self, other) if self.uid < other.uid else (other, self)
        luck = chance.normal(draws.TIE_LEVELS, 0, chance.pair(a.uid, b.uid), 9)
        rest = unit(p.trust_rest + p.trust_rest_sd * luck)
        made = Tie(a, b, {a: level, b: level}, rest, familiarity, a.rivalry_with(b), a.miles_to(b))
        self.ties[other] = other.ties[self] = made
        return made

    # --- leadership --------------------------------------------------------------------------------

    def grant_hours(self) -> None:
        """Grant the hours that money and tone allow."""
        p = self.model.p
        self.hours = time_money.formal_hours(time_money.slack(self.roll, self.capacity, p), self.tone, p)
        self.home_hours = 0.0

    def count_guardians(self) -> None:
        """Share of staff who have served very long."""
        self.guardians = sum(one.years >= self.model.p.guardians_years for one in self.staff) / len(self.staff)

    def new_head(self) -> None:
        """Somebody else takes the headship."""
        p, chance, step = self.model.p, self.model.chance, self.model.half_term
        luck = [chance.normal(draws.HEAD, step, self.uid, attempt) for attempt in range(3)]
        self.tone = unit(p.leadership_tone_mean + p.leadership_tone_sd * luck[0])
        self.protection = unit(p.leadership_protection_mean + p.leadership_protection_sd * luck[1])
        self.communication = unit(p.leadership_communication_mean + p.leadership_communication_sd * luck[2])
        self.closed = chance.uniform(draws.HEAD, step, self.uid, 3) < p.leadership_closed

    # --- needs -------------------------------------------------------------------------------------

    def choose_need(self) -> None:
        """Settle on the practice it would most like to be better at."""
        chance, best = self.model.chance, -1.0
        self.need = None
        for what in self.model.practices:
            if what.alive:
                one = what.number
                wanted = search.wish(what.appeal, self.mastery[one], what.dependence, self.unfamiliar[one])
                luck = chance.uniform(draws.NEED, self.model.half_term, self.uid, one)
                wanted += self.model.p.need_noise * luck
                if wanted > best:
                    best, self.need = wanted, one

    def choose_teachers_focus(self, agenda: set[int]) -> None:
        """Weigh practices by tradition, and by what is on the school's agenda with others."""
        told = self.model.p.home_agenda * self.communication
        weights = [
            what.appeal * (self.mastery[what.number] + told * (what.number in agenda)) if what.alive else 0.0
            for what in self.model.practices
        ]
        for teacher in self.staff:
            teacher.choose_focus(weights)

    # --- matching ----------------------------------------------------------------------------------

    def whom_to_ask(self) -> School | None:
        """Whom to ask for help this half-term, if anybody."""
        p, chance, step = self.model.p, self.model.chance, self.model.half_term
        if self.need is None or self.full:
            return None
        rate = p.search_rate * self.tone * (1.0 - self.mastery[self.need])
        if chance.uniform(draws.SEEK, step, self.uid, 0) >= rate or self.shuts_the_gate():
            return None
        known = list(self.ties)
        for attempt in range(p.search_strangers):
            if chance.uniform(draws.STRANGERS, step, self.uid, 2 * attempt) < 2.0 * self.confidence:
                draw = chance.uniform(draws.STRANGERS, step, self.uid, 2 * attempt + 1)
                other = self.model.drawn_school(self.authority, draw)
                if other is not self and other not in self.ties:
                    known.append(other)
        return max(known, key=self.liking_for, default=None)

    def shuts_the_gate(self) -> bool:
        """Whether a closed head stops an approach or a search."""
        self.model.ledger.counts["blocked"] += self.closed
        return self.closed

    def liking_for(self, other: School) -> float:
        """Utility of asking another school."""
        p, chance, tie = self.model.p, self.model.chance, self.ties.get(other)
        level, familiarity = (tie.trust[self], tie.familiarity) if tie else self.first_impression(other)
        quality = search.seems(other.mastery[self.need], familiarity, other.seen, other.badge, p)
        liking = search.liking(quality, level, familiarity, self.rivalry_with(other), self.miles_to(other), p)
        key = chance.pair(self.uid, other.uid)
        return liking + p.search_noise * chance.normal(draws.CHOICE_NOISE, self.model.half_term, key, 0)

    def agrees_to_help(self, asker: School) -> bool:
        """Whether it says yes: gate, confidence to share, and how it likes the asker."""
        p, chance, tie = self.model.p, self.model.chance, self.ties.get(asker)
        if self.shuts_the_gate():
            return False
        level, familiarity = (tie.mean_trust, tie.familiarity) if tie else self.first_impression(asker)
        miles, rival = self.miles_to(asker), self.rivalry_with(asker)
        likely = search.welcome(level, familiarity, rival, miles, 0.0, 0.0, p)
        likely *= identity.offers(self.confidence, self.badge, p)
        return chance.uniform(draws.ACCEPT, self.model.half_term, chance.pair(asker.uid, self.uid), 0) < likely

    # --- classroom ---------------------------------------------------------------------------------

    def take_stock(self) -> None:
        """What teaching gives, and what staff hold on average."""
        number = len(self.staff)
        self.progress = sum(teacher.effect for teacher in self.staff) / number
        self.confidence = sum(teacher.confidence for teacher in self.staff) / number
        self.transfer = sum(teacher.transfer for teacher in self.staff) / number
        self.mastery = [0.0] * len(self.model.practices)
        for teacher in self.staff:
            for one, hold in teacher.holds.items():
                self.mastery[one] += hold.mastery / number

    def hears_of(self, what: Practice) -> None:
        """Learn how foreign a practice's home is."""
        self.unfamiliar[what.number] = practice.unfamiliarity(math.dist(what.home, self.context))
