"""10. Outcomes: results are published once a year."""

from __future__ import annotations

from schoolsim.system.market.results import publish_results
from schoolsim.system.state import Clock, Parameters, State


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Publish results in the last half-term of the year (M40)."""
    if clock.year_ends:
        publish_results(state, p, clock)
