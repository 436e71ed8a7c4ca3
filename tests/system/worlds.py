"""Small schools, scenarios and runs for the tests of the whole model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from schoolsim.columns import Group
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.constraints import possible
from schoolsim.populations import SchoolTable
from schoolsim.populations.ties import TieTable
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import State
from tests.system import where
from tests.system.where import PROGRAMME as PROGRAMME

#: What is measured of a run by itself. Effects are read against a second run, without programmes, which takes as long:
#: who does not look at them need not make it.
BY_ITSELF = tuple(name for name in OUTCOMES if not name.startswith("effect."))


def made_table(seed: int, schools: int = 24, *, authorities: int = 1) -> SchoolTable:
    """Schools without pattern: near enough to be rivals, small enough to run in milliseconds."""
    chance = np.random.default_rng(seed)
    phase = np.where(np.arange(schools) % 4 == 3, 1, 0)
    roll = np.where(phase == 1, chance.uniform(300, 900, schools), chance.uniform(60, 400, schools)).round()
    return SchoolTable(
        urn=100_000 + chance.permutation(5 * schools)[:schools],
        name=np.array([f"School {row}" for row in range(schools)], dtype=object),
        phase=phase,
        easting=chance.uniform(0, 8, schools),
        northing=chance.uniform(0, 8, schools),
        roll=roll,
        capacity=(roll * chance.uniform(0.9, 1.3, schools)).round(),
        disadvantage=chance.uniform(0.02, 0.5, schools),
        attainment=chance.standard_normal(schools),
        teachers=chance.integers(4, 12, schools),
        authority=np.arange(schools) % authorities,
        authorities=tuple(f"Authority {row}" for row in range(authorities)),
    )


def in_trusts(table: SchoolTable, size: int, trusts: int) -> TieTable:
    """Ties that make trusts of the schools with the lowest URNs: in each, every pair."""
    urns = np.sort(table.urn)[: size * trusts].reshape(trusts, size)
    ends = np.array([pair for trust in urns for pair in combinations(trust.tolist(), 2)])
    nobody = np.full(len(ends), -1)
    return TieTable(
        source=ends[:, 0], target=ends[:, 1], source_teacher=nobody, target_teacher=nobody,
        kind=np.full(len(ends), "trust", dtype=object), strength=np.ones(len(ends)),
        since=np.full(len(ends), np.datetime64("NaT"), dtype="datetime64[D]"), directed=False,
    )  # fmt: skip


#: What a real table may hold: column, and a value that some of its schools get.
ODDITIES: Mapping[str, tuple[str, float]] = {
    "a staff of one": ("teachers", 1),
    "a tiny school": ("roll", 5),
    "a special school": ("phase", 2),
    "nobody on free meals": ("disadvantage", 0.0),
    "everybody on free meals": ("disadvantage", 1.0),
    "no results": ("attainment", float("nan")),
    "the best results": ("attainment", 4.0),
    "one site": ("easting", 1.0),
    "a full school": ("capacity", 5),
    "an empty school": ("capacity", 5_000),
}


def odd(table: SchoolTable, oddities: Mapping[str, int]) -> SchoolTable:
    """The table with each oddity in every so many schools."""
    columns = {}
    for word, every in oddities.items():
        name, value = ODDITIES[word]
        columns[name] = columns.get(name, getattr(table, name)).copy()
        columns[name][::every] = value
    return replace(table, **columns)


def tables(least: int = 12, most: int = 24) -> st.SearchStrategy[SchoolTable]:
    """Schools with every oddity that a real table has."""
    plain = st.builds(
        made_table, st.integers(0, 2**32 - 1), st.integers(least, most), authorities=st.sampled_from((1, 2))
    )
    return st.builds(odd, plain, st.dictionaries(st.sampled_from(sorted(ODDITIES)), st.integers(1, 4), max_size=4))


def values_of(name: str) -> st.SearchStrategy[object]:
    """Any value a parameter may take, its bounds often."""
    spec = REGISTRY[name]
    if spec.kind == "flag":
        return st.booleans()
    if spec.kind == "choice":
        return st.sampled_from(spec.options)
    ends = st.sampled_from((spec.low, spec.high, spec.default))
    between = st.integers(spec.low, spec.high) if spec.kind == "whole" else st.floats(spec.low, spec.high)
    return st.one_of(ends, between)


#: What changes the size of the tables; left alone so that examples stay small.
_SIZES = {"setting.schools", "practice.number", "practice.slots", "broker.number", "broker.visits", "broker.looks"}


@st.composite
def overrides(draw: st.DrawFn) -> dict[str, object]:
    """A few parameters anywhere in their bounds, over no programme or over one, or where one of them matters."""
    names = draw(st.lists(st.sampled_from(sorted(set(REGISTRY) - _SIZES)), max_size=8, unique=True))
    bases = st.sampled_from(({}, dict(PROGRAMME), *(where.setting_of(name) for name in names)))
    base: dict[str, object] = draw(bases)
    chosen = base | {name: draw(values_of(name)) for name in names}
    assume(possible(chosen))
    return chosen


@dataclass(frozen=True)
class World:
    """What a run is made from."""

    table: SchoolTable
    overrides: Mapping[str, object]
    seed: int
    burn_in_years: int = 0
    ties: TieTable | None = None
    outcomes: tuple[str, ...] | None = None

    def begun(self) -> Simulation:
        """The simulation before its first half-term."""
        scenario = Scenario.of(self.overrides)
        return Simulation(
            scenario, self.seed, self.table, burn_in_years=self.burn_in_years, ties=self.ties, outcomes=self.outcomes
        )

    def run(self, years: int = 2) -> Simulation:
        """The simulation after its burn-in and `years` of policy."""
        simulation = self.begun()
        simulation.run(years)
        return simulation

    def measured(self) -> Iterator[np.ndarray]:
        """What is measured in each half-term, a row of `table`; a run is made only as far as it is asked for."""
        simulation = self.begun()
        while True:
            simulation.step()
            yield table(simulation)[-1]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any small world."""
    seed = draw(st.integers(0, 2**63 - 1))
    return World(draw(tables()), draw(overrides()), seed, draw(st.integers(0, 1)))


