"""The model beside its twin in plain objects, beside NumPy, beside the memory's own speed, and in two threads.

python -m benchmarks --only twin
python -m benchmarks --only nation_twin      as many schools as England has; needs 10 GB and some minutes
python -m benchmarks --only twin_sweeps
python -m benchmarks --only hardware

python -m benchmarks.beside schoolsim 2 1000      a sweep of decades, its workers and runs, as JSON
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.timing import Arm, Figure, MeasurementError, Seconds, in_turns, ratio_of, time_of
from schoolsim.columns import Float64Array
from schoolsim.parameters import Scenario
from schoolsim.parameters.record import Parameters
from schoolsim.populations import SchoolTable, synthetic_authority, synthetic_system
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import State
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.teaching.effects import measure_teaching

SEED = 1
WORKERS = 2
DECADE = 10 * HALF_TERMS
#: Groups that a half-term goes through from end to end, whatever happens in it: what they hold is read and written.
PASSED_THROUGH = ("knowledge", "teachers", "repertoires", "schools")
#: One outcome is measured in sweeps, as the twin reports one.
REPORTED = "progress.mean"


def _alone(table: SchoolTable) -> Simulation:
    """A run that measures nothing: the twin does not either."""
    return Simulation(Scenario.of(), SEED, table, outcomes=())


def _warm() -> None:
    """Compile or load what a whole year takes: a phase is loaded when it first runs."""
    run = _alone(synthetic_authority(SEED))
    for _ in range(HALF_TERMS):
        run.step()


def _region() -> SchoolTable:
    return synthetic_system(SEED, authorities=11, schools=1500)


def _nation() -> SchoolTable:
    return synthetic_system(SEED, authorities=150, schools=20_000)


def _beside_twin(name: str, table: SchoolTable, half_terms: int, rounds: int, promise: str) -> list[Figure]:
    """The same half-terms by the model and by the twin, in turns."""
    from benchmarks.twin import Twin

    def stepped(made: Callable[[], Simulation | Twin]) -> Callable[[], Callable[[], None]]:
        def prepare() -> Callable[[], None]:
            model = made()

            def run() -> None:
                for _ in range(half_terms):
                    model.step()

            return run

        return prepare

    _warm()
    arms = [
        Arm("model", stepped(lambda: _alone(table))),
        Arm("twin", stepped(lambda: Twin(SEED, table=table, reports=False))),
    ]
    found = in_turns(arms, rounds)
    return [
        time_of(f"{name}: {half_terms} half-terms, one thread, nothing measured", found["model"], "ms"),
        ratio_of("  twin in plain Mesa objects, drawing from Mesa's generator / model", found["twin"], found["model"],
                 promise),
    ]  # fmt: skip


def twin(half_terms: int, rounds: int) -> list[Figure]:
    """An authority and a region by the model and by the twin."""
    region = min(half_terms, HALF_TERMS)
    return [
        *_beside_twin("authority", synthetic_authority(SEED), half_terms, rounds, ">= 300"),
        *_beside_twin("region", _region(), region, min(rounds, 3), ">= 550"),
    ]


def nation_twin(half_terms: int) -> list[Figure]:
    """As many schools as England has, by the model and by the twin; one round, a few half-terms."""
    return _beside_twin("nation", _nation(), half_terms, 1, ">= 400")


# --- sweeps ------------------------------------------------------------------------------------


def _sweep(workers: int, runs: int) -> int:
    """Decades of the default authority by a sweep, its tables written and read back; how many there are."""
    import pandas as pd

    from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, sweep

    model = ModelReference(
        "schoolsim.system.study_model:SchoolModel", {"years": 10, "burn_in_years": 0, "outcomes": [REPORTED]}
    )
    weight = float(Scenario.of()["market.choice_weight"])
    plan = StudyPlan(pd.DataFrame({"market.choice_weight": [weight]}), model, Fixed(runs))
    with tempfile.TemporaryDirectory() as folder:
        done = sweep(plan, Path(folder) / "study", Execution("processes", workers, progress=False))
        return len(StudyResult.open(done).runs)


def _batch_run(workers: int, runs: int) -> int:
    """The same decades by `mesa.batch_run` on the twin."""
    from mesa.batchrunner import batch_run

    from benchmarks.twin import Twin

    grid = {"seed": range(runs)}
    return len(batch_run(Twin, grid, number_processes=workers, max_steps=DECADE - 1, display_progress=False))


TOOLS: dict[str, Callable[[int, int], int]] = {"schoolsim": _sweep, "mesa": _batch_run}


def _in_a_process(tool: str, runs: int) -> tuple[Seconds, Seconds]:
    """Seconds of the batch itself, and of the whole process, from a cold shell to its end."""
    command = [sys.executable, "-m", "benchmarks.beside", tool, str(WORKERS), str(runs)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    whole = time.perf_counter() - started
    if done.returncode:
        raise MeasurementError(f"{tool}: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}")
    told = json.loads(done.stdout.splitlines()[-1])
    if told["results"] != runs:
        raise MeasurementError(f"{tool} made {told['results']} of {runs} runs")
    return Seconds(told["seconds"], 0.0), Seconds(whole, 0.0)


def twin_sweeps(runs: int, twins: int, rounds: int) -> list[Figure]:
    """Decades of an authority by a sweep and by `mesa.batch_run` on the twin, two processes each.

    Args:
        runs: Of the sweep.
        twins: Runs of the twin, whose time is scaled to as many as the sweep makes.
        rounds: How often each is done, in turns.
    """
    warm, cold, rates = [], [], []
    for _ in range(rounds):
        ours, ours_whole = _in_a_process("schoolsim", runs)
        mesas, mesas_whole = _in_a_process("mesa", twins)
        all_of_them = mesas.wall / twins * runs
        rates.append(runs / ours.wall)
        warm.append(all_of_them / ours.wall)
        cold.append((mesas_whole.wall - mesas.wall + all_of_them) / ours_whole.wall)

    def figure(name: str, unit: str, values: list[float], limit: str = "") -> Figure:
        return Figure(name, unit, statistics.median(values), None, min(values), max(values), len(values), limit)

    return [
        figure(f"sweep of {runs:,} decades of an authority, {WORKERS} processes", "runs/s", rates),
        figure(f"  mesa.batch_run on the twin ({twins} runs, scaled) / sweep, libraries loaded", "x", warm, ">= 300"),
        figure("  the same from a cold shell", "x", cold, ">= 150"),
    ]


# --- NumPy, memory, threads --------------------------------------------------------------------


def teaching_by_numpy(state: State, p: Parameters) -> Float64Array:
    """What `measure_teaching` measures of every teacher, in whole arrays.

    Args:
        state: As it is after a half-term.
        p: Parameters.

    Returns:
        Effect on pupils of each teacher, pupil standard deviations.
    """
    schools, teachers, knowledge, practices = state.schools, state.teachers, state.knowledge, state.practices
    departments, school = int(p.department_number), teachers.school
    divided = (schools.phase == SECONDARY) & (departments > 1)
    cell = school * departments + np.where(divided[school], teachers.department, 0)
    cells = len(schools) * departments
    order = np.argsort(cell, kind="stable")
    filled, first = np.unique(cell[order], return_index=True)
    held = np.zeros((cells, knowledge.width))
    held[filled] = np.add.reduceat(knowledge.mastery[order].astype(np.float64), first)
    held /= np.maximum(1, np.bincount(cell, minlength=cells))[:, None]
    of_staff = held.reshape(len(schools), departments, -1)
    of_school = state.repertoires.mastery[:, None, :]
    held_by = np.where(divided[:, None, None] & (practices.scope == 1), of_staff, of_school)
    shared = np.where(practices.scope > 0, 1.0 - p.scope_weight * (1.0 - np.minimum(1.0, held_by / p.scope_full)), 1.0)
    gives = practices.effect * shared * (1.0 + p.exchange_improves * state.repertoires.refined[:, None, :])
    bare = 1.0 - practices.dependence * state.repertoires.distance
    plain = (gives * bare[:, None, :]).reshape(cells, -1).astype(np.float32)
    more = (gives * (1.0 - bare[:, None, :])).reshape(cells, -1).astype(np.float32)
    given = (knowledge.mastery * (plain[cell] + knowledge.tuning * more[cell])).sum(axis=1, dtype=np.float64)
    cost = p.practice_dip * teachers.load + p.cover_harm * teachers.hours_out
    effect: Float64Array = teachers.skill + given - cost
    return effect


def _numpy(name: str, table: SchoolTable, rounds: int, promise: str) -> list[Figure]:
    """One phase's pass over all teachers and practices, by compiled code and by NumPy, in turns."""
    run = _alone(table)
    run.step()
    state, p = run.state, run.parameters
    measure_teaching(state, p)
    if not np.allclose(teaching_by_numpy(state, p), state.teachers.effect, atol=1e-5):
        raise MeasurementError("NumPy does not measure teaching as the model does")
    repeats = max(1, 20_000 // len(table))
    arms = [
        Arm("model", lambda: lambda: [measure_teaching(state, p) for _ in range(repeats)], repeats),
        Arm("numpy", lambda: lambda: [teaching_by_numpy(state, p) for _ in range(repeats)], repeats),
    ]
    found = in_turns(arms, rounds)
    return [ratio_of(f"{name}: what teaching gives, NumPy / model", found["numpy"], found["model"], promise)]


def passed_bytes(state: State) -> int:
    """Bytes that a half-term reads and writes at least: twice what `PASSED_THROUGH` holds."""
    return 2 * sum(len(getattr(state, name).block) for name in PASSED_THROUGH)


def _copied(threads: int) -> Callable[[], Callable[[], None]]:
    """Copy a quarter of a gigabyte, each thread its share."""
    source = np.ones(2**28 // 8)
    target = np.empty_like(source)
    parts = list(zip(np.array_split(source, threads), np.array_split(target, threads), strict=True))

    def run() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda part: np.copyto(part[1], part[0]), parts))

    return lambda: run


