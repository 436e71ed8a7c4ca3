"""Every parameter of the model, by name, in the order of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from schoolsim.parameters.catalog import SUBJECTS
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.errors import ParameterError, did_you_mean
from schoolsim.parameters.values import printable

PROGRAMME_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
"""What a programme may be called."""


def build_registry(subjects: Iterable[tuple[Parameter, ...]]) -> Mapping[str, Parameter]:
    """Collect the parameters of `subjects`, in order, into a read-only mapping by name.

    Raises:
        ValueError: Two parameters share a name, or the name of a record's field.
    """
    registry: dict[str, Parameter] = {}
    owners: dict[str, str] = {}
    for spec in (spec for subject in subjects for spec in subject):
        if spec.name in registry:
            raise ValueError(f"parameter {spec.name!r} is declared twice")
        owner = owners.setdefault(spec.field, spec.name)
        if owner != spec.name:
            raise ValueError(f"{spec.name!r} and {owner!r} share the record field {spec.field!r}")
        registry[spec.name] = spec
    return MappingProxyType(registry)


REGISTRY: Mapping[str, Parameter] = build_registry(SUBJECTS)
"""Every parameter by name; its order is the order of a record's fields."""

_PLACES = {name: place for place, name in enumerate(REGISTRY)}


def is_parameter(name: str) -> bool:
    """Whether a parameter, or a lever of one programme, has this name."""
    try:
        parameter(name)
    except ParameterError:
        return False
    return True


def in_order(names: Iterable[str]) -> list[str]:
    """Names of parameters in the order of the catalogue; levers of single programmes follow, programme by programme."""
    return sorted(set(names), key=_place)


def _place(name: str) -> tuple[str, int]:
    programme, _, lever = name.rpartition("/")
    return programme, _PLACES[lever]


def parameter(name: str) -> Parameter:
    """The parameter called `name`, or the lever of one programme, such as `beacon/funding.purse`.

    Raises:
        ParameterError: There is none; the message gives the nearest name.
    """
    spec = REGISTRY.get(name)
    if spec is None:
        programme, slash, lever = name.partition("/")
        if slash:
            return _of_programme(programme, lever)
        raise ParameterError(f'"{printable(name)}" is not a parameter.{did_you_mean(name, REGISTRY)}')
    return spec


@lru_cache(maxsize=4096)
def _of_programme(programme: str, lever: str) -> Parameter:
    """The lever of one programme, under its full name; its words say which programme's it is."""
    spec = parameter(lever)
    if spec.scope == "system":
        what = "is the whole system's" if spec.role == "lever" else f"is {spec.a_role}"
        raise ParameterError(
            f'"{spec.name}" {what}: no programme has its own. Write it without "{printable(programme)}/".'
        )
    if not PROGRAMME_NAME.fullmatch(programme):
        raise ParameterError(
            f'"{printable(programme)}" cannot be the name of a programme: small letters, digits and _, a letter first.'
        )
    which = f"in the programme {programme.replace('_', ' ')}"
    return replace(
        spec,
        name=f"{programme}/{spec.name}",
        label=f"{spec.label}, {programme.replace('_', ' ')}",
        phrase=f"{spec.phrase} {which}",
        levels={level: f"{words} {which}" for level, words in spec.levels.items()},
    )


def code(name: str, option: str) -> int:
    """The number of `option` of the choice `name` in compiled code.

    Bind it to a module constant, so that a misspelling fails at import and the compiler
    sees a plain integer: `COLLECTIVE = code("badging.scope", "collective")`.

    Raises:
        ParameterError: No such parameter, not a choice, or no such option.
    """
    return parameter(name).code(option)
