"""`SchoolSystem`: the model as Mesa users know one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np
import pandas as pd

from schoolsim.config import StudyConfig, load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY
from schoolsim.parameters.errors import ParameterError, UserError, did_you_mean
from schoolsim.parameters.files import user_path
from schoolsim.parameters.timetable import value_in
from schoolsim.populations import PHASES, SchoolTable
from schoolsim.rules.codes import ORIGINATOR
from schoolsim.showing import Facts, as_html, as_text, counted
from schoolsim.system.agents import Broker, Row, School, Teacher
from schoolsim.system.networks.graph import NETWORKS
from schoolsim.system.phases import PHASES as IN_ORDER
from schoolsim.system.phases import Phase
from schoolsim.system.saved_system import Saved, SavedSystemError
from schoolsim.system.saved_system import load as load_saved
from schoolsim.system.saved_system import save as save_to
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS

if TYPE_CHECKING:
    import igraph
    import networkx as nx

    from schoolsim.populations.ties import TieTable

_BY_FIELD = {parameter.field: name for name, parameter in REGISTRY.items()}
_LARGEST_SEED: Final = 2**31 - 1
_ROLES: Final = ("neither", "originator", "partner")
#: Outcomes that a system shows of itself.
_SHOWN: Final = ("progress.mean", "effect.mean", "partnerships.active", "trust.mean")
#: What a system has beside what every Mesa model has.
_OWN: Final = (
    "seed", "simulation", "_years", "_title", "_latest", "_schools", "_teachers", "_brokers", "_datacollector",
)  # fmt: skip
#: What of a Mesa model holds agents.
_OF_AGENTS: Final = ("_agents", "_agents_by_type", "_all_agents")
#: How alike an attribute's name and a parameter's must be for the one to be the other misspelt.
_MISSPELT: Final = 0.85


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
        seed: int | None = None,
        rng: int | np.random.Generator | None = None,
        schools: SchoolTable | None = None,
        burn_in_years: int | None = None,
        years: int | None = None,
        ties: TieTable | str | Path | nx.Graph | igraph.Graph | None = None,
        **kwargs: object,
    ) -> None:
        """Build the model.

        Args:
            config: A programme, setting or study by name or path, such as "beacon". A system is one run, so of what a
                study varies one value is to be given.
            parameters: Values by name, such as {"market.choice_weight": 0.6}; they win over the config's. A lever may
                have a timetable, values by year of policy: {"badging.scope": {0: "none", 3: "collective"}}.
            seed: Of the replication; the same seed gives the same run, bit for bit. One is drawn when None, and kept
                as `seed`.
            rng: Another name for it, as newer Mesa calls it; of a generator, its next number.
            schools: A table of schools; a synthetic authority drawn for the seed when None.
            burn_in_years: Years run before the policy begins at half-term 0; those of the config when None, or 0.
            years: Of policy, which `run` makes and after which `run_model` and Mesa's batch runner stop; those of the
                config when None, or 10.
            ties: Ties between the schools, or between their teachers, that the run begins with in place of drawn ones:
                checked ones, a path or a graph, which are read as `schoolsim.populations.read_ties` reads them; those
                of the config, where it has any and `schools` is None. What was left out, `simulation.ties.notes` say.
            kwargs: Values by field name (`badging_scope="collective"`), as `mesa.batch_run` passes them. Mesa's
                viewer knows a catch-all by no other name.

        Raises:
            UserError: A name is unknown, a value not allowed, or the config a study that varies what is not given.
        """
        number = _seed(seed, rng)
        super().__init__(rng=number)
        self.seed = number
        given = {**(parameters or {}), **_named(kwargs)}
        study = StudyConfig() if config is None else load_config(config)
        _require_one_point(study, given, config)
        scenario = study.scenario().with_(given)
        population = _population(study)
        table = population.table(scenario, number) if schools is None else schools
        if ties is None:
            known = population.first_ties() if schools is None else None
        else:
            from schoolsim.populations.ties import first_ties

            known = first_ties(ties, table)
        before = study.burn_in_years if burn_in_years is None else burn_in_years
        simulation = Simulation(scenario, number, table, burn_in_years=before, ties=known)
        self._begin(simulation, study.years if years is None else years, study.title)
        self.datacollector = _collector(self.simulation.outcome_names)

    def _begin(self, simulation: Simulation, years: int, title: str) -> None:
        """Be the face of a run, with no agents yet."""
        self.simulation = simulation
        self._years = years
        self._title = title
        self._latest = simulation.latest
        self._schools: list[School] | None = None
        self._teachers: list[Teacher] | None = None
        self._brokers: list[Broker] | None = None

    @property
    def phases(self) -> list[tuple[str, Phase]]:
        """Name and function of each phase, in the order of a half-term; yours to change."""
        return self.simulation.phases

    @property
    def datacollector(self) -> mesa.DataCollector:
        """Mesa's; one that is put in its place collects at once, so that its row of step 3 is what is after step 3."""
        return self._datacollector

    @datacollector.setter
    def datacollector(self, collector: mesa.DataCollector) -> None:
        self._datacollector = collector
        collector.collect(self)

    def step(self) -> None:
        """Run one half-term and collect."""
        self.simulation.step()
        self._latest = self.simulation.latest
        self.datacollector.collect(self)
        self.running = self.half_term < HALF_TERMS * self._years

    def run(self, years: int | None = None) -> SchoolSystem:
        """Run the burn-in that is still to do and `years` of policy, the system's own when None; returns itself."""
        for _ in range(max(0, -self.half_term) + HALF_TERMS * (self._years if years is None else years)):
            self.step()
        return self

    @property
    def half_term(self) -> int:
        """Number of the half-term that comes next; 0 is when the policy begins."""
        return self.simulation.clock.half_term

    def outcomes(self) -> pd.DataFrame:
        """What was measured, tidy: one row a half-term and outcome (half_term, outcome, value, unit)."""
        series, half_terms = self.simulation.series, self.simulation.half_terms
        names = sorted(series)
        return pd.DataFrame({
            "half_term": np.repeat(half_terms, len(names)),
            "outcome": np.tile(np.array(names, dtype=object), len(half_terms)),
            "value": np.column_stack([series[name] for name in names]).ravel(),
            "unit": np.tile(np.array([OUTCOMES[name].unit for name in names], dtype=object), len(half_terms)),
        })  # fmt: skip

    @property
    def latest(self) -> dict[str, float]:
        """What was measured in the last half-term, by outcome; before the first, what there is at the start."""
        return dict(self._latest)

    def effects(self) -> pd.DataFrame:
        """What programmes have changed at every school: beside the same schools and people without any programme.

        Returns:
            One row a school: `school` (its row), `urn`, `name`, `phase`, `authority`; `programme` and `role` in which
            it first joined one ("" and "neither" where it never did); `progress` and `progress_without`, what teaching
            adds, pupil standard deviations; `effect`, the difference, percentage points of results; `results`
            and `results_without`, published percentage points. Where nothing is in force both are the same.
        """
        simulation = self.simulation
        schools, twins, table = simulation.state.schools, simulation.state.school_twins, simulation.table
        compared = len(twins) > 0
        progress = np.array(schools.progress)
        without = np.array(twins.progress) if compared else progress
        programme, role = self._first_joined()
        return pd.DataFrame({
            "school": np.arange(len(table)),
            "urn": table.urn,
            "name": table.name,
            "phase": [PHASES[code] for code in table.phase],
            "authority": [table.authorities[row] for row in table.authority],
            "programme": programme,
            "role": role,
            "progress": progress,
            "progress_without": without,
            "effect": (progress - without) * float(simulation.scenario["result.points"]),
            "results": np.array(schools.published),
            "results_without": np.array(twins.published) if compared else np.array(schools.published),
        })  # fmt: skip

    def _first_joined(self) -> tuple[list[str], list[str]]:
        """By school, the programme that it first joined and its role in it; of two at once, where it originates."""
        programmes = self.simulation.state.programmes
        names = ["", *(placed.programme.name for placed in self.simulation.areas.placed)]
        programme, role = [], []
        for school in range(len(self.simulation.table)):
            first = min(
                (int(programmes.joined[row, school]), programmes.first_role[row, school] != ORIGINATOR, row)
                for row in range(1, len(names))
                if programmes.joined[row, school] >= 0
            ) if (programmes.joined[1 : len(names), school] >= 0).any() else (0, False, 0)  # fmt: skip
            programme.append(names[first[2]])
            role.append(_ROLES[int(programmes.first_role[first[2], school])] if first[2] else _ROLES[0])
        return programme, role

    def _facts(self) -> Facts:
        simulation = self.simulation
        state, now = simulation.state, self.half_term
        brokers = counted(len(state.brokers), "broker")
        half_terms = counted(max(0, now), "half-term")
        planned = HALF_TERMS * self._years
        done = half_terms if now > planned else f"{half_terms} of {planned}"
        if now < 0:
            done = f"{counted(-now, 'half-term')} before policy"
        names = [name for name in (placed.programme.name for placed in simulation.areas.placed) if name]
        return [
            (
                "schools",
                f"{counted(len(simulation.table), 'school')}, {counted(len(state.teachers), 'teacher')}, {brokers}",
            ),
            ("programmes", ", ".join(names) or "none"),
            ("seed", str(self.seed)),
            ("run", done),
            *((OUTCOMES[name].label, f"{self._latest[name]:.3g} {OUTCOMES[name].unit}") for name in _SHOWN),
        ]

    def __repr__(self) -> str:
        """How large it is, what is in force, how far it has run, and what was measured last."""
        return as_text(self._heading(), self._facts())

    def _repr_html_(self) -> str:
        return as_html(self._heading(), self._facts())

    def _heading(self) -> str:
        return f"SchoolSystem: {self._title}" if self._title else "SchoolSystem"

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to set a parameter, what looks like one misspelt, or the seed: nothing would come of it.

        Raises:
            ParameterError: It is one.
        """
        if name in _BY_FIELD:
            raise ParameterError(
                f'"{_BY_FIELD[name]}" is set when a system is made: '
                f'SchoolSystem(parameters={{"{_BY_FIELD[name]}": {value!r}}}).'
            )
        if name == "seed" and "seed" in self.__dict__:
            raise ParameterError("the seed is set when a system is made: SchoolSystem(seed=...).")
        if not name.startswith("_") and name not in self.__dict__ and not hasattr(type(self), name):
            near = get_close_matches(name, _BY_FIELD, n=1, cutoff=_MISSPELT)
            if near:
                raise ParameterError(f'SchoolSystem has no parameter "{name}". Did you mean "{near[0]}"?')
        super().__setattr__(name, value)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """A parameter's value, by its field name; where it has a timetable, that of the half-term that comes next.

            Raises:
                AttributeError: There is no such parameter.
            """
            if name in _BY_FIELD and "simulation" in self.__dict__:
                return value_in(self.simulation.scenario[_BY_FIELD[name]], self.half_term // HALF_TERMS)
            raise AttributeError(f'SchoolSystem has no attribute or parameter "{name}".{did_you_mean(name, _BY_FIELD)}')

    def save(self, path: str | Path) -> Path:
        """Write the system to a file, from which `SchoolSystem.load` goes on as if it had never stopped.

        A file holds numbers and names, and no code. So it cannot hold phases, a data collector or attributes of your
        own: `pickle` keeps them, where they are functions and classes of a module.

        Args:
            path: The file; one of that name is replaced.

        Returns:
            The path.

        Raises:
            SavedSystemError: It holds what no file can, or the file cannot be written.
        """
        place = user_path(str(path))
        collector = self._datacollector
        names = list(self.simulation.outcome_names)
        problems = [f"phases of its own ({name})" for name, phase in self.phases if (name, phase) not in IN_ORDER]
        if not problems and self.phases != list(IN_ORDER):
            problems = ["phases that were taken out or put in another order"]
        if not _is_own(collector, names):
            problems.append("a data collector of its own")
        own = sorted(set(self.__dict__) - {*mesa.Model(rng=1).__dict__, *_OWN})
        problems += [f"the attribute {name} of its own" for name in own]
        if problems:
            raise SavedSystemError(
                f"this system cannot be saved: it has {', '.join(problems)}, and a file holds no code. Take it off, or "
                "keep the system with pickle."
            )
        held = {name: value for name, value in self.__dict__.items() if name in mesa.Model(rng=1).__dict__}
        face = {
            "class": f"{type(self).__module__}:{type(self).__qualname__}",
            "years": self._years,
            "title": self._title,
            "plain": {name: value for name, value in held.items() if isinstance(value, bool | int | float)},
            "random": self.random.getstate(),
            "rng": self.rng.bit_generator.state,
        }
        collected = np.array([collector.model_vars[name] for name in names], dtype=np.float64).T
        save_to(place, Saved(self.simulation, face, collected))
        return place

    @classmethod
    def load(cls, path: str | Path) -> SchoolSystem:
        """The system in a file that `save` wrote; it goes on to the same results, bit for bit.

        Nothing in the file is run. Agents are made anew when they are asked for.

        Raises:
            SavedSystemError: It is no saved system, is damaged, or was saved by another version of the rules.
            FileError: There is no such file, or it may not be read.
        """
        place = user_path(str(path))
        saved = load_saved(place)
        try:
            return cls._of(saved)
        except (KeyError, TypeError, ValueError) as error:
            raise SavedSystemError(f"{place} is not as a saved system is: {error}.") from None

    @classmethod
    def _of(cls, saved: Saved) -> SchoolSystem:
        face, simulation = saved.face, saved.simulation
        name = f"{cls.__module__}:{cls.__qualname__}"
        if face["class"] != name:
            raise SavedSystemError(f"it was saved as {face['class']}: load it with that class, not with {name}.")
        made = cls.__new__(cls)
        mesa.Model.__init__(made, rng=simulation.clock.seed)
        made.seed = simulation.clock.seed
        made._begin(simulation, int(face["years"]), str(face.get("title", "")))
        collector = _collector(simulation.outcome_names)
        for row in saved.collected.tolist():
            made._latest = dict(zip(simulation.outcome_names, row, strict=True))
            collector.collect(made)
        made._latest = simulation.latest
        made._datacollector = collector
        made.__dict__.update({key: value for key, value in face["plain"].items() if key in made.__dict__})
        version, state, gauss = face["random"]
        made.random.setstate((version, tuple(state), gauss))
        made.rng.bit_generator.state = face["rng"]
        return made

    def __getstate__(self) -> dict[str, Any]:
        """All but agents, which are views that are made anew."""
        without = dict.fromkeys(("_schools", "_teachers", "_brokers"))
        return {**{name: value for name, value in self.__dict__.items() if name not in _OF_AGENTS}, **without}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the state, with no agents yet."""
        self.__dict__.update(state)
        self.__dict__.update(_agents={}, _agents_by_type={}, _all_agents=mesa.agent.AgentSet([], random=self.random))

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


