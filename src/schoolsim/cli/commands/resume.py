"""`schoolsim resume`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.cli import options
from schoolsim.cli.progress import carry_out, executor_name

if TYPE_CHECKING:
    from schoolsim.studies import StudyPlan


def resume(
    folder: options.Results,
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    model: options.Model = None,
    time_limit: options.TimeLimit = None,
    retry_failed: options.RetryFailed = False,
    fail_fast: options.FailFast = False,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Go on with a study that was interrupted, from the config in its own folder.

    The tables come out the same as if it had never been interrupted.
    """
    from schoolsim.studies import Execution

    how = executor_name(executor, scheduler)
    execution = Execution(how, workers, time_limit, scheduler, fail_fast, retry_failed, progress=not quiet)
    carry_out(_plan(folder, model), folder, execution, json=json)


def _plan(folder: Path, model: list[str] | None) -> StudyPlan:
    """The plan of the folder's study; of the school model, with its files of schools looked at again."""
    from schoolsim.cli.configs import Asked
    from schoolsim.studies import StudyResult
    from schoolsim.studies.model import SCHOOL_MODEL
    from schoolsim.studies.store.folder import Folder
    from schoolsim.studies.store.stored_plan import stored_plan

    result = StudyResult.open(folder)
    if result.manifest["study"]["model"] == SCHOOL_MODEL and not model:
        return Asked(folder.name, result.config).study().plan
    return stored_plan(Folder(folder), result.manifest, model or None)
