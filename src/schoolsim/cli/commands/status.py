"""`schoolsim status`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from schoolsim.analysis.quantities import decimals_for, number, with_unit
from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.studies import StudyStatus
    from schoolsim.studies.status import NotReached

MOST_SHOWN = 20
"""Rows of what was not reached."""


def status(folder: options.Results, json: options.Json = False) -> None:
    """Say how a study stands, while it runs or long after."""
    from schoolsim.studies import read_status

    now = read_status(folder)
    if json:
        say_json({
            "title": now.title, "folder": now.folder, "state": now.state, "points": now.points, "done": now.done,
            "total": now.total, "counts": now.counts, "failures": now.failures, "wall_seconds": now.wall_seconds,
            "damaged": now.damaged, "not_reached": [asdict(one) for one in now.not_reached],
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
    _say_not_reached(now)
    if now.state != "complete":
        say(f"To go on: schoolsim resume {now.folder}")


def _say_not_reached(now: StudyStatus) -> None:
    """What is not as precise as the study asks, the widest first."""
    if not now.not_reached:
        return
    from schoolsim.analysis.sentences import outcome_words
    from schoolsim.studies import StudyResult

    points = StudyResult.open(now.folder).named_points
    widest = sorted(now.not_reached, key=lambda one: one.wanted / one.half_width if one.half_width else 0.0)
    say()
    say("Not as precise as asked for, after the most replications", bold=True)
    rows = []
    for one in widest[:MOST_SHOWN]:
        words = outcome_words(one.outcome)
        widths = [
            with_unit(number(width, decimals_for(0.0, width)), words.unit) for width in (one.half_width, one.wanted)
        ]
        rows.append((f"{words.label} ({one.outcome})", _subject(one, points), *widths))
    say_table(["outcome", "of what", "half-width", "wanted"], rows)
    if len(widest) > MOST_SHOWN:
        say(f"... and {len(widest) - MOST_SHOWN} more.")
    say("Raise max in the config's replications and sweep again: what is there is kept.")


def _subject(one: NotReached, points: pd.DataFrame) -> str:
    """The difference, or the point, that something is not reached of."""
    from schoolsim.analysis.policies import policy_words
    from schoolsim.analysis.sentences import comparison, place_words

    if one.compared is None:
        return policy_words(points.iloc[one.number].to_dict()) or "the study's one point"
    plus, minus = (points.iloc[list(side)] for side in (one.compared.plus, one.compared.minus))
    (lever,) = (name for name in points if set(plus[name]).isdisjoint(minus[name]))
    said = comparison(str(lever), plus[lever].iloc[0], minus[lever].iloc[0])
    held = [name for name in points if plus[name].nunique() == 1 < points[name].nunique() and name != lever]
    return ", ".join(
        [said, *(place_words(str(name), plus[name].iloc[0], list(points[name].unique())) for name in held)]
    )
