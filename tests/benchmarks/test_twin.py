"""The twin in plain objects does what the model does, so that their times may be compared."""

from __future__ import annotations

import ast
import textwrap

import numpy as np
import pytest

from benchmarks import beside, plain_source
from benchmarks.twin import Twin
from schoolsim.config import load_config
from schoolsim.parameters import Scenario
from schoolsim.populations import SchoolTable, synthetic_authority
from schoolsim.system.simulation import Simulation
from schoolsim.system.state.schema import State

SEED = 3
#: Of single precision, in which the model sums and the twin does not.
CLOSE = 1e-5


@pytest.fixture(scope="module")
def table() -> SchoolTable:
    return synthetic_authority(SEED, schools=12)


def _apart(model: Simulation, twin: Twin) -> list[str]:
    """Columns in which the twin is not where the model is."""
    found = []
    for name, kind in State.groups.items():
        group = getattr(model.state, name)
        for column in kind.layout if group.rows else ():
            ours, theirs = getattr(group, column), twin.values(name, column)
            rows = min(len(ours), len(theirs))  # room for more may be made by other steps
            if not np.allclose(ours[:rows], theirs[:rows], rtol=CLOSE, atol=CLOSE, equal_nan=True):
                found.append(f"{name}.{column}")
    return found


@pytest.mark.parametrize("config", ["programmes/beacon", pytest.param("", marks=pytest.mark.slow)])
def test_the_twin_that_draws_as_the_model_does_is_the_model(config: str, table: SchoolTable) -> None:
    scenario = load_config(config).scenario() if config else Scenario.of()
    model, twin = Simulation(scenario, SEED, table, outcomes=()), Twin(SEED, scenario, table, exact=True)
    for half_term in range(7):  # over a summer
        model.step()
        with np.errstate(all="ignore"):
            twin.step()
        assert _apart(model, twin) == [], half_term
    assert model.state.partnerships.alive.any()


def test_a_rule_that_is_not_the_models_is_seen(table: SchoolTable) -> None:
    scenario = Scenario.of().with_({"trust.change": 0.5})
    model, twin = Simulation(Scenario.of(), SEED, table, outcomes=()), Twin(SEED, scenario, table, exact=True)
    for _ in range(2):
        model.step()
        with np.errstate(all="ignore"):
            twin.step()
    assert "ties.trust_ab" in _apart(model, twin)


def test_the_twin_that_is_timed_draws_from_mesas_generator_and_is_plain(table: SchoolTable) -> None:
    twin, again, other = (Twin(seed, table=table) for seed in (SEED, SEED, SEED + 1))
    for one in (twin, again, other):
        for _ in range(3):
            one.step()
    assert twin.progress() == again.progress() != other.progress()
    assert len(twin.datacollector.model_vars["progress"]) == 3
    numbers = [value for school in twin.state.schools for value in vars(school).values()]
    assert {type(value) for value in numbers} & {np.float64, np.float32, np.int64, np.ndarray} == set()
    # Mesa's own: every school and teacher is one of the model's agents.
    assert len(twin.agents) == len(table) + int(table.teachers.sum())


def _written(source: str) -> str:
    tree = ast.parse(textwrap.dedent(source))
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    plain_source.ForObjects(function, exact=False).visit(function)
    return ast.unparse(ast.fix_missing_locations(function)).partition("\n")[2]


@pytest.mark.parametrize(
    ("model", "objects"),
    [
        ("state.schools.tone[school]", "state.schools[school].tone"),
        ("state.knowledge.mastery[post, practice]", "state.knowledge[post].mastery[practice]"),
        ("state.schools.rows", "len(state.schools)"),
        ("fill(state.schools.badge, 0.0)", "fill(View(state.schools, 'badge'), 0.0)"),
        ("draws.uniform(clock.seed, draws.MEET, clock.half_term, uid, 0)", "_uniform()"),
        ("found[place, 1]", "found[place][1]"),
        ("p.trust_change", "p.trust_change"),
    ],
)
def test_a_line_is_written_over(model: str, objects: str) -> None:
    assert _written(f"def f(state: State, p: Parameters, clock: Clock):\n    {model}").strip() == objects


def test_a_name_for_a_column_is_the_list_of_objects() -> None:
    lines = (
        "def f(state: State):\n    ties, held = state.ties, state.knowledge.mastery\n    held[1, 2] += ties.hours[0]"
    )
    assert _written(lines).split("\n")[1].strip() == "held[1].mastery[2] += ties[0].hours"


def test_numpy_measures_teaching_as_the_model_does(table: SchoolTable) -> None:
    run = Simulation(Scenario.of(), SEED, table, outcomes=())
    run.step()
    by_numpy = beside.teaching_by_numpy(run.state, run.parameters)
    np.testing.assert_allclose(by_numpy, run.state.teachers.effect, atol=1e-5)
    assert np.ptp(by_numpy) > 0.1


def test_bytes_passed_through_are_counted_read_and_written(table: SchoolTable) -> None:
    state = Simulation(Scenario.of(), SEED, table, outcomes=()).state
    columns = [getattr(getattr(state, name), column) for name in beside.PASSED_THROUGH
               for column in getattr(state, name).layout]  # fmt: skip
    assert beside.passed_bytes(state) == 2 * sum(column.nbytes for column in columns)
