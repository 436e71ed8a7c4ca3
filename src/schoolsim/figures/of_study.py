"""Draws the figures of a stored study: those its config asks for, or the usual ones of its design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds

from schoolsim.analysis.answers import Answer
from schoolsim.figures.registry import Tables, draw_figures
from schoolsim.studies.store.files import sha256

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config import Figure, StudyConfig
    from schoolsim.studies import StudyResult


def draw_study(result: StudyResult, config: StudyConfig) -> list[Path]:
    """Draw the figures of a config into the study's folder.

    Args:
        result: The study whose tables are drawn.
        config: The config whose `[[figures]]` are drawn.

    Returns:
        The files.

    Raises:
        UserError: One cannot be drawn as asked.
    """
    requests = requested_figures(result, config)
    tables = study_tables(result, requests)
    return draw_figures(
        tables.runs, tables.series, tables.columns, requests, provenance(result), result.folder / "figures",
        design=tables.design,
    )  # fmt: skip


def requested_figures(result: StudyResult, config: StudyConfig) -> list[dict[str, object]]:
    """Options of the figures that a config asks for; of the usual ones where it asks for none."""
    return [_with_defaults(figure, config) for figure in config.figures] or usual_figures(result)


def study_tables(result: StudyResult, requests: Sequence[Mapping[str, Any]]) -> Tables:
    """The tables that figures of a study are drawn from; without series and columns while it is not complete."""
    series = _series(result, requests) if result.complete else None
    columns = result.columns.to_dict("records") if result.complete else []
    return Tables(result.named_runs if series is None else result.runs, series, columns, result.design)


def usual_figures(result: StudyResult) -> list[dict[str, object]]:
    """The figures of a study that asks for none, by its design: differences, what outcomes hang on, or effects."""
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
    wanted = {str(name) for options in through_time for name in options.get("outcomes", ())}
    table = result.dataset("series")
    chosen = ds.field("half_term") >= 0
    if wanted:
        chosen &= ds.field("outcome").cast(pa.string()).isin(sorted(wanted))
    return table.to_table(filter=chosen).to_pandas()
