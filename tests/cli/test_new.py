"""`schoolsim new`: a study file to start from, for any question."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from schoolsim.analysis.sentences import parameter_words
from schoolsim.cli.configs import checked
from schoolsim.cli.template import draft, levels_of, study_file
from schoolsim.parameters import REGISTRY
from tests.cli.conftest import SERIAL, Type

QUESTIONS = {
    "Does a broker help more in rural than in urban authorities?": "broker.number",
    "How long should schools be funded?": "funding.years",
    "What do networks do for isolated schools?": "programme.networks",
    "Is formal evaluation worse than none for trust?": "evaluation.kind",
    'Do "badges" harm confidence where head turnover is high?': "badging.scope",
    "Who should hold the purse?": "funding.purse",
    "What comes of joint leadership?": "leading.joint",
    "Qwertz uiop?": "badging.scope",
}
LEVERS = [name for name, spec in REGISTRY.items() if spec.role == "lever"]
EACH_TIME = LEVERS[::6]
"""Of these a study is drafted each time, of the others when slow tests run: values of every type are among them."""


def written(said: str) -> dict[str, object]:
    return json.loads(said)


def test_a_folder_of_nobody_is_one_message(typed: Type) -> None:
    said = typed("new", "Who should hold the purse?", "--out", "~nobody-of-this-name/x.toml")
    assert said.code == 2
    assert 'names a user there is not, "nobody-of-this-name"' in said.err.replace("\n", " ")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gives_a_study_of_what_it_speaks_of(question: str, typed: Type) -> None:
    said = typed("new", question, "--json")
    assert said.code == 0, said.err
    told = written(said.out)
    assert told["levers"] == [QUESTIONS[question]]
    config = checked(str(told["file"]))
    assert QUESTIONS[question] in config.swept()
    assert config.title == question
    assert config.description.strip() == question
    assert dict(config.outcomes.baseline) == {QUESTIONS[question]: config.swept()[QUESTIONS[question]][0]}


def test_levers_with_values_of_every_type_are_tried() -> None:
    assert {type(REGISTRY[name].default) for name in EACH_TIME} == {type(REGISTRY[name].default) for name in LEVERS}


def test_the_world_and_the_setting_are_those_of_the_question() -> None:
    study = draft("Does a broker help more in a rural authority?")
    assert "settings/rural" in study.bases
    assert study.settings == []
    assert study.world == "market.choice_weight"
    assert draft("Do badges harm confidence where head turnover is high?").world == "leadership.turnover"
    assert draft("Do badges lower confidence?").outcomes[0].startswith("confidence.")
    competition = draft("Do badges help under high competition?")
    assert competition.world == "market.choice_weight"
    assert competition.bases == ["programmes/beacon"]


def test_settings_that_a_question_compares_are_a_factor_of_the_study(typed: Type) -> None:
    """As the tutorial has it: the same lever in each of the settings, neither of which is the base."""
    said = typed("new", "Does a broker help more in rural than in urban authorities?", "--out", "mine.toml")
    assert said.code == 0, said.err
    assert "in each of settings/rural and settings/urban" in said.out.replace("\n", " ")
    written, tutorial = checked("mine.toml"), checked("rural_brokers")
    (mine,), (its,) = written.linked, tutorial.linked
    assert mine.name == its.name == "setting"
    assert set(mine.levels) == set(its.levels) == {"Rural", "Urban"}
    assert set(mine.parameters) == set(its.parameters)
    assert "broker.number" in written.swept()
    assert draft("Do badges help more in england_2003 than in other schools?").settings == []


def test_what_a_compared_setting_sets_is_no_world_beside_it() -> None:
    study = draft("Does disadvantage of pupils matter more to brokers in rural or urban places?")
    assert study.settings == ["settings/rural", "settings/urban"]
    assert study.world == "market.choice_weight"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EACH_TIME else [pytest.mark.slow]) for name in LEVERS]
)
def test_a_study_of_any_lever_is_sound(name: str, tmp_path: Path) -> None:
    """Its label as a question: whatever is chosen, and whatever else is named in a comment, is allowed."""
    path = tmp_path / "study.toml"
    study = draft(f"What comes of this: {parameter_words(name).label}?")
    text = study_file(study, Path("study.toml"))
    path.write_text(text, encoding="utf-8")
    checked(str(path))
    suggestions = [line.removeprefix("# ") for line in text.splitlines() if line.startswith('# "')]
    assert len(suggestions) == len(study.more_levers)
    for line in suggestions:
        ((lever, levels),) = tomllib.loads(line).items()
        assert [REGISTRY[lever].check(level) for level in levels] == levels
    levels = levels_of(REGISTRY[name])
    assert len(set(levels)) == len(levels) >= 2
    assert all(REGISTRY[name].check(level) == level for level in levels)
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.slow
def test_what_is_written_is_swept_and_answered(typed: Type) -> None:
    assert typed("new", "Do", "badges", "help", "needy", "schools?", "--out", "mine/badges.toml").code == 0
    small = ("-p", "setting.schools=12", "-p", "programme.originators=2", "-p", "programme.partners_each=1")
    said = typed("sweep", "mine/badges.toml", "--years", 1, "--replications", 2, *small, *SERIAL)
    assert said.code == 0, said.err
    said = typed("answer", "results/badges")
    assert said.code == 0, said.err
    assert "badge" in said.out


@pytest.mark.slow
def test_what_is_written_is_explained_swept_for_two_years_and_drawn(typed: Type) -> None:
    assert typed("new", "Do badges help needy schools?", "--out", "badges.toml").code == 0
    said = typed("explain", "badges.toml")
    assert said.code == 0, said.err
    assert "Do badges help needy schools?" in said.out
    said = typed("sweep", "badges.toml", "--years", 2, "--replications", 2, *SERIAL)
    assert said.code == 0, said.err
    assert typed("figures", "results/badges").code == 0


def test_nothing_is_overwritten(typed: Type, elsewhere: Path) -> None:
    assert typed("new", "Do badges help?").code == 0
    (file,) = elsewhere.glob("*.toml")
    file.write_text("mine")
    said = typed("new", "Do badges help?")
    assert (said.code, said.out) == (2, "")
    assert "is there already" in said.err
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["??"], "is no question"),
        (["Do badges help?", "--out", "study.txt"], "ends in .toml"),
        (["Do badges help?", "--out", "file/study.toml"], "cannot be written"),
        ([], "Missing argument 'QUESTION'"),
    ],
)
def test_mistakes(words: list[str], told: str, typed: Type, elsewhere: Path) -> None:
    (elsewhere / "file").write_text("")
    said = typed("new", *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert not list(elsewhere.glob("*.toml"))
