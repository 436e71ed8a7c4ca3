"""Networks, facilitation, brokers inside and outside, mapping, ASTs and hostility (M12, M15, M32-M35)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from schoolsim.parameters import Scenario
from schoolsim.rules.codes import ADVANCED
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import COACHING, CONTACT, hours_balance, pounds_balance
from tests.system.worlds import living, table

SEEDS = (11, 12, 13, 14)
SCHOOLS = 24
YEARS = 3

CLUSTER = {
    "programme.structure": "cluster",
    "programme.networks": 2,
    "programme.members": 4,
    "programme.imposed": True,
}
FACILITATED = {**CLUSTER, "network.facilitated": True}
TRIAD = {"programme.structure": "triad", "programme.networks": 1, "programme.members": 12, "programme.imposed": True}
BROKER = {"broker.visits": 6, "broker.skill": 0.9}
GATHERING = {**BROKER, "broker.dialogue": True}
INSIDE = {"internal_broker.share": 1.0}
RIVALS = {"market.choice_weight": 1.5, "rivalry.slope": 2.0}
QUARREL = {**RIVALS, "hostility.start": 1.0, "broker.visits": 0}
FRAGILE = {**RIVALS, "trust.poaching": 0.5, "search.rate": 1.0, "accept.base": 2.0, "hostility.breach": 1.0}
STAR = {"programme.originators": 4, "programme.partners_each": 2, "programme.mode": "adaptation"}
ASTS = {**STAR, "ast.share": 1.0}


def _run(setting: tuple[tuple[str, object], ...], seed: int) -> Simulation:
    scenario = Scenario.of(dict(setting))
    simulation = Simulation(scenario, seed, Population(schools=SCHOOLS).table(scenario, seed), burn_in_years=1)
    simulation.run(YEARS)
    return simulation


@cache
def _kept(setting: tuple[tuple[str, object], ...], seed: int) -> Simulation:
    return _run(setting, seed)


def run(setting: Mapping[str, object], seed: int = SEEDS[0]) -> Simulation:
    """A run of the setting; runs are shared between tests and must not be changed."""
    return _kept(tuple(sorted(setting.items())), seed)


def effect(setting: Mapping[str, object], changed: Mapping[str, object], outcome: str) -> float:
    """Mean over seeds of what the change does to an outcome, averaged over the policy years."""

    def mean(where: Mapping[str, object], seed: int) -> float:
        return float(np.nanmean(run(where, seed).series[outcome][6:]))

    return float(np.mean([mean({**setting, **changed}, seed) - mean(setting, seed) for seed in SEEDS]))


def same(one: Simulation, other: Simulation) -> bool:
    return np.array_equal(table(one), table(other), equal_nan=True)


# --- structures ----------------------------------------------------------------------------------


def test_networks_that_invite_grow_and_share_members() -> None:
    """Without inviting nobody joins, and nobody is in two; with more hours to give schools are in more."""

    def memberships(**changes: object) -> np.ndarray:
        setting = {"programme.structure": "cluster", "programme.networks": 4, "programme.members": 4, **changes}
        counts = []
        for seed in SEEDS:
            networks = run({name.replace("__", "."): value for name, value in setting.items()}, seed).state.networks
            held = networks.member[np.arange(networks.member.shape[1]) < networks.members[:, None]]
            counts.append(np.bincount(held, minlength=SCHOOLS))
        return np.concatenate(counts)

    still = memberships()
    assert still.max() == 1
    grown = memberships(network__grows=2, network__most=8)
    assert grown.sum() > still.sum() + len(SEEDS)
    assert (grown > 1).sum() > len(SEEDS)
    assert memberships(network__grows=2, network__most=8, time__formal_hours=1.0).sum() < grown.sum()


def test_a_cluster_has_members_that_help_each_other_by_need() -> None:
    state = run(CLUSTER).state
    assert state.networks.members.tolist() == [4, 4]
    for row in range(2):
        members = state.networks.member[row, :4]
        assert set(np.flatnonzero(state.schools.network == row + 1)) == set(members)
    here = living(state.partnerships)
    originators, partners = here.originator[here.network > 0], here.partner[here.network > 0]
    assert len(originators) > 0
    assert (state.schools.network[originators] == state.schools.network[partners]).all()


def test_supported_schools_are_the_weakest_and_have_all_the_help() -> None:
    setting = {"programme.structure": "supported", "programme.networks": 1, "programme.imposed": True}
    scenario = Scenario.of(setting)
    simulation = Simulation(scenario, 11, Population(schools=SCHOOLS).table(scenario, 11))
    simulation.step()
    state = simulation.state
    strands = state.partnerships.network == 1
    weak = set(state.partnerships.partner[strands].tolist())
    assert len(weak) == 1
    assert len(set(state.partnerships.originator[strands].tolist())) == 3
    assert state.schools.standing[weak.pop()] == state.schools.standing.min()


def test_heads_of_a_triad_network_each_receive_one_visit_a_year() -> None:
    """With no meetings, only visits spend hours: each host receives three heads, once a year."""
    setting = {**TRIAD, "network.meetings": 0, "network.pounds": 0.0, "travel.speed": 100.0, "broker.number": 0}
    hours = run({**setting, "time.formal_hours": 60.0}).series["hours.meetings"][6:12].sum()
    visits = 12 * 3
    # Guest and host give six hours to a visit; journeys come on top.
    assert visits * 12.0 < hours < visits * 13.5


def test_programme_rules_choose_different_members() -> None:
    chosen = {
        rule: tuple(run({**CLUSTER, "programme.select": rule}).state.schools.role.tolist())
        for rule in ("best", "any", "volunteers", "weakest", "cross_area", "unlike")
    }
    assert len(set(chosen.values())) == len(chosen)
    schools = run({**CLUSTER, "programme.select": "weakest"}).state.schools
    best = run({**CLUSTER, "programme.select": "best"}).state.schools
    asked, praised = schools.role > 0, best.role > 0
    assert schools.published[asked].mean() < best.published[praised].mean()


# --- each does what its source says --------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "changed", "outcome", "sign"),
    [
        (CLUSTER, {"network.leader_stops": 1.0}, "networks.led", -1),
        ({**CLUSTER, "network.leader_stops": 1.0}, {"network.rotating": True}, "networks.led", +1),
        ({**CLUSTER, "network.leader_stops": 1.0}, {"network.facilitated": True}, "networks.led", +1),
        ({**CLUSTER, "network.leader_stops": 1.0}, {"mechanism.facilitation": False}, "networks.led", +1),
        ({**CLUSTER, "leadership.turnover": 0.5}, {"network.leader_leaves": 0.0}, "networks.led", +1),
        (CLUSTER, {"network.facilitated": True}, "trust.mean", +1),
        (CLUSTER, {"network.facilitated": True}, "pounds.facilitator", +1),
        (CLUSTER, {"network.meetings": 0}, "trust.mean", -1),
        (CLUSTER, {"network.levels": "all"}, "ties.isolated", -1),
        ({}, {"internal_broker.share": 1.0}, "practices.used", +1),
        (BROKER, {"broker.relationships": False}, "ties.degree", -1),
        (BROKER, {"broker.dialogue": True}, "confidence.mean", +1),
        (GATHERING, {"broker.dialogue": False}, "hours.meetings", -1),
        (FRAGILE, {"broker.resources": 60000.0}, "hours.joint", +1),
        (BROKER, {"broker.catalyst": True}, "partnerships.active", +1),
        ({}, {"broker.skill": 1.0}, "broker.knowledge", +1),
        ({}, {"broker.judges": True}, "broker.knowledge", -1),
        ({"broker.visits": 10}, {"broker.mapping": "holes"}, "network.hubs", -1),
        (FRAGILE, {"hostility.breach": 0.0}, "ties.hostile", -1),
        (QUARREL, {"hostility.repair": 0.5}, "ties.hostile", -1),
        ({**QUARREL, "leadership.turnover": 0.5}, {"hostility.mended": 1.0}, "ties.hostile", -1),
        (QUARREL, {"broker.visits": 20}, "ties.hostile", -1),
        ({}, {"remote.contact": 1.0}, "ties.degree", +1),
        (STAR, {"ast.share": 1.0}, "hours.joint", +1),
    ],
)
def test_direction(setting: dict[str, object], changed: dict[str, object], outcome: str, sign: int) -> None:
    assert effect(setting, changed, outcome) * sign > 0.0


def test_what_brokers_make_known_helps_schools_find_who_is_good() -> None:
    """The halo fades: with brokers' word, those asked are further ahead in what is needed."""
    leads = {}
    for told in (False, True):
        setting = {
            "broker.practices": told,
            "broker.visits": 30,
            "broker.relationships": False,
            "search.rate": 1.0,
            "broker.reach": 1.0,
        }
        found = []
        for seed in SEEDS:
            state = run(setting, seed).state
            found += state.schools.renown[living(state.partnerships).originator].tolist()
        leads[told] = float(np.mean(found))
    assert leads[False] == 0.0
    assert leads[True] > 0.5


