"""Programmes: where they hold, who joins, badges, money, and their end; worked by hand (M19, M21, M27-M29)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters import ParameterError, Scenario, code
from schoolsim.parameters.programmes import LEVERS, Programme
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NEITHER, NONE, ORIGINATOR, PARTNER, SECONDARY
from schoolsim.system.partnerships.pairs import count_commitments
from schoolsim.system.programmes.areas import Areas, place
from schoolsim.system.programmes.badges import give_badges
from schoolsim.system.programmes.grants import is_granted
from schoolsim.system.programmes.in_force import put_in_force
from schoolsim.system.programmes.levers import paid_in, runs_now
from schoolsim.system.programmes.money import pay, skill_at_hand
from schoolsim.system.programmes.places import count_places, fill_places, find_originators, originators_wanted
from schoolsim.system.programmes.policy_change import close_programmes
from schoolsim.system.programmes.roles import join, leave, may_be_asked
from schoolsim.system.programmes.selection import claims, liking, merit, networks_rule
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.ledger import (
    BIDS,
    BIDS_WON_SKILL,
    BLOCKED,
    DRIFTED,
    ENDED,
    GRANTED,
    JOINED,
    REFUSED_GATE,
    REFUSED_ROOM,
    REFUSED_UNWILLING,
    REPLACED,
    RESETS,
    UNCLAIMED,
    UNFILLED,
)
from schoolsim.system.state.schema import NEVER_ENDS
from tests.system.by_hand import certain, luck, partnership, put, put_row, side_by_side, state_of, tie
from tests.system.worlds import made_table

NAME = 77  # uid of the programme


def own(**values: float | str) -> Parameters:
    """The parameters with the programme's levers, in row 1; row 0 has none."""
    return side_by_side(certain(), certain(**values)).siblings[1]


def open_to_all(number: int = 8, **groups: Any) -> State:
    """Schools at one place, the later the better, and a programme for all of them which began at half-term 0."""
    state = state_of(number, 2, **{"ties": 30, "partnerships": 12} | groups)
    put(state.schools, standing=10.0 * np.arange(number))
    put(state.programmes, uid=(0, NAME), ends=NEVER_ENDS, covered=1, joined=NONE, asked=NONE)
    return state


# --- where and when -------------------------------------------------------------------------------


def called(name: str, **levers: Any) -> Programme:
    return Programme(name, dict(LEVERS) | {key.replace("__", "."): value for key, value in levers.items()})


@pytest.mark.parametrize(("begins", "lasts", "first", "end"), [(2, 3, 12, 30), (0, 1, 0, 6), (1, 0, 6, NEVER_ENDS)])
def test_a_programme_runs_from_its_beginning_to_its_end(begins: int, lasts: int, first: int, end: int) -> None:
    placed = place(called("one", programme__begins=begins, programme__lasts=lasts), made_table(1, 6), 1)
    assert (placed.begins, placed.ends) == (first, end)
    assert [placed.runs(when) for when in (first - 1, first, end - 1, end)] == [False, True, True, False]
    assert placed.covered.all()


def test_a_programmes_draws_are_keyed_by_its_name() -> None:
    """Seven bytes of its hash."""
    names = ["one", "another", "a third"]
    uids = [place(called(name), made_table(1, 6), 1).uid for name in names]
    assert uids == [int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest(), "big") for name in names]


def test_a_programme_of_one_authority_covers_its_schools() -> None:
    table = made_table(1, 9, authorities=3)
    for number in (1, 2, 3):
        covered = place(called("one", programme__authority=number), table, 1).covered
        assert covered.tolist() == (table.authority == number - 1).tolist()


@pytest.mark.parametrize("authorities", [1, 4])
def test_a_share_of_schools_or_of_authorities_is_drawn_by_lot(authorities: int) -> None:
    """Places (rank + 1/2) / 4 by a draw keyed by the lowest number; from .375 to .875 are two of four."""
    table = made_table(2, 4 * authorities, authorities=authorities)
    units = range(4)
    of = table.authority if authorities > 1 else np.arange(4)
    drawn = [luck(5, draws.COVERAGE, 0, min(table.urn[of == unit])) for unit in units]
    rank = [sum(other < one for other in drawn) for one in drawn]
    within = [0.375 <= (place_ + 0.5) / 4 < 0.875 for place_ in rank]
    covered = place(called("one", programme__coverage_from=0.375, programme__coverage=0.5), table, 5).covered
    assert covered.tolist() == [within[unit] for unit in of]
    assert covered.sum() == 2 * len(table) / 4
    first = place(called("one", programme__coverage=0.25), table, 5).covered
    assert first.tolist() == [rank[unit] == 0 for unit in of]
    last = place(called("one", programme__coverage_from=0.75, programme__coverage=1.0), table, 5).covered
    assert last.tolist() == [rank[unit] == 3 for unit in of]


def two_programmes(**more: object) -> tuple[Areas, np.ndarray]:
    table = made_table(3, 6, authorities=2)
    values = {
        "one/broker.dialogue": True, "one/programme.authority": 1, "three/badging.scope": "collective",
        "two/timetable.common": True, "two/programme.begins": 1, "two/programme.lasts": 2,
    }  # fmt: skip
    return Areas(Scenario.of(values | more), table, 1), table.authority


