"""The catalogue: one module a subject, listed here in the order of a scenario's values."""

from __future__ import annotations

from schoolsim.parameters.catalog import (
    accountability,
    brokers,
    careers,
    engagement,
    evaluation,
    headship,
    identity,
    learning,
    market,
    modes,
    networks,
    partnerships,
    practice,
    programmes,
    setting,
    teaching,
    time_money,
    trust,
)
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.mechanisms import SWITCHES

SUBJECTS: tuple[tuple[Parameter, ...], ...] = (
    practice.PARAMETERS,
    modes.PARAMETERS,
    learning.PARAMETERS,
    trust.PARAMETERS,
    identity.PARAMETERS,
    engagement.PARAMETERS,
    time_money.PARAMETERS,
    partnerships.PARAMETERS,
    networks.PARAMETERS,
    brokers.PARAMETERS,
    headship.PARAMETERS,
    teaching.PARAMETERS,
    market.PARAMETERS,
    accountability.PARAMETERS,
    evaluation.PARAMETERS,
    careers.PARAMETERS,
    programmes.PARAMETERS,
    setting.PARAMETERS,
    SWITCHES,
)
"""Each subject's parameters. A new subject's module is imported above and added here."""
