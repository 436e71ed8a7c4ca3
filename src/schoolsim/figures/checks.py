"""Checks the `[[figures]]` of a config before its first run, without Matplotlib."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from schoolsim.analysis.factors import factors_of
from schoolsim.config.errors import ConfigIssue
from schoolsim.config.settings import Range
from schoolsim.figures.kinds import FIGURES
from schoolsim.figures.options import (
    BoxesOptions,
    ContrastOptions,
    EffectsOptions,
    PoliciesOptions,
    SampleOptions,
    SeriesOptions,
    option_problem,
)
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.values import shown

if TYPE_CHECKING:
    from schoolsim.config import Figure, StudyConfig

DIRECTIONS = ("max", "min")


def figure_issues(config: StudyConfig) -> Iterator[ConfigIssue]:
    """What is wrong with the figures that a study asks for, each at its key; kinds are checked elsewhere."""
    for place, figure in enumerate(config.figures):
        if figure.kind in FIGURES:
            for issue in _issues(figure, config):
                yield issue.under("figures", place)
    names = [figure.options.get("name") for figure in config.figures]
    for place, name in enumerate(names):
        if name is not None and name in names[:place]:
            yield ConfigIssue(("figures", place, "name"), f"two [[figures]] have the name {shown(name)}.")


def _issues(figure: Figure, config: StudyConfig) -> Iterator[ConfigIssue]:
    kind = FIGURES[figure.kind].options
    given = {"kind": figure.kind, **figure.options}
    try:
        kind.model_validate(given)
    except ValidationError as error:
        for first in error.errors()[:1]:
            yield ConfigIssue((str(first["loc"][0]),), f"[[figures]] {option_problem(kind, given, first)}")
        return
    yield from _outcome_issues(figure.options, policies=issubclass(kind, PoliciesOptions))
    fault = _of_the_study(figure, kind, config)
    if fault:
        yield ConfigIssue(("kind",), f'[[figures]] kind = "{figure.kind}" {fault}')
    elif issubclass(kind, ContrastOptions):
        yield from _column_issues(figure, config, series=issubclass(kind, SeriesOptions))


def _outcome_issues(options: Mapping[str, Any], *, policies: bool) -> Iterator[ConfigIssue]:
    """Outcomes that there are not; those of figures of policies may say which way is better."""
    for place, text in enumerate(options.get("outcomes", ())):
        name, colon, way = text.partition(":") if policies else (text, "", "")
        if name not in OUTCOMES:
            message = f"[[figures]] outcomes: {shown(name)} is not an outcome.{did_you_mean(name, OUTCOMES)}"
            yield ConfigIssue(("outcomes", place), message)
        elif colon and way not in DIRECTIONS:
            message = f'[[figures]] outcomes: {shown(text)} must end in ":max" or ":min", or in nothing.'
            yield ConfigIssue(("outcomes", place), message)


def _of_the_study(figure: Figure, kind: type, config: StudyConfig) -> str:
    """Why the study has nothing that a figure of this kind shows; empty where it has."""
    design, outcomes = config.design.kind, figure.options.get("outcomes", ())
    if kind is SampleOptions and design not in ("saltelli", "morris"):
        other = ' Indices come from kind = "saltelli".' if design == "sobol" else ""
        return f'needs [design] kind = "saltelli" or "morris", and this study has "{design}".{other}'
    if kind is BoxesOptions and len(outcomes) != 1:
        return 'is of one outcome: outcomes = ["progress.mean"].'
    if kind is BoxesOptions and len({"at_least", "at_most"} & set(figure.options)) != 1:
        return "needs a bound, at_least or at_most, and one only."
    if figure.kind == "pareto" and len(outcomes) != 2:
        return 'is of two outcomes: outcomes = ["pounds.granted:min", "progress.mean"].'
    if kind is not EffectsOptions and design == "grid" and not config.axes():
        return "compares what a study varies, and this one varies nothing."
    return ""


def _column_issues(figure: Figure, config: StudyConfig, *, series: bool) -> Iterator[ConfigIssue]:
    """Levers, panels and baselines that the study does not vary."""
    levels = _levels(config, parts=series)
    if config.design.kind == "file":
        return  # what varies is in the file
    for key in ("lever", "panels"):
        name = figure.options.get(key)
        if name and name not in levels:
            known = ", ".join(levels) or "nothing"
            message = f"[[figures]] {key}: the study does not vary {shown(name)}.{did_you_mean(name, levels)}"
            yield ConfigIssue((key,), f"{message} It varies {known}.")
    lever, baseline = figure.options.get("lever"), figure.options.get("baseline")
    known_levels = levels.get(str(lever))
    if baseline is not None and known_levels and baseline not in known_levels:
        message = f"[[figures]] baseline: {shown(baseline)} is no level of {shown(lever)} here."
        yield ConfigIssue(("baseline",), f"{message} The levels are {', '.join(map(shown, known_levels))}.")


def _levels(config: StudyConfig, *, parts: bool) -> dict[str, tuple[object, ...]]:
    """The levels of what varies, by name; none for a range. Series are told by parameters, all else by factors."""
    found: dict[str, tuple[object, ...]] = {}
    for name, setting in config.swept().items():
        if isinstance(setting, Range):
            found[name] = () if setting.levels is None else setting.values()
        else:
            found[name] = setting
    for factor, group in zip(factors_of(config), config.linked, strict=True):
        if parts:
            found |= dict(zip(group.parameters, zip(*group.values, strict=True), strict=True))
        else:
            found[factor.name] = tuple(factor.levels.values())
    return found