def rows_in_force(areas: Areas, half_term: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of parameters by school and by authority from a half-term on, in which something changes."""
    change = areas.changes(half_term)
    assert change is not None
    assert change.parameters is areas.parameters
    return change.by_school, change.by_authority


def test_levers_hold_where_and_while_their_programmes_do() -> None:
    """In order of names: one is row 1, three, which has nothing for an area, row 2, two row 3; one and two row 4."""
    areas, authority = two_programmes()
    first = authority == 0
    assert [column.tolist() for column in areas.at_first] == [[0] * 6, [0, 0]]
    for when, here, there in ((0, 1, 0), (6, 4, 3), (18, 1, 0)):
        by_school, by_authority = rows_in_force(areas, when)
        assert list(by_school) == np.where(first, here, there).tolist()
        assert list(by_authority) == [here, there]
    assert areas.changes(1) is None
    assert areas.changes(12) is None
    rows = areas.parameters.siblings
    assert [(row.broker_dialogue, row.timetable_common) for row in rows] == [(0, 0), (1, 0), (0, 0), (0, 1), (1, 1)]


def test_brokers_have_what_holds_in_all_of_an_authoritys_schools() -> None:
    table = replace(made_table(3, 6), authority=np.array([0, 0, 0, 1, 1, 1]), authorities=("A", "B"))
    areas = Areas(Scenario.of({"one/broker.dialogue": True, "one/programme.authority": 2}), table, 1)
    by_school, by_authority = rows_in_force(areas, 0)
    assert (list(by_school), list(by_authority)) == ([0, 0, 0, 1, 1, 1], [0, 1])
    alone = Areas(Scenario.of({"one/broker.dialogue": True, "one/programme.coverage": 0.5}), made_table(3, 6), 1)
    by_school, by_authority = rows_in_force(alone, 0)
    assert sorted(by_school) == [0, 0, 0, 1, 1, 1]
    assert list(by_authority) == [0]


def test_two_programmes_may_not_set_a_lever_of_one_school_differently_at_one_time() -> None:
    def areas(**values: object) -> Areas:
        named = {name.replace("__", "/", 1).replace("__", "."): value for name, value in values.items()}
        return Areas(Scenario.of(named), made_table(3, 6, authorities=2), 1)

    with pytest.raises(ParameterError, match=r'"one/broker.visits" = 5 and "two/broker.visits" = 7'):
        areas(one__broker__visits=5, two__broker__visits=7)
    same = areas(one__broker__visits=5, two__broker__visits=5)
    assert same.parameters.siblings[3].broker_visits == 5
    apart = areas(one__broker__visits=5, two__broker__visits=7, two__programme__begins=1, one__programme__lasts=1)
    assert [list(rows_in_force(apart, when)[1]) for when in (0, 6)] == [[1, 1], [2, 2]]
    elsewhere = areas(
        one__broker__visits=5, two__broker__visits=7, one__programme__authority=1, two__programme__authority=2
    )
    assert list(rows_in_force(elsewhere, 0)[1]) == [1, 2]
    assert Areas(Scenario.of({}), made_table(3, 6), 1).changes(0) is None


def test_what_comes_into_force_develops_heads_and_sets_brokers_to_work() -> None:
    """.5 shielded: half of the way from .5; shared out by .4: .3 + .4 x .7. A broker beyond the number forgets."""
    state = state_of(3, brokers=3, authorities=(0, 1, 1))
    put(state.brokers, authority=(0, 1, 1), place=(0, 0, 1), visits=9.0, skill=0.9)
    state.broker_knowledge.strengths[:] = state.broker_knowledge.relations[:] = 0.7
    p = side_by_side(
        certain(broker__number=1, broker__visits=3, broker__skill=0.5),
        certain(broker__number=1, broker__visits=2, broker__skill=0.6, leadership__shielding=0.5),
        certain(broker__number=0, broker__visits=4, broker__skill=0.7, leadership__distribute=0.4),
    )
    put_in_force(state, p, np.array([0, 1, 2]), np.array([2, 1]))
    assert state.schools.area.tolist() == [0, 1, 2]
    assert state.authorities.area.tolist() == [2, 1]
    assert state.schools.protection.tolist() == [0.5, 0.75, 0.5]
    assert state.schools.distributed.tolist() == pytest.approx([0.3, 0.3, 0.3 + 0.4 * 0.7])
    assert state.brokers.visits.tolist() == [0.0, 2.0, 0.0]
    assert state.brokers.skill.tolist() == [0.7, 0.6, 0.6]
    for known in (state.broker_knowledge.strengths, state.broker_knowledge.relations):
        assert known.tolist() == [[0.0] * 3, [0.7] * 3, [0.0] * 3]
    # What stays in force is not done twice, nor what goes.
    put_in_force(state, p, np.array([0, 1, 1]), np.array([2, 1]))
    put_in_force(state, p, np.array([0, 0, 1]), np.array([2, 1]))
    assert state.schools.protection.tolist() == [0.5, 0.75, 0.75]


# --- whose levers, whose money --------------------------------------------------------------------


def test_a_programme_runs_and_is_paid_between_its_beginning_and_its_end() -> None:
    """A year in full, from half-term 6, then a year in which it shrinks by a sixth each half-term; it ends at 17."""
    state = state_of(1)
    put(state.programmes, begins=6, ends=17)
    p = own(funding__years=1, funding__taper=1)
    assert [runs_now(state.programmes, 1, Clock((1, when))) for when in (5, 6, 16, 17)] == [False, True, True, False]
    assert not runs_now(state.programmes, 0, Clock((1, 6)))
    shares = [paid_in(state.programmes, 1, when, p) for when in (5, 6, 11, 12, 16, 17)]
    assert shares == pytest.approx([0.0, 1.0, 1.0, 5 / 6, 1 / 6, 0.0])
    assert paid_in(state.programmes, 0, 6, p) == 0.0


@pytest.mark.parametrize(
    ("values", "programme", "network", "granted"),
    [
        ({}, 1, 0, False),
        ({"per_partnership": 1.0}, 1, 0, True),
        ({"per_partnership": 1.0}, 0, 0, False),
        ({"total": 1.0}, 1, 2, True),
        ({"total": 1.0, "covers": "originators"}, 1, 0, True),
        ({"total": 1.0, "covers": "originators"}, 1, 2, False),
        ({"total": 1.0, "covers": "networks"}, 1, 0, False),
        ({"total": 1.0, "covers": "networks"}, 1, 2, True),
    ],
)
def test_a_grant_is_for_those_it_covers(
    values: dict[str, float | str], programme: int, network: int, granted: bool
) -> None:
    state = state_of(2)
    tie(state, 0, (0, 1))
    partnership(state, 0, (0, 1), 0, programme=programme, network=network)
    p = own(**{f"funding__{name}": value for name, value in values.items()})
    assert is_granted(state.partnerships, 0, p) == granted


# --- badges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "half_term", "worn"),
    [
        ("none", 15, [0, 0, 0]), ("individual", 15, [1, 0, 0]), ("collective", 15, [1, 1, 0]),
        ("collective", 14, [0, 0, 0]), ("collective", 20, [1, 1, 0]), ("collective", 21, [0, 0, 0]),
    ],
)  # fmt: skip
def test_badges_are_worn_by_those_in_their_scope_while_they_last(scope: str, half_term: int, worn: list[int]) -> None:
    """From the third year of a programme begun at 3 to its end: 3 + 12 to 3 + 18."""
    state = open_to_all(3)
    put(state.schools, badge=0.5)
    put(state.programmes, begins=3)
    state.programmes.role[1] = [ORIGINATOR, PARTNER, NEITHER]
    p = own(badging__scope=scope, badging__begins=2, badging__years=3, badging__share=1.0)
    give_badges(state, p, Clock((1, half_term)))
    assert state.schools.badge.tolist() == worn
    put(state.programmes, ends=half_term)
    give_badges(state, p, Clock((1, half_term)))
    assert not state.schools.badge.any()


def test_a_share_of_them_wears_it_and_always_the_same() -> None:
    for half_term in (0, 9):
        state = open_to_all(12)
        state.programmes.role[1] = ORIGINATOR
        give_badges(state, own(badging__scope="individual", badging__share=0.5), Clock((1, half_term)))
        chosen = [luck(1, draws.BADGE_SHARE, 0, uid) < 0.5 for uid in state.schools.uid]
        assert state.schools.badge.tolist() == chosen
        assert 0 < sum(chosen) < 12


# --- roles ----------------------------------------------------------------------------------------


def test_who_joins_is_remembered_as_they_first_did() -> None:
    state = open_to_all(3)
    join(state, Clock((1, 4)), 1, 2, PARTNER)
    leave(state, 1, 2)
    assert state.programmes.role[1].tolist() == [0, 0, 0]
    assert state.schools.role[2] == PARTNER
    join(state, Clock((1, 9)), 1, 2, ORIGINATOR)
    join(state, Clock((1, 0)), 1, 1, ORIGINATOR)
    join(state, Clock((1, 7)), 1, 1, PARTNER)
    assert state.programmes.role[1].tolist() == [0, PARTNER, ORIGINATOR]
    assert state.schools.role.tolist() == [0, PARTNER, ORIGINATOR]
    assert state.programmes.joined[1].tolist() == [NONE, 0, 4]
    assert state.programmes.first_role[1].tolist() == [0, ORIGINATOR, PARTNER]
    assert not state.programmes.role[0].any()


@pytest.mark.parametrize(
    ("covered", "role", "closed", "imposed", "asked"),
    [(1, 0, 0, 0, True), (0, 0, 0, 0, False), (1, 2, 0, 1, False), (1, 0, 1, 0, False), (1, 0, 1, 1, True)],
)
def test_only_its_own_who_are_open_and_not_in_it_are_asked(
    covered: int, role: int, closed: int, imposed: int, asked: bool
) -> None:
    state = open_to_all(2)
    put(state.schools, closed=closed)
    state.programmes.covered[1], state.programmes.role[1] = covered, role
    assert may_be_asked(state, 1, 0, own(programme__imposed=imposed)) == asked


# --- selection ------------------------------------------------------------------------------------

MERITS = {"best": 1.5, "weakest": -1.5, "value_added": 0.3 / 0.2, "volunteers": 0.2 / 0.25, "any": 0.0, "unlike": 0.0}


@pytest.mark.parametrize("rule", sorted(MERITS))
def test_a_claim_is_merit_and_luck(rule: str) -> None:
    """Results 1.5, value added .3 of .2 standard deviations, tone .5 and confidence .7; half as much luck as merit."""
    state = open_to_all(4)
    put(state.schools, standing=1.5, value=0.3, tone=0.5, confidence=0.7, closed=(0, 0, 1, 0))
    state.programmes.covered[1, 3] = 0
    spreads = {"school__climate_sd": 0.2, "leadership__sd": 0.25}
    p, chosen = own(**spreads), code("programme.select", rule)
    assert merit(state.schools, 0, chosen, p) == pytest.approx(MERITS[rule])
    found = claims(state, p, Clock((3, 5)), chosen)
    drawn = [draws.normal(3, draws.MEMBERS, 5, uid, 0) for uid in state.schools.uid]
    weight = 1.0 if rule in ("any", "unlike") else 0.5
    assert found.tolist()[:2] == pytest.approx([MERITS[rule] + weight * one for one in drawn[:2]])
    assert found[2] == pytest.approx(MERITS[rule] + weight * drawn[2] - 100.0)
    assert found[3] == -1e9
    imposed = claims(state, own(**spreads, programme__imposed=1), Clock((3, 5)), chosen)
    assert imposed[2] == pytest.approx(MERITS[rule] + weight * drawn[2])


def test_networks_have_a_rule_of_their_own_or_the_programmes() -> None:
    """Told apart by numbers: their list has the programme's own at its head."""
    options = ("best", "any", "volunteers", "weakest", "cross_area", "unlike", "value_added")
    for place_, rule in enumerate(options):
        assert networks_rule(own(network__select=rule, programme__select="any")) == place_
        assert networks_rule(own(network__select="programme", programme__select=rule)) == place_


@pytest.mark.parametrize(
    ("rule", "other", "imposed", "liked"),
    [
        # Known: 2 x .7 of the other's trust, less .5 x 5 miles and 2 x rivalry .4.
        ("best", 1, 0, 1.4 - 2.5 - 0.8),
        ("best", 2, 0, -1e6),
        ("best", 2, 1, 2 * 0.02 - 2.5 - 0.8),
        # Not known, of another phase: no rival, and to those who seek the unlike 2 x .25 and 1 more.
        ("best", 3, 0, -2.5),
        ("unlike", 3, 0, -2.5 + 2 * 0.25 + 1.0),
        ("unlike", 1, 0, 1.4 - 2.5 - 0.8),
        # Across areas miles count for nothing but, within one's own, as far as 20 go.
        ("cross_area", 1, 0, 1.4 - 0.8 + 5 / 20),
        ("cross_area", 3, 0, 1.0),
    ],
)
def test_schools_suit_each_other_who_are_known_near_and_no_rivals(
    rule: str, other: int, imposed: int, liked: float
) -> None:
    state = open_to_all(4, authorities=(0, 0, 0, 1))
    put(state.schools, east=(0.0, 8.04672, 8.04672, 8.04672), phase=(0, 0, 0, SECONDARY))
    state.schools.context[3, 0] = -2 * np.log(0.75)
    tie(state, 0, (0, 1), trust_ab=0.1, trust_ba=0.7)
    tie(state, 1, (0, 2), trust_ab=0.02, trust_ba=0.02, hostile=1)
    p = own(
        search__rivalry=2.0, search__distance=0.5, programme__imposed=imposed, pairs__reach=20.0,
        market__choice_weight=1.0, rivalry__slope=0.4, rivalry__reach_primary=1e9,
    )  # fmt: skip
    assert liking(state, p, 0, other, code("programme.select", rule)) == pytest.approx(liked)


def test_who_seeks_other_areas_is_drawn_no_further_than_to_one_of_them() -> None:
    state = open_to_all(2)
    put(state.schools, east=(0.0, 80.0))
    p = own(pairs__reach=10.0, search__rivalry=0.0)
    assert liking(state, p, 0, 1, code("programme.select", "cross_area")) == 1.0


# --- originators ----------------------------------------------------------------------------------

STAR = {
    "programme__originators": 2, "programme__partners_each": 2, "programme__select": "best",
    "market__choice_weight": 0.0, "offer__level": -99.0, "accept__base": 99.0, "programme__asks": 2,
    "programme__asked_again": 6, "leadership__gate": 1.0, "leadership__distributed_gate": 0.0,
    "search__most_primary": 9,
}  # fmt: skip


def roles(state: State) -> list[int]:
    return [int(one) for one in state.programmes.role[1]]


def originating(state: State, seed: int = 1, half_term: int = 0, **values: float | str) -> list[int]:
    """The schools that originate."""
    find_originators(state, own(**STAR | values), Clock((seed, half_term)))
    return np.flatnonzero(state.programmes.role[1] == ORIGINATOR).tolist()


@pytest.mark.parametrize(("number", "originators", "wanted"), [(8, 2, 2), (8, 9, 2), (5, 2, 1), (6, 2, 2), (2, 2, 0)])
def test_originators_leave_schools_enough_to_be_partners(number: int, originators: int, wanted: int) -> None:
    """Each with two partners: eight or six schools are two, five are one."""
    state = open_to_all(number)
    assert originators_wanted(state, own(**STAR | {"programme__originators": originators})) == wanted
    more = open_to_all(number + 3)
    more.programmes.covered[1, :3] = 0
    assert originators_wanted(more, own(**STAR | {"programme__originators": originators})) == wanted


def test_the_best_originate_until_there_are_enough() -> None:
    state = open_to_all()
    assert originating(state, half_term=3) == [6, 7]
    assert state.programmes.joined[1].tolist() == [NONE] * 6 + [3, 3]
    already = open_to_all()
    already.programmes.role[1] = [0, ORIGINATOR, 0, 0, 0, 0, 0, PARTNER]
    assert originating(already) == [1, 6]
    few = open_to_all()
    few.programmes.covered[1, 7] = 0
    assert originating(few) == [5, 6]


def test_a_closed_head_refuses_unless_told() -> None:
    state = open_to_all()
    put(state.schools, closed=(0, 1, 1, 1, 1, 1, 1, 1))
    assert originating(state) == [0]
    assert state.ledger.counts[REFUSED_GATE] == state.ledger.counts[BLOCKED] == 7
    told = open_to_all()
    put(told.schools, closed=1)
    assert originating(told, programme__imposed=1, offer__level=99.0) == [6, 7]
    assert told.ledger.counts[REFUSED_GATE] == told.ledger.counts[REFUSED_UNWILLING] == 0


def test_who_has_little_to_offer_may_say_no() -> None:
    """Confidence .5 + .2 for the badge to be had, against .7: an even chance."""
    refused = 0
    for seed in range(1, 7):
        state = open_to_all()
        found = originating(state, seed, offer__level=0.7, badging__offers=0.2, programme__originators=2)
        says_yes = [luck(seed, draws.JOIN, 0, draws.pair(NAME, uid)) < 0.5 for uid in state.schools.uid]
        willing = [school for school in range(7, -1, -1) if says_yes[school]][:2]
        asked = range(min(willing) if len(willing) == 2 else 0, 8)
        assert found == sorted(willing)
        assert state.ledger.counts[REFUSED_UNWILLING] == sum(not says_yes[school] for school in asked)
        refused += state.ledger.counts[REFUSED_UNWILLING]
    assert refused > 3


# --- partners -------------------------------------------------------------------------------------


def filled(state: State, seed: int = 1, half_term: int = 0, **values: float | str) -> list[tuple[int, int]]:
    """Originator and partner of the programme's partnerships, in the order of their slots."""
    count_commitments(state)
    fill_places(state, own(**STAR | values), Clock((seed, half_term)))
    here = state.partnerships
    slots = np.flatnonzero(here.alive & (here.programme == 1))
    return [(int(here.originator[slot]), int(here.partner[slot])) for slot in slots]


def starred(number: int = 8, originators: tuple[int, ...] = (6, 7), **groups: Any) -> State:
    state = open_to_all(number, **groups)
    state.programmes.role[1, list(originators)] = ORIGINATOR
    return state


def test_an_originator_chooses_whom_it_can_help_with_the_first_practice_too() -> None:
    """Of three alike, the last needs the first of all practices, of which the originator has .9."""
    state = starred(4, originators=(3,))
    put(state.schools, standing=0.0, need=(NONE, NONE, 0, NONE))
    state.repertoires.mastery[3, 0] = 0.9
    chosen = filled(state, programme__originators=1, programme__partners_each=1, search__quality=1.0)
    assert chosen == [(3, 2)]


def test_originators_take_turns_to_choose_the_weakest() -> None:
    """In the order of a draw of each, once for their first partners and once for their second."""
    firsts = set()
    for seed in range(1, 5):
        state = starred()
        one, other = sorted((6, 7), key=lambda row: luck(seed, draws.ASKING_ORDER, 0, state.schools.uid[row]))
        assert filled(state, seed) == [(one, 0), (other, 1), (one, 2), (other, 3)]
        assert roles(state) == [PARTNER] * 4 + [NEITHER] * 2 + [ORIGINATOR] * 2
        assert state.ledger.counts[JOINED] == 4
        assert state.ledger.counts[REPLACED] == 0
        assert state.programmes.asked[1].tolist() == [0] * 4 + [NONE] * 4
        assert not state.partnerships.imposed.any()
        assert state.programmes.joined[1, :4].tolist() == [0] * 4
        firsts.add(one)
    assert len(firsts) == 2


def test_places_of_those_who_left_are_filled_again() -> None:
    """One has its two partners, a network's strand is no place, the other's first is filled after a year."""
    state = starred(8, (6, 7))
    for slot, (ends, cells) in enumerate(
        (((6, 0), {}), ((6, 1), {}), ((7, 2), {"network": 1}), ((7, 3), {"programme": 0}), ((7, 4), {"alive": 0}))
    ):
        tie(state, slot, ends)
        partnership(state, slot, ends, slot, **{"programme": 1} | cells)
    state.programmes.role[1, :2] = PARTNER
    new = set(filled(state, half_term=6)) - {(6, 0), (6, 1), (7, 2)}
    # 2 is the weakest left, and its strand is taken over; then 3, with what they do by themselves.
    assert new == {(7, 3)}
    here = state.partnerships
    assert sorted((int(here.partner[slot]), int(here.network[slot])) for slot in np.flatnonzero(here.alive)) == [
        (0, 0), (1, 0), (2, 0), (3, 0),
    ]  # fmt: skip
    assert state.ledger.counts[REPLACED] == state.ledger.counts[JOINED] == 2
    assert state.ledger.counts[ENDED] == 2
    early = starred(8, (7,))
    filled(early, half_term=5)
    assert early.ledger.counts[REPLACED] == 0


def test_who_was_asked_is_not_asked_again_within_a_year() -> None:
    for asked, first in ((1, 1), (0, 0), (NONE, 0)):
        state = starred(8, (7,))
        state.programmes.asked[1, 0] = asked
        assert filled(state, half_term=6, programme__partners_each=1) == [(7, first)]
    never = starred(8, (7,))
    never.programmes.asked[1, 0] = 0
    assert filled(never, half_term=5, programme__partners_each=1) == [(7, 1)]


def test_those_it_is_not_for_or_in_it_already_are_not_asked() -> None:
    state = starred(8, (7,))
    state.programmes.covered[1, 0] = 0
    state.programmes.role[1, 1] = PARTNER
    assert filled(state, programme__partners_each=1) == [(7, 2)]


@pytest.mark.parametrize(("rule", "partner"), [("best", 4), ("cross_area", 0)])
def test_other_authorities_are_asked_where_they_are_sought(rule: str, partner: int) -> None:
    state = starred(8, (7,), authorities=(0, 0, 0, 0, 1, 1, 1, 1))
    assert filled(state, programme__select=rule, programme__partners_each=1) == [(7, partner)]


def test_need_that_can_be_met_results_and_trust_decide_between_partners() -> None:
    """Of equal results 0 needs what the originator has .8 more of, times 2; 1 .2 more; 2 trusts it by .9, twice."""
    for trust, partner in ((0.9, 2), (0.7, 0)):
        state = starred(4, (3,))
        put(state.schools, standing=(1.0, 1.0, 1.0, 9.0), need=(1, 0, NONE, NONE))
        state.repertoires.mastery[:] = [[0.0, 0.1], [0.7, 0.0], [0.0, 0.0], [0.9, 0.9]]
        tie(state, 0, (2, 3), trust_ab=trust, trust_ba=0.1)
        assert filled(state, programme__partners_each=1, search__quality=2.0) == [(3, partner)]
    for standing, partner in ((-0.9, 1), (-0.7, 0)):
        # Results .9 worse weigh .9: 2 x .4 + .9 against 2 x .8.
        state = starred(3, (2,))
        put(state.schools, standing=(0.0, standing, 9.0), need=(1, 1, NONE))
        state.repertoires.mastery[:, 1] = (0.1, 0.5, 0.9)
        assert filled(state, programme__partners_each=1, search__quality=2.0, programme__need=1.0) == [(2, partner)]


def test_a_school_fallen_out_with_is_asked_only_where_policy_imposes() -> None:
    for imposed, found in ((0, []), (1, [(1, 0)])):
        state = starred(2, (1,))
        tie(state, 0, (0, 1), hostile=1)
        assert filled(state, programme__partners_each=1, programme__imposed=imposed) == found
        assert state.partnerships.imposed[0] == imposed


#: Acceptance is -150 in logit; one thing turns it.
NO = {"accept__base": -150.0, "programme__invitation": 0.0, "accept__trust": 0.0, "accept__familiarity": 0.0}


@pytest.mark.parametrize(
    ("changes", "values", "found"),
    [
        ({}, {"programme__invitation": 199.0}, True),
        ({}, {}, False),
        ({}, {"accept__funded": 199.0}, False),
        ({}, {"accept__funded": 199.0, "funding__per_partnership": 0.5}, True),
        ({}, {"accept__funded": 199.0, "funding__total": 0.5}, True),
        ({"parochial": (0.1, 0.9)}, {"leadership__parochialism": 999.0}, True),
        ({"parochial": (0.4, 0.0)}, {"leadership__parochialism": 999.0, "programme__invitation": 199.0}, False),
        ({"tie": (0.6, 0.0)}, {"accept__trust": 600.0}, True),
        ({"tie": (0.2, 0.0)}, {"accept__trust": 600.0}, False),
        ({"tie": (0.0, 0.8)}, {"accept__familiarity": 199.0}, True),
        ({}, {"accept__familiarity": 1e9}, False),
        # Strangers trust each other by .3, less half of that as far as they are rivals.
        ({}, {"accept__trust": 600.0, "trust__stranger": 0.3}, True),
        (
            {},
            {"accept__trust": 600.0, "trust__stranger": 0.3, "market__choice_weight": 1.0, "rivalry__slope": 1.0},
            False,
        ),
        ({"closed": 1}, {"programme__invitation": 199.0}, False),
        ({"closed": 1}, {"programme__imposed": 1}, True),
        ({"commitments": (2, 0)}, {"programme__invitation": 199.0, "search__most_primary": 2}, False),
        ({"commitments": (1, 2)}, {"programme__invitation": 199.0, "search__most_primary": 2}, True),
        ({"east": (0.0, 80.0)}, {"programme__invitation": 199.0, "search__distance": 9.0}, False),
    ],
)
def test_a_school_asked_says_yes_or_why_not(changes: dict[str, Any], values: dict[str, float], found: bool) -> None:
    state = starred(2, (1,))
    if "tie" in changes:
        trust, familiarity = changes.pop("tie")
        tie(state, 0, (0, 1), trust_ab=trust - 0.1, trust_ba=trust + 0.1, familiarity=familiarity)
    put(state.schools, **{"parochial": 0.3} | changes)
    usual = NO | {"leadership__typical": 0.3, "search__rivalry": 0.0}
    assert bool(filled(state, programme__partners_each=1, programme__asks=1, **usual | values)) == found
    counts = state.ledger.counts
    refusals = (counts[REFUSED_GATE], counts[REFUSED_ROOM], counts[REFUSED_UNWILLING])
    closed, full = "closed" in changes, "commitments" in changes
    assert refusals == ((0, 0, 0) if found else (closed, full, not closed and not full))


def test_consent_is_a_draw_and_so_many_are_asked() -> None:
    """An even chance; three are asked at most in a half-term, the weakest first."""
    found = set()
    for seed in range(1, 9):
        state = starred(8, (7,))
        even = NO | {"accept__base": 0.0, "search__distance": 0.0}
        made = filled(state, seed, programme__partners_each=1, programme__asks=3, **even)
        says_yes = [luck(seed, draws.JOIN, 0, draws.pair(NAME, uid), 1) < 0.5 for uid in state.schools.uid[:3]]
        first = says_yes.index(True) if any(says_yes) else None
        assert made == ([] if first is None else [(7, first)])
        assert state.ledger.counts[REFUSED_UNWILLING] == (3 if first is None else first)
        found.add(first)
    assert len(found) > 2


def test_a_programme_takes_over_what_two_schools_already_do() -> None:
    state = starred(2, (1,))
    tie(state, 0, (0, 1))
    partnership(state, 0, (1, 0), 0)
    assert filled(state, programme__partners_each=1) == [(1, 0)]
    assert state.partnerships.alive.sum() == 1
    assert state.ledger.counts[ENDED] == 1
    assert state.schools.commitments.tolist() == [1, 1]
    strangers = starred(2, (1,))
    filled(strangers, programme__partners_each=1, trust__stranger=0.15)
    on = find_tie(strangers, 0, 1)
    assert strangers.ties.trust_ab[on] == strangers.ties.trust_ba[on] == 0.15
    assert strangers.ties.familiarity[on] == 0.0


def test_nothing_is_begun_where_a_table_is_full() -> None:
    """Of ties, between strangers; of partnerships, between acquaintances."""
    state = starred(3, (2,))
    put(state.ties, alive=1)
    assert filled(state, programme__partners_each=1) == []
    full = starred(3, (2,))
    tie(full, 0, (0, 2))
    tie(full, 1, (1, 2))
    put(full.partnerships, alive=1)
    filled(full, programme__partners_each=1)
    assert full.ledger.counts[JOINED] == state.ledger.counts[JOINED] == 0
    assert roles(full) == roles(state) == [0, 0, ORIGINATOR]


@pytest.mark.parametrize(
    ("values", "network", "places"),
    [
        ({}, {"alive": 0}, 4),
        ({"programme__originators": 0}, {"alive": 0}, 0),
        ({}, {"kind": "cluster"}, 7),
        ({}, {"kind": "supported"}, 6),
        ({}, {"kind": "triad"}, 4),
        ({}, {"kind": "cluster", "led": 0}, 4),
        ({}, {"kind": "cluster", "programme": 0}, 4),
        ({"programme__originators": 1}, {"kind": "cluster"}, 5),
    ],
)
def test_a_programme_has_places_for_partners_and_strands(
    values: dict[str, float], network: dict[str, int | str], places: int
) -> None:
    """Two originators of two partners, and a network of three: a strand each, or one from each who supports."""
    state = open_to_all(networks=2)
    cells = {"alive": 1, "led": 1, "programme": 1, "members": 3} | network
    if "kind" in network:
        cells["kind"] = code("programme.structure", str(network["kind"]))
    put_row(state.networks, 1, **cells)
    count_places(state, own(**STAR | values))
    assert state.programmes.places.tolist() == [0, places]


# --- money ----------------------------------------------------------------------------------------


def funded() -> State:
    """Three of a programme's partnerships, the second a network's strand, and one on own initiative."""
    state = open_to_all()
    for slot in range(4):
        ends = (2 * slot, 2 * slot + 1)
        tie(state, slot, ends)
        cells = {"uid": 700_001 + slot, "programme": int(slot < 3), "network": int(slot == 1)}
        partnership(state, slot, ends, slot, **cells)
    return state


def granted(state: State, half_term: int = 0, seed: int = 1, **values: float | str) -> list[float]:
    """What each of the first four partnerships is paid."""
    usual: dict[str, float | str] = {
        "funding__per_partnership": 600.0, "funding__years": 2, "funding__purse": "partnership", "pairs__luck": 0.0,
    }  # fmt: skip
    state.partnerships.pounds[:] = 0.0
    count_commitments(state)
    pay(state, own(**usual | values), Clock((seed, half_term)))
    return state.partnerships.pounds[:4].tolist()


@pytest.mark.parametrize(
    ("covers", "paid"), [("all", [1, 1, 1, 0]), ("originators", [1, 0, 1, 0]), ("networks", [0, 1, 0, 0])]
)
def test_the_grant_is_paid_to_those_it_covers(covers: str, paid: list[int]) -> None:
    state = funded()
    assert granted(state, funding__covers=covers) == [100.0 * one for one in paid]
    assert state.ledger.pounds[GRANTED] == 100.0 * sum(paid)
    assert state.ledger.pounds[UNFILLED] == 0.0


@pytest.mark.parametrize(("places", "each", "unfilled"), [(0, 100.0, 0.0), (5, 60.0, 120.0), (3, 100.0, 0.0)])
def test_a_fixed_sum_is_shared_by_places_and_that_of_empty_ones_is_kept(
    places: int, each: float, unfilled: float
) -> None:
    """1,800 a year are 300 a half-term: of five places two are empty."""
    state = funded()
    state.programmes.places[1] = places
    paid = granted(state, funding__total=1800.0, funding__per_partnership=1.0)
    assert paid == pytest.approx([each, each, each, 0.0])
    assert state.ledger.pounds[UNFILLED] == pytest.approx(unfilled)
    assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)


