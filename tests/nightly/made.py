"""Folders that cases copy, made once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp


@cache
def base(name: str) -> Path:
    """An empty folder of this name, the same one each time in a process."""
    return Path(mkdtemp(prefix=f"schoolsim-nightly-{name}-"))
