"""The twin as a Mesa model: a step is a half-term, a method a phase."""

from __future__ import annotations

from collections.abc import Mapping

import mesa

from benchmarks.twin import careers, headship, market, practice, programmes, trust
from benchmarks.twin.brokers import spend_brokers_hours
from benchmarks.twin.draws import Draws, GeneratorDraws, KeyedDraws
from benchmarks.twin.initial import begin
from benchmarks.twin.learning import friends_talk
from benchmarks.twin.objects import Broker, Friendship, Ledger, Practice, Tie
from benchmarks.twin.outcomes import measure
from benchmarks.twin.partnerships import Partnership
from benchmarks.twin.schools import School
from benchmarks.twin.teachers import Teacher
from schoolsim import draws
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.declare import Value
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.populations import SchoolTable

#: The mechanisms the twin mirrors, by word.
CORE = frozenset(
    "realised_practice maturity keeping_up tacitness near_before_far appeal replication adaptation exchange creation "
    "originators_gain trust disclosure prior_ties distance reciprocity confidence badging enterprise engagement "
    "observed_response hours cover funding horizon heads brokers rivalry choice evaluation meta_practice".split()
)

#: The parameters it reads: whole groups, and names of groups it reads in part.
READ = (
    "accept", "adaptation", "careers", "confidence", "cover", "disclosure", "end", "engagement", "horizon", "informal",
    "learning", "mode", "need", "offer", "originator", "pairs", "practice", "refocus", "replication", "result",
    "rivalry", "search", "ties", "time", "travel", "trust",
    "badging.confidence", "badging.gap", "badging.offers", "badging.parents", "badging.scope", "badging.standing_gap",
    "badging.visibility", "broker.familiarity", "broker.forgets", "broker.learns", "broker.looks", "broker.number",
    "broker.skill", "broker.trust", "broker.visit_hours", "broker.visits", "broker.warmth", "creation.allowed",
    "creation.dependence_kept", "creation.effect_base", "creation.effect_kept", "creation.effect_spread",
    "creation.face", "creation.familiarity", "creation.hazard", "creation.mastery", "creation.overhead",
    "creation.ownership", "creation.pace", "creation.say", "creation.share", "creation.tuning", "evidence.mean",
    "exchange.allowed", "exchange.counter_gap", "exchange.face", "exchange.familiarity", "exchange.overhead",
    "exchange.ownership", "exchange.pace", "exchange.returned_hours", "exchange.say", "exchange.share",
    "exchange.tuning", "funding.home_value", "funding.hour", "funding.originator_keeps", "funding.per_partnership",
    "funding.purse", "funding.taper", "funding.years", "guardians.years", "home.agenda", "home.colleagues",
    "home.face", "home.familiarity", "home.focus_kept", "home.hours", "home.ownership", "home.tone_base",
    "leadership.closed", "leadership.communication_mean", "leadership.communication_sd", "leadership.protection_mean",
    "leadership.protection_sd", "leadership.tone_mean", "leadership.tone_sd", "leadership.turnover",
    "market.choice_weight", "market.constraint", "market.distance", "market.observed_weight", "market.poor_distance",
    "market.poor_quality", "market.quality", "market.seats", "meta.creation", "meta.exchange", "programme.imposed",
    "programme.mode", "programme.need", "programme.originators", "programme.partners_each", "programme.select",
    "stakes.level",
)  # fmt: skip

#: Values that take out of a mirrored mechanism the parts the twin leaves out; all else it does not read is at its
#: default, which must do nothing.
NEUTRAL: Mapping[str, Value] = {
    "evidence.weight": 0.0, "scope.weight": 0.0, "overload.weight": 0.0, "timetable.coincide": 1.0,
    "creation.first_hours": 0.0, "department.number": 1, "department.pairing": 0.0, "department.ground": 0.0,
    "leadership.distributed_gate": 0.0, "leadership.distributed_seeking": 0.0, "leadership.distributed_pairs": 0.0,
    "leadership.parochialism": 0.0, "leadership.moves": 0.0, "leadership.carried_ties": 0,
    "leadership.arrival_tie": 0.0, "leadership.tie_lost": 0.0, "hostility.start": 0.0, "hostility.breach": 0.0,
}  # fmt: skip


def core(scenario: Scenario) -> Scenario:
    """The scenario without what the twin does not mirror: its mechanisms off, its parameters at neutral values."""
    others = {
        name: parameter.default
        for name, parameter in REGISTRY.items()
        if name not in READ and name.partition(".")[0] not in READ
    }
    kept = {f"mechanism.{word}": scenario[f"mechanism.{word}"] for word in CORE}
    off = {f"mechanism.{mechanism.word}": False for mechanism in MECHANISMS.values() if mechanism.word not in CORE}
    return scenario.with_(others | dict(NEUTRAL) | kept | off).in_force()


