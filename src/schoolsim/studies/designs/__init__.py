"""Designs: which points a study runs.

Each name is imported when it is first used: axes are known without pandas.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.studies.designs.axes import Axis, listed, ranged
    from schoolsim.studies.designs.crossing import Design, crossed, joint, tabled
    from schoolsim.studies.designs.samples import KINDS as SAMPLED_KINDS
    from schoolsim.studies.designs.samples import Sampling

_HOMES = {
    "SAMPLED_KINDS": ("samples", "KINDS"),
    "Axis": ("axes", "Axis"),
    "Design": ("crossing", "Design"),
    "Sampling": ("samples", "Sampling"),
    "crossed": ("crossing", "crossed"),
    "joint": ("crossing", "joint"),
    "listed": ("axes", "listed"),
    "ranged": ("axes", "ranged"),
    "tabled": ("crossing", "tabled"),
}
__all__ = [
    "SAMPLED_KINDS",
    "Axis",
    "Design",
    "Sampling",
    "crossed",
    "joint",
    "listed",
    "ranged",
    "tabled",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(f"{__name__}.{module}"), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