def arrays_of(state: State) -> Iterator[tuple[str, np.ndarray]]:
    """Every column of a state, by group and name."""
    for name in state.groups:
        group = getattr(state, name)
        for column in group.layout:
            yield f"{name}.{column}", getattr(group, column)


def chosen(group: Group, rows: np.ndarray) -> SimpleNamespace:
    """Columns of the rows that a mask or row numbers choose: copies."""
    return SimpleNamespace(**{column: getattr(group, column)[rows] for column in group.layout})


def living(group: Group) -> SimpleNamespace:
    """Columns of the rows in use of a table with free slots: copies, and `row`, which rows they are."""
    rows = np.flatnonzero(group.alive)
    return SimpleNamespace(row=rows, **vars(chosen(group, rows)))


def table(simulation: Simulation) -> np.ndarray:
    """What was measured: a row a half-term, a column an outcome."""
    return np.column_stack(list(simulation.series.values()))


def digest(simulation: Simulation) -> str:
    """A hash of all bytes of a run: its state and what was measured."""
    made = hashlib.sha256()
    for name, values in simulation.series.items():
        made.update(name.encode())
        made.update(np.ascontiguousarray(values).tobytes())
    # Room for networks that nobody has set up is nothing.
    founded = simulation.state.networks.uid != 0
    for name, array in arrays_of(simulation.state):
        if name in ("schools.area", "authorities.area") or name.startswith("programmes."):
            continue  # rows of parameters, which are names that nobody sees
        made.update(name.encode())
        used = array[founded] if name.startswith("networks.") else array
        made.update(np.ascontiguousarray(used).tobytes())
    return made.hexdigest()
