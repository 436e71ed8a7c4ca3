"""Ties come back out as they went in; what was left out is told, and what cannot be is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsim.populations import PopulationError, SchoolTable
from schoolsim.populations.ties import TieTable, read_ties

URNS = (100001, 100002, 100003, 100004)
NAMES = ("Ash Primary", "Birch", "St Mary's", "St Mary's")


@pytest.fixture(scope="module")
def schools() -> SchoolTable:
    many = len(URNS)
    return SchoolTable(
        urn=np.array(URNS), name=np.array(NAMES, dtype=object), phase=np.zeros(many), easting=np.arange(many) + 1.0,
        northing=np.ones(many), roll=np.full(many, 200.0), capacity=np.full(many, 240.0),
        disadvantage=np.full(many, 0.1), attainment=np.full(many, np.nan), teachers=np.array([10, 10, 3, 10]),
        authority=np.zeros(many), authorities=("A",),
    )  # fmt: skip


def csv(tmp_path: Path, text: str, name: str = "ties.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def pairs(table: TieTable) -> list[tuple[int, int]]:
    return list(zip(table.source.tolist(), table.target.tolist(), strict=True))


def told(table: TieTable) -> str:
    return " ".join(table.notes)


# --- forms of edge lists -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["from,to", "source,target", "Sender,Receiver", "ego,alter", "URN1,URN2", "School_A,School_B", "from_urn,to_urn"],
)
def test_a_list_of_two_columns(header: str, tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, f"{header}\n100001,100002\n100002,100001\n"), schools)
    assert pairs(table) == [(100001, 100002), (100002, 100001)]
    assert table.directed
    assert not table.between_teachers
    assert table.strength.tolist() == [1, 1]
    assert table.kinds == ("",)
    assert np.isnat(table.since).all()
    assert "2 of 2 ties kept" in told(table)
    assert "2 ties have no strength; it was taken as 1" in told(table)
    assert "1 tie has no strength" in told(read_ties(csv(tmp_path, f"{header}\n100001,100002\n"), schools))


def test_kind_strength_and_date(tmp_path: Path, schools: SchoolTable) -> None:
    text = (
        "id,from,to,type,weight,date\n"
        "1,100001,100002,advice,4,2018-09-03\n"
        '2,100001,100002,training,"1,000",01/04/2019\n'
        "3,100002,100003,advice,2,2017\n"
        "4,100003,100001,advice,0.5,2018/19\n"
        "5,100003,100002,advice,0.5,last spring\n"
    )
    table = read_ties(csv(tmp_path, text), schools)
    rows = {(row["from"], row["to"], row["kind"]): (row["strength"], row["since"]) for row in table.records()}
    assert rows == {
        (100001, 100002, "advice"): (4.0, "2018-09-03"),
        (100001, 100002, "training"): (1000.0, "2019-04-01"),
        (100002, 100003, "advice"): (2.0, "2017-01-01"),
        (100003, 100001, "advice"): (0.5, "2018-09-01"),
        (100003, 100002, "advice"): (0.5, ""),
    }
    assert table.kinds == ("advice", "training")
    assert "1 date could not be read" in told(table)
    relative = dict(zip(zip(table.kind, table.strength, strict=True), table.relative_strength(), strict=True))
    assert relative[("advice", 4.0)] == 1
    assert relative[("advice", 2.0)] == 0.5
    assert relative[("training", 1000.0)] == 1


def test_schools_by_name_alias_and_other_forms_of_the_urn(tmp_path: Path, schools: SchoolTable) -> None:
    text = "from,to\nash primary,BIRCH\n100002.0,0100001\nThe Ash,100003\n"
    table = read_ties(csv(tmp_path, text), schools, aliases={"the ash": 100001})
    assert pairs(table) == [(100001, 100002), (100001, 100003), (100002, 100001)]


def test_columns_called_otherwise(tmp_path: Path, schools: SchoolTable) -> None:
    text = "wer,wen,wie oft\n100001,100002,3\n"
    table = read_ties(csv(tmp_path, text), schools, columns={"from": "wer", "to": "wen", "strength": "wie oft"})
    assert table.strength.tolist() == [3]


def test_teachers_of_one_school_and_of_two(tmp_path: Path, schools: SchoolTable) -> None:
    text = "school,from,to,outcome\n100001,10,2,1\n100001,2,10,1\n100001,2,7,0\n"
    table = read_ties(csv(tmp_path, text), schools)
    assert table.between_teachers
    assert table.teachers == {100001: ("2", "10")}  # in the order of their numbers
    assert list(zip(table.source_teacher.tolist(), table.target_teacher.tolist(), strict=True)) == [(1, 0), (0, 1)]
    assert "1 of strength 0, which is no tie" in told(table)
    text = "from_school,from,to_school,to\n100001,Ada,100002,Ben\n100001,Ada,100001,Cy\n"
    table = read_ties(csv(tmp_path, text), schools)
    assert table.teachers == {100001: ("Ada", "Cy"), 100002: ("Ben",)}
    assert {(row["from"], row["to"]) for row in table.records()} == {("Ada", "Ben"), ("Ada", "Cy")}


def test_more_teachers_than_a_school_has(tmp_path: Path, schools: SchoolTable) -> None:
    rows = [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("d", "a")]  # St Mary's has three teachers
    text = "school,from,to\n" + "".join(f"100003,{one},{two}\n" for one, two in rows)
    table = read_ties(csv(tmp_path, text), schools)
    assert table.teachers == {100003: ("a", "b", "c")}
    assert len(table) == 4
    assert "1 of more teachers than the school has" in told(table)


# --- survey nominations ------------------------------------------------------------------------


def test_nominations_in_columns(tmp_path: Path, schools: SchoolTable) -> None:
    text = (
        "school,respondent,question,nominee1,Nominee_2,nominee 3\n"
        "100001,Ada,advice,Ben,Cy,\n"
        "100001,Ben,advice,Ada,,\n"
        "100001,Dot,advice,,,\n"
    )
    table = read_ties(csv(tmp_path, text), schools)
    found = {(row["from"], row["to"]) for row in table.records()}
    assert found == {("Ada", "Ben"), ("Ada", "Cy"), ("Ben", "Ada")}
    assert table.kinds == ("advice",)
    assert "3 answered, 1 of them nominated nobody; 1 who were nominated did not answer" in told(table)


def test_nominations_between_schools(tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, "URN,choice1,choice2\n100001,Birch,100003\n100002,100001,\n"), schools)
    assert pairs(table) == [(100001, 100002), (100001, 100003), (100002, 100001)]


# --- what is left out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("100001,100001,1", "1 to oneself"),
        ("100001,999999,1", "1 to or from a school that is not in the table"),
        (",100002,1", "1 to or from a school that is not in the table"),
        ("100001,100003,0", "1 of strength 0, which is no tie"),
        ("100001,100003,-2", "1 of a strength below 0"),
        ("100001,100003,often", "1 of a strength that is no number"),
        ("100001,100003,SUPP", "1 of a strength that is no number"),
        ("100001,100002,1", "1 repeated (the newest was kept)"),
    ],
)
def test_a_tie_that_cannot_be_is_left_out_and_told(row: str, reason: str, tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, f"from,to,strength\n100001,100002,1\n{row}\n"), schools)
    assert pairs(table) == [(100001, 100002)]
    assert reason in told(table)
    assert "1 of 2 ties kept" in told(table)


def test_a_name_that_several_schools_have_is_ambiguous(tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, "from,to\n100001,100002\n100001,St Mary's\n100001,Nowhere\n"), schools)
    assert len(table) == 1
    assert 'Schools that are names of several: "St Mary\'s".' in told(table)
    assert 'Schools that are not in the table: "Nowhere".' in told(table)


def test_of_repeated_ties_the_newest_then_the_strongest_is_kept(tmp_path: Path, schools: SchoolTable) -> None:
    text = "from,to,strength,since\n" + "".join(
        f"100001,100002,{strength},{since}\n"
        for strength, since in ((9, ""), (1, "2018"), (2, "2019"), (3, "2019"), (4, "2017"))
    )
    table = read_ties(csv(tmp_path, text), schools)
    assert (table.strength.tolist(), str(table.since[0])) == ([3], "2019-01-01")


def test_a_broken_row_is_told(tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, "from,to,kind\n100001,100002,a\n100001,100003\n"), schools)
    assert "1 rows with too few or too many cells left out (line 3" in told(table)


def test_nothing_left_is_refused(tmp_path: Path, schools: SchoolTable) -> None:
    with pytest.raises(PopulationError, match="no tie is left.*not in the table"):
        read_ties(csv(tmp_path, "from,to\n5,6\n"), schools)
    with pytest.raises(PopulationError, match="no tie is left"):
        read_ties(csv(tmp_path, "from,to\n"), schools)


# --- graphs --------------------------------------------------------------------------------------


def test_a_graph_of_networkx(schools: SchoolTable) -> None:
    graph = nx.DiGraph()
    graph.add_edge(100001, "100002", kind="advice", weight=2.5, since="2019-01-02")
    graph.add_node("x", urn=100003)
    graph.add_edge("x", 100001)
    table = read_ties(graph, schools)
    assert pairs(table) == [(100001, 100002), (100003, 100001)]
    assert table.strength.tolist() == [2.5, 1]
    assert table.kind.tolist() == ["advice", ""]
    assert str(table.since[0]) == "2019-01-02"


def test_an_undirected_graph_has_each_tie_once(schools: SchoolTable) -> None:
    graph = nx.MultiGraph([(100002, 100001), (100001, 100002), (100001, 100003)])
    table = read_ties(graph, schools)
    assert not table.directed
    assert pairs(table) == [(100001, 100002), (100001, 100003)]
    assert "1 repeated" in told(table)


def test_a_graph_of_igraph(schools: SchoolTable) -> None:
    graph = igraph.Graph(n=3, edges=[(0, 1), (2, 0)], directed=True)
    graph.vs["name"] = ["Ada", "Ben", "Cy"]
    graph.vs["school"] = [100001.0, 100001.0, 100002.0]
    graph.es["strength"] = [1.0, 3.0]
    table = read_ties(graph, schools)
    assert table.teachers == {100001: ("Ada", "Ben"), 100002: ("Cy",)}
    assert pairs(table) == [(100001, 100001), (100002, 100001)]


def test_a_graph_of_schools_and_teachers_is_refused(schools: SchoolTable) -> None:
    graph = nx.Graph()
    graph.add_node("Ada", school=100001)
    graph.add_edge("Ada", 100002)
    with pytest.raises(PopulationError, match='node 100002 has no "school"'):
        read_ties(graph, schools)


# --- there and back ------------------------------------------------------------------------------


def same(one: TieTable, other: TieTable) -> bool:
    return one.records() == other.records() and one.directed == other.directed and one.teachers == other.teachers


SCHOOL_TIES = (
    "from,to,kind,strength,since\n"
    "100001,100002,advice,2.5,2019-01-02\n100002,100001,advice,1,\n100001,100002,b,3,2018\n"
)
TEACHER_TIES = "from_school,from,to_school,to,kind,strength\n100001,Ada,100002,Ben,x,1\n100001,7,100001,10,y,0.25\n"


@pytest.mark.parametrize("text", [SCHOOL_TIES, TEACHER_TIES])
def test_ties_come_back_out_as_they_went_in(text: str, tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, text), schools)
    for name in ("back.csv", "back.graphml"):
        assert same(read_ties(table.write(tmp_path / name), schools), table)
    assert same(read_ties(table.to_networkx(), schools), table)
    assert same(read_ties(table.to_igraph(), schools), table)


def test_undirected_ties_come_back_as_graphs(tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(nx.Graph([(100002, 100001), (100001, 100003)]), schools)
    assert same(read_ties(table.write(tmp_path / "back.graphml"), schools), table)
    assert same(read_ties(table.to_igraph(), schools), table)


EDGES = st.lists(
    st.tuples(
        st.sampled_from(URNS), st.sampled_from(URNS), st.sampled_from(["", "advice", "a,b", 'say "x"', "é"]),
        st.floats(0.001, 1e6), st.sampled_from(["", "2019-01-02", "2001-12-31"]),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=EDGES)
def test_any_ties_come_back_out(edges: list[tuple[Any, ...]], tmp_path: Path, schools: SchoolTable) -> None:
    graph = nx.MultiDiGraph()
    for source, target, kind, strength, since in edges:
        graph.add_edge(source, target, kind=kind, strength=repr(strength), since=since)
    if all(source == target for source, target, *_ in edges):
        with pytest.raises(PopulationError, match="no tie is left"):
            read_ties(graph, schools)
        return
    table = read_ties(graph, schools)
    wanted = {(source, target, kind) for source, target, kind, *_ in edges if source != target}
    assert set(zip(table.source.tolist(), table.target.tolist(), table.kind.tolist(), strict=True)) == wanted
    for name in ("back.csv", "back.graphml"):
        assert same(read_ties(table.write(tmp_path / name), schools), table)


# --- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked", "fault"),
    [
        ("a,b\n1,2\n", {}, "no columns of the two ends of a tie"),
        ("from,to\n1,2\n", {"from": "frm"}, 'no column "frm" .there is "from". for "from"'),
        ("from,to\n1,2\n", {"form": "from"}, 'columns: "form" is none of .* Did you mean "from"'),
        ("from;to\n1;2\n", {}, "separated by commas"),
        ("", {}, "empty"),
    ],
)
def test_a_table_that_is_none_of_ties(
    text: str, asked: dict[str, str], fault: str, tmp_path: Path, schools: SchoolTable
) -> None:
    with pytest.raises(PopulationError, match=fault):
        read_ties(csv(tmp_path, text), schools, columns=asked)


@pytest.mark.parametrize("content", ["", "<graphml", "<html/>", "no xml", "<graphml><graph><edge/></graph></graphml>"])
def test_a_damaged_graphml_file_is_a_message(content: str, tmp_path: Path, schools: SchoolTable) -> None:
    with pytest.raises(PopulationError):
        read_ties(csv(tmp_path, content, "ties.graphml"), schools)


def test_entities_of_a_graphml_file_are_not_expanded(tmp_path: Path, schools: SchoolTable) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a0 "x">{lines}]><graphml>&a19;</graphml>'
    start = time.monotonic()
    with pytest.raises(PopulationError, match="DOCTYPE or entities"):
        read_ties(csv(tmp_path, bomb, "ties.graphml"), schools)
    assert time.monotonic() - start < 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
@pytest.mark.parametrize("name", ["ties.csv", "ties.graphml"])
def test_a_pipe_is_refused_at_once(name: str, tmp_path: Path, schools: SchoolTable) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(PopulationError, match="it is a pipe"):
        read_ties(tmp_path / name, schools)


def test_what_is_neither_file_nor_graph_is_refused(schools: SchoolTable) -> None:
    with pytest.raises(PopulationError, match="cannot be read of list"):
        read_ties([(1, 2)], schools)  # type: ignore[arg-type]
    with pytest.raises(PopulationError, match="a graph has attributes"):
        read_ties(nx.Graph(), schools, columns={"from": "a"})


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"strength": [0.0, 1.0]}, "strength"),
        ({"strength": [np.nan, 1.0]}, "strength"),
        ({"target": [100001, 100001]}, "themselves"),
        ({"target": [100002, 100002], "source": [100001, 100001]}, "twice"),
        ({"source_teacher": [0, -1]}, "a teacher to a school"),
        ({"kind": ["a"]}, "different shapes"),
        ({"source": [0, 100002]}, "URN above 0"),
    ],
)
def test_a_table_of_ties_that_cannot_be_is_refused(changes: dict[str, Any], rule: str) -> None:
    columns: dict[str, Any] = {
        "source": [100001, 100002], "target": [100002, 100001], "source_teacher": [-1, -1], "target_teacher": [-1, -1],
        "kind": ["", ""], "strength": [1.0, 1.0], "since": ["NaT", "2019-01-01"],
    }  # fmt: skip
    TieTable(**columns)
    with pytest.raises(PopulationError, match=rule):
        TieTable(**{**columns, **changes})


def test_a_tie_table_is_read_only_and_written_as_two_kinds_of_file(tmp_path: Path, schools: SchoolTable) -> None:
    table = read_ties(csv(tmp_path, SCHOOL_TIES), schools)
    with pytest.raises(ValueError, match="read-only"):
        table.strength[0] = 5
    with pytest.raises(PopulationError, match="written as .csv or .graphml"):
        table.write(tmp_path / "ties.xlsx")
