"""The school model as a reference: built from a config, or from a stored study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.config.names import SYNTHETIC
from schoolsim.parameters.errors import ConfigError
from schoolsim.studies.errors import StoreError
from schoolsim.studies.model import SCHOOL_MODEL, ModelReference

_ARGUMENTS = (
    "years", "burn_in_years", "window", "population", "outcomes", "keep", "of_schools", "school_years",
)  # fmt: skip
_POPULATION = ("authority", "schools")
#: Files that runs read, by the argument of the model, and the key of [population] that names them.
_INPUTS = {"schools": "source", "ties": "ties"}


def school_model(config: StudyConfig) -> ModelReference:
    """The school model for a config: what decides its runs beside parameters and seed."""
    population = config.population.model_dump(mode="json")
    inputs = {"schools": population.pop("source"), "ties": population.pop("ties")}
    return ModelReference(
        SCHOOL_MODEL,
        {
            "years": config.years,
            "burn_in_years": config.burn_in_years,
            "window": config.outcomes.window,
            "population": population,
            **_measured(config),
        },
        {name: path for name, path in inputs.items() if path not in (None, SYNTHETIC)},
        {"branch": config.branch if config.burn_in_years else "none"},
    )


def _measured(config: StudyConfig) -> dict[str, list[Any]]:
    """What is measured and kept, where a config says it; what it reports is always measured."""
    asked = config.outcomes
    found: dict[str, list[Any]] = {}
    if asked.measure:
        found["outcomes"] = list(dict.fromkeys([*asked.measure, *asked.report]))
    if asked.keep is not None:
        found["keep"] = list(asked.keep)
    if asked.schools:
        found["of_schools"] = list(dict.fromkeys(asked.schools))
        if asked.school_years:
            found["school_years"] = sorted(set(asked.school_years))
    return found


def stored_school_model(
    arguments: Mapping[str, object], inputs: Mapping[str, str], branch: object = "burn_in"
) -> ModelReference:
    """The school model of a stored study, whose arguments are held to what a config may say.

    Args:
        arguments: As stored.
        inputs: As stored, its paths absolute.
        branch: Where its policies branch, as its config says; nowhere if it has no burn-in.

    Raises:
        StoreError: If they are not the arguments of a school model, or out of a config's bounds.
    """
    population = arguments.get("population")
    if not isinstance(population, Mapping):
        raise StoreError('"study.arguments.population" must be a table')
    unknown = [f"study.arguments.{name}" for name in arguments if name not in _ARGUMENTS]
    unknown += [f"study.arguments.population.{name}" for name in population if name not in _POPULATION]
    unknown += [f"study.inputs.{name}" for name in inputs if name not in _INPUTS]
    if unknown:
        raise StoreError(f'"{unknown[0]}" is not an argument of the school model')
    files = {_INPUTS[name]: path for name, path in inputs.items()}
    settings = {
        "years": arguments.get("years"),
        "burn_in_years": arguments.get("burn_in_years"),
        "branch": branch,
        "outcomes": {
            "window": arguments.get("window"),
            "measure": arguments.get("outcomes", []),
            "schools": arguments.get("of_schools", []),
            "school_years": arguments.get("school_years", []),
            **({"keep": arguments["keep"]} if "keep" in arguments else {}),
        },
        "population": {**{name: value for name, value in population.items() if value is not None}, **files},
    }
    try:
        reference = school_model(config_from_mapping(settings))
    except ConfigError as error:
        raise StoreError(f'"study.arguments": {error}') from None
    if reference.arguments != arguments or reference.inputs != inputs:
        raise StoreError('"study.arguments" is not as a study of the school model has it')
    return reference
