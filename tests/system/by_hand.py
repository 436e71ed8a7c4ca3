"""Small states filled by hand, for cases that can be worked with paper and pencil."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from schoolsim import draws
from schoolsim.columns import Group
from schoolsim.parameters import Scenario, code
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NONE, PRIMARY
from schoolsim.system.careers.people import LONG_USED
from schoolsim.system.practice.creation import BEFORE_THE_RUN
from schoolsim.system.state import (
    NEAREST,
    REMEMBERED,
    Authorities,
    BrokerKnowledge,
    Brokers,
    Gains,
    Introductions,
    Knowledge,
    Ledger,
    Market,
    Networks,
    Partnerships,
    Practices,
    Programmes,
    Repertoires,
    Roster,
    Run,
    Schools,
    SchoolTwins,
    State,
    Teachers,
    TeacherTies,
    TeacherTwins,
    Ties,
)
from schoolsim.system.state.adjacency import rebuild_adjacency
from schoolsim.system.state.ledger import ROWS
from schoolsim.system.trust.people import relink_people

#: Numbers of schools, far above any row: `FIRST_UID` + row.
FIRST_UID = 100_001


def parameters(**values: object) -> Parameters:
    """The defaults but for `values`: `trust__change=1.0` is `trust.change`."""
    return Scenario.of({name.replace("__", "."): value for name, value in values.items()}).as_one()


def certain(**values: float | str) -> Parameters:
    """As `parameters`, but beyond the catalogue's bounds too: with chances of 0 and 1 a case needs no luck."""
    default = parameters()
    record = {name: getattr(default, name) for name in Parameters.fields}
    for name, value in values.items():
        field, dotted = name.replace("__", "_"), name.replace("__", ".")
        assert field in record, name
        record[field] = code(dotted, value) if isinstance(value, str) else value
    return Parameters(tuple(record.values()))


def side_by_side(*records: Parameters) -> Parameters:
    """Records as rows of one another: row 0 is what schools do by themselves, the others are of areas or programmes."""
    return Parameters.rows_of([record.values for record in records])


def put(group: Group, **columns: Any) -> None:
    """Fill columns of a group."""
    for name, values in columns.items():
        getattr(group, name)[:] = values


def put_row(group: Group, row: int, **cells: Any) -> None:
    """Fill one row of a group."""
    for name, value in cells.items():
        getattr(group, name)[row] = value


def state_of(
    schools: int = 3,
    staff: int | Sequence[int] = 2,
    practices: int = 2,
    *,
    authorities: Sequence[int] | None = None,
    brokers: int = 0,
    networks: int = 0,
    ties: int = 12,
    friends: int = 8,
    partnerships: int = 6,
) -> State:
    """Primary schools at one place with 100 pupils and heads of one half each, whose staff know nothing yet.

    Args:
        schools: How many.
        staff: Posts of each, or of all.
        practices: How many, all alive.
        authorities: Of each school; all in one where not given.
        brokers: All of the first authority.
        networks: Room for so many.
        ties: Room for so many; none is there yet.
        friends: Room for so many.
        partnerships: Room for so many.
    """
    posts = np.full(schools, staff) if isinstance(staff, int) else np.array(staff)
    of = np.zeros(schools, dtype=np.int64) if authorities is None else np.array(authorities)
    state = State(
        practices=Practices(practices),
        schools=Schools(schools),
        repertoires=Repertoires(schools, practices),
        roster=Roster(schools),
        authorities=Authorities(int(of.max()) + 1),
        programmes=Programmes(2, schools),
        school_twins=SchoolTwins(0),
        teacher_twins=TeacherTwins(0),
        teachers=Teachers(int(posts.sum())),
        knowledge=Knowledge(int(posts.sum()), practices),
        ties=Ties(ties),
        friends=TeacherTies(friends),
        partnerships=Partnerships(partnerships),
        networks=Networks(networks),
        brokers=Brokers(brokers),
        broker_knowledge=BrokerKnowledge(brokers, schools),
        introductions=Introductions(brokers * REMEMBERED),
        market=Market(schools),
        gains=Gains(60),
        ledger=Ledger(ROWS),
        run=Run(1),
    )
    # Whatever anybody knows, they have known for long.
    state.knowledge.years[:] = LONG_USED
    past = np.cumsum(posts)
    put(state.practices, alive=1, kind=0.5, tacit=0.5, hours=12.0, effect=0.1, appeal=0.5, born=BEFORE_THE_RUN)
    put(
        state.schools, uid=FIRST_UID + np.arange(schools), phase=PRIMARY, authority=of, staff=posts, past=past,
        first=past - posts, roll=100.0, capacity=100.0, poor=20.0, tone=0.5, protection=0.5, communication=0.5,
        bidding=0.5, distributed=0.3, parochial=0.3, confidence=0.5, transfer=0.5, slack=1.0, hours=10.0,
        need=NONE, award=NONE, internal_post=NONE, first_tie=NONE, contact_kept=1.0, head_since=-100,
    )  # fmt: skip
    state.roster.order[:] = np.lexsort((state.schools.uid, of))
    state.authorities.past[:] = np.cumsum(np.bincount(of))
    state.authorities.first[1:] = state.authorities.past[:-1]
    put(
        state.teachers, uid=500_001 + np.arange(posts.sum()), school=np.repeat(np.arange(schools), posts), focus=NONE,
        first_tie=NONE, best_tie=NONE, confidence=0.5, resting_confidence=0.5, enterprise=0.5, transfer=0.5,
        learning=0.5, values=0.5, values_start=0.5, years=3.0,
    )  # fmt: skip
    put(state.partnerships, tie=NONE, focus=NONE, back=NONE, giver=NONE, learner=NONE, reach=1.0, visits=1.0)
    put(state.brokers, uid=900_001 + np.arange(brokers), visits=1.0, skill=0.5)
    put(state.networks, member=NONE)
    state.market.choices[:] = NONE
    state.market.choices[:, : min(NEAREST, schools)] = np.arange(schools)[: min(NEAREST, schools)]
    return state


