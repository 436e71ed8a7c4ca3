"""What must hold of a state at any moment; each check raises AssertionError with what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from schoolsim.rules.codes import ADVANCED
from schoolsim.system.phases import Phase
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.state import ledger as accounts
from tests.system.worlds import arrays_of, living

Check = Callable[[State], None]

ROUNDING = 1e-6  # single-precision means of levels at 1

#: Columns that are levels or shares, by group.
LEVELS = {
    "schools": (
        "badge", "tone", "protection", "communication", "closed", "confidence", "transfer", "originated", "bidding",
        "distributed", "parochial", "stakes", "felt_stakes", "near_inspection", "internal_knowledge", "renown",
        "urging", "closest_familiarity", "guardians", "openness", "needs_analysed", "contact_kept",
    ),
    "teachers": (
        "confidence", "resting_confidence", "enterprise", "openness",
        "transfer", "learning", "values", "values_start", "anchor",
        "dependence", "enquiring",
    ),
    "practices": ("alive", "kind", "tacit", "dependence", "appeal", "evidence"),
    "networks": ("alive", "led", "facilitated", "news"),
    "brokers": ("skill",),
    "broker_knowledge": ("strengths", "relations"),
    "ties": ("alive", "trust_ab", "trust_ba", "resting_ab", "resting_ba", "familiarity", "rivalry", "hostile", "news"),
    "friends": ("alive", "trust_ab", "trust_ba", "familiarity", "engagement"),
    "partnerships": (
        "alive", "engagement", "imposed", "collegial", "own_need", "following_up", "foreboding", "working",
    ),
    "knowledge": ("mastery", "tuning", "ownership"),
    "repertoires": ("mastery", "distance", "refined"),
    "programmes": ("covered",),
}  # fmt: skip


def levels_within_bounds(state: State) -> None:
    """Every level is from 0 to 1, and nothing is infinite or not a number."""
    for group, names in LEVELS.items():
        for name in names:
            values = getattr(getattr(state, group), name)
            if values.size:
                assert np.all((values >= 0.0) & (values <= 1.0 + ROUNDING)), (group, name, values.min(), values.max())
    for name, values in arrays_of(state):
        # People who are not in the run without programmes have nothing to be compared with.
        assert name == "teacher_twins.effect" or np.all(np.isfinite(values)), name


def accounts_balance(state: State) -> None:
    """Every hour and pound granted is used, left or returned, and no account is overdrawn."""
    ledger = state.ledger
    assert abs(accounts.hours_balance(ledger)) <= 1e-9 * max(1.0, ledger.hours.sum())
    assert abs(accounts.pounds_balance(ledger)) <= 1e-9 * max(1.0, ledger.pounds.sum())
    # Winners of bids may be less skilled than the others.
    for account in (ledger.hours, ledger.pounds, np.delete(ledger.counts, accounts.BIDS_WON_SKILL)):
        assert account.min() >= -1e-7


def ties_have_living_ends(state: State) -> None:
    """A tie joins two different schools, the lower uid first, and no two ties join the same schools."""
    here, uid = living(state.ties), state.schools.uid
    for end in (here.a, here.b):
        assert np.all((end >= 0) & (end < len(uid)))
    assert np.all(uid[here.a] < uid[here.b])
    assert max(Counter(zip(here.a, here.b, strict=True)).values(), default=0) <= 1


def adjacency_is_the_ties(state: State) -> None:
    """Each school's list holds its ties, once each, and nothing else."""
    ties = state.ties
    for school, first in enumerate(state.schools.first_tie):
        found, tie = [], int(first)
        while tie >= 0 and len(found) <= len(ties):
            found.append(tie)
            tie = int(ties.next_a[tie] if ties.a[tie] == school else ties.next_b[tie])
        mine = (ties.alive == 1) & ((ties.a == school) | (ties.b == school))
        assert sorted(found) == np.flatnonzero(mine).tolist(), school


def friends_are_in_two_schools(state: State) -> None:
    """A teachers' tie joins two posts of different schools."""
    here, school = living(state.friends), state.teachers.school
    assert np.all((here.a >= 0) & (here.b >= 0))
    assert np.all(school[here.a] != school[here.b])


def partnerships_are_sound(state: State) -> None:
    """Commitments are the live partnerships; each has a live tie of its two schools, and pairs from their staffs."""
    schools, ties, here = state.schools, state.ties, living(state.partnerships)
    ends = Counter([*here.originator.tolist(), *here.partner.tolist()])
    assert schools.commitments.tolist() == [ends[row] for row in range(len(schools))]
    both = [frozenset(pair) for pair in zip(here.originator.tolist(), here.partner.tolist(), strict=True)]
    assert all(len(pair) == 2 for pair in both)
    assert max(Counter(both).values(), default=0) <= 1
    assert len(set(here.uid.tolist())) == len(here.row)
    for place, pair in enumerate(both):
        tie = here.tie[place]
        assert ties.alive[tie] == 1
        assert {int(ties.a[tie]), int(ties.b[tie])} == pair
        for side, who, school in (
            (here.giver, here.giver_uid, here.originator[place]), (here.learner, here.learner_uid, here.partner[place]),
        ):  # fmt: skip
            posts = side[place][side[place] >= 0]
            assert 1 <= len(posts) <= PAIRS
            # An advanced skills teacher works with several colleagues of the partner school.
            in_post = posts[state.teachers.uid[posts] == who[place][side[place] >= 0]]
            alone = in_post[state.teachers.role[in_post] != ADVANCED] if side is here.giver else in_post
            assert len(set(alone.tolist())) == len(alone)
            assert np.all((posts >= schools.first[school]) & (posts < schools.past[school]))


def people_are_in_their_posts(state: State) -> None:
    """Staff lie side by side in their school, and no person is in two posts."""
    schools, teachers = state.schools, state.teachers
    for row in range(len(schools)):
        assert np.all(teachers.school[schools.first[row] : schools.past[row]] == row)
    assert np.array_equal(schools.past - schools.first, schools.staff)
    assert len(set(teachers.uid.tolist())) == len(teachers)


#: What holds after every phase, and what holds when a half-term is over.
ALWAYS = (
    levels_within_bounds,
    ties_have_living_ends,
    adjacency_is_the_ties,
    friends_are_in_two_schools,
    partnerships_are_sound,
    people_are_in_their_posts,
)
IN_THE_END = (accounts_balance,)


def watched(simulation: Simulation) -> Simulation:
    """The simulation with every check run when it is due."""

    def looking(name: str, phase: Phase, checks: Iterable[Check]) -> Phase:
        def run(state: State, p: Parameters, clock: Clock) -> None:
            phase(state, p, clock)
            for check in checks:
                try:
                    check(state)
                except AssertionError as fault:
                    raise AssertionError(
                        f"{check.__name__} after {name} in half-term {clock.half_term}: {fault}"
                    ) from fault

        return run

    last = simulation.phases[-1][0]
    simulation.phases[:] = [
        (name, looking(name, phase, (*ALWAYS, *IN_THE_END) if name == last else ALWAYS))
        for name, phase in simulation.phases
    ]
    return simulation
