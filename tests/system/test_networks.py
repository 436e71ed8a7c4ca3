"""Networks: who is asked, who helps whom, what meetings and visits do; small systems worked by hand (M34)."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import igraph
import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters import code
from schoolsim.parameters.record import Parameters
from schoolsim.populations import PHASES
from schoolsim.rules.codes import NONE, ORIGINATOR, PARTNER
from schoolsim.rules.networks import meeting_trust_gain
from schoolsim.rules.trust import raised_by_meetings
from schoolsim.system.networks.graph import teacher_graph, tie_graph
from schoolsim.system.networks.meetings import run_networks
from schoolsim.system.networks.members import add_strands, found_networks, grow_networks
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie, rebuild_adjacency, trust_of
from schoolsim.system.state.ledger import (
    BOUGHT,
    COVER,
    FACILITATOR,
    GRANTED,
    MADE_UP,
    MEETINGS,
    MET,
    REFUSED_GATE,
    REFUSED_ROOM,
    REFUSED_UNWILLING,
    RETURNED,
)  # fmt: skip
from tests.system.by_hand import (
    certain,
    friendship,
    luck,
    partnership,
    put,
    put_row,
    seed_where,
    side_by_side,
    state_of,
    tie,
)
from tests.system.worlds import made_table

CLUSTER, TRIAD, SUPPORTED = (code("programme.structure", name) for name in ("cluster", "triad", "supported"))
MEMBERS = 3


def asked(**values: float | str) -> Parameters:
    """Two clusters of three."""
    return certain(
        **{"programme__structure": "cluster", "programme__networks": 2, "programme__members": MEMBERS} | values
    )


# --- who is asked ---------------------------------------------------------------------------------


def founding(schools: int, **groups: Any) -> State:
    """A programme for all of them, in none yet, whose networks are rows 1 and 2."""
    state = state_of(schools, networks=3, **groups)
    put(state.programmes, covered=1, joined=NONE, networks=(0, 1), ends=60)
    return state


def own(**values: float | str) -> Parameters:
    """The parameters with the programme's levers, in row 1."""
    return side_by_side(certain(), asked(**values)).siblings[1]


def test_the_best_schools_are_asked_the_first_one_first() -> None:
    """Seven schools far apart in results; the fifth is closed. What a network is as it begins."""
    p = own(programme__select="best", network__years=2, market__choice_weight=0.0)
    state = founding(7)
    put(state.schools, standing=[10, 70, 30, 20, 90, 60, 50], closed=[0, 0, 0, 0, 1, 0, 0])
    put(state.schools, tone=[0.5, 0.4, 0.5, 0.9, 0.5, 0.5, 0.45], confidence=[0.5, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5])
    put(state.networks, news=0.5, met=5)
    found_networks(state, p, Clock((1, 12)))
    networks, schools = state.networks, state.schools
    assert networks.member[1:, :4].tolist() == [[1, 5, 6, NONE], [0, 2, 3, NONE]]
    assert (networks.member[1:, 4:] == NONE).all()
    assert schools.network.tolist() == [3, 2, 3, 3, 0, 2, 2]
    assert state.programmes.role[1].tolist() == [PARTNER, PARTNER, PARTNER, PARTNER, 0, PARTNER, PARTNER]
    assert networks.members.tolist() == [0, 3, 3]
    # .4 + .45 is warmer than .5 + .25; then .9 + .25.
    assert networks.leader.tolist() == [0, 1, 3]
    for name, value in {
        "alive": 1, "led": 1, "began": 12, "led_since": 12, "ends": 24, "met": 0, "kind": CLUSTER, "programme": 1,
        "news": 0.0,
    }.items():  # fmt: skip
        assert getattr(networks, name)[1:].tolist() == [value, value], name
    assert networks.uid[1:].tolist() == [draws.pair(schools.uid[1], -7), draws.pair(schools.uid[2], -7)]
    assert networks.alive[0] == 0


def test_a_closed_head_is_asked_where_policy_imposes() -> None:
    state = founding(4)
    put(state.schools, standing=[10, 70, 30, 90], closed=[0, 0, 0, 1])
    found_networks(state, own(programme__select="best", programme__imposed=1), Clock((1, 0)))
    assert state.schools.network.tolist() == [3, 2, 2, 2]
    assert state.networks.members.tolist() == [0, 3, 1]


def test_a_network_has_no_more_members_than_it_asks() -> None:
    for members in (1, 2, 4):
        state = founding(6)
        put(state.schools, standing=10.0 * np.arange(6))
        found_networks(state, own(programme__select="best", programme__members=members), Clock((1, 0)))
        assert state.networks.members[1] == members
        assert state.networks.member[1, :members].tolist() == list(range(6 - members, 6))


def test_the_weakest_is_supported_by_the_best() -> None:
    """Who is not covered is neither; luck only decides between equals."""
    state = founding(7)
    state.programmes.covered[1, 2] = 0
    put(state.schools, standing=[10, 70, -90, 20, 90, -60, 50])
    p = own(programme__structure="supported", programme__select="any", market__choice_weight=0.0, programme__networks=1)
    found_networks(state, p, Clock((1, 0)))
    assert state.networks.member[1, :3].tolist() == [1, 4, 5]
    roles = state.programmes.role[1]
    assert (roles[5], roles[4], roles[1]) == (PARTNER, ORIGINATOR, ORIGINATOR)
    assert roles.sum() == 2 * ORIGINATOR + PARTNER
    firsts = set()
    for seed in range(1, 8):
        equal = founding(3)
        p = own(programme__structure="supported", programme__select="any", programme__networks=1, programme__members=1)
        found_networks(equal, p, Clock((seed, 0)))
        (first,) = np.flatnonzero(equal.programmes.role[1] == PARTNER)
        lucks = [draws.normal(seed, draws.MEMBERS, 0, uid, 0) for uid in equal.schools.uid]
        assert first == int(np.argmax(lucks))
        firsts.add(int(first))
    assert len(firsts) > 1


