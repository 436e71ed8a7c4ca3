"""The birth of a practice that neither school had, and the end of one that nobody holds any more (M09)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.practice import appeal, context_distance, unfamiliarity
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import CREATED
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.state.slots import free_slot, release

#: `born` of practices that were there before the run.
BEFORE_THE_RUN = -1000
EFFECT, APPEAL = 0, 1  # draws of what a new practice is like


@compiled
def created_in_run(state: State, practice: int) -> bool:
    """Whether a practice was born in joint work."""
    return state.practices.born[practice] > BEFORE_THE_RUN


@compiled
def create(state: State, p: Parameters, clock: Clock, slot: int, pair: int) -> None:
    """A pair's dialogue gives a new practice, out of what each brought, at home half-way between the two schools.

    Where every slot holds a practice, nothing is born.
    """
    practices, schools, knowledge = state.practices, state.schools, state.knowledge
    partnerships = state.partnerships
    new = free_slot(practices)
    if new < 0:
        return
    originator, partner, one = partnerships.originator[slot], partnerships.partner[slot], partnerships.focus[slot]
    other = partnerships.back[slot] if partnerships.back[slot] >= 0 else one
    uid = partnerships.uid[slot]
    practices.alive[new] = 1
    practices.born[new] = clock.half_term
    practices.parent[new], practices.other_parent[new] = one, other
    practices.kind[new] = 0.5 * (practices.kind[one] + practices.kind[other])
    practices.tacit[new] = 0.5 * (practices.tacit[one] + practices.tacit[other])
    practices.hours[new] = 0.5 * (practices.hours[one] + practices.hours[other])
    practices.evidence[new], practices.scope[new] = 0.0, min(practices.scope[one], practices.scope[other])
    practices.dependence[new] = 0.5 * (practices.dependence[one] + practices.dependence[other])
    luck = draws.normal(clock.seed, draws.CREATED, clock.half_term, uid, EFFECT)
    parents = 0.5 * (practices.effect[one] + practices.effect[other])
    practices.effect[new] = parents + p.practice_effect_sd * luck
    fashion = draws.normal(clock.seed, draws.CREATED, clock.half_term, uid, APPEAL)
    practices.appeal[new] = appeal(luck, fashion, p.practice_appeal_truth, p)
    for axis in range(practices.home.shape[1]):
        practices.home[new, axis] = 0.5 * (schools.context[originator, axis] + schools.context[partner, axis])
    for school in range(schools.rows):
        away = context_distance(practices.home[new], schools.context[school])
        state.repertoires.distance[school, new] = unfamiliarity(away)
    # The slot may have held another practice, long since forgotten.
    for post in range(state.teachers.rows):
        knowledge.years[post, new] = 0.0
    for post in (partnerships.giver[slot, pair], partnerships.learner[slot, pair]):
        knowledge.mastery[post, new] = p.learning_routine
        knowledge.tuning[post, new] = 1.0
        knowledge.ownership[post, new] = 1.0
    state.ledger.counts[CREATED] += 1.0


@compiled
def forget_unused(state: State, clock: Clock) -> None:
    """A created practice that nobody has held for a year frees its place."""
    practices, mastery = state.practices, state.repertoires.mastery
    for practice in range(practices.rows):
        if not (practices.alive[practice] and created_in_run(state, practice)):
            continue
        if clock.half_term - practices.born[practice] < HALF_TERMS:
            continue
        held = False
        for school in range(state.schools.rows):
            held = held or mastery[school, practice] > 0.0
        if not held:
            release(practices, practice)
