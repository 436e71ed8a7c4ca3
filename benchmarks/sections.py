"""What is measured: an authority, a region, the first compilation, and what a sweep adds."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import batches, beside, made_up_store
from benchmarks.timing import Arm, Figure, MeasurementError, Seconds, in_turns, time_of
from schoolsim.config import load_config
from schoolsim.parameters import Scenario
from schoolsim.populations import synthetic_authority, synthetic_system
from schoolsim.system.simulation import Simulation

HALF_TERMS = 60  # of a decade
SEED = 1


@dataclass(frozen=True)
class Effort:
    """How much to measure."""

    rounds: int
    nation_years: int


FULL = Effort(rounds=5, nation_years=10)
QUICK = Effort(rounds=3, nation_years=1)


def _stepped(made: Callable[[], Simulation], half_terms: int, repeats: int = 1) -> Callable[[], Callable[[], None]]:
    """An arm's `prepare`: makes the models untimed, and steps them timed."""

    def prepare() -> Callable[[], None]:
        models = [made() for _ in range(repeats)]

        def run() -> None:
            for model in models:
                for _ in range(half_terms):
                    model.step()

        return run

    return prepare


def authority(effort: Effort) -> list[Figure]:
    """The default synthetic authority: its decade, one with a programme and its comparison, its first state."""
    scenario, table = Scenario.of(), synthetic_authority(SEED)
    Simulation(scenario, SEED, table).run(1)  # compiled or loaded, and warm
    decade = Arm("decade", _stepped(lambda: Simulation(scenario, SEED, table), HALF_TERMS))
    beacon = load_config("programmes/beacon").scenario()
    compared = Arm("compared", _stepped(lambda: Simulation(beacon, SEED, table), HALF_TERMS))
    alone = Arm("alone", _stepped(lambda: Simulation(beacon, SEED, table, outcomes=()), HALF_TERMS))
    build = Arm("build", lambda: lambda: [Simulation(scenario, SEED, table) for _ in range(10)], 10)
    found = in_turns([decade, compared, alone, build], 2 * effort.rounds + 1)
    where = f"authority of {len(table)} schools, {int(table.teachers.sum()):,} teachers"
    return [
        time_of(f"{where}: decade, warm, one thread", found["decade"], "ms", "<= 80"),
        time_of("  of Beacon schools, nothing measured", found["alone"], "ms"),
        time_of("  the same, every outcome measured, effects against the run without", found["compared"], "ms"),
        time_of("  its first state", found["build"], "ms"),
    ]


def region(effort: Effort) -> list[Figure]:
    """Eleven authorities, about 1,500 schools."""
    scenario, table = Scenario.of(), synthetic_system(SEED, authorities=11, schools=1500)
    Simulation(scenario, SEED, table).step()
    year = Arm("year", _stepped(lambda: Simulation(scenario, SEED, table), 6))
    build = Arm("build", lambda: lambda: Simulation(scenario, SEED, table))
    found = in_turns([year, build], effort.rounds)
    where = f"region of {len(table):,} schools, {int(table.teachers.sum()):,} teachers"
    return [
        time_of(f"{where}: a year, warm, one thread", found["year"], "ms"),
        time_of("  its first state", found["build"], "ms"),
    ]


def nation(effort: Effort) -> list[Figure]:
    """As many schools as England has, in 150 authorities; one round, since it is all seconds."""
    scenario, table = Scenario.of(), synthetic_system(SEED, authorities=150, schools=20_000)
    years = effort.nation_years
    found = in_turns([Arm("years", _stepped(lambda: Simulation(scenario, SEED, table), 6 * years))], 1)
    where = f"nation of {len(table):,} schools, {int(table.teachers.sum()):,} teachers"
    return [time_of(f"{where}: {years} years, warm, one thread", found["years"], "s")]