@pytest.mark.parametrize(("rule", "members"), [("best", [3, 4, 5]), ("cross_area", [2, 4, 5])])
def test_members_are_of_the_first_ones_authority_unless_others_are_sought(rule: str, members: list[int]) -> None:
    """Across areas 2, of the other authority and trusted by both, is drawn to them most."""
    state = founding(6, authorities=(0, 0, 0, 1, 1, 1))
    put(state.schools, standing=[0, 10, 20, 30, 40, 50])
    tie(state, 0, (2, 5), trust_ab=1.0)
    tie(state, 1, (2, 4), trust_ab=1.0)
    tie(state, 2, (4, 5), trust_ab=1.0, trust_ba=1.0)
    put(state.schools, closed=(1, 1, 0, 0, 0, 0) if rule == "best" else (1, 1, 0, 1, 0, 0))
    p = own(programme__select=rule, programme__networks=1, market__choice_weight=0.0)
    found_networks(state, p, Clock((1, 0)))
    found = state.networks.member[1, :3].tolist()
    assert found == members


def test_who_joins_is_drawn_to_all_who_are_in_it() -> None:
    """5 asks first; 4 trusts it by .9; then 0 is trusted .8 by it and .0 by 4, a mean of .4, and 1 .5 by each."""
    state = founding(6)
    put(state.schools, standing=[0, 0, 0, 0, 0, 90.0])
    for slot, (ends, trust) in enumerate((((4, 5), 0.9), ((0, 5), 0.8), ((0, 4), 0.0), ((1, 5), 0.5), ((1, 4), 0.5))):
        tie(state, slot, ends, trust_ab=trust, trust_ba=trust)
    p = own(programme__select="best", programme__networks=1, market__choice_weight=0.0)
    found_networks(state, p, Clock((1, 0)))
    assert state.networks.member[1, :3].tolist() == [1, 4, 5]


def test_nobody_joins_who_has_fallen_out_with_the_first() -> None:
    state = founding(2)
    put(state.schools, standing=[0, 90.0])
    tie(state, 0, (0, 1), hostile=1)
    found_networks(state, own(programme__select="best", programme__networks=1), Clock((1, 0)))
    assert state.networks.members[1] == 1


# --- who helps whom -------------------------------------------------------------------------------


def network(
    schools: int = 3, kind: int = CLUSTER, *, led: int = 1, leader: int = 0, staff: int = 2, hours: float = 10.0
) -> State:
    """A network of all schools but a last one, at one place, who do not know each other."""
    state = state_of(schools + 1, staff, 3, networks=1, ties=20, friends=20)
    put_row(
        state.networks, 0, alive=1, uid=77, kind=kind, members=schools, leader=leader, led=led, began=0, led_since=0,
        ends=60,
    )  # fmt: skip
    state.networks.member[0, :schools] = np.arange(schools)
    put(state.schools, network=[1] * schools + [0], hours=hours, role=[PARTNER] * schools + [0])
    return state


def strands(state: State) -> set[tuple[int, int]]:
    """Originator and partner of each partnership."""
    slots = np.flatnonzero(state.partnerships.alive)
    return {(int(state.partnerships.originator[slot]), int(state.partnerships.partner[slot])) for slot in slots}


def test_before_needs_are_known_the_best_results_will_do() -> None:
    state = network()
    put(state.schools, standing=[0.5, 1.5, 0.2, 9.0])
    add_strands(state, asked(), Clock((1, 0)))
    # 0 asks 1, which does not ask 0 then but 2; 2 asks 0, with better results than none.
    assert strands(state) == {(1, 0), (2, 1), (0, 2)}


@pytest.mark.parametrize("changes", [{"led": 0}, {"kind": TRIAD}, {"alive": 0}])
def test_no_help_where_nobody_leads_or_only_visits_are_paid(changes: dict[str, int]) -> None:
    state = network()
    put_row(state.networks, 0, **changes)
    add_strands(state, asked(), Clock((1, 0)))
    assert strands(state) == set()


def test_who_has_a_strand_of_this_network_needs_no_other() -> None:
    """Four members, of whom each is helped by one and at work with one or two: there are others to ask."""
    state = network(4)
    add_strands(state, asked(), Clock((1, 0)))
    found = strands(state)
    assert sorted(partner for _, partner in found) == [0, 1, 2, 3]
    add_strands(state, asked(), Clock((1, 1)))
    assert strands(state) == found


def test_another_networks_strands_are_no_help() -> None:
    state = network()
    tie(state, 0, (0, 3))
    partnership(state, 0, (3, 0), 0, network=2)
    add_strands(state, asked(), Clock((1, 0)))
    assert len(strands(state)) == 4


def helped(state: State, half_term: int = 0, **values: float | str) -> set[tuple[int, int]]:
    """Strands of networks that are row 1's."""
    put(state.networks, programme=1)
    add_strands(state, own(**values), Clock((1, half_term)))
    return strands(state)


def test_each_member_is_helped_by_the_one_furthest_ahead_in_what_it_needs() -> None:
    state = network()
    put(state.schools, need=[0, 1, 2, 0])
    state.repertoires.mastery[:] = [[0.1, 0.9, 0.3], [0.5, 0.2, 0.8], [0.4, 0.6, 0.1], [1.0, 1.0, 1.0]]
    # 0 needs the first practice: 1 is .4 ahead, 2 only .3. 1 and 0 are then at work: 1 turns to 2, and 2 to 0.
    assert helped(state, 6, programme__imposed=1) == {(1, 0), (2, 1), (0, 2)}
    here = state.partnerships
    assert here.programme[:3].tolist() == here.imposed[:3].tolist() == here.network[:3].tolist() == [1, 1, 1]
    assert state.ties.trust_ab[:3].tolist() == [asked().trust_stranger] * 3
    assert state.ties.familiarity[:3].tolist() == [0.0] * 3
    # Who is helped already is not helped again.
    helped(state, 12)
    assert here.alive.sum() == 3
    # Who has lost its help finds some again.
    lost = int(np.flatnonzero(here.alive & (here.partner == 1))[0])
    here.alive[lost] = 0
    assert helped(state, 12) == {(1, 0), (2, 1), (0, 2)}


def test_who_is_least_behind_helps_where_nobody_is_ahead() -> None:
    state = network()
    put(state.schools, need=[0, 0, 0, 0])
    state.repertoires.mastery[:, 0] = (0.9, 0.2, 0.4, 1.0)
    assert (2, 0) in helped(state)


