"""Runs of one seed share every draw that a policy does not touch, so that policies can be compared pair by pair."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolsim import draws
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.twin import twin_of
from tests.system.recording import Key
from tests.system.test_sameness import elsewhere
from tests.system.worlds import PROGRAMME, World, chosen, digest, living, made_table, table, values_of

#: Levers that act from half-term 0 on.
_POLICY = [name for name in REGISTRY if name.split(".")[0] in ("programme", "funding") or name == "badging.scope"]
#: Purposes of draws that no programme, badge or money has to do with.
UNTOUCHED = (
    draws.CONTEXT, draws.PRACTICE, draws.TRADITION, draws.HOLDER, draws.LEVELS, draws.PERSON, draws.HEAD,
    draws.FIRST_TIES, draws.NEED, draws.PRIORITY, draws.COLLEAGUE, draws.LEAVE, draws.MOVE, draws.RECRUIT,
    draws.HEAD_LEAVES, draws.RESULT_NOISE, draws.VISIT,
)  # fmt: skip
#: Luck that several people or decisions share; a lot drawn once and looked up whenever it matters (who is inspected
#: or visited when, who wears a badge, what was planned); and one answer to all who ask in a half-term (a head's gate,
#: a school asked to a gathering again);
#: one draw a partnership for the whole of its time: it turns to another mode when its depth passes it; and what else
#: than the focus catches an eye, for as long as two see each other at work.
SHARED = {
    draws.CONTEXT, draws.TRADITION, draws.PERSON, draws.PAIR, draws.TIE_LEVELS, draws.EVALUATE, draws.BADGE_SHARE,
    draws.INSPECT, draws.NETWORK_VISITS, draws.PLAN, draws.GATE, draws.GATHERING, draws.CHOICE_NOISE, draws.WHO_GOES,
    draws.FIRST_MEETING, draws.REPAIR, draws.MODE, draws.COLLEAGUE,
    draws.BESIDES,
}  # fmt: skip
#: Purposes drawn for a practice, which is known by its place, for policy, which there is one of, or for the country.
OF_NO_ONE = (draws.PRACTICE, draws.TRAIT, draws.THEME, draws.CHURN, draws.AREA_WAVE)


@settings(max_examples=25)
@given(st.fixed_dictionaries({}, optional={name: values_of(name) for name in _POLICY}))
@example({"funding.hour": 5.0})
def test_until_it_begins_a_policy_changes_nothing(policy: dict[str, object]) -> None:
    runs = [World(made_table(6), changes, 6, burn_in_years=1).begun() for changes in ({}, policy)]
    for run in runs:
        for _ in range(6):
            run.step()
    np.testing.assert_array_equal(table(runs[0]), table(runs[1]))
    for group in ("schools", "teachers", "knowledge", "practices", "ties", "friends", "partnerships", "repertoires"):
        mine, theirs = (getattr(run.state, group) for run in runs)
        for name in mine.layout:
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name), err_msg=f"{group}.{name}")


#: Who leaves does not depend on how a school fares.
_NO_PULL = {
    "careers.leave_standing": 0.0, "careers.leave_tone": 0.0, "badging.staff": 0.0, "leadership.turnover_standing": 0.0,
    "leadership.mellows": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "policy",
    [
        PROGRAMME,
        PROGRAMME | {"programme.mode": "creation", "creation.hazard": 0.2, "badging.scope": "collective"},
        PROGRAMME | {"programme.imposed": True, "programme.select": "any", "funding.purse": "partnership"},
        {"broker.number": 4},
        {"search.rate": 0.0},
        {"market.choice_weight": 2.0},
    ],
)
def test_a_policy_moves_nobodys_career(policy: dict[str, object]) -> None:
    """Who leads, leaves and moves is drawn for the person, whatever is done to the schools."""
    plain, changed = (
        World(made_table(7), _NO_PULL | overrides, 7, burn_in_years=1).begun() for overrides in ({}, policy)
    )
    for _ in range(24):
        plain.step()
        changed.step()
        for name in ("tone", "protection", "communication", "closed"):
            np.testing.assert_array_equal(getattr(plain.state.schools, name), getattr(changed.state.schools, name))
        for name in ("uid", "resting_confidence", "enterprise", "values", "skill", "years"):
            np.testing.assert_array_equal(getattr(plain.state.teachers, name), getattr(changed.state.teachers, name))
    assert not np.allclose(table(plain), table(changed), rtol=1e-6, equal_nan=True)


def test_one_badge_moves_nothing_that_is_not_its_own() -> None:
    """Until it is granted not a byte; from then on neither heads nor careers, of whatever school."""

    def granted(state: State, p: Parameters, clock: Clock) -> None:
        if clock.half_term == 4:
            state.schools.badge[0] = 1.0

    plain, changed = (World(made_table(7), _NO_PULL, 7).begun() for _ in range(2))
    changed.phases.insert(1, ("badge", granted))
    for half_term in range(18):
        if half_term <= 4:
            assert digest(plain) == digest(changed)
        plain.step()
        changed.step()
        for name in ("tone", "protection", "closed"):
            np.testing.assert_array_equal(getattr(plain.state.schools, name), getattr(changed.state.schools, name))
        np.testing.assert_array_equal(plain.state.teachers.uid, changed.state.teachers.uid)
    assert changed.state.schools.badge.sum() == 1.0
    assert not np.array_equal(table(plain), table(changed), equal_nan=True)


#: Two authorities that share nothing: their schools are of different phases, and rolls do not move.
_APART = {"market.quality": 0.0, "badging.parents": 0.0, "creation.allowed": False, "broker.number": 1}
HERE, ELSEWHERE = 0, 1


def apart() -> World:
    schools = made_table(8, authorities=2)
    schools = replace(schools, phase=schools.authority.astype(np.int8))
    return World(schools, PROGRAMME | _APART | {"programme.originators": 0}, 8, burn_in_years=1)


def favoured(state: State, p: Parameters, clock: Clock) -> None:
    """One authority's schools get badges, open gates, warm heads and trust."""
    if clock.half_term != 1:
        return
    schools, ties = state.schools, state.ties
    here = schools.authority == HERE
    schools.badge[here] = 1.0
    schools.closed[here] = 0
    schools.tone[here] = 1.0
    mine = (ties.alive == 1) & here[ties.a]
    ties.trust_ab[mine] = ties.trust_ba[mine] = 1.0


