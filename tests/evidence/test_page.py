"""The page of evidence tells what the stored tables hold, failures first."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from schoolsim.evidence.page import TABLES, evidence_markdown, read_tables
from tests.evidence.conftest import STORED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_bytes((STORED / f"{name}.csv").read_bytes())
    return tmp_path


def test_weak_points_come_first(stored_page: str) -> None:
    page = stored_page
    assert page.startswith("## The weak points first")
    headings = (
        "## Findings that nobody had seen when the model was frozen",
        "## Findings that were known while the model was made",
        "## Findings that parameters may be chosen by",
    )
    # Those that nobody had seen come first, though there are none yet.
    assert "none yet" in page[page.index(headings[0]) : page.index(headings[1])]
    assert page.index("development patterns appear") < page.index(headings[0])
    for heading in (*headings, "Disputed signs", "Two success stories", "Calibration", "Docking"):
        assert heading in page


@pytest.mark.slow
def test_a_miss_shows(folder: Path, stored_page: str) -> None:
    patterns = pd.read_csv(folder / "patterns.csv", keep_default_na=False)
    assert "show the opposite in at least one claim: P02" not in stored_page
    patterns.loc[(patterns["pattern"] == "P02") & (patterns["variant"] == "as is"), "verdict"] = "opposite"
    opposite = sorted(set(patterns[(patterns["verdict"] == "opposite") & (patterns["variant"] == "as is")]["pattern"]))
    patterns.to_csv(folder / "patterns.csv", index=False)
    assert f"show the opposite in at least one claim: {', '.join(opposite)}." in evidence_markdown(folder)


@pytest.mark.slow
def test_a_missed_magnitude_shows(folder: Path) -> None:
    fit = pd.read_csv(folder / "calibration_fit.csv")
    fit["verdict"] = "missed"
    fit.to_csv(folder / "calibration_fit.csv", index=False)
    assert f"{len(fit)} of {len(fit)} magnitudes are missed after calibration: " in evidence_markdown(folder)


def test_every_pattern_was_scored_and_every_dock_stored() -> None:
    from schoolsim.evidence.patterns import read_patterns
    from schoolsim.evidence.verification import DOCKS

    tables = read_tables(STORED)
    patterns = tables["patterns"]
    assert set(patterns["pattern"]) == {one.id for one in read_patterns()}
    assert set(tables["docking"]["dock"]) == set(DOCKS)
    for one in read_patterns():
        told = tables["patterns"][
            (tables["patterns"]["pattern"] == one.id) & (tables["patterns"]["variant"] == "as is")
        ]
        assert told["says"].tolist() == ([claim.says for claim in one.claims] or [one.cannot])
