"""5. Brokerage: brokers visit schools and introduce them to others who are good at what they need."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import INTRODUCED
from schoolsim.system.closeness import miles_between, rivals, tie_together
from schoolsim.system.state import Brokers, Clock, Ledger, Parameters, Repertoires, Roster, Schools, State, Ties, Wholes
from schoolsim.system.tables import find_tie, set_trust, trust_of


@compiled
def _drawn_school(schools: Schools, roster: Roster, authority: int, draw: float) -> int:
    begin, end = roster.first[authority], roster.first[authority + 1]
    return roster.order[begin + int(draw * (end - begin))]


@compiled
def _match(
    schools: Schools,
    roster: Roster,
    repertoires: Repertoires,
    visited: int,
    broker_uid: int,
    visit: int,
    p: np.record,
    seed: int,
    step: int,
) -> int:
    """The best of the schools the broker thinks of: ahead in what is needed, and no rival; -1 if none is ahead."""
    best, found = 0.0, -1
    need = schools.need[visited]
    for look in range(p.broker_looks):
        draw = draws.uniform(seed, draws.INTRODUCE, step, broker_uid, visit * 1000 + look)
        other = _drawn_school(schools, roster, schools.authority[visited], draw)
        if other == visited or need < 0:
            continue
        rival = rivals(schools, visited, other, miles_between(schools, visited, other), p)
        ahead = repertoires.mastery[other, need] - repertoires.mastery[visited, need] - 0.5 * rival
        if ahead > best:
            best, found = ahead, other
    return found


@compiled
def _visits(
    schools: Schools,
    roster: Roster,
    repertoires: Repertoires,
    ties: Ties,
    adjacency: Wholes,
    brokers: Brokers,
    knows: np.ndarray,
    ledger: Ledger,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    p = parameters[0]
    for broker in range(brokers.uid.shape[0]):
        uid = brokers.uid[broker]
        for visit in range(int(brokers.visits[broker])):
            visited = _drawn_school(
                schools, roster, brokers.authority[broker], draws.uniform(seed, draws.VISIT, step, uid, visit)
            )
            knows[broker, visited] += 0.5 * (1.0 - knows[broker, visited])
            other = _match(schools, roster, repertoires, visited, uid, visit, p, seed, step)
            if other < 0:
                continue
            brokers.introduced[broker] += 1
            ledger.counts[INTRODUCED] += 1.0
            tie = find_tie(ties, adjacency, visited, other)
            if tie < 0:
                tie_together(schools, ties, adjacency, visited, other, p.broker_trust, p.broker_familiarity, p, seed)
            else:
                for school in (visited, other):
                    trust = trust_of(ties, tie, school)
                    set_trust(ties, tie, school, trust + 0.05 * (1.0 - trust) * p.trust_change)


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Each broker makes this half-term's visits (M33, relationships)."""
    _visits(
        state.schools,
        state.roster,
        state.repertoires,
        state.ties,
        state.adjacency,
        state.brokers,
        state.broker_knows,
        state.ledger,
        p,
        clock.seed,
        clock.half_term,
    )
