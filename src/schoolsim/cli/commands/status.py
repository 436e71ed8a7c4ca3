"""`schoolsim status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from schoolsim.studies import StudyStatus


def status(folder: options.Results, json: options.Json = False) -> None:
    """Say how a study stands, while it runs or long after."""
    from schoolsim.studies import read_status

    now = read_status(folder)
    if json:
        say_json({
            "title": now.title, "folder": now.folder, "state": now.state, "points": now.points, "done": now.done,
            "total": now.total, "counts": now.counts, "failures": now.failures, "wall_seconds": now.wall_seconds,
            "damaged": now.damaged,
        })  # fmt: skip
    else:
        _say(now)


def _say(now: StudyStatus) -> None:
    from schoolsim.studies.progress import duration

    total = "as many as its precision needs" if now.total is None else now.total
    by_status = ", ".join(f"{count} {name}" for name, count in sorted(now.counts.items()) if count)
    rows = [
        ("folder", now.folder),
        ("state", "complete" if now.state == "complete" else "not complete: runs are still to be made"),
        ("runs", f"{now.done} of {total}" + (f" ({by_status})" if by_status else "")),
        ("points", now.points),
        ("time", duration(now.wall_seconds)),
        *[("failure", path) for path in now.failures],
        *[("damaged", f"{path}: what it held is made again") for path in now.damaged],
    ]
    say(now.title, bold=True)
    say_table(["", ""], rows)
    if now.state != "complete":
        say(f"To go on: schoolsim resume {now.folder}")