def test_a_judge_is_not_told_and_an_impartial_broker_is() -> None:
    assert run(BROKER).state.brokers.needs_withheld.sum() == 0
    assert run({**BROKER, "broker.judges": True}).state.brokers.needs_withheld.sum() > 0


def test_the_internal_brokers_knowledge_goes_with_the_person() -> None:
    stays = run({**INSIDE, "careers.leave": 0.0, "careers.move": 0.0}).state.schools.internal_knowledge.mean()
    leaves = run({**INSIDE, "careers.leave": 0.3, "careers.move": 0.3}).state.schools.internal_knowledge.mean()
    assert stays > leaves + 0.1


def test_hostile_schools_neither_ask_nor_agree() -> None:
    state = run({**QUARREL, "hostility.repair": 0.0, "hostility.mended": 0.0, "search.rate": 1.0}).state
    hostile = np.flatnonzero((state.ties.alive == 1) & (state.ties.hostile == 1))
    assert len(hostile) > 0
    working = living(state.partnerships).tie
    assert not set(hostile) & set(working.tolist())


def test_an_ast_works_with_several_colleagues_of_a_partner_school() -> None:
    scenario = Scenario.of(ASTS)
    simulation = Simulation(scenario, 11, Population(schools=SCHOOLS).table(scenario, 11), burn_in_years=1)
    while simulation.clock.half_term <= 0:
        simulation.step()
    state = simulation.state
    here, schools = living(state.partnerships), state.schools
    at_work = 0
    for strand in np.flatnonzero(here.programme):
        originator = here.originator[strand]
        posts = np.arange(schools.first[originator], schools.past[originator])
        (post,) = posts[state.teachers.role[posts] == ADVANCED]
        pairs = int((here.giver[strand] == post).sum())
        assert pairs <= 5  # four, and one of its own right
        at_work += pairs > 1
    assert at_work > 0
    # Who is out with partners gives the half of 42 hours kept for home; who is not gives them all.
    out = state.teachers.pairs[state.teachers.role == ADVANCED] > 0
    assert state.ledger.hours[COACHING] == pytest.approx(42.0 * (SCHOOLS - 0.5 * out.sum()))