def test_the_supported_school_has_all_the_help() -> None:
    state = network(kind=SUPPORTED)
    state.programmes.role[1] = [ORIGINATOR, PARTNER, ORIGINATOR, 0]
    assert helped(state) == {(0, 1), (2, 1)}
    helped(state)
    assert state.partnerships.alive.sum() == 2


def test_a_network_of_another_programme_is_left_to_it() -> None:
    state = network()
    add_strands(state, own(), Clock((1, 0)))
    assert strands(state) == set()


def test_no_strand_where_a_table_is_full() -> None:
    """Of ties, between strangers; of partnerships."""
    state = network()
    put(state.ties, alive=1)
    assert helped(state) == set()
    full = network()
    put(full.partnerships, alive=1, tie=NONE)
    helped(full)
    assert full.schools.commitments.tolist() == [0] * 4


# --- who joins later --------------------------------------------------------------------------------


def growing(**values: float | str) -> Parameters:
    """Invitations are accepted, as far as hours and heads allow; there are hours for 30 networks."""
    generous: dict[str, float | str] = {
        "network__grows": 1, "network__most": 4, "leadership__gate": 1.0, "leadership__distributed_gate": 0.0,
        "accept__base": 99.0, "time__committed": 0.0, "time__formal_hours": 120.0,
        "time__tone_slope": 0.0, "network__people": 2.0, "network__meeting_hours": 4.0, "network__meetings": 1,
        "network__arranging": 0.0, "market__choice_weight": 0.0,
    }  # fmt: skip
    return asked(**generous | values)


def covered(state: State, **changes: object) -> State:
    """Three schools of a network, a fourth that the first knows."""
    put(state.programmes, begins=0, ends=60)
    state.programmes.covered[:] = 1
    state.programmes.role[0, :3] = PARTNER
    put_row(state.networks, 0, **changes)
    tie(state, 11, (0, 3))
    return state


def test_a_network_asks_who_is_left_and_keeps_its_order() -> None:
    state = covered(network())
    state.schools.uid[3] = 5  # before all others
    grow_networks(state, growing(), Clock((1, 6)))
    assert state.networks.members[0] == 4
    assert state.networks.member[0, :4].tolist() == [3, 0, 1, 2]
    assert state.schools.network[3] == 1
    assert state.programmes.role[0, 3] == PARTNER


@pytest.mark.parametrize(
    ("values", "changes", "half_term", "closed"),
    [
        ({"network__most": 3}, {}, 6, 0),
        ({"network__grows": 0}, {}, 6, 0),
        ({}, {"led": 0}, 6, 0),
        ({}, {"kind": SUPPORTED}, 6, 0),
        ({}, {"began": 6}, 6, 0),  # not in its first year
        ({}, {}, 6, 1),
    ],
)
def test_a_network_asks_nobody(values: dict[str, float], changes: dict[str, int], half_term: int, closed: int) -> None:
    state = covered(network(), **changes)
    state.schools.closed[3] = closed
    grow_networks(state, growing(**values), Clock((1, half_term)))
    assert state.networks.members[0] == 3
    assert state.schools.network[3] == 0


def grown(state: State, half_term: int = 6, seed: int = 1, **values: float | str) -> list[list[int]]:
    """Members of each network after its members invite for a year."""
    grow_networks(state, growing(**values), Clock((seed, half_term)))
    networks = state.networks
    return [networks.member[row, : networks.members[row]].tolist() for row in range(networks.rows)]


def test_only_who_is_known_to_a_member_and_no_enemy_is_invited() -> None:
    """Nobody knows the fourth; or as an enemy; or one of two as an enemy; told whom to take, they need not know it."""
    for cells, imposed, joins in (
        ({"alive": 0}, False, False), ({"hostile": 1}, False, False), ({}, False, True), ({"alive": 0}, True, True),
    ):  # fmt: skip
        state = covered(network())
        put_row(state.ties, 11, **cells)
        rebuild_adjacency(state)
        assert grown(state, programme__imposed=imposed)[0] == [0, 1, 2] + [3] * joins


def test_who_is_invited_says_yes_as_to_a_partner_by_trust_in_the_member_it_trusts_most() -> None:
    """-1 + 4 x trust .6 - .3 + .2 of an invitation, in logit; who declines is not asked again that year."""
    values = {
        "accept__base": -1.0, "accept__trust": 4.0, "accept__familiarity": 0.0, "search__distance": 0.0,
        "search__rivalry": 0.0, "accept__funded": 0.0, "programme__invitation": 0.2, "leadership__parochialism": 0.0,
        "network__grows": 2,
    }  # fmt: skip
    joined = []
    for seed in range(1, 13):
        state = covered(network())
        tie(state, 10, (1, 3), trust_ab=0.1, trust_ba=0.6)
        tie(state, 11, (0, 3), trust_ab=0.9, trust_ba=0.2)
        asked_as = draws.pair(state.networks.uid[0], state.schools.uid[3])
        yes = luck(seed, draws.JOIN, 6, asked_as, 2) < 1.0 / (1.0 + math.exp(1.0 - 2.4 - 0.2))
        assert grown(state, seed=seed, **values)[0] == [0, 1, 2] + [3] * yes
        assert state.ledger.counts[REFUSED_UNWILLING] == (not yes)
        joined.append(yes)
    assert 0 < sum(joined) < len(joined)


def test_a_shut_gate_is_a_refusal_and_another_is_invited_the_same_year() -> None:
    """The fourth is liked better, known to two, but its head keeps the gate shut."""
    state = state_of(5, networks=1)
    put(state.programmes, covered=1, ends=60)
    put_row(state.networks, 0, alive=1, kind=CLUSTER, members=3, led=1, programme=0)
    state.networks.member[0, :3] = (0, 1, 2)
    for slot, ends in enumerate(((0, 3), (1, 3), (0, 4))):
        tie(state, slot, ends)
    state.schools.closed[3] = 1
    for grows, members in ((1, [0, 1, 2]), (2, [0, 1, 2, 4])):
        put_row(state.ledger, REFUSED_GATE, counts=0.0)
        assert grown(state, network__grows=grows, network__most=9)[0] == members
        assert state.ledger.counts[REFUSED_GATE] == 1


