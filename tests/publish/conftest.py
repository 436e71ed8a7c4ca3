"""Studies of closed-form models, made once: a grid, worlds sampled for all policies, levers sampled too, and others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from schoolsim import Study
from schoolsim.config import config_from_mapping
from schoolsim.studies import StudyResult
from tests.publish import models

SCRIPT = "</script><script>document.title = 'broken'</script> <!-- & \"quotes\" {{ 7 * 7 }}"
NAME = "</script><script>document.title = 'x'</script>"
"""The same, as short as a name must be."""

SAMPLED = {"market.choice_weight": {"low": 0.0, "high": 1.5}, "learning.rate": {"low": 2.0, "high": 8.0}}
BASE: dict[str, Any] = {
    "description": f"Who wears it? {SCRIPT}",
    "sources": [f"Nobody 2001 {SCRIPT}"],
    "years": 1,
    "replications": 8,
    "seed": 3,
    "outcomes": {"report": ["progress.mean", "trust.mean"]},
}
GRID = {
    "title": f"A grid {SCRIPT}",
    "levers": {"badging.scope": ["none", "individual", "collective"]},
    "uncertainties": {"market.choice_weight": [0.2, 1.0], "learning.rate": [2.0, 5.0]},
}
CROSSED = {
    "title": f"Policies in sampled worlds {SCRIPT}",
    "levers": {"badging.scope": ["none", "individual", "collective"]},
    "uncertainties": SAMPLED,
    "design": {"kind": "lhs", "points": 40},
}
JOINT = {
    "title": "Levers and worlds sampled together",
    "levers": {
        "badging.scope": ["none", "individual", "collective"],
        "funding.per_partnership": {"low": 5_000.0, "high": 40_000.0},
    },
    "uncertainties": SAMPLED,
    "design": {"kind": "sobol", "points": 64, "cross": False},
}
SMALL = {**CROSSED, "title": "Few worlds", "design": {"kind": "lhs", "points": 6}}

CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def made(config: Mapping[str, Any], folder: Path, model: object = models.smooth) -> StudyResult:
    """The results of a study of a closed-form model."""
    study = Study(config_from_mapping({**BASE, **config}), model, name=folder.name)
    return study.run(out=folder, executor="serial", progress=False)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture(scope="session")
def grid(folders: Path) -> StudyResult:
    return made(GRID, folders / "grid")


@pytest.fixture(scope="session")
def crossed(folders: Path) -> StudyResult:
    return made(CROSSED, folders / "crossed")


@pytest.fixture(scope="session")
def joint(folders: Path) -> StudyResult:
    return made(JOINT, folders / "joint")


@pytest.fixture(scope="session")
def small(folders: Path) -> StudyResult:
    return made(SMALL, folders / "small")


@pytest.fixture(scope="session")
def hostile(folders: Path) -> StudyResult:
    """A study whose every name would be a program, if it were not taken for text."""
    linked = {
        "name": NAME, "levels": [f"First {NAME}", f"Second {NAME}"],
        "parameters": ["learning.rate", "market.choice_weight"], "values": [[2.0, 0.2], [5.0, 1.0]],
    }  # fmt: skip
    config = {"title": f"Hostile {SCRIPT}", "levers": GRID["levers"], "linked": [linked]}
    return made(config, folders / "hostile")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that is driven as a reader would; its event loop must not run on under tests of other modules."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine, so no page is opened")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()
