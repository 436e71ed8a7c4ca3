"""Compile everything once: `python -m schoolsim.system.warm`, before many processes need it at the same time."""

from __future__ import annotations

from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, simulate


def warm() -> None:
    """Run a small system for a year with a programme, so that every phase is compiled and cached."""
    scenario = Scenario.of(
        {"programme.originators": 2, "programme.partners_each": 1, "funding.per_partnership": 1000.0}
    )
    simulate(scenario, 1, years=1, burn_in_years=0, population=Population(schools=12))
    # A star and a network cannot both be the programme, so the rest is a run of its own.
    rest = Scenario.of(
        {
            "programme.structure": "cluster", "programme.networks": 1, "broker.dialogue": True,
            "internal_broker.share": 1.0,
        }
    )  # fmt: skip
    simulate(rest, 1, years=1, burn_in_years=0, population=Population(schools=12))


if __name__ == "__main__":
    warm()
