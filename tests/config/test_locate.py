"""Configs are found beside the file, in ./configs, then among the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import config_folders, find_config, list_configs, load_config, locate
from schoolsim.parameters import ConfigError, UserError
from tests.config.conftest import Write
from tests.config.picked import line, pick

LEVER = pick("choice", "lever")


@pytest.fixture
def shipped(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder with configs inside, as a wheel has it."""
    package = tmp_path_factory.mktemp("installed") / "schoolsim"
    (package / "configs" / "programmes").mkdir(parents=True)
    monkeypatch.setattr(locate, "files", lambda name: package)
    return package / "configs"


def test_the_nearest_place_wins(write: Write, shipped: Path, folder: Path) -> None:
    (shipped / "programmes" / "beacon.toml").write_text("seed = 3\n".replace("seed", "title = 'Shipped' #"))
    write("work/study.toml", 'base = "programmes/beacon"\n')
    assert find_config("programmes/beacon", folder / "work").is_relative_to(shipped)
    own = write("configs/programmes/beacon.toml", "title = 'Own'\n")
    assert find_config("programmes/beacon", folder / "work") == own
    beside = write("work/programmes/beacon.toml", "title = 'Beside'\n")
    assert find_config("programmes/beacon", folder / "work") == beside


def test_a_wheels_configs_come_before_a_source_trees(shipped: Path, folder: Path) -> None:
    assert config_folders() == [shipped]
    (folder / "configs").mkdir()
    assert config_folders() == [folder / "configs", shipped]


def test_a_source_trees_configs_are_found(folder: Path, repository: Path) -> None:
    assert config_folders() == [repository / "configs"]


@pytest.mark.parametrize("source", ["study", "study.toml", "./study", Path("study.toml")])
def test_the_ending_may_be_left_out(write: Write, source: str | Path) -> None:
    write("study.toml", "seed = 4\n")
    assert load_config(source).seed == 4


def test_a_whole_path_does(write: Write) -> None:
    path = write("deep/study.v2.toml", "seed = 4\n")
    assert load_config(path).seed == 4
    assert load_config(path.with_suffix("")).seed == 4


def test_a_missing_config_tells_where_it_looked(write: Write, shipped: Path) -> None:
    (shipped / "programmes" / "beacon.toml").write_text("")
    write("configs/studies/badging.toml", "")
    with pytest.raises(ConfigError) as caught:
        load_config("programmes/becon")
    assert str(caught.value) == (
        'no config file "programmes/becon"; looked in the current folder, configs/, '
        f'{shipped}/. Did you mean "programmes/beacon"?'
    )


def test_a_missing_base_is_told_with_its_line(write: Write, shipped: Path) -> None:
    (shipped / "programmes" / "beacon.toml").write_text("")
    write("studies/study.toml", 'title = "x"\nbase = [\n  "programmes/beacon",\n  "beacn",\n]\n')
    with pytest.raises(ConfigError) as caught:
        load_config("studies/study")
    assert str(caught.value) == (
        'studies/study.toml:4: base: no config file "beacn"; looked in studies/, '
        f'{shipped}/. Did you mean "programmes/beacon"?'
    )


def test_a_misspelt_path_finds_its_neighbour(write: Write, shipped: Path) -> None:
    write("work/badging.toml", "")
    with pytest.raises(ConfigError, match='Did you mean "badging"'):
        load_config("work/badgin.toml")


def test_a_folder_is_not_a_config(write: Write, shipped: Path) -> None:
    write("configs/programmes/beacon.toml", "")
    with pytest.raises(ConfigError, match='"programmes" is a folder; it holds programmes/beacon'):
        load_config("programmes")


def test_paths_inside_start_from_the_files_folder(write: Write) -> None:
    data = write("data/schools.csv", "URN\n")
    write("work/one.toml", '[population]\nsource = "../data/schools.csv"\n')
    write("study.toml", 'base = "work/one"\n')
    study = load_config("study")
    assert study.population.source == str(data.resolve())
    assert 'source = "../data/schools.csv"' in study.to_toml(data.parents[1].resolve() / "results")


def test_a_stored_study_opens_without_its_data(write: Write) -> None:
    write("study.toml", '[population]\nsource = "gone.csv"\n')
    with pytest.raises(ConfigError, match="there is no file"):
        load_config("study")
    assert load_config("study", must_exist=False).population.source.endswith("gone.csv")


def test_configs_are_listed_with_title_and_one_line(write: Write, shipped: Path) -> None:
    (shipped / "programmes" / "beacon.toml").write_text("title = 'Shipped'")
    (shipped / "programmes" / "ast.toml").write_text(
        "title = 'Outreach'\nsources = ['A 2005']\ndescription = '''\nTeachers go out.\nMore.\n'''"
    )
    own = write("configs/programmes/beacon.toml", "title = 'Own'")
    write("configs/studies/one.toml", "years = = 3")
    first, second, third = list_configs()
    assert (first.name, first.title, first.description) == (
        "programmes/ast", "Outreach", "Teachers go out.",
    )  # fmt: skip
    assert first.sources == ("A 2005",)
    assert (second.title, second.path) == ("Own", own)
    assert third.name == "studies/one"
    assert third.problem.startswith("cannot be read: ")
    assert [entry.name for entry in list_configs("programmes")] == [first.name, second.name]


def test_an_unknown_kind_of_config() -> None:
    with pytest.raises(UserError, match='Did you mean "programmes"'):
        list_configs("programme")


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("programmes", "seed = 3", '"seed" belongs in a study: a file in programmes/ sets values'),
        ("settings", "[design]\npoints = 3", "[design] belongs in a study: a file in settings/"),
        ("programmes", "[population]\nschools = 3", "[population] belongs in a study: a file in"),
        (
            "programmes",
            f"[levers]\n{line(LEVER, list(LEVER.options))}",
            f'"{LEVER.name}" is swept here, which belongs in a study: a file in programmes/',
        ),
    ],
)
def test_a_programme_sets_values_only(write: Write, shipped: Path, kind: str, text: str, told: str) -> None:
    write(f"configs/{kind}/one.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(f"{kind}/one")
    assert told in str(caught.value)


def test_a_setting_says_where_schools_come_from(write: Write) -> None:
    write("configs/settings/town.toml", "[population]\nschools = 12")
    assert load_config("settings/town").population.schools == 12
