"""The page of evidence, which takes a while to put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.evidence.page import evidence_markdown

STORED = Path(__file__).parents[2] / "docs" / "evidence"


@pytest.fixture(scope="session")
def stored_page() -> str:
    """What the page says of the stored tables, made once."""
    return evidence_markdown(STORED)
