"""The page of licences lists what the lock file installs, in its versions, and says what each package says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows() -> dict[str, tuple[str, str]]:
    """Version and licence of each package on the page."""
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ]
    return {name: (version, licence) for name, version, licence in cells[2:]}


def test_every_locked_package_stands_on_the_page_in_its_version(licences: ModuleType) -> None:
    locked = {name: version for name, version, _ in licences.pinned()}
    assert len(locked) > 20
    assert {name: version for name, (version, _) in rows().items()} == locked, "run `python docs/licences.py`"


def test_the_page_says_what_the_packages_say(licences: ModuleType) -> None:
    for name, (_, told) in rows().items():
        said = licences.licence(name)
        if said is not None and "not read here" not in told:
            assert told == said, name


def test_nothing_is_without_a_licence() -> None:
    assert [name for name, (_, told) in rows().items() if told in ("", "not said")] == []
