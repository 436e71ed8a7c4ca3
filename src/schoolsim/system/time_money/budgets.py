"""Hours of each school's staff, and what is taken from them before joint work (M15, M25, M30)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.time_money import formal_hours, slack
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Ledger, Parameters, State
from schoolsim.system.state.ledger import (
    ACCREDITED,
    BIDDING,
    CONTACT,
    DEVELOPING,
    EVALUATED,
    GRANTED,
    INSPECTED,
    MEETINGS,
)
from schoolsim.system.state.slots import fill


@compiled
def _take(ledger: Ledger, budget: float, asked: float, use: int) -> float:
    """Spend up to `asked` hours of a school's budget on a use; returns what is left of the budget."""
    taken = min(budget, asked)
    ledger.hours[GRANTED] += taken
    ledger.hours[use] += taken
    return budget - taken


@compiled
def own_time(ledger: Ledger, hours: float, use: int) -> None:
    """Book hours that people give of their own, beside what heads grant."""
    ledger.hours[GRANTED] += hours
    ledger.hours[use] += hours


@compiled
def grant_hours(state: State, p: Parameters) -> None:
    """Heads grant hours, as far as the school's money, their tone and what else is asked allow."""
    schools, ledger = state.schools, state.ledger
    for school in range(schools.rows):
        schools.slack[school] = slack(schools.roll[school], schools.capacity[school], p)
        budget = formal_hours(schools.slack[school], schools.tone[school], p) * schools.staff[school]
        getting_ready = p.inspection_hours * budget if schools.near_inspection[school] else 0.0
        budget = _take(ledger, budget, getting_ready, INSPECTED)
        budget = _take(ledger, budget, schools.bidding_hours[school], BIDDING)
        budget = _take(ledger, budget, schools.evaluation_hours[school], EVALUATED)
        budget = _take(ledger, budget, schools.award_hours[school], ACCREDITED)
        schools.hours[school] = budget / schools.staff[school]
        schools.home_hours[school] = 0.0


@compiled
def analyse_needs(state: State, p: Parameters) -> None:
    """Once a year schools spend hours on an analysis of what their teachers need (R14)."""
    schools, ledger = state.schools, state.ledger
    for school in range(schools.rows):
        schools.needs_analysed[school] = levers_at(schools, school, p).needs_analysis
        cost = min(0.5 * schools.hours[school], schools.needs_analysed[school] * p.needs_hours / schools.staff[school])
        schools.hours[school] -= cost
        ledger.hours[GRANTED] += cost * schools.staff[school]
        ledger.hours[DEVELOPING] += cost * schools.staff[school]


@compiled
def keep_in_touch(state: State, p: Parameters) -> None:
    """Contact with every friendly school by telephone and email, as far as each side has the hours (M15, §3.24)."""
    schools, ties = state.schools, state.ties
    fill(schools.contact_kept, 0.0)
    for tie in range(ties.rows):
        if ties.alive[tie] and not ties.hostile[tie]:
            for school in (ties.a[tie], ties.b[tie]):
                schools.contact_kept[school] += levers_at(schools, school, p).remote_contact * p.remote_hours
    for school in range(schools.rows):
        asked = schools.contact_kept[school]
        budget = schools.hours[school] * schools.staff[school]
        left = _take(state.ledger, budget, asked, CONTACT)
        schools.hours[school] = left / schools.staff[school]
        schools.contact_kept[school] = (budget - left) / asked if asked > 0.0 else 1.0


@compiled
def spend_on_meeting(state: State, school: int, hours: float) -> float:
    """Take hours for meeting others from those a school's staff have for such work; returns those it had."""
    schools, ledger = state.schools, state.ledger
    spent = min(hours, schools.hours[school] * schools.staff[school])
    schools.hours[school] -= spent / schools.staff[school]
    ledger.hours[GRANTED] += spent
    ledger.hours[MEETINGS] += spent
    return spent
