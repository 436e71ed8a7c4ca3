"""One self-contained page of HTML for a study: its question, answer, design, figures, tables and origin.

Each name is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.report.page import report_page, write_report

__all__ = ["report_page", "write_report"]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.page"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
