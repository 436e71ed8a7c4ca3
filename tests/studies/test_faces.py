"""A study is made of whatever a user has at hand, and shows itself."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import schoolsim as ss
from schoolsim.analysis import contrast
from schoolsim.parameters import ParameterError, UserError
from schoolsim.parameters.errors import ConfigError
from schoolsim.showing import as_html, as_text
from schoolsim.studies import Study

TEXT = """title = "Badges"
replications = 2
[levers]
"badging.scope" = ["none", "individual"]
"""
KEYS = {"title": "Badges", "replications": 2, "levers": {"badging.scope": ["none", "individual"]}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "badges.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_a_text_a_mapping_and_keywords_are_one_study(file: Path) -> None:
    studies = [Study(file), Study(str(file)), Study.load(file), Study(TEXT), Study(KEYS), Study(**KEYS)]
    assert len({study.config.to_toml() for study in studies}) == 1
    assert {study.name for study in studies} == {"badges"}


def test_a_shipped_study_goes_by_its_short_name() -> None:
    assert Study("badging_funding").config == Study("studies/badging_funding").config
    assert Study("badging_funding").name == "badging_funding"


def test_keywords_win_over_the_config() -> None:
    assert Study(TEXT, replications=5).config.replications == 5
    assert Study(KEYS, replications=5).config.replications == 5
    assert Study("badging_funding", replications=3).config.replications == 3
    assert Study("badging_funding", replications=3).name == "badging_funding"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('title = "Badges"\n[levers]\n"badging.scop" = "none"\n', r"the text:3: .*badging\.scope"),
        ("title = \n", "the text:1.*not TOML"),
        (3, "not of int"),
        ({"levers": {"badging.scop": "none"}}, r"badging\.scope"),
        ("badging_fundin", "badging_funding"),
    ],
)
def test_a_mistake_is_told(given: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Study(given)  # type: ignore[arg-type]


def test_a_misspelt_keyword_is_a_misspelt_key() -> None:
    with pytest.raises(ConfigError, match="replications"):
        Study(TEXT, replication=5)


def test_a_study_shows_itself() -> None:
    text = repr(Study(TEXT))
    assert text.startswith("<Study: Badges>")
    assert "badging.scope (none, individual)" in text
    assert "grid: 2 points, 2 replications each" in text
    assert "<table>" in Study(TEXT)._repr_html_()
    for name in ("badging_funding", "rural_brokers"):
        assert "varies" in repr(Study(name))


def test_a_result_shows_itself(tmp_path: Path) -> None:
    study = Study(TEXT, population={"schools": 12}, years=1, burn_in_years=0)
    result = study.run(1, out=tmp_path / "badges", executor="serial", progress=False)
    text = repr(result)
    assert text.startswith("<StudyResult: Badges>")
    assert "complete" in text
    assert "4 ok" in text
    assert "badging.scope" in text
    assert "<table>" in result._repr_html_()


@pytest.mark.slow
def test_a_result_draws_any_kind_of_figure(tmp_path: Path) -> None:
    study = Study(TEXT, population={"schools": 12}, years=1, burn_in_years=0, outcomes={"report": ["trust.mean"]})
    result = study.run(1, out=tmp_path / "badges", executor="serial", progress=False)
    drawn = result.figure("contrast", {"lever": "badging.scope", "confidence": 0.5, "width": "column"})
    expected = contrast(
        result.runs, "badging.scope", baseline="none", outcomes=["trust.mean"], confidence=0.5
    )  # fmt: skip
    pd.testing.assert_frame_equal(drawn.table, expected)
    assert drawn.figure.get_size_inches()[0] == pytest.approx(3.5)
    assert "50%" in drawn.caption
    assert drawn._repr_html_().startswith('<figure><img alt="')
    assert set(result.figure("series").table["outcome"]) == {"trust.mean"}
    # Without a kind it is the study's first figure; this one asks for none, and gets the usual one of its design.
    assert result.figure().table.equals(result.figure("contrast").table)
    assert result.figure(options={"confidence": 0.5}).table["confidence"].unique().tolist() == [0.5]
    for kind, options, message in (
        ("contrst", None, 'Did you mean "contrast"'),
        ("contrast", {"levr": "badging.scope"}, 'Did you mean "lever"'),
        ("contrast", {"outcomes": ["trust.men"]}, "trust.men"),
    ):
        with pytest.raises(UserError, match=message):
            result.figure(kind, options)


def test_scenarios_and_schools_show_themselves() -> None:
    assert "0.6" in ss.Scenario.of({"market.choice_weight": 0.6})._repr_html_()
    assert "defaults" in ss.Scenario.of()._repr_html_()
    schools = ss.synthetic_authority(1, schools=20)
    assert "20 schools" in repr(schools)
    assert "<table>" in schools._repr_html_()


def test_a_scenario_is_not_made_of_a_name() -> None:
    with pytest.raises(ParameterError, match=r"load_config\(.beacon.\)"):
        ss.Scenario("programmes/beacon")  # type: ignore[arg-type]
    assert ss.load_config("beacon").scenario().changed()


def test_what_is_shown_is_escaped() -> None:
    assert as_text("A", [("b", "c"), ("long", "d")]) == "<A>\n  b     c\n  long  d"
    assert "<script>" not in as_html("<script>", [("<script>", "<script>")])
