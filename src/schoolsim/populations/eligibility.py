"""Which rows of an official table are schools of the model, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.parameters.errors import nearest
from schoolsim.populations import imputation
from schoolsim.populations.csvfile import CsvFile
from schoolsim.populations.establishment_types import LEFT_OUT, is_open, kind
from schoolsim.populations.missing_codes import numbers
from schoolsim.populations.schools import PopulationError

if TYPE_CHECKING:
    import pandas as pd

_REQUIRED_TEXT: Final = {
    "urn": ("URN",),
    "authority": ("LA (name)",),
    "name": ("EstablishmentName",),
}
_OPTIONAL_TEXT: Final = {
    "authority_code": ("LA (code)",),
    "record": ("RECTYPE",),
    "census": ("CensusSchoolType",),
    "type_name": ("TypeOfEstablishment (name)",),
    "group": ("EstablishmentTypeGroup (name)", "EstablishmentTypeGroup (code)"),
    "phase": ("PhaseOfEducation (name)", "PhaseOfEducation (code)"),
    "status": ("EstablishmentStatus (name)", "EstablishmentStatus (code)"),
    "closed_on": ("CloseDate",),
}
_REQUIRED_NUMBERS: Final = {
    "roll": ("NumberOfPupils",),
    "disadvantage": ("PercentageFSM",),
    "easting": ("Easting",),
    "northing": ("Northing",),
}
_REQUIRED: Final = {**_REQUIRED_TEXT, **_REQUIRED_NUMBERS}
_TEXT: Final = {**_REQUIRED_TEXT, **_OPTIONAL_TEXT}
_NUMBERS: Final = {**_REQUIRED_NUMBERS, **imputation.COLUMNS}
#: The reader's word for a column -> the names it may have, best first.
WANTED: Final = {**_TEXT, **_NUMBERS}

# Record types of the performance tables that are totals of authorities and of England.
_TOTALS: Final = ("3", "4", "5", "7")
_PERSONAL: Final = ("Head", "Telephone", "Principal", "Email")
# Metres of the British National Grid.
_EASTMOST: Final = 700_000.0
_NORTHMOST: Final = 1_300_000.0
# No number above this in that many cells: the column is in another unit.
_ENOUGH: Final = 10
_UNITS: Final = {
    "easting": (1_000.0, "metres of the National Grid, not kilometres or degrees"),
    "northing": (1_500.0, "metres of the National Grid, not kilometres or degrees"),
    "disadvantage": (1.0, "percentages from 0 to 100, not shares"),
}
_NO_PHASE: Final = -1


def check_columns(file: CsvFile) -> None:
    """Refuse a file without the columns needed.

    Raises:
        PopulationError: Names every missing column, with the nearest name the file has.
    """
    missing = [names[0] for word, names in _REQUIRED.items() if word not in file.columns]
    if "census" not in file.columns:
        missing += [WANTED[word][0] for word in ("group", "phase") if word not in file.columns]
    if missing:
        near = {name: nearest(name, file.header) for name in missing}
        told = [f'"{name}"' + (f' (there is "{like}")' if like else "") for name, like in near.items()]
        raise PopulationError(
            f"{file.path}: line 1: missing column {', '.join(told)}. A file of schools has the "
            "columns of Get Information About Schools."
        )


def schools_of(file: CsvFile) -> tuple[pd.DataFrame, list[str]]:
    """The rows that are one establishment each, in the order of their URN, with types.

    Returns:
        A frame with the words of `WANTED` (text blank where the file has no such column, numbers
        only of columns it has, NaN for every code), `small` and `reason` of free school meals,
        `kind` (a phase's code, or why the row is left out), `phase_code` and `open`; and a sentence
        for whatever was left out or not understood.
    """
    import pandas as pd

    blank = [""] * len(file.columns["urn"])
    frame = pd.DataFrame(
        {word: [cell.strip() for cell in file.columns.get(word, blank)] for word in _TEXT},
        dtype=object,
    )
    notes = _broken(file)
    for word in _NUMBERS:
        if word in file.columns:
            notes += _add_numbers(frame, word, file)
    single = frame["urn"].str.fullmatch(r"[1-9]\d{0,8}") & ~frame["record"].isin(_TOTALS)
    if not single.all():
        notes.append(f"{_rows(~single)} of totals or without a URN left out.")
    frame = frame[single]
    again = frame["urn"].duplicated()
    if again.any():
        notes.append(f"{_rows(again)} repeating a URN left out; the first of each was kept.")
    frame = frame[~again].assign(urn=lambda rows: rows["urn"].astype("int64"))
    personal = [name for name in file.header if name.startswith(_PERSONAL)]
    if personal:
        notes.append(f"Columns about persons were not read: {', '.join(personal)}.")
    return _with_kinds(frame.sort_values("urn", ignore_index=True)), notes


def sift(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Keep open state schools that have pupils and a place on the map.

    Returns:
        The rows kept, and a sentence for each reason there was to leave some out or to wonder.
    """
    shut = ~frame["open"]
    reasons = {"closed or not open yet": shut}
    for why in LEFT_OUT:
        reasons[why] = ~shut & (frame["kind"] == why)
    left = ~shut & (frame["phase_code"] != _NO_PHASE)
    empty = left & ~(frame["roll"] > 0)
    reasons["without a roll, or with no pupils"] = empty
    off_map = left & ~empty & ~_on_map(frame)
    reasons["without a place on the map"] = off_map
    told = [f"{int(rows.sum()):,} {why}" for why, rows in reasons.items() if rows.any()]
    kept = frame[left & ~empty & ~off_map].reset_index(drop=True)
    notes = [f"{len(kept):,} of {len(frame):,} establishments kept."]
    if told:
        notes.append("Left out: " + "; ".join(told) + ".")
    dated = kept["closed_on"].ne("") & kept["status"].ne("")
    if dated.any():
        notes.append(
            f"{int(dated.sum()):,} with a CloseDate kept, as their status is open: the date is "
            "yet to come, or comes from a later register than the rest."
        )
    shared = int(kept.duplicated(["easting", "northing"], keep=False).sum())
    if shared:
        notes.append(f"{shared:,} share a point on the map with another, and are 0 km from it.")
    return kept, notes


def _broken(file: CsvFile) -> list[str]:
    if not file.broken:
        return []
    lines = ", ".join(str(line) for line in file.broken[:3])
    more = " ..." if len(file.broken) > 3 else ""
    return [
        f"{_rows(np.ones(len(file.broken)))} with too few or too many cells left out "
        f"(line {lines}{more}); is the file cut off?"
    ]


def _add_numbers(frame: pd.DataFrame, word: str, file: CsvFile) -> list[str]:
    read = numbers(file.columns[word])
    frame[word] = read.value
    if word == "disadvantage":
        frame["small"], frame["reason"] = read.small, read.reason
    if word in _UNITS:
        smallest, rule = _UNITS[word]
        known = read.value[np.isfinite(read.value)]
        if len(known) >= _ENOUGH and 0 < known.max() <= smallest:
            raise PopulationError(
                f'{file.path}: column "{file.names[word]}" holds no number above {known.max():g}; it must hold {rule}.'
            )
    if not read.unreadable.any():
        return []
    seen = sorted({str(text) for text in read.reason[read.unreadable]})[:3]
    shown = ", ".join(f'"{text}"' for text in seen)
    return [
        f'{int(read.unreadable.sum()):,} cells of "{file.names[word]}" are neither a number nor a '
        f"known code ({shown}); they were read as missing."
    ]


def _with_kinds(frame: pd.DataFrame) -> pd.DataFrame:
    kinds = [
        kind(census=census, type_name=type_name, group=group, phase=phase)
        for census, type_name, group, phase in zip(
            frame["census"], frame["type_name"], frame["group"], frame["phase"], strict=True
        )
    ]
    shown = [is_open(status, closed_on) for status, closed_on in zip(frame["status"], frame["closed_on"], strict=True)]
    codes = [one if isinstance(one, int) else _NO_PHASE for one in kinds]
    return frame.assign(
        kind=np.array(kinds, dtype=object),
        phase_code=np.array(codes, dtype=np.int8),
        open=np.array(shown, dtype=bool),
    )


def _on_map(frame: pd.DataFrame) -> pd.Series[bool]:
    east, north = frame["easting"], frame["northing"]
    return (east > 0) & (east <= _EASTMOST) & (north > 0) & (north <= _NORTHMOST)


def _rows(which: object) -> str:
    count = int(np.sum(np.asarray(which)))
    return "1 row" if count == 1 else f"{count:,} rows"
