"""11. Careers: partnerships end or go on; once a year heads and teachers leave or move, and schools change trust."""

from __future__ import annotations

from schoolsim.rules.codes import NO_EVALUATION
from schoolsim.system.careers.staffing import replace_leavers, swap_movers
from schoolsim.system.evaluation.judging import judge
from schoolsim.system.headship import heads_change
from schoolsim.system.market.climate import climates_drift
from schoolsim.system.partnerships.academies import trusts_change
from schoolsim.system.partnerships.end import end_or_go_on
from schoolsim.system.practice.creation import forget_unused
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.teaching.use import count_years_of_use


def run(state: State, p: Parameters, clock: Clock) -> None:
    """End or renew partnerships; in the last half-term of the year, years of use are counted, people leave and move."""
    end_or_go_on(state, p, clock)
    if any(own.evaluation_kind != NO_EVALUATION for own in p.siblings):
        judge(state, p, clock)
    if clock.year_ends:
        count_years_of_use(state, p)
        replace_leavers(state, p, clock)
        swap_movers(state, p, clock)
        heads_change(state, p, clock)
        trusts_change(state, p, clock)
        climates_drift(state, p, clock)
        forget_unused(state, clock)
