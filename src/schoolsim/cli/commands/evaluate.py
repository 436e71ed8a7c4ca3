"""`schoolsim evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim import __version__
from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load, school_notes
from schoolsim.cli.errors import interrupted
from schoolsim.cli.output import say, say_json, say_table, tell
from schoolsim.cli.progress import executor_name, say_if_compiling

if TYPE_CHECKING:
    from schoolsim.evaluations import Evaluation


def evaluate(
    config: options.Config,
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
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Evaluate an evaluation: how often its design would find a programme's effect, and by how much it would be off.

    The config has an [evaluation] table: schoolsim list evaluations. All schools are run with the programme and
    without it; samples are drawn as an evaluator would have them, and estimates are held against the true effect.
    Typed again, it makes only what is missing. Tables, figure and runs go to the folder DIR/<config>_evaluation.
    """
    from schoolsim.evaluations import evaluate as find
    from schoolsim.studies import Execution
    from schoolsim.studies.school_model import school_model

    request = load(config, Changes(values, seed, years, replications, schools, authority))
    for note in school_notes(request.config):
        tell(f"Schools: {note}")
    folder = out.expanduser() / f"{request.name}_evaluation"
    execution = Execution(executor_name(executor, scheduler), workers, time_limit, scheduler, progress=not quiet)
    say_if_compiling(school_model(request.config))
    try:
        found = find(request.config, out=folder, execution=execution, tell=None if quiet else tell)
    except KeyboardInterrupt as interruption:
        kept = "What was run is kept. To go on, type the same command again."
        raise interrupted(interruption, kept) from None
    files = _drawn(found, folder)
    if json:
        say_json({
            "folder": folder, "answer": list(found.lines()), "table": found.table.to_dict("records"), "figures": files,
        })  # fmt: skip
        return
    for line in found.lines():
        say(line)
        say()
    _say_table(found)
    say()
    drawn = ", ".join(path.name for path in files)
    say(f"In {folder}: evaluation.csv, samples.csv, {drawn}, and the runs of every arm.")


def _say_table(found: Evaluation) -> None:
    numbers = ("authorities", "schools of each", "years", "effect", "estimate", "bias", "power", "wrong sign",
               "false alarms")  # fmt: skip
    say_table(
        (*numbers, "power between"),
        [
            (int(row["authorities"]), int(row["schools"]) or "all", int(row["years"]),
             *(f"{row[word]:+.2f}" for word in ("effect", "estimate", "bias")), f"{row['power']:.0%}",
             f"{row['wrong_sign']:.0%}", f"{row['false_alarms']:.0%}",
             f"{row['power_low']:.0%} and {row['power_high']:.0%}")
            for row in found.table.to_dict("records")
        ],
        right=numbers,
    )  # fmt: skip


def _drawn(found: Evaluation, folder: Path) -> list[Path]:
    """The figure and its caption."""
    from schoolsim.figures import evaluation_caption, evaluation_figure, save_figure
    from schoolsim.studies.store.files import sha256, whole_file

    figure, caption = evaluation_figure(found), evaluation_caption(found)
    origin = {
        "title": found.title, "study": folder.resolve().name, "config_sha256": sha256(folder / "design.toml"),
        "version": __version__, "commit": None,
    }  # fmt: skip
    files = [save_figure(figure, folder / f"power{ending}", origin, caption=caption) for ending in (".png", ".svg")]
    with whole_file(folder / "power.txt") as draft:
        draft.write_text(f"{caption}\n", encoding="utf-8")
    return [*files, folder / "power.txt"]