def test_a_fixed_sum_without_partnerships_is_all_kept_if_there_is_a_place() -> None:
    state = funded()
    put(state.partnerships, alive=0)
    state.programmes.places[1] = 1
    assert granted(state, funding__total=1800.0) == [0.0] * 4
    assert state.ledger.pounds[UNFILLED] == state.ledger.pounds[GRANTED] == pytest.approx(300.0)
    nobody = funded()
    put(nobody.partnerships, alive=0)
    granted(nobody, funding__total=1800.0)
    assert nobody.ledger.pounds[GRANTED] == 0.0


@pytest.mark.parametrize(
    ("half_term", "share", "loss"), [(5, 0.0, 0.0), (11, 1.0, 0.0), (17, 1.0, 0.5), (20, 0.75, 0.5), (30, 0.0, 0.0)]
)
def test_money_lasts_tapers_and_is_missed_beforehand(half_term: int, share: float, loss: float) -> None:
    """From 6 on two years in full, then two in which it shrinks by a twelfth each half-term; so do empty places."""
    state = funded()
    put(state.programmes, begins=6)
    state.programmes.places[1] = 4
    assert granted(state, half_term, funding__taper=2)[0] == pytest.approx(100.0 * share)
    assert state.partnerships.foreboding[:4].tolist() == pytest.approx([loss, loss, loss, 0.0])
    assert state.ledger.pounds[UNFILLED] == pytest.approx(100.0 * share)
    assert granted(funded(), funding__per_partnership=0.0) == [0.0] * 4


