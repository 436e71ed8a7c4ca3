"""The scripts of `docs/`, for tests of what they measure."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.config.conftest import folder, write

__all__ = ["folder", "write"]

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def measuring() -> ModuleType:
    """`docs/measure.py`."""
    spec = importlib.util.spec_from_file_location("measure", DOCS / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
