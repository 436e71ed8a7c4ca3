"""`SchoolSystem`: the model as Mesa users know one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa
import pandas as pd

from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.errors import ParameterError, UserError, did_you_mean
from schoolsim.populations import SchoolTable
from schoolsim.system.agents import Broker, Row, School, Teacher
from schoolsim.system.networks.graph import NETWORKS
from schoolsim.system.phases import Phase
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS

if TYPE_CHECKING:
    import igraph

_BY_FIELD = {parameter.field: name for name, parameter in REGISTRY.items()}


class SchoolSystem(mesa.Model):
    """Schools that learn from one another while they compete.

    A step is a half-term, and runs these phases and nothing else:

    1. policy
    2. market
    3. leadership
    4. needs
    5. brokerage
    6. matching
    7. joint_work
    8. classroom
    9. relations
    10. outcomes
    11. careers

    `phases` is that list; replace or add an entry (name, function of state, parameters and clock) to change it.
    Agents are made when first asked for, so a run that never asks pays nothing for them.
    """

    def __init__(
        self,
        config: str | Path | None = None,
        parameters: Mapping[str, object] | None = None,
        *,
        seed: int = 1,
        schools: SchoolTable | None = None,
        burn_in_years: int = 0,
        years: int = 10,
        **levers: object,
    ) -> None:
        """Build the model.

        Args:
            config: A programme, setting or study by name or path, such as "programmes/beacon".
            parameters: Values by name, such as {"market.choice_weight": 0.6}; they win over the config's.
            seed: Of the replication; the same seed gives the same run, bit for bit.
            schools: A table of schools; a synthetic authority drawn for the seed when None.
            burn_in_years: Years run before the policy begins at half-term 0.
            years: Of policy, after which `run_model` and Mesa's batch runner stop.
            levers: Values by field name (`badging_scope="collective"`), as `mesa.batch_run` passes them.

        Raises:
            UserError: A name is unknown or a value not allowed.
        """
        super().__init__(seed=int(seed))
        scenario = Scenario.of() if config is None else load_config(config).scenario()
        scenario = scenario.with_({**(parameters or {}), **_named(levers)})
        population = Population() if config is None else _population(config)
        table = population.table(scenario, int(seed)) if schools is None else schools
        self.simulation = Simulation(scenario, int(seed), table, burn_in_years=burn_in_years)
        self._years = years
        self._schools: list[School] | None = None
        self._teachers: list[Teacher] | None = None
        self._brokers: list[Broker] | None = None
        self.datacollector = mesa.DataCollector(model_reporters=_reporters())

    @property
    def phases(self) -> list[tuple[str, Phase]]:
        """Name and function of each phase, in the order of a half-term; yours to change."""
        return self.simulation.phases

    def step(self) -> None:
        """Run one half-term and collect."""
        self.simulation.step()
        self.datacollector.collect(self)
        self.running = self.half_term < HALF_TERMS * self._years

    def run(self, years: int = 10) -> SchoolSystem:
        """Run the burn-in that is still to do and `years` of policy; returns itself."""
        for _ in range(max(0, -self.half_term) + HALF_TERMS * years):
            self.step()
        return self

    @property
    def half_term(self) -> int:
        """Number of the half-term that comes next; 0 is when the policy begins."""
        return self.simulation.clock.half_term

    def outcomes(self) -> pd.DataFrame:
        """What was measured, tidy: one row a half-term and outcome (half_term, outcome, value, unit)."""
        series = pd.DataFrame(self.simulation.series)
        series.insert(0, "half_term", self.simulation.half_terms)
        tidy = series.melt("half_term", var_name="outcome", value_name="value")
        tidy["unit"] = [OUTCOMES[name].unit for name in tidy["outcome"]]
        return tidy.sort_values(["half_term", "outcome"], kind="stable", ignore_index=True)

    def network(self, of: str = "schools") -> igraph.Graph:
        """The network of ties now, for igraph's own measures; `schoolsim.map_network` measures it.

        Args:
            of: "schools", or "teachers": their ties with teachers of other schools.

        Returns:
            An undirected graph with a vertex a school or a post, by row: `name` (of a teacher the number of the
            person), `urn`, `phase`, `authority`, `easting` and `northing` (km) of the school, and of a teacher
            `school` (URN) and `school_name`. An edge is a tie: `trust_of_source` in the other end, `trust_of_target`,
            `trust` (the mean of the two), `familiarity` (all 0..1), `miles`, `partnership` (whether the two work
            together), and between schools `rivalry` (0..1) and `hostile` (whether they have fallen out).

        Raises:
            UserError: There is no such network.
        """
        if of not in NETWORKS:
            raise UserError(f'no network of "{of}".{did_you_mean(of, NETWORKS)} There are: {", ".join(NETWORKS)}.')
        return NETWORKS[of](self.simulation)

    @property
    def schools(self) -> list[School]:
        """One agent a school, by row."""
        if self._schools is None:
            self._schools = [School(self, row) for row in range(len(self.simulation.table))]
        return self._schools

    @property
    def teachers(self) -> list[Teacher]:
        """One agent a post, by row."""
        if self._teachers is None:
            self._teachers = [Teacher(self, row) for row in range(len(self.simulation.state.teachers))]
        return self._teachers

    @property
    def brokers(self) -> list[Broker]:
        """One agent a broker, by row."""
        if self._brokers is None:
            self._brokers = [Broker(self, row) for row in range(len(self.simulation.state.brokers))]
        return self._brokers

    def _make_agents(self) -> None:
        # A model without brokers still has the type, so that asking for them gives none rather than an error.
        for kind, made in ((School, self.schools), (Teacher, self.teachers), (Broker, self.brokers)):
            if not made and kind not in self._agents_by_type:
                self._agents_by_type[kind] = mesa.agent.AgentSet([], random=self.random)

    @property
    def agents(self) -> Any:
        """All agents, as a Mesa AgentSet."""
        self._make_agents()
        return self._all_agents

    @property
    def agents_by_type(self) -> dict[type[Row], Any]:
        """An AgentSet a kind: School, Teacher, Broker."""
        self._make_agents()
        return self._agents_by_type

    @property
    def agent_types(self) -> list[type[Row]]:
        """School, Teacher and Broker."""
        return list(self.agents_by_type)


def _reporters() -> dict[str, Any]:
    def latest(name: str) -> Any:
        return lambda model: model.simulation.latest[name]

    return {name: latest(name) for name in OUTCOMES}


def _named(levers: Mapping[str, object]) -> dict[str, object]:
    """Values given by field name, under the parameters' own names."""
    for field in levers:
        if field not in _BY_FIELD:
            raise ParameterError(
                f'SchoolSystem has no argument or parameter "{field}".{did_you_mean(field, _BY_FIELD)}'
            )
    return {_BY_FIELD[field]: value for field, value in levers.items()}


def _population(config: str | Path) -> Population:
    given = load_config(config).population.model_dump()
    authority = given.get("authority")
    given["authority"] = tuple(authority) if isinstance(authority, list) else authority
    return Population(**given)