def in_two() -> State:
    """Networks of 0 and 1, and of 2 and 3, of one programme; 1 and 2 know each other."""
    state = state_of(4, networks=2)
    put(state.programmes, covered=1, ends=60, role=PARTNER)
    for row, members in enumerate(((0, 1), (2, 3))):
        put_row(state.networks, row, alive=1, kind=CLUSTER, members=2, led=1, leader=members[0], uid=row, ends=60)
        state.networks.member[row, :2] = members
        state.schools.network[list(members)] = row + 1
    tie(state, 0, (1, 2))
    return state


def test_a_school_may_be_in_several_networks_as_far_as_its_hours_go() -> None:
    """A network asks 2 x 4 hours: 1 is invited by 2, and 2 by 1; 16 hours are enough, 15 are not."""
    for formal, members in ((8.0, [[0, 1, 2], [1, 2, 3]]), (7.5, [[0, 1], [2, 3]])):
        state = in_two()
        assert grown(state, time__formal_hours=formal) == members
        assert state.ledger.counts[REFUSED_ROOM] == (2 if len(members[0]) == 2 else 0)
    # Half of 32 hours is for partnerships; a network that nobody leads asks for none.
    state = in_two()
    assert grown(state, time__formal_hours=16.0, time__committed=0.5) == [[0, 1, 2], [1, 2, 3]]
    assert state.programmes.role[0].tolist() == [PARTNER] * 4
    state = in_two()
    state.networks.led[1] = 0
    assert grown(state, time__formal_hours=4.0) == [[0, 1, 2], [2, 3]]


def test_of_two_invitations_in_a_year_a_school_accepts_what_it_has_hours_for() -> None:
    """Each asks 8 of its hours: of 16 both, of 15 the first one's."""
    for formal, members in ((8.0, [[0, 1, 4], [2, 3, 4]]), (7.5, [[0, 1, 4], [2, 3]])):
        state = state_of(5, networks=2)
        put(state.programmes, covered=1, ends=60)
        state.programmes.role[0, :4] = PARTNER
        for row, own_members in enumerate(((0, 1), (2, 3))):
            put_row(state.networks, row, alive=1, kind=CLUSTER, members=2, led=1, leader=2 * row, uid=row, ends=60)
            state.networks.member[row, :2] = own_members
            tie(state, row, (2 * row, 4))
        assert grown(state, time__formal_hours=formal) == members


def test_who_has_another_part_in_the_programme_is_not_invited() -> None:
    for network_of, programme, kind in ((0, 0, CLUSTER), (2, 1, CLUSTER), (2, 0, SUPPORTED)):
        state = in_two()
        put_row(state.networks, 1, led=0, programme=programme, kind=kind)
        state.schools.network[2] = network_of
        assert grown(state)[0] == [0, 1]


def test_news_is_of_those_in_one_network_and_of_the_best_told() -> None:
    """The first tells .8 x .5 = .4, the second .1; 1 and 2 are in both, 0 and 3 in none together."""
    state = in_two()
    for row, members in enumerate(((0, 1, 2), (1, 2, 3))):
        put_row(state.networks, row, members=3, news=(0.8, 0.2)[row])
        state.networks.member[row, :3] = members
    for slot, ends in enumerate(((1, 2), (0, 1), (2, 3), (0, 3))):
        tie(state, slot, ends, news=0.9)
    run_networks(state, certain(**MEETING | {"network__meetings": 0}), Clock((1, 3)))
    assert state.ties.news[:4].tolist() == pytest.approx([0.4, 0.4, 0.1, 0.0])


def test_of_two_networks_the_other_stays_when_one_is_wound_up() -> None:
    state = in_two()
    put_row(state.networks, 0, members=3, ends=3)
    state.networks.member[0, :3] = (0, 1, 2)
    state.schools.network[2] = 1
    run_networks(state, certain(**MEETING), Clock((1, 3)))
    assert state.networks.alive.tolist() == [0, 1]
    assert state.schools.network.tolist() == [0, 0, 2, 2]


# --- meetings -------------------------------------------------------------------------------------

MEETING = {
    "network__meetings": 2, "network__people": 2.0, "network__meeting_hours": 4.0, "network__arranging": 3.0,
    "network__pounds": 0.0, "network__leader_stops": 0.0, "network__leader_leaves": 0.0, "network__friends": 0.0,
    "network__trust": 0.1, "trust__meeting_familiarity": 0.2, "broker__learns": 0.25, "memory__kept": 0.5,
    "market__choice_weight": 0.0, "travel__speed": 20.0,
}  # fmt: skip


def level(state: State, one: int, other: int) -> tuple[float, float]:
    """Trust of one in the other, and familiarity."""
    on = find_tie(state, one, other)
    assert on >= 0
    return float(trust_of(state.ties, on, one)), float(state.ties.familiarity[on])


def test_members_meet_as_far_as_their_hours_go() -> None:
    """A member gives 2 x 2 x 4 = 16 of its 20 hours; the leader arranges for three, 2 x (8 + 9) = 34, and has 20."""
    state = network()
    tie(state, 0, (0, 1))
    put_row(state.networks, 0, news=0.4)
    p = certain(**MEETING)
    run_networks(state, p, Clock((1, 3)))
    lead = 20.0 / 34.0
    assert state.schools.hours[:3].tolist() == pytest.approx([0.0, 2.0, 2.0])
    assert state.schools.hours[3] == 10.0
    assert state.ledger.hours[MEETINGS] == state.ledger.hours[GRANTED] == pytest.approx(52.0)
    for one, other, weight, trust, known in (
        (0, 1, 2 * lead, 0.5, 0.4),
        (0, 2, 2 * lead, 0.2, 0.0),
        (1, 2, 2.0, 0.2, 0.0),
    ):
        expected = 1 - (1 - trust) * 0.9**weight, 1 - (1 - known) * 0.8**weight
        assert level(state, one, other) == pytest.approx(expected)
        assert level(state, other, one) == pytest.approx(expected)
    assert not any(find_tie(state, row, 3) >= 0 for row in range(3))
    assert state.networks.met[0] == 2
    assert state.ledger.counts[MET] == 2.0
    news = 1 - (1 - 0.2) * 0.75 ** (2 * (2 + lead) / 3)
    assert state.networks.news[0] == pytest.approx(news)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert state.ties.news[find_tie(state, one, other)] == pytest.approx(news)
    assert state.ties.news.sum() == pytest.approx(3 * news)


