"""`schoolsim schools build`, and what is said of a place that it made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Type
from tests.populations import official_files


@pytest.fixture
def downloads(elsewhere: Path) -> Path:
    return official_files.write_all(elsewhere / "downloads")


@pytest.fixture
def place(downloads: Path, typed: Type, elsewhere: Path) -> Path:
    said = typed("schools", "build", downloads, "--authority", "thornshire", "--out", "places/thorn")
    assert said.code == 0, said.err
    return elsewhere / "places" / "thorn"


def test_a_place_is_built_and_told(downloads: Path, typed: Type, elsewhere: Path) -> None:
    said = typed("schools", "build", downloads, "--out", "thorn")
    assert said.code == 0, said.err
    assert "england_census_2018-19.csv" in said.out
    assert "school census of the performance tables" in said.out
    assert "8 schools of 1 authority: Thornshire" in said.out
    assert "2 kept, 6 kept, filled in, 13 left out" in said.out
    assert "2 took figures from the establishments they followed." in said.out
    assert (elsewhere / "thorn" / "fates.csv").is_file()


def test_a_made_up_region_is_drawn_and_used(typed: Type, elsewhere: Path) -> None:
    said = typed("schools", "draw", "region", "--schools", "300", "-p", "setting.density=0.326", "--out", "region")
    assert said.code == 0, said.err
    assert "300 schools of 11 authorities" in said.out
    assert "density 2 times England's" in said.out
    found = json.loads(typed("schools", "region", "--authority", "7", "--json").out)
    assert found["authorities"] == ["Authority 07"]
    assert found["fates"] == {"kept": found["summary"]["all"]["schools"]}
    assert typed("schools", "draw", "authority", "--out", "region").code == 2
    Path("place.toml").write_text('[population]\nsource = "region"\nauthority = "Authority 07"\n', encoding="utf-8")
    assert "of Authority 07" in typed("explain", "place.toml").out


@pytest.mark.parametrize(
    ("value", "message"),
    [("setting.schools=50", "with --schools"), ("ties.reach=3", "only settings"), ("setting.densty=3", "density")],
)
def test_what_is_no_setting_is_refused(value: str, message: str, typed: Type) -> None:
    said = typed("schools", "draw", "authority", "-p", value, "--out", "x")
    assert said.code == 2
    assert message in said.err


def test_files_may_be_named_one_by_one(downloads: Path, typed: Type) -> None:
    register = downloads / "edubasealldata20190601.csv"
    census = downloads / "england_census_2018-19.csv"
    told = json.loads(typed("schools", "build", register, census, "--out", "thorn", "--json").out)
    assert [file["file"] for file in told["files"]] == [register.name, census.name]
    assert told["fates"] == {"kept, filled in": 6, "left out": 15}
    assert told["summary"]["all"]["schools"] == 6


def test_the_seed_is_used(downloads: Path, typed: Type) -> None:
    teachers = []
    for name, seed in (("a", 1), ("b", 2), ("c", 1)):
        told = json.loads(typed("schools", "build", downloads, "--out", name, "--seed", seed, "--json").out)
        teachers.append(told["summary"]["all"]["teachers"])
    assert teachers[0] == teachers[2] != teachers[1]


def test_a_place_is_shown_again(place: Path, typed: Type) -> None:
    for words in (("schools", place), ("schools", "show", place)):
        said = typed(*words)
        assert said.code == 0, said.err
        assert "8 schools of 1 authority: Thornshire" in said.out
    told = json.loads(typed("schools", place, "--json").out)
    assert told["fates"] == {"kept": 2, "kept, filled in": 6, "left out": 13}


def test_what_became_of_a_school_by_name_or_urn(place: Path, typed: Type) -> None:
    said = typed("schools", place, "--school", "birch", "--school", "100012")
    assert "100002 Birch School (Thornshire): left out" in said.out
    assert "closed on 2018-08-31; followed by 140002" in said.out
    assert "roll: england_census_2018-19.csv: NOR of predecessor 100002" in said.out
    assert "100012 Fir Primary (Thornshire): left out" in said.out
    assert "Gorse" not in said.out
    told = json.loads(typed("schools", place, "--school", "Gorse", "--json").out)
    assert [row["urn"] for row in told["schools"]] == [100013]
    assert "No establishment is called Nowhere." in typed("schools", place, "--school", "Nowhere").out


def test_a_study_runs_on_a_place(place: Path, typed: Type) -> None:
    said = typed(
        "run", "programmes/beacon", "--years", 1, "--schools", place, "-p", "programme.originators=2", "--json"
    )
    assert said.code == 0, said.err


def test_a_config_names_a_place_and_no_other_folder(place: Path, typed: Type, elsewhere: Path) -> None:
    config = elsewhere / "study.toml"
    for folder, code in (("places/thorn", 0), ("downloads", 2)):
        config.write_text(f'base = "programmes/beacon"\nyears = 1\n[population]\nsource = "{folder}"\n')
        said = typed("run", config, "-p", "programme.originators=2", "--json")
        assert said.code == code, said.err
    assert "downloads is a folder, not a regular file" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("downloads", "--authority", "Thornshir", "--out", "x"), 'Did you mean "Thornshire"?'),
        (("nowhere", "--out", "x"), "there is no file nowhere"),
        (("downloads/england_census_2018-19.csv", "--out", "x"), "missing column"),
        (("downloads", "--out", "places/thorn"), "replace it with --force"),
        (("downloads", "--out", "downloads"), "exists and is no place"),
        (("downloads",), "Missing option '--out'"),
        (("downloads", "--out", "x", "--seed", "-1"), "the seed cannot be -1"),
        ((), "Missing argument"),
    ],
)
def test_mistakes_are_one_message(words: tuple[object, ...], told: str, place: Path, typed: Type) -> None:
    said = typed("schools", "build", *words)
    assert said.code == 2
    assert told in said.err
    assert not Path("x").exists()


def test_force_replaces_a_place(place: Path, downloads: Path, typed: Type) -> None:
    said = typed("schools", "build", downloads, "--out", place, "--seed", 7, "--force")
    assert said.code == 0, said.err
    assert json.loads((place / "place.json").read_text())["seed"] == 7


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_and_a_device_are_mistakes(typed: Type, elsewhere: Path) -> None:
    os.mkfifo(elsewhere / "pipe.csv")
    for name in ("pipe.csv", "/dev/zero"):
        for words in (("schools", name), ("schools", "build", name, "--out", "x")):
            said = typed(*words)
            assert (said.code, "not a regular file" in said.err) == (2, True)
