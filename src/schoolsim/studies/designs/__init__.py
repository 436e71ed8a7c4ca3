"""Designs: the points a study runs."""

from __future__ import annotations

from schoolsim.studies.designs.axes import Axis, listed, ranged
from schoolsim.studies.designs.crossing import Design, crossed, joint, tabled
from schoolsim.studies.designs.samples import KINDS as SAMPLED_KINDS
from schoolsim.studies.designs.samples import Sampling

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
