"""Models are found by name, built, and held to the protocol."""

from __future__ import annotations

import pytest

from schoolsim.studies import ModelReference, RunResult
from schoolsim.studies.errors import ModelError
from schoolsim.studies.execution.run_one import run_one
from schoolsim.studies.model import FunctionModel, model_columns, model_version
from schoolsim.studies.run_request import FAILED, OK, RunTask
from tests.studies import models

SPREAD = "tests.studies.models:Spread"


def run(model: object, **parameters: object) -> object:
    return run_one(model, RunTask("0" * 16, 0, 0, 3, parameters))


def test_a_class_is_built_with_its_arguments() -> None:
    model = ModelReference(SPREAD, {"half_terms": 4}).load()
    result = model.run({"spread.rate": 0.2}, 1)
    assert len(result.series["final"]) == 4
    assert model_version(model) == "1"
    assert list(model_columns(model)) == ["final", "area"]


def test_a_function_is_a_model() -> None:
    model = ModelReference("tests.studies.models:normal").load()
    assert isinstance(model, FunctionModel)
    assert model_version(model) == "unversioned"
    assert run(model, mean=5.0, sd=0.0).outcomes == {"value": 5.0}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("models.Spread", 'named as "module:attribute"'),
        ("nowhere.at_all:X", "cannot be imported"),
        ("tests.studies.models:Spraed", 'has no "Spraed"'),
        ("tests.studies.models:math", "has no run"),
    ],
)
def test_a_model_that_is_not_there_is_told(path: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        ModelReference(path).load()


def test_arguments_that_do_not_fit_are_told() -> None:
    with pytest.raises(ModelError, match="cannot be built"):
        ModelReference(SPREAD, {"halfterms": 4}).load()
    with pytest.raises(ModelError, match="only a class takes arguments"):
        ModelReference("tests.studies.models:normal", {"x": 1}).load()


def test_an_object_is_turned_into_its_name() -> None:
    assert ModelReference.of(models.normal).path == "tests.studies.models:normal"
    assert ModelReference.of(models.Spread) == ModelReference(SPREAD)
    assert ModelReference.of(models.Spread).portable
    assert ModelReference.of(SPREAD).path == SPREAD
    with pytest.raises(ModelError, match="not a model"):
        ModelReference.of(3)


def test_a_local_function_runs_here_only() -> None:
    def local(parameters: object, seed: int) -> dict[str, float]:
        return {"x": 1.0}

    for model in (local, lambda parameters, seed: {"x": 1.0}):
        reference = ModelReference.of(model)
        assert not reference.portable
        assert run(reference.load()).outcomes == {"x": 1.0}


def test_an_object_with_run_is_taken_as_it_is() -> None:
    instance = models.Spread()
    assert ModelReference.of(instance).load() is instance


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "gave no outcomes"),
        (None, "gave no outcomes"),
        ({"x": "high"}, 'outcome "x" is not a number: str'),
        (RunResult({"x": 1.0}, {"x": [1, 2]}), "without half_terms"),
        (RunResult({"x": 1.0}, {"x": [1, 2]}, [0, 1, 2]), "shape (2,) for 3 half-terms"),
    ],
)
def test_what_is_no_result_is_a_failed_run(given: object, message: str) -> None:
    record = run(FunctionModel(lambda parameters, seed: given))
    assert record.status == FAILED
    assert message in record.error
    assert record.outcomes == {}


def test_numbers_of_any_kind_become_floats() -> None:
    import numpy as np

    record = run(FunctionModel(lambda p, s: {"a": np.float32(0.5), "b": True, "c": np.int64(3)}))
    assert record.status == OK
    assert record.outcomes == {"a": 0.5, "b": 1.0, "c": 3.0}
    assert {type(value) for value in record.outcomes.values()} == {float}


def test_an_error_is_one_line_without_addresses() -> None:
    def broken(parameters: object, seed: int) -> None:
        raise ValueError(f"two\nlines and {object()}" + "x" * 1000)

    record = run(FunctionModel(broken))
    assert record.error.startswith("ValueError: two lines and <object object at 0x...>xx")
    assert len(record.error) == 500
    assert "in broken" in record.traceback