def _collector(names: Iterable[str]) -> mesa.DataCollector:
    """Collects what is measured, by outcome."""
    return mesa.DataCollector(model_reporters={name: partial(_latest_of, name) for name in names})


def _is_own(collector: mesa.DataCollector, names: Sequence[str]) -> bool:
    """Whether a collector is the one that a system makes itself."""
    usual = _collector(names)
    reporters = {
        name: (one.func, one.args) if isinstance(one, partial) else one
        for name, one in collector.model_reporters.items()
    }
    return (
        type(collector) is type(usual)
        and reporters == {name: (_latest_of, (name,)) for name in names}
        and not (collector.agent_reporters or collector.agenttype_reporters or collector.tables)
    )


def _latest_of(name: str, system: SchoolSystem) -> float:
    return system._latest[name]


def _seed(seed: int | None, rng: int | np.random.Generator | None) -> int:
    """The number that all chance of a run follows from."""
    if seed is not None and rng is not None:
        raise ParameterError("seed and rng are two names for one thing: give one of them.")
    given = rng if seed is None else seed
    if given is None:
        return secrets.randbelow(_LARGEST_SEED) + 1
    if isinstance(given, np.random.Generator):
        return int(given.integers(1, _LARGEST_SEED, endpoint=True))
    try:
        whole = int(given)
    except (TypeError, ValueError):
        whole = -1
    if whole < 0 or whole != given:
        raise ParameterError(f"seed must be a whole number, 0 or more, not {given!r}.")
    return whole


def _named(levers: Mapping[str, object]) -> dict[str, object]:
    """Values given by field name, under the parameters' own names."""
    for field in levers:
        if field not in _BY_FIELD:
            raise ParameterError(
                f'SchoolSystem has no argument or parameter "{field}".{did_you_mean(field, _BY_FIELD)}'
            )
    return {_BY_FIELD[field]: value for field, value in levers.items()}


def _require_one_point(study: StudyConfig, given: Mapping[str, object], config: object) -> None:
    """Refuse a study that varies what no value is given for.

    Raises:
        ParameterError: It does.
    """
    axes = [axis for axis in study.axes() if axis not in given]
    if not axes:
        return
    first = study.swept().get(axes[0])
    example = f"{first[0]!r}" if isinstance(first, tuple) else "..."
    raise ParameterError(
        f"{config} varies {study.varied(axes)}: a system is one run, so give one value of each, as "
        f'SchoolSystem("{config}", {{"{axes[0]}": {example}, ...}}); Study("{config}") makes all of its runs.'
    )


def _population(study: StudyConfig) -> Population:
    given = study.population.model_dump()
    authority = given.get("authority")
    given["authority"] = tuple(authority) if isinstance(authority, list) else authority
    return Population(**given)
