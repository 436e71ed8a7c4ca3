"""One seed gives one run, bit for bit, in whatever process and order, compiled or not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import schoolsim
from schoolsim.parameters import Scenario
from schoolsim.system.simulation import Population, Simulation, simulate
from tests.system.worlds import PROGRAMME, World, arrays_of, digest, made_table

WORLD = World(made_table(4), PROGRAMME, 4, burn_in_years=1)


def elsewhere(program: str, *, folder: Path, **environment: str) -> str:
    """What a program prints in a process of its own."""
    source = Path(schoolsim.__file__).parents[1]
    paths = os.pathsep.join([str(source), str(folder)])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert digest(WORLD.run()) == digest(WORLD.run())


def test_another_seed_gives_another_run() -> None:
    other = World(WORLD.table, WORLD.overrides, 5, WORLD.burn_in_years)
    assert digest(WORLD.run()) != digest(other.run())


def test_what_ran_before_in_the_process_changes_nothing() -> None:
    first = digest(WORLD.run())
    World(made_table(9, 12), {"practice.number": 5, "broker.number": 3}, 9).run(1)
    assert digest(WORLD.run()) == first


def test_two_runs_side_by_side_share_nothing() -> None:
    alone = digest(WORLD.run(1))
    one, other = WORLD.begun(), World(made_table(9, 12), {}, 9, burn_in_years=1).begun()
    for _ in range(12):
        one.step()
        other.step()
    assert digest(one) == alone


def test_a_run_leaves_its_schools_as_they_were() -> None:
    before = {word: getattr(WORLD.table, word).copy() for word in ("urn", "roll", "capacity", "attainment")}
    WORLD.run(1)
    for word, values in before.items():
        np.testing.assert_array_equal(getattr(WORLD.table, word), values)


def test_stopping_and_going_on_is_the_same_run() -> None:
    whole, parts = WORLD.run(2), WORLD.begun()
    parts.run(1)
    parts.run(1)
    assert digest(whole) == digest(parts)


def test_another_process_gives_the_same_bytes(repository: Path) -> None:
    program = (
        "from tests.system.test_sameness import WORLD\n"
        "from tests.system.worlds import digest\n"
        "print(digest(WORLD.run(1)))"
    )
    assert elsewhere(program, folder=repository).strip() == digest(WORLD.run(1))


#: Small enough to run uncompiled, with every kind of event in them.
TINY = {
    mode: World(
        made_table(11, 6),
        {
            **PROGRAMME, "programme.originators": 2, "programme.partners_each": 1, "programme.mode": mode,
            "practice.number": 5, "practice.slots": 2, "practice.hours_mean": 6.0, "learning.rate": 8.0,
            "creation.hazard": 0.2, "creation.first_hours": 0.0, "horizon.together": 0.0,
            "broker.looks": 3, "ties.nearby": 1.0, "engagement.will": 2.0,
            "leadership.closed": 0.0, "careers.leave": 0.2, "careers.move": 0.4,
            "end.task_least": 2, "end.task_most": 3,
        },
        12,
    )
    for mode in ("exchange", "creation")
}  # fmt: skip


def numbers(simulation: Simulation) -> dict[str, list[float]]:
    """Every number of a run by array and column, to compare within a tolerance."""
    found = {name: values.tolist() for name, values in simulation.series.items()}
    return found | {name: values.astype(float).ravel().tolist() for name, values in arrays_of(simulation.state)}


@pytest.mark.slow
def test_plain_python_gives_the_same_run(repository: Path) -> None:
    """The compiler may round single precision otherwise; nothing else, and it decides nothing."""
    program = (
        "import json\n"
        "from tests.system.test_sameness import TINY, numbers\n"
        "print(json.dumps({mode: numbers(world.run(1)) for mode, world in TINY.items()}))"
    )
    plain = json.loads(elsewhere(program, folder=repository, NUMBA_DISABLE_JIT="1"))
    for mode, world in TINY.items():
        compiled = numbers(world.run(1))
        assert plain[mode].keys() == compiled.keys()
        for name, values in compiled.items():
            np.testing.assert_allclose(plain[mode][name], values, rtol=1e-6, atol=1e-6, err_msg=f"{mode}: {name}")


def test_what_is_compared_uncompiled_is_no_idle_run() -> None:
    runs = [world.run(1).series for world in TINY.values()]
    for name in (
        "hours.joint", "transfers.year", "practices.created", "partnerships.begun", "partnerships.ended",
        "partnerships.exchange", "partnerships.creation", "pounds.cover", "pounds.home", "disclosure.share",
    ):  # fmt: skip
        assert sum(series[name].sum() for series in runs) > 0.0, name


def test_a_replication_has_its_own_schools_and_the_same_ones_each_time() -> None:
    run = {seed: simulate(Scenario.of(), seed, years=1, population=Population(schools=12)) for seed in (1, 2)}
    again = simulate(Scenario.of(), 1, years=1, population=Population(schools=12))
    assert again.outcomes == pytest.approx(run[1].outcomes, rel=0, abs=0, nan_ok=True)
    assert run[1].outcomes["rolls.spread"] != run[2].outcomes["rolls.spread"]
