"""A run: state, parameters and clock, stepped half-term by half-term and measured."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.columns import Float64Array
from schoolsim.jit import seal
from schoolsim.outcomes.measuring import Measurer
from schoolsim.outcomes.schools import SchoolValues, read_of_schools
from schoolsim.outcomes.summing import summed
from schoolsim.parameters import Scenario
from schoolsim.parameters.record import Parameters
from schoolsim.populations import PopulationError, SchoolTable, read_schools, synthetic_schools
from schoolsim.system.checkpoint import Checkpoint, burnt_in
from schoolsim.system.initial.build import build
from schoolsim.system.phases import PHASES, Phase
from schoolsim.system.programmes.areas import Areas, Change
from schoolsim.system.programmes.in_force import put_in_force
from schoolsim.system.state import Clock, SchoolTwins, TeacherTwins
from schoolsim.system.state.growth import check_room, make_room
from schoolsim.system.state.ledger import open_half_term
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.twin import Twin, compare, twin_of

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable

SEALED_EVERY = 2.0  # seconds between looks at what runs compiled
ONE_IN = 3  # schools of a phase that count as the neediest when the policy begins, those with the lowest results

#: Authorities of a file, by name or number: one, several, or all (None).
Chosen = str | int | tuple[str | int, ...] | None
# What of made-up schools a scenario sets (`setting.<name>`), besides how many there are.
_SETTINGS = (
    "secondary_share", "special_share", "density", "town_share", "primary_roll", "secondary_roll", "roll_spread",
    "disadvantage", "segregation", "clustering",
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    """Which schools a run has.

    Args:
        source: "synthetic", or the path of a file of schools.
        authority: Of the file's schools, which to keep; None for all.
        schools: Made-up schools, of one authority or of several; None for the scenario's `setting.schools`.
        ties: Path of a file of ties between the file's schools or their teachers; None for drawn ties.
    """

    source: str = "synthetic"
    authority: Chosen = None
    schools: int | None = None
    ties: str | None = None

    def table(self, scenario: Scenario, seed: int) -> SchoolTable:
        """The schools for a replication: made-up schools differ between seeds, a file's do not."""
        if self.source == "synthetic":
            setting = tuple((name, float(scenario[f"setting.{name}"])) for name in _SETTINGS)
            return _synthetic(seed, self.schools or int(scenario["setting.schools"]), setting)
        return _read(self.source, self.authority)

    def first_ties(self) -> TieTable | None:
        """The ties that every replication begins with; None where they are drawn.

        Raises:
            PopulationError: They cannot be read, or the schools are made up, and so differ between seeds.
        """
        if self.ties is None:
            return None
        if self.source == "synthetic":
            raise PopulationError("ties are those of a file of schools: made-up schools differ between seeds.")
        return _read_ties(self.ties, self.source, self.authority)


@lru_cache(maxsize=64)
def _synthetic(seed: int, schools: int, setting: tuple[tuple[str, float], ...]) -> SchoolTable:
    return synthetic_schools(seed, schools, dict(setting))


@lru_cache(maxsize=4)
def _read(path: str, authority: Chosen) -> SchoolTable:
    wanted = list(authority) if isinstance(authority, tuple) else authority
    return read_schools(path, wanted)


@lru_cache(maxsize=4)
def _read_ties(path: str, schools: str, authority: Chosen) -> TieTable:
    from schoolsim.populations.ties import first_ties  # which a run without ties does without

    return first_ties(path, _read(schools, authority))


def forget_files() -> None:
    """Read files of schools and ties anew when they are next asked for: as a study begins, and not while it runs."""
    _read.cache_clear()
    _read_ties.cache_clear()


def _fitted(ties: TieTable, table: SchoolTable) -> TieTable:
    from schoolsim.populations.ties import first_ties

    return first_ties(ties, table)