# --- neutral and balanced ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "parameters"),
    [
        (
            {**CLUSTER, "mechanism.facilitation": False},
            {"network.leader_stops": 1.0, "network.facilitated": True, "network.arranging": 9.0},
        ),
        (
            {**BROKER, "mechanism.brokers": False},
            {
                "broker.practices": True,
                "broker.catalyst": True,
                "broker.judges": True,
                "broker.skill": 0.1,
                "broker.resources": 9000.0,
            },
        ),
        ({"mechanism.internal_brokers": False}, {"internal_broker.share": 1.0, "internal_broker.learns": 0.9}),
        (
            {**BROKER, "mechanism.mapping": False},
            {"broker.mapping": "holes", "broker.bridging": 1.0},
        ),
        ({**FRAGILE, "mechanism.trust": False}, {"hostility.start": 1.0, "hostility.breach": 0.5}),
        ({"mechanism.distance": False}, {"remote.contact": 1.0}),
        (
            {},
            {
                "network.facilitated": True,
                "network.meetings": 3,
                "programme.members": 8,
                "ast.time": 0.5,
                "ast.managed": True,
            },
        ),
    ],
)
def test_what_is_off_moves_nothing(off: dict[str, object], parameters: dict[str, object]) -> None:
    assert same(run(off), run({**off, **parameters}))


