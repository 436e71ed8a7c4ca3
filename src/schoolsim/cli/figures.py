"""Opens a finished study and draws its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

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
    series = _series(result, requests)
    columns = result.columns.to_dict("records")
    return draw_figures(
        result.named_runs if series is None else result.runs, series, columns, requests, provenance(result),
        result.folder / "figures", design=result.design,
    )  # fmt: skip


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
    from schoolsim.figures.kinds import FIGURES
    from schoolsim.figures.options import ContrastOptions

    options: dict[str, object] = {"kind": figure.kind, **figure.options}
    kind = FIGURES.get(figure.kind)
    baseline = config.outcomes.baseline if kind is None or issubclass(kind.options, ContrastOptions) else {}
    if "lever" not in options and baseline:
        options["lever"] = next(iter(baseline))
    if "baseline" not in options and options.get("lever") in baseline:
        options["baseline"] = baseline[str(options["lever"])]
    if "outcomes" not in options and config.outcomes.report:
        options["outcomes"] = list(config.outcomes.report)
    return options


def _series(result: StudyResult, requests: Sequence[Mapping[str, Any]]) -> pd.DataFrame | None:
    """What figures through time show of the series: their outcomes, from the half-term in which the policy begins.

    Before it no school is a partner, so outcomes of partners have no value there. The whole series of a large study
    does not fit in memory.
    """
    through_time = [options for options in requests if options["kind"] == "series"]
    if not through_time:
        return None
    import pyarrow as pa
    import pyarrow.dataset as ds

    wanted = {str(name) for options in through_time for name in options.get("outcomes", ())}
    table = result.dataset("series")
    chosen = ds.field("half_term") >= 0
    if wanted:
        chosen &= ds.field("outcome").cast(pa.string()).isin(sorted(wanted))
    return table.to_table(filter=chosen).to_pandas()
