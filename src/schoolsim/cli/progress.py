"""Runs a study from the command line, and reports how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from schoolsim.cli.errors import FAILED, interrupted
from schoolsim.cli.options import Executor
from schoolsim.cli.output import counted, say, say_json, say_table, tell
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.studies import Execution, ModelReference, StudyPlan, StudyResult

MOST_FAILURES_SHOWN = 5


def executor_name(executor: Executor, scheduler: str | None) -> str:
    """The executor; an address of a Dask scheduler asks for Dask.

    Raises:
        UserError: A scheduler was given to an executor that has none.
    """
    if scheduler is None:
        return executor.value
    if executor not in (Executor.auto, Executor.dask):
        raise UserError(f"--scheduler is Dask's: leave out --executor {executor.value}, or use --executor dask.")
    return Executor.dask.value


def say_if_compiling(model: ModelReference) -> None:
    """Say why the first run of a version takes a while."""
    from schoolsim.studies.model import SCHOOL_MODEL

    if model.path != SCHOOL_MODEL:
        return
    from schoolsim.system.compiling import is_compiled

    if not is_compiled():
        tell("Compiling the model, once for this version: about half a minute.")


def carry_out(plan: StudyPlan, folder: Path, execution: Execution, *, json: bool) -> None:
    """Make the runs that are missing; say where the results are; end with the exit code that belongs to them.

    Args:
        plan: The study.
        folder: Its results folder.
        execution: How to run.
        json: Whether to say it as JSON.

    Raises:
        typer.Exit: Some runs failed (1), or the work was interrupted (130, 143 or 129).
    """
    from schoolsim.studies import StudyResult, sweep
    from schoolsim.studies.errors import RunFailedError

    say_if_compiling(plan.model)
    try:
        result = StudyResult.open(sweep(plan, folder, execution))
    except KeyboardInterrupt as interruption:
        raise interrupted(interruption, _how_to_go_on(folder)) from None
    except RunFailedError as error:
        tell(f"Error: {error}".replace("run with retry_failed", f"schoolsim resume {folder} --retry-failed"))
        raise typer.Exit(FAILED) from None
    if json:
        say_json(summary(result))
    else:
        _say_summary(result)
    if failures(result):
        raise typer.Exit(FAILED)


def summary(result: StudyResult) -> dict[str, object]:
    """A finished study for programs."""
    return {
        "title": result.manifest["title"],
        "folder": result.folder,
        "state": result.manifest["state"],
        "points": len(result.points),
        "counts": result.counts,
        "tables": {name: result.folder / name for name in _TABLES if (result.folder / name).is_file()},
        "failed": failures(result),
        "unsettled": result.manifest.get("unsettled", {}),
        "wall_seconds": result.manifest["wall_seconds"],
    }


def failures(result: StudyResult) -> list[dict[str, object]]:
    """The runs that went wrong: which, how, and the file that tells all."""
    if not set(result.counts) - {"ok"}:
        return []
    rows = result.unfinished.to_dict("records")
    return [{**row, "file": result.folder / "failures" / f"{row['run']}.txt"} for row in rows]


_TABLES = {
    "runs.parquet": "a row a run: its point, seed, status and outcomes",
    "series.parquet": "every outcome of every run, half-term by half-term",
    "columns.json": "what each column is, with its unit",
    "manifest.json": "versions, seeds, times, hashes, what to cite",
    "study.toml": "the whole config; running it gives the same tables",
}


def _say_summary(result: StudyResult) -> None:
    from schoolsim.analysis.sentences import outcome_words
    from schoolsim.studies.progress import duration

    counts, folder = result.counts, result.folder
    unfinished = {status: count for status, count in counts.items() if status != "ok"}
    failed = ", ".join(f"{count} {status}" for status, count in unfinished.items()) or "none failed"
    say(str(result.manifest["title"]), bold=True)
    say(
        f"{counted(sum(counts.values()), 'run')} of {counted(len(result.points), 'point')}, {failed}, "
        f"in {duration(result.manifest['wall_seconds'])}."
    )
    say_table(["", ""], [(folder / name, what) for name, what in _TABLES.items() if (folder / name).is_file()])
    for failure in failures(result)[:MOST_FAILURES_SHOWN]:
        say(f"{failure['status']}: run {failure['run']}: {failure['error']}; see {failure['file']}")
    for name, points in result.manifest.get("unsettled", {}).items():
        outcome = f"{outcome_words(name).label} ({name})"
        of_differences = "compared" in result.manifest["study"]["replications"]
        where = f"in {counted(points, 'difference')}" if of_differences else f"at {counted(points, 'point')}"
        say(
            f"Not precise enough after the most replications: {outcome}, {where} (schoolsim status {folder}). "
            "Raise max in the config's replications and sweep again: what is there is kept."
        )
    if unfinished:
        say(f"To make these runs again: schoolsim resume {folder} --retry-failed")
    say(f"Next: schoolsim figures {folder}, and schoolsim answer {folder}")


def _how_to_go_on(folder: Path) -> str:
    from schoolsim.studies import read_status
    from schoolsim.studies.errors import StoreError

    try:
        now = read_status(folder)
    except StoreError:
        return "No run was made yet."
    total = "" if now.total is None else f" of {now.total}"
    return f"{now.done}{total} runs are kept. To go on: schoolsim resume {folder}"
