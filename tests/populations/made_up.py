"""Small made-up files with the columns, encodings and oddities of the real ones."""

from __future__ import annotations

import csv
import io
from pathlib import Path

# The columns of a table made like the register, in its order.
COLUMNS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)",
    "PhaseOfEducation (name)", "CensusSchoolType", "OpenDate", "CloseDate", "NumberOfPupils",
    "PercentageFSM", "PercentageFSMEver6", "PercentageEAL", "OfstedRating (name)",
    "ReligiousCharacter (name)", "Gender (name)", "Trusts (code)", "Trusts (name)", "TrustType",
    "TrustJoinedDate", "GOR (code)", "GOR (name)", "UrbanRural (name)", "Postcode", "Easting",
    "Northing", "CoordSource", "Attainment8_2017", "Attainment8_2018", "Attainment8_2019",
    "Progress8_2017", "Progress8_2018", "Progress8_2019", "KS2Prior_2019", "CapacityUse",
    "TeachersFTE_SWF", "TeachersFTE_FFT",
)  # fmt: skip

# Columns only a full register extract has.
REGISTER = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (code)", "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)",
    "OpenDate", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "SchoolCapacity", "NumberOfPupils", "PercentageFSM", "Postcode", "TelephoneNum",
    "HeadTitle (name)", "HeadFirstName", "HeadLastName", "UrbanRural (code)", "Easting",
    "Northing",
)  # fmt: skip

_PLAIN = {
    "LA (code)": "999",
    "LA (name)": "Thornshire",
    "EstablishmentName": "Thorn School",
    "EstablishmentStatus (name)": "Open",
    "NumberOfPupils": "210",
    "PercentageFSM": "20.0",
    "Easting": "440000",
    "Northing": "380000",
}


def primary(urn: int, **changes: object) -> dict[str, str]:
    """An open state primary school; `_` stands for what a keyword cannot hold: see `changed`."""
    kind = {
        "URN": str(urn),
        "PhaseOfEducation (name)": "Primary",
        "CensusSchoolType": "State-funded primary",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    }
    return changed({**_PLAIN, **kind}, **changes)


def secondary(urn: int, **changes: object) -> dict[str, str]:
    """An open state secondary school."""
    kind = {
        "URN": str(urn),
        "PhaseOfEducation (name)": "Secondary",
        "CensusSchoolType": "State-funded secondary",
        "EstablishmentTypeGroup (name)": "Academies and free schools",
        "NumberOfPupils": "950",
    }
    return changed({**_PLAIN, **kind}, **changes)


# Short words for the columns tests change most.
_WORDS = {
    "authority": "LA (name)",
    "code": "LA (code)",
    "name": "EstablishmentName",
    "type_name": "TypeOfEstablishment (name)",
    "group": "EstablishmentTypeGroup (name)",
    "status": "EstablishmentStatus (name)",
    "phase": "PhaseOfEducation (name)",
    "census": "CensusSchoolType",
    "closed_on": "CloseDate",
    "roll": "NumberOfPupils",
    "fsm": "PercentageFSM",
    "east": "Easting",
    "north": "Northing",
    "a8": "Attainment8_2019",
    "p8": "Progress8_2019",
    "use": "CapacityUse",
    "fte": "TeachersFTE_SWF",
    "fte_other": "TeachersFTE_FFT",
}


def changed(row: dict[str, str], **changes: object) -> dict[str, str]:
    """The row with columns set by their short word or their own name."""
    return {**row, **{_WORDS.get(word, word): str(value) for word, value in changes.items()}}


def text(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> str:
    """The rows as the register writes them: quoted text, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def write(
    folder: Path,
    rows: list[dict[str, str]],
    *,
    columns: tuple[str, ...] = COLUMNS,
    encoding: str = "cp1252",
) -> Path:
    """Write the rows to a file in `folder`."""
    path = folder / "schools.csv"
    path.write_bytes(text(rows, columns).encode(encoding))
    return path
