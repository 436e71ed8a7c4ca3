"""Timetables in configs: a table of years wherever a lever has a value, and mistakes with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.analysis.sentences import comparison, level_words
from schoolsim.config import config_from_mapping, config_from_text, load_config
from schoolsim.parameters.errors import ConfigError
from schoolsim.studies.study import Study

STUDY = """
title = "A badge, now or later"
[levers]
"programme.originators" = 4
"badging.scope" = ["none", { 0 = "none", 3 = "collective" }]
"funding.per_partnership" = [0, { 0 = 0, 2 = 9000 }]
broker.practices = { 0 = false, 5 = true }
[outcomes]
report = ["progress.mean"]
baseline = { "badging.scope" = "none", "funding.per_partnership" = 0 }
"""


def test_a_timetable_is_a_level_like_any_other() -> None:
    study = config_from_text(STUDY)
    assert study.fixed()["broker.practices"] == "false; true from year 5"
    points = Study(study).points().to_dict("list")
    assert set(points["badging.scope"]) == {"none", "none; collective from year 3"}
    assert set(points["funding.per_partnership"]) == {"0.0 throughout", "0.0; 9000.0 from year 2"}
    assert study.baseline == {"badging.scope": "none", "funding.per_partnership": "0.0 throughout"}
    levels = [study.scenario({"funding.per_partnership": level}) for level in sorted(points["funding.per_partnership"])]
    assert {scenario.in_year(1)["funding.per_partnership"] for scenario in levels} == {0.0}
    assert {scenario.in_year(2)["funding.per_partnership"] for scenario in levels} == {0.0, 9000.0}


def test_what_is_written_out_is_the_same_study() -> None:
    study = config_from_text(STUDY)
    assert '"broker.practices" = "false; true from year 5"' in study.to_toml()
    assert config_from_text(study.to_toml()) == study


def test_it_may_stand_wherever_levers_do() -> None:
    badge = {0: "none", 3: "collective"}
    text = "none; collective from year 3"
    linked = {"parameters": ["badging.scope", "funding.years"], "values": [[badge, 2], ["none", {0: 1, 2: 4}]]}
    study = config_from_mapping({"linked": [linked]})
    assert study.linked[0].values == ((text, "2 throughout"), ("none", "1; 4 from year 2"))
    own = [{"name": "north", "levers": {"badging.scope": badge, "programme.originators": 2}}]
    assert config_from_mapping({"programmes": own}).scenario()["north/badging.scope"] == text
    assert Study(levers={"badging.scope": badge}).config.fixed()["badging.scope"] == text
    assert config_from_text('[levers."badging.scope"]\n0 = "none"\n3 = "collective"\n').fixed()["badging.scope"] == text
    designs = config_from_mapping({"levers": {"badging.scope": [text, "none"]}})
    assert designs.swept()["badging.scope"] == (text, "none")


def test_a_programme_file_may_have_one(tmp_path: Path) -> None:
    folder = tmp_path / "configs" / "programmes"
    folder.mkdir(parents=True)
    (folder / "late.toml").write_text('title = "Late"\n[levers]\n"badging.scope" = { 0 = "none", 2 = "individual" }\n')
    assert load_config(folder / "late.toml").scenario()["badging.scope"] == "none; individual from year 2"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[levers]\n"badging.scope" = { 3 = "collective" }', 2, "without year 0"),
        ('[levers]\n"badging.scope" = { 0 = "none", 3 = "colective" }', 2, 'Did you mean "collective"'),
        ('[levers]\n"programme.begins" = { 0 = 1, 3 = 2 }', 2, "read once, as the programme is placed"),
        ('[uncertainties]\n"market.choice_weight" = { 0 = 0.1, 3 = 0.2 }', 2, "only a lever has a timetable"),
        ('[constants]\n"network.informal" = { 0 = 0.1, 3 = 0.2 }', 2, "only a lever has a timetable"),
        ('years = 3\n[levers]\n"badging.scope" = { 0 = "none", 3 = "collective" }', 3, "year 3, which the study"),
        ('[levers]\n"badging.scope" = ["none", { 0 = "none", 30 = "collective" }]', 2, "year 30, which the study"),
        ('[levers]\n"badging.scope" = { first = "none" }', 2, r"or by years: \{ 0 = "),
        (
            '[[programmes]]\nname = "north"\nlevers = { "programme.networks" = { 0 = 1, 2 = 2 } }', 3,
            "read once, as the programme founds",
        ),
    ],
)  # fmt: skip
def test_a_mistake_has_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError, match=rf"the text:{line}: .*{message}"):
        config_from_text(text)


def test_readers_are_told_it_in_words() -> None:
    later, never = "none; collective from year 3", "none"
    assert level_words("badging.scope", later) == "no badge, then a badge on the whole partnership from year 3"
    assert comparison("badging.scope", later, never).endswith("from year 3 rather than no badge")
    told = comparison("funding.per_partnership", "0.0; 9000.0 from year 2", "0.0 throughout")
    assert told.startswith("the grant to each partnership at £0 a year, then £9,000 a year from year 2 rather than £0")
    assert level_words("broker.practices", "false throughout") == level_words("broker.practices", False)
