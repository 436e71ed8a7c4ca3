"""A declaration is checked where it is written, and a value where it enters."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from schoolsim.parameters import Parameter, ParameterError, field_name
from schoolsim.parameters.declare import choice, real, whole
from tests.config.picked import CHOICE, FLAG, REAL, WHOLE


@pytest.mark.parametrize(
    ("spec", "given", "kept"),
    [
        (REAL, 0, 0.0),
        (REAL, 1.0, 1.0),
        (REAL, np.float64(0.25), 0.25),
        (WHOLE, 0, 0),
        (WHOLE, np.int64(12), 12),
        (FLAG, False, False),
        (FLAG, np.bool_(True), True),
        (CHOICE, "brisk", "brisk"),
    ],
)
def test_a_value_is_kept_in_the_parameters_own_type(spec: Parameter, given: object, kept: object) -> None:
    checked = spec.check(given)
    assert checked == kept
    assert type(checked) is type(kept)


@pytest.mark.parametrize(
    ("spec", "given", "allowed"),
    [
        (REAL, 1.0000001, "a number from 0.0 to 1.0 (share)"),
        (REAL, -0.1, "a number from 0.0 to 1.0 (share)"),
        (REAL, math.nan, "a number from 0.0 to 1.0 (share)"),
        (REAL, math.inf, "a number from 0.0 to 1.0 (share)"),
        (REAL, True, "a number from 0.0 to 1.0 (share)"),
        (REAL, "0.5", "a number from 0.0 to 1.0 (share)"),
        (REAL, None, "a number from 0.0 to 1.0 (share)"),
        (WHOLE, 13, "a whole number from 0 to 12 (visits a year)"),
        (WHOLE, 3.0, "a whole number from 0 to 12 (visits a year)"),
        (WHOLE, True, "a whole number from 0 to 12 (visits a year)"),
        (FLAG, 1, "true or false"),
        (FLAG, "true", "true or false"),
        (CHOICE, "Calm", 'one of "calm", "brisk", "hectic"'),
        (CHOICE, 0, 'one of "calm", "brisk", "hectic"'),
        (CHOICE, ["calm"], 'one of "calm", "brisk", "hectic"'),
    ],
)
def test_a_wrong_value_is_refused_in_words(spec: Parameter, given: object, allowed: str) -> None:
    with pytest.raises(ParameterError) as caught:
        spec.check(given)
    assert str(caught.value).startswith(f'"{spec.name}" cannot be ')
    assert f"it must be {allowed}." in str(caught.value)


def test_the_message_shows_the_value_as_a_config_would() -> None:
    with pytest.raises(ParameterError, match='^"pace.share" cannot be true: it must be'):
        REAL.check(True)


def test_a_misspelt_option_finds_the_nearest() -> None:
    with pytest.raises(ParameterError, match='Did you mean "hectic"'):
        CHOICE.check("hektic")


def test_codes_are_positions() -> None:
    assert [CHOICE.code(option) for option in CHOICE.options] == [0, 1, 2]
    with pytest.raises(ParameterError, match="only a choice has codes"):
        REAL.code("calm")
    with pytest.raises(ParameterError, match='Did you mean "brisk"'):
        CHOICE.code("brisc")


def test_bounds_belong_to_numbers() -> None:
    assert WHOLE.bounds == (0, 12)
    with pytest.raises(ParameterError, match="has no bounds"):
        FLAG.bounds  # noqa: B018


def test_a_parameter_cannot_change() -> None:
    with pytest.raises(FrozenInstanceError):
        REAL.default = 0.1  # type: ignore[misc]


def test_a_real_default_is_a_float() -> None:
    assert type(replace(REAL, default=1).default) is float


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "share"}, "subject.word"),
        ({"name": "Pace.share"}, "subject.word"),
        ({"name": "pace.share.more"}, "subject.word"),
        ({"role": "policy"}, "role 'policy'"),
        ({"kind": "float"}, "kind 'float'"),
        ({"grade": "guess"}, "grade 'guess'"),
        ({"meaning": " "}, "a meaning and a source"),
        ({"source": ""}, "a meaning and a source"),
        ({"unit": ""}, "a number needs a unit"),
        ({"mechanisms": ("M19", "M43")}, "no mechanism is called M43"),
        ({"low": 1.0}, "low must be below high"),
        ({"low": None}, "low must be below high"),
        ({"high": math.inf}, "bounds must be finite"),
        ({"default": 1.5}, "the default 1.5 must be a number from 0.0 to 1.0"),
        ({"default": True}, "the default true must be"),
    ],
)
def test_a_faulty_declaration_is_refused(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(REAL, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("calm",), "two or more"),
        (["calm", "brisk"], "a tuple"),
        (("calm", "calm"), "given twice"),
        (("slow", "brisk"), 'the default "calm" must be one of'),
    ],
)
def test_faulty_options_are_refused(options: tuple[str, ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        choice("pace.mood", "calm", options, role="lever", meaning="M.", source="S")


def test_the_bounds_of_a_whole_number_are_whole() -> None:
    with pytest.raises(ValueError, match="must be whole"):
        whole("a.b", 1, low=0, high=1.5, role="lever", unit="u", meaning="M.", source="S")  # type: ignore[arg-type]


def test_whole_bounds_do_for_a_real() -> None:
    spec = real("a.b", 1, low=0, high=2, role="lever", unit="u", meaning="M.", source="S")
    assert spec.range == "0.0 to 2.0"


def test_field_name() -> None:
    assert field_name("badging.scope") == "badging_scope"
    assert CHOICE.field == "pace_mood"
