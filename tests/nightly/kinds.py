"""The kinds of trouble: each puts one case to schoolsim, drawn from its seed, and says what went wrong.

A fault is a traceback, exit code 3, a case that takes longer than it may, or other tables or answers than those of the
study that nobody disturbed. One message with exit code 2 (or 1, where files are verified) is no fault.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_up_store import GRID_POINTS, grid_config, write_study
from schoolsim.parameters.errors import UserError
from schoolsim.studies import Execution, sweep
from schoolsim.studies.designs.tables import read_points
from schoolsim.studies.store import parts
from schoolsim.studies.store.export import export_csv
from tests.config.fuzzing import GENERATORS, mutated
from tests.config.test_fuzzing import problems
from tests.jit import mini
from tests.nightly.made import base
from tests.nightly.ties_and_places import made_schools, places, ties
from tests.nightly.typing_commands import options, typed
from tests.studies.plans import run_study, spread, tables
from tests.studies.resealing import flip, reseal
from tests.system.test_corners import broken, random_corner

Case = Callable[[random.Random, Path], str]
"""Puts one case in an empty folder; returns the fault, empty where there is none."""


@dataclass(frozen=True)
class Kind:
    """A kind of trouble.

    Args:
        what: For a table: what is tried.
        case: Tries one.
        few: Cases in `make test`, or in `make test-all` only where one takes long.
        some: Cases in `make test-all`.
        many: Cases in `make test-nightly`.
        longest: Processor seconds after which a case is taken for one that never ends.
    """

    what: str
    case: Case
    few: int
    some: int
    many: int
    longest: float = 60.0


# --- what is typed and read -----------------------------------------------------------------------


def configs(chance: random.Random, folder: Path) -> str:
    """A config or a command line of the fuzzer of configs."""
    case = GENERATORS[chance.choice(list(GENERATORS))](chance, folder)
    with contextlib.chdir(folder):
        return "; ".join(problems(case))


@cache
def study() -> Path:
    """The results of a small study, with their tables as CSV."""
    place = base("study")
    write_study(place / "study", grid_config(3 * GRID_POINTS))
    export_csv(place / "study", place / "study" / "csv")
    return place


@cache
def exported() -> Path:
    """The same tables as they are exported."""
    place = base("exported")
    write_study(place / "study", grid_config(2 * GRID_POINTS))
    export_csv(place / "study", place)
    return place


@cache
def swept() -> Path:
    """A sweep as it ends, `whole`, and as it stands half-way, `half`."""
    place = base("sweep")
    run_study(spread(3), place / "whole")
    with contextlib.suppress(_Stop), mock.patch.object(parts.PartWriter, "due", return_value=0.0):
        sweep_until(place / "half", 12)
    return place


class _Stop(BaseException):
    """Ends a sweep where it stands."""


def sweep_until(folder: Path, runs: int) -> None:
    """A sweep that ends, as if killed, when so many runs were kept."""
    seen = 0
    flush = parts.PartWriter.flush

    def counting(writer: parts.PartWriter) -> None:
        nonlocal seen
        flush(writer)
        seen += 1
        if seen >= runs:
            raise _Stop

    with mock.patch.object(parts.PartWriter, "flush", counting):
        run_study(spread(3), folder)


def damaged(chance: random.Random, path: Path) -> None:
    """Flip a bit, cut, blank, lengthen or rewrite a file."""
    content = path.read_bytes() or b"\n"
    at = chance.randrange(len(content))
    how = chance.randrange(6)
    if how < 2:
        path.write_bytes(content)
        flip(path, chance.randrange(8 * len(content)))
    elif how == 2:
        path.write_bytes(content[:at])
    elif how == 3:
        path.write_bytes(content[:at] + bytes(len(content) - at))
    elif how == 4:
        path.write_bytes(content + chance.randbytes(chance.randrange(1, 100)))
    else:
        path.write_bytes(mutated(chance, content.decode("utf-8", "replace")))


READING = (("answer",), ("status",), ("verify",), ("cite",), ("export", "--out", "csv"))


@cache
def undisturbed(command: tuple[str, ...]) -> str:
    """What a command prints of the study that nobody disturbed."""
    with contextlib.chdir(study()):
        return typed(command[0], "study", *command[1:])[1]


def changed_number(chance: random.Random, path: Path) -> None:
    """Five added to one number of a table, which stays whole in every other way."""
    table = pq.read_table(path)
    names = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    reported = [name for name in REPORTED if name in names]
    name = chance.choice(reported if reported and chance.random() < 0.8 else names)
    place, row = table.column_names.index(name), chance.randrange(len(table))
    values = table[name].to_pylist()
    values[row] = 5.0 + (values[row] or 0.0)
    field = table.schema.field(name)
    pq.write_table(table.set_column(place, field, pa.array(values, field.type)), path)


REPORTED = ("progress.partner", "progress.neediest", "trust.partner", "hours.joint")


def damage_drawn(chance: random.Random) -> tuple[tuple[str, ...], str, bool, bool]:
    """A command, the file that is damaged, whether by one number of it, and whether hashes are made to fit."""
    command = chance.choice(READING)
    name = chance.choice(sorted(path.name for path in (study() / "study").iterdir() if path.is_file()))
    number = name in ("runs.parquet", "series.parquet") and chance.random() < 0.3
    return command, name, number, name != "manifest.json" and chance.random() < 0.5


def results(chance: random.Random, folder: Path) -> str:
    """A file of a results folder damaged, in half of the cases with hashes that fit, and a command that reads it."""
    copy = Path(shutil.copytree(study() / "study", folder / "study"))
    command, name, number, sealed = damage_drawn(chance)
    before = (copy / name).read_bytes()
    if number:
        changed_number(chance, copy / name)
    else:
        damaged(chance, copy / name)
    same = (copy / name).read_bytes() == before
    if sealed:
        reseal(copy)
    with contextlib.chdir(folder):
        code, out, fault = typed(command[0], "study", *command[1:])
    if not fault and code == 0 and not sealed and name != "manifest.json" and not same:
        if command[0] == "answer" and out != undisturbed(command):
            fault = "another answer"
        elif command[0] == "verify":
            fault = "nothing is found"
    return fault and f"{command[0]} with {name} damaged{', resealed' if sealed else ''}: {fault}"


def schools(chance: random.Random, folder: Path) -> str:
    """A file of schools, damaged, read by `schools` or built into a place."""
    source = chance.choice(sorted(made_schools().glob("*.csv")))
    path = Path(shutil.copy(source, folder / source.name))
    damaged(chance, path)
    words = chance.choice([("schools", path.name), ("schools", "build", path.name, "--out", "place")])
    with contextlib.chdir(folder):
        _, _, fault = typed(*words)
    return fault and f"{' '.join(words)}: {fault}"


def points(chance: random.Random, folder: Path) -> str:
    """A design file or exported table of points, damaged: a table or one message."""
    path = folder / chance.choice(["points.csv", "points.parquet"])
    shutil.copy(exported() / "points.csv" if path.suffix == ".csv" else study() / "study" / path.name, path)
    damaged(chance, path)
    try:
        read_points(path)
    except UserError as error:
        return "" if str(path) in str(error) else f"a message without the file: {error}"[:300]
    except Exception as error:
        return f"traceback: {error!r}"[:300]
    return ""


# --- what happens to a sweep ----------------------------------------------------------------------


def _same_in_the_end(folder: Path, plan_runs: int = 3) -> str:
    """Go on with the sweep, undisturbed; what is wrong with its tables."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = run_study(spread(plan_runs), folder)
        except Exception as error:
            return f"does not go on: {error!r}"[:300]
    if list(folder.rglob("*.tmp")):
        return "leaves drafts"
    return "" if found == tables(swept() / "whole") else "other final bytes"


