"""The package as modules, and made-up packages that break a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.architecture.sources import Module, read_package

MadeUp = Callable[[Mapping[str, str]], list[Module]]


@pytest.fixture(scope="session")
def modules(package: Path) -> list[Module]:
    """Every module of schoolsim; none read would let every rule pass."""
    found = read_package(package)
    assert len(found) > 10
    return found


@pytest.fixture
def made_up(tmp_path: Path) -> MadeUp:
    """Write a package of the given files (path inside it -> source) and read it."""

    def write(files: Mapping[str, str]) -> list[Module]:
        for place, source in files.items():
            file = tmp_path / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
        return read_package(tmp_path)

    return write
