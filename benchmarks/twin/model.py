"""The twin as a Mesa model: a step is a half-term, a method a phase."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import mesa
import numpy as np

from benchmarks.twin import careers, families, programme
from benchmarks.twin import relations as relating
from benchmarks.twin.beginning import begin
from benchmarks.twin.chance import Chance, Keyed, Unkeyed
from benchmarks.twin.creating import create
from benchmarks.twin.lessons import friends_talk
from benchmarks.twin.measuring import measure
from benchmarks.twin.objects import Broker, Friendship, Ledger, Practice, Tie
from benchmarks.twin.partnerships import Partnership
from benchmarks.twin.results import measure_standing, publish
from benchmarks.twin.rules import brokering, search
from benchmarks.twin.schools import School
from benchmarks.twin.teachers import Teacher
from schoolsim import draws
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.catalog import modes, people, practice, relations, system
from schoolsim.parameters.declare import Value
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.populations import SchoolTable

#: The mechanisms the twin mirrors, by word.
CORE = frozenset(
    "realised_practice maturity keeping_up tacitness near_before_far appeal replication adaptation exchange creation "
    "originators_gain trust disclosure prior_ties distance reciprocity confidence badging enterprise engagement "
    "observed_response hours cover funding horizon heads brokers rivalry choice evaluation meta_practice".split()
)

OPENLY = 1.0  # how freely schools speak to brokers, who judge nobody here

#: The subjects of the catalogue whose parameters it reads, and the words of others that it reads too.
SUBJECTS = (modes, people, practice, relations, system)
READ_TOO = (
    "horizon.", "funding.taper", "broker.skill", "broker.learns", "broker.forgets", "broker.visit_hours",
    "evidence.mean", "guardians.years",
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
    read = {parameter.name for subject in SUBJECTS for parameter in subject.PARAMETERS}
    read |= {name for name in REGISTRY if name.startswith(READ_TOO)}
    others = {name: parameter.default for name, parameter in REGISTRY.items() if name not in read}
    kept = {f"mechanism.{word}": scenario[f"mechanism.{word}"] for word in CORE}
    off = {f"mechanism.{one.word}": False for one in MECHANISMS.values() if one.word not in CORE}
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
        record = core(scenario).record()
        self.p = SimpleNamespace(**dict(zip(record.dtype.names, record.tolist(), strict=True)))
        self.chance: Chance = Keyed(seed) if keyed else Unkeyed(self.random)
        self.half_term = -6 * burn_in_years
        self.rows: list[dict[str, float]] = []
        self.ledger = Ledger()
        self.practices: list[Practice] = []
        self.schools: list[School] = []
        self.roster: list[list[School]] = []  # schools of each authority, by uid
        self.brokers: list[Broker] = []
        self.friendships: list[Friendship] = []
        self.partnerships: list[Partnership] = []
        self.first_poor = 0.0
        begin(self, record, seed, table)

    def step(self) -> None:
        """Run one half-term and measure."""
        if self.half_term == 0:
            self.remember_where_schools_stand()
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

    def remember_where_schools_stand(self) -> None:
        """Gains are counted from here, and the needy are those who are last now."""
        for school in self.schools:
            school.progress_start, school.needy = school.progress, False
        for phase in {school.phase for school in self.schools}:
            ranked = sorted(
                (school for school in self.schools if school.phase == phase),
                key=lambda school: (school.published, school.uid),
            )
            for school in ranked[: max(1, len(ranked) // 3)]:
                school.needy = True

    # --- the phases, in order ----------------------------------------------------------------------

    def policy(self) -> None:
        """1. Results come to be known; the programme starts at half-term 0, and pays while its money lasts."""
        if self.year_begins:
            for school in self.schools:
                school.seen = school.standing
        if self.half_term == 0 and self.p.programme_originators > 0:
            programme.start(self)
        programme.grant(self)

    def market(self) -> None:
        """2. Once a year parents choose, and rolls follow."""
        if self.year_begins:
            families.new_year(self)

    def leadership(self) -> None:
        """3. Heads grant hours; once a year it is told who has served long."""
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
        """5. Brokers visit schools, learn what they are good at, and introduce those that could help each other."""
        for broker in self.brokers:
            for visit in range(broker.visits):
                draw = self.chance.uniform(draws.VISIT, self.half_term, broker.uid, visit)
                visited = self.drawn_school(broker.authority, draw)
                known = broker.knows.get(visited, 0.0)
                broker.knows[visited] = brokering.found_out(known, broker.skill, OPENLY, self.p)
                other = self.best_match(broker, visit, visited)
                if other is not None:
                    self.introduce(broker, visited, other)
            for use in ("granted", "brokerage"):
                self.ledger.hours[use] += broker.visits * self.p.broker_visit_hours
            broker.knows = {school: known * (1.0 - self.p.broker_forgets) for school, known in broker.knows.items()}

    def best_match(self, broker: Broker, visit: int, visited: School) -> School | None:
        """Of the schools a broker thinks of, the one that seems furthest ahead in what is needed, and is no rival."""
        best, found, need = 0.0, None, visited.need
        for look in range(self.p.broker_looks):
            draw = self.chance.uniform(draws.INTRODUCE, self.half_term, broker.uid, visit * 1000 + look)
            other = self.drawn_school(visited.authority, draw)
            if other is not visited and need is not None:
                known = broker.knows.get(other, 0.0)
                good = search.seems(other.mastery[need], known, other.standing, other.badge, self.p)
                ahead = good - visited.mastery[need] - 0.5 * visited.rivalry_with(other)
                if ahead > best:
                    best, found = ahead, other
        return found

    def introduce(self, broker: Broker, one: School, two: School) -> None:
        """Two schools meet through a broker."""
        self.ledger.counts["introduced"] += 1
        tie = one.ties.get(two)
        if tie is None:
            level = brokering.first_trust(broker.skill, OPENLY, 0.0, self.p)
            one.tie_to(two, level, self.p.broker_familiarity)
        else:
            for school in (one, two):
                warmth = 0.1 * broker.skill * OPENLY * self.p.trust_change
                tie.trust[school] += warmth * (1.0 - tie.trust[school])

    def matching(self) -> None:
        """6. Schools ask whom they favour, from the state as found; who asked first is drawn."""
        asked = {school: school.whom_to_ask() for school in self.schools}
        priority = {
            school: self.chance.uniform(draws.PRIORITY, self.half_term, school.uid, 0) for school in self.schools
        }
        for school in sorted(self.schools, key=priority.__getitem__):
            other = asked[school]
            if other is None or school.full or other.full or self.work_of(school, other) is not None:
                continue
            if other.agrees_to_help(school):
                tie = school.ties.get(other) or school.tie_to(other, self.p.trust_stranger, 0.0)
                self.partnerships.append(Partnership(self, other, school, tie))

    def work_of(self, one: School, two: School) -> Partnership | None:
        """The partnership of two schools, whichever originates."""
        return next((work for work in self.partnerships if {work.originator, work.partner} == {one, two}), None)

    def joint_work(self) -> None:
        """7. Partnerships spend hours, and people learn; what they learn is settled in the next phase."""
        self.teachers.do("open_half_term")
        for work in self.partnerships:
            work.count_pairs()
        for work in self.partnerships:
            work.work()
        for work in sorted(self.partnerships, key=lambda work: work.uid):
            if work.parents is not None:
                create(work)
        friends_talk(self)

    def classroom(self) -> None:
        """8. Colleagues teach one another, practices are used and watched, pupils are taught."""
        learnt = [(teacher, teacher.learn_from_a_colleague()) for teacher in self.teachers]
        for teacher, lesson in learnt:
            if lesson is not None:
                teacher.lessons.append(lesson)
        self.teachers.do("settle").do("use").do("watch_pupils").do("teach")
        for school in self.schools:
            school.take_stock()

    def relations(self) -> None:
        """9. Trust, familiarity and confidence move with what happened."""
        for work in self.partnerships:
            if work.hours > 0.0:
                relating.after_joint_work(work)
        relating.tend_ties(self)
        relating.friends_drift(self)
        self.teachers.do("settle_confidence")

    def outcomes(self) -> None:
        """10. Results are published once a year."""
        if self.year_ends:
            publish(self)
            measure_standing(self)

    def careers(self) -> None:
        """11. Partnerships end or go on; once a year people leave and move."""
        for work in list(self.partnerships):
            careers.end_or_go_on(work)
        if self.year_ends:
            careers.leave(self)
            careers.move(self)
            careers.new_heads(self)
            careers.forget_unused(self)

    def series(self) -> np.ndarray:
        """What was measured: (half-term, outcome), in the order of `OUTCOMES`."""
        return np.array([list(row.values()) for row in self.rows])
