"""Draws the figures of a stored study: those its config asks for, or the usual ones of its design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.analysis.answers import Answer
from schoolsim.config import Figure
from schoolsim.figures.registry import draw, draw_figures
from schoolsim.figures.tables import Drawn, Tables
from schoolsim.studies.store.files import sha256

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import StudyResult


THROUGH_TIME = ("adoption", "distribution", "series")
"""Kinds of figure that may be drawn from the half-terms of a study."""


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


def draw_figure(result: StudyResult, kind: str = "", options: Mapping[str, object] | None = None) -> Drawn:
    """One figure of a study.

    Args:
        result: The study.
        kind: Of figure, as `schoolsim list figures` names it; empty for the first that the study asks for, or the usual
            one of its design.
        options: Of the figure, as in a `[[figures]]` table; what is left out is the study's.

    Returns:
        The figure, its caption and its numbers; a notebook shows it.

    Raises:
        UserError: It cannot be drawn as asked.
    """
    if kind:
        request = _with_defaults(Figure.model_validate({"kind": kind, **(options or {})}), result.config)
    else:
        request = {**requested_figures(result, result.config)[0], **(options or {})}
    return draw(study_tables(result, [request]), request, provenance(result))


def requested_figures(result: StudyResult, config: StudyConfig) -> list[dict[str, object]]:
    """Options of the figures that a config asks for; of the usual ones where it asks for none."""
    return [_with_defaults(figure, config) for figure in config.figures] or usual_figures(result)


def study_tables(result: StudyResult, requests: Sequence[Mapping[str, Any]]) -> Tables:
    """The tables that figures of a study are drawn from; without series and columns while it is not complete.

    Before the policy no school is a partner: what goes through time is drawn from the half-term in which it begins.
    """
    through_time = any(options["kind"] in THROUGH_TIME for options in requests)
    if through_time and result.complete:
        result.dataset("series")  # compared with its hash before anything is drawn
    columns = result.columns.to_dict("records") if result.complete else []
    return Tables(result, through_time and result.complete, columns, result.design)


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
    from schoolsim.figures.options import ContrastOptions, DoseOptions

    options: dict[str, object] = {"kind": figure.kind, **figure.options}
    kind = FIGURES.get(figure.kind)
    baseline = config.baseline if kind is None or issubclass(kind.options, ContrastOptions) else {}
    # A dose curve is of a number: the first lever of the baseline may be none.
    if "lever" not in options and baseline and (kind is None or not issubclass(kind.options, DoseOptions)):
        options["lever"] = next(iter(baseline))
    if "baseline" not in options and options.get("lever") in baseline:
        options["baseline"] = baseline[str(options["lever"])]
    if "outcomes" not in options and config.outcomes.report and (kind is None or kind.options.reported):
        options["outcomes"] = list(config.outcomes.report)
    return options
