"""A study of a place whose ties are known: told, run by any number of workers to the same bytes, and reproduced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schoolsim.studies import StudyResult
from schoolsim.system.school_system import SchoolSystem
from tests.cli.conftest import SERIAL, TINY, Type, hashes

TIES = """\
from,to,kind,strength
100,101,advice,5
101,100,advice,2
102,Thorn School 9,advice,1
103,999,advice,1
200,201,federation,1
"""
PEOPLE = """\
from_school,from,to_school,to,strength
100,Ann,101,Bob,3
101,Bob,100,Ann,1
100,Ann,100,Cleo,2
200,Dee,201,Eve,2
"""


@pytest.fixture
def tied(tiny: Path, register: Path) -> Path:
    """The tiny study on a made-up place with ties."""
    (tiny.parent / "ties.csv").write_text(TIES, encoding="utf-8")
    population = f'[population]\nsource = "{register.name}"\nauthority = "Thornshire"\nties = "ties.csv"\n'
    tiny.write_text(TINY + population, encoding="utf-8")
    return tiny


@pytest.mark.parametrize("words", [("sweep", *SERIAL), pytest.param(("explain",), marks=pytest.mark.slow)])
def test_what_was_left_out_is_told(typed: Type, tied: Path, words: tuple[str, ...]) -> None:
    command, *options = words
    said = typed(command, tied, *options)
    assert said.code == 0, said.err
    told = " ".join((said.out + said.err).split())
    assert "ties.csv: 3 of 5 ties kept." in told
    assert "2 to or from a school that is not in the table" in told


def test_the_file_is_an_input(typed: Type, tied: Path) -> None:
    said = typed("sweep", tied, *SERIAL)
    assert said.code == 0, said.err
    manifest = json.loads(Path("results/tiny/manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["study"]["inputs"]) == set(manifest["inputs"]) == {"schools", "ties"}
    assert Path("results/tiny", manifest["inputs"]["ties"]).resolve() == Path("ties.csv").resolve()
    result = StudyResult.open("results/tiny")
    assert result.config.population.ties == str(Path("ties.csv").resolve())
    assert "tied at first as in ties.csv" in " ".join(typed("answer", "results/tiny").out.split())


@pytest.mark.slow
def test_any_number_of_workers_and_making_it_again_give_the_same_bytes(typed: Type, tied: Path) -> None:
    tables = []
    for workers in (1, 2):
        out = f"results{workers}"
        said = typed("sweep", tied, "--out", out, "--executor", "processes", "--workers", workers, "--quiet")
        assert said.code == 0, said.err
        tables.append({name: text for name, text in hashes(Path(out) / "tiny").items() if name.endswith(".parquet")})
    assert tables[0] == tables[1]
    said = typed("reproduce", "results1/tiny")
    assert said.code == 0, said.err


@pytest.mark.slow
def test_workers_of_a_dask_cluster_have_the_ties(typed: Type, tied: Path) -> None:
    pytest.importorskip("distributed")
    for folder, options in (("one", ["--workers", 1]), ("cluster", ["--executor", "dask", "--workers", 2])):
        said = typed("sweep", tied, "--out", folder, *options)
        assert said.code == 0, said.err
    made = [Path(folder, "tiny", "runs.parquet").read_bytes() for folder in ("one", "cluster")]
    assert made[0] == made[1]


def test_other_ties_are_another_study(typed: Type, tied: Path) -> None:
    assert typed("sweep", tied, *SERIAL).code == 0
    before = StudyResult.open("results/tiny").runs["trust.mean"].tolist()
    Path("ties.csv").write_text(TIES.replace("100,101,advice,5", "100,104,advice,5"), encoding="utf-8")
    said = typed("sweep", tied, *SERIAL)
    assert said.code != 0
    assert "ties" in said.err
    assert typed("sweep", tied, *SERIAL, "--out", "others").code == 0
    assert StudyResult.open("others/tiny").runs["trust.mean"].tolist() != before


def test_a_system_takes_the_ties_of_its_config(tied: Path) -> None:
    system = SchoolSystem(tied, {"badging.scope": "none"}, seed=1)
    graph = system.network()
    edges = {frozenset(graph.vs[end]["urn"] for end in edge.tuple) for edge in graph.es}
    assert edges == {frozenset({100, 101}), frozenset({200, 201})}
    assert [edge["partnership"] for edge in graph.es] == [False, True]


def test_ties_of_teachers_in_a_study(typed: Type, tied: Path) -> None:
    Path("ties.csv").write_text(PEOPLE, encoding="utf-8")
    said = typed("sweep", tied, *SERIAL)
    assert said.code == 0, said.err
    assert "Left out: 1 between teachers of one school" in " ".join(said.err.split())


def test_a_story_is_told_of_the_same_ties(typed: Type, tied: Path) -> None:
    said = typed("story", "partnership", tied, "--seed", 1, "-p", "badging.scope=none")
    assert said.code == 0, said.err


def test_ties_of_no_school_of_the_place_are_refused(typed: Type, tied: Path) -> None:
    Path("ties.csv").write_text("from,to\n1,2\n", encoding="utf-8")
    said = typed("sweep", tied, *SERIAL)
    assert said.code == 2
    assert "ties.csv: no tie is left." in said.err
