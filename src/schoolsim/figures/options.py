"""Options of the figures: what a `[[figures]]` table of a config may hold, checked without Matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
)

from schoolsim.analysis.sentences import has_scale
from schoolsim.figures.errors import FigureError
from schoolsim.parameters.errors import did_you_mean

if TYPE_CHECKING:
    import pandas as pd
    from pydantic_core import ErrorDetails

Width = Literal["column", "page"]
"""Of a figure: one column or the page of a journal."""

MOST_SIDE_BY_SIDE = 3
"""Panels that fit beside one another on a page."""

Level = StrictBool | StrictInt | StrictFloat | StrictStr


class FigureOptions(BaseModel):
    """Options of every figure; each may be left out.

    Args:
        kind: Which figure.
        name: Name of the files; the kind and the position in the config if left out.
        outcomes: Outcomes to draw; all.
        width: "page" or "column" of a journal.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: StrictStr
    name: StrictStr | None = None
    outcomes: list[StrictStr] | None = Field(default=None, min_length=1)
    width: Width = "page"


class SampleOptions(FigureOptions):
    """Options of the figure of a sensitivity analysis: outcomes and width."""


class EffectsOptions(FigureOptions):
    """Options of the figure of effects.

    Args:
        confidence: Coverage of the intervals.
    """

    confidence: float = Field(default=0.95, gt=0, lt=1)


class BoxesOptions(FigureOptions):
    """Options of the figure of scenario discovery, which is of one outcome; see `analysis.discover`.

    Args:
        at_least: The bound is met by this and more; this or `at_most` is given.
        at_most: The bound is met by this and less.
        fails: Draw the worlds that fail the bound.
        policy: Levels of levers that name the policy, such as { "badging.scope" = "collective" }.
        against: Levels of a policy whose outcome is taken off.
        density: Least density of a box.
        method: "prim" or "tree".
    """

    at_least: float | None = None
    at_most: float | None = None
    fails: StrictBool = False
    policy: dict[StrictStr, Level] | None = None
    against: dict[StrictStr, Level] | None = None
    density: float = Field(default=0.75, gt=0, le=1)
    method: Literal["prim", "tree"] = "prim"


class PoliciesOptions(FigureOptions):
    """Options of figures that compare policies over worlds: outcomes (`"name:min"` where less is better) and width."""


class ContrastOptions(FigureOptions):
    """Options of every figure that compares the levels of a lever; each may be left out.

    Args:
        kind: Which figure.
        name: Name of the files; the kind and the position in the config if left out.
        lever: Swept column whose levels are compared; the first that makes no panels.
        baseline: Level they are compared with; that of the study's first point.
        outcomes: Outcomes to draw; all.
        panels: Swept column that makes a panel of each level; competition if swept at a few
            levels; "" for one panel.
        confidence: Coverage of the intervals.
        width: "page" or "column" of a journal.
    """

    lever: StrictStr | None = None
    baseline: Level | None = None
    panels: StrictStr | None = None
    confidence: float = Field(default=0.95, gt=0, lt=1)


class SeriesOptions(ContrastOptions):
    """Options of the series figure.

    Args:
        show: "difference" draws paired differences from the baseline, "level" the outcomes.
        band: Around levels: "interval" of the mean, or the "spread" of most replications.
        share: Share of the replications that a spread holds.
    """

    show: Literal["difference", "level"] = "difference"
    band: Literal["interval", "spread"] = "interval"
    share: float = Field(default=0.8, gt=0, lt=1)


Options = TypeVar("Options", bound=FigureOptions)
Compared = TypeVar("Compared", bound=ContrastOptions)


def read_options(model: type[Options], given: Mapping[str, object]) -> Options:
    """Check the options of one figure.

    Raises:
        FigureError: If an option is unknown or has a value it may not have; says which are known.
    """
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        raise FigureError(f"figure {option_problem(model, given, error.errors()[0])}") from None


def option_problem(model: type[FigureOptions], given: Mapping[str, object], first: ErrorDetails) -> str:
    """What is wrong with the options of one figure, in a sentence that begins with its kind."""
    name = str(first["loc"][0])
    where = f'kind "{given.get("kind")}"'
    if first["type"] == "extra_forbidden":
        known = [field for field in model.model_fields if field != "kind"]
        return f'{where} has no option "{name}".{did_you_mean(name, known)} There are: {", ".join(known)}'
    message = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    return f"{where}, {name} = {given.get(name)!r}: {message}"


def resolve(options: Compared, points: pd.DataFrame, *, outcomes: Sequence[str]) -> Compared:
    """Fill in what was left out, from the points of the study.

    Args:
        options: What the config says.
        points: One row a point, in order: the columns that tell scenarios apart.
        outcomes: Outcomes that could be drawn.

    Returns:
        Options in which only `name` and `panels` may still be None.

    Raises:
        FigureError: If the study swept nothing.
    """
    swept = [str(name) for name in points]
    if not swept:
        raise FigureError("the study sweeps nothing, so there is nothing to compare")
    panels = options.panels
    if panels is None:
        few = [c for c in swept if has_scale(c) and points[c].nunique() <= MOST_SIDE_BY_SIDE]
        panels = next((c for c in few if c != options.lever), None)
    levers = [c for c in swept if c != panels]
    lever = options.lever or (levers[0] if levers else swept[0])
    baseline = options.baseline
    if baseline is None and lever in points:
        baseline = points[lever].iloc[0]
    filled = {
        "panels": panels if panels and panels != lever else None,
        "lever": lever,
        "baseline": baseline,
        "outcomes": options.outcomes or list(outcomes),
    }
    return options.model_copy(update=filled)
