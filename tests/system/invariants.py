"""What must hold of a state at any moment; each check raises AssertionError with what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
from schoolsim.rules.words import ADVANCED
from schoolsim.system.engine import Phase

from schoolsim.outcomes import ledger as accounts
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from tests.system.worlds import arrays_of

Check = Callable[[State], None]

ROUNDING = 1e-6  # single-precision means of levels at 1

#: Columns that are levels or shares, by group.
LEVELS = {
    "schools": (
        "badge",
        "tone",
        "protection",
        "communication",
        "closed",
        "confidence",
        "transfer",
        "originated",
        "bidding",
        "distributed",
        "parochial",
        "pressure",
        "felt",
        "readying",
        "news",
        "internal_knows",
        "renown",
        "urged",
        "cosy",
        "guardians",
        "analysed",
        "in_touch",
    ),
    "teachers": (
        "confidence",
        "rest",
        "enterprise",
        "transfer",
        "learning",
        "values",
        "values_start",
        "anchor",
        "dependence",
        "enquiring",
    ),
    "practices": ("alive", "kind", "tacit", "dependence", "appeal", "evidence"),
    "networks": ("alive", "led", "facilitated", "news"),
    "ties": ("alive", "trust_ab", "trust_ba", "rest", "familiarity", "rivalry", "hostile"),
    "friends": ("alive", "trust", "familiarity"),
    "partnerships": ("alive", "engagement", "imposed", "programme", "collegial", "own_need"),
    "knowledge": ("mastery", "tuning", "ownership"),
    "repertoires": ("mastery", "distance"),
}


def column(group: object, name: str) -> np.ndarray:
    """A column of a group, whether it is a structured array or a tuple of arrays."""
    return group[name] if isinstance(group, np.ndarray) else getattr(group, name)


def levels_within_bounds(state: State) -> None:
    """Every level is from 0 to 1, and nothing is infinite or not a number."""
    for group, names in LEVELS.items():
        for name in names:
            values = column(getattr(state, group), name)
            assert np.all((values >= 0.0) & (values <= 1.0 + ROUNDING)), (group, name, values.min(), values.max())
    for told in (state.broker_knows, state.broker_relations):
        assert np.all((told >= 0.0) & (told <= 1.0))
    for name, array in arrays_of(state):
        for word in array.dtype.names or (None,):
            assert np.all(np.isfinite(array if word is None else array[word])), (name, word)


def accounts_balance(state: State) -> None:
    """Every hour and pound granted is used, left or returned, and no account is overdrawn."""
    hours, pounds, counts = state.ledger
    assert abs(accounts.hours_balance(hours)) <= 1e-9 * max(1.0, hours.sum())
    assert abs(accounts.pounds_balance(pounds)) <= 1e-9 * max(1.0, pounds.sum())
    # Winners of bids may be less skilled than the others.
    for account in (hours, pounds, np.delete(counts, accounts.BIDS_WON_SKILL)):
        assert account.min() >= -1e-7


def ties_have_living_ends(state: State) -> None:
    """A tie joins two different schools, the lower uid first, and no two ties join the same schools."""
    ties, uid = state.ties, state.schools["uid"]
    here = ties[ties["alive"] == 1]
    for end in ("a", "b"):
        assert np.all((here[end] >= 0) & (here[end] < len(uid)))
    assert np.all(uid[here["a"]] < uid[here["b"]])
    assert max(Counter(zip(here["a"], here["b"], strict=True)).values(), default=0) <= 1


def adjacency_is_the_ties(state: State) -> None:
    """Each school's list holds its ties, once each, and nothing else."""
    ties = state.ties
    for school, first in enumerate(state.adjacency):
        found, tie = [], int(first)
        while tie >= 0 and len(found) <= len(ties):
            found.append(tie)
            tie = int(ties["next_a"][tie] if ties["a"][tie] == school else ties["next_b"][tie])
        mine = (ties["alive"] == 1) & ((ties["a"] == school) | (ties["b"] == school))
        assert sorted(found) == np.flatnonzero(mine).tolist(), school


def friends_are_in_two_schools(state: State) -> None:
    """A teachers' tie joins two posts of different schools."""
    here = state.friends[state.friends["alive"] == 1]
    school = state.teachers["school"]
    assert np.all((here["a"] >= 0) & (here["b"] >= 0))
    assert np.all(school[here["a"]] != school[here["b"]])


def partnerships_are_sound(state: State) -> None:
    """Commitments are the live partnerships; each has a live tie of its two schools, and pairs from their staffs."""
    schools, table = state.schools, state.partnerships
    here = table[table["alive"] == 1]
    ends = Counter([*here["originator"].tolist(), *here["partner"].tolist()])
    assert schools["commitments"].tolist() == [ends[row] for row in range(len(schools))]
    both = [frozenset(pair) for pair in zip(here["originator"].tolist(), here["partner"].tolist(), strict=True)]
    assert all(len(pair) == 2 for pair in both)
    assert max(Counter(both).values(), default=0) <= 1
    assert len(set(here["uid"].tolist())) == len(here)
    for one, pair in zip(here, both, strict=True):
        tie = state.ties[one["tie"]]
        assert tie["alive"] == 1
        assert {int(tie["a"]), int(tie["b"])} == pair
        for side, school in (("giver", one["originator"]), ("learner", one["partner"])):
            posts = one[side][one[side] >= 0]
            assert 1 <= len(posts) <= PAIRS
            # An advanced skills teacher works with several colleagues of the partner school.
            alone = posts[state.teachers["role"][posts] != ADVANCED] if side == "giver" else posts
            assert len(set(alone.tolist())) == len(alone)
            assert np.all((posts >= schools["first"][school]) & (posts < schools["past"][school]))


def people_are_in_their_posts(state: State) -> None:
    """Staff lie side by side in their school, and no person is in two posts."""
    schools, teachers = state.schools, state.teachers
    for row, school in enumerate(schools):
        assert np.all(teachers["school"][school["first"] : school["past"]] == row)
        assert school["past"] - school["first"] == school["staff"]
    assert len(set(teachers["uid"].tolist())) == len(teachers)


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
                    raise AssertionError(f"{check.__name__} after {name} at {clock}: {fault}") from fault

        return run

    last = simulation.phases[-1][0]
    simulation.phases[:] = [
        (name, looking(name, phase, (*ALWAYS, *IN_THE_END) if name == last else ALWAYS))
        for name, phase in simulation.phases
    ]
    return simulation
