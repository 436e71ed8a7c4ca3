"""The school model as studies run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.schools import SCHOOL_OUTCOMES
from schoolsim.parameters import ParameterError, Scenario
from schoolsim.parameters.errors import did_you_mean
from schoolsim.system.compiling import compile_once
from schoolsim.system.simulation import Population, Run, Simulation, forget_files, simulate
from schoolsim.system.version import rules_version

BURN_IN = "burn_in"
"""Where the runs of a study may branch."""


@dataclass(frozen=True)
class Described:
    """Unit and definition of an outcome's column, and over what time a run's number is taken."""

    unit: str
    definition: str
    time: str


def _known(outcomes: Sequence[str] | None) -> tuple[str, ...]:
    if outcomes is None:
        return tuple(OUTCOMES)
    for name in outcomes:
        if name not in OUTCOMES:
            raise ParameterError(f'"{name}" is not an outcome.{did_you_mean(name, OUTCOMES)}')
    return tuple(outcomes)


def _checked_years(given: Sequence[int], years: int) -> tuple[int, ...]:
    for year in given:
        if not 0 <= year <= years:
            raise ParameterError(f"[outcomes] school_years: {year} is not a year of the run, from 0 to {years}.")
    return tuple(given)


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
        *,
        keep: Sequence[str] | None = None,
        of_schools: Sequence[str] = (),
        school_years: Sequence[int] = (),
        branch: str = "none",
        ties: str | None = None,
    ) -> None:
        """Take what decides a run besides parameters and seed; see `simulation.simulate`.

        Args:
            years: Years of policy.
            burn_in_years: Years before it begins.
            window: Years at the end that outcomes are averaged over.
            population: `authority` and `schools` of `simulation.Population`.
            schools: Path of a file of schools; a made-up authority when None.
            outcomes: Names of the only outcomes to measure; all when None.
            keep: Outcomes whose series are kept; all when None.
            of_schools: What is read of every school.
            school_years: Years of policy after which; see `simulation.simulate`.
            branch: "burn_in" where the policies of a world and seed share their burn-in, or "none"; no result differs.
            ties: Path of a file of ties between the file's schools or their teachers; drawn ties when None.

        Raises:
            ParameterError: There is no outcome of a name, or a year is not one of the run.
        """
        self.years, self._burn_in, self._window = years, burn_in_years, window
        self._branches = branch == BURN_IN
        asked: dict[str, Any] = dict(population or {})
        given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in asked.items()}
        if schools is not None:
            given["source"] = schools
        if ties is not None:
            given["ties"] = ties
        self._population = Population(**given)
        # Runs of two versions of the rules are never mixed in one study.
        self.version = rules_version()
        self._outcomes = _known(outcomes)
        self._keep = None if keep is None else _known(keep)
        self._of_schools, self._school_years = tuple(of_schools), _checked_years(school_years, years)
        chosen = {name: OUTCOMES[name] for name in self._outcomes}
        self.columns = {
            name: Described(outcome.unit, outcome.definition, outcome.time_base(window))
            for name, outcome in chosen.items()
        }
        for name in self._of_schools:
            if name not in SCHOOL_OUTCOMES:
                listed = ", ".join(SCHOOL_OUTCOMES)
                hint = did_you_mean(name, SCHOOL_OUTCOMES)
                raise ParameterError(f'[outcomes] schools: "{name}" is not kept of schools.{hint} There are: {listed}.')
            of_school = SCHOOL_OUTCOMES[name]
            self.columns[name] = Described(of_school.unit, of_school.definition, "of one half-term")

    def prepare(self) -> None:
        """Compile, or load what was compiled before, and read the schools: none of it counts against a time limit."""
        compile_once()
        forget_files()
        if self._population.source != "synthetic":
            self._population.table(Scenario.of(), 0)  # which keeps what it read
        if self._population.ties is not None:
            self.simulation({}, 0)  # which compiles what takes them, and keeps what it read

    def simulation(self, parameters: Mapping[str, object], seed: int) -> Simulation:
        """The run with these parameters and seed before its first half-term: `run(self.years)` makes it."""
        scenario = Scenario.of(parameters)
        table = self._population.table(scenario, seed)
        return Simulation(
            scenario, seed, table, burn_in_years=self._burn_in, outcomes=(), ties=self._population.first_ties()
        )  # fmt: skip

    def run(self, parameters: Mapping[str, object], seed: int) -> Run:
        """Run once; the same parameters and seed give the same bytes."""
        return simulate(
            Scenario.of(parameters), seed, years=self.years, burn_in_years=self._burn_in, window=self._window,
            population=self._population, outcomes=self._outcomes, keep=self._keep, of_schools=self._of_schools,
            school_years=self._school_years, branch=self._branches,
        )  # fmt: skip
