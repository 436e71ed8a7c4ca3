"""Keeps the config that the explorer was opened with: the command sets it, and each page begins from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from schoolsim.config import StudyConfig


@dataclass
class Opening:
    """A config of one point, or none; and the only folder that files are saved in."""

    config: StudyConfig | None = None
    folder: Path = field(default_factory=Path.cwd)


OPENING: Final = Opening()
"""Of this process."""