def _threads(
    name: str, table: SchoolTable, half_terms: int, rounds: int, promises: tuple[str, ...] = ()
) -> list[Figure]:
    """Two runs, one after the other and in two threads; and how much of the memory's speed both ways take.

    What fits into the processor's caches is not held against copying: no promise, no share.
    """

    def steps(run: Simulation) -> None:
        for _ in range(half_terms):
            run.step()

    def prepare(threads: int) -> Callable[[], None]:
        runs = [_alone(table) for _ in range(WORKERS)]

        def all_of_them() -> None:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(steps, runs))

        return all_of_them

    _warm()
    arms = [Arm(f"runs {threads}", partial(prepare, threads)) for threads in (1, WORKERS)]
    arms += [Arm(f"copy {threads}", _copied(threads)) for threads in (1, WORKERS)]
    found = in_turns(arms, rounds)
    moved = passed_bytes(_alone(table).state) * half_terms * WORKERS
    figures = [ratio_of(f"{name}: two runs in turn / in two threads", found["runs 1"], found["runs 2"], ">= 1.95")]
    for threads, promise in zip((1, WORKERS), promises, strict=bool(promises)):
        shares = [
            (moved / run.wall) / (2 * 2**28 / copy.wall)
            for run, copy in zip(found[f"runs {threads}"], found[f"copy {threads}"], strict=True)
        ]
        told = f"  share of copy bandwidth, {threads} thread{'s' * (threads > 1)}, {moved / 1e6:,.0f} MB at least"
        figures.append(Figure(told, "", statistics.median(shares), None, min(shares), max(shares), rounds, promise))
    return figures


def hardware(nation_half_terms: int, rounds: int) -> list[Figure]:
    """Beside NumPy, in two threads, and beside what the memory could do."""
    figures = _numpy("authority", synthetic_authority(SEED), rounds, ">= 10")
    figures += _numpy("region", _region(), rounds, ">= 5")
    figures += _threads("authority", synthetic_authority(SEED), DECADE, rounds)
    if nation_half_terms:
        figures += _numpy("nation", _nation(), rounds, ">= 6")
        figures += _threads("nation", _nation(), nation_half_terms, rounds, (">= 0.25", ">= 0.4"))
    return figures


def main() -> None:
    """Run one batch and print what it took."""
    tool, workers, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if tool == "schoolsim":
        import schoolsim.studies  # noqa: F401 - so that libraries are loaded before the clock starts
    else:
        import benchmarks.twin  # noqa: F401 - for the same reason
    started = time.perf_counter()
    results = TOOLS[tool](workers, runs)
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - started, "results": results}) + "\n")


if __name__ == "__main__":
    main()
