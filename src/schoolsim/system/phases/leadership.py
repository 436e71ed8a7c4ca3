"""3. Leadership: heads grant hours, as far as the school's money, their tone and what else is asked allow."""

from __future__ import annotations

from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import ACCREDITED, BIDDING, CONTACT, EVALUATED, GRANTED, INSPECTED
from schoolsim.rules.time_money import formal_hours, slack
from schoolsim.system.development import begin_year, learn_to_learn
from schoolsim.system.state import Clock, Ledger, Parameters, Schools, State, Ties


@compiled
def _take(ledger: Ledger, budget: float, asked: float, use: int) -> float:
    """Spend up to `asked` hours of a school's budget on a use; returns what is left of the budget."""
    taken = min(budget, asked)
    ledger.hours[GRANTED] += taken
    ledger.hours[use] += taken
    return budget - taken


@compiled
def _grant_hours(schools: Schools, ledger: Ledger, parameters: Parameters) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        schools.slack[school] = slack(schools.roll[school], schools.capacity[school], p)
        budget = formal_hours(schools.slack[school], schools.tone[school], p) * schools.staff[school]
        getting_ready = p.inspection_hours * budget if schools.readying[school] else 0.0
        budget = _take(ledger, budget, getting_ready, INSPECTED)
        budget = _take(ledger, budget, schools.bidding_hours[school], BIDDING)
        budget = _take(ledger, budget, schools.evaluating_hours[school], EVALUATED)
        budget = _take(ledger, budget, schools.award_hours[school], ACCREDITED)
        schools.hours[school] = budget / schools.staff[school]
        schools.home_hours[school] = 0.0


@compiled
def _keep_in_touch(schools: Schools, ties: Ties, ledger: Ledger, parameters: Parameters) -> None:
    """Contact with every friendly school by telephone and email, as far as each side has the hours (M15, §3.24)."""
    p = parameters[0]
    schools.in_touch[:] = 0.0
    for tie in range(ties.alive.shape[0]):
        if ties.alive[tie] and not ties.hostile[tie]:
            for school in (ties.a[tie], ties.b[tie]):
                schools.in_touch[school] += p.remote_contact * p.remote_hours
    for school in range(schools.uid.shape[0]):
        asked = schools.in_touch[school]
        budget = schools.hours[school] * schools.staff[school]
        left = _take(ledger, budget, asked, CONTACT)
        schools.hours[school] = left / schools.staff[school]
        schools.in_touch[school] = (budget - left) / asked if asked > 0.0 else 1.0


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Set every school's hours for the half-term (M25, M30), and what some of them go to."""
    _grant_hours(state.schools, state.ledger, p)
    if clock.year_begins:
        begin_year(state.schools, state.teachers, state.knowledge, state.ledger, p, clock.seed, clock.half_term)
    if p["remote_contact"][0] > 0.0 and clock.half_term >= 0:
        _keep_in_touch(state.schools, state.ties, state.ledger, p)
    learn_to_learn(state.schools, state.teachers, state.ledger, p)