def _child(command: list[str], folder: str) -> Seconds:
    """Time another process that keeps its machine code in `folder`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    environment = os.environ | {"SCHOOLSIM_CACHE_DIR": folder}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    wall = time.perf_counter() - started
    if done.returncode:
        raise MeasurementError((done.stderr.strip().splitlines() or ["it failed"])[-1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Seconds(wall, cpu)


def cold(effort: Effort) -> list[Figure]:
    """The first process ever: nothing compiled yet; and the next one, which loads what the first one kept."""
    command = [sys.executable, "-c", "from schoolsim.system.compiling import compile_all; compile_all()"]
    with tempfile.TemporaryDirectory() as folder:
        first = _child(command, folder)
        later = [_child(command, folder) for _ in range(effort.rounds)]
    with tempfile.TemporaryDirectory() as folder:
        two = _child([sys.executable, "-m", "schoolsim.jit"], folder)
    return [
        time_of("first process: everything compiled, a small system's year", [first], "s", "<= 40"),
        time_of("  by two processes, as `make warm` does it", [two], "s"),
        time_of("  a later process, the same year", later, "s"),
    ]


def sweeps(effort: Effort) -> list[Figure]:
    """What a sweep costs beside the model, as `benchmarks/sweep_overhead.py` measures it."""
    script = Path(__file__).with_name("sweep_overhead.py")
    command = [sys.executable, str(script), "--json", *(["--quick"] if effort is QUICK else [])]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise MeasurementError((done.stderr.strip().splitlines() or [f"{script.name} failed"])[-1])
    figures = []
    for name, value in json.loads(done.stdout).items():
        unit = next((short for word, short in (("microseconds", "us"), ("seconds", "s")) if word in name), "x")
        limit = next((promise for start, promise in PROMISES.items() if name.startswith(start)), "")
        figures.append(Figure(f"sweep, {name}", unit, value, None, value, value, 1, limit))
    return figures


def batch_runners(effort: Effort) -> list[Figure]:
    """Short runs of one Mesa model by schoolsim, by `mesa.batch_run` and by EMA Workbench."""
    return batches.batches(*((1000, 1) if effort is QUICK else (10_000, 3)))


PEAK = """
import sys
from pathlib import Path
from schoolsim.cli import main
def most():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
try:
    main(sys.argv[1:])
finally:
    sys.stderr.write(f"{most()}")
"""


def stored_runs(effort: Effort) -> list[Figure]:
    """Most memory that commands take on a made-up study of a million stored runs of 127 outcomes."""
    number, figures = 100_000 if effort is QUICK else 1_000_000, []
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCHMARK_DIR")) as place:
        for name, config in (("grid", made_up_store.grid_config), ("sampled worlds", made_up_store.sample_config)):
            folder = Path(place) / name.split()[0]
            runs = made_up_store.write_study(folder, config(number))
            for command in ("answer", "figures"):
                call = [sys.executable, "-c", PEAK, command, str(folder)]
                done = subprocess.run(call, capture_output=True, text=True)
                if done.returncode:
                    raise MeasurementError((done.stderr.strip().splitlines() or [f"{command} failed"])[-1])
                megabytes = float(done.stderr.split()[-1])
                told = f"{command} of {runs:,} stored runs, {name}: memory"
                figures.append(Figure(told, "MB", megabytes, None, megabytes, megabytes, 1, "<= 500"))
    return figures


def twin(effort: Effort) -> list[Figure]:
    """An authority and a region beside a twin in plain Mesa objects."""
    return beside.twin(*((6, 1) if effort is QUICK else (HALF_TERMS, effort.rounds)))


def nation_twin(effort: Effort) -> list[Figure]:
    """As many schools as England has beside the twin; some ten gigabytes and minutes."""
    return beside.nation_twin(1 if effort is QUICK else 3)


def twin_sweeps(effort: Effort) -> list[Figure]:
    """Decades of an authority by a sweep and by `mesa.batch_run` on the twin."""
    return beside.twin_sweeps(*((20, 2, 1) if effort is QUICK else (1000, 8, 3)))


def hardware(effort: Effort) -> list[Figure]:
    """Beside NumPy, in two threads, and beside what the memory could do."""
    return beside.hardware(0 if effort is QUICK else 6, effort.rounds)


PROMISES = {"processes: microseconds": "<= 1000", "efficiency": ">= 0.9"}


SECTIONS: dict[str, Callable[[Effort], list[Figure]]] = {
    "authority": authority,
    "region": region,
    "nation": nation,
    "twin": twin,
    "nation_twin": nation_twin,
    "twin_sweeps": twin_sweeps,
    "hardware": hardware,
    "cold": cold,
    "sweeps": sweeps,
    "batches": batch_runners,
    "stored": stored_runs,
}
