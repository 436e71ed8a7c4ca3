"""A stored study decides nothing about which code is run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, reproduce, resume, sweep
from schoolsim.studies.errors import ModelError, StoreError
from schoolsim.studies.model import SCHOOL_MODEL
from tests.studies import models
from tests.studies.plans import HERE, run_study, spread
from tests.studies.resealing import reseal
from tests.studies.test_sweep import interrupted

QUIET = Execution("serial", progress=False)
SPREAD = f"{HERE}:Spread"


def command(manifest: dict[str, Any]) -> None:
    """A model that is a command, run by building it."""
    manifest["study"]["model"] = "subprocess:Popen"
    manifest["study"]["arguments"] = {"args": ["touch", "ran"]}


ACTIONS: dict[str, Callable[[Path], object]] = {
    "reproduce": lambda folder: reproduce(folder, QUIET),
    "resume": lambda folder: resume(folder, QUIET),
    "rerun": lambda folder: StudyResult.open(folder).rerun(StudyResult.open(folder).runs["run"].iloc[0]),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stored_study_runs_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    monkeypatch.chdir(tmp_path)
    if action == "resume":
        interrupted(spread(), tmp_path / "study", 5)
    else:
        run_study(spread(), tmp_path / "study")
    reseal(tmp_path / "study", command)
    with pytest.raises(StoreError, match=r'"subprocess:Popen".*--model subprocess:Popen'):
        ACTIONS[action](tmp_path / "study")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_imported_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    """Importing runs a module's own code, before anything in it is called."""
    (tmp_path / "ends_everything.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    if action == "resume":
        interrupted(spread(), tmp_path / "study", 5)
    else:
        run_study(spread(), tmp_path / "study")
    reseal(tmp_path / "study", lambda manifest: manifest["study"].update(model="ends_everything:Model"))
    with pytest.raises(StoreError, match="ends_everything"):
        ACTIONS[action](tmp_path / "study")


@pytest.mark.parametrize("model", [SPREAD, ModelReference(SPREAD), models.Spread, [SPREAD]])
def test_a_model_that_is_named_is_built_with_the_stored_arguments(tmp_path: Path, model: object) -> None:
    run_study(spread(2, seconds=0.001), tmp_path / "whole")
    assert reproduce(tmp_path / "whole", QUIET, model=model).same
    row = StudyResult.open(tmp_path / "whole").runs.iloc[3]
    outcomes = StudyResult.open(tmp_path / "whole").rerun(row["run"], model=model).outcomes
    assert outcomes == {"final": row["final"], "area": row["area"]}
    interrupted(spread(2, seconds=0.001), tmp_path / "cut", 5)
    resume(tmp_path / "cut", QUIET, model=model)
    assert (tmp_path / "cut" / "runs.parquet").read_bytes() == (tmp_path / "whole" / "runs.parquet").read_bytes()


def test_a_model_of_a_notebook_is_passed_as_it_is(tmp_path: Path) -> None:
    def local(parameters: dict[str, float], seed: int) -> dict[str, float]:
        return {"value": parameters["x"] + seed % 3}

    plan = StudyPlan(pd.DataFrame({"x": [1.0, 2.0]}), ModelReference.of(local), Fixed(2))
    sweep(plan, tmp_path, QUIET)
    with pytest.raises(StoreError, match="--model"):
        reproduce(tmp_path, QUIET)
    assert reproduce(tmp_path, QUIET, model=local).same


def test_another_model_than_the_stored_one_is_refused(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    with pytest.raises(StoreError, match=f'"{SPREAD}", not with "{HERE}:normal"'):
        reproduce(tmp_path, QUIET, model=f"{HERE}:normal")
    with pytest.raises(StoreError, match="is not used by the study"):
        reproduce(tmp_path, QUIET, model=[SPREAD, f"{HERE}:normal"])


def test_an_object_cannot_stand_for_a_class_with_arguments(tmp_path: Path) -> None:
    run_study(spread(), tmp_path)
    with pytest.raises(StoreError, match="was built with the arguments seconds.*give its class"):
        reproduce(tmp_path, QUIET, model=models.Spread())


@pytest.mark.parametrize("where", ["inner", {"deep": ["inner"]}])
def test_code_that_an_argument_names_must_be_named_too(tmp_path: Path, where: object) -> None:
    """The adapters import a model that their argument names: a way round the check of the first name."""
    run_study(spread(), tmp_path)

    def adapter(manifest: dict[str, Any]) -> None:
        inner = json.loads(json.dumps(where).replace("inner", "subprocess:Popen"))
        manifest["study"]["model"] = "schoolsim.studies.adapters.mesa_model:MesaModel"
        manifest["study"]["arguments"] = {"model": inner, "steps": 1}

    reseal(tmp_path, adapter)
    with pytest.raises(StoreError, match="--model subprocess:Popen"):
        reproduce(tmp_path, QUIET, model="schoolsim.studies.adapters.mesa_model:MesaModel")


@pytest.mark.parametrize("path", ["os.system:x y", "os:system()", "../evil:x", "a:b:c", ":x", "x:", "a b:c", "-m:x"])
def test_a_path_is_nothing_but_names(path: str) -> None:
    with pytest.raises(ModelError, match="module:attribute"):
        ModelReference(path)


ARGUMENTS = {
    "years": 3,
    "burn_in_years": 1,
    "window": 1,
    "population": {"authority": None, "schools": 12},
}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"years": 10**9}, 'study.arguments": "years" cannot be'),
        ({"years": "3"}, 'study.arguments": "years" cannot be'),
        (
            {"population": {"authority": None, "schools": 12, "source": "/etc/passwd"}},
            "study.arguments.population.source",
        ),
        ({"population": {"authority": None, "schools": 10**9}}, "study.arguments.*schools cannot be"),
        ({"other": 1}, "study.arguments.other"),
        ({"window": None}, "study.arguments"),
        ({"population": []}, "study.arguments.population"),
    ],
)
def test_the_school_model_is_built_from_nothing_but_what_a_config_may_say(
    tmp_path: Path, change: dict[str, object], key: str
) -> None:
    run_study(spread(), tmp_path)

    def school(manifest: dict[str, Any]) -> None:
        manifest["study"]["model"] = SCHOOL_MODEL
        manifest["study"]["arguments"] = {**ARGUMENTS, **change}

    reseal(tmp_path, school)
    with pytest.raises(StoreError, match=key):
        reproduce(tmp_path, QUIET)


def test_files_the_school_model_reads_are_regular_files(tmp_path: Path) -> None:
    """A device has no end, and a pipe waits for ever."""
    run_study(spread(), tmp_path / "study")

    def school(manifest: dict[str, Any]) -> None:
        manifest["study"].update(model=SCHOOL_MODEL, arguments=ARGUMENTS, inputs={"schools": "0" * 64})
        manifest["inputs"] = {"schools": "../" * 20 + "dev/zero"}

    reseal(tmp_path / "study", school)
    with pytest.raises(StoreError, match="is not a regular file"):
        reproduce(tmp_path / "study", QUIET)
