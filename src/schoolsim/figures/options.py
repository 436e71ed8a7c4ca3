"""Options of the figures: what a `[[figures]]` table of a config may hold, checked without Matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

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
    reported: ClassVar[bool] = True
    """Whether the outcomes that a study reports are drawn where none are chosen, rather than those of the kind."""

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


class ResponseOptions(ContrastOptions):
    """Options of figures of outcomes along the levels of a lever.

    Args:
        lines: Swept column with a line for each of its levels; the next that is swept at a few levels, "" for one line.
        show: "difference" draws paired differences from the baseline, "level" the outcomes.
    """

    lines: StrictStr | None = None
    show: Literal["difference", "level"] = "difference"


class DoseOptions(ResponseOptions):
    """Options of the dose curve of a lever that is a number; the first such lever where none is chosen.

    Args:
        show: "difference" draws paired differences from the baseline, "level" the outcomes, as of a lever that is
            sampled.
        bins: Groups of as many points each, for a lever that is sampled.
    """

    bins: int = Field(default=8, ge=2, le=50)


class PlaneOptions(ContrastOptions):
    """Options of the plane of two outcomes, across and up: the gains of originators and of partners.

    Args:
        show: "difference" draws paired differences from the baseline, "level" the outcomes.
        replications: Draw each replication as a small mark.
    """

    reported: ClassVar[bool] = False

    show: Literal["difference", "level"] = "difference"
    replications: StrictBool = True


class RankingOptions(PoliciesOptions):
    """Options of the ranking of policies over worlds.

    Args:
        confidence: Coverage of the intervals of differences and of ranks.
        most: Policies drawn, the best first.
    """

    confidence: float = Field(default=0.95, gt=0, lt=1)
    most: int = Field(default=20, ge=2, le=40)


class ConvergenceOptions(SampleOptions):
    """Options of the figure of how indices settle as a sample grows.

    Args:
        inputs: Inputs drawn, those of the largest indices; at most 6.
    """

    inputs: int = Field(default=5, ge=1, le=6)


class LevelsOptions(FigureOptions):
    """Options of figures that put a few outcomes of their own beside one another, by the levels of a lever.

    Args:
        lever: Swept column whose levels stand beside one another; the first that is swept at a few levels.
        panels: Swept column that makes a panel of each level; "" for one panel.
        confidence: Coverage of the intervals.
    """

    reported: ClassVar[bool] = False

    lever: StrictStr | None = None
    panels: StrictStr | None = None
    confidence: float = Field(default=0.95, gt=0, lt=1)


class UsesOptions(FigureOptions):
    """Options of the figure of hours and pounds by use.

    Args:
        lever: Swept column with a bar for each of its levels; the first that is swept at a few levels.
    """

    reported: ClassVar[bool] = False

    lever: StrictStr | None = None


class AdoptionOptions(FigureOptions):
    """Options of adoption curves.

    Args:
        of: "modes" draws partnerships by mode, "sources" what was learnt since the policy began, by its source.
        panels: Swept column that makes a panel of each level; the first that is swept at a few levels, "" for one
            panel.
        confidence: Coverage of the bands.
    """

    reported: ClassVar[bool] = False

    of: Literal["modes", "sources"] = "modes"
    panels: StrictStr | None = None
    confidence: float = Field(default=0.95, gt=0, lt=1)


class DistributionOptions(FigureOptions):
    """Options of the figure of a distribution, which is of one outcome of schools or of runs.

    Args:
        lever: Swept column whose levels are drawn over one another; the first that is swept at a few levels.
        years: Two years of policy between which a change is drawn; the first and last that were kept of schools, and
            none of runs.
        mark: A value that is marked; Kingsdown's rise of 20 points where published results change over two years.
        marked: What the mark is, in words.
        bins: Bars.
    """

    reported: ClassVar[bool] = False

    lever: StrictStr | None = None
    years: tuple[StrictInt, StrictInt] | None = Field(default=None, strict=False)
    mark: float | None = None
    marked: StrictStr | None = None
    bins: int = Field(default=24, ge=5, le=100)


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


def few_levels(points: pd.DataFrame, *, but: Sequence[str] = (), most: int = MOST_SIDE_BY_SIDE) -> str | None:
    """The first swept column with 2 to `most` levels that is none of `but`; None if there is none."""
    return next((str(name) for name in points if name not in but and 2 <= points[name].nunique() <= most), None)
