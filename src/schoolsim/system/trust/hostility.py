"""Ties that break into lasting hostility, and quarrels that are made up (M12, §2.11)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.trust import breach_chance, reconciliation_chance
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import FALLEN_OUT, MADE_UP
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.trust.ties import uid_of_pair

# What may end a quarrel: each has a draw of its own.
BY_TIME, BY_GESTURE, BY_BROKER = 0, 1, 2
OVER_PUPILS = 1  # draw of a quarrel over pupils, after that of one over joint work


@compiled
def fall_out(state: State, tie: int) -> None:
    """Two schools fall out; trust grows again from nothing once the quarrel is made up."""
    ties = state.ties
    ties.hostile[tie] = 1
    ties.trust_ab[tie] = ties.trust_ba[tie] = 0.0


@compiled
def may_fall_out(state: State, p: Parameters, clock: Clock, tie: int, poached: float) -> None:
    """After joint work: poaching, or trust gone between old acquaintances, may leave them hostile for years."""
    ties = state.ties
    trust = min(ties.trust_ab[tie], ties.trust_ba[tie])
    chance = breach_chance(poached, trust, ties.familiarity[tie], p)
    both = uid_of_pair(state.schools, ties.a[tie], ties.b[tie])
    if not ties.hostile[tie] and draws.uniform(clock.seed, draws.BREACH, clock.half_term, both, 0) < chance:
        fall_out(state, tie)
        state.ledger.counts[FALLEN_OUT] += 1.0


@compiled
def may_make_up(state: State, clock: Clock, tie: int, chance: float, cause: int) -> None:
    """A quarrel ends with some chance, by one of the causes above."""
    ties = state.ties
    both = uid_of_pair(state.schools, ties.a[tie], ties.b[tie])
    if draws.uniform(clock.seed, draws.REPAIR, clock.half_term, both, cause) < chance:
        ties.hostile[tie] = 0
        state.ledger.counts[MADE_UP] += 1.0


@compiled
def _may_fall_out_over_pupils(state: State, p: Parameters, clock: Clock, tie: int) -> None:
    """As a school year begins, rivals may fall out over who took whose pupils (§2.12)."""
    ties = state.ties
    if clock.half_term % HALF_TERMS != 0 or ties.rivalry[tie] <= 0.0:
        return
    both = uid_of_pair(state.schools, ties.a[tie], ties.b[tie])
    chance = p.hostility_pupils * ties.rivalry[tie] * p.trust_change
    if draws.uniform(clock.seed, draws.BREACH, clock.half_term, both, OVER_PUPILS) < chance:
        fall_out(state, tie)
        state.ledger.counts[FALLEN_OUT] += 1.0


@compiled
def bear_grudges(state: State, p: Parameters, clock: Clock) -> None:
    """Hostile ties stay so until time, or a new head at either school, turns them round."""
    schools, ties, step = state.schools, state.ties, clock.half_term
    for tie in range(ties.rows):
        if not ties.alive[tie]:
            continue
        if not ties.hostile[tie]:
            _may_fall_out_over_pupils(state, p, clock, tie)
            continue
        # A head who came with the year's end is met in the half-term after it.
        new_head = step > 0 and (
            schools.head_since[ties.a[tie]] == step - 1 or schools.head_since[ties.b[tie]] == step - 1
        )
        may_make_up(state, clock, tie, reconciliation_chance(new_head, p), BY_TIME)
