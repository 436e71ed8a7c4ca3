"""What is wrong with a file or a study, with pydantic's findings in this project's words."""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from schoolsim.config.errors import Fault, FaultError, label
from schoolsim.config.locate import shown_path
from schoolsim.config.names import FILE_KEYS, SECTIONS, SYNTHETIC, section_of
from schoolsim.config.positions import KeyPath
from schoolsim.config.source import Sheet
from schoolsim.config.study import ConfigFile, StudyConfig
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import shown

_ALWAYS = frozenset({"title", "description", "sources", "base"})
VALUES_ONLY = {
    "programmes": _ALWAYS | {*SECTIONS, "expects"},
    "settings": _ALWAYS | {*SECTIONS, "population"},
    "populations": _ALWAYS | {*SECTIONS, "population"},
}
"""What a file in one of these folders of a `configs` folder may hold; it sets values only."""


def file_faults(sheet: Sheet, *, must_exist: bool) -> list[Fault]:
    """What is wrong with one file in itself."""
    data = {key: value for key, value in sheet.data.items() if key != "base"}
    faults = [*_folder_faults(sheet), *_twice_faults(sheet)]
    told = {fault.path for fault in faults}
    try:
        ConfigFile.model_validate(data)
    except ValidationError as error:
        faults += [fault for fault in _translated(error, data) if fault.path not in told]
    if must_exist:
        faults += _missing_files(sheet)
    return sorted(faults, key=lambda fault: sheet.line(fault.path))


def study_faults(data: Mapping[str, Any]) -> tuple[StudyConfig | None, list[Fault]]:
    """The study that `data` makes, or what is wrong with it as a whole."""
    try:
        return StudyConfig.model_validate(dict(data)), []
    except ValidationError as error:
        return None, _translated(error, data)


def known_faults(
    study: StudyConfig,
    *,
    outcomes: Collection[str] | None,
    figures: Collection[str] | None,
) -> Iterator[Fault]:
    """Outcomes and kinds of figure that nobody computes or draws; None means do not ask."""
    for place, name in enumerate(study.outcomes.report):
        if outcomes is not None and name not in outcomes:
            message = f'[outcomes] report: "{name}" is not an outcome.{did_you_mean(name, outcomes)}'
            yield Fault(("outcomes", "report", place), message)
    for place, expected in enumerate(study.expects):
        if outcomes is not None and expected.outcome not in outcomes:
            message = f'[[expects]] outcome: "{expected.outcome}" is not an outcome.'
            yield Fault(("expects", place, "outcome"), message + did_you_mean(expected.outcome, outcomes))
    for place, figure in enumerate(study.figures):
        if figures is not None and figure.kind not in figures:
            allowed = ", ".join(shown(kind) for kind in figures)
            message = f"[[figures]] kind cannot be {shown(figure.kind)}: it must be one of {allowed}."
            hint = did_you_mean(figure.kind, figures)
            yield Fault(("figures", place, "kind"), f"{message}{hint}")


def _folder_faults(sheet: Sheet) -> Iterator[Fault]:
    """What a programme, a setting or a population holds that belongs in a study."""
    folder = sheet.folder
    if sheet.path is None or folder.parent.name != "configs" or folder.name not in VALUES_ONLY:
        return
    allowed = VALUES_ONLY[folder.name]
    only = f"a file in {folder.name}/ sets values only"
    for key in sheet.data:
        if key in ConfigFile.model_fields and key not in allowed:
            yield Fault((key,), f"{label((key,))} belongs in a study: {only}.")
    for section in SECTIONS:
        table = sheet.data.get(section)
        for name, value in table.items() if isinstance(table, Mapping) else ():
            if isinstance(value, list | Mapping):
                message = f'"{name}" is swept here, which belongs in a study: {only}.'
                yield Fault((section, name), message)


