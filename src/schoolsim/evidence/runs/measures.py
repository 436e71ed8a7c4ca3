"""Probes: each looks at the state around every half-term and gives numbers at the end, and changes nothing."""

from __future__ import annotations

from typing import ClassVar, Protocol

from schoolsim.system.simulation import Simulation
from schoolsim.system.state.schema import HALF_TERMS


class Probe(Protocol):
    """Measures that the outcomes of a run do not have."""

    measures: ClassVar[dict[str, str]]
    """Names before an `@`, with what they mean."""

    def before(self, run: Simulation) -> None:
        """Look at the state before a half-term of the policy."""

    def after(self, run: Simulation, step: int) -> None:
        """Look at the state after half-term `step` of the policy, 0 being its first."""

    def results(self) -> dict[str, float]:
        """Measures by name, those of a year as `name@year`."""


class Looking:
    """A probe that does not look before a half-term."""

    def before(self, run: Simulation) -> None:
        """Nothing to see."""


def year_ended(step: int) -> int | None:
    """The year (1 is the policy's first) that ends with half-term `step`, or None."""
    return (step + 1) // HALF_TERMS if (step + 1) % HALF_TERMS == 0 else None
