"""`schoolsim robust`."""

from __future__ import annotations

from schoolsim.cli import options
from schoolsim.cli.commands.answer import unfinished
from schoolsim.cli.commands.discover import drawn, say_files
from schoolsim.cli.output import number, say, say_json, say_table


def robust(
    folder: options.Results,
    outcome: options.Outcomes,
    at_least: options.AtLeast = None,
    at_most: options.AtMost = None,
    draw: options.Draw = False,
    json: options.Json = False,
) -> None:
    """Compare policies over the worlds of a study: regret, the worst world, bounds met, and those that none beats.

    Several outcomes also give the policies that no other beats in all of them:
    schoolsim robust DIR --outcome progress.mean --outcome pounds.granted:min
    """
    from schoolsim.analysis.policies import words
    from schoolsim.analysis.robustness import directions
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    found = result.robust(directions(outcome), at_least=at_least, at_most=at_most)
    lines = [*unfinished(result), *found.lines()]
    files = []
    if draw:
        for kind in ("regret", "pareto") if len(found.outcomes) == 2 else ("regret",):
            name = "_".join([kind, *found.outcomes])
            files += drawn(folder, {"kind": kind, "name": name, "outcomes": outcome})
    table = found.table.assign(label=found.table["policy"].map(found.labels))
    if json:
        say_json({
            "answer": lines, "worlds": found.worlds, "left_out": found.left_out, "table": table.to_dict("records"),
            "pareto": found.front.to_dict("records"), "figures": files,
        })  # fmt: skip
        return
    for line in lines:
        say(line)
    for name in found.outcomes:
        say()
        rows = table[table["outcome"] == name].sort_values("regret_max", kind="stable").to_dict("records")
        numbers = ["mean", "worst", "regret_mean", "regret_90", "regret_max", "regret_error", "regret_other_seeds"]
        shares = ["best", "clearly_beaten", *(["satisfied", "satisfied_unsure"] if found.bound else [])]
        say_table(
            (f"{words(name)} ({name})", *(HEADERS[column] for column in [*numbers, *shares])),
            [
                (
                    row["label"],
                    *(number(row[column]) for column in numbers),
                    *(_share(row[column]) for column in shares),
                )
                for row in rows
            ],
            right=list(HEADERS.values()),
        )
    if len(found.outcomes) > 1:
        say()
        say_table(
            ("beaten by none", *(f"{words(name)} ({name})" for name in found.outcomes), "so in worlds"),
            [
                (found.labels[row["policy"]], *(number(row[name]) for name in found.outcomes),
                 _share(row["share_of_worlds"]))
                for row in found.front[found.front["on_front"]].to_dict("records")
            ],
        )  # fmt: skip
    say_files(files)


HEADERS = {
    "mean": "mean",
    "worst": "worst world",
    "regret_mean": "mean regret",
    "regret_90": "90% below",
    "regret_max": "most regret",
    "regret_error": "± seeds",
    "regret_other_seeds": "with other seeds",
    "best": "best in",
    "clearly_beaten": "clearly beaten in",
    "satisfied": "meets the bound in",
    "satisfied_unsure": "unsure",
}
"""Columns of the table of measures, as they are headed."""


def _share(value: float) -> str:
    return "–" if value != value else f"{value:.0%}"