@pytest.mark.parametrize(
    "policy",
    [
        FACILITATED,
        TRIAD,
        INSIDE,
        {**STAR, "ast.share": 1.0},
        {"remote.contact": 1.0},
        {"broker.dialogue": True},
        {"broker.mapping": "holes"},
        {"broker.practices": True},
        {"broker.catalyst": True},
        {"broker.resources": 9000.0},
    ],
)
def test_a_policy_leaves_the_years_before_it_alone(policy: dict[str, object]) -> None:
    before, after = table(run({})), table(run(policy))
    assert np.array_equal(before[:6], after[:6], equal_nan=True)
    assert not np.array_equal(before[6:], after[6:], equal_nan=True)


@pytest.mark.parametrize(
    "setting",
    [
        {**FACILITATED, "network.levels": "all", "funding.per_partnership": 3000.0, "ast.share": 0.5},
        {**TRIAD, **GATHERING, "network.rotating": True, "broker.resources": 9000.0, "remote.contact": 0.5},
    ],
)
def test_every_hour_and_pound_is_accounted_for(setting: dict[str, object]) -> None:
    scenario = Scenario.of(setting)
    simulation = Simulation(scenario, 11, Population(schools=SCHOOLS).table(scenario, 11))
    for _ in range(12):
        simulation.step()
        assert hours_balance(simulation.state.ledger) == pytest.approx(0.0, abs=1e-6)
        assert pounds_balance(simulation.state.ledger) == pytest.approx(0.0, abs=1e-6)
        assert simulation.state.schools.hours.min() >= -1e-9


def test_contact_at_a_distance_costs_hours_in_the_ledger() -> None:
    spent = []
    for hours in (0.1, 0.2):
        scenario = Scenario.of({"remote.contact": 1.0, "remote.hours": hours})
        simulation = Simulation(scenario, 11, Population(schools=SCHOOLS).table(scenario, 11))
        simulation.step()
        spent.append(simulation.state.ledger.hours[CONTACT])
    assert spent[1] == pytest.approx(2.0 * spent[0])
    assert spent[0] > 0.0


def test_contact_at_a_distance_without_hours_for_it_keeps_nothing_up() -> None:
    busy = {"time.formal_hours": 0.0}
    assert same(run(busy), run({**busy, "remote.contact": 1.0}))


def test_a_notebook_can_ask_brokers_and_draw_the_network() -> None:
    model = SchoolSystem(parameters=BROKER, schools=Population(schools=SCHOOLS).table(Scenario.of({}), 11), seed=11)
    model.run(1)
    broker = model.brokers[0]
    assert len(broker.introductions) == broker.introduced > 0
    one, two, when = broker.introductions[0]
    assert one != two
    assert 0 <= when < 6
    assert broker.knows_practices.shape == (SCHOOLS, model.simulation.state.repertoires.mastery.shape[1])
    assert 30.0 <= broker.spent <= broker.hours == 36.0
    graph = model.network()
    measured = model.simulation.latest
    assert graph.vcount() == SCHOOLS
    friendly = graph.subgraph_edges([edge for edge in graph.es if not edge["hostile"]], delete_vertices=False)
    assert friendly.transitivity_undirected() == pytest.approx(measured["network.clustering"])
    assert friendly.density() == pytest.approx(measured["network.density"])