def test_a_central_purse_pays_those_who_claim() -> None:
    """By chance of the mean of the two heads' communication."""
    claimed = []
    for seed in range(1, 7):
        state = funded()
        put(state.schools, communication=np.linspace(0.1, 0.8, 8))
        paid = granted(state, seed=seed, funding__purse="central")
        for slot in range(3):
            told = 0.5 * (state.schools.communication[2 * slot] + state.schools.communication[2 * slot + 1])
            says = luck(seed, draws.CLAIM, 0, 700_001 + slot) < told
            assert paid[slot] == (100.0 if says else 0.0)
            claimed.append(says)
        assert state.ledger.pounds[UNCLAIMED] == pytest.approx(300.0 - sum(paid))
        assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)
    assert 0 < sum(claimed) < len(claimed)


def bid(seed: int, half_term: int = 8, **values: float | str) -> tuple[State, list[float]]:
    """The bids of a programme that began at half-term 2."""
    state = funded()
    put(state.programmes, begins=2)
    put(state.schools, bidding=[0.2, 0.9, 0.8, 0.3, 0.4, 0.5, 0.6, 0.7], need=1)
    usual: dict[str, float | str] = {
        "funding__purse": "bid", "bid__won": 0.34, "bid__skill": 1.0, "bid__noise": 0.3, "bid__hours": 10.0,
        "bid__drift": 0.0,
    }  # fmt: skip
    return state, granted(state, half_term, seed, **usual | values)