def half_a_sweep(chance: random.Random, folder: Path) -> str:
    """A bit or more of any file of an unfinished study changed, then the sweep goes on."""
    study = Path(shutil.copytree(swept() / "half", folder / "study"))
    path = chance.choice(sorted(path for path in study.rglob("*") if path.is_file() and path.stat().st_size))
    damaged(chance, path)
    fault = _same_in_the_end(study)
    return fault and f"{path.name.split('.')[0]} damaged: {fault}"


def disk(chance: random.Random, folder: Path) -> str:
    """A call of the system that fails at one write, flush, rename or removal; then the sweep is run again."""
    name = chance.choice(["replace", "fsync", "unlink", "open", "write", "rename", "mkdir", "rmdir"])
    code = chance.choice([errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT])
    left, study = chance.randrange(1, 40), folder / "study"
    target: object = Path if name == "write" else os
    attribute = "write_bytes" if name == "write" else name
    real = getattr(target, attribute)

    def failing(*given: object, **more: object) -> object:
        nonlocal left
        left -= str(folder) in str(given[0]) or name == "fsync"
        if left == 0:
            raise OSError(code, os.strerror(code), str(given[0]))
        return real(*given, **more)

    try:
        with mock.patch.object(target, attribute, failing), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sweep(spread(3), study, Execution("serial", progress=False))
    except UserError:
        pass
    except Exception as error:
        return f"{name} with {errno.errorcode[code]}: traceback: {error!r}"[:300]
    fault = _same_in_the_end(study)
    return fault and f"{name} with {errno.errorcode[code]}: {fault}"


