"""`schoolsim search`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.commands.discover import say_files
from schoolsim.cli.configs import Changes, load, school_notes
from schoolsim.cli.errors import interrupted
from schoolsim.cli.output import number, say, say_json, say_table, tell
from schoolsim.cli.progress import executor_name, say_if_compiling
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.policy_search import Search

Budget = Annotated[int, typer.Option(help="Policies to try in all, those of earlier calls included.")]
Batch = Annotated[int, typer.Option(help="Policies that are proposed and run together.")]
MOST_SHOWN = 12


def search(
    config: options.Config,
    outcome: options.Outcomes,
    budget: Budget,
    batch: Batch = 8,
    out: options.Out = Path("results"),
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    replications: options.Replications = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    time_limit: options.TimeLimit = None,
    draw: options.Draw = False,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Search a study's levers for the policies that do best over its worlds. Typed again, it goes on where it stopped.

    Levers with a list or a range are searched, all else that varies makes the worlds. Each batch of policies is an
    ordinary study in the folder DIR/<config>_search: schoolsim answer results/x_search/batch_001
    """
    from schoolsim.analysis.robustness import directions
    from schoolsim.policy_search import search as find
    from schoolsim.studies import Execution
    from schoolsim.studies.school_model import school_model

    request = load(config, Changes(values, seed, years, replications, schools, authority))
    for note in school_notes(request.config):
        tell(f"Schools: {note}")
    ways = directions(outcome)
    if draw and len(ways) != 2:
        raise UserError("--draw shows policies by two outcomes: give two, or leave it out.")
    folder = out.expanduser() / f"{request.name}_search"
    execution = Execution(executor_name(executor, scheduler), workers, time_limit, scheduler, progress=not quiet)
    say_if_compiling(school_model(request.config))
    try:
        found = find(
            request.config, ways, budget=budget, out=folder, batch=batch, execution=execution,
            tell=None if quiet else tell,
        )  # fmt: skip
    except KeyboardInterrupt as interruption:
        kept = "What was tried is kept. To go on, type the same command again."
        raise interrupted(interruption, kept) from None
    files = _drawn(found) if draw else []
    if json:
        say_json({
            "folder": found.folder, "answer": list(found.lines()), "tried": len(found.trials),
            "exhausted": found.exhausted, "best": found.best.to_dict("records"),
            "trials": found.trials.to_dict("records"), "figures": files,
        })  # fmt: skip
        return
    for line in found.lines():
        say(line)
    say()
    _say_best(found)
    say(f"Every policy: {found.folder / 'trials.csv'}")
    say_files(files)


def _say_best(found: Search) -> None:
    """The best policies; of one outcome those that come next, too."""
    from schoolsim.analysis.policies import words

    shown = found.best
    if len(found.outcomes) == 1:
        ((outcome, way),) = found.outcomes.items()
        shown = found.trials.dropna(subset=[outcome]).sort_values(outcome, ascending=way == "min", kind="stable")
    names = list(found.outcomes)
    headers = [part for name in names for part in (f"{words(name)} ({name})", "± seeds")]
    say_table(
        ("policy", *headers, "levers"),
        [
            (
                row["policy"],
                *(number(row[part]) for name in names for part in (name, f"{name}.error")),
                found.words(row),
            )
            for row in shown.head(MOST_SHOWN).to_dict("records")
        ],
        right=headers,
    )
    say()


def _drawn(found: Search) -> list[str]:
    """The policies by the two outcomes, drawn into the folder of the search."""
    from schoolsim import __version__
    from schoolsim.figures.robustness import pareto_figure, pareto_note
    from schoolsim.figures.save import FORMATS, save_figure
    from schoolsim.studies.store.files import sha256

    table = found.trials.dropna(subset=list(found.outcomes)).rename(columns={"best": "on_front"})
    labels = {int(row["policy"]): found.words(row) for row in found.trials.to_dict("records")}
    figure = pareto_figure(table, found.outcomes, labels)
    origin = {
        "title": "Policies that were searched", "study": found.folder.resolve().name,
        "config_sha256": sha256(found.folder / "search.json"), "version": __version__, "commit": None,
    }  # fmt: skip
    paths = [found.folder / "figures" / f"pareto{ending}" for ending in FORMATS]
    for path in paths:
        save_figure(figure, path, origin, caption=pareto_note(table, labels))
    return [str(paths[0])]
