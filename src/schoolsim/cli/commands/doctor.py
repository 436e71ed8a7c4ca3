"""`schoolsim doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator

import typer

from schoolsim import __version__
from schoolsim.cli import options
from schoolsim.cli.errors import FAILED
from schoolsim.cli.output import say_json, say_table, tell

Finding = tuple[str, str, str]
"""What was looked at, how it is (`ok`, `note` or `bad`), and what was found."""

ENOUGH_BYTES = 500e6
SLOW_SECONDS = 120.0
THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def doctor(json: options.Json = False) -> None:
    """Look at the installation: versions, compiler, cache, processors, configs. Ends with 1 if something is bad."""
    if not json:
        tell("Looking; a first time the model is compiled, which takes a minute or so.")
    findings = [finding for check in CHECKS for finding in check()]
    if json:
        say_json([dict(zip(("check", "state", "found"), finding, strict=True)) for finding in findings])
    else:
        say_table(["check", "state", "found"], findings)
    if any(state == "bad" for _, state, _ in findings):
        raise typer.Exit(FAILED)


def _versions() -> Iterator[Finding]:
    from schoolsim.studies.provenance import PACKAGES, versions

    found = versions()
    python = f"Python {platform.python_version()} at {sys.executable}, {platform.platform()}"
    yield "python", "ok" if sys.version_info >= (3, 11) else "bad", python
    if "schoolsim" in found:
        yield "schoolsim", "ok", found["schoolsim"]
    else:
        yield "schoolsim", "note", f"{__version__}, from a source tree and not installed: pip install -e . installs it"
    packages = ", ".join(f"{name} {found[name]}" for name in PACKAGES if name in found and name != "schoolsim")
    yield "packages", "ok", packages
    missing = [name for name in ("dask", "distributed") if name not in found]
    if missing:
        yield "cluster", "note", f"no {' or '.join(missing)}: --executor dask needs pip install 'schoolsim[cluster]'"


def _cache() -> Iterator[Finding]:
    from schoolsim.jit import cache_root

    root = cache_root()
    try:
        root.mkdir(parents=True, exist_ok=True)
        trial = root / f".trial-{os.getpid()}"
        trial.write_bytes(b"")
        trial.unlink()
        free = shutil.disk_usage(root).free
    except OSError as error:
        advice = "every process compiles anew; set SCHOOLSIM_CACHE_DIR to a folder that can be written"
        yield "cache", "bad", f"{root} cannot be written ({error.strerror}): {advice}"
        return
    state = "ok" if free > ENOUGH_BYTES else "bad"
    yield "cache", state, f"{root} can be written, {free / 1e9:.1f} GB free"


def _compiler() -> Iterator[Finding]:
    started = time.perf_counter()
    from numba import config

    from schoolsim.system.compiling import compile_all, compile_once

    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # set from the environment
        yield "compiler", "note", "NUMBA_DISABLE_JIT is set: nothing is compiled and runs take a hundred times as long"
        return
    compile_once()
    first = time.perf_counter() - started
    started = time.perf_counter()
    compile_all()
    again = time.perf_counter() - started
    state = "ok" if first < SLOW_SECONDS else "note"
    yield "compiler", state, f"loaded, compiled and run in {first:.1f} s; a small run then takes {1000 * again:.0f} ms"


def _processors() -> Iterator[Finding]:
    from schoolsim.studies.execution.executors import default_workers, usable_processors

    yield (
        "processors",
        "ok",
        f"{os.cpu_count()}, of which this process may use {usable_processors()}; sweeps take {default_workers()}",
    )
    limits = [f"{name}={os.environ[name]}" for name in THREADS if name in os.environ]
    threads = ", ".join(limits) or "not limited by the environment"
    yield "threads", "ok", f"{threads}; a run uses one, whatever this says"


def _configs() -> Iterator[Finding]:
    from schoolsim.config import config_folders, list_configs

    entries = list_configs()
    folders = ", ".join(map(str, config_folders())) or "no folder"
    problems = [f"{entry.path} {entry.problem}" for entry in entries if entry.problem]
    if problems:
        yield "configs", "bad", "; ".join(problems)
    else:
        yield "configs", "ok" if entries else "bad", f"{len(entries)} in {folders}"


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_versions, _cache, _compiler, _processors, _configs)