def strengths(seed: int) -> list[float]:
    """Of the three bids, written by the better bidder of each pair."""
    return [s + 0.3 * draws.normal(seed, draws.BID, 8, 700_001 + slot, 0) for slot, s in enumerate((0.9, 0.8, 0.5))]


def test_the_strongest_bid_wins_the_whole_fund() -> None:
    """One of three wins three grants; the better bidder of each partnership has written, the weaker the longer."""
    won = set()
    for seed in range(1, 9):
        state, paid = bid(seed)
        best = int(np.argmax(strengths(seed)))
        assert paid == [300.0 if slot == best else 0.0 for slot in range(4)]
        assert state.partnerships.prize[:4].tolist() == [3.0 if slot == best else 0.0 for slot in range(4)]
        assert state.schools.bidding_hours.tolist() == pytest.approx([0, 6.0, 7.0, 0, 0, 10.0, 0, 0])
        counts = state.ledger.counts
        assert counts[BIDS] == 3
        assert counts[BIDS_WON_SKILL] == pytest.approx((0.9, 0.8, 0.5)[best] - 2.2 / 3)
        assert counts[DRIFTED] == 0
        assert state.ledger.pounds[GRANTED] == pytest.approx(300.0)
        won.add(best)
    assert len(won) > 1


def test_two_of_three_bids_share_the_fund() -> None:
    """.51 of three is two, who have one and a half grants each."""
    state, paid = bid(1, bid__won=0.51)
    last = int(np.argmin(strengths(1)))
    assert paid == [0.0 if slot in (last, 3) else 150.0 for slot in range(4)]
    skills = [skill for slot, skill in enumerate((0.9, 0.8, 0.5)) if slot != last]
    assert state.ledger.counts[BIDS_WON_SKILL] == pytest.approx(sum(skills) / 2 - 2.2 / 3)
    assert bid(1, bid__won=9.0)[1] == [100.0, 100.0, 100.0, 0.0]
    assert bid(1, bid__won=0.51, bid__hours=0.0)[0].schools.bidding_hours.sum() == 0.0