def test_journeys_to_the_leader_take_hours() -> None:
    """8 km are 4.97 miles, there and back .497 hours at 20 miles an hour, for two people and at two meetings."""
    state = network()
    put(state.schools, east=[0.0, 8.0, 0.0, 0.0], hours=100.0)
    run_networks(state, certain(**MEETING), Clock((1, 3)))
    travel = 2 * 2 * 2 * (8 / 1.609344) / 20
    assert state.schools.hours[:3].tolist() == pytest.approx([100 - 34 / 2, 100 - (16 + travel) / 2, 100 - 16 / 2])


def test_shared_arranging_is_the_same_for_all() -> None:
    state = network(hours=100.0)
    run_networks(state, certain(**MEETING, network__rotating=1), Clock((1, 3)))
    assert state.schools.hours[:3].tolist() == pytest.approx([100 - 22 / 2] * 3)


def test_money_buys_cover_and_a_facilitator_who_takes_the_arranging() -> None:
    """Of 600 a half-term the facilitator costs 2 x 120; 360 buy 14.4 hours, 4.8 each of the 16 a member gives."""
    state = network(hours=100.0)
    tie(state, 0, (0, 1), rivalry=0.5)
    values = MEETING | {"network__pounds": 3600.0, "network__facilitator_cost": 120.0, "network__facilitated": 1}
    p = certain(**values, network__facilitator_trust=0.5, funding__hour=25.0)
    run_networks(state, p, Clock((1, 3)))
    assert state.networks.facilitated[0] == 1
    assert state.schools.hours[:3].tolist() == pytest.approx([100 - 11.2 / 2] * 3)
    hours, pounds = state.ledger.hours, state.ledger.pounds
    assert (hours[BOUGHT], hours[MEETINGS], hours[GRANTED]) == pytest.approx((14.4, 48.0, 33.6))
    assert pounds[GRANTED] == pytest.approx(600.0)
    assert (pounds[FACILITATOR], pounds[COVER], pounds[RETURNED]) == pytest.approx((240.0, 360.0, 0.0))
    for one, other, rival, trust in ((0, 1, 0.5, 0.5), (0, 2, 0.0, 0.2)):
        gain = meeting_trust_gain(rival, 1.0, p)
        assert gain == pytest.approx(0.1 * 1.5 * (1 - rival))
        assert level(state, one, other)[0] == pytest.approx(raised_by_meetings(trust, 2.0, gain))


def test_money_that_is_not_needed_comes_back_and_too_little_pays_no_facilitator() -> None:
    state = network(hours=100.0)
    values = MEETING | {"network__pounds": 36_000.0, "network__facilitator_cost": 3001.0, "network__facilitated": 1}
    run_networks(state, certain(**values, funding__hour=25.0), Clock((1, 3)))
    hours, pounds = state.ledger.hours, state.ledger.pounds
    assert state.networks.facilitated[0] == 0
    assert hours[BOUGHT] == hours[MEETINGS] == pytest.approx(34 + 16 + 16)
    assert state.schools.hours.tolist() == [100.0] * 4
    assert (pounds[GRANTED], pounds[COVER], pounds[RETURNED]) == pytest.approx((6000.0, 1650.0, 4350.0))
    assert pounds[FACILITATOR] == 0.0


def test_a_closed_head_stays_away_unless_told_to_come() -> None:
    for imposed, met in ((0, False), (1, True)):
        state = network(hours=100.0)
        put(state.schools, closed=[0, 1, 0, 0])
        run_networks(state, certain(**MEETING, programme__imposed=imposed), Clock((1, 3)))
        assert (find_tie(state, 0, 1) >= 0) == met
        assert (state.schools.hours[1] < 100.0) == met
        assert find_tie(state, 0, 2) >= 0


def test_at_one_table_old_quarrels_may_end_and_hostile_trust_does_not_grow() -> None:
    """Chance 1 - .7^2 where both are there for both meetings."""
    fates = set()
    for seed in range(1, 9):
        state = network(hours=100.0)
        tie(state, 0, (1, 2), hostile=1, trust_ab=0.02, trust_ba=0.02)
        run_networks(state, certain(**MEETING | {"network__trust": 0.3}), Clock((seed, 3)))
        uid = state.schools.uid
        ended = luck(seed, draws.REPAIR, 3, draws.pair(uid[1], uid[2]), 1) < 1 - 0.7**2
        assert state.ties.hostile[0] == (not ended)
        assert state.ledger.counts[MADE_UP] == ended
        assert (level(state, 1, 2)[0] > 0.02) == ended
        assert level(state, 1, 2)[1] > 0.4
        fates.add(ended)
    assert len(fates) == 2


def test_there_is_nothing_to_make_up_between_friends() -> None:
    state = network(hours=100.0)
    tie(state, 0, (1, 2))
    run_networks(state, certain(**MEETING | {"network__trust": 1.0}), Clock((1, 3)))
    assert state.ledger.counts[MADE_UP] == 0


def test_meetings_that_take_no_time_are_none() -> None:
    state = network(hours=100.0)
    run_networks(state, certain(**MEETING | {"network__meeting_hours": 0.0, "network__arranging": 0.0}), Clock((1, 3)))
    assert not state.ties.alive.any()
    assert state.networks.news[0] == 0.0


# --- visits ---------------------------------------------------------------------------------------


def test_heads_visit_each_member_once_a_year() -> None:
    """Two heads come to each school, in the half-term of its place in the year's draw.

    Host and guest give 6 hours: a meeting and a half.
    """
    values = MEETING | {"network__meetings": 0, "network__visitors": 2, "network__visit_hours": 6.0}
    p = certain(**values)
    for half_term in (6, 7, 8, 9):
        state = network(4, TRIAD, hours=100.0)
        run_networks(state, p, Clock((2, half_term)))
        order = sorted(range(4), key=lambda row: luck(2, draws.NETWORK_VISITS, 6, state.schools.uid[row]))
        host = order[half_term - 6]
        guests = {order[(half_term - 6 + after) % 4] for after in (1, 2)}
        found = np.flatnonzero(state.ties.alive)
        assert {frozenset((int(state.ties.a[one]), int(state.ties.b[one]))) for one in found} == {
            frozenset((host, guest)) for guest in guests
        }
        assert state.schools.hours[host] == 100 - 12 / 2
        assert {row for row in range(4) if state.schools.hours[row] == 100 - 6 / 2} == guests
        for guest in guests:
            assert level(state, host, guest) == pytest.approx((1 - 0.8 * 0.9**1.5, 1 - 0.8**1.5))
        assert state.networks.news[0] == pytest.approx(1 - 0.75 ** (2 / 4))
    for half_term in (10, 11):
        state = network(4, TRIAD)
        run_networks(state, p, Clock((2, half_term)))
        assert not state.ties.alive.any()


