"""Ten thousand short runs of one Mesa model by schoolsim, `mesa.batch_run` and EMA Workbench, in turns.

    python -m benchmarks --only batches

Each tool works in a process of its own, so that its memory is its own. The clock starts when everything is imported
and stops when the results can be used: for schoolsim as checked tables on the disk, for the others in memory. What a
tool adds to a run is the time of the whole less that of the bare loop over the same runs, shared by the workers.

    python -m benchmarks.batches schoolsim 2 10000      one tool, workers and runs, as JSON
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from benchmarks.short_model import DRIFTS, STEPS, Walker, walked
from benchmarks.timing import Figure, MeasurementError, Seconds, ratio_of

WORKERS = 2
MOST_MICROSECONDS, MOST_MEGABYTES = 1000, 500
Task = Callable[[int, int], Callable[[], list[float]]]
"""Given workers and runs, imports what it needs; what it returns is timed and gives the outcome of every run."""


def bare(workers: int, runs: int) -> Callable[[], list[float]]:
    """The runs themselves, one after another."""
    return lambda: [walked(drift, seed)["place"] for drift in DRIFTS for seed in range(runs // len(DRIFTS))]


def schoolsim(workers: int, runs: int) -> Callable[[], list[float]]:
    """A sweep, its tables written and read back."""
    import pandas as pd

    from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, sweep

    model = ModelReference(
        "schoolsim.studies.adapters.mesa_model:MesaModel",
        {"model": "benchmarks.short_model:Walker", "steps": STEPS, "outcomes": ["place"]},
    )
    plan = StudyPlan(pd.DataFrame({"drift": DRIFTS}), model, Fixed(runs // len(DRIFTS)))
    execution = Execution("serial" if workers == 1 else "processes", workers, progress=False)

    def run() -> list[float]:
        with tempfile.TemporaryDirectory() as folder:
            found: list[float] = StudyResult.open(sweep(plan, Path(folder) / "study", execution)).runs["place"].tolist()
            return found

    return run


def mesa(workers: int, runs: int) -> Callable[[], list[float]]:
    """Mesa's own batch runner; a seed is a parameter there."""
    from mesa.batchrunner import batch_run

    grid = {"drift": DRIFTS, "seed": range(runs // len(DRIFTS))}

    def run() -> list[float]:
        rows = batch_run(Walker, grid, number_processes=workers, max_steps=STEPS, display_progress=False)
        return [row["place"] for row in rows]

    return run


def workbench(workers: int, runs: int) -> Callable[[], list[float]]:
    """EMA Workbench; a seed is an uncertainty there."""
    from ema_workbench import CategoricalParameter, Model, MultiprocessingEvaluator, Samplers, ScalarOutcome
    from ema_workbench import SequentialEvaluator as OneByOne

    model = Model("walker", function=walked)
    model.uncertainties = [
        CategoricalParameter("drift", DRIFTS),
        CategoricalParameter("seed", range(runs // len(DRIFTS))),
    ]
    model.outcomes = [ScalarOutcome("place")]

    def run() -> list[float]:
        with OneByOne(model) if workers == 1 else MultiprocessingEvaluator(model, n_processes=workers) as evaluator:
            _, outcomes = evaluator.perform_experiments(scenarios=runs, uncertainty_sampling=Samplers.MC)
        found: list[float] = outcomes["place"].tolist()
        return found

    return run


TASKS: dict[str, Task] = {"bare": bare, "schoolsim": schoolsim, "mesa": mesa, "workbench": workbench}
NAMES = {"schoolsim": "schoolsim", "mesa": "mesa.batch_run", "workbench": "EMA Workbench"}


def batches(runs: int, rounds: int) -> list[Figure]:
    """The arms in turns, each in a new process, and what they add to a run."""
    arms = [("bare", 1), *((tool, workers) for tool in NAMES for workers in (1, WORKERS))]
    found: dict[tuple[str, int], list[dict[str, float]]] = {arm: [] for arm in arms}
    for number in range(rounds):
        for arm in arms if number % 2 == 0 else arms[::-1]:
            found[arm].append(in_a_process(*arm, runs))
    figures = [_added(found, tool, workers, runs) for workers in (1, WORKERS) for tool in NAMES]
    figures += [_beside(found, tool, workers) for workers in (1, WORKERS) for tool in ("mesa", "workbench")]
    return figures + [_memory(found[tool, WORKERS], tool, runs) for tool in NAMES]


def in_a_process(tool: str, workers: int, runs: int) -> dict[str, float]:
    """Seconds and megabytes of one tool.

    Raises:
        MeasurementError: The tool does not work here.
    """
    command = [sys.executable, "-m", "benchmarks.batches", tool, str(workers), str(runs)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise MeasurementError(f"{tool}: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if told["results"] != runs:
        raise MeasurementError(f"{tool} made {told['results']} of {runs} runs")
    return told


def _added(found: dict[tuple[str, int], list[dict[str, float]]], tool: str, workers: int, runs: int) -> Figure:
    pairs = zip(found[tool, workers], found["bare", 1], strict=True)
    added = [(one["seconds"] - loop["seconds"] / workers) / runs * 1e6 for one, loop in pairs]
    limit = f"<= {MOST_MICROSECONDS}" if tool == "schoolsim" else ""
    processes = "one process" if workers == 1 else f"{workers} processes"
    name = f"{NAMES[tool]}, {processes}: added to each of {runs:,} runs"
    return Figure(name, "us", statistics.median(added), None, min(added), max(added), len(added), limit)


def _beside(found: dict[tuple[str, int], list[dict[str, float]]], tool: str, workers: int) -> Figure:
    slow, fast = (
        [Seconds(one["seconds"], one["processor"]) for one in found[name, workers]] for name in (tool, "schoolsim")
    )
    processes = "one process" if workers == 1 else f"{workers} processes"
    return ratio_of(f"  {NAMES[tool]} / schoolsim, {processes}", slow, fast)


def _memory(rounds: list[dict[str, float]], tool: str, runs: int) -> Figure:
    used = [one["megabytes"] for one in rounds]
    limit = f"<= {MOST_MEGABYTES}" if tool == "schoolsim" else ""
    name = f"{NAMES[tool]}: most memory of the parent, {runs:,} runs"
    return Figure(name, "MB", statistics.median(used), None, min(used), max(used), len(used), limit)


def processor_seconds() -> float:
    """Of this process and of those it started that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def most_megabytes() -> float:
    """The most memory this process has had."""
    place = Path("/proc/self/status")
    if place.exists():  # getrusage also counts what the process that started this one had
        line = next(line for line in place.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Run one tool and print what it took."""
    warnings.simplefilter("ignore")
    tool, workers, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    run = TASKS[tool](workers, runs)
    started, used = time.perf_counter(), processor_seconds()
    places = run()
    seconds, processor = time.perf_counter() - started, processor_seconds() - used
    told = {"seconds": seconds, "processor": processor, "megabytes": most_megabytes(), "results": len(places)}
    told |= {"mean": statistics.fmean(places), "sd": statistics.stdev(places)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
