"""4. Needs: schools and teachers settle on what they want to be better at."""

from __future__ import annotations

from schoolsim.system.practice.needs import settle_schools_needs, settle_teachers_focus
from schoolsim.system.state import Clock, Parameters, State


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Settle schools' needs each year and teachers' focus when the last one has had its time."""
    if clock.year_begins:
        settle_schools_needs(state, p, clock)
    settle_teachers_focus(state, p, clock)