def everything_about(simulation: Simulation, authority: int) -> dict[str, np.ndarray]:
    """Every column of one authority, its partnerships and ties in the order of who they are."""
    state = simulation.state
    schools = np.flatnonzero(state.schools.authority == authority)
    posts = np.isin(state.teachers.school, schools)
    # Slots of tables are shared with the other authority.
    slots = {"first_tie", "best_tie", "next_a", "next_b", "partnership", "tie", "free"}
    ties, partnerships = living(state.ties), living(state.partnerships)
    mine, ours = np.isin(ties.a, schools), np.isin(partnerships.partner, schools)
    by_ends = np.lexsort((ties.b[mine], ties.a[mine]))
    by_uid = np.argsort(partnerships.uid[ours])
    found = {
        f"{group}.{name}": values
        for group, columns in (
            ("schools", vars(chosen(state.schools, schools))),
            ("teachers", vars(chosen(state.teachers, posts))),
            ("knowledge", vars(chosen(state.knowledge, posts))),
            ("ties", {name: values[mine][by_ends] for name, values in vars(ties).items()}),
            ("partnerships", {name: values[ours][by_uid] for name, values in vars(partnerships).items()}),
        )
        for name, values in columns.items()
        if name not in slots | {"row"}
    }
    for side in ("giver", "learner"):
        # Places without a pair keep the numbers of whoever was there before.
        found[f"partnerships.{side}_uid"] = found[f"partnerships.{side}_uid"] * (found[f"partnerships.{side}"] >= 0)
    return found


def test_what_is_done_in_one_authority_moves_nothing_in_another() -> None:
    plain, changed = apart().begun(), apart().begun()
    changed.phases.insert(1, ("favours", favoured))
    for _ in range(24):
        plain.step()
        changed.step()
    before, after = (everything_about(run, ELSEWHERE) for run in (plain, changed))
    for name, values in before.items():
        np.testing.assert_array_equal(values, after[name], err_msg=name)
    assert before["partnerships.uid"].size
    here, there = (everything_about(run, HERE)["knowledge.mastery"] for run in (plain, changed))
    assert not np.array_equal(here, there)


@pytest.fixture(scope="module")
def recordings(repository: Path) -> dict[str, Counter[Key]]:
    """Every draw of a small run without a programme, of the same run with one, and of fuller ones."""
    program = "import runpy; runpy.run_module('tests.system.recording', run_name='__main__')"
    printed = json.loads(elsewhere(program, folder=repository, NUMBA_DISABLE_JIT="1"))
    return {name: Counter({tuple(key): times for *key, times in made}) for name, made in printed.items()}


def test_a_programme_makes_no_other_draw_than_its_own(recordings: dict[str, Counter[Key]]) -> None:
    for purpose in UNTOUCHED:
        without, with_it = ({key for key in recordings[run] if key[0] == purpose} for run in ("without", "with"))
        assert without == with_it, purpose
        assert without or purpose == draws.RECRUIT, purpose


def test_a_draw_is_for_someone_and_never_for_a_row_or_slot(recordings: dict[str, Counter[Key]]) -> None:
    """Numbers of schools and people are far above any row's."""
    keys = {key for made in recordings.values() for key in made if 0 <= key[2] < 100_000}
    assert {key for key in keys if key[0] not in OF_NO_ONE} == set()


def test_no_two_decisions_share_a_draw(recordings: dict[str, Counter[Key]]) -> None:
    for made in recordings.values():
        assert {key[0] for key, times in made.items() if times > 1} <= SHARED


def test_the_twin_asked_for_last_is_kept() -> None:
    """Two are kept: the one that was asked for again, and the newest."""
    scenario, schools = Scenario.of({"setting.schools": 4}), made_table(1, 6)
    first, second = (twin_of(scenario, seed, schools, 0) for seed in (1, 2))
    assert twin_of(scenario, 1, schools, 0) is first
    twin_of(scenario, 3, schools, 0)
    assert twin_of(scenario, 1, schools, 0) is first
    assert twin_of(scenario, 2, schools, 0) is not second
