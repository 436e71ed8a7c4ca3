"""Introductions: a broker arranges a first meeting, is there, and follows it up (M33, §3.41, §3.42)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.columns import in_row
from schoolsim.jit import compiled
from schoolsim.rules.brokers import attendance_chance, introduction_trust
from schoolsim.rules.codes import MAP_NONE, NONE
from schoolsim.system.brokers.mapping import vouching_trust
from schoolsim.system.partnerships.search import INTRODUCED as BY_A_BROKER
from schoolsim.system.partnerships.search import propose
from schoolsim.system.programmes.levers import OWN_INITIATIVE
from schoolsim.system.state import REMEMBERED, Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, partnership_on, set_trust, trust_of
from schoolsim.system.state.ledger import INTRODUCED, INTRODUCED_MET, INTRODUCED_WORK
from schoolsim.system.time_money.budgets import spend_on_meeting
from schoolsim.system.trust.people import acquaint, tie_of_people
from schoolsim.system.trust.ties import make_tie, miles_between

WAITING, MET, TOGETHER = 0, 1, 2  # what has come of an introduction
COMES, ASKS = 0, 1  # draws of whether a school comes to a first meeting, and of who it is that meets


@compiled
def _can_be_there(state: State, p: Parameters, clock: Clock, school: int, other: int) -> bool:
    """Whether a school sends somebody: an open gate, a warm head, confident staff, and the hours."""
    schools = state.schools
    if schools.closed[school]:
        return False
    both = draws.pair(schools.uid[school], schools.uid[other])
    chance = attendance_chance(schools.tone[school], schools.confidence[school])
    if draws.uniform(clock.seed, draws.FIRST_MEETING, clock.half_term, both, COMES) >= chance:
        return False
    hours = p.network_meeting_hours + miles_between(schools, school, other) / p.travel_speed
    return schools.hours[school] * schools.staff[school] >= hours and spend_on_meeting(state, school, hours) > 0.0


@compiled
def _best_at(state: State, school: int, practice: int) -> int:
    schools, mastery = state.schools, state.knowledge.mastery
    best = schools.first[school]
    for post in range(schools.first[school], schools.past[school]):
        if mastery[post, practice] > mastery[best, practice]:
            best = post
    return best


@compiled
def _most_in_need(state: State, clock: Clock, school: int, practice: int) -> int:
    schools, teachers, mastery = state.schools, state.teachers, state.knowledge.mastery
    found, most = schools.first[school], -1.0
    for post in range(schools.first[school], schools.past[school]):
        luck = draws.uniform(clock.seed, draws.FIRST_MEETING, clock.half_term, teachers.uid[post], ASKS)
        wants = (1.0 - mastery[post, practice]) * teachers.enterprise[post] + 0.5 * luck
        if wants > most:
            found, most = post, wants
    return found


@compiled
def _first_meeting(state: State, p: Parameters, clock: Clock, row: int, openness: float) -> bool:
    """The two schools meet with the broker there, if both come: people get to know each other, and trust begins."""
    ties, introductions = state.ties, state.introductions
    visited, other = introductions.school[row], introductions.other[row]
    broker = row // REMEMBERED
    come = _can_be_there(state, p, clock, visited, other) and _can_be_there(state, p, clock, other, visited)
    if not come:
        return False
    mapped = p.broker_mapping != MAP_NONE
    vouched = (
        vouching_trust(state, visited, other) * state.broker_knowledge.relations[broker, visited] if mapped else 0.0
    )
    trust = introduction_trust(state.brokers.skill[broker], openness, vouched, p)
    tie = find_tie(state, visited, other)
    if tie < 0:
        tie = make_tie(state, p, clock, (visited, other), trust, p.broker_familiarity)
    elif not ties.hostile[tie]:
        for school in (visited, other):
            set_trust(ties, tie, school, max(trust, trust_of(ties, tie, school)))
    need = introductions.need[row]
    knows, asks = _best_at(state, other, need), _most_in_need(state, clock, visited, need)
    if tie >= 0 and tie_of_people(state, knows, asks) < 0:
        acquaint(state, (knows, asks), (trust, trust), p.broker_familiarity)
    introductions.outcome[row] = MET
    state.ledger.counts[INTRODUCED_MET] += 1.0
    return True


@compiled
def _ask(state: State, p: Parameters, clock: Clock, row: int) -> None:
    """Whoever was in need asks the other to work with them."""
    introductions = state.introductions
    visited, other = introductions.school[row], introductions.other[row]
    tie = find_tie(state, visited, other)
    if tie < 0 or state.ties.hostile[tie]:
        return
    if partnership_on(state.ties, state.partnerships, tie) < 0:
        # What the broker was told is on the table already, if it was the truth.
        need = introductions.need[row]
        agreed = need if need == state.schools.need[visited] else NONE
        propose(state, in_row(p, OWN_INITIATIVE), clock, (visited, other), BY_A_BROKER, agreed)
    if partnership_on(state.ties, state.partnerships, tie) >= 0:
        introductions.outcome[row] = TOGETHER
        state.ledger.counts[INTRODUCED_WORK] += 1.0


@compiled
def introduce(
    state: State, p: Parameters, clock: Clock, broker: int, ends: tuple[int, int], task: tuple[int, float]
) -> None:
    """Bring the school visited together with another that is ahead in what it needs.

    Args:
        state: The state.
        p: With the levers in force in the authority.
        clock: Now.
        broker: Row.
        ends: The school visited, and the other.
        task: Practice in question, and how openly the school visited spoke, 0..1.
    """
    brokers, introductions = state.brokers, state.introductions
    need, openness = task
    row = broker * REMEMBERED + brokers.introduced[broker] % REMEMBERED
    introductions.school[row], introductions.other[row] = ends
    introductions.need[row], introductions.outcome[row] = need, WAITING
    introductions.half_term[row] = clock.half_term
    brokers.introduced[broker] += 1
    state.ledger.counts[INTRODUCED] += 1.0
    if _first_meeting(state, p, clock, row, openness):
        _ask(state, p, clock, row)


@compiled
def follow_up(state: State, p: Parameters, clock: Clock, broker: int) -> None:
    """See to it that those introduced of late meet, and ask; each takes an hour or so of the broker's time."""
    brokers, introductions = state.brokers, state.introductions
    for place in range(min(brokers.introduced[broker], REMEMBERED)):
        row = broker * REMEMBERED + place
        age = clock.half_term - introductions.half_term[row]
        if introductions.outcome[row] == TOGETHER or age < 1 or age > p.broker_follow_ups:
            continue
        if brokers.spent[broker] + p.informal_hours > 0.5 * brokers.hours[broker]:
            return
        brokers.spent[broker] += p.informal_hours
        if introductions.outcome[row] == MET or _first_meeting(state, p, clock, row, 1.0):
            _ask(state, p, clock, row)


@compiled
def introduced_lately(state: State, clock: Clock, broker: int, visited: int, other: int, again: int) -> bool:
    """Whether a broker brought two schools together in the last `again` half-terms."""
    introductions = state.introductions
    for place in range(min(state.brokers.introduced[broker], REMEMBERED)):
        row = broker * REMEMBERED + place
        same = introductions.school[row] == visited and introductions.other[row] == other
        if same and clock.half_term - introductions.half_term[row] < again:
            return True
    return False
