"""The schema of a config file: its sections, their keys, and what each key may hold.

A field's description ends the sentence "it must be ..." in the message for a mistake in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError
from schoolsim.config.factors import LinkedFactor, checked_factor
from schoolsim.config.names import SYNTHETIC
from schoolsim.config.settings import Setting, checked_baseline, checked_section
from schoolsim.parameters.registry import REGISTRY, parameter
from schoolsim.parameters.values import Value

DESIGN_KINDS = ("grid", "lhs", "sobol", "saltelli", "morris", "file")

MOST_TEXTS = 1_000
"""Items of a list of texts, and tables of one kind."""

_SCHOOLS_LOW, _SCHOOLS_HIGH = map(int, REGISTRY["setting.schools"].bounds)

HalfWidth = Annotated[float, Field(gt=0)]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False, max_length=MOST_TEXTS)]
Code = Annotated[int, Field(ge=0, le=999_999)]
Authorities = Annotated[tuple[Text | Code, ...], Field(strict=False, min_length=1, max_length=MOST_TEXTS)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]


class Section(BaseModel):
    """A table whose keys are all known, whose types are exact and which cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Replications(Section):
    """As many replications as an interval of a stated width needs."""

    precision: float = Field(
        gt=0,
        description="a number above 0 (half-width of the interval of every difference reported, as a share of it; of "
        "every level where nothing is compared)",
    )
    absolute: dict[str, HalfWidth] = Field(
        {},
        description="a table of outcomes, each with a half-width above 0 in its own unit, such as "
        '{ "progress.mean" = 0.1 }',
    )
    min: int = Field(3, ge=2, le=1_000_000, description="a whole number from 2 to 1000000")
    max: int = Field(200, ge=2, le=1_000_000, description="a whole number from 2 to 1000000")
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
    """Source of the schools."""

    source: Text = Field(SYNTHETIC, description='"synthetic", or the path of a CSV file of school data')
    authority: Text | Code | Authorities | None = Field(
        None, description="the name or the number of a local authority, or a list of at most 1000 of them"
    )
    schools: int | None = Field(
        None,
        ge=_SCHOOLS_LOW,
        le=_SCHOOLS_HIGH,
        description=f"a whole number of schools from {_SCHOOLS_LOW} to {_SCHOOLS_HIGH}",
    )
    ties: Text | None = Field(
        None,
        description="the path of a CSV or GraphML file of ties between these schools, or their teachers, as they begin",
    )


class Design(Section):
    """The experimental design: the points, policies and worlds, that are run."""

    kind: Literal["grid", "lhs", "sobol", "saltelli", "morris", "file"] = Field(
        "grid", description="one of " + ", ".join(f'"{kind}"' for kind in DESIGN_KINDS)
    )
    points: Count | None = Field(None, description="a whole number of points from 1 to 1000000")
    trajectories: int | None = Field(
        None, ge=2, le=100_000, description="a whole number of trajectories from 2 to 100000"
    )
    levels: int | None = Field(None, ge=2, le=1_000, multiple_of=2, description="an even whole number from 2 to 1000")
    file: Text | None = Field(
        None,
        description="the path of a CSV or Parquet file with one point a row and a column a parameter",
    )
    cross: bool = Field(True, description="true (every policy meets every world) or false")


class Outcomes(Section):
    """Outcomes that are reported, the baseline they are compared with, and the years they are averaged over."""

    report: Texts = Field((), description='a list of at most 1000 outcomes, such as ["progress.mean"]')
    baseline: Annotated[dict[str, Value], PlainValidator(checked_baseline)] = Field(
        {}, description='levels of levers, such as { "badging.scope" = "none" }'
    )
    window: int = Field(1, ge=1, le=200, description="a whole number of years from 1 to 200, averaged at the end")
    measure: Texts = Field((), description='a list of the only outcomes to measure, such as ["progress.mean"]')
    keep: Texts | None = Field(
        None, description='a list of the only outcomes whose values by half-term are stored, such as ["trust.mean"]'
    )
    schools: Texts = Field((), description='a list of what is stored of every school, such as ["progress", "roll"]')
    school_years: Annotated[
        tuple[Annotated[int, Field(ge=0, le=200)], ...], Field(strict=False, max_length=MOST_TEXTS)
    ] = Field((), description="a list of years of policy after which schools are stored, such as [0, 5, 10]")


