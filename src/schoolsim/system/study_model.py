"""The school model as studies run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from schoolsim.jit import source_hash
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import ParameterError, Scenario
from schoolsim.parameters.errors import did_you_mean
from schoolsim.system.compiling import compile_once
from schoolsim.system.simulation import Population, Run, simulate


@dataclass(frozen=True)
class Described:
    """Unit and definition of an outcome's column, and over what time a run's number is taken."""

    unit: str
    definition: str
    time: str


def _version() -> str:
    try:
        return version("schoolsim")
    except PackageNotFoundError:
        return "uninstalled"


def _known(outcomes: Sequence[str] | None) -> tuple[str, ...]:
    if outcomes is None:
        return tuple(OUTCOMES)
    for name in outcomes:
        if name not in OUTCOMES:
            raise ParameterError(f'"{name}" is not an outcome.{did_you_mean(name, OUTCOMES)}')
    return tuple(outcomes)


class SchoolModel:
    """`run(parameters, seed)` on the schools and years of a study's config."""

    def __init__(
        self,
        years: int = 10,
        burn_in_years: int = 2,
        window: int = 1,
        population: Mapping[str, object] | None = None,
        schools: str | None = None,
        outcomes: Sequence[str] | None = None,
    ) -> None:
        """Take what decides a run besides parameters and seed; see `simulation.simulate`.

        Args:
            years: Years of policy.
            burn_in_years: Years before it begins.
            window: Years at the end that outcomes are averaged over.
            population: `authority` and `schools` of `simulation.Population`.
            schools: Path of a file of schools; a made-up authority when None.
            outcomes: Names of the only outcomes to measure; all when None.

        Raises:
            ParameterError: There is no outcome of a name.
        """
        self._years, self._burn_in, self._window = years, burn_in_years, window
        asked: dict[str, Any] = dict(population or {})
        given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in asked.items()}
        if schools is not None:
            given["source"] = schools
        self._population = Population(**given)
        # Runs of two versions of the rules are never mixed in one study.
        self.version = f"{_version()}+{source_hash()}"
        self._outcomes = _known(outcomes)
        chosen = {name: OUTCOMES[name] for name in self._outcomes}
        self.columns = {
            name: Described(outcome.unit, outcome.definition, outcome.time_base(window))
            for name, outcome in chosen.items()
        }

    def prepare(self) -> None:
        """Compile, or load what was compiled before, and read the schools: none of it counts against a time limit."""
        compile_once()
        if self._population.source != "synthetic":
            self._population.table(Scenario.of(), 0)  # which keeps what it read

    def run(self, parameters: Mapping[str, object], seed: int) -> Run:
        """Run once; the same parameters and seed give the same bytes."""
        return simulate(
            Scenario.of(parameters), seed, years=self._years, burn_in_years=self._burn_in, window=self._window,
            population=self._population, outcomes=self._outcomes,
        )  # fmt: skip
