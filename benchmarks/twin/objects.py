"""Practices, ties, friendships, brokers, what teachers hold, and the ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.twin.rules import trust

if TYPE_CHECKING:
    from benchmarks.twin.schools import School
    from benchmarks.twin.teachers import Teacher


@dataclass(slots=True, eq=False)
class Practice:
    """A practice, or the place of one not yet created."""

    number: int
    alive: bool
    kind: float
    tacit: float
    hours: float
    dependence: float
    home: list[float]
    effect: float
    appeal: float
    born: int
    evidence: float


@dataclass(slots=True)
class Holding:
    """How a teacher holds a practice; each 0..1."""

    mastery: float = 0.0
    tuning: float = 0.0
    ownership: float = 0.0


@dataclass(slots=True)
class Gain:
    """What an episode adds to a teacher's holding of a practice, once the half-term's episodes are settled."""

    practice: int
    mastery: float
    tuning: float
    ownership: float


@dataclass(slots=True, eq=False)
class Tie:
    """Between two schools; `a` is the school of the lower uid."""

    a: School
    b: School
    trust: dict[School, float]  # of the school that is the key in the other
    resting_trust: float
    familiarity: float
    rivalry: float
    miles: float
    balance: float = 0.0  # hours a has given b beyond what b gave a
    hours: float = 0.0  # of joint work this half-term

    @property
    def mean_trust(self) -> float:
        """Trust, mean of both ways."""
        return 0.5 * (self.trust[self.a] + self.trust[self.b])


@dataclass(slots=True, eq=False)
class Friendship:
    """Between two people in different schools."""

    a: Teacher
    b: Teacher
    trust: float
    familiarity: float

    def worth(self, p: Any) -> float:
        """How much it is worth talking to this friend."""
        return trust.tie_worth(self.trust, self.familiarity, p)

    def friend_of(self, teacher: Teacher) -> Teacher:
        """The friend of one of the two."""
        return self.b if teacher is self.a else self.a


@dataclass(slots=True, eq=False)
class Broker:
    """Someone who brings the schools of an authority together."""

    uid: int
    authority: int
    visits: int
    skill: float
    strengths: dict[School, float] = field(default_factory=dict)  # how well the broker knows what a school is good at


class Ledger:
    """Hours, pounds and events of one half-term, by use."""

    def __init__(self) -> None:
        """Open empty accounts."""
        self.hours: defaultdict[str, float] = defaultdict(float)
        self.pounds: defaultdict[str, float] = defaultdict(float)
        self.counts: defaultdict[str, float] = defaultdict(float)
