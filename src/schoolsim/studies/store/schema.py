"""Schema of the JSON files of a results folder: the keys, types and bounds of `manifest.json` and `columns.json`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, TypeVar, cast

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, with_config
from pydantic_core import from_json

from schoolsim.studies.errors import DamagedError, FormatError
from schoolsim.studies.replications import MOST_REPLICATIONS
from schoolsim.studies.store.files import read_bytes

if sys.version_info >= (3, 12):  # from which on pydantic reads typed dictionaries of the standard library
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

SCHEMA = 2
"""Version of the format of a results folder. Version 1 (schoolsim 0.1.0) had no seals."""

LARGEST_JSON = 64 << 20
"""Bytes a JSON file may have."""

_EXACT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seconds = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Table = Literal["runs", "series", "schools"]
Role = Literal["", "parameter", "outcome"]
Value = bool | int | float | str
SealedName = Literal[
    "study.toml",
    "points.parquet",
    "design.parquet",
    "worlds.parquet",
    "runs.parquet",
    "series.parquet",
    "schools.parquet",
    "replications.parquet",
    "columns.json",
]
"""The files whose hashes a manifest holds."""


@with_config(_EXACT)
class FixedRecord(TypedDict):
    """The rule of `replications.Fixed`."""

    rule: Literal["fixed"]
    count: Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]


@with_config(_EXACT)
class ComparisonRecord(TypedDict):
    """A `replications.Comparison`: numbers of points."""

    plus: Annotated[list[Count], Field(min_length=1)]
    minus: Annotated[list[Count], Field(min_length=1)]


@with_config(_EXACT)
class PrecisionRecord(TypedDict):
    """The rule of `replications.Precision`."""

    rule: Literal["precision"]
    precision: Annotated[float, Field(gt=0)]
    outcomes: Annotated[list[str], Field(min_length=1)]
    absolute: dict[str, Annotated[float, Field(gt=0)]]
    alpha: Annotated[float, Field(gt=0, lt=1)]
    initial: Annotated[int, Field(ge=2, le=MOST_REPLICATIONS)]
    look_ahead: Annotated[int, Field(ge=0, le=MOST_REPLICATIONS)]
    maximum: Annotated[int, Field(ge=2, le=MOST_REPLICATIONS)]
    together: bool
    compared: NotRequired[list[ComparisonRecord]]


@with_config(_EXACT)
class StudyRecord(TypedDict):
    """All that decides the runs; its hash, without `replications`, is the identity of the study."""

    model: str
    arguments: dict[str, Any]
    inputs: dict[str, Hash]
    version: str
    seed: Count
    replications: Annotated[FixedRecord | PrecisionRecord, Field(discriminator="rule")]
    fixed: dict[str, Value]
    context: dict[str, Any]
    points: Annotated[int, Field(ge=1)]
    swept: list[str]
    design: Hash
    worlds: NotRequired[Hash]


@with_config(_EXACT)
class Commit(TypedDict):
    """A commit, and whether anything tracked was changed since."""

    commit: str
    dirty: bool


@with_config(_EXACT)
class Commits(TypedDict):
    """The commits of the package and of the folder the study was run in; None where there is none."""

    schoolsim: Commit | None
    working_folder: Commit | None


@with_config(_EXACT)
class SessionRecord(TypedDict):
    """One session of a study."""

    started: str
    ended: str
    wall_seconds: Seconds
    runs: Count
    executor: str
    workers: Count


@with_config(_EXACT)
class Counts(TypedDict, total=False):
    """Runs by status."""

    ok: Count
    failed: Count
    timeout: Count


@with_config(_EXACT)
class Manifest(TypedDict):
    """`manifest.json`. `seal` is the hash of all other keys, as JSON with sorted keys and no spaces."""

    schema: Literal[2]
    title: str
    state: Literal["running", "complete"]
    identity: Hash
    study: StudyRecord
    inputs: dict[str, str]
    design: dict[str, Any]
    versions: dict[str, str]
    python: str
    platform: str
    processors: int | None
    git: Commits
    argv: list[str]
    started: str
    ended: str | None
    sessions: list[SessionRecord]
    counts: Counts
    wall_seconds: Seconds
    run_seconds: Seconds
    unsettled: dict[str, Count]
    files: dict[SealedName, Hash]
    cite: list[str]
    seal: NotRequired[Hash]


@with_config(_EXACT)
class ColumnRow(TypedDict):
    """A row of `columns.json`."""

    name: str
    table: Table
    role: Role
    unit: str
    definition: str
    time: NotRequired[str]
    """Over what time a run's number is taken: an outcome's time base. Empty for what is no outcome."""


MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
COLUMNS: TypeAdapter[list[ColumnRow]] = TypeAdapter(list[ColumnRow])

Shape = TypeVar("Shape")


def read_json(path: Path, shape: TypeAdapter[Shape]) -> Shape:
    """Read a JSON file of a results folder.

    Args:
        path: The file.
        shape: `MANIFEST` or `COLUMNS`.

    Raises:
        FileNotFoundError: If it is not there.
        FormatError: If it was written in another version of the format.
        DamagedError: If it is not JSON, or not of this shape; the message names the file and the key.
        StoreError: If it cannot be read.
    """
    content = read_bytes(path, LARGEST_JSON)
    try:
        data = from_json(content, allow_inf_nan=False)
    except ValueError as error:
        raise DamagedError(f"{path} is damaged: {error}") from None
    if isinstance(data, dict):
        _require_version(path, data.get("schema", SCHEMA))
    try:
        shape.validate_python(data)
    except ValidationError as error:
        raise DamagedError(f"{path} is damaged: {_first_fault(error)}") from None
    return cast(Shape, data)  # as it stands in the file: the seal is of 1, not of the 1.0 it may stand for


def _require_version(path: Path, version: object) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version == SCHEMA:
        return  # what is no version at all is damage, and told as such
    if version > SCHEMA:
        raise FormatError(f'{path}: "schema" is {version}, of a newer schoolsim; update schoolsim to read it')
    raise FormatError(
        f'{path}: "schema" is {version}, of an older schoolsim, and this one reads {SCHEMA}; run the study again in '
        "another folder, from its config"
    )


def _first_fault(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    fault = faults[0]
    # A rule of replications is told apart by a tag, which is no key.
    parts = [part for part in fault["loc"] if part not in ("fixed", "precision") or fault["loc"][-1] == part]
    key = ".".join(str(part) for part in parts)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    if fault["type"] == "missing":
        return f'the key "{key}" is missing{more}'
    if fault["type"] == "extra_forbidden":
        return f'the key "{key}" is unknown{more}'
    message = f"{fault['msg'][:1].lower()}{fault['msg'][1:]}"
    return f'"{key}": {message}{more}' if key else f"{message}{more}"
