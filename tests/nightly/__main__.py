"""Put cases of every kind to schoolsim, and write how many it survived into docs/measured/reliability.toml.

    python -m tests.nightly [--only KIND ...] [--share 0.01] [--seconds 480] [--processes 2] [--first 0]

Exit code 1 if any failed; each is printed with the seed that repeats it. `docs/generate.py` makes the page of it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import schoolsim
from tests.nightly.kinds import KINDS
from tests.nightly.workers import Workers

IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
"""Where cases have their folders: in memory, if there is a place, where no flush waits for a disk."""
COUNTS = Path(__file__).parents[2] / "docs" / "measured" / "reliability.toml"


def main() -> int:
    """Try, tell and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.nightly", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--share", type=float, default=1.0, help="of the cases of a night")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="that a kind may take")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="that try cases at one time")
    parser.add_argument("--first", type=int, default=0, help="seed of the first case of each kind")
    asked = parser.parse_args()
    counts = tomllib.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.is_file() else {}
    failed = 0
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder, Workers(asked.processes, Path(folder)) as workers:
        for name in asked.only:
            number = max(1, round(KINDS[name].many * asked.share))
            counts[name] = measured(workers, name, range(asked.first, asked.first + number), asked.seconds)
            failed += int(counts[name]["failed"])
            COUNTS.write_text(text(counts), encoding="utf-8")
    return 1 if failed else 0


def measured(workers: Workers, name: str, seeds: range, seconds: float) -> dict[str, int | float | str]:
    """Try cases of a kind, or as many as end in time."""
    start, before, survived, failed = time.monotonic(), workers.seconds, 0, 0
    for seed, fault in workers.tried(name, seeds, seconds=seconds):
        if fault:
            failed += 1
            say(f"{name} {seed}: {fault}")
        else:
            survived += 1
    took, used = time.monotonic() - start, workers.seconds - before
    say(f"{name}: {survived} survived, {failed} failed, {took:.0f} s, {used:.0f} s of processors")
    return {
        "survived": survived, "failed": failed, "seconds": round(took, 1), "processor_seconds": round(used, 2),
        "version": schoolsim.__version__, "python": platform.python_version(), "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }  # fmt: skip


def say(line: str) -> None:
    """Print a line at once; what was typed in a case may be no text."""
    sys.stdout.write(line.encode("utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()


def text(counts: dict[str, dict[str, int | float | str]]) -> str:
    """The counts as TOML, kinds in their order, each with what it tries and how many cases a night has."""
    lines = ["# Written by python -m tests.nightly; docs/generate.py makes docs/reliability.md of it."]
    for name, kind in KINDS.items():
        if name in counts:
            values = counts[name] | {"what": kind.what, "night": kind.many}
            told = (f"{key} = {value!r}".replace("'", '"') for key, value in values.items())
            lines += ["", f"[{name}]", *told]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
