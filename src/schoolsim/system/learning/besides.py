"""Something else than one went for is brought home: what one happened to see at work there (§3.31)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.rules.learning import catches_the_eye
from schoolsim.system.state import Clock, Parameters, State


@compiled
def seen_besides(state: State, clock: Clock, who: tuple[int, int], focus: int, since: int) -> int:
    """The practice other than the focus that catches a teacher's eye most at work with another; -1 if there is none.

    Args:
        state: The state.
        clock: For the seed.
        who: Post of the one who looks, and of the one at work.
        focus: Practice that one is there for.
        since: Half-term in which they began to see each other at work: what struck one then strikes one again.
    """
    practices, mastery = state.practices, state.knowledge.mastery
    learner, giver = who
    best, found = 0.0, NONE
    for practice in range(practices.rows):
        if not practices.alive[practice] or practice == focus:
            continue
        luck = draws.uniform(clock.seed, draws.BESIDES, since, state.teachers.uid[learner], practice)
        lead = float(mastery[giver, practice] - mastery[learner, practice])
        caught = catches_the_eye(lead, practices.appeal[practice], luck)
        if caught > best:
            best, found = caught, practice
    return found


@compiled
def brought_home(state: State, p: Parameters, clock: Clock, who: tuple[int, int], focus: int, since: int) -> int:
    """The practice that somebody brings home from a half-term's work or a visit: the focus or, by chance, another."""
    luck = draws.uniform(clock.seed, draws.BROUGHT_HOME, clock.half_term, state.teachers.uid[who[0]], 0)
    if luck >= p.learning_besides:
        return focus
    besides = seen_besides(state, clock, who, focus, since)
    return besides if besides >= 0 else focus
