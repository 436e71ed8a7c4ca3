"""A study with two levers, two worlds and expectations, small enough to sweep in seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolsim import Study
from schoolsim.config import config_from_mapping
from schoolsim.studies import StudyResult

SCRIPT = "<script>alert('a title')</script> & \"quotes\""

CONFIG = {
    "title": f"Does a badge help? {SCRIPT}",
    "description": f"Who wears it?\n\nAnd where? {SCRIPT}",
    "sources": ["Fielding et al. 2005, section 2.24", f"Nobody 2001 {SCRIPT}"],
    "years": 1,
    "replications": 3,
    "seed": 3,
    "population": {"schools": 16},
    "levers": {
        "programme.originators": 3,
        "programme.partners_each": 1,
        "badging.scope": ["none", "individual", "collective"],
        "funding.purse": ["originator", "partnership"],
    },
    "uncertainties": {"market.choice_weight": [0.2, 1.0]},
    "outcomes": {"report": ["progress.partner", "trust.mean"], "baseline": {"badging.scope": "none"}},
    "expects": [
        {"outcome": "progress.partner", "change": "rises", "because": f"section 2.24 {SCRIPT}"},
        {"outcome": "trust.mean", "change": "stays", "because": "nobody says so"},
    ],
    "figures": [
        {"kind": "contrast", "name": "badge", "lever": "badging.scope", "panels": "market.choice_weight"},
        {"kind": "series", "name": "years", "lever": "badging.scope", "outcomes": ["trust.mean"]},
    ],
}


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study's results, made once for all tests; only read."""
    folder = tmp_path_factory.mktemp("made") / "badge"
    Study(config_from_mapping(CONFIG), name="badge").run(out=folder, executor="serial", progress=False)
    return folder


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(once, tmp_path / "results" / "badge"))


@pytest.fixture
def result(folder: Path) -> StudyResult:
    return StudyResult.open(folder)


@pytest.fixture(scope="session")
def text(once: Path) -> str:
    """The study's page."""
    from schoolsim.report import report_page

    return report_page(StudyResult.open(once))
