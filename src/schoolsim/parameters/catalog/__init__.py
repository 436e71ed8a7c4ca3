"""The catalogue: one module a subject, listed here in the order of the record's fields."""

from __future__ import annotations

from schoolsim.parameters.catalog import (
    docking,
    modes,
    networks,
    people,
    policy,
    practice,
    relations,
    system,
    teaching,
)
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.mechanisms import SWITCHES

SUBJECTS: tuple[tuple[Parameter, ...], ...] = (
    system.PARAMETERS,
    people.PARAMETERS,
    practice.PARAMETERS,
    modes.PARAMETERS,
    relations.PARAMETERS,
    policy.PARAMETERS,
    networks.PARAMETERS,
    teaching.PARAMETERS,
    docking.PARAMETERS,
    SWITCHES,
)
"""Each subject's parameters. A new subject's module is imported above and added here."""
