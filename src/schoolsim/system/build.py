"""From a table of schools to the state at the first half-term."""

from __future__ import annotations

import numpy as np

from schoolsim.outcomes.ledger import ROWS
from schoolsim.populations.schools import SchoolTable
from schoolsim.system import beginnings
from schoolsim.system.columns import columns
from schoolsim.system.standing import standing
from schoolsim.system.state import (
    NEAREST,
    PAIRS,
    REMEMBERED,
    Brokers,
    Events,
    Introductions,
    Knowledge,
    Ledger,
    Levels,
    Market,
    Networks,
    Parameters,
    Partnerships,
    Practices,
    Repertoires,
    Roster,
    Schools,
    State,
    Teachers,
    TeacherTies,
    Ties,
)
from schoolsim.system.zones import nearest_schools


def _schools(table: SchoolTable) -> Schools:
    made = columns(Schools, len(table))
    made["uid"] = table.urn
    made["phase"] = table.phase
    made["authority"] = table.authority
    made["staff"] = table.teachers
    made["past"] = np.cumsum(table.teachers)
    made["first"] = made["past"] - made["staff"]
    made["east"] = table.easting
    made["north"] = table.northing
    made["roll"] = table.roll
    made["poor"] = table.roll * table.disadvantage
    made["capacity"] = table.capacity
    made["published"] = table.attainment  # standardised until the results phase knows the parameters
    made["need"] = made["award"] = made["internal_post"] = -1
    return made


def _levels(rows: int, practices: int) -> Levels:
    return np.zeros((rows, practices), dtype=np.float32)


def _events(most: int) -> Events:
    wholes, reals = np.zeros((2, most), dtype=np.int64), np.zeros((3, most))
    return Events(np.zeros(1, dtype=np.int64), *wholes, *reals)


def build(table: SchoolTable, parameters: Parameters, seed: int) -> State:
    """Draw teachers, practices, heads, ties and brokers for the schools of `table`.

    Args:
        table: Schools, one row each.
        parameters: The scenario's record in an array of length one, mechanisms that are off already neutral.
        seed: The replication's seed.

    Returns:
        A state of its own arrays; nothing in it is shared with another run.
    """
    number, posts = len(table), int(table.teachers.sum())
    practices = int(parameters["practice_number"][0] + parameters["practice_slots"][0])
    authorities = len(table.authorities)
    brokers = int(parameters["broker_number"][0]) * authorities
    choices, miles = nearest_schools(table, NEAREST)
    slots = 4 * number
    state = State(
        practices=columns(Practices, practices),
        schools=_schools(table),
        repertoires=Repertoires(_levels(number, practices), _levels(number, practices)),
        roster=Roster(
            np.lexsort((table.urn, table.authority)).astype(np.int64),
            np.concatenate([[0], np.cumsum(np.bincount(table.authority, minlength=authorities))]).astype(np.int64),
        ),
        teachers=columns(Teachers, posts),
        knowledge=Knowledge(_levels(posts, practices), _levels(posts, practices), _levels(posts, practices)),
        ties=columns(Ties, 12 * number + 32),
        adjacency=np.full(number, -1, dtype=np.int64),
        friends=columns(TeacherTies, posts + 32),
        partnerships=columns(Partnerships, slots),
        brokers=columns(Brokers, brokers),
        broker_knows=np.zeros((brokers, number)),
        broker_relations=np.zeros((brokers, number)),
        introductions=columns(Introductions, brokers * REMEMBERED),
        networks=columns(Networks, int(parameters["programme_networks"][0])),
        market=Market(choices, miles, np.zeros((number, 2)), np.zeros((number, 2)), np.zeros(1)),
        events=_events(4 * slots * PAIRS + posts),
        ledger=Ledger(np.zeros(ROWS), np.zeros(ROWS), np.zeros(ROWS)),
    )
    beginnings.people(state, parameters, seed)
    beginnings.relations(state, parameters, seed)
    standing(state, parameters, seed)
    return state
