"""Put cases of every kind to schoolsim, and write how many it survived into docs/measured/reliability.toml.

    python -m tests.nightly [--only KIND ...] [--share 0.01] [--seconds 480]

Exit code 1 if any failed; each is printed with the seed that repeats it. `docs/generate.py` makes the page of it.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import schoolsim
from tests.nightly.kinds import KINDS, cases

COUNTS = Path(__file__).parents[2] / "docs" / "measured" / "reliability.toml"


def main() -> int:
    """Try, tell and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.nightly", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--share", type=float, default=1.0, help="of the cases of a night")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="that a kind may take")
    asked = parser.parse_args()
    counts = tomllib.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.is_file() else {}
    failed = 0
    for name in asked.only:
        counts[name] = measured(name, max(1, round(KINDS[name].many * asked.share)), asked.seconds)
        failed += int(counts[name]["failed"])
        COUNTS.write_text(text(counts), encoding="utf-8")
    return 1 if failed else 0


def measured(name: str, number: int, seconds: float) -> dict[str, object]:
    """Try a number of cases of a kind, or as many as end in time."""
    start, survived, failed = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed, fault in cases(name, range(number), Path(folder)):
            if fault:
                failed += 1
                sys.stdout.write(f"{name} {seed}: {fault}\n")
                sys.stdout.flush()
            else:
                survived += 1
            if time.monotonic() - start > seconds:
                break
    took = time.monotonic() - start
    sys.stdout.write(f"{name}: {survived} survived, {failed} failed, {took:.0f} s\n")
    sys.stdout.flush()
    return {
        "survived": survived, "failed": failed, "seconds": round(took, 1),
        "version": schoolsim.__version__, "python": platform.python_version(), "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }  # fmt: skip


def text(counts: dict[str, dict[str, object]]) -> str:
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