SWEEP = """
import sys
sys.path[:] = {path!r}
{before}
from schoolsim.studies import Execution, sweep
from tests.studies.plans import spread
sweep(spread(3), {folder!r}, Execution({executor!r}, 2, progress=False))
"""
BEFORE = ""
"""Code that a killed process runs first; where a defect is planted."""


def kills(chance: random.Random, folder: Path) -> str:
    """A sweep ended by a signal at a random moment; then it is run again."""
    executor, study = chance.choice(["serial", "processes"]), folder / "study"
    code = SWEEP.format(path=sys.path, before=textwrap.dedent(BEFORE), folder=str(study), executor=executor)
    environment = {**os.environ, "SPREAD_SECONDS": "0.1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    until = time.monotonic() + 60
    started = chance.random() < 0.9  # the others are ended while they start
    while started and not (study / "parts").exists() and time.monotonic() < until:
        if process.poll() is not None:
            break
        time.sleep(0.05)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0.0, 3.0))
    name = chance.choice(["SIGKILL", "SIGTERM", "SIGINT"])
    process.send_signal(getattr(signal, name))
    try:
        _, error = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"{name}: does not end"
    if process.returncode == 3:
        return f"{name}: exit code 3: {error[-200:]}"
    fault = _same_in_the_end(study)
    return fault and f"{name}, {executor}: {fault}"


def machine_code(chance: random.Random, folder: Path) -> str:
    """Files of the compile cache damaged, taken away or not to be read; then a process that uses it."""
    here = mini.made(folder / "here", folder / "cache")
    shutil.copytree(base_cache(), folder / "cache", dirs_exist_ok=True)
    for path in sorted(path for path in here.cache.rglob("*") if path.is_file()):
        how = chance.randrange(4)
        if how == 0:
            path.unlink()
        elif how == 1:
            damaged(chance, path)
        elif how == 2:
            path.chmod(0)
    try:
        found = here.asked()
    except AssertionError as error:
        return f"does not run: {error}"[:300]
    return "" if found[:2] == [20.0, -1.0] else f"computes {found[:2]}"


@cache
def base_cache() -> Path:
    """The cache of the small package, compiled once."""
    place = base("cache")
    mini.made(place / "here", place / "cache").asked()
    return place / "cache"


