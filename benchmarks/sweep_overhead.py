"""What a sweep costs beside the model: overhead a run, and how well two processors are used.

    python benchmarks/sweep_overhead.py [--quick] [--workers 2] [--json]

Overhead is measured with a model that does nothing but give an outcome for each of ten names and a
60 x 10 table of series, the store included (parts, fsync, final tables). Efficiency is measured
with runs that keep a processor busy: the serial time of the runs alone, divided by workers x the
wall time of the whole sweep, start of the workers and final tables included. On a machine that
others use too that says little, and two other numbers say more: the share of the workers' time that
was spent in runs, and the share of the processor time of all processes, parent included, that runs
themselves used. Both count start and tables against the sweep, and not what others took.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))  # worker processes import the models below from here

from schoolsim.studies import Execution, Fixed, ModelReference, RunResult, StudyPlan, sweep  # noqa: E402 - after the path

NAMES = tuple(f"outcome_{number}" for number in range(10))
HALF_TERMS = np.arange(60, dtype=np.int32)


def nothing(parameters: dict[str, float], seed: int) -> RunResult:
    """Ten outcomes and their series, for nothing."""
    values = np.full(60, parameters["x"])
    return RunResult(dict.fromkeys(NAMES, float(seed % 97)), dict.fromkeys(NAMES, values), HALF_TERMS)


def busy(parameters: dict[str, float], seed: int) -> dict[str, float]:
    """Keeps a processor busy for `seconds` of its own time."""
    until = time.process_time() + parameters["seconds"]
    while time.process_time() < until:
        pass
    return {"value": float(seed % 97)}


def run(model: str, points: dict[str, list[float]], replications: int, execution: Execution) -> tuple[float, float]:
    """Wall seconds of a sweep into a new folder, and seconds spent in its runs."""
    reference = ModelReference(f"sweep_overhead:{model}")
    plan = StudyPlan(pd.DataFrame(points), reference, Fixed(replications))
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCHMARK_DIR")) as folder:
        started = time.perf_counter()
        done = sweep(plan, Path(folder) / "study", execution)
        wall = time.perf_counter() - started
        return wall, json.loads((done / "manifest.json").read_text())["run_seconds"]


def overhead(runs: int, workers: int) -> dict[str, float]:
    """Microseconds a run of a model that does nothing, by executor, without the start."""
    found = {}
    for executor in ("serial", "processes", "dask"):
        execution = Execution(executor, workers, progress=False)
        start, _ = run("nothing", {"x": [1.0]}, 1, execution)
        whole, _ = run("nothing", {"x": [float(k) for k in range(10)]}, runs // 10, execution)
        found[f"{executor}: microseconds a run"] = (whole - start) / runs * 1e6
        found[f"{executor}: seconds to start and end"] = start
    return found


def efficiency(runs: int, seconds: float, workers: int) -> dict[str, float]:
    """Serial time of the runs over workers x wall time of the sweep."""
    values = {"seconds": [seconds] * 10}
    serial = time.perf_counter()
    for number in range(runs // workers):
        busy({"seconds": seconds}, number)
    serial = (time.perf_counter() - serial) * workers
    before = processor_seconds()
    wall, in_runs = run("busy", values, runs // 10, Execution("processes", workers, progress=False))
    used = processor_seconds() - before
    return {
        "serial seconds of the runs alone": serial,
        "wall seconds of the sweep": wall,
        f"efficiency on {workers} workers": serial / (workers * wall),
        "share of the workers' time spent in runs": in_runs / (workers * wall),
        "share of all processor time spent in runs": runs * seconds / used,
    }


def processor_seconds() -> float:
    """Of this process and of those it started that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    # Whoever else uses the processors is in every number below but says nothing of the sweep.
    found = {"load before the start (1 minute)": os.getloadavg()[0]}
    found |= overhead(1000 if options.quick else 10_000, options.workers)
    found |= efficiency(100 if options.quick else 1000, 0.05, options.workers)
    if options.json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return
    for name, value in found.items():
        sys.stdout.write(f"{name:42} {value:10.3f}\n")


if __name__ == "__main__":
    main()
