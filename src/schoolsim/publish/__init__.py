"""One page of HTML that answers for a study as its reader moves levers and worlds; who opens it installs nothing.

Each name is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.publish.page import publish_page, publish_study

__all__ = ["publish_page", "publish_study"]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.page"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