def corners(chance: random.Random, folder: Path) -> str:
    """Every parameter at an end of its range, in a possible combination: two years in which all invariants hold."""
    seed = chance.randrange(10**9)
    return "; ".join(broken(random_corner(seed), seed))


SOAK = """
import os, sys
sys.path[:] = {path!r}
{before}
from schoolsim.studies import Execution, sweep
from tests.studies.plans import spread
def megabytes():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
seen = []
def report(progress):
    seen.append((megabytes(), len(os.listdir("/proc/self/fd")), len(os.listdir({folder!r} + "/parts"))))
sweep(spread({replications}), {folder!r}, Execution("serial", 1, progress=report))
third = len(seen) // 3
early, late = seen[third], seen[-2]
print(*early, *late, max(files for _, _, files in seen))
"""
SOAK_RUNS = 2000
MORE_MEGABYTES, MORE_FILES = 40.0, 3


def soak(chance: random.Random, folder: Path) -> str:
    """A sweep of many runs in one process: no memory, open file or part more at its end than after a third."""
    study = str(folder / "study")
    code = SOAK.format(path=sys.path, before=textwrap.dedent(BEFORE), folder=study, replications=SOAK_RUNS // 8)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        return f"ends with {done.returncode}: {done.stderr[-300:]}"
    early, files, _, late, later_files, _, most = map(float, done.stdout.split())
    if late - early > MORE_MEGABYTES + 25e-6 * SOAK_RUNS:  # the index of the parts: 25 bytes a run
        return f"memory grew from {early:.0f} to {late:.0f} MB over {SOAK_RUNS} runs"
    if later_files - files > MORE_FILES:
        return f"open files grew from {files:.0f} to {later_files:.0f}"
    largest = 2 * parts.SMALL_PARTS + SOAK_RUNS / parts.RUNS_A_PART
    return f"{most:.0f} parts at once" if most > largest else ""


KINDS: Mapping[str, Kind] = {
    "configs": Kind("configs and command lines, right, nearly right and wrong", configs, 5, 200, 60_000),
    "options": Kind("every command with right, wrong, unknown and missing options", options, 20, 400, 20_000),
    "results": Kind("every file of a results folder, damaged, resealed or not", results, 6, 100, 6_000),
    "schools": Kind("files of schools, damaged", schools, 6, 100, 3_000),
    "places": Kind("official files of schools with changed cells, rows, columns, built together", places, 3, 60, 2000),
    "ties": Kind("lists and graphs of ties with changed cells, rows and elements", ties, 20, 400, 6_000),
    "points": Kind("design files and exported points, damaged", points, 20, 400, 5_000),
    "half_a_sweep": Kind("parts and other files of an unfinished study, damaged", half_a_sweep, 4, 60, 2_000),
    "disk": Kind("a full, read-only or failing disk at a write, flush, rename or removal", disk, 5, 80, 2_000),
    "kills": Kind("SIGKILL, SIGTERM and SIGINT at random moments", kills, 1, 6, 300, 120.0),
    "machine_code": Kind("the compile cache, damaged, taken away, not to be read", machine_code, 1, 6, 200, 120.0),
    "corners": Kind("random corners of the declared bounds", corners, 2, 40, 2_000),
    "soak": Kind("sweeps of many runs: memory, open files and parts stay flat", soak, 1, 1, 50, 300.0),
}
"""Every kind; a soak is of `SOAK_RUNS` runs, so that fifty are 100,000."""


def cases(name: str, seeds: Iterable[int], folder: Path) -> Iterator[tuple[int, str]]:
    """Try cases of a kind, each in a folder of its own that is taken away again; gives seed and fault."""
    for seed in seeds:
        place = folder / f"{name}-{seed}"
        place.mkdir(parents=True)
        try:
            fault = KINDS[name].case(random.Random(f"{name} {seed}"), place)
        except Exception as error:
            fault = f"traceback: {error!r}"[:300]
        yield seed, fault
        shutil.rmtree(place, ignore_errors=True)