class Simulation:
    """One run of the model, without agents: a sweep uses this, a notebook `SchoolSystem`."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        table: SchoolTable,
        *,
        burn_in_years: int = 0,
        outcomes: Iterable[str] | None = None,
        branch: bool = False,
        checkpoint: Checkpoint | None = None,
        ties: TieTable | None = None,
    ) -> None:
        """Build the state, or take that of a checkpoint.

        Args:
            scenario: Values of all parameters.
            seed: Of the replication.
            table: Schools.
            burn_in_years: Years to run before the policy begins at half-term 0.
            outcomes: Names of those to measure; all when None.
            branch: Whether to begin at the end of the burn-in, which policies of one world and seed then share.
            checkpoint: Of the same run, to go on from.
            ties: Ties between schools, or between their teachers, in place of drawn ones.

        Raises:
            PopulationError: Ties do not fit the schools.
        """
        self.scenario = scenario
        self.table = table
        self.ties = None if ties is None else _fitted(ties, table)
        self.phases: list[tuple[str, Phase]] = list(PHASES)
        self.areas = Areas(scenario, table, seed)
        self._measurer = Measurer(outcomes)
        self._burn_in_years, self._branches = burn_in_years, branch
        if checkpoint is None and branch:
            measured = tuple(self._measurer.outcomes)
            checkpoint = burnt_in(
                scenario, seed, table, self.areas, burn_in_years=burn_in_years, outcomes=measured, ties=self.ties
            )  # fmt: skip
        if checkpoint is None:
            first = -HALF_TERMS * burn_in_years
            state = build(
                table, self.areas.parameters, seed, self.areas.placed, self.areas.most_brokers, ties=self.ties,
                begins=first,
            )  # fmt: skip
            put_in_force(state, self.areas.parameters, *self.areas.at_first)
            checkpoint = Checkpoint(state, first, ())
        self.state = checkpoint.state
        self.clock = Clock((seed, checkpoint.half_term))
        self.parameters = self.areas.parameters_before(checkpoint.half_term)
        self._rows: list[Float64Array] = list(checkpoint.rows)
        reads_effects = any(name.startswith("effect.") for name in self._measurer.outcomes)
        self._compares = reads_effects and bool(self.areas.placed)
        self._twin: Twin | None = None

    def checkpoint(self) -> Checkpoint:
        """The run up to now; it shares its state with the run, which should not be stepped further."""
        return Checkpoint(self.state, self.clock.half_term, tuple(self._rows))

    def __getstate__(self) -> dict[str, object]:
        """All but the twin, which is the same for whoever asks for it again."""
        return {**self.__dict__, "_twin": None}

    def step(self) -> None:
        """Run one half-term: each phase once, in order; then measure."""
        if self.clock.half_term == 0:
            self._note_start_of_policy()
        change = self.areas.changes(self.clock.half_term)
        if change is not None:
            self._put_in_force(change)
        make_room(self.state)
        open_half_term(self.state.ledger)
        for _, phase in self.phases:
            phase(self.state, self.parameters, self.clock)
        check_room(self.state)
        self._compare()
        self._rows.append(self.measure())
        self.clock = Clock((self.clock.seed, self.clock.half_term + 1))

    def _put_in_force(self, change: Change) -> None:
        """Let other levers hold from this half-term on."""
        state, past = self.state, len(self.parameters.siblings)
        # What holds until now and what holds from now on lie side by side, so that the one is told from the other.
        rows = [row.values for row in (*self.parameters.siblings, *change.parameters.siblings)]
        put_in_force(state, Parameters.rows_of(rows), past + change.by_school, past + change.by_authority)
        state.schools.area[:], state.authorities.area[:] = change.by_school, change.by_authority
        self.parameters = change.parameters

    def _compare(self) -> None:
        """Set every school and teacher beside themselves in the run without programmes, if that is asked for."""
        if not self._compares or self.clock.half_term < 0:
            return
        if len(self.state.school_twins) == 0:
            self.state.school_twins = SchoolTwins(len(self.state.schools))
            self.state.teacher_twins = TeacherTwins(len(self.state.teachers))
        if self._twin is None:
            self._twin = twin_of(
                self.scenario, self.clock.seed, self.table, self._burn_in_years, branch=self._branches, ties=self.ties
            )  # fmt: skip
        compare(self.state, self._twin.moment(self.clock.half_term))

    def measure(self) -> Float64Array:
        """Values of the outcomes as the state stands, in the order of `series`."""
        return self._measurer.measure(self.state, self.parameters, self.clock)

    def run(self, years: int) -> None:
        """Finish burn-in, if it is still to do, and run `years` more."""
        for _ in range(max(0, -self.clock.half_term) + HALF_TERMS * years):
            self.step()
        seal(every=SEALED_EVERY)

    @property
    def burn_in_years(self) -> int:
        """Years before the policy."""
        return self._burn_in_years

    @property
    def outcome_names(self) -> tuple[str, ...]:
        """Names of the outcomes that are measured."""
        return tuple(self._measurer.outcomes)

    @property
    def half_terms(self) -> np.ndarray:
        """Numbers of the half-terms run so far; those before 0 are burn-in."""
        return np.arange(self.clock.half_term - len(self._rows), self.clock.half_term, dtype=np.int32)

    @property
    def series(self) -> dict[str, Float64Array]:
        """What was measured so far, by outcome: one value a half-term."""
        names = self._measurer.outcomes
        table = np.array(self._rows).reshape(len(self._rows), len(names))
        return {name: table[:, place] for place, name in enumerate(names)}

    def now(self) -> dict[str, float]:
        """What is measured as the state stands, by outcome."""
        return dict(zip(self._measurer.outcomes, self.measure().tolist(), strict=True))

    @property
    def latest(self) -> dict[str, float]:
        """What was measured in the last half-term, by outcome; before the first, what there is at the start."""
        return dict(zip(self._measurer.outcomes, self._rows[-1].tolist(), strict=True)) if self._rows else self.now()

    def outcomes(self, window: int = 1) -> dict[str, float]:
        """One number an outcome; see `outcomes.summing.summed`."""
        return summed(self._measurer.outcomes, self.series, self.half_terms, window)

    def _note_start_of_policy(self) -> None:
        """Remember where every school stood, so that gains are counted from here."""
        schools = self.state.schools
        schools.progress_start[:] = schools.progress
        schools.neediest[:] = 0
        for phase in np.unique(schools.phase):
            rows = np.flatnonzero(schools.phase == phase)
            lowest = rows[np.lexsort((schools.uid[rows], schools.published[rows]))][: max(1, len(rows) // ONE_IN)]
            schools.neediest[lowest] = 1


@dataclass(frozen=True)
class Run:
    """What a study keeps of a run: `outcomes` one number each, `series` values by half-term, `schools` of each."""

    outcomes: dict[str, float]
    series: MappingProxyType[str, np.ndarray]
    half_terms: np.ndarray
    schools: SchoolValues | None = None


def simulate(
    scenario: Scenario,
    seed: int,
    *,
    years: int = 10,
    burn_in_years: int = 2,
    window: int = 1,
    population: Population | None = None,
    outcomes: Iterable[str] | None = None,
    keep: Collection[str] | None = None,
    of_schools: Sequence[str] = (),
    school_years: Sequence[int] = (),
    branch: bool = False,
) -> Run:
    """Run the model once.

    Args:
        scenario: Values of all parameters.
        seed: Of the replication.
        years: Years of policy.
        burn_in_years: Years before it.
        window: Years at the end over which levels are averaged.
        population: Schools; a synthetic authority when None.
        outcomes: Names of those to measure; all when None.
        keep: Outcomes whose series are kept; all that are measured when None.
        of_schools: Names of `SCHOOL_OUTCOMES` to read of every school.
        school_years: Years of policy after which they are read; as it begins (0) and at the end where none are named.
        branch: Whether runs of one world and seed share their burn-in; no result differs.
    """
    people = population or Population()
    simulation = Simulation(
        scenario, seed, people.table(scenario, seed), burn_in_years=burn_in_years, outcomes=outcomes, branch=branch,
        ties=people.first_ties(),
    )  # fmt: skip
    schools = None
    if of_schools:
        schools = _read_of_schools(simulation, of_schools, sorted(set(school_years or (0, years))))
    simulation.run(years - max(0, simulation.clock.half_term) // HALF_TERMS)
    series = {name: values for name, values in simulation.series.items() if keep is None or name in keep}
    return Run(simulation.outcomes(window), MappingProxyType(series), simulation.half_terms, schools)


def _read_of_schools(simulation: Simulation, names: Sequence[str], years: Sequence[int]) -> SchoolValues:
    """Run up to the last of the years, and read all schools after each."""
    reads = []
    before = 0
    for year in years:
        simulation.run(year - before)
        before = year
        reads.append(read_of_schools(simulation.state, names))
    values = {name: np.array([read[place] for read in reads]) for place, name in enumerate(names)}
    half_terms = np.array([HALF_TERMS * year - 1 for year in years], dtype=np.int64)
    return SchoolValues(simulation.table.urn, half_terms, values)
