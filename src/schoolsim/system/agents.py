"""Schools, teachers and brokers as Mesa agents: each a view of one row of the columns."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations import PHASES
from schoolsim.system.state import REMEMBERED

if TYPE_CHECKING:
    from schoolsim.system.school_system import SchoolSystem


#: What an agent holds itself; all else is in the columns of its model.
_OWN = frozenset({"model", "row", "unique_id", "pos"})


class Column:
    """A property that reads and writes one cell of a column of the agent's group."""

    def __init__(self, name: str, meaning: str, *, follows: str = "") -> None:
        """Take the column's name, what it means, and, of what each half-term works out anew, what it follows from."""
        self._name, self._follows = name, follows
        self.__doc__ = meaning

    def __get__(self, agent: Row | None, kind: type[Row]) -> Any:
        """The cell, as a plain Python number."""
        if agent is None:
            return self
        return getattr(agent._columns(), self._name)[agent.row].item()

    def __set__(self, agent: Row, value: float) -> None:
        """Write the cell; the next half-term goes by it.

        Raises:
            AttributeError: It would not: the half-term works the value out anew.
        """
        if self._follows:
            raise AttributeError(
                f"{type(agent).__name__}.{self._name} cannot be set: each half-term works it out anew, {self._follows}."
            )
        getattr(agent._columns(), self._name)[agent.row] = value


class Row(mesa.Agent):
    """A view of one row; two views of one row are equal.

    `mesa.Agent.__init__` is not called: it keeps a reference to every model for the life of the process.
    """

    model: SchoolSystem
    _group = ""
    _numbers = count(1)

    def __init__(self, model: SchoolSystem, row: int) -> None:
        """View `row` of the model's columns."""
        self.model = model
        self.row = row
        self.unique_id = next(self._numbers)
        self.pos = None
        model.register_agent(self)

    def _columns(self) -> Any:
        return getattr(self.model.simulation.state, self._group)

    def __setattr__(self, name: str, value: object) -> None:
        """Set what there is; what is misspelt would be set and do nothing.

        Raises:
            AttributeError: An agent has no such attribute, or it cannot be set.
        """
        if not name.startswith("_") and name not in _OWN and not hasattr(type(self), name):
            known = [word for word in dir(type(self)) if not word.startswith("_")]
            raise AttributeError(f'{type(self).__name__} has no attribute "{name}".{did_you_mean(name, known)}')
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        """Whether the other views the same row of the same model."""
        return type(other) is type(self) and other.row == self.row and other.model is self.model

    def __hash__(self) -> int:
        """Of the kind and row."""
        return hash((type(self).__name__, self.row))

    def __repr__(self) -> str:
        """Kind and row."""
        return f"<{type(self).__name__} {self.row}>"


class School(Row):
    """A school."""

    _group = "schools"
    uid = Column("uid", "Stable number: its URN.")
    roll = Column("roll", "Pupils.")
    capacity = Column("capacity", "Places.")
    published = Column("published", "Published result, percentage points.")
    standing = Column("standing", "Published result, standardised within phase.")
    progress = Column(
        "progress", "What teaching adds, pupil standard deviations.", follows="from what its teachers hold and do"
    )
    badge = Column("badge", "1 if it wears a badge, else 0.", follows="by badging.scope and the levers beside it")
    role = Column("role", "In the programme: 0 neither, 1 originator, 2 partner.")
    tone = Column("tone", "Head's tone toward learning from others, 0..1.")
    protection = Column("protection", "Head's protection of those who try and fail, 0..1.")
    closed = Column("closed", "1 if the head keeps the gate shut, else 0.")
    confidence = Column("confidence", "Mean confidence of staff, 0..1.")
    hours = Column(
        "hours", "Each teacher's hours for work with other schools this half-term.",
        follows="from its roll, its capacity and its head",
    )  # fmt: skip
    need = Column("need", "Practice it would most like to be better at.")
    renown = Column(
        "renown", "How well others can find out what it is good at, 0..1.",
        follows="from its brokers and its advanced skills teachers",
    )  # fmt: skip
    internal_knows = Column("internal_knowledge", "What its internal broker knows of who is good at what, 0..1.")

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.model.simulation.table.name[self.row])

    @property
    def phase(self) -> str:
        """Primary, secondary or special."""
        return PHASES[int(self._columns().phase[self.row])]

    @property
    def disadvantage(self) -> float:
        """Share of pupils on free school meals."""
        columns = self._columns()
        return float(columns.poor[self.row] / columns.roll[self.row])

    @property
    def teachers(self) -> list[Teacher]:
        """Its staff."""
        columns = self._columns()
        return self.model.teachers[int(columns.first[self.row]) : int(columns.past[self.row])]

    @property
    def partners(self) -> list[School]:
        """Schools it works with now."""
        table = self.model.simulation.state.partnerships
        alive = table.alive == 1
        rows = [
            *table.partner[alive & (table.originator == self.row)],
            *table.originator[alive & (table.partner == self.row)],
        ]
        return [self.model.schools[row] for row in sorted({int(row) for row in rows})]

    @property
    def network(self) -> list[School]:
        """The schools of the networks it is a member of, itself included; none where it is in none."""
        networks = self.model.simulation.state.networks
        held = (np.arange(networks.member.shape[1]) < networks.members[:, None]) & (networks.alive[:, None] == 1)
        mine = held & ((networks.member == self.row) & held).any(axis=1)[:, None]
        return [self.model.schools[row] for row in np.unique(networks.member[mine]).tolist()]

    def hostile_to(self, other: School) -> bool:
        """Whether the two have fallen out for good."""
        ties = self.model.simulation.state.ties
        ends = {self.row, other.row}
        hostile = (ties.alive == 1) & (ties.hostile == 1)
        return any({int(a), int(b)} == ends for a, b in zip(ties.a[hostile], ties.b[hostile], strict=True))

    def trust_in(self, other: School) -> float | None:
        """Trust it has in another school, or None where there is no tie."""
        ties = self.model.simulation.state.ties
        for mine, theirs, trust in (("a", "b", "trust_ab"), ("b", "a", "trust_ba")):
            found = (ties.alive == 1) & (getattr(ties, mine) == self.row) & (getattr(ties, theirs) == other.row)
            if found.any():
                return float(getattr(ties, trust)[found][0])
        return None