@pytest.mark.parametrize(
    ("cells", "skill"),
    [
        # The seventh school, of skill .9, helps the sixth as far as it trusts it: .8 of that, not .1.
        ({"trust_ab": 0.1, "trust_ba": 0.8}, 0.72), ({"trust_ab": 0.8, "trust_ba": 0.5}, 0.5),
        ({"trust_ab": 0.8, "trust_ba": 0.8, "hostile": 1}, 0.5), ({"alive": 0}, 0.5),
    ],
)  # fmt: skip
def test_a_bid_has_the_skill_of_whoever_would_help_with_it(cells: dict[str, float], skill: float) -> None:
    state = funded()
    put(state.schools, bidding=[0.2, 0.2, 0.2, 0.2, 0.3, 0.5, 0.9, 0.2])
    tie(state, 9, (5, 6), **cells)
    assert skill_at_hand(state, 5) == pytest.approx(skill)
    values: dict[str, float | str] = {"funding__purse": "bid", "bid__won": 0.34, "bid__noise": 0.0, "bid__hours": 10.0}
    granted(state, 0, 1, **values | {"bid__skill": 1.0, "bid__drift": 0.0})
    assert state.schools.bidding_hours[5] == pytest.approx(10.0 * (1.5 - skill))
    assert state.partnerships.prize[2] == 3.0


