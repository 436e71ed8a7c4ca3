"""Opens a finished study and draws its figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.config import Figure, StudyConfig
    from schoolsim.studies import StudyResult


def open_finished(folder: Path) -> StudyResult:
    """The study in a folder.

    Raises:
        UserError: There is none, or runs are still to be made.
    """
    from schoolsim.studies import StudyResult, read_status

    result = StudyResult.open(folder)
    if not result.complete:
        now = read_status(folder)
        total = "" if now.total is None else f" of {now.total}"
        raise UserError(
            f"the study in {folder} is not complete: {now.done}{total} runs are made. "
            f"Finish it with schoolsim resume {folder}"
        )
    return result


def draw(result: StudyResult, config: StudyConfig) -> list[Path]:
    """Draw the figures of a config into the study's folder.

    Args:
        result: The study whose tables are drawn.
        config: The config whose `[[figures]]` are drawn.

    Returns:
        The files.

    Raises:
        UserError: One cannot be drawn as asked.
    """
    from schoolsim.figures import draw_figures

    requests = [_with_defaults(figure, config) for figure in config.figures] or usual_figures(result)
    # Before the policy no school is a partner: what goes through time is drawn from the half-term in which it begins.
    through_time = any(options["kind"] == "series" for options in requests)
    columns = result.columns.to_dict("records")
    return draw_figures(
        result, through_time, columns, requests, provenance(result), result.folder / "figures", design=result.design
    )


def usual_figures(result: StudyResult) -> list[dict[str, object]]:
    """The figures of a study that asks for none, by its design: differences, what outcomes hang on, or effects."""
    from schoolsim.analysis import Answer

    found = Answer(result)
    outcomes = {"outcomes": found.outcomes}
    if found.kind == "one point":
        return [{"kind": "effects", "name": "effects"}]
    if found.kind in ("saltelli", "morris"):
        return [{"kind": "sensitivity", "name": "sensitivity", **outcomes}]
    panels = next(iter(found.settings()), "")
    return [
        {"kind": "contrast", "name": f"differences_{number}", "lever": lever, "baseline": baseline, "panels": panels,
         **outcomes}
        for number, (lever, baseline) in enumerate(found.levers().items(), 1)
    ]  # fmt: skip


def provenance(result: StudyResult) -> dict[str, object]:
    """Where a figure comes from, the same whenever and wherever it is drawn again."""
    from schoolsim.studies.store.files import sha256

    manifest = result.manifest
    checkout = manifest["git"]["schoolsim"]
    commit = None
    if checkout is not None:
        commit = checkout["commit"][:12] + (" with changes" if checkout["dirty"] else "")
    return {
        "title": manifest["title"],
        "study": result.folder.resolve().name,
        "config_sha256": sha256(result.folder / "study.toml"),
        "version": manifest["study"]["version"],
        "commit": commit,
    }


def _with_defaults(figure: Figure, config: StudyConfig) -> dict[str, object]:
    """A figure with what it leaves out taken from `[outcomes]`."""
    options: dict[str, object] = {"kind": figure.kind, **figure.options}
    baseline = config.outcomes.baseline
    if "lever" not in options and baseline:
        options["lever"] = next(iter(baseline))
    if "baseline" not in options and options.get("lever") in baseline:
        options["baseline"] = baseline[str(options["lever"])]
    if "outcomes" not in options and config.outcomes.report:
        options["outcomes"] = list(config.outcomes.report)
    return options