class Expectation(Section):
    """Change in an outcome that a source predicts, against the baseline or against no programme."""

    outcome: Text = Field(description='the name of an outcome, such as "progress.partner"')
    change: Literal["rises", "falls", "stays"] = Field(description='one of "rises", "falls", "stays"')
    because: Text = Field(description="what the source says, in quotes, with its section")


class Figure(Section):
    """One figure: its kind, and options that are checked when it is drawn."""

    model_config = ConfigDict(extra="allow")

    kind: Text = Field(description='the kind of a figure, in quotes, such as "contrast"')

    @property
    def options(self) -> dict[str, Any]:
        """All keys but the kind."""
        return dict(self.model_extra or {})


ShareBelowOne = Annotated[float, Field(ge=0, lt=1)]
Year = Annotated[int, Field(ge=0, le=200)]


class Evaluation(Section):
    """The design of an evaluation: who is treated, what is measured of whom and when, and how it is reckoned."""

    treated: Literal["authorities", "covered", "joined"] = Field(
        description='one of "authorities" (whole ones, by lot), "covered" (schools that the programmes are for), '
        '"joined" (schools that joined)'
    )
    share: float = Field(0.5, gt=0, lt=1, description="the share of authorities that are treated, between 0 and 1")
    starts: Annotated[tuple[Year, ...], Field(strict=False, min_length=1, max_length=MOST_TEXTS)] = Field(
        (0,), description="a list of years after which treated authorities begin, such as [0, 1, 2]"
    )
    phase: Literal["all", "primary", "secondary", "special"] = Field(
        "all", description='one of "all", "primary", "secondary", "special"'
    )
    data: Literal["published", "survey"] = Field("published", description='one of "published", "survey"')
    pupils: Count = Field(30, description="a whole number of pupils that a survey tests in each school, from 1")
    attrition: ShareBelowOne = Field(
        0.0, description="the share of schools that a survey loses each year, from 0 to below 1"
    )
    attrition_untreated: ShareBelowOne | None = Field(
        None, description="the same of untreated schools, where it differs, from 0 to below 1"
    )
    estimator: Literal["difference", "difference_in_differences", "staggered", "two_way"] = Field(
        "difference_in_differences",
        description='one of "difference", "difference_in_differences", "staggered", "two_way"',
    )
    inference: Literal["cluster", "permutation"] = Field("cluster", description='one of "cluster", "permutation"')
    level: float = Field(0.05, gt=0, lt=1, description="a level of significance between 0 and 1")
    power: float = Field(0.8, gt=0, lt=1, description="the power that is wanted, between 0 and 1")
    authorities: Annotated[tuple[Count, ...], Field(strict=False, min_length=1, max_length=MOST_TEXTS)] = Field(
        (10, 20, 40), description="a list of numbers of authorities in a sample, such as [10, 20, 40]"
    )
    schools: Annotated[tuple[Count, ...], Field(strict=False, max_length=MOST_TEXTS)] = Field(
        (), description="a list of numbers of schools drawn of each authority; all of them when left out"
    )
    years: Annotated[tuple[Year, ...], Field(strict=False, max_length=MOST_TEXTS)] = Field(
        (), description="a list of years of policy after which results are compared; every year when left out"
    )
    samples: int = Field(400, ge=20, le=100_000, description="a whole number of samples from 20 to 100000")


def _own_levers(table: object) -> dict[str, Setting]:
    settings = checked_section("levers", table)
    issues = [
        ConfigIssue((name,), f'"{name}" {_NOT_OWN["/" in name]}') for name in settings
        if "/" in name or parameter(name).scope == "system"
    ]  # fmt: skip
    if issues:
        raise ConfigIssuesError(issues)
    return settings


_NOT_OWN = {
    True: "names a programme, which the table it is in does already: leave out what is before the stroke.",
    False: "is the whole system's: set it under [levers].",
}
_BEGINS, _LASTS, _AUTHORITY = (
    tuple(map(int, REGISTRY[f"programme.{word}"].bounds)) for word in ("begins", "lasts", "authority")
)


class Coverage(Section):
    """The share of authorities, or of one authority's schools, that a programme is in."""

    share: float = Field(gt=0, le=1, description="a share above 0 and up to 1")
    beyond: float = Field(0.0, ge=0, lt=1, description="a share from 0 to below 1: where in the lot it begins")


