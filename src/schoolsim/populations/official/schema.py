"""The schema of `schools.parquet`: every column, its type, its range and its meaning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from schoolsim.populations.official.establishments import COMPUTED, DRAWN, IMPUTED, PREDECESSOR, READ, UNKNOWN
from schoolsim.populations.plausibility import MOST_TEACHERS, PLAUSIBLE
from schoolsim.populations.schools import PHASES, PopulationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pandera.pandas as pa

#: Figures that have three columns more: `_basis`, `_source`, `_code`.
FIGURES: Final = ("position", "roll", "capacity", "disadvantage", "attainment", "teachers")
#: How a figure came about.
BASES: Final = {
    READ: "stands in a file",
    COMPUTED: "computed from other columns of the files, named in the source",
    PREDECESSOR: "taken from the establishment that the school followed",
    IMPUTED: "filled in; the source says how",
    DRAWN: "of a made-up school",
    UNKNOWN: "no file has it, and it was left open",
}
_ALWAYS_KNOWN: Final = ("position", "roll")
_NAMES: Final = {
    "position": "the place", "roll": "the roll", "capacity": "the number of places",
    "disadvantage": "the share on free school meals", "attainment": "the attainment",
    "teachers": "the number of teachers",
}  # fmt: skip


@cache
def schema() -> pa.DataFrameSchema:
    """The schema that a place is checked against when it is built and whenever it is read."""
    import pandera.pandas as pa

    columns = {**_texts(), **_numbers()}
    for figure in FIGURES:
        words = _NAMES[figure]
        columns[f"{figure}_basis"] = _text(f"How {words} came about", _one_of(_bases(figure)))
        columns[f"{figure}_source"] = _text(f"File and column of {words}, or how it was filled in")
        columns[f"{figure}_code"] = _text(f"Content of the cell in place of {words}, where it holds no number")
    checks = [
        pa.Check(_roll_is_plausible, name="roll_by_phase", error="has more pupils than a school of its phase can have"),
        pa.Check(_sources_are_named, name="sources", error="has a figure without a source"),
        pa.Check(_score_is_published, name="attainment", error="has a score but no published result, or the reverse"),
    ]
    return pa.DataFrameSchema(columns, checks=checks, strict=True, ordered=True)


def _texts() -> dict[str, pa.Column]:
    import pandera.pandas as pa

    filled = pa.Check.str_length(min_value=1, error="it must not be blank")
    day = pa.Check.str_matches(r"^(\d{4}-\d{2}-\d{2})?$", error="it must be a day as 2018-08-31, or blank")
    return {
        "urn": pa.Column(
            "int64", _within(1, 999_999_999), unique=True,
            description="Unique reference number; the key of every official file",
        ),
        "name": _text("Name of the school", filled),
        "authority": _text("Local authority", filled),
        "authority_code": _text("Number of the local authority, blank if no file has it"),
        "region": _text("Region, blank if no file has it"),
        "phase": _text("primary, secondary or special", _one_of(PHASES)),
        "establishment_type": _text("Type of establishment as the files name it, blank if none does"),
        "urban_rural": _text("Urban or rural class, blank if no file has it"),
        "opened_on": _text("Day of opening, blank if unknown", day),
        "trust_code": _text("Number of the academy trust, blank if in none"),
        "trust_name": _text("Academy trust"),
        "trust_type": _text("Multi-academy or single-academy trust"),
        "trust_joined_on": _text("Day of joining the trust, blank if unknown", day),
        "federation_code": _text("Number of the federation, blank if in none"),
        "federation_name": _text("Federation"),
        "predecessors": _text("URNs of the establishments the school followed, with spaces between"),
    }  # fmt: skip


def _numbers() -> dict[str, pa.Column]:
    import pandera.pandas as pa

    return {
        "easting": _number("Kilometres east on the British National Grid", _within(0, 700)),
        "northing": _number("Kilometres north on the British National Grid", _within(0, 1_300)),
        "roll": _number("Pupils", _within(1e-9, max(limits.roll for limits in PLAUSIBLE))),
        "capacity": _number("Places", _within(1, 2 * max(limits.places for limits in PLAUSIBLE))),
        "disadvantage": _number("Share of pupils known to be eligible for free school meals", _within(0, 1)),
        "attainment": _number(
            "Published results in school-level standard deviations of the phase, empty where nothing is published",
            _within(-25, 25), nullable=True,
        ),
        "attainment_published": _number("The same as it was published", nullable=True),
        "attainment_measure": _text(
            "Attainment 8, Progress 8 or Key Stage 2, drawn if made up; blank where nothing is published"
        ),
        "teachers": pa.Column("int64", _within(1, MOST_TEACHERS), description="Teachers in post (heads)"),
    }  # fmt: skip


def _text(meaning: str, *checks: pa.Check) -> pa.Column:
    import pandera.pandas as pa

    return pa.Column(str, list(checks), description=meaning)


def _number(meaning: str, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    import pandera.pandas as pa

    return pa.Column(float, list(checks), nullable=nullable, description=meaning)


def _within(low: float, high: float) -> pa.Check:
    import pandera.pandas as pa

    return pa.Check.in_range(low, high, error=f"it must be from {low:g} to {high:,.15g}")


def _one_of(values: Sequence[str]) -> pa.Check:
    import pandera.pandas as pa

    return pa.Check.isin(values, error=f"it must be one of {', '.join(values)}")


def validate(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """The frame, if it keeps the schema.

    Args:
        frame: Schools.
        where: What a message calls them.

    Raises:
        PopulationError: Names the first column and school that do not keep it, and how many more there are.
    """
    import pandera.errors

    try:
        checked: pd.DataFrame = schema().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as fault:
        raise PopulationError(f"{where}: {_describe(fault.failure_cases, frame)}.") from fault
    return checked


def document() -> str:
    """The columns as a table in Markdown, for the documentation."""
    lines = ["| Column | Type | Meaning |", "|---|---|---|"]
    for name, column in schema().columns.items():
        lines.append(f"| `{name}` | {_type_name(str(column.dtype))} | {column.description} |")
    return "\n".join(lines)


def _bases(figure: str) -> tuple[str, ...]:
    if figure in _ALWAYS_KNOWN:
        return (READ, COMPUTED, PREDECESSOR, DRAWN)
    return (READ, COMPUTED, PREDECESSOR, DRAWN, UNKNOWN if figure == "attainment" else IMPUTED)


def _roll_is_plausible(frame: pd.DataFrame) -> pd.Series[bool]:
    ceilings = {phase: limits.roll for phase, limits in zip(PHASES, PLAUSIBLE, strict=True)}
    most: pd.Series[float] = frame["phase"].map(ceilings)
    return frame["roll"] <= most.astype(float)


def _sources_are_named(frame: pd.DataFrame) -> pd.Series[bool]:
    named = frame["urn"] > 0
    for figure in FIGURES:
        named &= (frame[f"{figure}_basis"] == UNKNOWN) | (frame[f"{figure}_source"] != "")
    return named


def _score_is_published(frame: pd.DataFrame) -> pd.Series[bool]:
    known = frame["attainment"].notna()
    same: pd.Series[bool] = (
        (known == frame["attainment_published"].notna())
        & (known == (frame["attainment_measure"] != ""))
        & (known == (frame["attainment_basis"] != UNKNOWN))
    )
    return same


_FRAME_CHECKS: Final = {
    "column_in_dataframe": 'there is no column "{}"',
    "column_in_schema": 'nobody knows the column "{}"',
    "column_ordered": 'column "{}" is out of its order',
}
_RULES: Final = {"field_uniqueness": "it must be unique", "not_nullable": "it must not be empty"}


def _describe(cases: pd.DataFrame, frame: pd.DataFrame) -> str:
    """The first failure in words, and how many more there are; a wrong column before what follows from it."""
    of_columns = cases[cases["schema_context"] == "Column"]
    first = of_columns.iloc[0] if len(of_columns) else cases.iloc[0]
    failures = (of_columns if len(of_columns) else cases).drop_duplicates(["check", "index"])
    more = f" ({len(failures) - 1:,} more such)" if len(failures) > 1 else ""
    check, value, row = str(first["check"]), first["failure_case"], first["index"]
    if check in _FRAME_CHECKS:
        return _FRAME_CHECKS[check].format(value) + more
    school = "a school"
    if row is not None and row == row and "urn" in frame and 0 <= int(row) < len(frame):
        school = f"school {frame['urn'].iloc[int(row)]}"
    if not len(of_columns):
        return f"{school} {check}{more}"
    shown = value.item() if hasattr(value, "item") else value
    return f'{school}: "{first["column"]}" cannot be {shown!r}: {_RULES.get(check, check)}{more}'


def _type_name(dtype: str) -> str:
    return {"int64": "whole number", "float64": "number"}.get(dtype, "text")
