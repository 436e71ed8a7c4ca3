"""What was planted in a network is found in it, and numbers are those worked by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schoolsim as ss
from schoolsim.mapping import MapError, NetworkMap, map_network
from schoolsim.mapping.introductions import constraint, strengths
from schoolsim.parameters.errors import UserError
from schoolsim.populations.ties import TieTable
from tests.mapping.planted import FIRST, barbell, schools, star, ties, two_towns


def value(found: NetworkMap, school: int, column: str) -> Any:
    """A cell of the table of nodes."""
    return found.nodes.set_index("id").at[str(FIRST + school), column]


def number_of(found: NetworkMap, row: Any) -> int:
    """The number under which a school was planted."""
    return int(row["id"]) - FIRST


# --- hubs, brokers, holes --------------------------------------------------------------------------


def test_the_centre_of_a_star() -> None:
    found = map_network(star(5), schools=schools(6))
    assert number_of(found, found.hubs.iloc[0]) == 0
    # Five strangers with a fifth of its ties each: 5 x (1/5)^2; a point has one contact only.
    assert value(found, 0, "constraint") == pytest.approx(0.2)
    assert value(found, 1, "constraint") == pytest.approx(1.0)
    assert value(found, 0, "betweenness") == pytest.approx(1.0)
    assert value(found, 1, "betweenness") == 0.0


def test_constraint_goes_by_strength() -> None:
    found = map_network(ties([(0, 1), (0, 2)], strength=[3.0, 1.0]), schools=schools(3))
    # Strangers with three quarters and a quarter of its ties: 9/16 + 1/16.
    assert value(found, 0, "constraint") == pytest.approx(10 / 16)


def test_the_bridge_of_a_barbell_is_the_broker() -> None:
    found = map_network(barbell(), schools=schools(9))
    assert number_of(found, found.brokers.iloc[0]) == 4
    # 4 x 4 pairs of the two cliques, of the 28 pairs of others, meet through it.
    assert value(found, 4, "betweenness") == pytest.approx(16 / 28)
    # Two contacts who are strangers: 2 x (1/2)^2.
    assert value(found, 4, "constraint") == pytest.approx(0.5)
    # Of 0: three of its clique, each (1/4 + 2 x 1/4 x 1/3)^2, and the bridge, (1/4)^2.
    assert value(found, 0, "constraint") == pytest.approx(3 * (5 / 12) ** 2 + 1 / 16)
    assert len(found.groups) == 2
    groups = [value(found, school, "group") for school in range(9)]
    assert len(set(groups[:4])) == len(set(groups[5:])) == 1
    assert groups[0] != groups[8]


def test_who_stands_at_the_bridge_could_introduce_its_two_ends() -> None:
    found = map_network(barbell(), schools=schools(9))
    table = found.introductions.set_index(["first", "second"])
    row = table.loc[(str(FIRST), str(FIRST + 5))]
    assert row["introducer"] == str(FIRST + 4)
    assert row["others"] == 0
    assert row["miles"] == pytest.approx(5 / 1.609344)
    # With a tie, each end has five contacts of 1/5: the clique 3 x (1/5 + 2/15)^2, the bridge (1/5 + 1/25)^2, and the
    # other end (1/5 + 1/10)^2, in place of 7/12.
    after = 3 * (1 / 3) ** 2 + (6 / 25) ** 2 + (3 / 10) ** 2
    assert row["constraint_relieved"] == pytest.approx(2 * (7 / 12 - after))
    assert row["betweenness_relieved"] == pytest.approx(16 / 28)
    relieved = found.introductions["constraint_relieved"]
    assert relieved.is_monotonic_decreasing
    assert all(value(found, int(a) - FIRST, "group") != value(found, int(b) - FIRST, "group") for a, b in table.index)


def test_what_was_planted_in_two_towns_is_found() -> None:
    found = map_network(two_towns(), schools=schools(23))
    assert number_of(found, found.hubs.iloc[0]) == 3
    assert found.hubs.iloc[0]["ties"] == 9
    assert number_of(found, found.brokers.iloc[0]) == 20
    assert {number_of(found, row) for _, row in found.isolated.iterrows()} == {21, 22}
    assert set(found.nodes.loc[found.nodes["ties"] == 0, "group"]) == {0}
    in_one, in_other = value(found, 1, "group"), value(found, 13, "group")
    assert in_one != in_other
    widest = found.holes.iloc[0]
    assert {widest["first"], widest["second"]} == {in_one, in_other}
    assert widest["ties"] <= 2
    text = " ".join(found.lines())
    assert "Hubs, the best connected, on whose relations a broker could build: S3 (9 ties)" in text
    assert "through whom others reach one another: S20" in text
    assert "Isolated, without any tie: 2 of 23 schools: S21 and S22." in text


def test_a_hole_is_counted_by_hand() -> None:
    two = [0] * 3 + [1] * 3
    pairs = [(0, 1), (1, 2), (3, 4), (4, 5), (2, 3)]
    found = map_network(ties(pairs), schools=schools(6, authority=two), groups="authority")
    # Five ends of ties in each authority, of ten: 5 x 5 / 10 are expected between them, and one is there.
    assert found.holes.to_dict("records") == [
        {"first": 1, "second": 2, "ties": 1, "expected": 2.5, "missing": 1.5},
    ]
    assert list(found.groups["name"]) == ["North", "South"]


def test_of_several_thirds_the_one_with_the_stronger_weaker_tie_introduces() -> None:
    pairs = [(0, 2), (1, 2), (0, 3), (1, 3), (0, 4), (1, 4)]
    found = map_network(
        ties(pairs, strength=[1.0, 0.2, 0.5, 0.6, 0.4, 0.4]),
        schools=schools(5, authority=[0, 1, 0, 0, 0]), groups="authority",
    )  # fmt: skip
    row = found.introductions.set_index(["first", "second"]).loc[(str(FIRST), str(FIRST + 1))]
    assert (row["introducer"], row["others"], row["strength"]) == (str(FIRST + 3), 2, pytest.approx(0.5))


def test_parts_that_are_cut_off_are_told() -> None:
    found = map_network(ties([(0, 1), (1, 2), (3, 4)]), schools=schools(6))
    assert found.nodes["reachable"].tolist() == [2, 2, 2, 1, 1, 0]
    assert "Cut off from the largest part, though they have ties: S3 and S4." in " ".join(found.lines())


# --- which ties count ------------------------------------------------------------------------------


def test_both_ways_and_all_kinds_of_a_pair_are_one_tie() -> None:
    given_ties = ties([(0, 1), (1, 0), (0, 2), (0, 1)], strength=[4.0, 2.0, 4.0, 3.0], kind=["a", "a", "a", "b"],
                      directed=True)  # fmt: skip
    found = map_network(given_ties, schools=schools(3))
    # Half of 4/4 and half of 2/4, and half of 3/3; half of 4/4.
    assert found.graph.es["strength"] == [pytest.approx(0.5 + 0.25 + 0.5), pytest.approx(0.5)]
    assert found.graph.es["kind"] == ["a and b", "a"]
    only = map_network(given_ties, schools=schools(3), kind="b")
    assert only.graph.ecount() == 1
    strong = map_network(given_ties, schools=schools(3), least=0.6)
    assert [edge.tuple for edge in strong.graph.es] == [(0, 1)]


def test_a_network_without_ties_is_told_as_that() -> None:
    found = map_network(ties([(0, 1)]), schools=schools(4), least=2.0)
    assert found.hubs.empty
    assert found.brokers.empty
    assert found.introductions.empty
    assert "without any tie: 4 of 4 schools" in " ".join(found.lines())


@pytest.mark.parametrize(
    ("given_ties", "arguments", "message"),
    [
        (star(2), {"kind": "advice"}, 'no tie of the kind "advice"'),
        (star(2), {"groups": "autority"}, 'did you mean "authority"'),
        (star(2), {"of": "teachers"}, "these ties are between schools"),
        (star(2), {"of": "teacher"}, 'did you mean "teachers"'),
        (star(2), {"least": float("nan")}, "is no strength"),
        (star(2), {"most": -1}, "is no number of introductions"),
        ([(0, 1)], {}, "not of list"),
    ],
)
def test_what_cannot_be_mapped_is_refused(given_ties: Any, arguments: dict[str, Any], message: str) -> None:
    table = schools(3) if isinstance(given_ties, TieTable) else None
    with pytest.raises(MapError) as caught:
        map_network(given_ties, schools=table, **arguments)
    assert message.lower() in str(caught.value).lower()


# --- igraph says the same ---------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.integers(4, 9), st.data())
def test_constraint_is_igraphs(number: int, data: st.DataObject) -> None:
    every = list(combinations(range(number), 2))
    pairs = data.draw(st.lists(st.sampled_from(every), min_size=3, unique=True))
    weights = data.draw(st.lists(st.floats(0.05, 1.0), min_size=len(pairs), max_size=len(pairs)))
    graph = igraph.Graph(n=number, edges=pairs)
    graph.es["strength"] = weights
    expected = graph.constraint(weights="strength")
    found = [constraint(strengths(graph), node) for node in range(number)]
    assert found == pytest.approx(expected, nan_ok=True)


def test_what_an_introduction_relieves_is_igraphs_difference() -> None:
    found = map_network(two_towns(), schools=schools(23), most=50)
    names = found.graph.vs["name"]
    before, between = found.graph.constraint(weights="strength"), found.graph.betweenness()
    for _, row in found.introductions.iterrows():
        first, second, third = (names.index(row[key]) for key in ("first", "second", "introducer"))
        after = found.graph.copy()
        after.add_edge(first, second, strength=row["strength"])
        left = after.constraint(weights="strength")
        assert row["constraint_relieved"] == pytest.approx(before[first] + before[second] - left[first] - left[second])
        assert row["betweenness_relieved"] == pytest.approx((between[third] - after.betweenness()[third]) / 231)


# --- systems ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def system() -> ss.SchoolSystem:
    return ss.SchoolSystem("programmes/beacon", {"setting.schools": 30}, seed=4).run(2)


def test_a_network_says_both_ways_trust_place_and_rivalry(system: ss.SchoolSystem) -> None:
    graph = system.network()
    assert graph.vs["authority"] == ["Authority 1"] * 30
    swapped = 0
    for edge in graph.es:
        one, other = system.schools[edge.source], system.schools[edge.target]
        assert edge["trust_of_source"] == one.trust_in(other)
        assert edge["trust_of_target"] == other.trust_in(one)
        assert edge["trust"] == pytest.approx(0.5 * (edge["trust_of_source"] + edge["trust_of_target"]))
        ends = [np.array([graph.vs[node]["easting"], graph.vs[node]["northing"]]) for node in edge.tuple]
        assert edge["miles"] == pytest.approx(np.linalg.norm(ends[0] - ends[1]) / 1.609344)
        assert 0.0 <= edge["rivalry"] <= 1.0
        assert edge["partnership"] == (other in one.partners)
        swapped += edge["trust_of_source"] != edge["trust_of_target"]
    assert swapped > 0
    assert any(graph.es["partnership"])


def test_a_tie_whose_first_end_comes_later_keeps_its_ways_apart() -> None:
    table = ss.synthetic_authority(4, schools=20)
    backwards = table.take(np.arange(20)[::-1])  # rows in the other order: the lower number comes later
    system = ss.SchoolSystem(None, seed=4, schools=backwards)
    for edge in system.network().es:
        one, other = system.schools[edge.source], system.schools[edge.target]
        assert (edge["trust_of_source"], edge["trust_of_target"]) == (one.trust_in(other), other.trust_in(one))


def test_a_network_of_teachers(system: ss.SchoolSystem) -> None:
    graph = system.network(of="teachers")
    state = system.simulation.state
    assert graph.vcount() == len(system.teachers)
    assert graph.ecount() == int(state.friends.alive.sum()) > 0
    assert [int(name) for name in graph.vs["name"]] == [teacher.uid for teacher in system.teachers]
    assert all(system.teachers[edge.source].school != system.teachers[edge.target].school for edge in graph.es)
    assert any(graph.es["partnership"])
    with pytest.raises(UserError, match='Did you mean "teachers"'):
        system.network(of="teacher")


def test_a_system_is_mapped_as_it_stands(system: ss.SchoolSystem) -> None:
    found = ss.map_network(system)
    graph = system.network()
    friendly = graph.subgraph_edges([edge for edge in graph.es if not edge["hostile"]], delete_vertices=False)
    assert found.nodes["ties"].tolist() == friendly.degree()
    assert found.nodes["constraint"].tolist() == pytest.approx(friendly.constraint(weights="trust"), nan_ok=True)
    working = ss.map_network(system, kind="partnership")
    assert working.graph.ecount() == sum(graph.es["partnership"])
    assert "schools" in found.lines()[0]


def test_hostile_schools_count_as_untied(system: ss.SchoolSystem) -> None:
    ties_of = system.simulation.state.ties
    tie = int(np.flatnonzero((ties_of.alive == 1) & (ties_of.hostile == 0))[0])
    before = ss.map_network(system).graph.ecount()
    ties_of.hostile[tie] = 1
    after = ss.map_network(system)
    ties_of.hostile[tie] = 0
    assert after.graph.ecount() == before - 1
    assert "fallen out left out" in after.lines()[-1]


def test_teachers_are_mapped(system: ss.SchoolSystem) -> None:
    found = ss.map_network(system, of="teachers", groups="school_name")
    assert found.of == "teachers"
    assert "teacher 1 of Primary 1" in set(found.nodes["name"])
    assert "teachers" in found.lines()[0]
    assert set(found.groups["name"]) == {school.name for school in system.schools}
