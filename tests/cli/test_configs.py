"""The configs that come with schoolsim, and the scripts beside them."""

from __future__ import annotations

import math

import pytest

from schoolsim.cli.configs import checked
from schoolsim.config import list_configs

NAMES = [entry.name for entry in list_configs()]


@pytest.mark.parametrize("name", NAMES)
def test_a_config_is_sound_to_its_outcomes_and_figures(name: str) -> None:
    config = checked(name)
    assert config.title
    assert config.description
    assert config.sources


def test_a_beacon_school_has_the_money_its_source_gives() -> None:
    config = checked("programmes/beacon").scenario()
    yearly = config["funding.per_partnership"] * config["programme.partners_each"]
    assert math.isclose(yearly, 30_000)


def test_the_study_of_badging_sweeps_the_settings_that_have_names() -> None:
    swept = checked("studies/badging_funding").swept()["market.choice_weight"]
    named = [checked(f"settings/{level}_competition") for level in ("low", "high")]
    assert swept == tuple(config.fixed()["market.choice_weight"] for config in named)


def test_nobody_is_asked_badged_or_paid_without_a_programme() -> None:
    assert checked("programmes/no_programme").scenario().changed() == {}
