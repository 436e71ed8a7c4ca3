"""What each phase does, when and in which order: everything it calls is replaced by a note that it was called."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from schoolsim.parameters.record import Parameters
from schoolsim.system.phases import (
    PHASES,
    brokerage,
    careers,
    classroom,
    joint_work,
    leadership,
    market,
    matching,
    needs,
    outcomes,
    policy,
    relations,
)
from schoolsim.system.state import Clock, State
from tests.system.by_hand import certain, put, side_by_side, state_of

#: Questions that a phase asks, which are left as they are.
ASKED = ("runs_now", "paid_in", "has_money")


def second(**values: float | str) -> Parameters:
    """Nothing is switched on but in the second row: what an area or a programme has."""
    return side_by_side(certain(), certain(**values))


def called(
    phase: ModuleType, p: Parameters, half_term: int, state: State | None = None, **answers: object
) -> list[str]:
    """Names of what a phase calls, in order; what it reserves room for is noted with its number."""
    found: list[str] = []

    def note(name: str) -> Any:
        def noted(*arguments: object) -> object:
            found.append(f"reserve_gains {arguments[1]}" if name == "reserve_gains" else name)
            return answers.get(name)

        return noted

    with pytest.MonkeyPatch.context() as patched:
        for name, value in vars(phase).items():
            source = getattr(getattr(value, "py_func", value), "__module__", "")
            if callable(value) and not isinstance(value, type) and name not in (*ASKED, "run") and name[0] != "_":
                if str(source).startswith("schoolsim.system"):
                    patched.setattr(phase, name, note(name))
        phase.run(state or state_of(2), p, Clock((1, half_term)))
    return found


def test_phases_are_called_by_their_files_names() -> None:
    assert [name for name, _ in PHASES] == [
        "policy", "market", "leadership", "needs", "brokerage", "matching", "joint_work", "classroom", "relations",
        "outcomes", "careers",
    ]  # fmt: skip


YEARLY = [
    "count_years_of_use", "replace_leavers", "swap_movers", "heads_change", "trusts_change", "climates_drift",
    "forget_unused",
]  # fmt: skip


@pytest.mark.parametrize(
    ("phase", "values", "half_term", "expected"),
    [
        (careers, {}, 4, ["end_or_go_on"]),
        (careers, {}, 5, ["end_or_go_on", *YEARLY]),
        (careers, {"evaluation__kind": "informal"}, 6, ["end_or_go_on", "judge"]),
        (market, {}, 5, []),
        (market, {}, 6, ["admit_new_year"]),
        (matching, {}, 5, ["search_partners"]),
        (matching, {}, 6, ["refill_all_pairs", "search_partners"]),
        (needs, {}, 5, ["settle_teachers_focus"]),
        (needs, {}, 6, ["settle_schools_needs", "settle_teachers_focus"]),
        (outcomes, {}, 5, ["publish_results"]),
        (outcomes, {}, 6, []),
        (leadership, {}, 5, ["grant_hours", "learn_to_learn"]),
        (leadership, {}, 6,
         ["grant_hours", "count_guardians", "analyse_needs", "award_scholarships", "learn_to_learn"]),
        (leadership, {"remote__contact": 0.5}, 5, ["grant_hours", "keep_in_touch", "learn_to_learn"]),
    ],
)  # fmt: skip
def test_what_a_phase_does_by_season_and_levers(
    phase: ModuleType, values: dict[str, float | str], half_term: int, expected: list[str]
) -> None:
    assert called(phase, second(**values), half_term) == expected


BROKERS_AND_MEETINGS = ["spend_brokers_hours", "run_networks"]


@pytest.mark.parametrize(
    ("values", "networks", "expected"),
    [
        ({}, 0, ["spend_brokers_hours"]),
        ({}, 1, BROKERS_AND_MEETINGS),
        ({"internal_broker__share": 0.5}, 1, ["find_out_inside", *BROKERS_AND_MEETINGS]),
        ({"ast__share": 0.5}, 1, ["find_out_inside", *BROKERS_AND_MEETINGS]),
        ({"broker__dialogue": 1}, 1, ["spend_brokers_hours", "convene_gatherings", "run_networks"]),
    ],
)
def test_brokerage(values: dict[str, float | str], networks: int, expected: list[str]) -> None:
    """Room for eight gains a school."""
    state = state_of(3, networks=networks)
    assert called(brokerage, second(**values), 1, state) == ["reserve_gains 24", *expected]


@pytest.mark.parametrize(
    ("values", "looked_up", "coached"),
    [({}, [], []), ({"website__rate": 0.5}, ["look_up"], []), ({"ast__share": 0.5}, [], ["pay_coaching"])],
)
def test_joint_work(values: dict[str, float | str], looked_up: list[str], coached: list[str]) -> None:
    """Room for five gains of each of seven pairs, and three of each of four teachers."""
    found = called(joint_work, second(**values), 1, state_of(2, 2), count_pairs=7)
    assert found == [
        "count_pairs", "reserve_gains 47", "pay_from_purses", "note_closest_partners", "work_together", "friends_talk",
        *looked_up, "enquire", "add_evidence", *coached,
    ]  # fmt: skip


@pytest.mark.parametrize(("copying", "imitates"), [(0.0, []), (0.5, ["imitate"])])
def test_classroom(copying: float, imitates: list[str]) -> None:
    assert called(classroom, certain(home__copying=copying), 1) == [
        "learn_from_colleagues", "settle_learning", *imitates, "use_practices", "watch_pupils", "average_staff",
        "measure_teaching",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "drifts"),
    [({}, []), ({"values__drift_home": 0.5}, ["drift_values"]), ({"values__drift_friends": 0.5}, ["drift_values"])],
)
def test_relations(values: dict[str, float], drifts: list[str]) -> None:
    assert called(relations, certain(**values), 1) == [
        "after_joint_work", "bear_grudges", "settle_idle_ties", "drop_ties", "rebuild_adjacency", "keep_up_with_people",
        *drifts, "settle_confidence",
    ]  # fmt: skip


# --- policy ---------------------------------------------------------------------------------------

FIRST = "count_commitments"
AFTER = ["give_badges", "pay"]


@pytest.mark.parametrize(
    ("values", "half_term", "expected"),
    [
        ({}, -6, ["fill_roles", "hold_to_account"]),
        ({}, -5, []),
        ({}, 0, ["fill_roles", "hold_to_account", *AFTER]),
        ({}, 1, AFTER),
        ({"internal_broker__share": 0.5}, 1, ["appoint", *AFTER]),
        ({"evaluation__kind": "formal"}, 1, [*AFTER, "claim_evaluation_hours"]),
        ({"accreditation__rate": 0.5}, 1, [*AFTER, "accredit"]),
        ({"accreditation__rate": 0.5}, -5, ["accredit"]),
    ],
)
def test_policy_before_and_after_programmes(
    values: dict[str, float | str], half_term: int, expected: list[str]
) -> None:
    assert called(policy, second(**values), half_term) == [FIRST, *expected]


def test_schools_are_inspected_in_any_half_term() -> None:
    assert called(policy, side_by_side(certain(inspection__years=1), certain()), -5) == [FIRST, "hold_to_account"]


def test_where_there_are_no_programmes_nothing_is_badged_or_paid() -> None:
    state = state_of(2)
    state.programmes = type(state.programmes)(1, 2)
    assert called(policy, certain(), 1, state) == [FIRST]


def test_what_was_asked_for_last_half_term_is_cleared() -> None:
    state = state_of(2)
    put(state.partnerships, pounds=5.0, foreboding=0.5)
    put(state.schools, bidding_hours=1.0, evaluation_hours=1.0, award_hours=1.0)
    called(policy, second(), 1, state)
    for group, names in (
        (state.partnerships, ("pounds", "foreboding")),
        (state.schools, ("bidding_hours", "evaluation_hours", "award_hours")),
    ):
        assert not any(getattr(group, name).any() for name in names)


STAR: dict[str, float | str] = {"programme__originators": 1}
CLUSTERS: dict[str, float | str] = {"programme__structure": "cluster", "programme__networks": 1}
PAID: dict[str, float | str] = {"funding__total": 0.5, "funding__years": 1}


@pytest.mark.parametrize(
    ("values", "half_term", "seeking", "expected"),
    [
        ({}, 7, 1, ["count_places"]),
        # It began at 3 and ends at 20.
        (STAR, 2, 0, []),
        (STAR, 3, 1, ["fill_places", "count_places"]),
        (STAR, 6, 1, ["find_originators", "fill_places", "count_places"]),
        (STAR, 19, 1, ["fill_places", "count_places"]),
        (STAR, 20, 0, []),
        # Whose money has stopped, after a year, looks for nobody.
        (STAR | PAID, 8, 1, ["fill_places", "count_places"]),
        (STAR | PAID, 9, 0, ["count_places"]),
        (STAR | PAID, 12, 0, ["count_places"]),
        (CLUSTERS, 3, 1, ["found_networks", "add_strands", "count_places"]),
        (CLUSTERS, 4, 1, ["add_strands", "count_places"]),
        (CLUSTERS, 6, 1, ["add_strands", "count_places"]),
        (CLUSTERS | {"network__grows": 1}, 6, 1, ["grow_networks", "add_strands", "count_places"]),
        (CLUSTERS | {"network__grows": 1}, 7, 1, ["add_strands", "count_places"]),
        (CLUSTERS | {"network__grows": 1}, 3, 1, ["found_networks", "add_strands", "count_places"]),
        (CLUSTERS | {"programme__structure": "star"}, 3, 1, ["count_places"]),
        (CLUSTERS | {"programme__networks": 0}, 3, 1, ["count_places"]),
        (STAR | CLUSTERS, 4, 1, ["fill_places", "add_strands", "count_places"]),
    ],
)
def test_what_a_programme_does_while_it_runs(
    values: dict[str, float | str], half_term: int, seeking: int, expected: list[str]
) -> None:
    state = state_of(2)
    put(state.programmes, begins=3, ends=20, seeking=9)
    found = called(policy, second(**values), half_term, state)
    assert [name for name in found if name not in (FIRST, "fill_roles", "hold_to_account")] == [*expected, *AFTER]
    assert state.programmes.seeking[1] == seeking


@pytest.mark.parametrize(("closed", "half_term", "again"), [(0, 7, False), (1, 7, True), (0, 6, True)])
def test_what_a_change_of_policy_closes_starts_again(closed: int, half_term: int, again: bool) -> None:
    state = state_of(2)
    put(state.programmes, ends=20)
    p = side_by_side(certain(policy__churn=0.5), certain(policy__churn=0.5, **STAR))
    found = called(policy, p, half_term, state, close_programmes=np.array([0, closed]))
    originators = ["find_originators"] if again else []
    assert [name for name in found if name not in (FIRST, "fill_roles", "hold_to_account")] == [
        "close_programmes", *originators, "fill_places", "count_places", *AFTER,
    ]  # fmt: skip
    assert "close_programmes" not in called(policy, second(**STAR), half_term, state)
