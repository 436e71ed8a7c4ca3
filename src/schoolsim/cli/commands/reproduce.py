"""`schoolsim reproduce`."""

from __future__ import annotations

import typer

from schoolsim.cli import options
from schoolsim.cli.errors import FAILED
from schoolsim.cli.output import say, say_json
from schoolsim.cli.progress import executor_name


def reproduce(
    folder: options.Results,
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    model: options.Model = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Run a finished study again, elsewhere, and say whether every table has the same bytes.

    The folder is only read. What differs is told, table by table, with what is different about this machine.
    """
    from schoolsim.studies import Execution
    from schoolsim.studies import reproduce as again

    how = executor_name(executor, scheduler)
    found = again(folder, Execution(how, workers, scheduler=scheduler, progress=not quiet), model=model or None)
    if json:
        say_json({
            "folder": found.folder, "same": found.same, "differences": found.differences,
            "circumstances": found.circumstances,
        })  # fmt: skip
    else:
        say(str(found))
    if not found.same:
        raise typer.Exit(FAILED)