def tie(state: State, slot: int, ends: tuple[int, int], **cells: Any) -> None:
    """Put a tie between two schools, the lower uid first, in a slot; trust .5 each way, familiarity .4."""
    a, b = sorted(ends, key=lambda school: state.schools.uid[school])
    usual: Mapping[str, Any] = {
        "trust_ab": 0.5,
        "trust_ba": 0.5,
        "familiarity": 0.4,
        "resting_ab": 0.3,
        "resting_ba": 0.3,
    }
    put_row(state.ties, slot, **({"alive": 1, "a": a, "b": b} | dict(usual) | cells))
    rebuild_adjacency(state)


def friendship(state: State, slot: int, ends: tuple[int, int], **cells: Any) -> None:
    """Put a friendship between two posts in a slot; trust .5 each way, familiarity .4."""
    usual: Mapping[str, Any] = {"trust_ab": 0.5, "trust_ba": 0.5, "familiarity": 0.4}
    put_row(state.friends, slot, **({"alive": 1, "a": ends[0], "b": ends[1]} | dict(usual) | cells))
    relink_people(state)


def partnership(state: State, slot: int, ends: tuple[int, int], at: int, **cells: Any) -> None:
    """Put a partnership of an originator and a partner, on the tie `at`, in a slot: one pair of their first posts."""
    originator, partner = ends
    giver, learner = state.schools.first[originator], state.schools.first[partner]
    usual: Mapping[str, Any] = {
        "alive": 1, "uid": 700_001 + slot, "originator": originator, "partner": partner, "tie": at, "mode": 1,
        "focus": 0, "due": 100, "pairs": 1, "hours": 12.0, "engagement": 0.5, "demand": 12.0,
    }  # fmt: skip
    put_row(state.partnerships, slot, **(dict(usual) | cells))
    for side, post in (("giver", giver), ("learner", learner)):
        getattr(state.partnerships, side)[slot, 0] = post
        getattr(state.partnerships, f"{side}_uid")[slot, 0] = state.teachers.uid[post]
    state.ties.partnership[at] = slot
    for school in ends:
        state.schools.commitments[school] += 1


def luck(seed: int, purpose: int, half_term: int, who: int, which: int = 0) -> float:
    """The draw a phase makes, 0..1."""
    return float(draws.uniform(seed, purpose, half_term, int(who), which))


def seed_where(wanted: Callable[[int], bool]) -> int:
    """The first seed with which the draws fall as wanted."""
    return next(seed for seed in range(1, 10_000) if wanted(seed))
