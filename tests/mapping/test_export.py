"""What is written is read back equal: tables, JSON, GraphML by two readers and the ties' own, GeoJSON."""

from __future__ import annotations

import json
import math
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import schoolsim as ss
from schoolsim.mapping import MapError, NetworkMap, map_network
from schoolsim.populations.official.national_grid import from_degrees
from schoolsim.populations.ties import read_ties
from tests.mapping.planted import FIRST, barbell, schools, ties, two_towns


@pytest.fixture(scope="module")
def towns() -> NetworkMap:
    return map_network(two_towns(), schools=schools(23), title="Two towns")


@pytest.fixture(scope="module")
def system() -> ss.SchoolSystem:
    return ss.SchoolSystem("programmes/beacon", {"setting.schools": 20}, seed=4).run(1)


def test_the_tables_are_read_back(towns: NetworkMap, tmp_path: Path) -> None:
    files = towns.write(tmp_path)
    assert {file.name for file in files} == {
        "schools.csv", "groups.csv", "holes.csv", "introductions.csv", "map.json", "map.graphml", "map.geojson",
    }  # fmt: skip
    for name, table in (("schools", towns.nodes), ("holes", towns.holes), ("introductions", towns.introductions)):
        text = dict.fromkeys({"id", "first", "second", "introducer"} & set(table) if name != "holes" else (), str)
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / f"{name}.csv", dtype=text), table, check_dtype=False)
    data = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert data == towns.to_dict()
    assert data["schools"][21]["constraint"] is None  # no tie


def test_the_same_map_is_the_same_bytes(towns: NetworkMap, tmp_path: Path) -> None:
    first, second = towns.write(tmp_path / "a"), towns.write(tmp_path / "b")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_graphml_is_read_back_by_igraph_and_networkx(towns: NetworkMap, tmp_path: Path) -> None:
    towns.write(tmp_path)
    copy = igraph.Graph.Read_GraphML(str(tmp_path / "map.graphml"))
    assert copy.get_edgelist() == towns.graph.get_edgelist()
    for key in towns.graph.vs.attributes():
        assert all(map(_same, copy.vs[key], towns.graph.vs[key])), key
    for key in towns.graph.es.attributes():
        assert all(map(_same, copy.es[key], towns.graph.es[key])), key
    other = nx.read_graphml(tmp_path / "map.graphml")
    assert other.number_of_nodes() == 23
    assert {frozenset(other.nodes[end]["name"] for end in edge) for edge in other.edges} == {
        frozenset(towns.graph.vs[end]["name"] for end in edge) for edge in towns.graph.get_edgelist()
    }


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):  # GraphML has 15 digits of a number
        return math.isclose(one, other, rel_tol=1e-13) or (math.isnan(one) and math.isnan(other))
    return one == other


@pytest.mark.parametrize("of", ["schools", "teachers"])
def test_graphml_is_a_tie_list_that_makes_the_same_map(of: str, system: ss.SchoolSystem, tmp_path: Path) -> None:
    found = map_network(system, of=of, kind="acquaintance")  # of several kinds, each is put on a scale of its own
    found.write(tmp_path)
    table = system.simulation.table
    again = map_network(read_ties(tmp_path / "map.graphml", table), schools=table)
    assert again.of == of
    tied = found.nodes[found.nodes["ties"] > 0].set_index("id")
    copy = again.nodes.set_index("id").loc[tied.index]
    assert copy["ties"].tolist() == tied["ties"].tolist()
    assert copy["constraint"].tolist() == pytest.approx(tied["constraint"].tolist())
    strength = np.sort(found.graph.es["strength"])
    assert np.sort(again.graph.es["strength"]) == pytest.approx(strength / strength[-1])


def test_geojson_is_read_back_to_the_same_places(towns: NetworkMap, tmp_path: Path) -> None:
    towns.write(tmp_path)
    data = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert data == towns.to_geojson()
    assert data["type"] == "FeatureCollection"
    points = [feature for feature in data["features"] if feature["geometry"]["type"] == "Point"]
    lines = [feature for feature in data["features"] if feature["geometry"]["type"] == "LineString"]
    degrees = np.array([point["geometry"]["coordinates"] for point in points])
    easting, northing = from_degrees(degrees[:, 1], degrees[:, 0])
    assert easting / 1000 == pytest.approx(towns.places()[:, 0], abs=1e-4)
    assert northing / 1000 == pytest.approx(towns.places()[:, 1], abs=1e-4)
    # Sheffield: 53.4 north, 1.47 west, longitude first.
    assert degrees[0] == pytest.approx([-1.47, 53.38], abs=0.03)
    assert [point["properties"] for point in points] == towns.to_dict()["schools"]
    at = {point["id"]: point["geometry"]["coordinates"] for point in points}
    assert len(lines) == towns.graph.ecount()
    for line in lines:
        ends = [at[line["properties"]["first"]], at[line["properties"]["second"]]]
        assert line["geometry"]["coordinates"] == ends


def test_without_places_there_is_no_geojson(tmp_path: Path) -> None:
    found = map_network(barbell())
    assert "map.geojson" not in {file.name for file in found.write(tmp_path)}
    with pytest.raises(MapError, match="no places"):
        found.to_geojson()
    assert found.nodes["name"].iloc[0] == str(FIRST)


def test_names_that_spreadsheets_and_xml_could_trip_over(tmp_path: Path) -> None:
    table = schools(3)
    names = np.array(['St "Mary\'s" & <Co>', "Ysgol Bryn\u0301, Llan", "=1+1"], dtype=object)
    odd = type(table)(**{**{key: getattr(table, key) for key in table.__dataclass_fields__}, "name": names})
    found = map_network(ties([(0, 1), (1, 2)]), schools=odd)
    found.write(tmp_path)
    copy = igraph.Graph.Read_GraphML(str(tmp_path / "map.graphml"))
    assert copy.vs["label"] == list(names)
    assert list(pd.read_csv(tmp_path / "schools.csv")["name"]) == list(names)
