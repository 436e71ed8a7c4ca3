"""Tables shared by the tests of the analysis."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.analysis.made_up_study import made_up_runs, made_up_series


@pytest.fixture(scope="session")
def _runs() -> pd.DataFrame:
    return made_up_runs()


@pytest.fixture
def runs(_runs: pd.DataFrame) -> pd.DataFrame:
    """A fresh copy of the made-up study: 12 scenarios, 60 replications."""
    return _runs.copy()


@pytest.fixture(scope="session")
def series(_runs: pd.DataFrame) -> pd.DataFrame:
    """Twelve half-terms of two outcomes for the same runs."""
    return made_up_series(_runs, half_terms=12)
