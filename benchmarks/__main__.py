"""Time schoolsim, all arms in turns, in one sitting.

    python -m benchmarks [--quick] [--json] [--only authority region twin cold sweeps batches stored]

Ratios are what to compare between machines; seconds are for orientation. See docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from benchmarks.machine import describe, usable
from benchmarks.sections import FULL, QUICK, SECTIONS
from benchmarks.timing import Figure, MeasurementError


def number(value: float | None) -> str:
    """Three figures that count, or a dash."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    head = ("what", "median", "by processor", "least", "most", "rounds", "promise", "")
    lines = [head] + [
        (
            one.name,
            f"{number(one.wall)} {one.unit}",
            f"{number(one.cpu)}",
            number(one.low),
            number(one.high),
            str(one.rounds),
            f"{one.limit} {one.unit}" if one.limit else "",
            {True: "kept", False: "NOT KEPT", None: ""}[one.kept],
        )
        for one in figures
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 7) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def measured(names: Sequence[str], *, quick: bool) -> tuple[list[Figure], dict[str, str]]:
    """Run sections; returns their figures, and why a section could not be measured."""
    figures: list[Figure] = []
    missing: dict[str, str] = {}
    for name in names:
        sys.stderr.write(f"{name}: {SECTIONS[name].__doc__}\n")
        try:
            figures += SECTIONS[name](QUICK if quick else FULL)
        except MeasurementError as reason:
            missing[name] = str(reason)
    return figures, missing


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and shorter runs")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    options = parser.parse_args(arguments)
    machine = describe()
    figures, missing = measured(options.only, quick=options.quick)
    if options.json:
        told = {"machine": machine, "figures": [asdict(one) | {"kept": one.kept} for one in figures]}
        sys.stdout.write(json.dumps(told | {"not measured": missing}, indent=2) + "\n")
        return
    sys.stdout.write("\n".join(f"{name:10} {value}" for name, value in machine.items()) + "\n\n")
    sys.stdout.write(table(figures) + "\n")
    for name, reason in missing.items():
        sys.stdout.write(f"\n{name} was not measured: {reason}\n")
    if float(machine["load"]) > 0.5 * len(usable()) or os.getloadavg()[0] > len(usable()):
        sys.stdout.write("\nThe machine was busy: trust the ratios, and processor time before the clock.\n")


if __name__ == "__main__":
    main()