def test_of_two_with_one_skill_the_more_confident_wins() -> None:
    for confident, slot in ((1, 0), (3, 1), (5, 2)):
        state = funded()
        confidence = np.full(8, 0.4)
        confidence[confident] = 0.6
        put(state.schools, bidding=[0.1, 0.5] * 4, confidence=confidence)
        values: dict[str, float | str] = {"funding__purse": "bid", "bid__won": 0.34, "bid__noise": 0.0}
        paid = granted(state, 0, 1, **values | {"bid__skill": 1.0, "bid__drift": 0.0})
        assert paid == [300.0 if place == slot else 0.0 for place in range(4)]


def test_money_for_networks_is_bid_for_by_their_strands() -> None:
    """The first two are a network's; half of the bids win: the better of the two, or the one of an originator."""
    for covers, paid, bids in (("networks", [0.0, 200.0, 0.0, 0.0], 2), ("originators", [0.0, 0.0, 100.0, 0.0], 1)):
        state = funded()
        state.partnerships.network[:2] = 1
        put(state.schools, bidding=[0.2, 0.3, 0.2, 0.6, 0.9, 0.9, 0.9, 0.9])
        values: dict[str, float | str] = {"funding__purse": "bid", "bid__won": 0.5, "funding__covers": covers}
        assert granted(state, 0, 1, **values | {"bid__noise": 0.0, "bid__skill": 1.0, "bid__drift": 0.0}) == paid
        assert state.ledger.counts[BIDS] == bids


def test_bids_are_written_once_a_year_and_pay_all_of_it() -> None:
    state, paid = bid(1, 9)
    assert paid == [0.0] * 4
    assert state.ledger.counts[BIDS] == 0
    state.partnerships.prize[2] = 3.0
    assert granted(state, 10, funding__purse="bid") == [0.0, 0.0, 300.0, 0.0]
    # A new round's losers lose what they had won before.
    old = funded()
    put(old.partnerships, prize=3.0)
    granted(old, 0, funding__purse="bid", bid__won=0.0)
    assert old.partnerships.prize[:4].tolist() == [0.0, 0.0, 0.0, 3.0]
    assert old.ledger.counts[BIDS] == 0


