"""Parameters as a table, for the command line and the documentation."""

from __future__ import annotations

from dataclasses import dataclass

from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import shown


@dataclass(frozen=True)
class ParameterRow:
    """One parameter in words; every column is text ready to print."""

    name: str
    meaning: str
    unit: str
    range: str
    default: str
    role: str
    source: str
    grade: str
    mechanisms: str


def parameter_rows() -> list[ParameterRow]:
    """Every parameter as a row of text, in catalogue order."""
    return [
        ParameterRow(
            name=spec.name,
            meaning=spec.meaning,
            unit=spec.unit,
            range=spec.range,
            default=shown(spec.default).strip('"'),
            role=spec.role,
            source=spec.source,
            grade=spec.grade,
            mechanisms=", ".join(spec.mechanisms),
        )
        for spec in REGISTRY.values()
    ]
