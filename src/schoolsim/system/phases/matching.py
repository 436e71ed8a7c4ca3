"""6. Matching: schools look for partners."""

from __future__ import annotations

from schoolsim.system.partnerships.pairs import refill_all_pairs
from schoolsim.system.partnerships.search import search_partners
from schoolsim.system.state import Clock, Parameters, State


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Schools that look for help ask whom they favour; the asked school would be the originator."""
    if clock.year_begins:
        refill_all_pairs(state, p, clock)
    search_partners(state, p, clock)
