"""Factors whose levels are whole configs, and linked parameters with names."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import config_from_mapping, load_config
from schoolsim.parameters import ConfigError
from schoolsim.studies.study import axes_of

SETTINGS = {"factors": {"setting": ["urban", "rural"]}}


def test_a_factor_has_the_levels_that_its_configs_set() -> None:
    study = config_from_mapping(SETTINGS)
    (factor,) = study.linked
    assert (factor.name, factor.levels, factor.role) == ("setting", ("Urban", "Rural"), "uncertainty")
    for name, values in (("urban", factor.values[0]), ("rural", factor.values[1])):
        fixed = load_config(f"settings/{name}").fixed()
        for parameter, value in zip(factor.parameters, values, strict=True):
            assert value == fixed.get(parameter, value)
        assert set(fixed) <= set(factor.parameters)


def test_programmes_are_policies_and_none_of_them_is_the_default() -> None:
    (factor,) = config_from_mapping({"factors": {"programme": ["no_programme", "beacon"]}}).linked
    assert factor.role == "lever"
    column = factor.parameters.index("programme.originators")
    assert factor.values[0][column] == 0 < factor.values[1][column]


def test_a_stored_study_is_whole_without_the_configs() -> None:
    study = config_from_mapping(SETTINGS)
    assert "factors" not in study.to_mapping()
    again = config_from_mapping(study.to_mapping())
    assert again == study
    assert [len(axis.names) for axis in axes_of(again)] == [len(study.linked[0].parameters)]


def test_what_a_base_sets_is_the_factors_and_what_the_study_sets_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text('base = "settings/rural"\n[factors]\nsetting = ["urban", "rural"]\n', encoding="utf-8")
    assert "setting.density" not in load_config(path).settings
    path.write_text(
        '[uncertainties]\n"setting.density" = 0.2\n[factors]\nsetting = ["urban", "rural"]\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r'"setting.density" is set in \[uncertainties\] too'):
        load_config(path)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"setting": ["urban", "rurall"]}, 'no config file "rurall".*Did you mean'),
        ({"setting": ["urban"]}, "must be a list of two or more configs"),
        ({"setting": ["urban", "urban"]}, "must be a list of two or more configs"),
        ({"setting": "urban"}, "must be a table of factors, such as setting"),
        ({"study": ["studies/badging_funding", "urban"]}, "varies .*, and cannot be a level"),
    ],
)
def test_mistakes_are_told(table: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        config_from_mapping({"factors": table})


def test_a_config_with_factors_is_no_level_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop.toml").write_text('[factors]\nx = ["loop.toml", "urban"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="has \\[factors\\] itself"):
        load_config("loop.toml")
