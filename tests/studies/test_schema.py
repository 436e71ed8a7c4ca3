"""The JSON files of a results folder have one shape: any other is one message that names the file and the key."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from schoolsim.parameters.errors import UserError
from schoolsim.studies import StudyResult, read_status, reproduce, verify
from schoolsim.studies.errors import DamagedError, FormatError, StoreError
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import read_manifest
from tests.studies.plans import HERE, normal, run_study
from tests.studies.resealing import reseal, write_sealed
from tests.studies.test_reproduction import QUIET
from tests.studies.test_sweep import RULE

OTHERS: tuple[object, ...] = (None, [], {}, "x", -1, 1.5, True, [None], {"x": None}, 10**30, "\u202e", [[[]]])
"""Values of every kind JSON has, to stand in the place of a value."""

GONE = object()

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def _complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("complete") / "study"
    run_study(normal(RULE), folder)
    return folder


@pytest.fixture
def complete(_complete: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_complete, tmp_path / "study"))


def places(value: Any, above: Path_ = ()) -> Iterator[Path_]:
    """The path of every value in JSON data, itself first."""
    yield above
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*above, key))


def put(data: Any, place: Path_, value: object) -> Any:
    """A copy of JSON data with another value at a place, or without it."""
    if not place:
        return value
    data = copy.deepcopy(data)
    inside = data
    for key in place[:-1]:
        inside = inside[key]
    if value is GONE:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    return data


def refusal(read: Callable[[], object], kind: type[Exception] = StoreError) -> str:
    """What is said when something is refused; empty if it is not."""
    try:
        read()
    except kind as error:
        return str(error)
    return ""


def use(folder: Path) -> None:
    """Everything that reads a manifest or a table of columns."""
    read_status(folder)
    verify(folder)
    result = StudyResult.open(folder)
    _ = result.columns, result.counts, result.outcomes
    reproduce(folder, QUIET, model=f"{HERE}:normal")


def test_every_other_shape_of_a_manifest_is_one_message_or_harmless(complete: Path) -> None:
    manifest = json.loads((complete / "manifest.json").read_text())
    refused = accepted = 0
    for place in places(manifest):
        if place[:1] in [("seal",), ("versions",), ("design",)] and len(place) > 1:
            continue  # texts of any kind
        for value in (GONE, *OTHERS):
            if place == () and not isinstance(value, dict):
                continue
            changed = put(manifest, place, value)
            write_sealed(complete / "manifest.json", changed)
            if place[:1] == ("study",) and isinstance(changed.get("study"), dict):
                reseal(complete)
            message = refusal(lambda: read_manifest(Folder(complete)))
            if not message:
                accepted += 1
                continue
            refused += 1
            key = str(place[0]) if place and place != ("seal",) else ""
            assert str(complete / "manifest.json") in message
            assert key in message, (place, value)
            assert "\n" not in message
    assert refused > 400
    assert accepted > 50  # another title, another time


@pytest.mark.slow
def test_what_is_accepted_can_be_used(complete: Path) -> None:
    """What the schema lets through is used by all that reads it, without a fault."""
    manifest = json.loads((complete / "manifest.json").read_text())
    tried = 0
    for place in places(manifest):
        for value in (GONE, *OTHERS):
            if place == ():
                continue
            write_sealed(complete / "manifest.json", put(manifest, place, value))
            if place[:1] in [("study",), ("files",)]:
                reseal(complete)
            if refusal(lambda: read_manifest(Folder(complete))):
                continue
            tried += 1
            refusal(lambda: use(complete), UserError)  # anything but a user error is a fault
    assert tried > 50


def test_every_other_shape_of_a_table_of_columns_is_one_message(complete: Path) -> None:
    columns = json.loads((complete / "columns.json").read_text())
    refused = 0
    for place in list(places(columns))[:40]:
        for value in (GONE, *OTHERS):
            if value is GONE and len(place) < 2:
                continue
            (complete / "columns.json").write_text(json.dumps(put(columns, place, value)))
            reseal(complete)
            message = refusal(lambda: StudyResult.open(complete).columns, DamagedError)
            if message:
                refused += 1
                assert str(complete / "columns.json") in message
                assert len(place) < 2 or str(place[1]) in message, (place, value)
    assert refused > 100


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"schema": 2, "title": "\\ud800"}',
        b'{"schema": 2, "processors": NaN}',
        b'{"schema": 2, "processors": ' + b"9" * 5000 + b"}",
        b"\x00" * 4096,
        b'{"schema": null}',
        b'{"schema": true}',
        b'{"schema": "2"}',
        b"null",
        b'"manifest"',
        b"{}",
    ],
    ids=["empty", "cut", "utf-16", "nested", "surrogate", "nan", "digits", "zeros", "null schema", "true schema",
         "text schema", "null", "text", "no key"],
)  # fmt: skip
def test_what_is_no_manifest_is_one_message(complete: Path, text: bytes) -> None:
    for name, read in (("manifest.json", StudyResult.open), ("columns.json", lambda f: StudyResult.open(f).columns)):
        whole = (complete / name).read_bytes()
        (complete / name).write_bytes(text)
        if name == "columns.json":
            reseal(complete)
        with pytest.raises(DamagedError, match=name) as told:
            read(complete)
        assert "\n" not in str(told.value)
        (complete / name).write_bytes(whole)


def test_a_file_larger_than_sense_is_not_read(complete: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolsim.studies.store.schema.LARGEST_JSON", 1000)
    with pytest.raises(StoreError, match="larger than the 1000 bytes"):
        StudyResult.open(complete)


@pytest.mark.parametrize("version", [1, 3, 0, -1, 10**30])
def test_another_version_is_told_as_such(complete: Path, version: int) -> None:
    reseal(complete, lambda manifest: manifest.update(schema=version))
    with pytest.raises(FormatError, match=f'"schema" is {version}, of an? (older|newer) schoolsim'):
        StudyResult.open(complete)


def test_a_config_that_cannot_be_read_is_one_message(complete: Path) -> None:
    for text in (b"\xff", b"years = ", b"years = 10000000", b'title = "x"\nunknown = 1'):
        (complete / "study.toml").write_bytes(text)
        reseal(complete)
        with pytest.raises(UserError, match=r"study\.toml"):
            _ = StudyResult.open(complete).config
