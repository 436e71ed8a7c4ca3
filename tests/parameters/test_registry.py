"""The registry holds every parameter once; the catalogue keeps its own rules."""

from __future__ import annotations

import pkgutil
from dataclasses import replace

import pytest

from schoolsim.parameters import REGISTRY, ParameterError, code, parameter, parameter_rows
from schoolsim.parameters import catalog as catalogue
from schoolsim.parameters.declare import GRADES, ROLES
from schoolsim.parameters.mechanisms import SWITCHES
from schoolsim.parameters.registry import build_registry
from schoolsim.parameters.values import KINDS
from tests.config.picked import REAL, WHOLE, misspelt, pick


def test_every_module_of_the_catalogue_is_listed() -> None:
    modules = {module.name for module in pkgutil.iter_modules(catalogue.__path__)}
    listed = {name for name in modules if getattr(catalogue, name).PARAMETERS in catalogue.SUBJECTS}
    assert modules
    assert listed == modules
    # The switches are no module of the catalogue: they come from the mechanisms.
    assert len(catalogue.SUBJECTS) == len(modules) + 1
    assert SWITCHES in catalogue.SUBJECTS


def test_order_is_that_of_the_catalogue() -> None:
    names = [spec.name for subject in catalogue.SUBJECTS for spec in subject]
    assert list(REGISTRY) == names


def test_every_kind_and_role_is_there() -> None:
    assert {spec.kind for spec in REGISTRY.values()} == set(KINDS)
    assert {spec.role for spec in REGISTRY.values()} == set(ROLES)
    assert {spec.grade for spec in REGISTRY.values()} <= set(GRADES)


def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"'pace.share' is declared twice"):
        build_registry([(REAL, WHOLE), (REAL,)])


def test_two_names_cannot_share_a_record_field() -> None:
    one, other = replace(REAL, name="pace.set_share"), replace(REAL, name="pace_set.share")
    with pytest.raises(ValueError, match="share the record field 'pace_set_share'"):
        build_registry([(one, other)])


def test_the_registry_is_read_only() -> None:
    with pytest.raises(TypeError):
        REGISTRY["pace.share"] = REAL  # type: ignore[index]


def test_parameter_finds_the_nearest_name() -> None:
    spec = pick("real")
    assert parameter(spec.name) is spec
    with pytest.raises(ParameterError) as caught:
        parameter(misspelt(spec.name))
    assert f'Did you mean "{spec.name}"?' in str(caught.value)


def test_code_is_the_position_of_an_option() -> None:
    spec = pick("choice")
    assert [code(spec.name, option) for option in spec.options] == list(range(len(spec.options)))
    with pytest.raises(ParameterError, match="Did you mean"):
        code(spec.name, misspelt(spec.options[0]))
    with pytest.raises(ParameterError, match="only a choice has codes"):
        code(pick("real").name, "none")


def test_rows_describe_every_parameter() -> None:
    rows = parameter_rows()
    assert [row.name for row in rows] == list(REGISTRY)
    spec = pick("choice")
    row = next(row for row in rows if row.name == spec.name)
    assert row.default == spec.default
    assert row.range == " | ".join(spec.options)
    assert row.mechanisms == ", ".join(spec.mechanisms)
    number = next(row for row in rows if row.name == pick("real").name)
    assert number.range == "{} to {}".format(*pick("real").bounds)
    assert number.unit == pick("real").unit


def test_rows_show_a_flag_as_a_config_does() -> None:
    row = next(row for row in parameter_rows() if row.name == pick("flag").name)
    assert row.default in ("true", "false")
    assert row.range == "true or false"
