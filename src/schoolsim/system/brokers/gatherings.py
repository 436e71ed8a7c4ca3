"""Gatherings that brokers convene: a sense of audience and of community (M33, §3.43)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.brokers import attendance_chance, openness_to_broker
from schoolsim.rules.codes import ALL_LEVELS
from schoolsim.system.learning.meetings import learn_at_meeting
from schoolsim.system.networks.meetings import bring_closer
from schoolsim.system.programmes.levers import levers_in
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.time_money.budgets import spend_on_meeting
from schoolsim.system.trust.ties import miles_between


@compiled
def _who_comes(state: State, p: Parameters, clock: Clock, broker: int, here: Int64Array) -> int:
    """Fill `here` with the schools that come and have the hours to; returns how many."""
    schools, brokers, seed, step = state.schools, state.brokers, clock.seed, clock.half_term
    authority, broker_uid = brokers.authority[broker], brokers.uid[broker]
    begin, end = state.authorities.first[authority], state.authorities.past[authority]
    number = 0
    for seat in range(p.broker_event_seats):
        draw = draws.uniform(seed, draws.GATHERING, step, broker_uid, seat)
        school = state.roster.order[begin + int(draw * (end - begin))]
        chance = attendance_chance(schools.tone[school], schools.confidence[school])
        chance *= openness_to_broker(schools.felt_stakes[school], p)
        known = False
        for place in range(number):
            known = known or here[place] == school
        if known or schools.closed[school]:
            continue
        invited = draws.pair(broker_uid, schools.uid[school])
        if draws.uniform(seed, draws.GATHERING, step, invited, 0) < chance:
            travel = 2.0 * miles_between(schools, school, here[0] if number else school) / p.travel_speed
            hours = p.network_people * (p.network_meeting_hours + travel)
            if spend_on_meeting(state, school, hours) > 0.5 * hours:
                here[number] = school
                number += 1
    return number


@compiled
def convene_gatherings(state: State, p: Parameters, clock: Clock) -> None:
    """Each broker with the time convenes a gathering: those who come are heard, and get to know each other."""
    schools, teachers, ties, brokers = state.schools, state.teachers, state.ties, state.brokers
    here = np.empty(p.broker_event_seats, dtype=np.int64)
    for broker in range(brokers.rows):
        here_p = levers_in(state.authorities, brokers.authority[broker], p)
        if not here_p.broker_dialogue or brokers.saved[broker] < p.broker_event_hours:
            continue
        brokers.saved[broker] -= p.broker_event_hours
        skill = brokers.skill[broker]
        number = _who_comes(state, here_p, clock, broker, here)
        hours = np.full(number, p.network_teaching * p.network_meeting_hours)
        learn_at_meeting(state, p, clock, here[:number], hours, ALL_LEVELS)
        for place in range(number):
            school = here[place]
            heard = p.broker_audience * skill * min(1.0, number / p.broker_event_full)
            for post in range(schools.first[school], schools.past[school]):
                # Some of the staff were there; the rest hear of it.
                share = p.network_people / schools.staff[school]
                teachers.gain_confidence[post] += heard * share * (1.0 - teachers.confidence[post])
            for later in range(place + 1, number):
                tie = find_tie(state, school, here[later])
                # Everybody greets those they know; each makes one new acquaintance.
                if tie >= 0 or later == place + 1:
                    rival = ties.rivalry[tie] if tie >= 0 else 0.0
                    gain = p.trust_change * p.network_trust * skill * (1.0 - rival)
                    bring_closer(state, p, clock, (school, here[later]), 1.0, (gain, p.trust_meeting_familiarity))