@pytest.mark.parametrize(("need", "own_need"), [(None, 1), (NONE, 0)])
def test_winners_may_drift_to_what_the_fund_is_for(need: int | None, own_need: int) -> None:
    """The theme is what looks best this year, by appeal and a draw, of what there is; a new focus finds new pairs."""
    drifted = 0
    for seed in range(1, 9):
        state = funded()
        put(state.programmes, begins=2)
        put(state.practices, appeal=(0.6, 0.9), alive=(1, 1))
        looks = [a * luck(seed, draws.THEME, 8, practice) for practice, a in enumerate((0.6, 0.9))]
        theme = int(np.argmax(looks))
        put(state.schools, bidding=0.5, need=theme if need is None else need)
        put(state.partnerships, focus=1 - theme if seed % 2 else theme, own_need=5, refocused=1)
        state.knowledge.mastery[1, theme] = 0.9
        granted(state, 8, seed, funding__purse="bid", bid__won=1.0, bid__drift=0.5)
        here = state.partnerships
        for slot in range(3):
            drifts = luck(seed, draws.DRIFT, 8, 700_001 + slot) < 0.5 and seed % 2 == 1
            assert here.focus[slot] == (theme if drifts or seed % 2 == 0 else 1 - theme)
            assert here.refocused[slot] == (8 if drifts else 1)
            assert here.own_need[slot] == (own_need if drifts else 5)
            drifted += drifts
        drifts = luck(seed, draws.DRIFT, 8, 700_001) < 0.5 and seed % 2 == 1
        assert here.giver[0, 0] == (1 if drifts else 0)
        assert state.ledger.counts[DRIFTED] == sum(here.refocused[:3] == 8)
    assert drifted > 2


def test_a_fund_is_for_something_that_is_there() -> None:
    state = funded()
    put(state.practices, alive=(0, 1), appeal=(0.9, 0.0))
    put(state.schools, bidding=0.5)
    granted(state, 0, funding__purse="bid", bid__won=1.0, bid__drift=1.0)
    assert state.partnerships.focus[:4].tolist() == [0, 0, 0, 0]
    put(state.practices, alive=(0, 1), appeal=(0.9, 0.1))
    granted(state, 0, funding__purse="bid", bid__won=1.0, bid__drift=1.0)
    assert state.partnerships.focus[:4].tolist() == [1, 1, 1, 0]


def test_the_last_place_of_a_full_table_bids_and_is_paid_too() -> None:
    """Of two equally good at bids the originator writes; where money has stopped nobody does."""
    for half_term, bids in ((0, 3), (12, 0)):
        state = open_to_all(partnerships=3)
        for slot in range(3):
            ends = (2 * slot, 2 * slot + 1)
            tie(state, slot, ends)
            partnership(state, slot, ends, slot, uid=700_001 + slot, programme=1)
        put(state.schools, bidding=0.5)
        paid = granted(state, half_term, funding__purse="bid", bid__won=1.0, bid__drift=0.0, bid__hours=4.0)
        assert paid == ([100.0] * 3 if bids else [0.0] * 3)
        assert state.ledger.counts[BIDS] == bids
        assert state.schools.bidding_hours.tolist() == [4.0 * bool(bids), 0.0] * 3 + [0.0] * 2


# --- changes of policy ----------------------------------------------------------------------------


def schemes() -> State:
    """Two of a programme's partnerships and two on own initiative; everybody trusts, brokers know."""
    state = state_of(8, 2, brokers=1)
    for slot in range(4):
        ends = (2 * slot, 2 * slot + 1)
        tie(state, slot, ends, trust_ab=0.8, trust_ba=0.4)
        cells = {"programme": int(slot < 2), "imposed": 1, "pounds": 5.0}
        partnership(state, slot, ends, slot, **cells)
    state.programmes.role[1] = [1, 2, 1, 2, 0, 0, 0, 2]
    put(state.schools, role=[1, 2, 1, 2, 0, 0, 0, 2])
    state.broker_knowledge.strengths[:] = 0.8
    return state


@pytest.mark.parametrize("half_term", [-1, 0, 1, 7])
def test_policy_changes_by_a_draw_once_it_has_begun(half_term: int) -> None:
    """Every .5 years is a chance of a third a half-term: one draw decides, and one whether it counts."""
    p = own(policy__churn=0.5, policy__continuity=0.4)
    changed = []
    for seed in range(1, 13):
        comes = luck(seed, draws.CHURN, half_term, 0, 0) < 1 / 3
        spared = luck(seed, draws.CHURN, half_term, 0, 1) < 0.4
        state = schemes()
        closed = close_programmes(state, p, Clock((seed, half_term)))
        expected = half_term > 0 and comes and not spared
        assert closed.tolist() == [0, 2 if expected else 0]
        assert state.partnerships.alive[:4].tolist() == ([0, 0, 1, 1] if expected else [1, 1, 1, 1])
        assert state.ledger.counts[RESETS] == expected
        changed.append(expected)
    assert any(changed) == (half_term > 0)
    assert not all(changed)


def test_a_change_of_policy_strains_ties_and_forgets_what_was_learned_of_working_together() -> None:
    """Trust loses .25 of itself, what brokers know .2, those at work .2 of their skill in passing on."""
    p = own(policy__churn=1 / 6, policy__continuity=0.0, policy__strain=0.25, policy__forgotten=0.2)
    state = schemes()
    put(state.partnerships, network=(1, 0, 0, 0, 0, 0), prize=2.0, foreboding=0.5)
    state.partnerships.learner_uid[1, 0] = 1  # who has left is not the one who forgets
    close_programmes(state, p, Clock((1, 3)))
    ties, schools = state.ties, state.schools
    assert ties.trust_ab[:4].tolist() == pytest.approx([0.6, 0.6, 0.8, 0.8])
    assert ties.trust_ba[:4].tolist() == pytest.approx([0.3, 0.3, 0.4, 0.4])
    assert state.broker_knowledge.strengths[0].tolist() == pytest.approx([0.64] * 8)
    assert state.teachers.transfer.tolist() == pytest.approx([0.4, 0.5, 0.4] + [0.5] * 13)
    assert schools.role.tolist() == state.programmes.role[1].tolist() == [NEITHER] * 8
    assert schools.commitments.tolist() == [0] * 4 + [1] * 4
    assert state.ledger.counts[ENDED] == 2
    here = state.partnerships
    for name in ("programme", "imposed", "network", "pounds", "prize", "foreboding"):
        assert getattr(here, name)[:2].tolist() == [0, 0], name


def test_continuity_softens_what_is_lost() -> None:
    """Three quarters are kept: a quarter of the strain .4, and of what is forgotten, .2."""
    p = own(policy__churn=1 / 6, policy__continuity=0.75, policy__strain=0.4, policy__forgotten=0.2)
    seed = next(seed for seed in range(1, 99) if luck(seed, draws.CHURN, 3, 0, 1) >= 0.75)
    state = schemes()
    assert close_programmes(state, p, Clock((seed, 3))).tolist() == [0, 2]
    assert state.ties.trust_ab[0] == pytest.approx(0.8 * 0.9)
    assert state.teachers.transfer[0] == pytest.approx(0.5 * 0.95)
    assert state.broker_knowledge.strengths[0, 0] == pytest.approx(0.8 * 0.95)
