"""Several programmes in one system: both are there, and a contradiction is told."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.config import load_config
from schoolsim.parameters import ConfigError, Scenario
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state import State
from tests.config.conftest import Write

BESIDE = "studies/compositions/beacons_beside_networks"
OFFER = "studies/compositions/authority_offer"
SMALL = {"programme.originators": 3, "programme.partners_each": 1, "programme.members": 4}


def begun(changes: dict[str, object] | None = None, *, half_terms: int = 3) -> State:
    """The composition of Beacons and networks, some half-terms after it began."""
    scenario = Scenario.of({**load_config(BESIDE).fixed(), **SMALL, **(changes or {})})
    simulation = Simulation(scenario, 1, Population(schools=40).table(scenario, 1), outcomes=())
    for _ in range(half_terms):
        simulation.step()
    return simulation.state


def test_a_composition_holds_every_value_of_its_programmes() -> None:
    both = load_config(OFFER).levers
    for name in ("ast_outreach", "authority_brokerage", "leading_aspect"):
        programme = load_config(f"programmes/{name}")
        assert programme.levers.items() <= both.items()
        assert set(programme.sources) <= set(load_config(OFFER).sources)


def test_some_schools_are_beacons_and_others_in_a_network() -> None:
    schools = begun().schools
    in_network = schools.network > 0
    star = (schools.role != NEITHER) & ~in_network
    assert (schools.role[star] == ORIGINATOR).sum() == 3
    assert (schools.role[star] == PARTNER).sum() == 3
    assert in_network.sum() == 8
    assert (schools.role[in_network] == PARTNER).all()
    assert np.array_equal(schools.badge > 0.0, schools.role == ORIGINATOR)


def test_each_has_its_own_member_rule() -> None:
    schools = begun().schools
    by_results = begun({"network.select": "best"}).schools
    beacons = schools.role == ORIGINATOR
    assert np.array_equal(beacons, by_results.role == ORIGINATOR)
    assert not np.array_equal(schools.network, by_results.network)


@pytest.mark.parametrize(
    ("covers", "star", "networks"), [("originators", True, False), ("networks", False, True), ("all", True, True)]
)
def test_a_grant_is_for_those_it_names(covers: str, star: bool, networks: bool) -> None:
    partnerships = begun({"funding.covers": covers}).partnerships
    at_work = (partnerships.alive > 0) & (partnerships.programme > 0)
    strand = partnerships.network > 0
    paid = partnerships.pounds > 0.0
    assert (at_work & strand).any()
    assert paid[at_work & ~strand].all() == star
    assert paid[at_work & strand].any() == networks
    assert not paid[~at_work].any()


def test_networks_alone_follow_the_programmes_rule_unless_they_have_one() -> None:
    alone = {"programme.originators": 0}
    same = begun({**alone, "network.select": "programme", "programme.select": "weakest"}).schools.network
    own = begun({**alone, "network.select": "weakest", "programme.select": "best"}).schools.network
    assert np.array_equal(same, own)
    assert (same > 0).any()


def test_programmes_that_contradict_each_other_are_refused(write: Write) -> None:
    write("study.toml", 'base = ["programmes/beacon", "programmes/leading_edge"]\n')
    with pytest.raises(ConfigError) as caught:
        load_config("study")
    told = str(caught.value).splitlines()
    (badge,) = [line for line in told if "badging.scope" in line]
    assert badge == (
        'study.toml:1: base: "badging.scope" is "individual" in programmes/beacon and "collective" in '
        "programmes/leading_edge, and can have one value: set it under [levers] here, "
        "or give each programme a [[programmes]] table of its own."
    )
    assert len(told) == len(
        {name for name, value in load_config("programmes/beacon").levers.items()}
        & {
            name
            for name, value in load_config("programmes/leading_edge").levers.items()
            if value != load_config("programmes/beacon").levers.get(name, value)
        }
    )


def test_a_contradiction_is_settled_where_they_meet(write: Write) -> None:
    write(
        "study.toml",
        'base = ["programmes/beacon", "programmes/specialist_schools"]\n[levers]\n"programme.originators" = 9\n'
        '"programme.partners_each" = 2\n"programme.select" = "best"\n"funding.per_partnership" = 9000\n',
    )
    levers = load_config("study").levers
    assert (levers["programme.originators"], levers["badging.scope"]) == (9, "individual")


def test_a_setting_still_wins_over_a_programme(write: Write) -> None:
    """Only programmes can contradict each other; a later base of another kind wins, as ever."""
    write("own.toml", '[levers]\n"badging.scope" = "none"\n')
    write("study.toml", 'base = ["programmes/beacon", "own"]\n')
    assert load_config("study").levers["badging.scope"] == "none"


def test_programmes_are_no_table_of_a_study(write: Write) -> None:
    write("study.toml", "[programme.beacon]\nshare = 0.5\n")
    with pytest.raises(ConfigError, match="programme"):
        load_config("study")
