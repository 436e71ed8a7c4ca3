"""The page of licences is of the packages in the lock file, each with what it says of itself."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<name>\S+) \| (?P<version>\S+) \| (?P<licence>.+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """`docs/licences.py`."""
    spec = importlib.util.spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Version and licence by package, but for the head of the table."""
    found = {row["name"]: (row["version"], row["licence"]) for row in ROW.finditer(text)}
    return {name: told for name, told in found.items() if name not in ("Package", "---")}


def page() -> str:
    return (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")


def test_the_page_is_of_the_lock_file(licences: ModuleType) -> None:
    locked = {name: version for name, version, _ in licences.pinned()}
    assert len(locked) > 20
    assert {name: version for name, (version, _) in rows(page()).items()} == locked, "run `python docs/licences.py`"
    # Every line of the lock file that pins something was read.
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert len(locked) == len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))


def test_each_licence_is_what_the_package_says(licences: ModuleType) -> None:
    told = rows(page())
    for name, _, condition in licences.pinned():
        said = licences.licence(name)
        if said is not None:
            assert told[name][1] == said, name
        else:
            assert condition, f"{name} is not installed here, and nothing says where it is"


def test_no_licence_is_unsaid_or_asks_more_of_users_than_to_be_named() -> None:
    for name, (_, licence) in rows(page()).items():
        assert licence != "not said", name
        assert not re.search(r"\bAGPL|Affero|proprietary", licence, re.IGNORECASE), name


def test_a_version_that_moved_is_seen(licences: ModuleType) -> None:
    moved = page().replace("| numpy | ", "| numpy | 9.", 1)
    assert moved != page()
    assert rows(moved) != rows(licences.page())
