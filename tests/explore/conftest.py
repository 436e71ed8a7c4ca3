"""An explorer of a few schools, which steps in a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.explore import Session

SMALL = {
    "title": "A small authority",
    "base": "programmes/beacon",
    "years": 2,
    "seed": 3,
    "levers": {"programme.originators": 2, "programme.partners_each": 2},
    "constants": {"setting.schools": 16},
}


@pytest.fixture
def small() -> StudyConfig:
    """Two originators with two partners each, among sixteen schools."""
    return config_from_mapping(SMALL)


@pytest.fixture
def session(small: StudyConfig, tmp_path: Path) -> Session:
    """An explorer opened with it."""
    return Session(small, tmp_path)


def settled(session: Session) -> Session:
    """The session, with every scenario where the clock is."""
    while session.behind:
        session.tick()
    return session


def after(session: Session, steps: int) -> Session:
    """The session, so many half-terms on."""
    for _ in range(steps):
        session.step()
        settled(session)
    return session
