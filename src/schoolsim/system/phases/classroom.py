"""8. Classroom: colleagues teach each other, practices are used, tuned and dropped, pupils respond."""

from __future__ import annotations

from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.teaching.colleagues import learn_from_colleagues
from schoolsim.system.teaching.effects import average_staff, measure_teaching
from schoolsim.system.teaching.imitation import imitate
from schoolsim.system.teaching.use import settle_learning, use_practices, watch_pupils


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Settle what was learnt, use it, watch pupils, and measure what teaching gives."""
    learn_from_colleagues(state, p, clock)
    settle_learning(state)
    if p.home_copying > 0.0:
        imitate(state, p, clock)
    use_practices(state, p)
    watch_pupils(state, p, clock)
    average_staff(state)
    measure_teaching(state, p)