class ProgrammeTable(Section):
    """One programme of several in one system."""

    use: str = Field("", description='the name of a config, such as "beacon"')
    name: str = Field("", description='a name of your own, such as "north"')
    start: int = Field(
        _BEGINS[0], ge=_BEGINS[0], le=_BEGINS[1],
        description=f"a whole number of years from {_BEGINS[0]} to {_BEGINS[1]}, after which it begins",
    )  # fmt: skip
    years: int = Field(
        _LASTS[0], ge=_LASTS[0], le=_LASTS[1],
        description=f"a whole number of years from {_LASTS[0]} to {_LASTS[1]} that it lasts; 0 is to the end",
    )  # fmt: skip
    authority: int = Field(
        _AUTHORITY[0], ge=_AUTHORITY[0], le=_AUTHORITY[1],
        description="the number of the one authority it is in, 1 the first of the schools' table; 0 is all",
    )  # fmt: skip
    where: Coverage | None = Field(None, description="a table such as { share = 0.5, beyond = 0.5 }")
    levers: Annotated[dict[str, Setting], PlainValidator(_own_levers)] = Field({})

    def placed(self) -> dict[str, Setting]:
        """When and where it is in force, as the levers that say so; only what the table gives."""
        given: dict[str, Setting] = {
            lever: getattr(self, key)
            for key, lever in (
                ("start", "programme.begins"), ("years", "programme.lasts"), ("authority", "programme.authority"),
            )
            if key in self.model_fields_set
        }  # fmt: skip
        if self.where is not None:
            given |= {"programme.coverage": self.where.share, "programme.coverage_from": self.where.beyond}
        return given


def _levers(table: object) -> dict[str, Setting]:
    return checked_section("levers", table)


def _uncertainties(table: object) -> dict[str, Setting]:
    return checked_section("uncertainties", table)


def _constants(table: object) -> dict[str, Setting]:
    return checked_section("constants", table)


class ConfigFile(Section):
    """One config file, each key valid by itself; `StudyConfig` also requires that they fit each other."""

    title: str = Field("", description="text in quotes")
    description: str = Field("", description="text in quotes")
    sources: Texts = Field((), description="a list of at most 1000 texts in quotes, one a source")
    years: int = Field(10, ge=1, le=200, description="a whole number of years from 1 to 200")
    burn_in_years: int = Field(0, ge=0, le=200, description="a whole number of years from 0 to 200")
    branch: Literal["burn_in", "none"] = Field(
        "burn_in", description='"burn_in" (the policies of a world and seed share one burn-in, if any) or "none"'
    )
    seed: int = Field(1, ge=0, lt=2**63, description="a whole number from 0 to 9223372036854775807")
    replications: ReplicationsSetting = Field(
        10,
        description="a whole number from 1 to 1000000, or a table such as { precision = 0.05, max = 200 }",
    )
    worlds: Literal["", "posterior"] = Field("", description='"posterior", the calibrated sample')
    population: Population = Field(Population(), description="a table: [population]")
    levers: Annotated[dict[str, Setting], PlainValidator(_levers)] = Field({})
    uncertainties: Annotated[dict[str, Setting], PlainValidator(_uncertainties)] = Field({})
    constants: Annotated[dict[str, Setting], PlainValidator(_constants)] = Field({})
    linked: Annotated[
        tuple[Annotated[LinkedFactor, PlainValidator(checked_factor)], ...], Field(strict=False, max_length=MOST_TEXTS)
    ] = Field((), description="at most 1000 tables that each start with [[linked]]")
    programmes: Annotated[tuple[ProgrammeTable, ...], Field(strict=False, max_length=MOST_TEXTS)] = Field(
        (), description="at most 1000 tables that each start with [[programmes]]"
    )
    factors: dict[str, Texts] = Field({}, description='a table of factors, such as setting = ["rural", "urban"]')
    design: Design = Field(Design(), description="a table: [design]")
    outcomes: Outcomes = Field(Outcomes(), description="a table: [outcomes]")
    evaluation: Evaluation | None = Field(None, description="a table: [evaluation]")
    expects: Annotated[tuple[Expectation, ...], Field(strict=False, max_length=MOST_TEXTS)] = Field(
        (), description="at most 1000 tables that each start with [[expects]]"
    )
    figures: Annotated[tuple[Figure, ...], Field(strict=False, max_length=MOST_TEXTS)] = Field(
        (), description="at most 1000 tables that each start with [[figures]]"
    )
