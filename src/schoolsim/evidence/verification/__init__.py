"""Docking: whether the engine, its other mechanisms off, gives results that are known exactly or published.

`dock()` runs the docks and returns a table; `DOCKS` lists them; `docking_markdown` writes the table as a page.
The standards are those of Axtell, Axelrod, Epstein & Cohen (1996): identity, distributional, relational.
"""

from __future__ import annotations

from schoolsim.evidence.verification.page import docking_markdown
from schoolsim.evidence.verification.registry import DOCKS, Dock, dock

__all__ = ["DOCKS", "Dock", "dock", "docking_markdown"]