class Twin(mesa.Model):
    """The core model in plain objects; `rows` holds what was measured each half-term."""

    def __init__(
        self, scenario: Scenario, seed: int, table: SchoolTable, *, burn_in_years: int = 0, keyed: bool = True
    ) -> None:
        """Take the compiled model's first state and turn it into objects.

        Args:
            scenario: Values of all parameters; what the twin does not mirror is switched off.
            seed: Of the replication.
            table: Schools.
            burn_in_years: Years before half-term 0.
            keyed: Draw as the compiled model does; else from Mesa's generator.
        """
        super().__init__(seed=seed)
        self.p = core(scenario).record()
        self.draws: Draws = KeyedDraws(seed) if keyed else GeneratorDraws(self.random)
        self.half_term = -6 * burn_in_years
        self.rows: list[dict[str, float]] = []
        self.ledger = Ledger()
        self.practices: list[Practice] = []
        self.schools: list[School] = []
        self.roster: list[list[School]] = []  # schools of each authority, by uid
        self.brokers: list[Broker] = []
        self.friendships: list[Friendship] = []
        self.partnerships: list[Partnership] = []
        self.poor_start = 0.0
        begin(self, self.p, seed, table)

    def step(self) -> None:
        """Run one half-term and measure."""
        if self.half_term == 0:
            self.note_start_of_policy()
        self.ledger = Ledger()
        self.policy()
        self.market()
        self.leadership()
        self.needs()
        self.brokerage()
        self.matching()
        self.joint_work()
        self.classroom()
        self.relations()
        self.outcomes()
        self.careers()
        self.rows.append(measure(self))
        self.half_term += 1

    @property
    def year_begins(self) -> bool:
        """Whether this is the first half-term of a school year."""
        return self.half_term % 6 == 0

    @property
    def year_ends(self) -> bool:
        """Whether this is its last."""
        return self.half_term % 6 == 5

    @property
    def teachers(self) -> mesa.agent.AgentSet:
        """Everybody, as Mesa keeps them."""
        return self.agents_by_type[Teacher]

    def ties(self) -> list[Tie]:
        """Every tie between schools, once."""
        return [tie for school in self.schools for tie in school.ties.values() if tie.a is school]

    def drawn_school(self, authority: int, draw: float) -> School:
        """The school of an authority that a uniform number stands for."""
        schools = self.roster[authority]
        return schools[int(draw * len(schools))]

    def partnership_of(self, school: School, other: School) -> Partnership | None:
        """The partnership of two schools, whichever originates."""
        return next((work for work in self.partnerships if {work.originator, work.partner} == {school, other}), None)

    def note_start_of_policy(self) -> None:
        """Gains are counted from here, and the neediest are those who are last now."""
        for school in self.schools:
            school.progress_start, school.neediest = school.progress, False
        for phase in {school.phase for school in self.schools}:
            ranked = sorted(
                (school for school in self.schools if school.phase == phase),
                key=lambda school: (school.published, school.uid),
            )
            for school in ranked[: max(1, len(ranked) // 3)]:
                school.neediest = True

    # --- the phases, in order ----------------------------------------------------------------------

    def policy(self) -> None:
        """1. Results come to be known; the programme starts at half-term 0, and pays while its money lasts."""
        if self.year_begins:
            for school in self.schools:
                school.known_standing = school.standing
        if self.half_term == 0 and self.p.programme_originators > 0:
            programmes.start_programme(self)
        programmes.pay(self)

    def market(self) -> None:
        """2. Once a year parents choose, and rolls follow."""
        if self.year_begins:
            market.admit_new_year(self)

    def leadership(self) -> None:
        """3. Heads grant hours; once a year those who have served very long are counted."""
        for school in self.schools:
            school.grant_hours()
            if self.year_begins:
                school.count_guardians()

    def needs(self) -> None:
        """4. Schools settle what they need, teachers what they work on at home."""
        if self.year_begins:
            for school in self.schools:
                school.choose_need()
        agenda: dict[School, set[int]] = {school: set() for school in self.schools}
        for work in self.partnerships:
            agenda[work.partner].add(work.focus)
            if work.back is not None:
                agenda[work.originator].add(work.back)
        for school in self.schools:
            school.choose_teachers_focus(agenda[school])

    def brokerage(self) -> None:
        """5. Brokers visit schools, and introduce them to each other."""
        spend_brokers_hours(self)

    def matching(self) -> None:
        """6. Schools ask the school they favour, from the state as found; the order of asking is drawn."""
        asked = {school: school.favoured() for school in self.schools}
        priority = {
            school: self.draws.uniform(draws.PRIORITY, self.half_term, school.uid, 0) for school in self.schools
        }
        for school in sorted(self.schools, key=priority.__getitem__):
            other = asked[school]
            if other is None or school.full or other.full or self.partnership_of(school, other) is not None:
                continue
            if other.agrees_to_help(school):
                tie = school.ties.get(other) or school.tie_to(other, self.p.trust_stranger, 0.0)
                self.partnerships.append(Partnership(self, other, school, tie))

    def joint_work(self) -> None:
        """7. Partnerships spend hours, and people learn; what they learn is settled in the next phase."""
        self.teachers.do("open_half_term")
        for work in self.partnerships:
            work.count_pairs()
        for work in self.partnerships:
            work.work()
        for work in sorted(self.partnerships, key=lambda work: work.uid):
            if work.parents is not None:
                practice.create(work)
        friends_talk(self)

    def classroom(self) -> None:
        """8. Colleagues teach one another, practices are used and watched, pupils are taught."""
        gains = [(teacher, teacher.learn_from_colleague()) for teacher in self.teachers]
        for teacher, gain in gains:
            if gain is not None:
                teacher.gains.append(gain)
        self.teachers.do("settle_learning").do("use_practices").do("watch_pupils").do("teach")
        for school in self.schools:
            school.average_staff()

    def relations(self) -> None:
        """9. Trust, familiarity and confidence move with what happened."""
        for work in self.partnerships:
            if work.hours > 0.0:
                trust.after_joint_work(work)
        trust.settle_ties(self)
        trust.friendships_fade(self)
        self.teachers.do("settle_confidence")

    def outcomes(self) -> None:
        """10. Results are published once a year."""
        if self.year_ends:
            market.publish_results(self)

    def careers(self) -> None:
        """11. Partnerships end or go on; once a year people leave and move."""
        for work in list(self.partnerships):
            work.end_or_go_on()
        if self.year_ends:
            careers.replace_leavers(self)
            careers.swap_movers(self)
            headship.heads_leave(self)
            practice.forget_unused(self)
