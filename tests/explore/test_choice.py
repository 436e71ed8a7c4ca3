"""What is chosen on the screen stands for the config that a file would say."""

from __future__ import annotations

import pytest

from schoolsim.config import StudyConfig, config_from_mapping, load_config
from schoolsim.explore.choice import OPENED, Choice, checked_choice
from schoolsim.parameters import UserError


def test_nothing_chosen_is_a_world_without_programmes() -> None:
    assert Choice().config(None, 1).scenario().changed() == {}
    assert Choice().title() == "No programme"


def test_a_programme_in_a_setting_is_both_of_their_files() -> None:
    choice = Choice(("programmes/beacon",), "settings/urban")
    expected = config_from_mapping({"base": ["settings/urban", "programmes/beacon"]})
    config = choice.config(None, 7)
    assert config.scenario() == expected.scenario()
    assert config.seed == 7
    assert set(config.sources) == set(expected.sources)


def test_several_programmes_stand_side_by_side_each_with_its_own_levers() -> None:
    choice = Choice(("programmes/beacon", "programmes/leading_edge"))
    scenario = choice.with_value("beacon/funding.per_partnership", 9000.0).config(None, 1).scenario()
    assert [programme.name for programme in scenario.programmes] == ["beacon", "leading_edge"]
    assert scenario["beacon/funding.per_partnership"] == 9000.0
    assert scenario["leading_edge/funding.per_partnership"] != 9000.0
    assert choice.several == ("beacon", "leading_edge")


def test_a_value_of_a_programme_goes_when_the_programme_goes() -> None:
    choice = Choice(("programmes/beacon", "programmes/leading_edge"), values={"market.choice_weight": 0.3})
    choice = choice.with_value("beacon/funding.per_partnership", 9000.0)
    assert dict(choice.with_programmes(("programmes/leading_edge",)).values) == {"market.choice_weight": 0.3}


def test_a_value_by_hand_wins_and_can_be_taken_back() -> None:
    choice = Choice(("programmes/beacon",)).with_value("programme.originators", 3)
    assert choice.config(None, 1).scenario()["programme.originators"] == 3
    back = choice.without_value("programme.originators")
    assert back.config(None, 1).scenario() == load_config("programmes/beacon").scenario()


def test_the_config_that_was_opened_keeps_its_years_and_schools(small: StudyConfig) -> None:
    own = Choice((OPENED,)).config(small, small.seed)
    assert own.scenario() == small.scenario()
    assert (own.years, own.title) == (small.years, small.title)
    other = Choice(("programmes/leading_edge",)).config(small, 1)
    assert (other.years, other.population) == (small.years, small.population)


@pytest.mark.parametrize(
    ("value", "says"),
    [(-1, "a whole number from 0"), ("many", 'cannot be "many"'), (1.5, "a whole number"), (True, "a whole number")],
)
def test_a_value_that_is_not_allowed_is_told(value: object, says: str) -> None:
    with pytest.raises(UserError, match=says):
        Choice().with_value("programme.originators", value)


def test_values_that_cannot_be_together_are_told() -> None:
    choice = Choice((), values={"market.choice_weight": 0.3}).with_value("setting.secondary_share", 0.9)
    with pytest.raises(UserError, match=r"setting\.secondary_share"):
        checked_choice(choice.with_value("setting.special_share", 0.9), None, 1)


def test_a_setting_is_not_put_on_top_of_the_config_that_was_opened() -> None:
    with pytest.raises(UserError, match="has its own setting"):
        Choice((OPENED,)).with_setting("settings/urban")