def test_a_guest_stays_as_long_as_its_hours_go_and_the_host_gives_as_many() -> None:
    """8 km apart: 4.97 miles each way, .497 hours in all; the guest has 2 x 2 of the 6.497 hours."""
    values = MEETING | {"network__meetings": 0, "network__visitors": 3, "network__visit_hours": 6.0}
    state = network(2, TRIAD, hours=2.0)
    put(state.schools, east=[0.0, 8.0, 0.0])
    order = sorted(range(2), key=lambda row: luck(2, draws.NETWORK_VISITS, 6, state.schools.uid[row]))
    state.schools.hours[order[0]] = 100.0
    run_networks(state, certain(**values), Clock((2, 6)))
    share = 4.0 / (6.0 + 2 * (8 / 1.609344) / 20)
    assert state.schools.hours[order[1]] == pytest.approx(0.0)
    assert state.schools.hours[order[0]] == pytest.approx(100 - 6 * share / 2)
    assert level(state, 0, 1)[1] == pytest.approx(1 - 0.8 ** (1.5 * share))
    assert state.networks.news[0] == pytest.approx(1 - 0.75 ** (share / 2))


@pytest.mark.parametrize("closed", ["host", "guest"])
def test_closed_heads_neither_visit_nor_receive_unless_told(closed: str) -> None:
    values = MEETING | {"network__meetings": 0, "network__visitors": 1}
    for imposed in (0, 1):
        state = network(2, TRIAD, hours=100.0)
        order = sorted(range(2), key=lambda row: luck(2, draws.NETWORK_VISITS, 6, state.schools.uid[row]))
        state.schools.closed[order[closed == "guest"]] = 1
        run_networks(state, certain(**values, programme__imposed=imposed), Clock((2, 6)))
        assert state.ties.alive.sum() == imposed


# --- leadership -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "half_term", "leader", "led", "since"),
    [
        ({"network__leader_stops": 1.0}, 3, 1, 0, 0),
        ({"network__leader_stops": 1.0, "network__rotating": 1}, 3, 2, 1, 3),
        ({"network__leader_stops": 1.0, "network__facilitated": 1, "network__facilitator_cost": 0.0}, 3, 2, 1, 3),
        ({"network__rotating": 1}, 3, 1, 1, 0),
        ({"network__rotating": 1}, 6, 2, 1, 6),
        ({"network__rotating": 1}, 0, 1, 1, 0),
        ({}, 6, 1, 1, 0),
    ],
)
def test_leadership_passes_to_the_next_member_or_stops(
    how: dict[str, float], half_term: int, leader: int, led: int, since: int
) -> None:
    """Shared leadership goes on at the year's beginning, or when who leads tires; else nobody leads."""
    state = network(leader=1)
    run_networks(state, certain(**MEETING | how), Clock((1, half_term)))
    networks = state.networks
    assert (networks.leader[0], networks.led[0], networks.led_since[0]) == (leader, led, since)


def test_after_the_last_member_the_first_leads() -> None:
    state = network(leader=2)
    run_networks(state, certain(**MEETING, network__rotating=1), Clock((1, 6)))
    assert state.networks.leader[0] == 0


@pytest.mark.parametrize(("since", "led"), [(2, 1), (3, 0), (-100, 1)])
def test_a_network_is_left_without_a_leader_by_a_head_who_goes(since: int, led: int) -> None:
    """A head new since the network's leadership was taken up."""
    state = network(leader=1)
    state.networks.led_since[0] = 2
    state.schools.head_since[:] = 5
    state.schools.head_since[1] = since
    run_networks(state, certain(**MEETING | {"network__leader_leaves": 1.0}), Clock((1, 4)))
    assert state.networks.led[0] == led
    assert state.ties.alive.any() == led


def test_without_a_leader_members_still_meet_now_and_then() -> None:
    """Two and two by a draw of theirs; how much comes of it is both schools' willingness."""
    p = certain(**MEETING, network__informal=0.5)
    met = 0
    for seed in range(1, 6):
        state = network(led=0)
        put(state.schools, tone=[0.5, 0.8, 0.6, 0.5], confidence=[0.5, 0.4, 0.3, 0.5])
        put_row(state.networks, 0, facilitated=1)
        run_networks(state, p, Clock((seed, 3)))
        willing = [0.5 * 1.0, 0.8 * 0.9, 0.6 * 0.8]
        uid = state.schools.uid
        for one, other in ((0, 1), (0, 2), (1, 2)):
            meets = luck(seed, draws.NETWORK_INFORMAL, 3, draws.pair(uid[one], uid[other])) < 0.5
            assert (find_tie(state, one, other) >= 0) == meets
            if meets:
                weight = willing[one] * willing[other]
                assert level(state, one, other) == pytest.approx((1 - 0.8 * 0.9**weight, 1 - 0.8**weight))
            met += meets
        assert state.networks.facilitated[0] == state.networks.met[0] == 0
        assert state.schools.hours.tolist() == [10.0] * 4
    assert met > 3


def test_a_network_is_wound_up_when_its_time_is_over() -> None:
    for half_term, alive in ((59, 1), (60, 0)):
        state = network()
        run_networks(state, certain(**MEETING), Clock((1, half_term)))
        networks, schools = state.networks, state.schools
        assert (networks.alive[0], networks.led[0]) == (alive, alive)
        assert schools.network.tolist() == [alive, alive, alive, 0]


def test_ended_networks_do_nothing() -> None:
    state = network()
    state.networks.alive[0] = 0
    run_networks(state, certain(**MEETING), Clock((1, 3)))
    assert not state.ties.alive.any()
    assert state.schools.network[0] == 1


