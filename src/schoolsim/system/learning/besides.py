"""What is brought home besides what one went for: something else seen at work there (§3.31)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.rules.learning import catches_the_eye
from schoolsim.system.state import Clock, State


@compiled
def seen_besides(state: State, clock: Clock, who: tuple[int, int], focus: int) -> int:
    """The practice other than the focus that catches a teacher's eye most at work with another; -1 if there is none.

    Args:
        state: The state.
        clock: Now.
        who: Post of the one who looks, and of the one at work.
        focus: Practice that one is there for.
    """
    practices, mastery = state.practices, state.knowledge.mastery
    learner, giver = who
    best, found = 0.0, NONE
    for practice in range(practices.rows):
        if not practices.alive[practice] or practice == focus:
            continue
        luck = draws.uniform(clock.seed, draws.BESIDES, clock.half_term, state.teachers.uid[learner], practice)
        lead = float(mastery[giver, practice] - mastery[learner, practice])
        caught = catches_the_eye(lead, practices.appeal[practice], luck)
        if caught > best:
            best, found = caught, practice
    return found
