"""3. Leadership: heads grant hours, as far as the school's money and their tone allow."""

from __future__ import annotations

from schoolsim.compiled import compiled
from schoolsim.rules.time_money import formal_hours, slack
from schoolsim.system.development import begin_year, learn_to_learn
from schoolsim.system.state import Clock, Parameters, Schools, State


@compiled
def _grant_hours(schools: Schools, parameters: Parameters) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        schools.slack[school] = slack(schools.roll[school], schools.capacity[school], p)
        schools.hours[school] = formal_hours(schools.slack[school], schools.tone[school], p)
        schools.home_hours[school] = 0.0


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Set every school's hours for the half-term (M25, M30), and what some of them go to."""
    _grant_hours(state.schools, p)
    if clock.year_begins:
        begin_year(state.schools, state.teachers, state.knowledge, state.ledger, p, clock.seed, clock.half_term)
    learn_to_learn(state.schools, state.teachers, state.ledger, p)
