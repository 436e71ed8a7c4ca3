"""What every test may count on, whichever room it belongs to."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Figures are drawn into memory: a machine without a screen must pass, and no window may open.
os.environ["MPLBACKEND"] = "Agg"

# A first call compiles and a shared machine stalls, so no example has a deadline. On a build
# machine the examples are the same at every run: what passed there yesterday passes today.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("build", settings.get_profile("here"), derandomize=True)
PROFILE = "build" if os.environ.get("CI") else "here"
FEW_EXAMPLES = 25
settings.load_profile(PROFILE)

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Where slow tests are left out, a property is tried in fewer examples than the 100 that Hypothesis tries."""
    if config.getoption("markexpr") == "not slow":
        settings.register_profile("few", settings.get_profile(PROFILE), max_examples=FEW_EXAMPLES)
        settings.load_profile("few")


#: Objects made and not let go before the collector looks for cycles among them (Python's own: 700), and how often it
#: goes on to older ones. A figure is tens of thousands.
GARBAGE = (20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Modules and ten thousand tests stay to the end: the garbage collector need not look at them again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


#: What decides how the model and its tests run; other packages set variables of their own as they are imported.
DECIDING = ("NUMBA", "SCHOOLSIM", "PYTHON", "MPL", "XDG", "OMP_", "HOME", "PATH", "CI", "COLUMNS", "NO_COLOR")
_BEFORE = pytest.StashKey[dict[str, str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    item.stash[_BEFORE] = _environment()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Put back, and fail on, what a test or its fixtures left in the environment: it reaches every test after it."""
    try:
        yield
    finally:  # also where a fixture cannot be taken down
        before, after = item.stash[_BEFORE], _environment()
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        for name in changed:
            os.environ.pop(name, None)
        os.environ.update({name: before[name] for name in changed & before.keys()})
    assert not changed, f"left changed in the environment: {sorted(changed)}"


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(DECIDING)}


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml, configs/ and src/."""
    return REPOSITORY


@pytest.fixture(scope="session")
def package(repository: Path) -> Path:
    """The folder of the package's source."""
    return repository / "src" / "schoolsim"
