"""3. Leadership: heads grant hours."""

from __future__ import annotations

from schoolsim.system.learning.enquiry import award_scholarships, learn_to_learn
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.teaching.effects import count_guardians
from schoolsim.system.time_money.budgets import analyse_needs, grant_hours, keep_in_touch


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Set every school's hours for the half-term (M25, M30), and what some of them go to."""
    grant_hours(state, p)
    if clock.year_begins:
        count_guardians(state, p)
        analyse_needs(state, p)
        award_scholarships(state, p, clock)
    if any(own.remote_contact > 0.0 for own in p.siblings):
        keep_in_touch(state, p)
    learn_to_learn(state, p)
