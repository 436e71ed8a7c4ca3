"""2. Market: once a year parents choose."""

from __future__ import annotations

from schoolsim.system.market.admissions import admit_new_year
from schoolsim.system.state import Clock, Parameters, State


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Admit a new year in the first half-term of each school year (M37)."""
    if clock.year_begins:
        admit_new_year(state, p, clock)
