"""`[[programmes]]`: several programmes in one system, each with its own levers, places and times."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import StudyConfig, config_from_mapping, config_from_text, load_config
from schoolsim.parameters.errors import ConfigError

TWO = """
title = "Two purses"
[[programmes]]
use = "beacon"
where = { share = 0.5 }

[[programmes]]
use = "beacon"
name = "shared"
start = 1
years = 3
where = { share = 0.5, beyond = 0.5 }
levers = { "funding.purse" = "partnership" }
"""


def test_each_programme_has_its_own_levers() -> None:
    study = config_from_text(TWO)
    beacon, shared = study.scenario().programmes
    assert (beacon.name, shared.name) == ("beacon", "shared")
    plain = load_config("beacon").scenario().programmes[0].levers
    own = {"programme.coverage": 0.5}
    assert beacon.levers == plain | own
    assert shared.levers == plain | own | {
        "programme.coverage_from": 0.5, "programme.begins": 1, "programme.lasts": 3, "funding.purse": "partnership",
    }  # fmt: skip
    assert "section 2.24" in " ".join(study.sources)


def test_what_is_written_out_is_the_same_study() -> None:
    study = config_from_text(TWO)
    assert "[[programmes]]" not in study.to_toml()
    assert '"shared/funding.purse" = "partnership"' in study.to_toml()
    assert config_from_text(study.to_toml()) == study
    tables = [
        {"use": "beacon", "where": {"share": 0.5}},
        {"use": "beacon", "name": "shared", "start": 1, "years": 3, "where": {"share": 0.5, "beyond": 0.5},
         "levers": {"funding.purse": "partnership"}},
    ]  # fmt: skip
    assert config_from_mapping({"title": "Two purses", "programmes": tables}) == study


def test_a_lever_of_one_programme_is_swept() -> None:
    swept = config_from_text(TWO + '[levers]\n"shared/programme.partners_each" = [2, 6]\n')
    assert swept.axes() == ("shared/programme.partners_each",)
    assert swept.scenario({"shared/programme.partners_each": 6})["shared/programme.partners_each"] == 6
    assert swept.scenario({"shared/programme.partners_each": 6})["beacon/programme.partners_each"] == 4
    inside = config_from_text(
        '[[programmes]]\nuse = "beacon"\nlevers = { "programme.partners_each" = { low = 2, high = 6, levels = 3 } }\n'
    )
    assert inside.swept()["beacon/programme.partners_each"].values() == (2, 4, 6)  # type: ignore[union-attr] # a range
    linked = config_from_text(
        TWO + '[[linked]]\nparameters = ["beacon/funding.purse", "shared/funding.purse"]\n'
        'values = [["originator", "partnership"], ["partnership", "originator"]]\n'
    )
    assert linked.axes() == ("beacon/funding.purse", "shared/funding.purse")
    assert "beacon/funding.purse" not in linked.levers


def test_what_belongs_to_the_system_is_set_for_all() -> None:
    study = config_from_text('[[programmes]]\nuse = "joint_practice_development"\n')
    used = load_config("joint_practice_development").fixed()
    assert study.levers["tables.published"] == used["tables.published"]
    own = config_from_text('[levers]\n"tables.published" = true\n[[programmes]]\nuse = "joint_practice_development"\n')
    assert own.levers["tables.published"] is True


def test_a_setting_stands_below_programmes(tmp_path: Path) -> None:
    file = tmp_path / "rural.toml"
    file.write_text('base = "settings/rural"\n[[programmes]]\nuse = "beacon"\n', encoding="utf-8")
    study = load_config(file)
    assert study.scenario().programmes[0].name == "beacon"
    assert study.settings.keys() > load_config("settings/rural").settings.keys()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[programmes]]\nuse = "beacn"\n', r'the text:2: .*"?beacn"?.*beacon'),
        ('[[programmes]]\nuse = "beacon"\n' * 2, r"the text:4: .*two programmes called beacon"),
        ('[[programmes]]\nuse = "beacon"\nname = "North West"\n', r"the text:3: .*cannot be the name of a programme"),
        ('[[programmes]]\nuse = "beacon"\nstart = 31\n', r"the text:3: .*a whole number of years from 0 to 30"),
        ('[[programmes]]\nuse = "beacon"\nwhere = { share = 1.5 }\n', r"the text:3: .*a share above 0"),
        ('[[programmes]]\nuse = "beacon"\nwhen = 3\n', r"the text:3: .*is not a key"),
        ('[[programmes]]\nname = "own"\n', r"the text:1: .*sets no lever"),
        ("[[programmes]]\nstart = 1\n", r"the text:1: .*needs use"),
        ('[[programmes]]\nuse = "beacon"\nlevers = { "funding.purs" = "bid" }\n', r'the text:3: .*"funding\.purse"'),
        ('[[programmes]]\nuse = "beacon"\nlevers = { "beacon/funding.purse" = "bid" }\n', r"leave out what is before"),
        ('[[programmes]]\nuse = "beacon"\nlevers = { "tables.published" = true }\n', r"set it under \[levers\]"),
        ('[[programmes]]\nuse = "badging_funding"\n', r"the text:2: .*varies"),
        ('[levers]\n"beacon/tables.published" = "none"\n', r"the text:2: .*the whole system's"),
        ('base = "beacon"\n[[programmes]]\nuse = "leading_edge"\n', r'would be every programme.s.*use = "beacon"'),
        (
            '[factors]\nprogramme = ["no_programme", "beacon"]\n[[programmes]]\nuse = "leading_edge"\n',
            r"the text:2: .*would be every programme's",
        ),
        (
            '[[programmes]]\nuse = "joint_practice_development"\n[[programmes]]\nuse = "other.toml"\n',
            r"is the whole system's, and other\.toml sets it",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_line(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.toml").write_text('[levers]\n"tables.published" = true\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        config_from_text(text)


def test_programmes_within_programmes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "both.toml").write_text(TWO, encoding="utf-8")
    (tmp_path / "study.toml").write_text('[[programmes]]\nuse = "both.toml"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"has \[\[programmes\]\] itself"):
        load_config(tmp_path / "study.toml")


def test_no_programmes_leave_a_study_as_it_was() -> None:
    assert isinstance(config_from_text(""), StudyConfig)
    assert config_from_text("").scenario().programmes == ()
