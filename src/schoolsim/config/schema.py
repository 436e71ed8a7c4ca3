"""The sections of a config file that are not parameters, each key with what it may hold.

A field's description ends the sentence "it must be ..." in the message for a mistake there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag

from schoolsim.config.names import SYNTHETIC
from schoolsim.config.settings import checked_levels
from schoolsim.parameters.values import Value

DESIGN_KINDS = ("grid", "lhs", "sobol", "saltelli", "morris", "file")

HalfWidth = Annotated[float, Field(gt=0)]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Authorities = Annotated[tuple[str | int, ...], Field(strict=False, min_length=1)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]


class Section(BaseModel):
    """A table whose keys are all known, whose types are exact and which cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Replications(Section):
    """How many replications: as many as an interval of a given width needs."""

    precision: float = Field(gt=0, description="a number above 0 (half-width of the interval, as a share of the mean)")
    absolute: dict[str, HalfWidth] = Field(
        {},
        description="a table of outcomes, each with a half-width above 0 in its own unit, such as "
        '{ "progress.mean" = 0.1 }',
    )
    min: int = Field(3, ge=2, le=1_000_000, description="a whole number, 2 or more")
    max: int = Field(200, ge=2, le=1_000_000, description="a whole number, 2 or more")
    look_ahead: int = Field(5, ge=0, le=1_000, description="a whole number from 0 to 1000")
    confidence: float = Field(0.95, gt=0, lt=1, description="a number between 0 and 1")


def _replications_kind(value: object) -> str:
    return "table" if isinstance(value, Mapping | Replications) else "number"


ReplicationsSetting = Annotated[
    Annotated[Count, Tag("number")] | Annotated[Replications, Tag("table")],
    Discriminator(_replications_kind),
]
"""A number of replications, or the precision they must reach."""


class Population(Section):
    """Where schools come from."""

    source: Text = Field(SYNTHETIC, description='"synthetic", or the path of a file or folder of school data')
    authority: str | int | Authorities | None = Field(
        None, description="the name or the number of a local authority, or a list of them"
    )
    schools: int | None = Field(None, ge=1, le=100_000, description="a whole number of schools, 1 or more")


class Design(Section):
    """Which points are run: the table of policies and worlds."""

    kind: Literal["grid", "lhs", "sobol", "saltelli", "morris", "file"] = Field(
        "grid", description="one of " + ", ".join(f'"{kind}"' for kind in DESIGN_KINDS)
    )
    points: Count | None = Field(None, description="a whole number of points, 1 or more")
    trajectories: int | None = Field(None, ge=2, le=100_000, description="a whole number of trajectories, 2 or more")
    levels: int | None = Field(None, ge=2, le=1_000, multiple_of=2, description="an even whole number, 2 or more")
    file: Text | None = Field(
        None,
        description="the path of a CSV or Parquet file with one point a row and a column a parameter",
    )
    cross: bool = Field(True, description="true (every policy meets every world) or false")


class Outcomes(Section):
    """What is reported, against which baseline, over which years."""

    report: Texts = Field((), description='a list of outcomes, such as ["progress.mean"]')
    baseline: Annotated[dict[str, Value], PlainValidator(checked_levels)] = Field(
        {}, description='levels of levers, such as { "badging.scope" = "none" }'
    )
    window: int = Field(1, ge=1, le=200, description="a whole number of years, 1 or more, averaged at the end")
    measure: Texts = Field((), description='a list of the only outcomes to measure, such as ["progress.mean"]')
    modules: Texts = Field((), description='a list of modules that add outcomes of their own, such as ["my_outcomes"]')


class Expectation(Section):
    """What a source says will happen: to which outcome, against the baseline or against no programme."""

    outcome: Text = Field(description='the name of an outcome, such as "progress.partner"')
    change: Literal["rises", "falls", "stays"] = Field(description='one of "rises", "falls", "stays"')
    because: Text = Field(description="what the source says, in quotes, with its section")


class Figure(Section):
    """One figure: its kind, and options that the figure itself checks."""

    model_config = ConfigDict(extra="allow")

    kind: Text = Field(description='the kind of a figure, in quotes, such as "contrast"')

    @property
    def options(self) -> dict[str, Any]:
        """Everything but the kind, as the config gave it."""
        return dict(self.model_extra or {})