class Teacher(Row):
    """A post and the person in it; `uid` changes when the person does."""

    _group = "teachers"
    uid = Column("uid", "Stable number of the person.")
    confidence = Column("confidence", "Confidence that one has something to share, 0..1.")
    enterprise = Column("enterprise", "Self-effacing 0 .. entrepreneurial 1.")
    transfer = Column("transfer", "Skill in passing practice on, 0..1.")
    learning = Column("learning", "Meta-practice: how fast they learn from any episode, 0..1.")
    values = Column("values", "Technical 0 .. values-laden 1.")
    years = Column("years", "Years in post.")
    effect = Column(
        "effect", "On pupils this half-term, pupil standard deviations.", follows="from what they hold, and how well"
    )
    focus = Column("focus", "Practice worked on at home, or -1.")

    @property
    def school(self) -> School:
        """Where the post is."""
        return self.model.schools[int(self._columns().school[self.row])]

    @property
    def mastery(self) -> np.ndarray:
        """Mastery of each practice, 0..1: a view, so that writing to it changes the model."""
        view: np.ndarray = self.model.simulation.state.knowledge.mastery[self.row]
        return view

    @property
    def tuning(self) -> np.ndarray:
        """Tuning of each practice to the own context, 0..1; a view."""
        view: np.ndarray = self.model.simulation.state.knowledge.tuning[self.row]
        return view

    @property
    def ownership(self) -> np.ndarray:
        """Ownership of each practice, 0..1; a view."""
        view: np.ndarray = self.model.simulation.state.knowledge.ownership[self.row]
        return view


class Broker(Row):
    """Someone who brings an authority's schools together."""

    _group = "brokers"
    visits = Column("visits", "Schools visited each half-term; as levers change, broker.visits again.")
    skill = Column("skill", "0..1; as levers change, broker.skill again.")
    introduced = Column("introduced", "Pairs of schools brought together so far.")
    hours = Column("hours", "Hours it has this half-term.", follows="from its visits")
    spent = Column("spent", "Hours it has spent of them.", follows="as it makes its visits")
    untold = Column("needs_withheld", "Visits so far at which a school kept its need from it.")

    @property
    def knows(self) -> np.ndarray:
        """How well it knows what each school is good at, 0..1; a view."""
        view: np.ndarray = self.model.simulation.state.broker_knowledge.strengths[self.row]
        return view

    @property
    def knows_relations(self) -> np.ndarray:
        """How well it knows whom each school trusts, 0..1; a view."""
        view: np.ndarray = self.model.simulation.state.broker_knowledge.relations[self.row]
        return view

    @property
    def knows_practices(self) -> np.ndarray:
        """How good it takes each school to be at each practice: (school, practice), 0..1.

        What a school's staff hold where it knows the school, and a halo of published results and badge elsewhere.
        """
        simulation = self.model.simulation
        schools, p = simulation.state.schools, simulation.parameters
        halo = p.search_halo_base + p.search_halo_standing * schools.standing
        halo = np.clip(halo + p.badging_visibility * schools.badge, 0.0, 1.0)
        knows = self.knows[:, None]
        estimate: np.ndarray = knows * simulation.state.repertoires.mastery + (1.0 - knows) * halo[:, None]
        estimate.flags.writeable = False  # worked out for whoever asks: writing to it would do nothing
        return estimate

    @property
    def introductions(self) -> list[tuple[School, School, int]]:
        """Whom it brought together and in which half-term, the last first (the last 256 are remembered)."""
        log = self.model.simulation.state.introductions
        number = int(self.introduced)
        found = []
        for place in range(number - 1, max(-1, number - 1 - REMEMBERED), -1):
            entry = self.row * REMEMBERED + place % REMEMBERED
            visited, other = self.model.schools[int(log.school[entry])], self.model.schools[int(log.other[entry])]
            found.append((visited, other, int(log.half_term[entry])))
        return found
