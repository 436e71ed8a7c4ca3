"""Tables shared by the tests of the figures."""

from __future__ import annotations

import pandas as pd
import pytest

from schoolsim.analysis import contrast, half_term_runs, level_table
from tests.analysis.made_up_study import OUTCOMES, made_up_runs, made_up_series

SETTING = "market.choice_weight"


@pytest.fixture(scope="session")
def _runs() -> pd.DataFrame:
    return made_up_runs(20)


@pytest.fixture
def runs(_runs: pd.DataFrame) -> pd.DataFrame:
    """A fresh copy of the made-up study: 12 scenarios, 20 replications."""
    return _runs.copy()


@pytest.fixture(scope="session")
def series(_runs: pd.DataFrame) -> pd.DataFrame:
    """Twenty-four half-terms of two outcomes for the same runs."""
    return made_up_series(_runs, half_terms=24)


@pytest.fixture(scope="session")
def differences(_runs: pd.DataFrame) -> pd.DataFrame:
    """What badges do to every outcome, by competition."""
    return contrast(_runs, "badging.scope", baseline="none", outcomes=OUTCOMES, by=[SETTING])


@pytest.fixture(scope="session")
def paths(_runs: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """What badges do, half-term by half-term."""
    return contrast(
        half_term_runs(series, _runs),
        "badging.scope",
        baseline="none",
        outcomes=["progress.partner", "trust.mean"],
        by=[SETTING, "half_term"],
    )


@pytest.fixture(scope="session")
def level_paths(_runs: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Trust under each kind of badge, half-term by half-term."""
    return level_table(
        half_term_runs(series, _runs),
        outcomes=["trust.mean"],
        by=["badging.scope", SETTING, "half_term"],
    )
