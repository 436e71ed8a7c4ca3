"""What every test may count on, whichever room it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Figures are drawn into memory: a machine without a screen must pass, and no window may open.
os.environ["MPLBACKEND"] = "Agg"

# A first call compiles and a shared machine stalls, so no example has a deadline. On a build
# machine the examples are the same at every run: what passed there yesterday passes today.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("build", settings.get_profile("here"), derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml, configs/ and src/."""
    return REPOSITORY


@pytest.fixture(scope="session")
def package(repository: Path) -> Path:
    """The folder of the package's source."""
    return repository / "src" / "schoolsim"
