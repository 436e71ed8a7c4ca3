"""Gatherings that brokers convene: a sense of audience and of community (M33, §3.43)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.brokering import attends, openness
from schoolsim.system.closeness import miles_between
from schoolsim.system.meetings import bring_closer, spend_hours
from schoolsim.system.state import Brokers, Ledger, Parameters, Roster, Schools, Teachers, Ties, Wholes
from schoolsim.system.tables import find_tie


@compiled
def _who_comes(
    schools: Schools, roster: Roster, ledger: Ledger, broker_uid: int, authority: int, parameters: Parameters,
    seed: int, step: int, here: Wholes,
) -> int:  # fmt: skip
    """Fill `here` with the schools that come and have the hours to; returns how many."""
    p = parameters[0]
    begin, end = roster.first[authority], roster.first[authority + 1]
    number = 0
    for seat in range(p.broker_event_seats):
        draw = draws.uniform(seed, draws.GATHERING, step, broker_uid, seat)
        school = roster.order[begin + int(draw * (end - begin))]
        comes = attends(schools.tone[school], schools.confidence[school])
        comes *= openness(schools.felt[school], p)
        known = False
        for place in range(number):
            known = known or here[place] == school
        if known or schools.closed[school]:
            continue
        invited = draws.pair(broker_uid, schools.uid[school])
        if draws.uniform(seed, draws.GATHERING, step, invited, 0) < comes:
            hours = 2.0 * (
                p.network_meeting_hours
                + 2.0 * miles_between(schools, school, here[0] if number else school) / p.travel_speed
            )
            if spend_hours(schools, ledger, school, hours) > 0.5 * hours:
                here[number] = school
                number += 1
    return number


@compiled
def convene_gatherings(
    schools: Schools, roster: Roster, teachers: Teachers, ties: Ties, adjacency: Wholes, brokers: Brokers,
    ledger: Ledger, parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """Each broker with the time convenes a gathering: those who come are heard, and get to know each other."""
    p = parameters[0]
    for broker in range(brokers.uid.shape[0]):
        if brokers.hours[broker] < p.broker_event_hours:
            continue
        here = roster.order[: p.broker_event_seats].copy()
        skill = brokers.skill[broker]
        number = _who_comes(
            schools, roster, ledger, brokers.uid[broker], brokers.authority[broker], parameters, seed, step, here
        )
        for place in range(number):
            school = here[place]
            heard = p.broker_audience * skill * min(1.0, number / 8.0)
            for post in range(schools.first[school], schools.past[school]):
                # Two of the staff were there; the rest hear of it.
                share = 2.0 / schools.staff[school]
                teachers.gain_confidence[post] += heard * share * (1.0 - teachers.confidence[post])
            for later in range(place + 1, number):
                tie = find_tie(ties, adjacency, school, here[later])
                # Everybody greets those they know; each makes one new acquaintance.
                if tie >= 0 or later == place + 1:
                    rival = ties.rivalry[tie] if tie >= 0 else 0.0
                    gain = p.trust_change * p.broker_event_trust * skill * (1.0 - rival)
                    bring_closer(
                        schools, ties, adjacency, school, here[later], 1.0, gain, p.broker_event_familiarity, p, seed
                    )
