"""From a table of schools to the state at the first half-term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.populations.schools import SchoolTable
from schoolsim.rules.codes import NONE
from schoolsim.system.initial.academies import begin_members, members_of, tie_members
from schoolsim.system.initial.given_ties import (
    begin_together,
    pairs_given,
    settle_trusts,
    take_school_ties,
    take_teacher_ties,
)
from schoolsim.system.initial.practices import draw_contexts, draw_practices
from schoolsim.system.initial.relations import draw_friendships, draw_ties, place_brokers
from schoolsim.system.initial.staff import assign_posts, draw_heads, draw_staff
from schoolsim.system.initial.standing import settle_standing
from schoolsim.system.market.catchments import nearest_schools
from schoolsim.system.programmes.areas import Placed
from schoolsim.system.state import (
    NEAREST,
    REMEMBERED,
    Authorities,
    BrokerKnowledge,
    Brokers,
    Clock,
    Gains,
    Introductions,
    Knowledge,
    Ledger,
    Market,
    Networks,
    Parameters,
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
from schoolsim.system.state.growth import is_full
from schoolsim.system.state.ledger import ROWS
from schoolsim.system.state.schema import NEVER_ENDS

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable

# Rows of tables with free slots, for each school and besides.
TIES_EACH, TIES_MORE = 12, 32
FRIENDSHIPS_MORE = 32
PARTNERSHIPS_EACH = 4
SCHOOLS_A_SHARE = 100  # for which `practice.slots` are the places of created practices


def policy_groups(
    table: SchoolTable, p: Parameters, placed: Sequence[Placed], most_brokers: int
) -> dict[str, Programmes | Networks | Brokers | BrokerKnowledge | Introductions]:
    """The groups whose rows policy sets up, by name: programmes that have not begun, no network yet, idle brokers.

    Args:
        table: Schools.
        p: The record without any programme, and the programmes' side by side with it.
        placed: The programmes.
        most_brokers: The most an authority ever has.
    """
    number, brokers = len(table), most_brokers * len(table.authorities)
    programmes = Programmes(1 + len(placed), number)
    programmes.joined[:] = programmes.asked[:] = NONE
    programmes.ends[0] = NEVER_ENDS
    networks = 0
    for row, of_it in enumerate(placed, start=1):
        programmes.uid[row], programmes.begins[row], programmes.ends[row] = of_it.uid, of_it.begins, of_it.ends
        programmes.covered[row] = of_it.covered
        programmes.networks[row] = networks
        networks += int(p.siblings[row].programme_networks)
    return {
        "programmes": programmes,
        "networks": Networks(networks),
        "brokers": Brokers(brokers),
        "broker_knowledge": BrokerKnowledge(brokers, number),
        "introductions": Introductions(brokers * REMEMBERED),
    }


def _empty(table: SchoolTable, p: Parameters, placed: Sequence[Placed], most_brokers: int) -> State:
    """A state of its own arrays, with programmes and nothing else in it."""
    number, posts = len(table), int(table.teachers.sum())
    # Room for what is created grows with the schools that create, though not as fast.
    practices = int(p.practice_number + p.practice_slots * max(1, round((number / SCHOOLS_A_SHARE) ** 0.5)))
    return State(
        practices=Practices(practices),
        schools=Schools(number),
        repertoires=Repertoires(number, practices),
        roster=Roster(number),
        authorities=Authorities(len(table.authorities)),
        teachers=Teachers(posts),
        knowledge=Knowledge(posts, practices),
        ties=Ties(TIES_EACH * number + TIES_MORE),
        friends=TeacherTies(2 * posts + FRIENDSHIPS_MORE),
        partnerships=Partnerships(PARTNERSHIPS_EACH * number),
        market=Market(number),
        school_twins=SchoolTwins(0),
        teacher_twins=TeacherTwins(0),
        gains=Gains(0),
        ledger=Ledger(ROWS),
        run=Run(1),
        **policy_groups(table, p, placed, most_brokers),
    )


def _take_schools(state: State, table: SchoolTable) -> None:
    schools, authorities = state.schools, state.authorities
    schools.uid[:], schools.phase[:], schools.authority[:] = table.urn, table.phase, table.authority
    schools.staff[:] = table.teachers
    schools.past[:] = np.cumsum(table.teachers)
    schools.first[:] = schools.past - schools.staff
    schools.east[:], schools.north[:] = table.easting, table.northing
    schools.roll[:], schools.capacity[:] = table.roll, table.capacity
    schools.poor[:] = table.roll * table.disadvantage
    schools.published[:] = table.attainment  # standardised until the scale of results is known
    state.teachers.first_tie[:] = NONE
    for column in (schools.need, schools.award, schools.internal_post, schools.first_tie):
        column[:] = NONE
    state.roster.order[:] = np.lexsort((table.urn, table.authority))
    authorities.past[:] = np.cumsum(np.bincount(table.authority, minlength=authorities.rows))
    authorities.first[1:] = authorities.past[:-1]
    state.market.choices[:], state.market.miles[:] = nearest_schools(table, NEAREST)


def build(
    table: SchoolTable,
    p: Parameters,
    seed: int,
    placed: Sequence[Placed] = (),
    most_brokers: int | None = None,
    *,
    ties: TieTable | None = None,
    begins: int = 0,
) -> State:
    """Draw teachers, practices, heads, ties and brokers for the schools of `table`.

    Args:
        table: Schools, one row each.
        p: The scenario's values, mechanisms that are off already neutral, and the programmes' side by side with them.
        seed: The replication's seed.
        placed: The programmes.
        most_brokers: The most an authority ever has; those of `p` when None.
        ties: Ties of schools, or of teachers, in place of drawn ones; fitted to the schools (`first_ties`).
        begins: The first half-term, for what is at work from the start.

    Returns:
        A state of its own arrays; nothing in it is shared with another run.
    """
    if most_brokers is None:
        most_brokers = max(int(row.broker_number) for row in p.siblings)
    state, clock = _empty(table, p, placed, most_brokers), Clock((seed, 0))
    members = members_of(table)
    _take_schools(state, table)
    draw_practices(state, p, clock)
    draw_contexts(state, p, clock)
    draw_heads(state, p, clock)
    assign_posts(state, p)
    draw_staff(state, p, clock)
    of_schools, of_teachers = pairs_given(ties, table)
    if of_schools is None:
        _draw_school_ties(state, p, clock)
        tie_members(state, p, clock, members)
    else:
        take_school_ties(state, p, clock, of_schools)
    if of_teachers is None:
        draw_friendships(state, p, clock)
    else:
        take_teacher_ties(state, p, clock, of_teachers)
    place_brokers(state)
    settle_standing(state, p, seed)
    if of_schools is not None and of_schools.joined.any():
        settle_trusts(state.schools, of_schools)
        begin_together(state, p, Clock((seed, begins)), of_schools)
    else:
        begin_members(state, p, Clock((seed, begins)), members)
    return state


def _draw_school_ties(state: State, p: Parameters, clock: Clock) -> None:
    draw_ties(state, p, clock)
    while is_full(state.ties):
        # Drawn again into a larger table, the same ties come out, and more.
        state.ties = Ties(2 * len(state.ties))
        state.schools.first_tie[:] = NONE
        draw_ties(state, p, clock)