def test_a_draw_decides_whether_a_leader_tires() -> None:
    """.5 a year is 1 - .5^(1/6) a half-term."""
    chance = 1 - 0.5 ** (1 / 6)
    stops = seed_where(lambda seed: luck(seed, draws.NETWORK_LEADER, 3, 77) < chance)
    goes_on = seed_where(lambda seed: luck(seed, draws.NETWORK_LEADER, 3, 77) >= chance)
    for seed, led in ((stops, 0), (goes_on, 1)):
        state = network()
        run_networks(state, certain(**MEETING | {"network__leader_stops": 0.5}), Clock((seed, 3)))
        assert state.networks.led[0] == led


def test_at_meetings_of_all_levels_teachers_make_friends() -> None:
    """By a draw of each school's: whether, with whom of the other schools, and between which posts."""
    made = 0
    for seed in range(1, 7):
        state = network(staff=3, hours=100.0)
        values = MEETING | {
            "network__friends": 0.5,
            "ties__teachers_trust": 0.45,
            "ties__teachers_familiarity": 0.25,
        }
        run_networks(state, certain(**values, network__levels="all"), Clock((seed, 3)))
        friends, schools = state.friends, state.schools
        expected = []
        for place in range(3):
            uid = schools.uid[place]
            draw, chance = luck(seed, draws.NETWORK_FRIENDS, 3, uid, 0), 0.75
            if draw < chance:
                other = (place + 1 + int(draw / chance * 2)) % 3
                mine, theirs = (int(3 * luck(seed, draws.NETWORK_FRIENDS, 3, uid, which)) for which in (1, 2))
                expected.append((3 * place + mine, 3 * other + theirs))
        here = np.flatnonzero(friends.alive)
        assert [(int(friends.a[slot]), int(friends.b[slot])) for slot in here] == expected
        assert np.all(friends.trust_ab[here] == 0.45)
        assert np.all(friends.trust_ba[here] == 0.45)
        assert np.all(friends.familiarity[here] == 0.25)
        made += len(expected)
        heads = network(staff=3, hours=100.0)
        run_networks(heads, certain(**values, network__levels="heads"), Clock((seed, 3)))
        assert not heads.friends.alive.any()
    assert made > 6


def test_who_are_friends_already_are_not_made_so_again() -> None:
    state = network(2, staff=1, hours=100.0)
    friendship(state, 0, (0, 1))
    run_networks(state, certain(**MEETING | {"network__friends": 1.0}, network__levels="all"), Clock((1, 3)))
    assert state.friends.alive.sum() == 1
    alone = network(1, staff=1, hours=100.0)
    run_networks(alone, certain(**MEETING | {"network__friends": 1.0}, network__levels="all"), Clock((1, 3)))
    assert alone.friends.alive.sum() == 0


#: An hour closes 1 - exp(-1/24) of a gap: pace and ease are 1, engagement a half, of twelve hours.
EASY = {
    "learning__zone_weight": 0.0, "learning__tacit_weight": 0.0, "learning__explicit": 1.0, "learning__rate": 1.0,
    "adaptation__pace": 1.0,
}  # fmt: skip


def test_at_meetings_members_learn_what_their_school_needs() -> None:
    """Two meetings of 4 hours, a quarter of them on practice: 2 hours, 1 - exp(-2/24) of .6."""
    state = network(2, staff=1, hours=100.0)
    put(state.schools, need=(0, NONE, NONE))
    state.knowledge.mastery[:, 0] = (0.2, 0.8, 1.0)
    run_networks(state, certain(**MEETING | EASY, network__teaching=0.25), Clock((1, 3)))
    assert state.run.gains[0] == 1
    assert state.gains.mastery[0] == pytest.approx(0.6 * (1 - np.exp(-2 / 24)), rel=1e-5)


def test_a_guest_sees_at_work_what_the_host_does_best() -> None:
    """A quarter of 6 hours: 1 - exp(-1.5/24) of .6; the host gives what the guest needs."""
    values = MEETING | EASY | {"network__meetings": 0, "network__visitors": 1, "network__visit_hours": 6.0}
    state = network(2, TRIAD, staff=1, hours=100.0)
    host, guest = sorted(range(2), key=lambda row: luck(2, draws.NETWORK_VISITS, 6, state.schools.uid[row]))
    state.schools.need[guest] = 0
    state.knowledge.mastery[host, 0], state.knowledge.mastery[guest, 0] = 0.8, 0.2
    run_networks(state, certain(**values, network__teaching=0.25, openness__gain=0.0), Clock((2, 6)))
    assert (state.run.gains[0], state.gains.teacher[0]) == (1, guest)
    assert state.gains.mastery[0] == pytest.approx(0.6 * (1 - np.exp(-1.5 / 24)), rel=1e-5)


def test_who_has_to_leave_early_sees_less() -> None:
    """The guest has half of the hours of a visit: 3 at work, a quarter of them teach."""
    values = MEETING | EASY | {"network__meetings": 0, "network__visitors": 1, "network__visit_hours": 6.0}
    state = network(2, TRIAD, staff=1, hours=100.0)
    host, guest = sorted(range(2), key=lambda row: luck(2, draws.NETWORK_VISITS, 6, state.schools.uid[row]))
    state.schools.hours[guest] = 3.0
    state.schools.need[guest] = 0
    state.knowledge.mastery[host, 0], state.knowledge.mastery[guest, 0] = 0.8, 0.2
    run_networks(state, certain(**values, network__teaching=0.25, openness__gain=0.0), Clock((2, 6)))
    assert state.schools.hours[guest] == pytest.approx(0.0)
    assert state.gains.mastery[0] == pytest.approx(0.6 * (1 - np.exp(-0.75 / 24)), rel=1e-5)


def test_a_facilitator_warms_a_visit_too() -> None:
    """.1 x (1 + .5) of what is missing of .2, one and a half times."""
    values = MEETING | {"network__meetings": 0, "network__visitors": 1, "network__visit_hours": 6.0}
    p = certain(
        **values | {"network__pounds": 600.0}, network__facilitated=1,
        network__facilitator_cost=1.0, network__facilitator_trust=0.5,
    )  # fmt: skip
    state = network(2, TRIAD, hours=100.0)
    run_networks(state, p, Clock((2, 6)))
    assert level(state, 0, 1)[0] == pytest.approx(1 - 0.8 * 0.85**1.5)