def _twice_faults(sheet: Sheet) -> Iterator[Fault]:
    """A parameter under two headings: told once, where it does not belong."""
    tables = {section: sheet.data.get(section) for section in SECTIONS}
    holders = {key: table for key, table in tables.items() if isinstance(table, Mapping)}
    for section, table in holders.items():
        for name in table:
            spec = REGISTRY.get(name)
            home = section if spec is None else section_of(spec)
            if spec is not None and home != section and name in holders.get(home, {}):
                message = f'"{name}" is {spec.a_role} and set under [{home}] too: take it out here.'
                yield Fault((section, name), message)


def _missing_files(sheet: Sheet) -> Iterator[Fault]:
    for section, key in FILE_KEYS:
        table = sheet.data.get(section)
        name = table.get(key) if isinstance(table, Mapping) else None
        if not isinstance(name, str) or name in ("", SYNTHETIC) or Path(name).exists():
            continue
        near = [path.name for path in Path(name).parent.glob("*")]
        hint = did_you_mean(Path(name).name, [*near, SYNTHETIC] if key == "source" else near)
        told = shown_path(Path(name))
        yield Fault((section, key), f"[{section}] {key}: there is no file {told}.{hint}")


def _translated(error: ValidationError, data: Mapping[str, Any]) -> list[Fault]:
    """Pydantic's errors as faults, one a key."""
    faults: dict[KeyPath, Fault] = {}
    for detail in error.errors(include_url=False):
        path = _path(detail["loc"], data)
        raised = detail.get("ctx", {}).get("error")
        if isinstance(raised, FaultError):
            for fault in raised.faults:
                faults[(*path, *fault.path, len(faults))] = fault.under(*path)
        else:
            told = _told(detail, path, data)
            faults.setdefault(told.path, told)
    return list(faults.values())


def _told(detail: ErrorDetails, path: KeyPath, data: Mapping[str, Any]) -> Fault:
    """One error that pydantic itself found."""
    *above, key = path
    if detail["type"] == "extra_forbidden":
        return Fault(path, _unknown(str(key), tuple(above)))
    if detail["type"] == "missing":
        return Fault(path, f"{label(tuple(above))} needs {key}: it must be {_allowed(path)}.")
    while (allowed := _allowed(path)) is None and len(path) > 1:
        path = path[:-1]
    return Fault(path, f"{label(path)} cannot be {shown(_at(path, data))}: it must be {allowed}.")


def _unknown(key: str, above: KeyPath) -> str:
    """A key that is not known where it stands."""
    if not above:
        known = ["base", *ConfigFile.model_fields]
        spec = REGISTRY.get(key)
        if spec is not None:
            return f'"{key}" is {spec.a_role}: it belongs under [{section_of(spec)}].'
        where = "a config"
    else:
        model = _model(above)
        known = [] if model is None else list(model.model_fields)
        where = label(above)
    hint = did_you_mean(key, known)
    return f'"{key}" is not a key of {where}.{hint} The keys are {", ".join(known)}.'


def _path(loc: tuple[int | str, ...], data: object) -> KeyPath:
    """Pydantic's place of an error without the names it gives to the arms of a union."""
    path: list[int | str] = []
    for place, part in enumerate(loc):
        inside = isinstance(data, Mapping) and part in data
        if inside or (isinstance(data, list | tuple) and isinstance(part, int)):
            data = data[part]  # type: ignore[index]
        elif not (isinstance(data, Mapping) and place == len(loc) - 1):
            continue
        path.append(part)
    return tuple(path)


def _at(path: KeyPath, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data


def _model(path: KeyPath) -> type[BaseModel] | None:
    """The model of the table at `path`."""
    field = _field(path)
    return ConfigFile if not path else None if field is None else _inner(field.annotation)


def _allowed(path: KeyPath) -> str | None:
    """What the key at `path` may hold, in words."""
    field = _field(path)
    return None if field is None else field.description


def _field(path: KeyPath) -> FieldInfo | None:
    """The declaration of the key at `path`; places in lists are stepped over."""
    model: type[BaseModel] | None = ConfigFile
    field = None
    for part in path:
        if isinstance(part, int):
            continue
        field = None if model is None else model.model_fields.get(part)
        if field is None:
            return None
        model = _inner(field.annotation)
    return field


def _inner(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Figure, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner(part) for part in typing.get_args(annotation))
    return next((model for model in found if model is not None), None)