def test_networks_have_the_levers_of_their_programme() -> None:
    for row, met in ((0, 0), (1, 2)):
        state = network()
        put(state.networks, programme=row)
        p = side_by_side(certain(**MEETING | {"network__meetings": 0}), certain(**MEETING))
        run_networks(state, p, Clock((1, 3)))
        assert state.networks.met[0] == met


def test_growing_asks_as_many_as_a_year_allows_and_a_shut_gate_ends_it() -> None:
    """Of two left, one or both; a closed head whom policy does not spare is asked, and may say no."""
    for grows, most, members in ((1, 9, 3), (2, 9, 4), (3, 9, 4), (2, 3, 3)):
        state = state_of(4, networks=1)
        put(state.programmes, covered=1, ends=60)
        put_row(state.networks, 0, alive=1, kind=CLUSTER, members=2, leader=0, led=1, programme=1)
        state.networks.member[0, :2] = (0, 1)
        state.programmes.role[1, :2] = PARTNER
        for slot, ends in enumerate(((0, 2), (1, 3))):
            tie(state, slot, ends)
        base = side_by_side(certain(), growing(network__grows=grows, network__most=most))
        grow_networks(state, base.siblings[1], Clock((1, 6)))
        assert state.networks.members[0] == members
        assert state.networks.member[0, :members].tolist() == list(range(members))
    other = state_of(4, networks=1)
    put(other.programmes, covered=1)
    put_row(other.networks, 0, alive=1, kind=CLUSTER, members=2, led=1, programme=0)
    tie(other, 0, (0, 2))
    grow_networks(other, side_by_side(certain(), growing()).siblings[1], Clock((1, 6)))
    assert other.networks.members[0] == 2


# --- as graphs ------------------------------------------------------------------------------------


def drawn(ends: tuple[int, int] = (0, 2)) -> Simulation:
    """Three schools of two posts, the last with the lowest number: a partnership, a quarrel, three friendships."""
    state = state_of(3, 2)
    table = replace(
        made_table(1, 3), urn=np.array([103, 102, 101]), name=np.array(["Ash", "Beech", "Cedar"], dtype=object),
        phase=np.array([0, 1, 2]), authority=np.array([0, 1, 0]), authorities=("North", "South"),
        easting=np.array([0.0, 3.0, 0.0]), northing=np.array([0.0, 4.0, 1.0]),
    )  # fmt: skip
    put(state.schools, uid=table.urn, east=table.easting, north=table.northing)
    tie(state, 1, (0, 1), trust_ab=0.2, trust_ba=0.6, familiarity=0.3, rivalry=0.7, miles=4.0, hostile=1)
    tie(state, 3, (0, 2), trust_ab=0.9, trust_ba=0.5, familiarity=0.8, rivalry=0.1, miles=1.0)
    partnership(state, 0, ends, 3)  # of posts 0 and 4
    partnership(state, 1, (1, 0), 1, alive=0)
    friendship(state, 0, (0, 4), trust_ab=0.2, trust_ba=0.4)
    friendship(state, 2, (3, 1), trust_ab=0.7, trust_ba=0.9, familiarity=0.6)
    friendship(state, 3, (1, 5))
    return cast(Simulation, SimpleNamespace(state=state, table=table))


def edges(graph: igraph.Graph, name: str) -> list[object]:
    """An attribute of edges, in the order of their ends."""
    return [edge[name] for edge in sorted(graph.es, key=lambda edge: sorted(edge.tuple))]


def test_ties_of_schools_as_a_graph() -> None:
    """Of school 1 in 0 trust is .2, the lower number's; of 2 in 0 it is .9: the source is the lower row, 0."""
    graph = tie_graph(drawn())
    assert sorted(sorted(edge.tuple) for edge in graph.es) == [[0, 1], [0, 2]]
    assert (graph.vs["name"], graph.vs["urn"]) == (["Ash", "Beech", "Cedar"], [103, 102, 101])
    assert (graph.vs["phase"], graph.vs["authority"]) == (list(PHASES[:3]), ["North", "South", "North"])
    assert (graph.vs["easting"], graph.vs["northing"]) == ([0.0, 3.0, 0.0], [0.0, 4.0, 1.0])
    assert edges(graph, "trust") == pytest.approx([0.4, 0.7])
    assert edges(graph, "trust_of_source") == [0.6, 0.5]
    assert edges(graph, "trust_of_target") == [0.2, 0.9]
    assert (edges(graph, "familiarity"), edges(graph, "rivalry")) == ([0.3, 0.8], [0.7, 0.1])
    assert (edges(graph, "miles"), edges(graph, "hostile")) == ([4.0, 1.0], [True, False])
    assert edges(graph, "partnership") == [False, True]


def test_ties_of_teachers_as_a_graph() -> None:
    """Posts 0 and 4 are at work with each other while both are in them."""
    graph = teacher_graph(drawn())
    assert sorted(sorted(edge.tuple) for edge in graph.es) == [[0, 4], [1, 3], [1, 5]]
    assert graph.vs["name"] == [str(500_001 + post) for post in range(6)]
    assert graph.vs["urn"] == [103, 103, 102, 102, 101, 101]
    assert graph.vs["school"] == ["103", "103", "102", "102", "101", "101"]
    assert graph.vs["school_name"] == ["Ash", "Ash", "Beech", "Beech", "Cedar", "Cedar"]
    assert graph.vs["phase"] == [PHASES[phase] for phase in (0, 0, 1, 1, 2, 2)]
    assert edges(graph, "trust") == pytest.approx([0.3, 0.8, 0.5])
    assert edges(graph, "trust_of_source") == [0.2, 0.9, 0.5]
    assert edges(graph, "trust_of_target") == [0.4, 0.7, 0.5]
    assert edges(graph, "familiarity") == [0.4, 0.6, 0.4]
    assert edges(graph, "miles") == pytest.approx([1 / 1.609344, 5 / 1.609344, 1 / 1.609344])
    for ends in ((0, 2), (2, 0)):
        assert edges(teacher_graph(drawn(ends)), "partnership") == [True, False, False]
    for side in ("giver_uid", "learner_uid"):
        left = drawn()
        getattr(left.state.partnerships, side)[0, 0] = 9
        assert edges(teacher_graph(left), "partnership") == [False] * 3
